import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { unitNames } from '../organisation/organisation.ts'
import { mayReadOrders } from './notice.access.ts'
import { visibleOrders } from './order.queries.ts'

/** Follow-up orders by the duty that they follow up, the newest first; under the rights of `order.list`. */
export async function findOrders(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  if (!allows(mayReadOrders, ctx.actor, undefined, undefined)) return null
  const rows = await ctx.tx.all(sql<HitRow & { unitId: string | null }>`select o.id, d.title, o.unit_id "unitId",
      o.due_on as "on", o.no, o.year, count(*) over () as total
    from follow_orders o join duties d on d.org_id = o.org_id and d.id = o.duty_id and d.superseded_idx = ${sql.raw(CURRENT)}
    where o.org_id = ${ctx.org.orgId} and o.superseded_idx = ${sql.raw(CURRENT)} and ${visibleOrders(ctx)}
      and ${holdsWords(sql`coalesce(d.title, '')`, words)} order by (o.year, o.no) desc limit ${limit}`)
  const units = await unitNames(ctx.tx, ctx.org.orgId, ctx.today)
  return foundOf(
    rows.map(({ unitId, ...row }) => ({ ...row, note: unitId === null ? null : (units.get(unitId) ?? null) })),
  )
}
