import { daysBetween } from '../../../src/core/calendar/days.ts'
import type { Outcome } from '../../../src/core/rules/obligation.ts'
import type { StateName } from '../../ui/states.ts'

const SOON_DAYS = 14

/** What an obligation looks like: red only where a hard deadline has passed. */
export function stateOf(
  line: { outcome: Outcome; expected: boolean; dueOn: string; plannedOn?: string | null },
  today: string,
): StateName {
  switch (line.outcome) {
    case 'met':
      return 'done'
    case 'late':
      return 'goodlate'
    case 'excused':
      return 'excused'
    case 'undetermined':
      return 'unknown'
    case 'unmet':
      return line.expected ? 'expected' : 'late'
    case 'upcoming':
      return 'notdue'
    case 'open':
      if (line.plannedOn) return 'planned'
      return daysBetween(today, line.dueOn) <= SOON_DAYS ? 'soon' : 'notdue'
  }
}
