import { type RawBuilder, sql } from 'kysely'

/** What is looked for: its words in the width and case in which they are compared. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean))]
}

/**
 * Claims that a text holds every one of the words, wherever they stand. The rows of one bureau are read for it: under row
 * policies no index over parts of a text may be used, since its operator is not leakproof (decision 0033).
 */
export function holdsWords(text: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> {
  const parts = words.map((word) => sql<boolean>`position(${word} in lower(${text})) > 0`)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

/** One thing that was found: what a list would show of it. */
export interface Hit {
  readonly id: string
  readonly title: string | null
  /** The catalogue's name of it or of its kind; null where the catalogue names none. */
  readonly named: { readonly zh: string; readonly en: string } | null
  /** What stands beside it: a unit, a file, the words around the place. */
  readonly note: string | null
  readonly on: string | null
  readonly no: number | null
  readonly year: number | null
}

/** What was found of one kind: the first of them, and how many in all. */
export interface Found {
  readonly total: number
  readonly hits: readonly Hit[]
}

/** What is asked of each kind of record. */
export interface Sought {
  readonly words: readonly string[]
  readonly limit: number
}

/** A row of what was found, before the catalogue names it. */
export type HitRow = Omit<Hit, 'named'> & { readonly named?: Hit['named']; readonly total: number }

/** What was found, from rows that each carry the exact total. */
export function foundOf(rows: readonly HitRow[]): Found {
  return { total: rows[0]?.total ?? 0, hits: rows.map(({ total: _, named = null, ...hit }) => ({ ...hit, named })) }
}
