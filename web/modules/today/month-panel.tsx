import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { daysInMonth } from '../../lib/day-text.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { MonthGrid } from '../../ui/month-grid.tsx'
import { Panel } from '../../ui/page.tsx'
import { leadingState } from '../../ui/states.ts'
import { stateOfMark } from '../duties/marks.tsx'
import type { Duty } from './duties.ts'

const ahead = 6

/** The duties due in a month, as they are read. */
export const dueInMonth = (month: string) =>
  ({ dueFrom: `${month}-01`, dueTo: `${month}-${daysInMonth(month)}`, sort: 'due', limit: 500 }) as const

/** The month with the days on which duties are due, and the next of them. */
export function MonthPanel() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const month = formats.today.slice(0, 7)
  const { data } = useQueryOf(listDuties, dueInMonth(month))
  const days = new Map<string, Duty[]>()
  for (const duty of data?.items ?? []) if (duty.dueOn) days.set(duty.dueOn, [...(days.get(duty.dueOn) ?? []), duty])
  const marks = Object.fromEntries(
    [...days].map(([day, due]) => [
      day,
      {
        state: leadingState(due.map(({ mark }) => stateOfMark[mark])) ?? 'notdue',
        what: t('month.due', { count: due.length }),
      },
    ]),
  )
  const next = [...days]
    .map(([day, due]) => [day, due.filter(({ closedOn }) => closedOn === null)] as const)
    .filter(([day, due]) => day >= formats.today && due.length > 0)
    .slice(0, ahead)
  return (
    <Panel
      title={formats.longMonth(formats.today)}
      extra={
        <Link to="/duties" search={{ sort: 'due' }}>
          {t('month.year')}
        </Link>
      }
    >
      <MonthGrid month={month} marks={marks} />
      {next.length > 0 && (
        <dl className="today-agenda">
          {next.map(([day, due]) => (
            <Fragment key={day}>
              <dt>{Number(day.slice(8))}</dt>
              <dd>
                <Link to="/duties" search={{ from: day, to: day }} lang="zh-CN">
                  {due.length === 1
                    ? due[0]?.title
                    : t('month.more', { title: due[0]?.title ?? '', count: due.length })}
                </Link>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </Panel>
  )
}
