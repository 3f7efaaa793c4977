import { sql } from 'kysely'
import { vocabularyOf } from '../../core/drafts/vocabulary.ts'
import type { Order } from '../../core/duties/owner.ts'
import type { Reading } from '../../core/reading/reading.ts'
import { itemOf } from '../../core/tables/item.ts'
import { itemAround, type Layout, wordsOf } from '../../core/tables/layout.ts'
import { type Holder, type Roll, rollOf } from '../../core/tables/names.ts'
import type { Context, ReadContext } from '../../platform/action/action.ts'
import { inForce, knownAt, nameJoin } from '../organisation/organisation.facts.ts'
import type { Drafted } from './drafting.ts'

/** Who holds which post on a day, by name; erased names are left out. */
export function holdersOn(ctx: Context, day: string): Promise<Holder[]> {
  return ctx.tx.all(sql<Holder>`select a.post_id "postId", p.name from appointments a ${nameJoin('a.pid')}
    where a.org_id = ${ctx.org.orgId} and ${knownAt('a')} and ${inForce('a', day)} and p.name is not null order by a.valid_from, a.id`)
}

/** The names by which tables call the units and posts of the bureau on a day. */
export async function rollOn(ctx: Context | ReadContext, order: Order, day: string): Promise<Roll> {
  const { postKinds } = ctx.catalogues.catalogue
  return rollOf(order, await holdersOn(ctx, day), (kind) => postKinds.find(kind)?.words.zh ?? kind)
}

/** What a row of a list says as a draft, with the words that name it; null for a duty of the running text. */
export function draftOfRow(
  ctx: Context,
  text: string,
  layout: Layout | null,
  found: Reading['duties'][number],
  roll: Roll,
  year: number,
): (Drafted & { title: string }) | null {
  const place = itemAround(layout, found.start)
  if (place === null) return null
  const { catalogue, lexicon } = ctx.catalogues
  const { item, inferred } = itemOf(wordsOf(text, place.item), {
    roll,
    catalogue,
    vocabulary: vocabularyOf(lexicon),
    year,
    fields: place.table.fields,
    mode: place.item.mode,
  })
  const { title, ...fields } = item
  return { title, fields, inferred }
}
