import { InputNumber, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { shiftMonth } from '../../lib/day-text.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { type Chosen, PersonField } from '../organisation/person-field.tsx'
import { audiences, talkKind } from './kinds.ts'
import '../organisation/dialogs.css'

/** What a talk may keep; which of these its kind decides. */
export type Parts = {
  day: string
  person: Chosen | null
  month: string
  audience: string
  number: number | null
}

/** Nothing chosen yet, on a day. */
export function noParts(today: string): Parts {
  return { day: today, person: null, month: today.slice(0, 7), audience: '', number: null }
}

/** The parts that a shape keeps. */
const kept = {
  pair: ['day', 'person'],
  number: ['month', 'audience', 'number'],
  group: ['day', 'number'],
} as const

type Shape = keyof typeof kept

/** The first part of the shape that is still missing. */
export function missingPart(shape: Shape, parts: Parts) {
  return kept[shape].find((part) => parts[part] === '' || parts[part] === null)
}

/** The parts of a shape as the verb takes them. */
export function partsInput(shape: Shape, { day, person, month, audience, number }: Parts) {
  const all = { day, counterpartId: person?.personId, month, audience, number: number ?? undefined }
  const { counterpartId } = all
  if (shape === 'pair') return { day, ...(counterpartId ? { counterpartId } : {}) }
  if (shape === 'number') return { month, audience, ...(all.number ? { number: all.number } : {}) }
  return { day, ...(all.number ? { number: all.number } : {}) }
}

/** A labelled control under another. */
export function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div className="dialog-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

/** The controls of the parts that a shape keeps. */
export function PartsFields({
  shape,
  parts,
  onChange,
}: {
  shape: Shape
  parts: Parts
  onChange: (change: Partial<Parts>) => void
}) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const words = useKindWords()
  const session = useSession()
  const base = useId()
  const id = (part: keyof Parts) => `${base}${part}`
  const months = Array.from({ length: 24 }, (_, back) => shiftMonth(formats.today.slice(0, 7), -back))
  const controls = {
    day: <DayField id={id('day')} value={parts.day} onChange={(day) => onChange({ day })} />,
    person: (
      <PersonField
        id={id('person')}
        value={parts.person}
        on={parts.day}
        without={session?.personId ?? null}
        onChange={(person) => onChange({ person })}
      />
    ),
    month: (
      <Select
        id={id('month')}
        value={parts.month}
        options={months.map((month) => ({ value: month, label: formats.monthOfYear(month) }))}
        onChange={(month: string) => onChange({ month })}
      />
    ),
    audience: (
      <Select
        id={id('audience')}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('record.audienceHint')}
        value={parts.audience || null}
        options={audiences().map((one) => ({ value: one, label: words.audience(one) }))}
        onChange={(audience: string) => onChange({ audience })}
      />
    ),
    number: (
      <InputNumber
        id={id('number')}
        min={1}
        max={10_000}
        precision={0}
        controls={false}
        value={parts.number}
        onChange={(number) => onChange({ number: number ?? null })}
      />
    ),
  }
  return kept[shape].map((part) => (
    <Field key={part} label={t(`record.${part}`)} id={id(part)}>
      {controls[part]}
    </Field>
  ))
}

/** What the kind keeps, in one sentence. */
export function KeepsNote({ kind }: { kind: string }) {
  const { t } = useTranslation('talks')
  const row = talkKind(kind)
  if (!row) return null
  const said =
    row.shape === 'pair'
      ? t('record.pair', { count: row.months ?? 24 })
      : t(row.shape === 'number' ? 'record.numberShape' : 'record.group')
  return <p className="note">{said}</p>
}
