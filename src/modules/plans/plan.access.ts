import { type Actor, anyOf, holds, role } from '../../core/access/actor.ts'

/** What a plan is about, as far as rights are judged by it. */
export interface Planned {
  readonly item: 'activity' | 'talk' | 'reading'
  readonly unitId: string
  readonly initiatorPostId: string | null
}

const keepers = ['branch-secretary', 'branch-officer', 'department-head'] as const

/** Claims that the actor plans this: talks whoever holds the post that calls them, everything else whoever keeps the unit. */
export function mayPlan(actor: Actor, plan: Planned): boolean {
  if (holds(actor, 'office')) return true
  if (plan.item === 'talk') return holdsPost(actor, plan.initiatorPostId)
  return holds(actor, 'secretary') || keepers.some((name) => holds(actor, name, [plan.unitId]))
}

const holdsPost = (actor: Actor, post: string | null) =>
  post !== null && actor.holdings.some(({ postId }) => postId === post)

/** Who plans, changes, closes and drops. */
export const change = anyOf<Planned, unknown>(
  role('office'),
  {
    says: `secretary, and ${keepers.join(', ')} over the unit, except talks`,
    test: (actor, plan) => plan.item !== 'talk' && mayPlan(actor, plan),
  },
  {
    says: 'talks: the holder of the post that calls them',
    test: (actor, plan) => plan.item === 'talk' && mayPlan(actor, plan),
  },
)

/** Who plans several at once: as for one, judged row by row. */
export const importing = anyOf<unknown, unknown>(role('office', 'secretary', 'team-member', ...keepers))
