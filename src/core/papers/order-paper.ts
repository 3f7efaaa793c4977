import { type Cell, dayWords, type Paper, type Row, type Say } from './paper.ts'

/** A follow-up order with names in place of ids; days are civil days. */
export interface OrderOfPaper {
  readonly no: number
  readonly year: number
  /** The number that the office gives its papers, as it is printed. */
  readonly number?: string
  readonly status: 'draft' | 'issued' | 'answered' | 'closed' | 'withdrawn'
  readonly duty: { readonly no: number; readonly title: string | null }
  /** The unit that owes the answer, or the leader where no unit does. */
  readonly unit: string
  readonly approver: string
  readonly reason: string | null
  readonly issuedOn: string | null
  readonly dueOn: string
  /** What was answered, and what was said when it was closed, oldest first. */
  readonly answers: readonly { readonly onDay: string; readonly text: string | null }[]
  readonly remarks: readonly { readonly onDay: string; readonly text: string | null }[]
}

const label = (text: string): Cell => ({ text, label: true })

/** A follow-up order as a form: what is asked, of whom and until when; room for the answer and for a signature. */
export function orderPaper(say: Say, order: OrderOfPaper): Paper {
  const said = (all: OrderOfPaper['answers']) =>
    all
      .map(({ onDay, text }) => say('order-answered', { day: dayWords(say, onDay), text: text ?? say('erased') }))
      .join('\n')
  const pair = (left: string, first: string, right: string, second: string): Row => ({
    cells: [label(say(left)), { text: first }, label(say(right)), { text: second }],
    lines: 1,
  })
  const wide = (key: string, text: string, lines: number): Row => ({
    cells: [label(say(key)), { text, span: 3 }],
    lines,
    breaks: true,
  })
  const title = order.duty.title ?? say('erased')
  const stamps = { draft: 'draft', withdrawn: 'order-withdrawn' } as const
  const stamp = order.status === 'draft' || order.status === 'withdrawn' ? { stamp: say(stamps[order.status]) } : {}
  return {
    title: say('order-title'),
    under: [order.number ?? say('order-number', { no: order.no, year: order.year })],
    blocks: [
      {
        as: 'table',
        columns: [8, 14, 8, 14],
        head: [],
        rows: [
          wide('order-matter', `${say('number', { no: order.duty.no })} ${title}`, 2),
          pair('order-unit', order.unit, 'order-approver', order.approver),
          pair(
            'order-issued',
            order.issuedOn === null ? '' : dayWords(say, order.issuedOn),
            'order-due',
            dayWords(say, order.dueOn),
          ),
          wide('order-reason', order.reason ?? say('erased'), 3),
          wide('order-answer', said(order.answers), 6),
          wide('order-signs', '', 2),
          wide('order-checks', said(order.remarks), 2),
        ],
      },
    ],
    pageNumbers: true,
    ...stamp,
  }
}
