import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useId } from 'react'
import { DayField } from '../../ui/day-field.tsx'
import { audiences } from '../talks/kinds.ts'
import type { Draft } from './draft.ts'
import { activityKind, type KindField, useKindWords } from './kinds.ts'

type Value = string | number | boolean | undefined

function Control({
  id,
  kind,
  field,
  value,
  onChange,
}: {
  id: string
  kind: string
  field: KindField
  value: Value
  onChange: (value: Value) => void
}) {
  const words = useKindWords()
  if (field.type === 'boolean')
    return (
      <Checkbox id={id} checked={value === true} onChange={({ target }) => onChange(target.checked || undefined)} />
    )
  if (field.type === 'number')
    return (
      <InputNumber
        id={id}
        min={field.min}
        max={field.max}
        controls={false}
        {...(field.whole ? { precision: 0 } : {})}
        value={typeof value === 'number' ? value : null}
        onChange={(typed) => onChange(typed ?? undefined)}
      />
    )
  if (field.type === 'day')
    return (
      <DayField id={id} value={typeof value === 'string' ? value : ''} onChange={(day) => onChange(day || undefined)} />
    )
  if (field.type === 'text')
    return (
      <Input
        id={id}
        className="field-medium"
        maxLength={field.max}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => onChange(target.value || undefined)}
      />
    )
  const options =
    field.choices === null
      ? audiences().map((one) => ({ value: one, label: words.audience(one) }))
      : field.choices.map((one) => ({ value: one.id, label: words.choice(kind, field.id, one.id) }))
  return (
    <Select
      id={id}
      className="field-short"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'string' ? value : null}
      options={options}
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
    />
  )
}

/** The fields that a kind has of its own; all may stay empty. */
export function OwnFields({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const words = useKindWords()
  const base = useId()
  const fields = activityKind(draft.kind)?.fields ?? []
  const set = (id: string, value: Value) => {
    const { [id]: _, ...rest } = draft.fields
    onChange({ fields: value === undefined ? rest : { ...rest, [id]: value } })
  }
  return fields.map((field) => (
    <label key={field.id} className="form-inline" htmlFor={`${base}${field.id}`}>
      <span>{words.field(draft.kind, field.id)}</span>
      <Control
        id={`${base}${field.id}`}
        kind={draft.kind}
        field={field}
        value={draft.fields[field.id]}
        onChange={(value) => set(field.id, value)}
      />
    </label>
  ))
}
