import { useMutation } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textFiles } from '../../lib/file-bytes.ts'
import { useFormats } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { ErrorHere, LongWork } from '../../ui/messages.tsx'
import { type Brought, type Fault, textOfFile, textOfKnown, useKnownTexts } from './text-sources.ts'

/** What is written so far: the title as a person typed it, or null, and what the text was brought from. */
export type Written = { text: string; title: string | null; source: Brought | null }

/** The title that was typed, else that of what the text was brought from, with its year replaced by the report's. */
export function titleOf({ title, source }: Written, year: string): string {
  if (title !== null || source === null) return title ?? ''
  const before = String(source.ofYear ?? Number(year) - 1)
  return (/^\d{4}$/.test(year) ? source.title.replaceAll(before, year) : source.title).slice(0, 200)
}

/** The text of a new report: typed or pasted, brought from a file, or from what the bureau holds already. */
export function TextField({ written, change }: { written: Written; change: (part: Partial<Written>) => void }) {
  const { t } = useTranslation('reports')
  const { count } = useFormats()
  const known = useKnownTexts()
  const [asked, ask] = useState<Brought>()
  const [fault, fail] = useState<Fault>()
  const { text, title, source } = written
  const note = source && {
    name: source.title,
    format: source.format,
    count: count(source.text.length),
  }

  function put(found: Brought) {
    change({ text: found.text, source: found, ...(title?.trim() ? {} : { title: null }) })
    ask(undefined)
  }

  const reading = useMutation<Brought | Fault, Error, File | string>({
    mutationFn: (from) => (typeof from === 'string' ? textOfKnown(from) : textOfFile(from)),
    onMutate: () => fail(undefined),
    onSuccess: (found) => {
      if (typeof found === 'string') fail(found)
      // What was changed by hand since it was brought, or typed, is not put away unasked.
      else if (text.trim() !== '' && text !== source?.text) ask(found)
      else put(found)
    },
  })

  return (
    <>
      <FileDrop
        hint={t('make.dropHere')}
        verb={t('make.choose')}
        accept={textFiles}
        busy={reading.isPending}
        onChoose={(file) => reading.mutate(file)}
      >
        <span className="support">{t('make.or')}</span>
        <Select
          className="make-known"
          aria-label={t(known.documents ? 'make.known' : 'make.knownReport')}
          placeholder={t(known.documents ? 'make.known' : 'make.knownReport')}
          showSearch={{ optionFilterProp: 'label' }}
          value={source?.key ?? null}
          options={known.options}
          loading={known.loading}
          disabled={reading.isPending}
          notFoundContent={t('make.knownNone')}
          onChange={(key: string) => reading.mutate(key)}
        />
      </FileDrop>
      <Input.TextArea
        id="report-text"
        className="make-text"
        lang="zh-CN"
        rows={6}
        value={text}
        onChange={({ target }) => change({ text: target.value })}
      />
      <p className="note" role="status">
        {note ? t(note.format === '' ? 'make.brought' : 'make.read', note) : t('make.textNote')}
      </p>
      {reading.isPending && <LongWork sentence={t('make.reading')} />}
      {fault && <ErrorHere title={t(`make.${fault}`)} />}
      {reading.error && <ErrorHere error={reading.error} />}
      {known.error && <ErrorHere error={known.error} focus={false} />}
      <ConfirmIrrevocable
        open={asked !== undefined}
        title={t('make.replaceTitle')}
        what={t('make.replaceWhat', { name: asked?.title ?? '', count: count(text.length) })}
        verb={t('make.replace')}
        onConfirm={() => asked && put(asked)}
        onClose={() => ask(undefined)}
      />
    </>
  )
}
