import type * as z from 'zod'
import { type OrderOfPaper, orderPaper } from '../../core/papers/order-paper.ts'
import { fileAnswer } from '../../platform/action/action.ts'
import { paperFile, sayer } from '../../platform/office/paper/paper-file.ts'
import { mayReadOrders } from './notice.access.ts'
import { type getOrder, paperOfOrder } from './order.contract.ts'
import { getOrderAnswer } from './order.queries.ts'

/** A follow-up order on paper, for whoever sees the order. */
export const orderPaperAnswer = fileAnswer(paperOfOrder, {
  may: mayReadOrders,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const order = (await getOrderAnswer.run(ctx, input)) as z.input<typeof getOrder.output>
    const said = (event: string) =>
      order.timeline
        .filter((one) => one.event === event)
        .map(({ onDay, note }) => ({ onDay, text: note }))
        .reverse()
    const called = (post: { title: string; holder: string | null }) => post.holder ?? post.title
    const paper: OrderOfPaper = {
      ...order,
      duty: { no: order.dutyNo, title: order.dutyTitle },
      unit: order.unit?.name ?? (order.leader === null ? '' : called(order.leader)),
      approver: called(order.approver),
      answers: said('answered'),
      ...(input.number === undefined ? {} : { number: input.number }),
      remarks: said('closed').filter(({ text }) => text !== null),
    }
    return paperFile(
      ctx.catalogues.words,
      orderPaper(say, paper),
      say('order-file', { no: order.no, year: order.year }),
    )
  },
})
