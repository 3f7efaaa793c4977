import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { planItems } from '../../../src/modules/plans/plan.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.tsx'
import type { Unit } from '../activities/effects.ts'

const keepers: readonly string[] = ['branch-secretary', 'branch-officer', 'department-head']
const callers: readonly string[] = ['secretary', 'team-member', 'department-head', 'branch-secretary']

/** For which units the reader plans, and what: talks whoever holds a post that calls them. The server judges each again. */
export function useMayPlan(): { units: readonly Unit[]; kinds: readonly (typeof planItems)[number][] } {
  const session = useSession()
  const roles: readonly string[] = session?.roles ?? []
  const all = roles.includes('office')
  const keeps = all || roles.includes('secretary') || roles.some((role) => keepers.includes(role))
  const calls = all || roles.some((role) => callers.includes(role))
  const { data } = useQueryOf(unitTree, {}, { enabled: keeps })
  const everything = data?.items ?? []
  const heads = new Set(
    session?.holdings.flatMap(({ role, unitId }) => (keepers.includes(role) && unitId ? [unitId] : [])),
  )
  // Parents stand before children, so one pass reaches the whole subtree.
  for (const unit of everything) if (unit.parentId && heads.has(unit.parentId)) heads.add(unit.unitId)
  const units = all || roles.includes('secretary') ? everything : everything.filter(({ unitId }) => heads.has(unitId))
  return { units, kinds: [...(keeps ? (['activity', 'reading'] as const) : []), ...(calls ? (['talk'] as const) : [])] }
}
