import type pg from 'pg'
import type { Answer } from './batch.ts'
import type { Reads, Runnable } from './pool.ts'

/*
 * What queries of a bureau alone answered last: marks and states, of which every row policy lets the whole bureau through.
 * Whoever goes by them has them asked again before anything comes of it (decision 41).
 */

type Rows = Answer['rows']

/** A query of which nothing but the bureau's number is bound, with a key of its text and the bureau. */
export interface OfBureau extends Runnable {
  readonly key: string
}

/** What an act took for granted: the query, and the rows that it was told, as one text. */
export interface Assumed {
  readonly query: OfBureau
  readonly said: string
}

/** So many answers are remembered of one database; then it begins anew. */
const REMEMBERED_MAX = 5000
const memories = new WeakMap<pg.Pool, Map<string, Rows>>()

const isOfBureau = (query: Runnable): query is OfBureau => 'key' in query

/** Remembers what a query of a bureau alone answered; every other query passes unheard. */
export function remember(pool: pg.Pool, query: Runnable, rows: Rows): void {
  if (!isOfBureau(query)) return
  const memory = memories.get(pool) ?? new Map<string, Rows>()
  memories.set(pool, memory)
  if (memory.size >= REMEMBERED_MAX) memory.clear()
  memory.set(query.key, rows)
}

/** The one text of some rows, by which two answers are compared. */
export const saidBy = (rows: Rows): string => JSON.stringify(rows)

/** Reads out of memory; what is not remembered is not read, but an error. Says afterwards what was assumed. */
export class Remembered implements Reads {
  readonly assumed: Assumed[] = []
  private readonly memory: Map<string, Rows> | undefined

  constructor(pool: pg.Pool) {
    this.memory = memories.get(pool)
  }

  all: Reads['all'] = async (query) => {
    const rows = isOfBureau(query) ? this.memory?.get(query.key) : undefined
    if (rows === undefined) throw new Error('not remembered')
    this.assumed.push({ query: query as unknown as OfBureau, said: saidBy(rows) })
    return rows as never
  }

  first: Reads['first'] = async (query) => ((await this.all(query))[0] ?? null) as never
}
