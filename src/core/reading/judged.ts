import type { Gold } from './gold.ts'
import type { Reading } from './reading.ts'

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
