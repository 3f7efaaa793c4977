import { useMutation } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../lib/client.ts'
import { currentLanguage, languageTag } from '../lib/language.ts'
import { ErrorHere, VerbButton } from './messages.tsx'
import './head-dialog.css'

/** What a person enters for the head of a paper; what is empty is left out. */
export type HeadTyped = { mark?: string; number?: string; signer?: string }

/** What a paper may bear at its head: a name, a number and who signs, or only a number. */
export type HeadAsked = 'head' | 'number'

const fields = { head: ['mark', 'number', 'signer'], number: ['number'] } as const

/** Asks for the file with the head that was typed and hands it to the browser; throws the refusal. */
async function fetchPaper(address: string): Promise<void> {
  const answer = await fetch(address, { headers: { 'accept-language': languageTag[currentLanguage()] } })
  if (!answer.ok) {
    const { code = '', title = '', details = {} } = await answer.json().catch(() => ({}))
    throw new ApiError(answer.status, code, title, details)
  }
  const named = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = named === undefined ? 'paper.docx' : decodeURIComponent(named)
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Asks for what stands at the head of a paper, and makes the paper with it. */
export function HeadDialog({
  name,
  asks,
  address,
  onClose,
}: {
  name: string
  asks: HeadAsked
  address: (head: HeadTyped) => string
  onClose: () => void
}) {
  const { t } = useTranslation('ui')
  const base = useId()
  const [typed, type] = useState<HeadTyped>({})
  const making = useMutation({
    mutationFn: () => {
      const said = Object.entries(typed).filter(([, text]) => text.trim() !== '')
      return fetchPaper(address(Object.fromEntries(said.map(([field, text]) => [field, text.trim()]))))
    },
    onSuccess: onClose,
  })
  return (
    <Modal open title={name} footer={null} onCancel={onClose} width={440}>
      <form
        className="head-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <p className="note">{t(`${asks}.note`)}</p>
        {fields[asks].map((field) => (
          <div key={field} className="head-field">
            <label htmlFor={`${base}${field}`}>{t(asks === 'number' ? 'number.label' : `head.${field}`)}</label>
            <Input
              id={`${base}${field}`}
              lang="zh-CN"
              maxLength={field === 'signer' ? 20 : 40}
              {...(field === 'signer'
                ? {}
                : { placeholder: t(asks === 'number' ? 'number.hint' : `head.${field}Hint`) })}
              value={typed[field] ?? ''}
              onChange={({ target }) => type({ ...typed, [field]: target.value })}
            />
          </div>
        ))}
        {making.error && <ErrorHere error={making.error} />}
        <div>
          <VerbButton type="primary" htmlType="submit" loading={making.isPending}>
            {t('head.make')}
          </VerbButton>
        </div>
      </form>
    </Modal>
  )
}
