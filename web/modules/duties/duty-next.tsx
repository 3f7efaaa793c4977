import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { extendDuty, returnDuty, verifyDuty } from '../../../src/modules/duties/duty.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { type ChainLink, NextStep } from '../../ui/next-step.tsx'
import { ActForm, type AskingAct, useTakeOn } from './act-form.tsx'
import type { Duty } from './duty-course.tsx'
import type { Order } from './names.ts'

type Step = NonNullable<Duty['next']>['to']

/** Whether the reader owes the duty himself; the office may act for every owner without being one. */
function useOwns(duty: Duty): boolean {
  const session = useSession()
  if (!session?.roles.includes('office')) return true
  return session.holdings.some(
    (held) =>
      (held.postId !== null && held.postId === duty.leader?.postId) ||
      (held.unitId !== null && held.unitId === duty.leadUnit?.id),
  )
}

/** Whether the step that is waited for is one of the reader's own. */
function isMine(duty: Duty, owns: boolean): boolean {
  const { may, next } = duty
  switch (next?.to) {
    case 'take-on':
      return owns && may['take-on']
    case 'work':
      return owns && may.submit
    case 'verify':
      return may.verify
    case 'decide-extension':
      return may.extend
    case 'arbitrate':
      return may.transfer
    case 'resume':
      return may.resume
    default:
      return false
  }
}

/** Who waits for whom: what was done last, what is waited for, what comes then. */
function useChain(duty: Duty): ChainLink[] {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const { next, timeline } = duty
  const owner = duty.leadUnit?.name ?? duty.leader?.holder ?? duty.leader?.title ?? t('everybody')
  const office = t('next.office')
  const whoOf: Record<Step, string> = {
    'take-on': owner,
    work: owner,
    verify: office,
    'decide-extension': office,
    arbitrate: office,
    issue: office,
    resume: office,
    none: '',
  }
  const last = timeline.find((one) => one.event !== 'reported' && one.event !== 'amended')
  const done: ChainLink[] = last
    ? [
        {
          key: 'done',
          stand: 'done',
          text: t('next.lineOn', {
            who: last.by ?? office,
            what: t(`event.${last.event}`),
            day: formats.day(last.onDay),
          }),
        },
      ]
    : []
  if (!next) return done
  // Whoever works is not waited for before the due day: what is left of the term is said instead.
  const waited = (): { waited?: string } => {
    if (next.to === 'work') return duty.dueOn ? { waited: formats.daysLeft(duty.dueOn) } : {}
    const asked = timeline.find((one) => one.event === 'extension-asked')
    const since = next.to === 'decide-extension' ? (asked?.onDay ?? next.since) : next.since
    return since < formats.today ? { waited: formats.waited(since) } : {}
  }
  const link = (key: string, stand: ChainLink['stand'], to: Step): ChainLink => ({
    key,
    stand,
    text: t('next.line', { who: whoOf[to], what: t(`next.verb.${to}`) }),
    ...(stand === 'current' ? waited() : {}),
  })
  const ahead: Partial<Record<Step, Step>> = {
    issue: 'take-on',
    'take-on': 'work',
    work: 'verify',
    arbitrate: 'take-on',
  }
  const then = ahead[next.to]
  return [
    ...done,
    link('now', 'current', next.to),
    ...(then ? [link('then', 'ahead', then)] : []),
    ...(next.to === 'verify' ? [{ key: 'then', stand: 'ahead' as const, text: t('next.closing') }] : []),
  ]
}

/** The next step: who waits for whom, and what the reader may do about it; never an accept button for the submitter. */
export function DutyNext({
  duty,
  order,
  act,
  onAct,
}: {
  duty: Duty
  order: Order
  /** The act that is being worded, also one that the head's menu started. */
  act: AskingAct | undefined
  onAct: (act: AskingAct | undefined) => void
}) {
  const { t } = useTranslation('duties')
  const chain = useChain(duty)
  const { next, may } = duty
  const verb = next ? t(`next.verb.${next.to}`) : ''
  const owner = duty.leadUnit?.name ?? duty.leader?.holder ?? ''
  const owns = useOwns(duty)
  const what = isMine(duty, owns)
    ? t('next.yours', { verb })
    : t('next.theirs', { who: next?.turn === 'owner' ? owner : t('next.office'), verb })
  const title = next ? t('next.title', { what }) : t(duty.status === 'withdrawn' ? 'next.withdrawn' : 'next.closed')
  const named = duty.leader?.holder ? t('next.leaderNamed', { name: duty.leader.holder }) : ''
  const notes = [
    next?.to === 'verify' && t('next.mayAccept', { leader: named }),
    next?.to === 'decide-extension' && t('next.mayDecide', { leader: named }),
    next?.to === 'verify' && duty.wasLate && t('next.goodlate'),
  ].filter(Boolean)
  const body = () => {
    if (act)
      return (
        <ActForm
          key={act}
          act={act}
          duty={duty}
          order={order}
          onDone={() => onAct(undefined)}
          onCancel={() => onAct(undefined)}
        />
      )
    if (next?.to === 'verify' && may.verify) return <Acceptance duty={duty} />
    if (next?.to === 'decide-extension' && may.extend) return <Extension duty={duty} onRefuse={() => onAct('refuse')} />
    if (!duty.next && offeredOf(duty).length === 0) return null
    return <Offers duty={duty} owns={owns} onAct={onAct} />
  }
  return (
    <NextStep title={title} chain={chain} note={notes.length > 0 && notes.join(' ')}>
      {body()}
    </NextStep>
  )
}

/** Accept or return, side by side; returning asks what is missing. */
function Acceptance({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const [text, write] = useState('')
  const [missing, setMissing] = useState('')
  const touches = ['duty', 'list']
  const verify = useVerb(verifyDuty, { touches })
  const back = useVerb(returnDuty, { touches })
  const said = text.trim()
  const error = verify.error ?? back.error
  const giveBack = () => {
    setMissing(said === '' ? t('act.missing.opinion') : '')
    if (said !== '') back.mutate({ id: duty.id, reason: said.slice(0, 1000) })
  }
  return (
    <>
      <Input.TextArea
        rows={2}
        lang="zh-CN"
        maxLength={1000}
        aria-label={t('act.opinionLabel')}
        placeholder={t('act.opinion')}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      {missing ? <ErrorHere title={missing} /> : error && <ErrorHere error={error} />}
      <div className="next-buttons">
        <VerbButton
          type="primary"
          loading={verify.isPending}
          onClick={() => verify.mutate({ id: duty.id, ...(said ? { text: said } : {}) })}
        >
          {t('act.verify')}
        </VerbButton>
        <VerbButton loading={back.isPending} onClick={giveBack}>
          {t('act.return')}
        </VerbButton>
      </div>
    </>
  )
}

/** Grants more time, to the day asked for or another, or goes on to refuse it. */
function Extension({ duty, onRefuse }: { duty: Duty; onRefuse: () => void }) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const [other, setOther] = useState('')
  const extend = useVerb(extendDuty, { touches: ['duty', 'list'] })
  const asked = duty.timeline.find((one) => one.event === 'extension-asked')
  const day = duty.askedDueOn ? formats.day(duty.askedDueOn) : ''
  return (
    <>
      <p lang="zh-CN">
        {asked?.note ? t('act.askedFor', { day, reason: asked.note }) : t('act.askedForPlain', { day })}
      </p>
      <label htmlFor="extend-other" className="note">
        {t('act.otherDue')}
      </label>
      <DayField id="extend-other" value={other} onChange={setOther} />
      {extend.error && <ErrorHere error={extend.error} />}
      <div className="next-buttons">
        <VerbButton
          type="primary"
          loading={extend.isPending}
          onClick={() => extend.mutate({ id: duty.id, approve: true, ...(other ? { dueOn: other } : {}) })}
        >
          {t('act.extend')}
        </VerbButton>
        <Button onClick={onRefuse}>{t('act.refuse')}</Button>
      </div>
    </>
  )
}

/** Acts that the owner, or the office for him, may begin now. */
function offeredOf({ may }: Duty) {
  return (['submit', 'decline', 'postpone', 'resume'] as const).filter((act) => may[act])
}

/** What the owner, or the office for him, may do now. */
function Offers({ duty, owns, onAct }: { duty: Duty; owns: boolean; onAct: (act: AskingAct) => void }) {
  const { t } = useTranslation('duties')
  const takeOn = useTakeOn()
  const { may } = duty
  const offered = offeredOf(duty)
  const arbitrates = duty.next?.to === 'arbitrate' && may.transfer
  if (!may['take-on'] && offered.length === 0 && !arbitrates) return <p className="note">{t('next.nothing')}</p>
  return (
    <>
      {takeOn.error && <ErrorHere error={takeOn.error} />}
      <div className="next-buttons">
        {may['take-on'] && (
          <VerbButton
            type={owns ? 'primary' : 'default'}
            loading={takeOn.isPending}
            onClick={() => takeOn.mutate({ ids: [duty.id] })}
          >
            {t('act.take-on')}
          </VerbButton>
        )}
        {arbitrates && (
          <Button type="primary" onClick={() => onAct('transfer')}>
            {t('act.transfer')}
          </Button>
        )}
        {offered.map((act) => (
          <Button
            key={act}
            type={(owns && act === 'submit') || act === 'resume' ? 'primary' : 'default'}
            onClick={() => onAct(act)}
          >
            {t(`act.${act}`)}
          </Button>
        ))}
      </div>
    </>
  )
}
