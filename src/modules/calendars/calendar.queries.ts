import {
  type Calendar,
  type FestivalId,
  festivalsOf,
  isWorkday,
  stateOf,
  workingDaysBetween,
} from '../../core/calendar/calendar.ts'
import { addDays, yearOf } from '../../core/calendar/days.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { assert } from '../../platform/errors/refusal.ts'
import { maySee } from './calendar.access.ts'
import { getCalendar, listCalendars } from './calendar.contract.ts'
import { importedYears, laidOver, type YearRow } from './calendar.facts.ts'

/** Working days of a whole year. */
export function workdaysOf(calendar: Calendar, year: number): number {
  return workingDaysBetween(calendar, `${year - 1}-12-31`, `${year}-12-31`).days
}

function wordsOf(ctx: ReadContext, code: string): { zh: string; en: string } {
  const words = ctx.catalogues.words.messages.get(code)
  assert(words !== undefined, `${code} is worded`)
  return words
}

/** How well a year is known, as every answer says it. */
function standingOf(ctx: ReadContext, calendar: Calendar, year: number, own: YearRow | undefined) {
  const state = stateOf(calendar, year)
  return {
    year,
    state,
    badge: state === 'announced' ? null : wordsOf(ctx, `calendar-badge/${state}`),
    source: calendar.years.get(year)?.source ?? wordsOf(ctx, 'calendar-source/none'),
    own: own !== undefined,
    importedAt: own?.recordedAt ?? null,
    workdays: workdaysOf(calendar, year),
  }
}

/** The days of a year that are off, or the weekend days of it that are worked, whichever notice said so. */
function arrangedDays(calendar: Calendar, year: number): { off: string[]; worked: string[] } {
  const arranged = [calendar.years.get(year), calendar.years.get(year + 1)]
  const within = (days: readonly string[]) => [...new Set(days.filter((day) => yearOf(day) === year))].sort()
  const fixed = festivalsOf(calendar, year).flatMap(({ from, to }) => daysOf(from, to))
  const worked = within(arranged.flatMap((one) => [...(one?.worked ?? [])]))
  const off = within([...fixed, ...arranged.flatMap((one) => [...(one?.off ?? [])])])
  return { off: off.filter((day) => !isWorkday(calendar, day).workday), worked }
}

function daysOf(from: string, to: string): string[] {
  const days = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

const getting = answer(getCalendar, {
  may: maySee,
  run: async (ctx, { year }) => {
    ctx.unscoped('days off are public')
    const rows = await importedYears(ctx.tx, ctx.org.orgId)
    const calendar = laidOver(ctx.catalogues.calendar, rows)
    const own = rows.find((row) => row.year === year)
    const festivals = festivalsOf(calendar, year).map(({ id, ...festival }) => ({
      id: id as FestivalId,
      words: wordsOf(ctx, `festival/${id}`),
      ...festival,
    }))
    return { ...standingOf(ctx, calendar, year, own), festivals, ...arrangedDays(calendar, year) }
  },
})

const listing = answer(listCalendars, {
  may: maySee,
  run: async (ctx) => {
    ctx.unscoped('days off are public')
    const rows = await importedYears(ctx.tx, ctx.org.orgId)
    const calendar = laidOver(ctx.catalogues.calendar, rows)
    const years = [...new Set([...calendar.years.keys(), yearOf(ctx.today), yearOf(ctx.today) + 1])].sort(
      (a, b) => b - a,
    )
    const own = (year: number) => rows.find((row) => row.year === year)
    return { items: years.map((year) => standingOf(ctx, calendar, year, own(year))) }
  },
})

/** Reads of the civil calendar. */
export const calendarQueries = [getting, listing]
