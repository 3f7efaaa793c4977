import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendCite, mergeCites, recordCite } from '../../../src/modules/documents/cite.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'
import type { Cite } from './citations-page.tsx'

type Values = { title: string; aliases: string; versionNote: string; issuedOn: string }
const touches = ['cite', 'duty']

function inputOf(values: Values) {
  return {
    title: values.title.trim(),
    aliases: [...new Set(values.aliases.split(/\n/).map((name) => name.trim()))].filter(Boolean),
    versionNote: values.versionNote.trim() || null,
    issuedOn: values.issuedOn || null,
  }
}

/** A new entry of the register. */
export function RecordPanel({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const { t } = useTranslation('citations')
  const record = useVerb(recordCite, { touches, onDone: ({ id }) => onDone(id) })
  const [values, write] = useState<Values>({ title: '', aliases: '', versionNote: '', issuedOn: '' })
  return (
    <SidePanel title={t('form.record')} onClose={onClose}>
      <CiteForm
        values={values}
        write={write}
        busy={record.isPending}
        error={record.error}
        verb={t('verb.record')}
        onSave={() => record.mutate(inputOf(values))}
        onBack={onClose}
      />
    </SidePanel>
  )
}

/** Corrects an entry. */
export function AmendForm({ cite, onDone }: { cite: Cite; onDone: () => void }) {
  const { t } = useTranslation('citations')
  const amend = useVerb(amendCite, { touches, onDone })
  const [values, write] = useState<Values>({
    title: cite.title,
    aliases: cite.aliases.join('\n'),
    versionNote: cite.versionNote ?? '',
    issuedOn: cite.issuedOn ?? '',
  })
  return (
    <CiteForm
      values={values}
      write={write}
      busy={amend.isPending}
      error={amend.error}
      verb={t('verb.save')}
      onSave={() => amend.mutate({ id: cite.id, ...inputOf(values) })}
      onBack={onDone}
    />
  )
}

type FormProps = {
  values: Values
  write: (values: Values) => void
  busy: boolean
  error: unknown
  verb: string
  onSave: () => void
  onBack: () => void
}

function CiteForm({ values, write, busy, error, verb, onSave, onBack }: FormProps) {
  const { t } = useTranslation(['citations', 'ui'])
  const [bare, say] = useState(false)
  const set = (part: Partial<Values>) => write({ ...values, ...part })
  const optional = t('ui:optional')
  return (
    <form
      className="cite-form"
      onSubmit={(event) => {
        event.preventDefault()
        say(!values.title.trim())
        if (values.title.trim()) onSave()
      }}
    >
      <Field id="cite-title" label={t('form.title')} note={t('form.titleNote')}>
        <Input
          id="cite-title"
          lang="zh-CN"
          maxLength={200}
          aria-invalid={bare}
          value={values.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </Field>
      <Field id="cite-aliases" label={t('form.aliases')} extra={optional} note={t('form.aliasesNote')}>
        <Input.TextArea
          id="cite-aliases"
          lang="zh-CN"
          rows={3}
          value={values.aliases}
          onChange={({ target }) => set({ aliases: target.value })}
        />
      </Field>
      <Field id="cite-version" label={t('form.version')} extra={optional} note={t('form.versionNote')}>
        <Input
          id="cite-version"
          lang="zh-CN"
          maxLength={200}
          value={values.versionNote}
          onChange={({ target }) => set({ versionNote: target.value })}
        />
      </Field>
      <Field id="cite-issued" label={t('form.issued')} extra={optional}>
        <DayField id="cite-issued" value={values.issuedOn} onChange={(issuedOn) => set({ issuedOn })} />
      </Field>
      {bare ? <ErrorHere title={t('form.noTitle')} /> : Boolean(error) && <ErrorHere error={error} />}
      <Buttons verb={verb} busy={busy} onBack={onBack} />
    </form>
  )
}

type FieldProps = { id: string; label: string; extra?: string; note?: string; children: ReactNode }

function Field({ id, label, extra, note, children }: FieldProps) {
  return (
    <div>
      <label htmlFor={id}>
        {label} {extra && <span className="note">{extra}</span>}
      </label>
      {children}
      {note && <p className="note">{note}</p>}
    </div>
  )
}

function Buttons({ verb, busy, onBack }: { verb: string; busy: boolean; onBack: () => void }) {
  const { t } = useTranslation('citations')
  return (
    <div className="cite-buttons">
      <VerbButton type="primary" htmlType="submit" loading={busy}>
        {verb}
      </VerbButton>
      <Button type="text" onClick={onBack}>
        {t('verb.back')}
      </Button>
    </div>
  )
}

type MergeProps = { cite: Cite; others: readonly Cite[]; onBack: () => void; onDone: (id: string) => void }

/** Says that two entries are one document. */
export function MergeForm({ cite, others, onBack, onDone }: MergeProps) {
  const { t } = useTranslation('citations')
  const merge = useVerb(mergeCites, { touches, onDone: ({ id }) => onDone(id) })
  const [into, choose] = useState<string | null>(null)
  const [bare, say] = useState(false)
  return (
    <form
      className="cite-form"
      onSubmit={(event) => {
        event.preventDefault()
        say(!into)
        if (into) merge.mutate({ id: cite.id, intoId: into })
      }}
    >
      <Field id="cite-into" label={t('form.into')} note={t('form.intoNote')}>
        <Select
          id="cite-into"
          className="cite-select"
          showSearch={{ optionFilterProp: 'label' }}
          value={into}
          onChange={choose}
          options={others.filter(({ id }) => id !== cite.id).map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      {bare && !into ? <ErrorHere title={t('form.noInto')} /> : merge.error && <ErrorHere error={merge.error} />}
      <Buttons verb={t('verb.merge')} busy={merge.isPending} onBack={onBack} />
    </form>
  )
}
