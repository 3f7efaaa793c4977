import type { Lexicon } from '../reading/lexicon.ts'

/** A phrase bound to one year or meeting that a person must rewrite before an old text is used again. */
export type Dated = { start: number; end: number; text: string; why: string }

const cache = new WeakMap<object, { pattern: RegExp; why: string }[]>()

/** The dated phrases of a folded text in order; where two rows meet, the longer phrase stands. */
export function datedIn(text: string, lexicon: Lexicon): Dated[] {
  const rows =
    cache.get(lexicon) ?? lexicon.dated.map((row) => ({ pattern: new RegExp(row.pattern, 'gu'), why: row.why }))
  cache.set(lexicon, rows)
  const all = rows.flatMap(({ pattern, why }) =>
    [...text.matchAll(pattern)]
      .filter((match) => match[0].length > 0)
      .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0], why })),
  )
  all.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Dated[] = []
  for (const phrase of all) {
    const last = kept.at(-1)
    if (!last || phrase.start >= last.end) kept.push(phrase)
    else if (phrase.end - phrase.start > last.end - last.start) kept[kept.length - 1] = phrase
  }
  return kept
}
