import { Button, Input, Select } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  declineDuty,
  extendDuty,
  postponeDuty,
  reopenDuty,
  resumeDuty,
  submitDuty,
  suspendDuty,
  takeOnDuties,
  transferDuty,
  withdrawDuty,
} from '../../../src/modules/duties/duty.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { byLabel } from './assign-dialog.tsx'
import type { Duty } from './duty-course.tsx'
import type { Order } from './names.ts'

/** Acts that ask for words or a day before they are done. */
export const askingActs = [
  'decline',
  'submit',
  'postpone',
  'refuse',
  'suspend',
  'resume',
  'transfer',
  'reopen',
  'withdraw',
] as const
/** One of them. */
export type AskingAct = (typeof askingActs)[number]

/** Whether an act needs its reason, and whether it takes a day. */
const asks: Record<AskingAct, { reason: 'needed' | 'free' | 'none'; due: 'needed' | 'free' | 'none' }> = {
  decline: { reason: 'needed', due: 'none' },
  submit: { reason: 'none', due: 'none' },
  postpone: { reason: 'needed', due: 'needed' },
  refuse: { reason: 'needed', due: 'none' },
  suspend: { reason: 'needed', due: 'none' },
  resume: { reason: 'free', due: 'free' },
  transfer: { reason: 'needed', due: 'free' },
  reopen: { reason: 'needed', due: 'free' },
  withdraw: { reason: 'needed', due: 'none' },
}

const touches = ['duty', 'list']

/** The verbs of one duty, each bound to the server. */
function useVerbs(onDone: () => void) {
  const options = { touches, onDone }
  return {
    decline: useVerb(declineDuty, options),
    submit: useVerb(submitDuty, options),
    postpone: useVerb(postponeDuty, options),
    refuse: useVerb(extendDuty, options),
    suspend: useVerb(suspendDuty, options),
    resume: useVerb(resumeDuty, options),
    transfer: useVerb(transferDuty, options),
    reopen: useVerb(reopenDuty, options),
    withdraw: useVerb(withdrawDuty, options),
  }
}

/** Takes a duty on, in one click. */
export function useTakeOn() {
  return useVerb(takeOnDuties, { touches })
}

type FormProps = { act: AskingAct; duty: Duty; order: Order; onDone: () => void; onCancel: () => void }

/** What an act asks for, in its place: the reason, a day, for a submission one proof a measure. */
export function ActForm({ act, duty, order, onDone, onCancel }: FormProps) {
  const { t } = useTranslation('duties')
  const id = useId()
  const verbs = useVerbs(onDone)
  const [reason, write] = useState('')
  const [dueOn, setDue] = useState('')
  const [lead, setLead] = useState<string | undefined>(duty.leadUnit?.id)
  const [proofs, setProofs] = useState<readonly string[]>(() => duty.measures.map(() => ''))
  const [missing, setMissing] = useState('')
  const needs = asks[act]
  const { isPending, error } = verbs[act]

  function fault(): string {
    if (needs.reason === 'needed' && reason.trim() === '') return t('act.missing.reason')
    if (needs.due === 'needed' && dueOn === '') return t('act.missing.due')
    if (act === 'transfer' && !lead) return t('act.missing.lead')
    if (act === 'submit' && proofs.some((proof) => proof.trim() === '')) return t('act.missing.proofs')
    return ''
  }

  function send(event: FormEvent) {
    event.preventDefault()
    const wrong = fault()
    setMissing(wrong)
    if (wrong) return
    const said = reason.trim()
    const shared = { id: duty.id }
    const day = dueOn ? { dueOn } : {}
    if (act === 'submit')
      return verbs.submit.mutate({
        ...shared,
        ...(said ? { text: said } : {}),
        ...(proofs.length > 0 ? { shownBy: proofs.map((proof) => proof.trim()) } : {}),
      })
    if (act === 'resume') return verbs.resume.mutate({ ...shared, ...day, ...(said ? { reason: said } : {}) })
    if (act === 'postpone') return verbs.postpone.mutate({ ...shared, dueOn, reason: said })
    if (act === 'refuse') return verbs.refuse.mutate({ ...shared, approve: false, reason: said })
    if (act === 'transfer') return verbs.transfer.mutate({ ...shared, ...day, leadUnitId: lead ?? '', reason: said })
    if (act === 'reopen') return verbs.reopen.mutate({ ...shared, ...day, reason: said })
    verbs[act].mutate({ ...shared, reason: said })
  }

  return (
    <form className="act-form" onSubmit={send}>
      {act === 'transfer' && (
        <>
          <label htmlFor={`${id}to`}>{t('act.to')}</label>
          <Select
            {...byLabel}
            id={`${id}to`}
            value={lead ?? null}
            options={order.unitChoices}
            onChange={(value) => setLead(value ?? undefined)}
          />
        </>
      )}
      {act === 'submit' &&
        duty.measures.map((measure, at) => (
          // Measures stand in a fixed order and may repeat.
          // biome-ignore lint/suspicious/noArrayIndexKey: order is fixed
          <div key={at} className="act-proof">
            <label htmlFor={`${id}proof${at}`} lang="zh-CN">
              {t('act.proof', { measure })}
            </label>
            <Input
              id={`${id}proof${at}`}
              lang="zh-CN"
              maxLength={500}
              placeholder={t('act.proofHint')}
              value={proofs[at] ?? ''}
              onChange={({ target }) => setProofs(proofs.map((was, place) => (place === at ? target.value : was)))}
            />
          </div>
        ))}
      {needs.due !== 'none' && (
        <>
          <label htmlFor={`${id}due`}>{t(needs.due === 'needed' ? 'act.newDue' : 'act.dueOptional')}</label>
          <DayField id={`${id}due`} value={dueOn} onChange={setDue} />
        </>
      )}
      <label htmlFor={`${id}reason`}>{t(act === 'submit' ? 'act.submitText' : 'act.reason')}</label>
      <Input.TextArea
        id={`${id}reason`}
        lang="zh-CN"
        rows={3}
        maxLength={act === 'submit' ? 2000 : 1000}
        placeholder={act === 'submit' ? '' : t(`act.hint.${act}`)}
        value={reason}
        onChange={({ target }) => write(target.value)}
      />
      {missing ? <ErrorHere title={missing} /> : error && <ErrorHere error={error} />}
      <div className="next-buttons">
        <VerbButton type="primary" htmlType="submit" loading={isPending}>
          {t(`act.${act}`)}
        </VerbButton>
        <Button onClick={onCancel}>{t('act.cancel')}</Button>
      </div>
    </form>
  )
}
