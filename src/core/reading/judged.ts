import type { Gold } from './gold.ts'
import type { Reading } from './reading.ts'

type Span = { start: number; end: number }

/**
 * The part of a reading that a gold document speaks of: what nobody judged (an outline, slots, passages that were left
 * open) is neither right nor wrong and is left out, so that it moves no figure.
 */
export function judgedPart(reading: Reading, gold: Gold): Reading {
  const { judges } = gold
  const open = gold.unjudged ?? []
  const shared = (start: number, end: number) =>
    open.reduce((sum, span) => sum + Math.max(0, Math.min(span.end, end) - Math.max(span.start, start)), 0)
  const judged = (part: 'outline' | 'duties' | 'slots') => judges === undefined || judges.includes(part)
  return {
    ...reading,
    outline: judged('outline') ? reading.outline : [],
    duties: judged('duties') ? reading.duties.filter(({ start, end }) => shared(start, end) * 2 < end - start) : [],
    slots: judged('slots') ? reading.slots.filter(({ numStart, numEnd }) => shared(numStart, numEnd) === 0) : [],
  }
}

/** What of some spans lies outside others; no two parts of the answer overlap. */
export function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const { start, end } of spans) {
    let parts: Span[] = [{ start, end }]
    for (const other of [...others, ...kept]) {
      parts = parts.flatMap((part) => [
        { start: part.start, end: Math.min(part.end, other.start) },
        { start: Math.max(part.start, other.end), end: part.end },
      ])
      parts = parts.filter((part) => part.end > part.start)
      // A part that another span does not touch comes twice.
      parts = parts.filter(
        (part, at) => parts.findIndex((one) => one.start === part.start && one.end === part.end) === at,
      )
    }
    kept.push(...parts)
  }
  return kept.sort((a, b) => a.start - b.start)
}
