import { draw } from './draw.ts'

/** First and last day of a stretch, both included. */
export type Stretch = readonly [string, string]

const DAY_MS = 86_400_000

/** The civil day `days` after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days of a stretch on which an office holds meetings: no Saturday, no Sunday, no quiet day. */
export function workingDays([from, to]: Stretch, quiet: readonly Stretch[]): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const weekday = new Date(day).getUTCDay()
    if (weekday !== 0 && weekday !== 6 && !quiet.some(([first, last]) => first <= day && day <= last)) days.push(day)
  }
  return days
}

/** A working day of a stretch, the same for the same words. */
export function workingDay(
  stretch: Stretch,
  quiet: readonly Stretch[],
  ...words: readonly (string | number)[]
): string {
  const days = workingDays(stretch, quiet)
  const day = days[Math.floor(draw(...words) * days.length)]
  if (day === undefined) throw new Error(`no working day from ${stretch[0]} to ${stretch[1]}`)
  return day
}

/** The month `YYYY-MM` that lies `months` before the month of a day. */
export function monthBefore(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7)
}

/** Months `YYYY-MM` from one to another, both included. */
export function monthsFrom(from: string, to: string): string[] {
  const months: string[] = []
  for (let [year, month] = from.split('-').map(Number) as [number, number]; ; month++) {
    if (month > 12) [year, month] = [year + 1, 1]
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text > to) return months
    months.push(text)
  }
}
