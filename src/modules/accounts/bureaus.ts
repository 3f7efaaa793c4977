import { sql } from 'kysely'
import type { Org } from '../../platform/action/action.ts'
import type { Stage } from '../../platform/action/perform.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'

/** Every bureau of the database, or the one of a number; for what time and queues do. */
export function bureausOf(stage: Pick<Stage, 'pool'>, orgId: number | null = null): Promise<Org[]> {
  return transact(stage.pool, preambleOf('read only', 0, {}), (tx) =>
    tx.all(sql<Org>`select o.org_id "orgId", o.code, o.name, o.suite, o.go_live_on "goLiveOn", o.demo from orgs o
      where ${orgId}::int is null or o.org_id = ${orgId}::int order by o.org_id`),
  )
}
