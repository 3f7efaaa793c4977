import { sql } from 'kysely'
import type { Context } from '../../platform/action/action.ts'
import { ofBureau, type Reads } from '../../platform/db/pool.ts'
import { newestOf } from '../../platform/journal/newest.ts'

/*
 * Who belongs to a unit on a day is asked by every record of an attendance, and hardly ever changes. So it stays in memory
 * with the mark of what it was read from; the mark is asked each time, in the packet in which everything else is read
 * (decision 39). Kept are units, posts and ids of persons: every row policy of these tables lets the whole bureau through.
 */

const MADE_OF = ['units', 'unit_periods', 'posts', 'appointments', 'memberships']
const markOf = ofBureau((orgId) => sql<{ mark: string }>`select ${newestOf(orgId, MADE_OF)} mark`)

const marks = new WeakMap<Reads, Promise<string>>()

/** What was written last of the organisation, asked once in a transaction. */
function markNow(tx: Reads, orgId: number): Promise<string> {
  const asked = marks.get(tx) ?? tx.first(markOf(orgId)).then((row) => row!.mark)
  marks.set(tx, asked)
  return asked
}

interface Kept {
  readonly mark: string
  readonly answer: readonly unknown[]
}

/** How many rows are kept in all, an empty answer counted as one. */
export const KEPT_ROWS_MAX = 20_000

/** Answers by bureau and question, the one given longest ago first; catalogues that are read anew start empty. */
const kept = new WeakMap<object, { readonly answers: Map<string, Kept>; rows: number }>()

/**
 * Rows that are made of the bureau's units, posts, appointments and memberships and of nothing else, read by `read` or kept
 * since they were. `what` says which rows, and every question of another meaning is said otherwise.
 */
export async function keptRows<T>(
  { tx, org, catalogues }: Pick<Context, 'tx' | 'org' | 'catalogues'>,
  what: string,
  read: () => Promise<T[]>,
): Promise<T[]> {
  const memory = kept.get(catalogues) ?? { answers: new Map<string, Kept>(), rows: 0 }
  kept.set(catalogues, memory)
  const key = `${org.orgId} ${what}`
  const mark = await markNow(tx, org.orgId)
  const before = memory.answers.get(key)
  if (before?.mark === mark) return before.answer as T[]
  // The mark was read first, so what is kept under it is at least as new as it says.
  const answer = await read()
  forget(memory, key)
  memory.answers.set(key, { mark, answer })
  memory.rows += Math.max(1, answer.length)
  for (const oldest of memory.answers.keys()) {
    if (memory.rows <= KEPT_ROWS_MAX || memory.answers.size === 1) break
    forget(memory, oldest)
  }
  return answer
}

function forget(memory: { readonly answers: Map<string, Kept>; rows: number }, key: string): void {
  const gone = memory.answers.get(key)
  if (gone === undefined) return
  memory.answers.delete(key)
  memory.rows -= Math.max(1, gone.answer.length)
}
