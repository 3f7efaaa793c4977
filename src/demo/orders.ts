import * as z from 'zod'
import { addDays } from '../core/calendar/days.ts'
import { type Company, holdersOn } from './company.ts'
import { readDemoFile } from './year.ts'

const Orders = z.strictObject({
  /** The post that answers for a unit. */
  answeredBy: z.string(),
  /** One for each open duty, those first whose day is or was first. */
  orders: z.array(z.strictObject({ reason: z.string(), within: z.int().min(1), answer: z.string().optional() })),
})

/** Follows up the duties that press most: the clerk drafts, the leader gives the order, the unit answers. */
export async function giveOrders(company: Company): Promise<void> {
  const plan = readDemoFile('orders.yaml', Orders)
  const { today } = company
  const clerk = await company.as(company.clerk)
  const year = Number(today.slice(0, 4))
  const open = await clerk.ask('duty.list', { year, view: 'open', sort: 'due', limit: plan.orders.length })
  for (const [index, { reason, within, answer }] of plan.orders.entries()) {
    const duty = open.items[index]
    if (duty === undefined) return
    const { id } = await clerk.act('order.open', { dutyId: duty.id, reason, dueOn: addDays(today, within) })
    const { approver } = await clerk.ask('order.get', { id })
    await (await company.as(approver.holder)).act('order.confirm', { id })
    const post = company.demo.posts.find(({ unit, kind }) => unit === duty.leadUnit?.name && kind === plan.answeredBy)
    const [head] = post === undefined ? [] : holdersOn(post, today)
    if (answer !== undefined && head !== undefined)
      await (await company.as(head)).act('order.answer', { id, text: answer })
  }
}
