import { addDays, daysBetween } from '../calendar/days.ts'
import type { Span } from './obligation.ts'

/** Whether a day lies in a span, both ends inclusive. */
export function covers(span: Span, day: string): boolean {
  return span.from <= day && day <= span.to
}

/** Whether two spans share a day. */
export function touches(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to
}

/** The days that two spans share, or null. */
export function overlap(a: Span, b: Span): Span | null {
  const from = a.from > b.from ? a.from : b.from
  const to = a.to < b.to ? a.to : b.to
  return from <= to ? { from, to } : null
}

/** The same days as disjoint spans in order; spans that follow each other day on day become one. */
export function union(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const found: { from: string; to: string }[] = []
  for (const { from, to } of sorted) {
    const last = found.at(-1)
    if (last !== undefined && (last.to >= from || addDays(last.to, 1) === from)) last.to = last.to > to ? last.to : to
    else found.push({ from, to })
  }
  return found
}

/** The part of disjoint spans in order that lies in a window. */
export function clip(spans: readonly Span[], window: Span): readonly Span[] {
  const [only] = spans
  if (spans.length === 1 && only!.from <= window.from && only!.to >= window.to) return [window]
  return spans.flatMap((span) => overlap(span, window) ?? [])
}

/** How many days disjoint spans hold. */
export function countDays(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
}

/** The last day of disjoint spans in order that is not after `day`; their first day where all lie after it. */
export function lastDayUpTo(spans: readonly Span[], day: string): string {
  const begun = spans.findLast(({ from }) => from <= day)
  if (begun === undefined) return spans[0]!.from
  return begun.to < day ? begun.to : day
}
