import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { getCalendar } from '../../../src/modules/calendars/calendar.contract.ts'
import { listObligations, matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { MonthGrid } from '../../ui/month-grid.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { leadingState, type StateName } from '../../ui/states.ts'
import { ExplainPanel } from './explain-panel.tsx'
import type { Move } from './obligations-page.tsx'
import type { ObligationsSearch, ObligationTab } from './search.ts'
import { stateOf } from './stand.ts'
import { type Owed, ruleInTab, unitInTab } from './tab-rules.ts'

type ViewProps = { year: number; tab: ObligationTab; search: ObligationsSearch; move: Move }

/** What stands first in the agenda of a month: what presses, then what is to come, then what is done. */
const order: readonly StateName[] = ['late', 'soon', 'planned', 'expected', 'unknown', 'notdue', 'goodlate', 'excused']

function byPressing(owed: readonly Owed[], today: string): Owed[] {
  const rank = (one: Owed) => {
    const at = order.indexOf(stateOf(one, today))
    return at === -1 ? order.length : at
  }
  return owed.toSorted((a, b) => rank(a) - rank(b))
}

/** Due days of one month, the most pressing state first on each day. */
function marksOf(owed: readonly Owed[], today: string, says: (count: number) => string) {
  const byDay = new Map<string, Owed[]>()
  for (const one of owed) byDay.set(one.dueOn, [...(byDay.get(one.dueOn) ?? []), one])
  return Object.fromEntries(
    [...byDay].map(([day, list]) => {
      const held = list.map((one): StateName => stateOf(one, today))
      return [day, { state: leadingState(held) ?? 'notdue', what: says(list.length) }]
    }),
  )
}

/** The year month by month: what falls due when, on the civil calendar with its days off and worked weekends. */
export function CalendarView({ year, tab, search, move }: ViewProps) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const input = { from: `${year}-01-01`, to: `${year}-12-31`, limit: 500 }
  const { data, error, isPending, refetch } = useQueryOf(listObligations, input)
  const civil = useQueryOf(getCalendar, { year })
  const units = useQueryOf(matrixObligations, { year, limit: 200 })
  const kinds = new Map(units.data?.items.map(({ unitId, kind }) => [unitId, kind]))
  const owed =
    data?.items.filter(
      ({ visibility, subject }) => ruleInTab(visibility, tab) && unitInTab(kinds.get(subject.unitId) ?? '', tab),
    ) ?? []
  const calendar = Object.fromEntries([
    ...(civil.data?.off ?? []).map((day) => [day, 'off'] as const),
    ...(civil.data?.worked ?? []).map((day) => [day, 'work'] as const),
  ])
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)
  // The year opens at the present month.
  const present = useCallback((months: HTMLDivElement | null) => {
    months?.querySelector('.panel-edge')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const aside = search.open !== undefined && (
    <ExplainPanel key={search.open} obligationId={search.open} onClose={() => move({ open: undefined })} />
  )
  return (
    <PageBody asideKind="explain" aside={aside}>
      <div className="owed-page">
        {error && <ErrorHere error={error} retry={() => void refetch()} />}
        {isPending && !error && <LoadingRows rows={8} />}
        {data && (
          <div className="owed-months" ref={present}>
            {months.map((month) => {
              const due = byPressing(
                owed.filter(({ dueOn }) => dueOn.startsWith(month)),
                formats.today,
              )
              return (
                <Panel
                  key={month}
                  {...(formats.today.startsWith(month) ? { edge: true } : {})}
                  title={formats.longMonth(`${month}-01`)}
                  count={due.length}
                >
                  <MonthGrid
                    month={month}
                    marks={marksOf(due, formats.today, (count) => t('calendar.due', { count }))}
                    calendar={calendar}
                  />
                  <ul className="owed-agenda">
                    {due.slice(0, 5).map((one) => (
                      <li key={one.obligationId}>
                        <StateMark state={stateOf(one, formats.today)} />
                        <button type="button" className="link" onClick={() => move({ open: one.obligationId })}>
                          {t('calendar.line', {
                            who: one.subject.name ?? t('erased'),
                            what: one.words[formats.language],
                          })}
                        </button>
                      </li>
                    ))}
                  </ul>
                  {due.length > 5 && (
                    <button type="button" className="link" onClick={() => move({ view: 'list' })}>
                      {t('calendar.rest', { count: due.length - 5 })}
                    </button>
                  )}
                </Panel>
              )
            })}
          </div>
        )}
        {civil.data && civil.data.state !== 'announced' && (
          <p className="note">{t(`calendar.${civil.data.state}`, { year })}</p>
        )}
      </div>
    </PageBody>
  )
}
