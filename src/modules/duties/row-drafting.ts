import { sql } from 'kysely'
import { vocabularyOf } from '../../core/drafts/vocabulary.ts'
import type { Order } from '../../core/duties/owner.ts'
import type { Reading } from '../../core/reading/reading.ts'
import { itemOf } from '../../core/tables/item.ts'
import { itemAround, type Layout, wordsOf } from '../../core/tables/layout.ts'
import { type Holder, type Roll, rollOf } from '../../core/tables/names.ts'
import type { RowBack } from '../../core/tables/returned.ts'
import type { Context, ReadContext } from '../../platform/action/action.ts'
import { CURRENT } from '../../platform/journal/record.ts'
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

/** A row of a list as it is read against the names of a day, with its words and the number that it bears. */
export type ReadRow = RowBack & { readonly inferred: Drafted['inferred']; readonly no: number | null }

/** Reads the row in which a duty of the reading stands; null for a duty of the running text. */
export function readRow(
  ctx: Context,
  text: string,
  layout: Layout | null,
  found: Reading['duties'][number],
  roll: Roll,
  year: number,
): ReadRow | null {
  const place = itemAround(layout, found.start)
  if (place === null) return null
  const { catalogue, lexicon } = ctx.catalogues
  const words = wordsOf(text, place.item)
  const { fields } = place.table
  const { item, inferred } = itemOf(words, {
    roll,
    catalogue,
    vocabulary: vocabularyOf(lexicon),
    year,
    fields,
    mode: place.item.mode,
  })
  const no = /^\d{1,9}$/.exec(words.get('seq')?.trim() ?? '')
  return { item, inferred, words, fields, no: no === null ? null : Number(no[0]) }
}

/** What a row of a list says as a draft, with the words that name it. */
export function draftOfRow({ item, inferred }: ReadRow): Drafted & { title: string } {
  const { title, ...fields } = item
  return { title, fields, inferred }
}

interface Listed {
  id: string
  title: string | null
  kind: string
  layer: string
  lead: string | null
  supports: string[]
  leader: string | null
  watcher: string | null
  deadline: string | null
  cadence: string | null
  measures: string[] | null
  milestones: { title: string; dueOn: string | null }[] | null
  common: boolean
}

/** What makes two rows of a year's list the same, in one text. */
const sameness = (row: Omit<Listed, 'id'>) =>
  JSON.stringify([
    row.title,
    row.kind,
    row.layer,
    row.lead,
    [...row.supports].sort(),
    row.leader,
    row.watcher,
    row.deadline,
    row.cadence,
    row.measures ?? [],
    (row.milestones ?? []).map((step) => [step.title, step.dueOn]),
    row.common,
  ])

/**
 * Duties of the year's list that rows of a table say again word for word, by the place of the row: a list that was given
 * out and comes back adds nothing. Each duty answers for one row.
 */
export async function alreadyListed(
  ctx: Context,
  year: number,
  rows: readonly { title: string; fields: Drafted['fields'] }[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  if (rows.length === 0) return found
  const listed =
    await ctx.tx.all(sql<Listed>`select d.id, d.title, d.kind, d.layer, d.lead_unit_id lead, d.support_ids supports,
      d.leader_post_id leader, d.watcher_post_id watcher, d.deadline, d.cadence, d.measures, d.milestones, d.common
    from duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
    where d.org_id = ${ctx.org.orgId} and d.year = ${year} and d.list_id is not null and s.status <> 'withdrawn'
      and d.superseded_idx = ${sql.raw(CURRENT)} order by d.no`)
  const left = new Map<string, string[]>()
  for (const { id, ...row } of listed) left.set(sameness(row), [...(left.get(sameness(row)) ?? []), id])
  for (const [at, { title, fields }] of rows.entries()) {
    if (fields.layer === null) continue
    const same = sameness({
      title,
      kind: fields.kind,
      layer: fields.layer,
      lead: fields.leadUnitId,
      supports: fields.supportUnitIds,
      leader: fields.leaderPostId,
      watcher: fields.watcherPostId,
      deadline: fields.deadline,
      cadence: fields.cadence,
      measures: fields.measures,
      milestones: fields.milestones,
      common: fields.common,
    })
    const id = left.get(same)?.shift()
    if (id !== undefined) found.set(at, id)
  }
  return found
}
