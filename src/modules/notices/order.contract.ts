import * as z from 'zod'
import { Day, file, Id, Instant, Line, page, paging, query, Text, verb } from '../../core/contract.ts'
import { orderEvents, orderMarks, orderStatuses } from '../../core/notices/follow-order.ts'

const State = z.object({ id: Id, no: z.int(), year: z.int(), status: z.enum(orderStatuses) })

/**
 * Drafts a follow-up order (督办单) for a duty that somebody owes: why, and by which day an answer is asked. The approver is
 * the secretary or a leader; when absent, the leader who answers for the duty, else the one in charge, else the secretary.
 */
export const openOrder = verb('order.open', {
  input: z.strictObject({
    dutyId: Id,
    reason: Text(1000),
    dueOn: Day.describe('day by which an answer is asked'),
    approverPostId: Id.optional(),
  }),
  output: State,
  refusals: ['order/duty-not-owed', 'order/day-past', 'order/no-approver', 'order/not-approver', 'order/open-already'],
})

/** Gives the order; from then on it is owed, and the duty's course shows it. */
export const confirmOrder = verb('order.confirm', {
  input: z.strictObject({ id: Id }),
  output: State,
  refusals: ['order/not-in-state', 'order/day-past', 'duty/not-in-state'],
})

/** Answers the order; a further answer adds to the first. */
export const answerOrder = verb('order.answer', {
  input: z.strictObject({ id: Id, text: Text(2000) }),
  output: State,
  refusals: ['order/not-in-state'],
})

/** Closes an answered order. */
export const closeOrder = verb('order.close', {
  input: z.strictObject({ id: Id, text: Line(300).optional() }),
  output: State,
  refusals: ['order/not-in-state'],
})

/** Takes an order back: a draft without more, one that was given with a reason. */
export const withdrawOrder = verb('order.withdraw', {
  input: z.strictObject({ id: Id, reason: Line(300).optional() }),
  output: State,
  refusals: ['order/not-in-state', 'order/reason-required'],
})

const Post = z.object({ postId: Id, title: z.string(), holder: z.string().nullable() })

/** An order in a list; `mark` is computed with today. */
export const OrderRow = z.object({
  id: Id,
  no: z.int(),
  year: z.int(),
  dutyId: Id,
  dutyNo: z.int(),
  dutyTitle: z.string().nullable(),
  unit: z.object({ id: Id, name: z.string() }).nullable(),
  leader: Post.nullable(),
  approver: Post,
  dueOn: Day,
  status: z.enum(orderStatuses),
  mark: z.enum(orderMarks),
  issuedOn: Day.nullable(),
  answeredOn: Day.nullable(),
  workingDays: z.int().nullable().describe('working days left for an answer; below 0: over since'),
})

/** Orders that the actor may see, newest first. */
export const listOrders = query('order.list', {
  input: z.strictObject({
    ...paging,
    year: z.int().min(1990).max(2100).optional(),
    dutyId: Id.optional(),
    unitId: Id.optional(),
    status: z.array(z.enum(orderStatuses)).optional(),
  }),
  output: page(OrderRow),
})

/** One order whole, with everything that happened to it, and what the asker may do. */
export const getOrder = query('order.get', {
  input: z.strictObject({ id: Id }),
  output: OrderRow.extend({
    reason: z.string().nullable(),
    timeline: z.array(
      z.object({
        seq: z.int(),
        event: z.enum(orderEvents),
        onDay: Day,
        recordedAt: Instant,
        by: z.string().nullable(),
        onBehalfOf: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    may: z.object({ confirm: z.boolean(), answer: z.boolean(), close: z.boolean(), withdraw: z.boolean() }),
  }),
})

/**
 * One order as a form to print, with room for the answer and the signature of the unit; `number` is printed in place of
 * the order's own where the office numbers its papers itself.
 */
export const paperOfOrder = file('order.paper', {
  input: z.strictObject({ id: Id, number: Line(40).optional() }),
})
