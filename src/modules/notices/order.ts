import { sql } from 'kysely'
import { foldOrder, mayFollowOrder, type OrderEvent, type OrderEventName } from '../../core/notices/follow-order.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType, type Stored } from '../../platform/journal/record.ts'
import { dutiesById, followUp, type OwedDuty } from '../duties/owed.facts.ts'
import {
  type JudgedOrder,
  mayAnswerOrder,
  mayCloseOrder,
  mayConfirmOrder,
  mayDraftOrders,
  mayWithdrawOrder,
} from './notice.access.ts'
import { answerOrder, closeOrder, confirmOrder, openOrder, withdrawOrder } from './order.contract.ts'
import { type Bureau, bureauOn } from './people.ts'

/** A follow-up order: of which duty, to whom, by whom, until when; the reason is sealed. */
export const orderRecord: RecordType = {
  type: 'follow-order',
  table: 'follow_orders',
  clear: ['year', 'no', 'duty_id', 'unit_id', 'leader_post_id', 'approver_post_id', 'unit_ids', 'due_on', 'status'],
  sealed: ['reason'],
  names: { unit_id: 'unit' },
}

/** One thing that happened to an order; never revised. */
export const orderEventRecord: RecordType = {
  type: 'follow-order-event',
  table: 'follow_order_events',
  clear: ['order_id', 'seq', 'event', 'on_day', 'by_post_id'],
  sealed: ['note'],
}

interface OrderStored extends Stored {
  year: number
  no: number
  duty_id: string
  unit_id: string | null
  leader_post_id: string | null
  approver_post_id: string
  due_on: string
  status: string
}

/** An order under an act: locked, with its events. */
export interface LivedOrder extends JudgedOrder {
  readonly row: OrderStored
  readonly status: string
  readonly events: readonly OrderEvent[]
}

async function lockOrder(ctx: Context, { id }: { id: string }): Promise<LivedOrder | null> {
  const { orgId } = ctx.org
  const row = await ctx.tx.first(sql<OrderStored>`select * from follow_orders where org_id = ${orgId} and id = ${id}
    and superseded_idx = ${sql.raw(CURRENT)} for no key update`)
  if (row === null) return null
  const events = await ctx.tx.all(sql<OrderEvent>`select seq, event, on_day "onDay" from follow_order_events
    where org_id = ${orgId} and order_id = ${id} order by seq`)
  const { unit_id: unitId, leader_post_id: leaderPostId, approver_post_id: approverPostId } = row
  return { row, events, status: row.status, unitId, leaderPostId, approverPostId }
}

/** Adds an event to an order and writes what it folds to; refuses what cannot follow. */
function happens(ctx: Writing, order: LivedOrder, event: OrderEventName, note: string | null) {
  const fold = foldOrder(order.events)
  const { row } = order
  if (!mayFollowOrder(fold, event)) throw new Refusal('order/not-in-state', { no: row.no, year: row.year })
  const seq = order.events.length + 1
  const { status } = foldOrder([...order.events, { seq, event, onDay: ctx.today }])!
  addEvent(ctx, row.id, seq, event, note, order)
  if (status !== row.status) ctx.revise(orderRecord, row, { status })
  return { id: row.id, no: row.no, year: row.year, status }
}

function addEvent(
  ctx: Writing,
  orderId: string,
  seq: number,
  event: OrderEventName,
  note: string | null,
  order: JudgedOrder,
) {
  const held = ctx.actor.holdings
  const approving = held.find(({ postId }) => postId === order.approverPostId)
  const acting =
    event === 'confirmed' && approving !== undefined ? approving : held.find(({ postId }) => postId !== null)
  ctx.add(orderEventRecord, {
    order_id: orderId,
    seq,
    event,
    on_day: ctx.today,
    by_post_id: acting?.postId ?? null,
    note,
  })
}

const OWED: readonly string[] = ['issued', 'taken-on', 'declined', 'in-progress', 'submitted', 'returned']

export const openOrderAction = action(openOrder, {
  may: mayDraftOrders,
  run: async (ctx, input) => {
    const [duty] = await dutiesById(ctx, [input.dutyId], sql`true`)
    if (duty === undefined) throw new Refusal('record/not-found')
    if (!OWED.includes(duty.status)) throw new Refusal('order/duty-not-owed', { no: duty.no, year: duty.year })
    if (input.dueOn < ctx.today) throw new Refusal('order/day-past', { day: input.dueOn, today: ctx.today })
    const approverPostId = approverOf(ctx, await bureauOn(ctx, ctx.today), duty, input.approverPostId)
    const running = await ctx.tx.first(sql<{ no: number; year: number }>`select no, year from follow_orders
      where org_id = ${ctx.org.orgId} and duty_id = ${duty.id} and superseded_idx = ${sql.raw(CURRENT)}
        and status in ('draft', 'issued', 'answered')`)
    if (running !== null) throw new Refusal('order/open-already', running)
    const year = Number(ctx.today.slice(0, 4))
    const judged = {
      unitId: duty.leadUnitId,
      leaderPostId: duty.leadUnitId === null ? duty.leaderPostId : null,
      approverPostId,
    }
    if (judged.unitId === null && judged.leaderPostId === null)
      throw new Refusal('order/duty-not-owed', { no: duty.no, year: duty.year })
    const no = await takeNumber(ctx, year)
    const id = ctx.add(orderRecord, {
      year,
      no,
      duty_id: duty.id,
      unit_id: judged.unitId,
      leader_post_id: judged.leaderPostId,
      approver_post_id: approverPostId,
      unit_ids: duty.unitIds,
      due_on: input.dueOn,
      status: 'draft',
      reason: input.reason,
    })
    addEvent(ctx, id, 1, 'drafted', null, judged)
    return { id, no, year, status: 'draft' as const }
  },
})

/** The post that gives the order: the one named where it may, else by the duty, else by the line of work, else the secretary. */
function approverOf(ctx: Context, bureau: Bureau, duty: OwedDuty, named: string | undefined): string {
  const leads = (postId: string | null) => {
    const kind = postId === null ? undefined : bureau.posts.get(postId)?.kind
    const role = kind === undefined ? undefined : ctx.catalogues.catalogue.postKinds.find(kind)?.role
    return role === 'secretary' || role === 'team-member'
  }
  if (named !== undefined) {
    if (!leads(named)) throw new Refusal('order/not-approver')
    return named
  }
  const secretary = [...bureau.posts.values()].find(({ postId, kind }) => kind === 'secretary' && leads(postId))
  // Whoever owes the answer himself does not give the order.
  const answerable = duty.leadUnitId === null ? null : duty.leaderPostId
  const found = [answerable, bureau.inCharge(duty.leadUnitId), secretary?.postId ?? null].find(leads)
  if (!found) throw new Refusal('order/no-approver', { no: duty.no, year: duty.year })
  return found
}

/** The next number of the year; its row stays locked until the act is done. */
async function takeNumber(ctx: Context, year: number): Promise<number> {
  const row = await ctx.tx.first(sql<{ no: number }>`insert into follow_order_numbers (org_id, year, last_no)
    values (${ctx.org.orgId}, ${year}, 1)
    on conflict (org_id, year) do update set last_no = follow_order_numbers.last_no + 1 returning last_no no`)
  return row!.no
}

export const confirmOrderAction = action(confirmOrder, {
  subject: lockOrder,
  may: mayConfirmOrder,
  run: async (ctx, _input, order: LivedOrder) => {
    const { row } = order
    if (row.status === 'draft' && row.due_on < ctx.today)
      throw new Refusal('order/day-past', { day: row.due_on, today: ctx.today })
    const done = happens(ctx, order, 'confirmed', null)
    await followUp(ctx, row.duty_id, { id: row.id, no: row.no, answerBy: row.due_on })
    return done
  },
})

export const answerOrderAction = action(answerOrder, {
  subject: lockOrder,
  may: mayAnswerOrder,
  run: async (ctx, input, order: LivedOrder) => happens(ctx, order, 'answered', input.text),
})

export const closeOrderAction = action(closeOrder, {
  subject: lockOrder,
  may: mayCloseOrder,
  run: async (ctx, input, order: LivedOrder) => happens(ctx, order, 'closed', input.text ?? null),
})

export const withdrawOrderAction = action(withdrawOrder, {
  subject: lockOrder,
  may: mayWithdrawOrder,
  run: async (ctx, input, order: LivedOrder) => {
    if (order.status !== 'draft' && input.reason === undefined) throw new Refusal('order/reason-required')
    if (input.reason !== undefined) ctx.because(input.reason)
    return happens(ctx, order, 'withdrawn', input.reason ?? null)
  },
})
