import type { listObligations, matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import type { ObligationTab } from './search.ts'

/** A rule as the matrix names it. */
export type RuleColumn = OutputOf<typeof matrixObligations>['rules'][number]
/** A unit and its cells. */
export type UnitRow = OutputOf<typeof matrixObligations>['items'][number]
/** One thing owed. */
export type Owed = OutputOf<typeof listObligations>['items'][number]

const branchKinds = ['branch', 'general-branch', 'subgroup']

/** Whether a unit stands under the tab of the branches or of the bodies above them. */
export function unitInTab(kind: string, tab: ObligationTab): boolean {
  return branchKinds.includes(kind) === (tab === 'branches')
}

/** Whether what a rule asks stands under a tab: by who may see it, else by who owes it. */
export function ruleInTab(visibility: RuleColumn['visibility'], tab: ObligationTab): boolean {
  if (tab === 'talks') return visibility === 'talks'
  if (tab === 'hours') return visibility === 'training'
  if (tab === 'personal') return visibility === 'personal'
  return visibility === 'unit'
}
