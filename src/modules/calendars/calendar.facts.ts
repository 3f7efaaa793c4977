import { type RawBuilder, sql } from 'kysely'
import { type Calendar, withYears } from '../../core/calendar/calendar.ts'
import { type Arrangement, calendarYear } from '../../core/calendar/year.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { newestOf } from '../../platform/journal/newest.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'

/** A year of the calendar as the bureau imported it. */
export const calendarYearRecord: RecordType = {
  type: 'calendar-year',
  table: 'calendar_years',
  clear: ['year'],
  sealed: ['source', 'festivals', 'worked'],
  json: ['festivals'],
}

/** A stored year. */
export type YearRow = Stored & Arrangement & { source: string; recordedAt: string }

/** The years that the bureau imported, as known at a journal size; one of them where a year is given. */
export function importedYears(
  tx: Reads,
  orgId: number,
  options: { year?: number; size?: KnownAt; lock?: boolean } = {},
): Promise<YearRow[]> {
  const one = options.year === undefined ? sql`true` : sql`c.year = ${options.year}`
  const lock = options.lock ? sql`for no key update of c` : sql``
  return tx.all(sql<YearRow>`select c.id, c.version, c.year, c.source, c.festivals, c.worked, e.at "recordedAt"
    from calendar_years c join journal_entries e on e.org_id = c.org_id and e.idx = c.recorded_idx
    where c.org_id = ${orgId} and ${knownAt('c', options.size ?? null)} and ${one} order by c.year ${lock}`)
}

/** An imported year as the calendar reads it. */
export function announcedYear({ year, source, festivals, worked }: Arrangement & { source: string }) {
  const words = { zh: source, en: source }
  return calendarYear({ year, state: 'announced', source: words, festivals: [...festivals], worked: [...worked] })
}

/** The shipped calendar with imported years laid over it. */
export function laidOver(calendar: Calendar, rows: readonly YearRow[]): Calendar {
  return withYears(calendar, rows.map(announcedYear))
}

/** The civil calendar of a bureau: the shipped years, and over them those that it imported, as known at a journal size. */
export async function calendarFor(
  tx: Reads,
  orgId: number,
  catalogues: Pick<Catalogues, 'calendar'>,
  size: KnownAt = null,
): Promise<Calendar> {
  return laidOver(catalogues.calendar, await importedYears(tx, orgId, { size }))
}

/** Types and tables of what a bureau lays over the shipped calendar. */
export const calendarTables: Readonly<Record<string, string>> = {
  [calendarYearRecord.type]: calendarYearRecord.table,
}

/** What the calendar of a bureau hangs on beside the shipped one: the year that it imported last. */
export function calendarMark(orgId: number): RawBuilder<string> {
  return newestOf(orgId, Object.values(calendarTables))
}
