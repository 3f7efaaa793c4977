import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { read } from './report.access.ts'

/** Reports by title, the newest first; under the rights of `report.list`. */
export async function findReports(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  if (!allows(read, ctx.actor, undefined, undefined)) return null
  ctx.unscoped('reports belong to those who answer for the whole bureau')
  const rows = await ctx.tx.all(sql<HitRow>`select coalesce(d.report_id, d.id) as id, d.title,
      case when d.report_id is null then 'draft' else 'frozen' end as note, null::date as "on", null::int as no, d.year,
      count(*) over () as total from report_drafts d
    where d.org_id = ${ctx.org.orgId} and (d.withdrawn_at is null or d.report_id is not null)
      and ${holdsWords(sql`coalesce(d.title, '')`, words)}
    order by d.id desc limit ${limit}`)
  return foundOf(rows)
}
