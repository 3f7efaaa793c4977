import { Refusal } from '../../platform/errors/refusal.ts'

/** The last day of a period that has no end yet. */
export const OPEN_END = '9999-12-31'

/** A period of civil days, both ends inclusive. */
export interface Period {
  readonly from: string
  readonly to: string
}

function shifted(day: string, days: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}

/** The civil day before. */
export function dayBefore(day: string): string {
  return shifted(day, -1)
}

/** The civil day after; nothing comes after an open end. */
export function dayAfter(day: string): string {
  return day === OPEN_END ? OPEN_END : shifted(day, 1)
}

/** The civil day `days` later. */
export function daysAfter(day: string, days: number): string {
  return shifted(day, days)
}

/** Claims that two periods share a day. */
export function overlaps(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to
}

/** Claims that the day lies in the period. */
export function covers(period: Period, day: string): boolean {
  return period.from <= day && day <= period.to
}

/** The end of a period as people read it: null while it is open. */
export function endOrNull(to: string): string | null {
  return to === OPEN_END ? null : to
}

/** The period asked for, or the refusal that its end comes before its start. */
export function periodOf(from: string, to: string | undefined): Period {
  const end = to ?? OPEN_END
  if (end < from) throw new Refusal('period/ends-before-start', { from, to: end })
  return { from, to: end }
}

/** Checks that a running period may end on `on`: not before it began and not after it has ended already. */
export function endOn(period: Period, on: string): string {
  if (on < period.from) throw new Refusal('period/ends-before-start', { from: period.from, to: on })
  if (on > period.to) throw new Refusal('period/ended', { to: period.to })
  return on
}
