import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, foundOf, type HitRow, holdsWords, type Sought } from '../../platform/db/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayReadCites, mayReadDocuments } from './document.access.ts'

/** Letters shown on either side of the place where a word stands. */
const AROUND = 24

/** Imported documents by title, file name or text, the newest first; under the rights of `document.list`. */
export async function findDocuments(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  if (!allows(mayReadDocuments, ctx.actor, undefined, undefined)) return null
  ctx.unscoped('documents belong to the bureau as a whole; only the office and supervision read them')
  const text = sql`coalesce(d.title, '') || ' ' || coalesce(d.file_name, '') || ' ' || coalesce(d.text, '')`
  const place = sql`position(${words[0] ?? ''} in lower(d.text))`
  const rows = await ctx.tx.all(sql<HitRow>`select d.id, coalesce(d.title, d.file_name) as title,
      case when ${place} > 0 then substr(d.text, greatest(1, ${place} - ${AROUND}::int), ${2 * AROUND + 12}::int) end as note,
      null::date as "on", null::int as no, d.year, count(*) over () as total from documents d
    where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)} and ${holdsWords(text, words)}
    order by d.id desc limit ${limit}`)
  return foundOf(rows)
}

/** Cited documents by title or another name; under the rights of `cite.list`. */
export async function findCites(ctx: ReadContext, { words, limit }: Sought): Promise<Found | null> {
  if (!allows(mayReadCites, ctx.actor, undefined, undefined)) return null
  ctx.unscoped('titles of cited documents name no unit and no person')
  const text = sql`coalesce(c.title, '') || ' ' || array_to_string(c.aliases, ' ')`
  const rows = await ctx.tx.all(sql<HitRow>`select c.id, c.title, c.version_note as note, c.issued_on "on",
      null::int as no, null::int as year, count(*) over () as total from cited_documents c
    where c.org_id = ${ctx.org.orgId} and c.superseded_idx = ${sql.raw(CURRENT)} and c.merged_into is null
      and ${holdsWords(text, words)} order by c.title, c.id limit ${limit}`)
  return foundOf(rows)
}
