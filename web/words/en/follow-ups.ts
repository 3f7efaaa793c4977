import type { Shape } from '../shape.ts'
import type { followUps as zh } from '../zh/follow-ups.ts'

export const followUps: Shape<typeof zh> = {
  title: 'Follow-up',
  sentence: '{{count}} follow-up orders in {{year}}.',
  erased: 'Erased',
  empty: 'No follow-up orders',
  emptyWhy:
    'Where a duty is late or has to be chased, draft an order on its page; the secretary or the leader in charge approves it.',
  list: {
    no: 'No.',
    duty: 'Duty',
    dutyNo: 'No. {{no}}',
    unit: 'Unit',
    approver: 'Approver',
    due: 'Answer by',
    state: 'State',
    count_one: '{{count}} order',
    count_other: '{{count}} orders',
  },
  status: {
    draft: 'To be approved',
    issued: 'To be answered',
    answered: 'Answered',
    closed: 'Closed',
    withdrawn: 'Withdrawn',
  },
  mark: {
    draft: 'To be approved',
    running: 'To be answered',
    due: 'Due soon',
    late: 'Not answered in time',
    answered: 'Answered',
    'answered-late': 'Answered late',
    closed: 'Closed',
    'closed-late': 'Closed late',
    withdrawn: 'Withdrawn',
  },
  event: {
    drafted: 'drafted',
    confirmed: 'approved and given',
    answered: 'answered',
    closed: 'closed',
    withdrawn: 'withdrawn',
  },
  panel: {
    title: 'Follow-up order {{no}} of {{year}}',
    course: 'What happened',
    step: '{{day}} {{who}}: {{what}}',
    behalf: '{{by}} for {{for}}',
    next: 'Next step',
    words: 'Words or answer',
    answerHint: 'How far it has come, what is left, and by when',
    wordsHint: 'Words; a reason where a given order is taken back',
  },
  verb: { confirm: 'Approve and give', answer: 'Answer', close: 'Close', withdraw: 'Withdraw' },
}
