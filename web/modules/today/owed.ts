import { inboxObligations, type leadersOwed } from '../../../src/modules/obligations/inbox.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import type { Part } from './address.ts'
import { FEW, MANY } from './duties.ts'

/** What the rules ask today. */
export type Inbox = OutputOf<typeof inboxObligations>
/** One rule and window, with who owes it. */
export type OwedGroup = Inbox['soon']['groups'][number]
/** One thing owed. */
export type OwedLine = OwedGroup['lines'][number]
/** The line of a leader. */
export type LeaderLine = OutputOf<typeof leadersOwed>['items'][number]

/** How much of what the rules ask the workbench reads. */
export const inboxRead = (open: Part | undefined) => ({ limit: open ? MANY : 2 * FEW })

/** What the rules ask of the units that the reader sees, and of himself. */
export function useInbox(enabled: boolean, open: Part | undefined) {
  return useQueryOf(inboxObligations, inboxRead(open), { enabled })
}

/** What the rules still ask of one unit, as it is read. */
export const unitInboxRead = (unitId: string) => ({ unitId, soonDays: 366, limit: MANY })

/** What the rules still ask of one unit in the windows that hold today, however far the due day is. */
export function useUnitInbox(unitId: string | undefined) {
  return useQueryOf(inboxObligations, unitInboxRead(unitId ?? ''), { enabled: unitId !== undefined })
}
