import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { extendDuty, returnDuty, verifyDuty } from '../../../src/modules/duties/duty.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { Panel, Tag } from '../../ui/page.tsx'
import type { MyDuty } from './duties.ts'
import { useDutyRows } from './duty-rows.tsx'

const touches = ['duty', 'list', 'obligation', 'notice', 'journal']

/** Yes and no of one decision, of the same width and with the same words: dissent costs what assent costs. */
function useAnswers(duty: MyDuty) {
  const accept = useVerb(verifyDuty, { touches })
  const back = useVerb(returnDuty, { touches })
  const extend = useVerb(extendDuty, { touches })
  const { id } = duty
  const said = (words: string) => words.trim()
  if (duty.asks === 'verify')
    return {
      yes: (words: string) => accept.mutate(said(words) ? { id, text: said(words) } : { id }),
      no: (words: string) => back.mutate({ id, reason: said(words) }),
      busy: accept.isPending || back.isPending,
      error: accept.error ?? back.error,
    }
  return {
    yes: (words: string) => extend.mutate({ id, approve: true, ...(said(words) ? { reason: said(words) } : {}) }),
    no: (words: string) => extend.mutate({ id, approve: false, reason: said(words) }),
    busy: extend.isPending,
    error: extend.error,
  }
}

/** One decision: what it is, its grounds in a line, two equal buttons; either opens the box of words. */
function Decision({ duty }: { duty: MyDuty }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const rows = useDutyRows()
  const id = useId()
  const answers = useAnswers(duty)
  const [side, choose] = useState<'yes' | 'no'>()
  const [words, write] = useState('')
  const unit = duty.leadUnit?.name ?? duty.leader?.title ?? ''
  const kind = duty.asks === 'verify' ? 'verify' : 'decide-extension'
  const ground =
    kind === 'verify' || !duty.askedDueOn
      ? t('decide.submitted', { unit, day: formats.day(duty.lastOn) })
      : t('decide.asked', {
          unit,
          from: duty.dueOn ? formats.day(duty.dueOn) : t('decide.noDay'),
          to: formats.day(duty.askedDueOn),
        })
  const missing = side === 'no' && words.trim() === ''
  return (
    <li className="decide">
      <Tag>{t(`decide.tag.${kind}`)}</Tag>
      <div className="decide-what">
        <p>
          <Link to="/duties/$no" params={{ no: String(duty.no) }} search={{ year: duty.year }} className="decide-title">
            {rows.titleOf(duty)}
          </Link>{' '}
          <span className="note keep">
            {duty.lastOn >= formats.today ? t('row.today') : formats.waited(duty.lastOn)}
          </span>
        </p>
        <p className="decide-ground">
          {ground}
          {duty.said && t('decide.said', { said: duty.said })}
        </p>
        {side && (
          <div className="decide-words">
            <label htmlFor={id} className="note">
              {t(`decide.words.${side}`)}
            </label>
            <Input
              id={id}
              autoFocus
              lang="zh-CN"
              maxLength={1000}
              value={words}
              onChange={({ target }) => write(target.value)}
              onPressEnter={() => !missing && answers[side](words)}
            />
            <VerbButton
              size="small"
              type="primary"
              loading={answers.busy}
              disabled={missing}
              onClick={() => answers[side](words)}
            >
              {t(`decide.${kind}.${side}`)}
            </VerbButton>
          </div>
        )}
        {answers.error && <ErrorHere error={answers.error} />}
      </div>
      <div className="decide-two">
        {(['yes', 'no'] as const).map((one) => (
          <Button
            key={one}
            size="small"
            aria-expanded={side === one}
            onClick={() => choose(side === one ? undefined : one)}
          >
            {t(`decide.${kind}.${one}`)}
          </Button>
        ))}
      </div>
    </li>
  )
}

/** What waits for a decision: accepted or returned, more time or not, each in place. */
export function DecidePanel({ duties }: { duties: readonly MyDuty[] }) {
  const { t } = useTranslation('today')
  if (duties.length === 0) return null
  return (
    <Panel part="waiting" title={t('panel.decide')} count={duties.length} note={t('decide.note')} flush>
      <ul className="decides">
        {duties.map((duty) => (
          <Decision key={duty.id} duty={duty} />
        ))}
      </ul>
    </Panel>
  )
}
