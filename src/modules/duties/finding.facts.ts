import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { mayReadDuties } from './duty.access.ts'
import { readable } from './duty.queries.ts'
import { listedFrom } from './shown.ts'

/** Duties by their words, measures or number, the newest year first; under the rights of `duty.list`. */
export async function findDuties(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  if (!allows(mayReadDuties, ctx.actor, undefined, undefined)) return null
  const text = sql`coalesce(d.title, '') || ' ' || coalesce(d.measures::text, '') || ' ' || d.no::text`
  const rows = await ctx.tx.all(sql<HitRow>`select d.id, d.title, u.name as note, s.due_on "on", d.no, d.year,
      count(*) over () as total from ${listedFrom}
    left join unit_facts u on u.org_id = d.org_id and u.unit_id = d.lead_unit_id and u.superseded_idx = 9223372036854775807
      and u.valid_from <= ${ctx.today}::date and u.valid_to >= ${ctx.today}::date
    where ${readable(ctx)} and ${holdsWords(text, words)} order by d.year desc, d.no, d.id limit ${limit}`)
  return foundOf(rows)
}
