import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { allows, dayOf } from '../../core/access/actor.ts'
import { mayFollow } from '../../core/duties/status.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayAnswerFor, mayDirect, mayReadDuties, seesDrafts } from './duty.access.ts'
import { dutyViews, listDuties, myDuties } from './duty.contract.ts'
import { type ListedDuty, listedColumns, listedFrom, shown, viewCondition } from './shown.ts'

type Filters = Partial<z.output<typeof listDuties.input>>

/** Conditions that every read of duties carries: bureau, current version, scope, and drafts for those who keep the list. */
export function readable(ctx: ReadContext): RawBuilder<unknown> {
  const drafts = seesDrafts(ctx.actor) ? sql`true` : sql`s.status <> 'draft'`
  return sql`d.org_id = ${ctx.org.orgId} and s.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)}
    and s.status <> 'withdrawn' and ${drafts} and ${inScope(ctx)}`
}

/** The scope by the table of units beside duties, which an index answers; the row policy judges by the duty's own column. */
function inScope(ctx: ReadContext): RawBuilder<unknown> {
  const scope = ctx.within({ units: 'd.unit_ids' }) as unknown as RawBuilder<boolean>
  const { units } = ctx.scope
  if (units === 'all') return scope
  return sql`d.id in (select u.duty_id from duty_units u where u.org_id = ${ctx.org.orgId}
    and u.unit_id = any(${units as string[]}::uuid[])) and ${scope}`
}

function filtered(input: Filters): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = []
  const equal = (column: string, value: unknown) =>
    value !== undefined && parts.push(sql`${sql.ref(column)} = ${value}`)
  equal('d.year', input.year)
  equal('d.list_id', input.listId)
  equal('d.lead_unit_id', input.leadUnitId)
  equal('d.leader_post_id', input.leaderPostId)
  equal('d.watcher_post_id', input.watcherPostId)
  equal('d.kind', input.kind)
  equal('d.layer', input.layer)
  if (input.status !== undefined) parts.push(sql`s.status = any(${input.status as string[]})`)
  if (input.unitId !== undefined)
    parts.push(sql`(d.lead_unit_id = ${input.unitId} or ${input.unitId}::uuid = any(d.support_ids))`)
  if (input.dueFrom !== undefined) parts.push(sql`s.due_on >= ${input.dueFrom}`)
  if (input.dueTo !== undefined) parts.push(sql`s.due_on <= ${input.dueTo}`)
  if (input.q !== undefined) {
    parts.push(
      sql`(position(${input.q} in coalesce(d.title, '') || ' ' || coalesce(d.measures::text, '')) > 0 or d.no::text = ${input.q})`,
    )
  }
  if (input.citeId !== undefined) {
    parts.push(
      sql`d.id in (select c.ref_id from citations c where c.org_id = d.org_id and c.noun = 'duty' and c.cite_id = ${input.citeId})`,
    )
  }
  return parts
}

/** Work of the trade, Party work, or both. */
function ofSide(ctx: ReadContext, business: boolean | undefined): RawBuilder<unknown>[] {
  if (business === undefined) return []
  const kinds = ctx.catalogues.catalogue.dutyKinds.rows.filter((kind) => kind.business).map((kind) => kind.id)
  return [business ? sql`d.kind = any(${kinds})` : sql`d.kind <> all(${kinds})`]
}

const all = (parts: readonly RawBuilder<unknown>[]) => sql.join([...parts], sql` and `)

/** Where a page ends: the sort keys and the id of its last row. */
type Cursor = [first: string | number | null, second: number, id: string]

function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (
      Array.isArray(value) &&
      value.length === 3 &&
      typeof value[1] === 'number' &&
      /^[0-9a-f-]{36}$/.test(String(value[2]))
    )
      return value as Cursor
  } catch {
    // Said below.
  }
  throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
}

const writeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

export const listDutiesAnswer = answer(listDuties, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const limit = input.limit ?? 100
    const mine = input.mine === true ? [sql`${asksOf(ctx)} is not null`] : []
    const base = [readable(ctx), ...filtered(input), ...ofSide(ctx, input.business), ...mine]
    const chosen = input.view === undefined ? base : [...base, viewCondition(ctx, input.view)]
    const byDue = input.sort === 'due'
    const rows = page(ctx, chosen, byDue, readCursor(input.cursor), limit)
    const counting = input.counts === true ? countViews(ctx, base) : countOne(ctx, chosen)
    const [found, { total: whole, ...views }] = await Promise.all([rows, counting])
    const total = input.counts === true && input.view !== undefined ? (views as Counts)[input.view] : whole
    const items = found.slice(0, limit)
    const last = items.at(-1)
    const next = found.length > limit && last ? writeCursor([byDue ? last.due_on : last.year, last.no, last.id]) : null
    const lines = (await shown(ctx, items)).map((item, at) => ({ ...item, may: mayWith(ctx, items[at]!) }))
    return { items: lines, total, next, counts: input.counts === true ? (views as Counts) : null }
  },
})

/** What the actor may do with a duty of a list; the page of the duty offers the rest. */
function mayWith(ctx: ReadContext, duty: ListedDuty) {
  const owned = {
    leadUnitId: duty.lead_unit_id,
    supportIds: duty.support_ids,
    leaderPostId: duty.leader_post_id,
    watcherPostId: duty.watcher_post_id,
    oversight: ctx.catalogues.catalogue.dutyLayers.find(duty.layer)?.responsibility === 'oversight',
  }
  const fold = { status: duty.status, askedDueOn: null }
  return {
    amend: mayFollow(fold, 'amended') && allows(mayDirect, ctx.actor, owned, undefined),
    takeOn: mayFollow(fold, 'taken-on') && allows(mayAnswerFor, ctx.actor, owned, undefined),
  }
}

/** A page sorted by number or by due day (none stated comes last), from after the cursor. */
function page(
  ctx: ReadContext,
  conditions: readonly RawBuilder<unknown>[],
  byDue: boolean,
  cursor: Cursor | null,
  limit: number,
): Promise<ListedDuty[]> {
  const keys = byDue ? sql`coalesce(s.due_on, 'infinity'::date), d.no, d.id` : sql`d.year, d.no, d.id`
  const after = cursor === null ? [] : [afterCursor(byDue, cursor, keys)]
  return ctx.tx.all(sql<ListedDuty>`select ${listedColumns} from ${listedFrom} where ${all([...conditions, ...after])}
    order by ${keys} limit ${limit + 1}`)
}

function afterCursor(byDue: boolean, [first, no, id]: Cursor, keys: RawBuilder<unknown>): RawBuilder<unknown> {
  return byDue
    ? sql`(${keys}) > (${first === null ? 'infinity' : String(first)}::date, ${no}::int, ${id}::uuid)`
    : sql`(${keys}) > (${Number(first)}::int, ${no}::int, ${id}::uuid)`
}

type Counts = Record<(typeof dutyViews)[number], number>

async function countOne(ctx: ReadContext, conditions: readonly RawBuilder<unknown>[]): Promise<{ total: number }> {
  const row = await ctx.tx.first(
    sql<{ total: number }>`select count(*) as total from ${listedFrom} where ${all(conditions)}`,
  )
  return row!
}

/** The count of every saved view and of all, in one pass. */
async function countViews(ctx: ReadContext, base: readonly RawBuilder<unknown>[]): Promise<Counts & { total: number }> {
  const columns = dutyViews.map((view) => sql`count(*) filter (where ${viewCondition(ctx, view)}) as ${sql.ref(view)}`)
  const row = await ctx.tx.first(sql<Counts & { total: number }>`select count(*) as total, ${sql.join(columns)}
    from ${listedFrom} where ${all(base)}`)
  return row!
}

type Ask = z.output<typeof myDuties.output>['items'][number]['asks']

/** What a duty asks of the actor, or of whom he acts for, as an expression; null where it asks nothing. The first that holds counts. */
function asksOf(ctx: ReadContext): RawBuilder<Ask | null> {
  const held = dayOf(ctx.actor).holdings
  const posts = held.flatMap((one) => (one.postId === null ? [] : [one.postId]))
  const units = held
    .filter((one) => one.role === 'department-head' || one.role === 'branch-secretary')
    .flatMap((one) => (one.units === 'all' ? [] : one.units))
  const owns = sql`(d.lead_unit_id = any(${[...new Set(units)]}::uuid[]) or d.leader_post_id = any(${posts}::uuid[]))`
  const keeps = held.some((one) => one.role === 'office') ? sql`true` : sql`false`
  const accepts = sql`(${keeps} or d.leader_post_id = any(${posts}::uuid[]))`
  return sql<Ask | null>`case
    when s.asked_due_on is not null and ${accepts} then 'decide-extension'
    when s.status = 'submitted' and ${accepts} then 'verify'
    when s.status = 'declined' and ${keeps} then 'arbitrate'
    when s.status = 'issued' and ${owns} then 'take-on'
    when s.status in ('taken-on', 'in-progress', 'returned') and ${owns} then 'work'
    when s.status in (${sql.raw("'issued', 'taken-on', 'in-progress', 'returned'")}) and d.watcher_post_id = any(${posts}::uuid[]) then 'watch'
  end`
}

/** The later day that is asked for, and what was written with the last event. */
const lastSaid =
  sql.raw(`s.asked_due_on, (select e.note from duty_events e where e.org_id = d.org_id and e.duty_id = d.id
  and e.seq = s.last_seq and e.superseded_idx = ${CURRENT}) as said`)

export const myDutiesAnswer = answer(myDuties, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const limit = input.limit ?? 100
    const cursor = readCursor(input.cursor)
    const base = sql`select ${listedColumns}, ${asksOf(ctx)} as asks, ${lastSaid} from ${listedFrom} where ${readable(ctx)}`
    const keys = sql`coalesce(m.due_on, 'infinity'::date), m.no, m.id`
    const after =
      cursor === null
        ? sql`true`
        : sql`(${keys}) > (${cursor[0] === null ? 'infinity' : String(cursor[0])}::date, ${cursor[1]}::int, ${cursor[2]}::uuid)`
    const [found, total] = await Promise.all([
      ctx.tx.all(
        sql<
          ListedDuty & { asks: Ask; asked_due_on: string | null; said: string | null }
        >`select m.* from (${base}) m where m.asks is not null and ${after} order by ${keys} limit ${limit + 1}`,
      ),
      ctx.tx.first(
        sql<{
          n: number
        }>`select count(*) as n from ${listedFrom} where ${readable(ctx)} and ${asksOf(ctx)} is not null`,
      ),
    ])
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const items = (await shown(ctx, rows)).map((item, index) => {
      const { asks, asked_due_on: askedDueOn, said } = rows[index]!
      return { ...item, asks, askedDueOn, said }
    })
    const next = found.length > limit && last ? writeCursor([last.due_on, last.no, last.id]) : null
    return { items, total: total!.n, next }
  },
})
