import type { orderMarks } from '../../../src/core/notices/follow-order.ts'
import type { StateName } from '../../ui/states.ts'

/** How each mark of a follow-up order looks. */
export const stateOfOrder: Readonly<Record<(typeof orderMarks)[number], StateName>> = {
  draft: 'planned',
  running: 'progress',
  due: 'soon',
  late: 'late',
  answered: 'awaiting',
  'answered-late': 'awaiting',
  closed: 'done',
  'closed-late': 'goodlate',
  withdrawn: 'excused',
}
