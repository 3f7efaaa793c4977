import { addDays, daysBetween, OPEN_END, weekdayOf, yearOf } from './days.ts'

/** Where the arrangement of a year comes from: the notice itself, two lists that agree (badge 待核对), or not announced yet. */
export type YearState = 'announced' | 'unverified' | 'not-announced'

/** The seven festivals with statutory days off, in the order of the year; reminders before a festival name them. */
export const festivalIds = [
  'new-year',
  'spring-festival',
  'qingming',
  'labour-day',
  'dragon-boat',
  'mid-autumn',
  'national-day',
] as const
export type FestivalId = (typeof festivalIds)[number]

/**
 * A festival as a reminder knows it: its own day, and the days off that were announced around it. Two festivals that
 * fall together share one run of days off; then both carry the same `from` and `to`.
 */
export interface Festival {
  readonly id: string
  readonly day: string
  readonly from: string
  readonly to: string
}

/** One year of the mainland's civil calendar; days are `YYYY-MM-DD` in Asia/Shanghai. */
export interface CalendarYear {
  readonly year: number
  readonly state: YearState
  /** The notice or the lists; a bureau's own words stand in both languages as they were typed. */
  readonly source: { readonly zh: string; readonly en: string }
  readonly festivals: readonly Festival[]
  /** Days off that would else be workdays or weekends, by festival span; they may reach into the December before. */
  readonly off: ReadonlySet<string>
  /** Weekend days that are worked; they may lie in the December before. */
  readonly worked: ReadonlySet<string>
}

/** Years by number; a year that is not there counts as not announced. */
export interface Calendar {
  readonly years: ReadonlyMap<number, CalendarYear>
}

/** A day that was reckoned; `certain` is false where a year that is not announced had a say in it. */
export interface Reckoned {
  readonly day: string
  readonly certain: boolean
}

/**
 * Statutory days off that never move (全国年节及纪念日放假办法, article 2, as revised of 2024-11-10: two days in May since
 * 2025). All others follow the lunar calendar or a solar term and are known from the notice only.
 */
function fixedFestivals(year: number): Festival[] {
  const at = (id: FestivalId, day: string, to: string) => ({
    id,
    day: `${year}-${day}`,
    from: `${year}-${day}`,
    to: `${year}-${to}`,
  })
  return [
    at('new-year', '01-01', '01-01'),
    at('labour-day', '05-01', year >= 2025 ? '05-02' : '05-01'),
    at('national-day', '10-01', '10-03'),
  ]
}

/** From this day of December on, the notice for the next year has moved workdays (29 and 31 December 2018 by that for 2019). */
const NEXT_NOTICE_FROM = '12-29'

/** How well the arrangement of a year is known. */
export function stateOf(calendar: Calendar, year: number): YearState {
  return calendar.years.get(year)?.state ?? 'not-announced'
}

const isKnown = (calendar: Calendar, year: number): boolean => stateOf(calendar, year) !== 'not-announced'

/**
 * Claims whether a civil day is worked; not certain where the arrangement of its year, or for the last days of December
 * of the next year, is not announced. Then weekends and the days off that never move decide.
 */
export function isWorkday(calendar: Calendar, day: string): { workday: boolean; certain: boolean } {
  const year = yearOf(day)
  const known = isKnown(calendar, year)
  const certain = known && (day.slice(5) < NEXT_NOTICE_FROM || isKnown(calendar, year + 1))
  for (const arranged of [calendar.years.get(year), calendar.years.get(year + 1)]) {
    if (arranged?.worked.has(day)) return { workday: true, certain }
    if (arranged?.off.has(day)) return { workday: false, certain }
  }
  const fixed = !known && fixedFestivals(year).some(({ from, to }) => from <= day && day <= to)
  return { workday: !fixed && weekdayOf(day) <= 5, certain }
}

/**
 * The `n`th working day after a day, counted from the day after it on (before it where `n` is negative); the day itself
 * for 0. Not certain where any day on the way is not.
 */
export function addWorkingDays(calendar: Calendar, day: string, n: number): Reckoned {
  const step = Math.sign(n)
  let certain = true
  let at = day
  for (let left = Math.abs(n); left > 0; ) {
    if (at >= OPEN_END && step > 0) return { day: OPEN_END, certain: false }
    at = addDays(at, step)
    const answer = isWorkday(calendar, at)
    certain &&= answer.certain
    if (answer.workday) left--
  }
  return { day: at, certain }
}

/** The day itself where it is worked, else the first worked day after it. */
export function nextWorkday(calendar: Calendar, day: string): Reckoned {
  const answer = isWorkday(calendar, day)
  if (answer.workday || day >= OPEN_END) return { day, certain: answer.certain }
  const next = addWorkingDays(calendar, day, 1)
  return { day: next.day, certain: answer.certain && next.certain }
}

/**
 * Working days after `a` up to and with `b`; where `b` lies before `a`, minus those from `b` up to the day before `a`.
 * So it undoes `addWorkingDays`.
 */
export function workingDaysBetween(calendar: Calendar, a: string, b: string): { days: number; certain: boolean } {
  const back = b < a
  const first = back ? b : addDays(a, 1)
  let days = 0
  let certain = true
  for (let left = Math.abs(daysBetween(a, b)), at = first; left > 0; left--, at = addDays(at, 1)) {
    const answer = isWorkday(calendar, at)
    certain &&= answer.certain
    if (answer.workday) days++
  }
  return { days: back && days > 0 ? -days : days, certain }
}

/**
 * The festivals of a year in its order. A year that is not announced has those alone whose day never moves, and they are
 * not certain: days off around them may be added.
 */
export function festivalsOf(calendar: Calendar, year: number): readonly (Festival & { readonly certain: boolean })[] {
  const arranged = calendar.years.get(year)
  if (arranged === undefined || arranged.state === 'not-announced')
    return fixedFestivals(year).map((festival) => ({ ...festival, certain: false }))
  return arranged.festivals
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map((festival) => ({ ...festival, certain: true }))
}

/** The calendar with years laid over it, such as those that a bureau imported. */
export function withYears(calendar: Calendar, years: readonly CalendarYear[]): Calendar {
  if (years.length === 0) return calendar
  return { years: new Map([...calendar.years, ...years.map((year) => [year.year, year] as const)]) }
}
