import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { type Chosen, PersonField } from './person-field.tsx'
import './dialogs.css'

type Choice = { value: string; label: string }

/** One field of an act: its name, what is typed, and whether it may stay empty; several choices come joined by spaces. */
export type ActField = { key: string; label: string; optional?: boolean } & (
  | { type: 'text'; initial?: string; max?: number }
  | { type: 'lines'; initial?: string; max?: number }
  | { type: 'number'; initial?: string; min?: number; max?: number; places?: number }
  | { type: 'day'; initial?: string }
  | { type: 'person'; initial?: Chosen }
  | { type: 'choice'; choices: readonly Choice[]; initial?: string }
  | { type: 'several'; choices: readonly Choice[] }
  | { type: 'secret'; max?: number }
  | { type: 'tick' }
)

/** What was typed: ids, days and texts; empty where nothing was given. */
export type ActValues = Readonly<Record<string, string>>

/** A dated act of the organisation, as a small dialog asks for it. */
export type Act = {
  title: string
  note?: string
  fields: readonly ActField[]
  /** The verb on the button, where it is more than saving. */
  verb?: string
  send: (values: ActValues) => Promise<unknown>
}

type Typed = Readonly<Record<string, string | Chosen | null>>

function initialOf(fields: readonly ActField[]): Typed {
  return Object.fromEntries(fields.map((field) => [field.key, 'initial' in field ? (field.initial ?? '') : '']))
}

const textOf = (value: string | Chosen | null | undefined) =>
  typeof value === 'string' ? value.trim() : (value?.personId ?? '')

function Control({
  id,
  field,
  value,
  onChange,
}: {
  id: string
  field: ActField
  value: string | Chosen | null
  onChange: (value: string | Chosen | null) => void
}) {
  const text = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'text':
      return (
        <Input id={id} maxLength={field.max ?? 120} value={text} onChange={({ target }) => onChange(target.value)} />
      )
    case 'lines':
      return (
        <Input.TextArea
          id={id}
          rows={4}
          maxLength={field.max ?? 300}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'number':
      return (
        <InputNumber
          id={id}
          controls={false}
          min={field.min ?? 0}
          max={field.max ?? 9999}
          precision={field.places ?? 0}
          value={text === '' ? null : Number(text)}
          onChange={(number) => onChange(number === null ? '' : String(number))}
        />
      )
    case 'secret':
      return (
        <Input.Password
          id={id}
          autoComplete="off"
          maxLength={field.max ?? 500}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'day':
      return <DayField id={id} value={text} onChange={onChange} />
    case 'person':
      return <PersonField id={id} value={typeof value === 'string' ? null : value} onChange={onChange} />
    case 'choice':
      return (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={field.optional ?? false}
          value={text || null}
          options={[...field.choices]}
          onChange={(chosen: string | null | undefined) => onChange(chosen ?? '')}
        />
      )
    case 'several':
      return (
        <Select
          id={id}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={text === '' ? [] : text.split(' ')}
          options={[...field.choices]}
          onChange={(chosen: string[]) => onChange(chosen.join(' '))}
        />
      )
    case 'tick':
      return (
        <Checkbox id={id} checked={text === 'yes'} onChange={({ target }) => onChange(target.checked ? 'yes' : '')} />
      )
  }
}

/** Asks for an act and sends it; stays open with the refusal when it is refused. */
export function ActDialog({
  act,
  onClose,
  children,
}: {
  act: Act
  onClose: () => void
  /** What stands above the fields, such as a choice between sorts of act. */
  children?: ReactNode
}) {
  const { t } = useTranslation(['organisation', 'ui'])
  const base = useId()
  const client = useQueryClient()
  const [typed, type] = useState<Typed>(() => initialOf(act.fields))
  const [missing, setMissing] = useState<string>()
  const sending = useMutation({
    mutationFn: act.send,
    onSuccess: () => {
      onClose()
      void client.invalidateQueries()
    },
  })
  const send = () => {
    const empty = act.fields.find((field) => !field.optional && field.type !== 'tick' && !textOf(typed[field.key]))
    setMissing(empty?.label)
    if (empty) document.getElementById(`${base}${empty.key}`)?.focus()
    else sending.mutate(Object.fromEntries(act.fields.map(({ key }) => [key, textOf(typed[key])])))
  }
  return (
    <Modal
      open
      title={act.title}
      width={440}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <VerbButton type="primary" loading={sending.isPending} onClick={send}>
            {act.verb ?? t('act.save')}
          </VerbButton>
          <Button onClick={onClose}>{t('ui:lookAgain')}</Button>
        </div>
      }
    >
      <div className="dialog-form">
        {children}
        {act.note && <p className="support">{act.note}</p>}
        {act.fields.map((field) => (
          <div key={field.key} className={field.type === 'tick' ? 'dialog-field dialog-tick' : 'dialog-field'}>
            <label htmlFor={`${base}${field.key}`}>
              {field.label}
              {field.optional && field.type !== 'tick' && <span className="note"> {t('ui:optional')}</span>}
            </label>
            <Control
              id={`${base}${field.key}`}
              field={field}
              value={typed[field.key] ?? ''}
              onChange={(value) => type({ ...typed, [field.key]: value })}
            />
          </div>
        ))}
        {missing && <ErrorHere key={missing} title={t('act.missing', { field: missing })} focus={false} />}
        {!missing && sending.error && <ErrorHere error={sending.error} />}
      </div>
    </Modal>
  )
}
