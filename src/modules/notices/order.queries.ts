import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { type Actor, allows, holds } from '../../core/access/actor.ts'
import { type Calendar, workingDaysBetween } from '../../core/calendar/calendar.ts'
import {
  foldOrder,
  markOfOrder,
  mayFollowOrder,
  type OrderEventName,
  type OrderStatus,
} from '../../core/notices/follow-order.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { cursorAt, offsetOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Refold } from '../../platform/journal/fsck.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import { personNames, unitNames } from '../organisation/organisation.ts'
import { mayAnswerOrder, mayCloseOrder, mayConfirmOrder, mayReadOrders, mayWithdrawOrder } from './notice.access.ts'
import { getOrder, listOrders, type OrderRow } from './order.contract.ts'
import { type Bureau, bureauOn } from './people.ts'

interface Row {
  id: string
  no: number
  year: number
  dutyId: string
  dutyNo: number
  dutyTitle: string | null
  unitId: string | null
  leaderPostId: string | null
  approverPostId: string
  dueOn: string
  status: OrderStatus
  reason: string | null
  issuedOn: string | null
  answeredOn: string | null
}

const dayOf = (event: OrderEventName) =>
  sql`(select min(e.on_day) from follow_order_events e where e.org_id = o.org_id and e.order_id = o.id and e.event = ${event})`

function orders(ctx: ReadContext, condition: RawBuilder<unknown>, tail: RawBuilder<unknown>): Promise<Row[]> {
  return ctx.tx.all(sql<Row>`select o.id, o.no, o.year, o.duty_id "dutyId", d.no "dutyNo", d.title "dutyTitle", o.unit_id "unitId",
      o.leader_post_id "leaderPostId", o.approver_post_id "approverPostId", o.due_on "dueOn", o.status, o.reason,
      ${dayOf('confirmed')} "issuedOn", ${dayOf('answered')} "answeredOn"
    from follow_orders o join duties d on d.org_id = o.org_id and d.id = o.duty_id and d.superseded_idx = ${sql.raw(CURRENT)}
    where o.org_id = ${ctx.org.orgId} and o.superseded_idx = ${sql.raw(CURRENT)} and ${visibleOrders(ctx)} and ${condition} ${tail}`)
}

/** Whoever sees the duty sees the order; one that nobody gave yet, or that was taken back as a draft, is seen by those who give. */
export function visibleOrders(ctx: ReadContext): RawBuilder<unknown> {
  const scope = ctx.within({ units: 'o.unit_ids' }) as unknown as RawBuilder<boolean>
  if (holds(ctx.actor, 'office') || holds(ctx.actor, 'secretary')) return scope
  const posts = ctx.actor.holdings.flatMap(({ postId }) => (postId === null ? [] : [postId]))
  return sql`${scope} and (o.approver_post_id = any(${posts}::uuid[]) or ${dayOf('confirmed')} is not null)`
}

interface Around {
  readonly names: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string | null>
  readonly bureau: Bureau
  readonly calendar: Calendar
}

async function around(ctx: ReadContext, rows: readonly Row[]): Promise<Around> {
  const [names, bureau, calendar] = await Promise.all([
    unitNames(ctx.tx, ctx.org.orgId, ctx.today),
    bureauOn(ctx, ctx.today),
    calendarFor(ctx.tx, ctx.org.orgId, ctx.catalogues),
  ])
  const pids = rows.flatMap((row) => [...bureau.holders(row.leaderPostId), ...bureau.holders(row.approverPostId)])
  return { names, bureau, calendar, people: await personNames(ctx.tx, ctx.org.orgId, pids) }
}

function shown(ctx: ReadContext, row: Row, { names, people, bureau, calendar }: Around): z.input<typeof OrderRow> {
  const { unitId, leaderPostId, approverPostId, reason: _reason, ...rest } = row
  const post = (postId: string) => {
    const found = bureau.posts.get(postId)
    const kind = found && ctx.catalogues.catalogue.postKinds.find(found.kind)
    const [pid] = bureau.holders(postId)
    return {
      postId,
      title: found?.title ?? kind?.words.zh ?? '',
      holder: pid === undefined ? null : (people.get(pid) ?? null),
    }
  }
  return {
    ...rest,
    unit: unitId === null ? null : { id: unitId, name: names.get(unitId) ?? '' },
    leader: leaderPostId === null ? null : post(leaderPostId),
    approver: post(approverPostId),
    mark: markOfOrder(row, row.dueOn, ctx.today),
    workingDays: row.status === 'issued' ? workingDaysBetween(calendar, ctx.today, row.dueOn).days : null,
  }
}

const LIMIT = 100

export const listOrdersAnswer = answer(listOrders, {
  may: mayReadOrders,
  run: async (ctx, input) => {
    const limit = input.limit ?? LIMIT
    const offset = offsetOf(input.cursor)
    const parts: RawBuilder<unknown>[] = [sql`true`]
    if (input.year !== undefined) parts.push(sql`o.year = ${input.year}`)
    if (input.dutyId !== undefined) parts.push(sql`o.duty_id = ${input.dutyId}`)
    if (input.unitId !== undefined) parts.push(sql`o.unit_id = ${input.unitId}`)
    if (input.status !== undefined) parts.push(sql`o.status = any(${input.status as string[]})`)
    const condition = sql.join(parts, sql` and `)
    const [rows, all] = await Promise.all([
      orders(ctx, condition, sql`order by o.year desc, o.no desc limit ${limit} offset ${offset}`),
      ctx.tx.first(sql<{ n: number }>`select count(*) n from follow_orders o where o.org_id = ${ctx.org.orgId}
        and o.superseded_idx = ${sql.raw(CURRENT)} and ${visibleOrders(ctx)} and ${condition}`),
    ])
    const beside = await around(ctx, rows)
    const total = all!.n
    const next = offset + rows.length < total ? cursorAt(offset + rows.length) : null
    return { items: rows.map((row) => shown(ctx, row, beside)), total, next }
  },
})

interface Happened {
  seq: number
  event: OrderEventName
  onDay: string
  note: string | null
  recordedAt: string
  byPid: string | null
  onBehalfPid: string | null
}

export const getOrderAnswer = answer(getOrder, {
  may: mayReadOrders,
  run: async (ctx, input) => {
    const [row] = await orders(ctx, sql`o.id = ${input.id}`, sql``)
    if (row === undefined) throw new Refusal('record/not-found')
    const [beside, events] = await Promise.all([
      around(ctx, [row]),
      ctx.tx.all(sql<Happened>`select e.seq, e.event, e.on_day "onDay", e.note, j.at "recordedAt", a.by_pid "byPid",
          a.on_behalf_pid "onBehalfPid"
        from follow_order_events e
        join journal_entries j on j.org_id = e.org_id and j.idx = e.recorded_idx
        join acts a on a.org_id = j.org_id and a.id = j.act_id
        where e.org_id = ${ctx.org.orgId} and e.order_id = ${row.id} order by e.seq`),
    ])
    const pids = events.flatMap(({ byPid, onBehalfPid }) => [byPid, onBehalfPid]).filter((pid) => pid !== null)
    const people = await personNames(ctx.tx, ctx.org.orgId, pids)
    const timeline = events.toReversed().map(({ byPid, onBehalfPid, ...one }) => ({
      ...one,
      by: byPid === null ? null : (people.get(byPid) ?? null),
      onBehalfOf: onBehalfPid === null ? null : (people.get(onBehalfPid) ?? null),
    }))
    return { ...shown(ctx, row, beside), reason: row.reason, timeline, may: offersTo(ctx.actor, row, events) }
  },
})

function offersTo(actor: Actor, row: Row, events: readonly Happened[]) {
  const fold = foldOrder(events)
  const could = (event: OrderEventName) => mayFollowOrder(fold, event)
  return {
    confirm: could('confirmed') && allows(mayConfirmOrder, actor, row, undefined),
    answer: could('answered') && allows(mayAnswerOrder, actor, row, undefined),
    close: could('closed') && allows(mayCloseOrder, actor, row, undefined),
    withdraw: could('withdrawn') && allows(mayWithdrawOrder, actor, row, undefined),
  }
}

/** Folds the events of every order of a bureau again and says where its row states another status (fsck). Nothing is mended. */
export const refoldOrders: Refold = async (client, org) => {
  const { rows: events } = await client.query(
    'select order_id, seq, event, on_day "onDay" from follow_order_events where org_id = $1 order by order_id, seq',
    [org.orgId],
  )
  const { rows: stated } = await client.query(
    `select id, status from follow_orders where org_id = $1 and superseded_idx = ${CURRENT}`,
    [org.orgId],
  )
  type Event = { order_id: string; seq: number; event: OrderEventName; onDay: string }
  const byOrder = Map.groupBy(events as Event[], ({ order_id }) => order_id)
  const findings = (stated as { id: string; status: string }[]).flatMap(({ id, status }) => {
    try {
      const folded = foldOrder(byOrder.get(id) ?? [])?.status ?? null
      return folded === status ? [] : [`follow-up order ${id} says ${status}, folds to ${folded}`]
    } catch (error) {
      return [`follow-up order ${id}: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
  return findings.map((says) => ({ org: org.code, idx: null, says }))
}
