import { type RawBuilder, sql } from 'kysely'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { knownAt, unitNames } from '../organisation/organisation.facts.ts'

/**
 * Planned activities and readings by what they are about or their kind, the latest first; under the rights of `plan.list`.
 * A planned talk names two posts and nothing else, so there are no words of it to find.
 */
export async function findPlans(ctx: ReadContext, { words, limit }: Sought): Promise<Found> {
  const named = ctx.catalogues.catalogue.activityKinds.rows.filter(({ words: { zh, en } }) =>
    words.every((word) => `${zh} ${en}`.toLowerCase().includes(word)),
  )
  const seen = ctx.within({ units: 'p.unit_ids' }) as unknown as RawBuilder<boolean>
  const rows = await ctx.tx.all(sql<HitRow & { unitId: string; kind: string | null }>`
    select p.id, p.title, p.kind, p.unit_id "unitId", p.planned_on as "on", null::int as no, p.year, count(*) over () as total
    from plans p where p.org_id = ${ctx.org.orgId} and ${knownAt('p')} and ${seen} and p.item <> 'talk' and not p.withdrawn
      and (${holdsWords(sql`coalesce(p.title, '')`, words)} or p.kind = any(${named.map(({ id }) => id)}::text[]))
    order by p.month desc, p.planned_on desc nulls last, p.id limit ${limit}`)
  const units = await unitNames(ctx.tx, ctx.org.orgId, ctx.today)
  const kinds = ctx.catalogues.catalogue.activityKinds
  return foundOf(
    rows.map(({ unitId, kind, ...row }) => ({
      ...row,
      named: kinds.find(kind ?? '')?.words ?? null,
      note: units.get(unitId) ?? null,
    })),
  )
}
