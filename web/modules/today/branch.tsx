import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../src/core/calendar/days.ts'
import type { Session } from '../../../src/modules/accounts/session.contract.ts'
import { listHours } from '../../../src/modules/obligations/hours.contract.ts'
import { listObligations, matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import { unitRoster } from '../../../src/modules/organisation/unit.contract.ts'
import { coverTalks } from '../../../src/modules/talks/coverage.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useHolder } from '../../lib/session.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { stateOf } from '../obligations/stand.ts'
import { hoursOf } from './hours.tsx'
import { type OwedLine, useUnitInbox } from './owed.ts'
import { useOwedRows } from './owed-rows.tsx'
import { RhythmPanel } from './rhythm.tsx'
import type { Row } from './row.ts'
import { RowList } from './rows.tsx'

/** The branch that somebody heads or keeps, by his posts of today. */
export function branchOf(
  holder: Pick<Session, 'holdings'> | null | undefined,
): { unitId: string; name: string } | undefined {
  const held = holder?.holdings.find(
    ({ role, unitId }) => unitId !== null && (role === 'branch-secretary' || role === 'branch-officer'),
  )
  return held?.unitId ? { unitId: held.unitId, name: held.unit ?? '' } : undefined
}

/** The branch that the reader heads or keeps. */
export function useOwnBranch(): { unitId: string; name: string } | undefined {
  return branchOf(useHolder())
}

/** What the windows that hold today ask of a branch, as it is read. */
export const monthRead = (unitId: string, today: string) => ({ unitId, from: today, to: today, limit: 200 })

/** What the windows that hold today ask of the branch: everything, done or not. */
export function useBranchMonth(unitId: string | undefined) {
  const { today } = useFormats()
  const { data, error, isPending } = useQueryOf(listObligations, monthRead(unitId ?? '', today), {
    enabled: unitId !== undefined,
  })
  const items = data?.items.filter(({ visibility, subject }) => visibility === 'unit' && subject.type === 'unit') ?? []
  return { items, error, ready: !isPending || unitId === undefined }
}

type Month = ReturnType<typeof useBranchMonth>

const QUARTER_DAYS = 92
const NEAR_DAYS = 62

/** The rows of the month and quarter: what asks for an act first, then what is done. */
export function useBranchRows(month: Month, unitId: string | undefined): Row[] {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const { owedRow } = useOwedRows()
  const { data: inbox } = useUnitInbox(unitId)
  const asked = new Map<string, OwedLine>(
    [...(inbox?.soon.groups ?? []), ...(inbox?.own.groups ?? [])]
      .flatMap(({ lines }) => lines)
      .map((line) => [line.obligationId, line]),
  )
  // A term of years is no matter of the month before it nears its end.
  const near = ({ windowFrom, windowTo, dueOn }: Month['items'][number]) =>
    windowTo <= addDays(windowFrom, QUARTER_DAYS) || dueOn <= addDays(formats.today, NEAR_DAYS)
  return month.items
    .filter((one) => one.metOn !== null || near(one))
    .map((one): Row => {
      const line = asked.get(one.obligationId)
      if (line) return owedRow(line)
      const base = owedRow({ ...one, activityKind: null, talkKind: null, plan: null })
      const state = stateOf(one, formats.today)
      return {
        ...base,
        state,
        due: one.metOn ? formats.day(one.metOn) : formats.day(one.dueOn),
        note: one.metOn ? t('branch.recorded', { counted: one.counted, needed: one.needed }) : (base.note ?? ''),
        verb: t('verb.see'),
        pressing: false,
      }
    })
    .sort((a, b) => Number(b.acts) - Number(a.acts) || ((a.day ?? '') < (b.day ?? '') ? -1 : 1))
}

/** Counts of the month as the sentence of the branch says them. */
export function BranchSentence({ name, month, rows }: { name: string; month: Month; rows: readonly Row[] }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  if (month.items.length === 0) return null
  const done = rows.filter(({ state }) => state === 'done' || state === 'goodlate' || state === 'excused').length
  const planned = rows.filter(({ state }) => state === 'planned').length
  return (
    <span lang={formats.language === 'zh' ? undefined : 'en'}>
      {t('branch.sentence', {
        name,
        month: formats.month(formats.today),
        all: rows.length,
        done,
        planned,
        left: rows.length - done - planned,
      })}
    </span>
  )
}

/** The month of the branch and its year as rhythm. */
export function BranchPanels({
  unitId,
  rows,
  first,
  ready,
}: {
  unitId: string
  rows: readonly Row[]
  first: Row | undefined
  ready: boolean
}) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const year = Number(formats.today.slice(0, 4))
  const { data: matrix } = useQueryOf(matrixObligations, { year, unitId, limit: 60 })
  return (
    <>
      <Panel
        title={t('branch.title', { month: formats.month(formats.today) })}
        count={rows.length}
        note={t('branch.once')}
        flush
      >
        {ready ? <RowList rows={rows} first={first} /> : <LoadingRows rows={5} height={35} />}
      </Panel>
      {matrix && (
        <div className="today-wide">
          <RhythmPanel matrix={matrix} />
        </div>
      )}
    </>
  )
}

/** Who was talked with, who belongs to the branch and may vote, how the hours stand. */
export function BranchAside({ unitId }: { unitId: string }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const year = Number(formats.today.slice(0, 4))
  const { data: roster } = useQueryOf(unitRoster, { unitId })
  const { data: talks } = useQueryOf(coverTalks, { year, unitId })
  const { data: hours } = useQueryOf(listHours, { year, unitId, limit: 500 })
  const full = roster?.items.filter(({ standing }) => standing === 'full').length ?? 0
  const probationary = roster?.items.filter(({ standing }) => standing === 'probationary').length ?? 0
  const groups = talks?.groups.filter(({ done, owed }) => done + owed > 0) ?? []
  const stands = hoursOf(hours?.items ?? [])
  return (
    <>
      {groups.length > 0 && (
        <Panel title={t('branch.talks')} extra={<Link to="/talks">{t('branch.talksAll')}</Link>}>
          {groups.map((group) => (
            <p key={`${group.type} ${group.unitId}`} className="today-spread">
              {t(`branch.pairs.${group.type}`)}
              <Link to="/talks" className="keep">
                {t('branch.talked', { done: group.done, all: group.done + group.owed })}
              </Link>
            </p>
          ))}
          <p className="note">{t('branch.talksNote')}</p>
        </Panel>
      )}
      {roster && (
        <Panel title={t('branch.members', { count: roster.items.length })}>
          <details className="today-names">
            <summary className="today-spread">
              {t('branch.full')} <span>{full}</span>
            </summary>
            <p lang="zh-CN">
              {roster.items.map(({ personId, name }) => (
                <span key={personId} className="keep">
                  {name ?? t('row.erased')}{' '}
                </span>
              ))}
            </p>
          </details>
          <p className="today-spread">
            {t('branch.probationary')} <span>{probationary}</span>
          </p>
          <p className="today-spread">
            {t('branch.voters')} <span>{roster.items.filter(({ mayVote }) => mayVote).length}</span>
          </p>
        </Panel>
      )}
      {stands.length > 0 && (
        <Panel
          title={t('branch.hours')}
          extra={
            <Link to="/obligations" search={{ tab: 'hours' }}>
              {t('branch.hoursAll')}
            </Link>
          }
        >
          {stands.map(({ rule, words, met, all }) => (
            <p key={rule} className="today-spread">
              {words[formats.language]}
              <Link to="/obligations" search={{ tab: 'hours', rule, outcome: 'met' }} className="keep">
                {t('branch.reached', { met, all })}
              </Link>
            </p>
          ))}
        </Panel>
      )}
    </>
  )
}
