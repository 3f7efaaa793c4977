import { type RawBuilder, sql } from 'kysely'
import type { Reads } from '../../platform/db/pool.ts'

/**
 * Runs a statement over sets. No estimate of what its arrays hold is any good, so over a whole bureau joins and groups go by
 * hash; its plan is kept with the statement, since planning it costs as much as the answer.
 */
export async function runWide<R>(tx: Reads, query: RawBuilder<R>, wide: boolean, named = true): Promise<R[]> {
  if (!wide) return tx.all(query) as Promise<R[]>
  const [, , , rows] = await Promise.all([
    tx.all(sql`set local enable_nestloop = off`),
    tx.all(sql`set local enable_mergejoin = off`),
    tx.all(sql`set local enable_sort = off`),
    tx.all(query, { named }),
    tx.all(sql`set local enable_sort = on`),
    tx.all(sql`set local enable_nestloop = on`),
    tx.all(sql`set local enable_mergejoin = on`),
  ])
  return rows as R[]
}
