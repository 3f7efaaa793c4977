import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { leadersOwed } from '../../../src/modules/obligations/inbox.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark, StateTag } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { stateOfMark } from '../duties/marks.tsx'
import { stateOf } from '../obligations/stand.ts'
import type { LeaderLine } from './owed.ts'

/** The dual duty of the team in its own order: never sorted, never printed, each number opens its rows. */
export function LeadersPanel({ year }: { year: number }) {
  const { t } = useTranslation('today')
  const { data } = useQueryOf(leadersOwed, {})
  if (!data || data.items.length === 0) return null
  return (
    <Panel title={t('leaders.title')} note={t('leaders.note')} flush>
      <table className="table">
        <thead>
          <tr className="head-two">
            <th scope="col" className="today-who">
              {t('leaders.who')}
            </th>
            {(['business', 'party'] as const).map((side) => (
              <th key={side} scope="col" className="today-side">
                {t(`leaders.${side}`)}
                <span className="head-under">{t('leaders.counts')}</span>
              </th>
            ))}
            <th scope="col" className="today-owed">
              {t('leaders.owed')}
              <span className="head-under">{t('leaders.owedCounts')}</span>
            </th>
            <th scope="col">{t('leaders.next')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((line) => (
            <Leader key={line.postId} line={line} year={year} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Leader({ line, year }: { line: LeaderLine; year: number }) {
  const { t } = useTranslation('today')
  const side = (name: 'business' | 'party') => {
    const { open, soon, late } = line[name]
    return (
      <td key={name}>
        <Link to="/duties" search={{ year, leader: line.postId, business: name === 'business', view: 'open' }}>
          {open}
        </Link>
        {soon > 0 && (
          <Link
            to="/duties"
            search={{ year, leader: line.postId, business: name === 'business', view: 'due-soon' }}
            className="today-mark"
          >
            <StateMark state="soon" label={t('leaders.soon')} /> {soon}
          </Link>
        )}
        {late > 0 && (
          <Link
            to="/duties"
            search={{ year, leader: line.postId, business: name === 'business', view: 'late' }}
            className="today-mark"
          >
            <StateMark state="late" label={t('leaders.late')} /> {late}
          </Link>
        )}
      </td>
    )
  }
  const { owed } = line
  return (
    <tr>
      <th scope="row" lang="zh-CN" className="today-who">
        {line.name ?? t('leaders.vacant')} <span className="note">{line.title}</span>
      </th>
      {side('business')}
      {side('party')}
      <td>
        {t('leaders.of', { met: owed.met, all: owed.met + owed.open + owed.late })}
        {owed.late > 0 && (
          <span className="today-mark">
            <StateMark state="late" label={t('leaders.late')} /> {owed.late}
          </span>
        )}
      </td>
      <td>
        <Next line={line} year={year} />
      </td>
    </tr>
  )
}

/** What is due first of all that he leads and owes himself. */
function Next({ line: { next, nextDuty }, year }: { line: LeaderLine; year: number }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  if (nextDuty && (!next || nextDuty.dueOn <= next.dueOn)) {
    const state = stateOfMark[nextDuty.mark]
    return (
      <Link to="/duties/$no" params={{ no: String(nextDuty.no) }} search={{ year }} className="today-next">
        <StateMark state={state} label={stateWord(state, formats.language)} />
        <span className="one-line" lang="zh-CN">
          {t('row.duty', { no: nextDuty.no, title: nextDuty.title ?? t('row.erased') })}
        </span>
        <span className="note">{formats.day(nextDuty.dueOn)}</span>
      </Link>
    )
  }
  if (!next) return <StateTag state="done">{t('leaders.nothing')}</StateTag>
  const state = stateOf(next, formats.today)
  return (
    <Link to="/obligations" search={{ open: next.obligationId, view: 'list' }} className="today-next">
      <StateMark state={state} label={stateWord(state, formats.language)} />
      <span className="one-line">{next.words[formats.language]}</span>
      <span className="note">{formats.day(next.dueOn)}</span>
    </Link>
  )
}
