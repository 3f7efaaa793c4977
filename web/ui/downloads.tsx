import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type HeadAsked, HeadDialog, type HeadTyped } from './head-dialog.tsx'

/** A file that a page offers: its name for the reader and its address. */
export interface Download {
  readonly key: string
  readonly name: string
  readonly href: string
  /** The address with a head that a person enters, for a paper that may bear one. */
  readonly headed?: (head: HeadTyped) => string
  /** What it may bear there; the whole head where nothing is said. */
  readonly asks?: HeadAsked
}

/** The files of a page behind one button; a single one is the button itself. A paper that may bear a head is offered with one too. */
export function Downloads({ name, files, size }: { name: string; files: readonly Download[]; size?: 'small' }) {
  const { t } = useTranslation('ui')
  const [asked, ask] = useState<Download>()
  const small = size ? { size } : {}
  const [only, ...more] = files
  if (only === undefined) return null
  if (more.length === 0 && !only.headed)
    return (
      <Button {...small} icon={<DownloadOutlined />} href={only.href} download>
        {name}
      </Button>
    )
  const items = files.flatMap((file) => [
    {
      key: file.key,
      label: (
        <a href={file.href} download>
          {file.name}
        </a>
      ),
    },
    ...(file.headed
      ? [
          {
            key: `${file.key}-headed`,
            label: t(`${file.asks ?? 'head'}.with`, { name: file.name }),
            onClick: () => ask(file),
          },
        ]
      : []),
  ])
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button {...small} icon={<DownloadOutlined />}>
          {name}
        </Button>
      </Dropdown>
      {asked?.headed && (
        <HeadDialog
          name={asked.name}
          asks={asked.asks ?? 'head'}
          address={asked.headed}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  )
}
