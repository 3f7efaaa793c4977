import { sql } from 'kysely'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { unitNames } from '../organisation/organisation.facts.ts'

/** Kinds of activity whose names hold one of the words. */
function kindsNamed(ctx: ReadContext, word: string): string[] {
  return ctx.catalogues.catalogue.activityKinds.rows
    .filter(({ words, also }) => [words.zh, words.en, ...also].some((name) => name.toLowerCase().includes(word)))
    .map(({ id }) => id)
}

/**
 * Activities by title or by the name of their kind, the newest first; under the rights of `activity.list`. What was said
 * there (points, proof) is never searched.
 */
export async function findActivities(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  const each = words.map(
    (word) => sql`(${holdsWords(sql`coalesce(a.title, '')`, [word])} or a.kind = any(${kindsNamed(ctx, word)}))`,
  )
  const rows = await ctx.tx.all(sql<
    HitRow & { kind: string; unitId: string }
  >`select a.id, a.title, a.kind, a.unit_id "unitId",
      a.happened_on "on", null::text as note, null::int as no, null::int as year, count(*) over () as total from activities a
    where a.org_id = ${ctx.org.orgId} and a.superseded_idx = ${sql.raw(CURRENT)} and not a.withdrawn
      and ${ctx.within({ unit: 'a.unit_id', people: ['a.host_pid'] })} and ${sql.join(each, sql` and `)}
    order by a.happened_on desc, a.id desc limit ${limit}`)
  const units = await unitNames(ctx.tx, ctx.org.orgId, ctx.today)
  const kinds = ctx.catalogues.catalogue.activityKinds
  return foundOf(
    rows.map(({ kind, unitId, ...row }) => {
      const { zh, en } = kinds.find(kind)?.words ?? { zh: kind, en: kind }
      return { ...row, named: { zh, en }, note: units.get(unitId) ?? null }
    }),
  )
}
