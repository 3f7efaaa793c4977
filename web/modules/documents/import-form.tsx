import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Segmented, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentKinds, explainDocument, importDocument } from '../../../src/modules/documents/document.contract.ts'
import { openDrafts } from '../../../src/modules/duties/draft.contract.ts'
import type { ApiError, InputOf } from '../../lib/client.ts'
import { bytesOf, fileSizeMax, mayHoldTables, textFiles, toBase64 } from '../../lib/file-bytes.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { ErrorHere, LongWork, VerbButton } from '../../ui/messages.tsx'
import { type Explained, type Mapping, TableMapping } from './table-mapping.tsx'

type Way = 'file' | 'paste'
type Kind = (typeof documentKinds)[number]

/** The size of a file in words. */
function sizeText(size: number): string {
  return size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}

/** What stands at the place of choice: the file, or the text that was pasted. */
function FileChoice({ file, onChoose }: { file: File | null; onChoose: (file: File) => void }) {
  const { t } = useTranslation('documents')
  return (
    <FileDrop
      hint={t('import.drop')}
      verb={t('import.choose')}
      accept={`${textFiles},.xlsx,.xls,.et`}
      onChoose={onChoose}
    >
      {file && (
        <span role="status" className="import-chosen" lang="zh-CN">
          {t('import.chosen', { name: file.name, size: sizeText(file.size) })}
        </span>
      )}
    </FileDrop>
  )
}

/** A refusal with, where the file is there already, the way to it. */
function Refused({ error, onKnown }: { error: ApiError; onKnown: (id: string) => void }) {
  const { t } = useTranslation('documents')
  const known = error.details['documentId']
  return (
    <>
      <ErrorHere error={error} />
      {error.code === 'document/already-imported' && typeof known === 'string' && (
        <Button onClick={() => onKnown(known)}>{t('import.openKnown')}</Button>
      )}
    </>
  )
}

/** The tables of a chosen file, tried before anything is taken in; what a person changes is tried again. */
function useTables() {
  const explain = useVerb(explainDocument, { touches: [] })
  const [content, keep] = useState('')
  const [name, setName] = useState('')
  const [mappings, setMappings] = useState<Mapping[]>([])
  const [explained, show] = useState<Explained | null>(null)

  async function attempt(fileName: string, bytes: string, said: Mapping[]) {
    try {
      const found = await explain.mutateAsync({
        fileName,
        content: bytes,
        ...(said.length > 0 ? { mappings: said } : {}),
      })
      show(found.tables.length > 0 ? found : null)
    } catch {
      show(null)
    }
  }

  return {
    explained,
    mappings,
    error: explain.error,
    busy: explain.isPending,
    forget() {
      explain.reset()
      show(null)
      setMappings([])
    },
    async look(file: File) {
      explain.reset()
      show(null)
      setMappings([])
      if (file.size > fileSizeMax || !mayHoldTables(file.name)) return
      const bytes = toBase64(await bytesOf(file))
      keep(bytes)
      setName(file.name)
      await attempt(file.name, bytes, [])
    },
    async change(mapping: Mapping) {
      const said = [...mappings.filter((one) => one.table !== mapping.table), mapping]
      setMappings(said)
      await attempt(name, content, said)
    },
  }
}

/** Takes a document in, by file or pasted text, makes its drafts and goes to the review. */
export function ImportForm() {
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const formats = useFormats()
  const [way, setWay] = useState<Way>('file')
  const [file, choose] = useState<File | null>(null)
  const [text, write] = useState('')
  const [title, setTitle] = useState('')
  const [year, setYear] = useState(formats.today.slice(0, 4))
  const [kind, setKind] = useState<Kind | ''>('')
  const [missing, setMissing] = useState('')
  const toReview = (id: string) => void navigate({ to: '/documents/$id/review', params: { id } })
  const open = useVerb(openDrafts, { touches: ['document', 'draft'] })
  const take = useVerb(importDocument, { touches: ['document', 'cite'] })
  const tables = useTables()
  const busy = take.isPending || open.isPending

  /** What is missing before anything is sent, or nothing. */
  function fault(): string {
    if (!/^(199\d|20\d\d|2100)$/.test(year)) return t('import.noYear')
    if (way === 'paste') return text.trim() === '' ? t('import.noText') : ''
    if (!file) return t('import.noFile')
    return file.size > fileSizeMax ? t('import.tooLarge') : ''
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    const wrong = fault()
    setMissing(wrong)
    if (wrong) return
    const bytes = way === 'file' && file ? await bytesOf(file) : new TextEncoder().encode(text)
    const input: InputOf<typeof importDocument> = {
      fileName: way === 'file' && file ? file.name : `${title.trim() || t('import.paste')}.txt`,
      content: toBase64(bytes),
      year: Number(year),
      ...(kind ? { kind } : {}),
      ...(title.trim() ? { title: title.trim() } : {}),
      ...(way === 'file' && tables.mappings.length > 0 ? { mappings: tables.mappings } : {}),
    }
    try {
      const { id } = await take.mutateAsync(input)
      await open.mutateAsync({ documentId: id })
      toReview(id)
    } catch {
      // The refusal stands below the form.
    }
  }

  return (
    <form className="import-form" onSubmit={(event) => void send(event)}>
      <p className="note import-wide">{t('import.note')}</p>
      <Segmented
        className="import-wide"
        aria-label={t('import.way')}
        value={way}
        options={[
          { value: 'file', label: t('import.file') },
          { value: 'paste', label: t('import.paste') },
        ]}
        onChange={(value) => {
          setWay(value as Way)
          setMissing('')
          take.reset()
          tables.forget()
          choose(null)
        }}
      />
      <div className="import-wide">
        {way === 'file' ? (
          <FileChoice
            file={file}
            onChoose={(chosen) => {
              choose(chosen)
              setMissing('')
              take.reset()
              void tables.look(chosen)
            }}
          />
        ) : (
          <>
            <Input.TextArea
              className="import-text"
              lang="zh-CN"
              rows={6}
              aria-label={t('import.text')}
              placeholder={t('import.textHint')}
              value={text}
              onChange={({ target }) => write(target.value)}
            />
            <p className="note">
              {t('import.textNote', { count: text.length, replace: { count: formats.count(text.length) } })}
            </p>
          </>
        )}
      </div>
      {way === 'file' && tables.explained && (
        <div className="import-wide">
          <TableMapping
            explained={tables.explained}
            busy={tables.busy}
            onChange={(mapping) => void tables.change(mapping)}
          />
        </div>
      )}
      <label htmlFor="import-year">{t('import.year')}</label>
      <Input
        id="import-year"
        className="import-year"
        inputMode="numeric"
        maxLength={4}
        value={year}
        onChange={({ target }) => setYear(target.value)}
      />
      <label htmlFor="import-kind">{t('import.kind')}</label>
      <Select
        id="import-kind"
        className="import-kind"
        value={kind}
        options={[
          { value: '', label: t('import.kindAuto') },
          ...documentKinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ]}
        onChange={setKind}
      />
      <label htmlFor="import-title">{t('import.name')}</label>
      <div>
        <Input
          id="import-title"
          lang="zh-CN"
          maxLength={200}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
        <p className="note">{t('import.nameNote')}</p>
      </div>
      <div className="import-wide import-end">
        {missing && <ErrorHere title={missing} />}
        {!missing && !take.error && tables.error && <ErrorHere error={tables.error} />}
        {!missing && take.error && <Refused error={take.error} onKnown={toReview} />}
        {!missing && open.error && <ErrorHere error={open.error} />}
        <VerbButton
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={way === 'file' && (tables.busy || tables.explained?.fits === false)}
        >
          {t('import.verb')}
        </VerbButton>
        {tables.busy && <LongWork sentence={t('mapping.looking')} />}
        {busy && <LongWork sentence={t('import.reading')} />}
      </div>
    </form>
  )
}
