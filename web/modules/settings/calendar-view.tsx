import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCalendar, listCalendars } from '../../../src/modules/calendars/calendar.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { MonthGrid } from '../../ui/month-grid.tsx'
import { PageBody, Panel, Tag } from '../../ui/page.tsx'
import { CalendarForm } from './calendar-form.tsx'

type Year = OutputOf<typeof getCalendar>
type Listed = OutputOf<typeof listCalendars>['items'][number]

type ViewProps = {
  /** The year that is open; this one when absent. */
  year: number | undefined
  imports: boolean
  onYear: (year: number | undefined) => void
}

/** The civil calendar: the years that are known or awaited, and the days off and worked weekends of one. */
export function CalendarView({ year, imports, onYear }: ViewProps) {
  const { t } = useTranslation('settings')
  const formats = useFormats()
  const shown = year ?? Number(formats.today.slice(0, 4))
  const years = useQueryOf(listCalendars, {})
  const one = useQueryOf(getCalendar, { year: shown })
  const [importing, open] = useState(false)
  return (
    <PageBody
      asideKind="source"
      aside={importing && <CalendarForm key={shown} year={shown} known={one.data} onClose={() => open(false)} />}
    >
      <div className="settings-body">
        <Panel title={t('calendar.years')} note={t('calendar.yearsNote')} flush>
          {years.error && <ErrorHere error={years.error} retry={() => void years.refetch()} />}
          {years.isPending && <LoadingRows rows={3} />}
          <ul>
            {years.data?.items.map((row) => (
              <YearRow key={row.year} row={row} open={row.year === shown} onOpen={() => onYear(row.year)} />
            ))}
          </ul>
        </Panel>
        {one.error && <ErrorHere error={one.error} />}
        {one.data && (
          <Panel
            title={t('calendar.year', { year: shown })}
            note={t('calendar.workdays', { count: one.data.workdays })}
            extra={
              imports && (
                <Button size="small" onClick={() => open(true)}>
                  {t(one.data.state === 'announced' ? 'calendar.replace' : 'calendar.import')}
                </Button>
              )
            }
          >
            <Festivals data={one.data} />
            <Months data={one.data} />
          </Panel>
        )}
      </div>
    </PageBody>
  )
}

function YearRow({ row, open, onOpen }: { row: Listed; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation('settings')
  const { language } = useFormats()
  return (
    <li className="settings-row">
      <button type="button" className="link" aria-pressed={open} onClick={onOpen}>
        {t('calendar.year', { year: row.year })}
      </button>
      <span>{row.badge && <Tag inferred>{row.badge[language]}</Tag>}</span>
      <span className="note">
        {row.own && t('calendar.own')}
        {row.source[language]}
      </span>
    </li>
  )
}

function Festivals({ data }: { data: Year }) {
  const { t } = useTranslation('settings')
  const formats = useFormats()
  return (
    <ul className="settings-festivals">
      {data.festivals.map(({ id, words, from, to, certain }) => (
        <li key={id}>
          <b className="name">{words[formats.language]}</b> {formats.range(from, to)}
          {!certain && <span className="note"> {t('calendar.uncertain')}</span>}
        </li>
      ))}
      {data.worked.length > 0 && (
        <li>
          <b className="name">{t('calendar.worked')}</b> {data.worked.map((day) => formats.day(day)).join(t('comma'))}
        </li>
      )}
    </ul>
  )
}

function Months({ data }: { data: Year }) {
  const formats = useFormats()
  const marks = Object.fromEntries([
    ...data.off.map((day) => [day, 'off'] as const),
    ...data.worked.map((day) => [day, 'work'] as const),
  ])
  const months = Array.from({ length: 12 }, (_, at) => `${data.year}-${String(at + 1).padStart(2, '0')}`)
  return (
    <div className="settings-months">
      {months.map((month) => (
        <section key={month}>
          <h3>{formats.longMonth(`${month}-01`)}</h3>
          <MonthGrid month={month} calendar={marks} />
        </section>
      ))}
    </div>
  )
}
