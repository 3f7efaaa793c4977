import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'

/** A file that a page offers: its name for the reader and its address. */
export interface Download {
  readonly key: string
  readonly name: string
  readonly href: string
}

/** The files of a page behind one button; a single one is the button itself. */
export function Downloads({ name, files, size }: { name: string; files: readonly Download[]; size?: 'small' }) {
  const small = size ? { size } : {}
  const [only, ...more] = files
  if (only === undefined) return null
  if (more.length === 0)
    return (
      <Button {...small} icon={<DownloadOutlined />} href={only.href} download>
        {name}
      </Button>
    )
  const items = files.map((file) => ({
    key: file.key,
    label: (
      <a href={file.href} download>
        {file.name}
      </a>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button {...small} icon={<DownloadOutlined />}>
        {name}
      </Button>
    </Dropdown>
  )
}
