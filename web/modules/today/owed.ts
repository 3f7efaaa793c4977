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

/** What the rules ask of the units that the reader sees, and of himself. */
export function useInbox(enabled: boolean, open: Part | undefined) {
  return useQueryOf(inboxObligations, { limit: open ? MANY : 2 * FEW }, { enabled })
}

/** What the rules still ask of one unit in the windows that hold today, however far the due day is. */
export function useUnitInbox(unitId: string | undefined) {
  return useQueryOf(
    inboxObligations,
    { unitId: unitId ?? '', soonDays: 366, limit: MANY },
    { enabled: unitId !== undefined },
  )
}
