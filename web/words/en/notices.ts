import type { Shape } from '../shape.ts'
import type { notices as zh } from '../zh/notices.ts'

export const notices: Shape<typeof zh> = {
  title: 'Notices',
  sentence: '{{count}} now. The next morning digest: {{day}}, {{hour}}:00.',
  paper: 'Digest (docx)',
  empty: 'Nothing to remind you of',
  emptyWhy: 'A line goes when its matter is dealt with; nobody is told whether you looked.',
  duty: 'No. {{no}} {{title}}',
  order: 'Follow-up order {{no}} {{title}}',
  noun: { duty: 'Duty', obligation: 'Obligation', order: 'Follow-up order', reminder: 'Festival reminder' },
  part: { owner: 'Owner', leader: 'In charge', watcher: 'Watcher', approver: 'Approver', group: 'For information' },
  stage: {
    before: 'due {{day}}',
    due: 'due today',
    overdue: 'was due {{day}}',
    given: 'answer by {{day}}',
    confirm: 'waits for your approval',
    reminder: 'before the festival',
  },
}
