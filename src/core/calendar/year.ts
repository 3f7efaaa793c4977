import * as z from 'zod'
import { wordsSchema } from '../catalogue/words.ts'
import { Day } from '../contract.ts'
import { type Calendar, type CalendarYear, type FestivalId, festivalIds } from './calendar.ts'
import { addDays, weekdayOf } from './days.ts'

/** A festival of a year: its own day, and first and last day off around it. */
export const festivalSchema = z.strictObject({
  id: z.enum(festivalIds).describe('festival'),
  day: Day.describe('the day of the festival itself (of Spring Festival the first day of the lunar year)'),
  from: Day.describe('first day off'),
  to: Day.describe('last day off'),
})

/** What a notice arranges: the festivals, and the weekend days that are worked for them. */
export interface Arrangement {
  readonly year: number
  readonly festivals: readonly { id: FestivalId; day: string; from: string; to: string }[]
  readonly worked: readonly string[]
}

/** Why an arrangement cannot be right; `day` is the first day that is wrong, `festival` and `other` name festivals. */
export interface Fault {
  readonly code: 'missing' | 'twice' | 'wrong-year' | 'outside-span' | 'overlapping' | 'worked-weekday' | 'worked-off'
  readonly festival?: FestivalId
  readonly other?: FestivalId
  readonly day?: string
}

/** A notice reaches back into the last week of the December before it (that for 2019 did), and never into the year after. */
function isWithin(year: number, day: string): boolean {
  return day >= `${year - 1}-12-25` && day <= `${year}-12-31`
}

function faultOfFestival(year: number, one: Arrangement['festivals'][number]): Fault[] {
  const { id: festival, day, from, to } = one
  if (!day.startsWith(`${year}-`)) return [{ code: 'wrong-year', festival, day }]
  const wrong = [from, to].find((edge) => !isWithin(year, edge))
  if (wrong !== undefined) return [{ code: 'wrong-year', festival, day: wrong }]
  return day < from || to < day ? [{ code: 'outside-span', festival, day }] : []
}

/** Two spans that touch in a day must be one and the same: festivals that fall together share their days off. */
function overlapOf(a: Arrangement['festivals'][number], b: Arrangement['festivals'][number]): Fault[] {
  const same = a.from === b.from && a.to === b.to
  const from = a.from > b.from ? a.from : b.from
  return same || a.to < b.from || b.to < a.from ? [] : [{ code: 'overlapping', festival: a.id, other: b.id, day: from }]
}

function faultOfWorked({ year, festivals }: Arrangement, day: string): Fault[] {
  if (!isWithin(year, day)) return [{ code: 'wrong-year', day }]
  const inside = festivals.find(({ from, to }) => from <= day && day <= to)
  if (inside !== undefined) return [{ code: 'worked-off', festival: inside.id, day }]
  return weekdayOf(day) <= 5 ? [{ code: 'worked-weekday', day }] : []
}

/** Everything about an arrangement that cannot be right, in the order of its parts; empty where nothing is wrong. */
export function faultsOf(arrangement: Arrangement): Fault[] {
  const { year, festivals, worked } = arrangement
  const ids = festivals.map(({ id }) => id)
  return [
    ...festivalIds.filter((id) => !ids.includes(id)).map((festival) => ({ code: 'missing' as const, festival })),
    ...ids.filter((id, at) => ids.indexOf(id) < at).map((festival) => ({ code: 'twice' as const, festival })),
    ...festivals.flatMap((one) => faultOfFestival(year, one)),
    ...festivals.flatMap((one, at) => festivals.slice(at + 1).flatMap((other) => overlapOf(one, other))),
    ...worked.flatMap((day) => faultOfWorked(arrangement, day)),
  ]
}

/** A year of `catalogue/calendar`: what was announced and where, or that nothing is announced yet. */
export const yearSchema = z.union([
  z
    .strictObject({
      year: z.int(),
      state: z.enum(['announced', 'unverified']),
      source: wordsSchema,
      festivals: z.array(festivalSchema),
      worked: z.array(Day),
    })
    .superRefine((row, issues) => {
      for (const { code, ...at } of faultsOf(row))
        issues.addIssue({ code: 'custom', message: [code, ...Object.values(at)].join(' ') })
    }),
  z.strictObject({ year: z.int(), state: z.literal('not-announced'), source: wordsSchema }),
])
export type YearRow = z.infer<typeof yearSchema>

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** A row as the calendar reads it: the spans as days. */
export function calendarYear(row: YearRow): CalendarYear {
  const { festivals, worked } = row.state === 'not-announced' ? { festivals: [], worked: [] } : row
  const { year, state, source } = row
  return { year, state, source, festivals, off: new Set(festivals.flatMap(daysOf)), worked: new Set(worked) }
}

/** The calendar of the rows of a catalogue. */
export function calendarOf(rows: readonly YearRow[]): Calendar {
  return { years: new Map(rows.map((row) => [row.year, calendarYear(row)])) }
}
