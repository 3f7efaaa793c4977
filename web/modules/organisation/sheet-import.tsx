import { Button, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../lib/client.ts'
import { useLanguage } from '../../lib/language.ts'
import { ErrorHere, LongWork } from '../../ui/messages.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import './dialogs.css'

type ImportProps<Answer> = {
  open: boolean
  title: string
  /** Address of the empty sheet. */
  template: string
  onClose: () => void
  /** Looks for faults and writes nothing. */
  check: (file: string) => Promise<Answer>
  take: (file: string) => Promise<Answer>
  /** The counts of an answer in words. */
  summary: (answer: Answer) => string
}

type RowFault = { sheet?: string; row?: number; text: string }

/** The bytes of a file in base64. */
async function base64Of(file: File): Promise<string> {
  const address = await new Promise<string>((done, fail) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => fail(reader.error)
    reader.readAsDataURL(file)
  })
  return address.slice(address.indexOf(',') + 1)
}

/** The faults of single rows that a refusal carries, in one language. */
function rowFaults(error: unknown, language: 'zh' | 'en'): RowFault[] {
  const rows = error instanceof ApiError ? error.details['rows'] : []
  if (!Array.isArray(rows)) return []
  return (rows as { sheet?: string; row?: number; zh?: string; en?: string }[]).map(({ sheet, row, zh, en }) => ({
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { row }),
    text: (language === 'en' ? en : zh) ?? '',
  }))
}

function Faults({ error }: { error: unknown }) {
  const { t } = useTranslation('organisation')
  const rows = rowFaults(error, useLanguage())
  return (
    <>
      <ErrorHere error={error} />
      {rows.length > 0 && (
        <ul className="import-faults">
          {rows.map((fault, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two faults of a row may read alike
            <li key={at}>
              <span className="keep">
                {fault.sheet} {fault.row !== undefined && t('import.row', { row: fault.row })}
              </span>
              <span>{fault.text}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** A dialog that takes a filled sheet in: template, file, a look for faults, then all rows or none. */
export function SheetImport<Answer>({ open, title, template, onClose, check, take, summary }: ImportProps<Answer>) {
  const { t } = useTranslation('organisation')
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ name: string; bytes: string }>()
  const [stand, setStand] = useState<'idle' | 'busy' | 'checked' | 'done'>('idle')
  const [answer, setAnswer] = useState<Answer>()
  const [fault, setFault] = useState<unknown>()
  useEffect(() => {
    if (!open) return
    setFile(undefined)
    setStand('idle')
    setFault(undefined)
  }, [open])
  const run = async (bytes: string, act: (file: string) => Promise<Answer>, then: 'checked' | 'done') => {
    setStand('busy')
    setFault(undefined)
    try {
      setAnswer(await act(bytes))
      setStand(then)
    } catch (error) {
      setFault(error)
      setStand('idle')
    }
  }
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return
    const bytes = await base64Of(chosen)
    setFile({ name: chosen.name, bytes })
    await run(bytes, check, 'checked')
  }
  return (
    <Modal
      open={open}
      title={title}
      width={620}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          {stand === 'done' ? (
            <Button type="primary" onClick={onClose}>
              {t('import.close')}
            </Button>
          ) : (
            <Button
              type="primary"
              disabled={stand !== 'checked' || !file}
              onClick={() => file && void run(file.bytes, take, 'done')}
            >
              {t('import.take')}
            </Button>
          )}
        </div>
      }
    >
      <ol className="import-steps">
        <li>
          {t('import.fill')}{' '}
          <a href={template} download>
            {t('import.template')}
          </a>
        </li>
        <li>
          {t('import.choose')}
          <Button size="small" disabled={stand === 'busy'} onClick={() => picker.current?.click()}>
            {t(file ? 'import.other' : 'import.file')}
          </Button>
          <span className="note">{file?.name}</span>
          <input
            ref={picker}
            type="file"
            accept=".xlsx"
            hidden
            aria-label={t('import.file')}
            onChange={({ target }) => {
              void choose(target.files?.[0])
              target.value = ''
            }}
          />
        </li>
        <li>{t('import.rule')}</li>
      </ol>
      {stand === 'busy' && <LongWork />}
      {stand === 'checked' && answer && (
        <p role="status">
          <StateTag state="planned">{t('import.clean')}</StateTag> {summary(answer)}
        </p>
      )}
      {stand === 'done' && answer && (
        <p role="status">
          <StateTag state="done">{t('import.done')}</StateTag> {summary(answer)}
        </p>
      )}
      {fault !== undefined && <Faults error={fault} />}
    </Modal>
  )
}
