import type { Role } from '../../../src/core/access/actor.ts'
import { listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { reviewProgress } from '../../../src/modules/duties/draft.contract.ts'
import { listDuties, myDuties } from '../../../src/modules/duties/duty.contract.ts'
import { inboxObligations, leadersOwed } from '../../../src/modules/obligations/inbox.contract.ts'
import { listObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import { listReports } from '../../../src/modules/reports/report.contract.ts'
import type { Arrive } from '../../lib/arrival.ts'
import { TodayAddress } from './address.ts'
import { branchOf, monthRead } from './branch.tsx'
import { dutyReads } from './duties.ts'
import { dueInMonth } from './month-panel.tsx'
import { inboxRead, unitInboxRead } from './owed.ts'

/** Those who keep the machine and have no business page. */
export const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** Begins the reads of the workbench, the slowest first; those that it turns out not to need cost an answer. */
export const arrive: Arrive = ({ session, search, begin }) => {
  const holder = session.onBehalfOf ?? session
  if (holder.roles.every((role) => administrators.includes(role))) return
  const { open } = TodayAddress.parse(search)
  const year = Number(session.today.slice(0, 4))
  const office = holder.roles.includes('office')
  const asked = dutyReads(year, open)
  begin(inboxObligations, inboxRead(open))
  begin(myDuties, asked.mine)
  for (const part of ['soon', 'late', 'stale', 'before'] as const) begin(listDuties, asked[part])
  if (office) {
    begin(reviewProgress, {})
    begin(listDocuments, { limit: 100 })
    begin(listReports, { limit: 100 })
  } else if (holder.roles.includes('secretary')) begin(leadersOwed, {})
  else {
    const unitId = branchOf(holder)?.unitId
    if (unitId) begin(listObligations, monthRead(unitId, session.today))
    if (unitId) begin(inboxObligations, unitInboxRead(unitId))
  }
  begin(listDuties, dueInMonth(session.today.slice(0, 7)))
  begin(listDuties, { year, counts: true, limit: 1 })
}
