import type { Lexicon } from '../reading/lexicon.ts'
import { Patterns } from '../text/patterns.ts'

/** A phrase bound to one year or meeting that a person must rewrite before an old text is used again. */
export type Dated = { start: number; end: number; text: string; why: string }

const cache = new WeakMap<object, Patterns<Lexicon['dated'][number]>>()

/** The dated phrases of a folded text in order; where two rows meet, the longer phrase stands. */
export function datedIn(text: string, lexicon: Lexicon): Dated[] {
  const rows = cache.get(lexicon) ?? new Patterns(lexicon.dated)
  cache.set(lexicon, rows)
  const all = rows
    .all(text)
    .filter(({ start, end }) => end > start)
    .map(({ row, start, end }) => ({ start, end, text: text.slice(start, end), why: row.why }))
  all.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Dated[] = []
  for (const phrase of all) {
    const last = kept.at(-1)
    if (!last || phrase.start >= last.end) kept.push(phrase)
    else if (phrase.end - phrase.start > last.end - last.start) kept[kept.length - 1] = phrase
  }
  return kept
}
