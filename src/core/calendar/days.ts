/** The last day of a period that nobody has ended. */
export const OPEN_END = '9999-12-31'

const DAY_MS = 86_400_000
const LAST_MS = Date.UTC(9999, 11, 31)

/** What a window may be that follows the civil calendar. */
export type WindowSize = 'month' | 'quarter' | 'half-year' | 'year'

const MONTHS: Record<WindowSize, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

const written = (ms: number): string => new Date(Math.min(ms, LAST_MS)).toISOString().slice(0, 10)

const two = (number: number): string => String(number).padStart(2, '0')

/** The civil day `n` days after `day` (before it where `n` is negative); nothing lies after the open end. */
export function addDays(day: string, n: number): string {
  return written(Date.parse(day) + n * DAY_MS)
}

/** The same day of the month `n` months on, or that month's last day where it is shorter. */
export function addMonths(day: string, n: number): string {
  const months = yearOf(day) * 12 + monthOf(day) - 1 + n
  const year = Math.floor(months / 12)
  if (year > 9999) return OPEN_END
  const month = `${String(year).padStart(4, '0')}-${two(months - year * 12 + 1)}`
  const last = lastDayOfMonth(month)
  const same = `${month}-${day.slice(8)}`
  return same > last ? last : same
}

/** How many days `b` lies after `a`; 0 for the same day, negative where it lies before. */
export function daysBetween(a: string, b: string): number {
  return (Date.parse(b) - Date.parse(a)) / DAY_MS
}

/** The year of a civil day, as a number. */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

/** The month of a civil day, 1 to 12. */
export function monthOf(day: string): number {
  return Number(day.slice(5, 7))
}

/** The day of the week of a civil day, Monday 1 to Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}

/** The last civil day of a month `YYYY-MM`. */
export function lastDayOfMonth(month: string): string {
  const number = Number(month.slice(5, 7))
  const year = Number(month.slice(0, 4))
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = number === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(number) ? 30 : 31
  return `${month}-${last}`
}

/** The first day of the calendar window of this size in which `day` lies. */
export function windowStart(day: string, size: WindowSize): string {
  const months = MONTHS[size]
  return `${day.slice(0, 4)}-${two(Math.floor((monthOf(day) - 1) / months) * months + 1)}-01`
}

/** The last day of the calendar window of this size in which `day` lies. */
export function windowEnd(day: string, size: WindowSize): string {
  const months = MONTHS[size]
  return lastDayOfMonth(`${day.slice(0, 4)}-${two((Math.floor((monthOf(day) - 1) / months) + 1) * months)}`)
}

/** The calendar window of this size in which `day` lies, both days inclusive. */
export function windowOf(day: string, size: WindowSize): { from: string; to: string } {
  return { from: windowStart(day, size), to: windowEnd(day, size) }
}

/** The calendar windows of this size that touch the span, in order. */
export function windowsIn(from: string, to: string, size: WindowSize): { from: string; to: string }[] {
  const windows: { from: string; to: string }[] = []
  if (from > to) return windows
  for (let start = windowStart(from, size); start <= to; ) {
    const end = windowEnd(start, size)
    windows.push({ from: start, to: end })
    if (end === OPEN_END) break
    start = addDays(end, 1)
  }
  return windows
}

const SHANGHAI_MS = 8 * 3_600_000

/** Date and clock of Asia/Shanghai at an instant since 1992, as 2026-03-02T09:30:00.000Z would be in UTC: no summer time since. */
export function shanghaiClock(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_MS).toISOString()
}

/** The civil day in Asia/Shanghai at an instant since 1992. */
export function shanghaiDay(at: Date): string {
  return shanghaiClock(at).slice(0, 10)
}
