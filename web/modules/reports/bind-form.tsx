import { AutoComplete, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unitFits } from '../../../src/core/figures/units.ts'
import { bindReport, listMetrics } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useLanguage } from '../../lib/language.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { useUndo } from '../../ui/undo.tsx'
import type { Slot } from './figures.ts'
import { limitWord, limitWords } from './limits.ts'

type FormProps = { draftId: string; slot: Slot; onDone: () => void }
type Metric = OutputOf<typeof listMetrics>['items'][number]
type Param = 'topic' | 'audience' | 'indicator' | 'role'

/** What a person had chosen for a figure, or that the words of the text decide. */
function chosenOf(slot: Slot) {
  if (!slot.chosen) return { asRead: true as const }
  return slot.state === 'left' ? { leave: slot.why ?? '' } : { metric: slot.metric ?? '', params: slot.params }
}

/** Binds or masks a figure and offers the way back. */
export function useBinding({ draftId, slot, onDone }: FormProps, said: string) {
  const offer = useUndo()
  const back = useVerb(bindReport, { touches: ['report'] })
  return useVerb(bindReport, {
    touches: ['report'],
    onDone: () => {
      onDone()
      offer({ text: said, undo: () => back.mutate({ draftId, no: slot.no, ...chosenOf(slot) }) })
    },
  })
}

/** Another definition for a figure: chosen from the list, with the words that limit it. */
export function BindForm(props: FormProps) {
  const { slot } = props
  const { t } = useTranslation(['reports', 'ui'])
  const language = useLanguage()
  const { data } = useQueryOf(listMetrics, {})
  const [metric, choose] = useState(slot.metric ?? undefined)
  const [params, write] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(slot.params).map(([name, value]) => [name, limitWord(name, value, language)])),
  )
  const [fault, say] = useState('')
  const bind = useBinding(props, t('bind.done', { no: slot.no }))
  const chosen = data?.items.find(({ id }) => id === metric)
  const nameOf = (name: string) =>
    ['topic', 'audience', 'indicator', 'role'].includes(name) ? t(`bind.params.${name as Param}`) : name

  function save() {
    if (!chosen) return say(t('bind.empty'))
    const own = chosen.params.flatMap(({ name }) =>
      params[name]?.trim() ? [[name, params[name].trim()] as const] : [],
    )
    const missing = chosen.params.find(({ name, required }) => required && !params[name]?.trim())
    if (missing) return say(t('bind.missing', { name: nameOf(missing.name) }))
    say('')
    bind.mutate({ draftId: props.draftId, no: slot.no, metric: chosen.id, params: Object.fromEntries(own) })
  }

  return (
    <form
      className="bind"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <label htmlFor="bind-metric">{t('bind.metric')}</label>
      <Select
        id="bind-metric"
        className="bind-select"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('bind.choose')}
        value={metric ?? null}
        onChange={(value) => choose(value ?? undefined)}
        options={choicesOf(data?.items ?? [], slot, language, (key) => t(`bind.${key}`))}
      />
      {chosen && <p className="note">{chosen.definition[language]}</p>}
      {chosen?.params.map(({ name, required }) => (
        <div key={name}>
          <label htmlFor={`bind-${name}`}>
            {nameOf(name)} <span className="note">{required ? t('bind.required') : t('ui:optional')}</span>
          </label>
          <AutoComplete
            id={`bind-${name}`}
            className="bind-select"
            value={params[name] ?? ''}
            options={Object.values(limitWords(name, language)).map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
            onChange={(value) => write({ ...params, [name]: value })}
          />
        </div>
      ))}
      {fault && <ErrorHere title={fault} />}
      {bind.error && !fault && <ErrorHere error={bind.error} />}
      <div className="bind-buttons">
        <VerbButton htmlType="submit" loading={bind.isPending}>
          {t('bind.verb')}
        </VerbButton>
        <Button type="text" onClick={props.onDone}>
          {t('bind.back')}
        </Button>
      </div>
    </form>
  )
}

/** Definitions whose unit fits come first; the others say their units. */
function choicesOf(
  metrics: readonly Metric[],
  slot: Slot,
  language: 'zh' | 'en',
  word: (key: 'none' | 'comma') => string,
) {
  const fitting = metrics.filter((one) => unitFits(one.units, slot.unit))
  return [...fitting, ...metrics.filter((one) => !fitting.includes(one))].map((one) => {
    const name = one.name[language]
    const remark = one.available ? (fitting.includes(one) ? '' : one.units.join(word('comma'))) : word('none')
    return { value: one.id, label: remark ? `${name} · ${remark}` : name, disabled: !one.available }
  })
}

/** Leaves a figure masked on purpose, with the reason. */
export function LeaveForm(props: FormProps) {
  const { slot } = props
  const { t } = useTranslation('reports')
  const [reason, write] = useState('')
  const [fault, say] = useState('')
  const leave = useBinding(props, t('leave.done', { no: slot.no }))
  return (
    <form
      className="bind"
      onSubmit={(event) => {
        event.preventDefault()
        if (!reason.trim()) return say(t('leave.empty'))
        say('')
        leave.mutate({ draftId: props.draftId, no: slot.no, leave: reason.trim() })
      }}
    >
      <label htmlFor="leave-reason">{t('leave.reason')}</label>
      <Input id="leave-reason" maxLength={200} value={reason} onChange={({ target }) => write(target.value)} />
      <p className="note">{t('leave.note')}</p>
      {fault && <ErrorHere title={fault} />}
      {leave.error && !fault && <ErrorHere error={leave.error} />}
      <div className="bind-buttons">
        <VerbButton htmlType="submit" loading={leave.isPending}>
          {t('leave.verb')}
        </VerbButton>
        <Button type="text" onClick={props.onDone}>
          {t('bind.back')}
        </Button>
      </div>
    </form>
  )
}
