import { Button, Input, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftChanges } from '../../../src/modules/duties/draft.contract.ts'
import { DayField } from '../../ui/day-field.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { Tag } from '../../ui/page.tsx'
import { kindIds, type Order, useKindNames } from '../duties/names.ts'
import type { Draft } from './review-work.ts'

/** Fields of the form in the order of their keys 1 to 8. */
export const formFields = ['kind', 'subject', 'lead', 'support', 'when', 'leader', 'measures', 'cites'] as const

/** What a person may do with the draft that is open. */
export type DraftVerbs = {
  amend: (changes: DraftChanges) => void
  confirm: () => void
  reject: () => void
  merge: () => void
  split: () => void
  respan: () => void
}

type FieldProps = {
  no: number
  label: string
  htmlFor: string
  /** The ground on which the value was inferred. */
  why?: Draft['inferred'][string] | undefined
  note?: ReactNode
  children: ReactNode
}

function Field({ no, label, htmlFor, why, note, children }: FieldProps) {
  const { t } = useTranslation(['documents', 'ui'])
  return (
    <div className="draft-field" data-field={no}>
      <label htmlFor={htmlFor}>{label}</label>
      <div className="draft-control">
        {children}
        {why && <Tag inferred>{t('ui:inferredWhy', { why: t(`documents:task.because.${why}`) })}</Tag>}
        {note && <span className="note draft-note">{note}</span>}
      </div>
    </div>
  )
}

/** A line of text that is kept when the field is left or Enter is pressed. */
function KeptLine({
  id,
  value,
  hint,
  label,
  className,
  onKeep,
}: {
  id?: string
  value: string
  hint?: string
  label?: string
  className?: string
  onKeep: (text: string) => void
}) {
  const [text, write] = useState(value)
  useEffect(() => write(value), [value])
  const keep = () => text.trim() !== value && onKeep(text.trim())
  return (
    <Input
      {...(id ? { id } : {})}
      {...(className ? { className } : {})}
      {...(hint ? { placeholder: hint } : {})}
      size="small"
      lang="zh-CN"
      aria-label={label}
      value={text}
      onChange={({ target }) => write(target.value)}
      onBlur={keep}
      onPressEnter={keep}
    />
  )
}

const fold = (input: string, option: { label?: unknown } | undefined) => String(option?.label ?? '').includes(input)

/** Small choices that are found by typing. */
const found = { size: 'small', showSearch: { filterOption: fold } } as const

/** The draft that is open, as a form of two columns; every value is kept at once. */
export function DraftForm({ draft, order, verbs }: { draft: Draft; order: Order; verbs: DraftVerbs }) {
  const { t } = useTranslation('documents')
  const names = useKindNames()
  const id = useId()
  const { fields, inferred } = draft
  const { amend } = verbs
  const not = t('task.notInText')
  const unresolved = fields.unresolved.length > 0 && fields.leadUnitId === null
  const name = (field: (typeof formFields)[number]) => t(`task.field.${field}`)
  return (
    <div className="draft-form">
      <Field no={1} label={name('kind')} htmlFor={`${id}1`} why={inferred['kind']}>
        <Select
          {...found}
          id={`${id}1`}
          value={fields.kind}
          options={kindIds().map((kind) => ({ value: kind, label: names.kind(kind) }))}
          onChange={(kind) => amend({ kind })}
        />
      </Field>
      <Field no={2} label={name('subject')} htmlFor={`${id}2`} why={inferred['subject']}>
        <Select
          size="small"
          mode="tags"
          id={`${id}2`}
          placeholder={not}
          value={fields.subject}
          options={[]}
          open={false}
          suffixIcon={null}
          onChange={(subject: string[]) => amend({ subject: subject.map((one) => one.trim()).filter(Boolean) })}
        />
      </Field>
      <Field
        no={3}
        label={name('lead')}
        htmlFor={`${id}3`}
        why={inferred['leadUnitId']}
        note={
          unresolved && (
            <span className="draft-warn">{t('task.unresolved', { names: fields.unresolved.join('、') })}</span>
          )
        }
      >
        <Select
          {...found}
          id={`${id}3`}
          allowClear
          placeholder={not}
          value={fields.leadUnitId}
          options={order.unitChoices}
          onChange={(leadUnitId) => amend({ leadUnitId: leadUnitId ?? null })}
        />
      </Field>
      <Field no={4} label={name('support')} htmlFor={`${id}4`} why={inferred['supportUnitIds']}>
        <Select
          {...found}
          id={`${id}4`}
          mode="multiple"
          placeholder={not}
          value={fields.supportUnitIds}
          options={order.unitChoices}
          onChange={(supportUnitIds: string[]) => amend({ supportUnitIds })}
        />
      </Field>
      <Field
        no={5}
        label={name('when')}
        htmlFor={`${id}5`}
        why={inferred['deadline'] ?? inferred['cadence']}
        note={fields.deadlineText && t('task.original', { text: fields.deadlineText })}
      >
        <span className="draft-when">
          <DayField
            id={`${id}5`}
            value={fields.deadline ?? ''}
            onChange={(day) => amend({ deadline: day === '' ? null : day })}
          />
          <KeptLine
            label={t('task.field.cadence')}
            hint={t('task.field.cadence')}
            value={fields.cadence ?? ''}
            onKeep={(cadence) => amend({ cadence: cadence || null })}
          />
        </span>
      </Field>
      <Field no={6} label={name('leader')} htmlFor={`${id}6`} why={inferred['leaderPostId']}>
        <Select
          {...found}
          id={`${id}6`}
          allowClear
          placeholder={not}
          value={fields.leaderPostId}
          options={order.postChoices}
          onChange={(leaderPostId) => amend({ leaderPostId: leaderPostId ?? null })}
        />
      </Field>
      <Field no={7} label={name('measures')} htmlFor={`${id}7`} why={inferred['measures']}>
        <KeptLine
          id={`${id}7`}
          value={fields.measures.join('；')}
          hint={t('task.measuresHint')}
          onKeep={(text) =>
            amend({
              measures: text
                .split(/[；;]/)
                .map((one) => one.trim())
                .filter(Boolean),
            })
          }
        />
      </Field>
      <Field no={8} label={name('cites')} htmlFor={`${id}8`} why={inferred['cites']}>
        <Select
          size="small"
          mode="tags"
          id={`${id}8`}
          placeholder={not}
          value={fields.cites}
          options={[]}
          open={false}
          suffixIcon={null}
          onChange={(cites: string[]) => amend({ cites: cites.map((one) => one.trim()).filter(Boolean) })}
        />
      </Field>
    </div>
  )
}

/** The title of the open draft, which can be worded anew. */
export function DraftTitle({ draft, onKeep }: { draft: Draft; onKeep: (title: string) => void }) {
  const { t } = useTranslation('documents')
  return (
    <KeptLine
      className="draft-title"
      label={t('task.field.title')}
      value={draft.title}
      onKeep={(title) => title && onKeep(title)}
    />
  )
}

/** The five verbs of the open draft with their keys. */
export function DraftButtons({ draft, verbs }: { draft: Draft; verbs: DraftVerbs }) {
  const { t } = useTranslation('documents')
  return (
    <div className="draft-buttons">
      <Button size="small" type="primary" onClick={verbs.confirm}>
        {t(draft.mode === 'do' ? 'task.confirm' : 'task.confirmDone')} <KeyCap>Enter</KeyCap>
      </Button>
      <Button size="small" onClick={verbs.reject}>
        {t('task.reject')} <KeyCap>X</KeyCap>
      </Button>
      <Button size="small" onClick={verbs.merge}>
        {t('task.merge')} <KeyCap>M</KeyCap>
      </Button>
      <Button size="small" onClick={verbs.split}>
        {t('task.split')} <KeyCap>S</KeyCap>
      </Button>
      <Button size="small" onClick={verbs.respan}>
        {t('task.respan')} <KeyCap>R</KeyCap>
      </Button>
    </div>
  )
}
