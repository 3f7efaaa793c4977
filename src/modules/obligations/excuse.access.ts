import { type Actor, and, anyOf, type Ground, holds, role } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import type { Subject } from '../../core/rules/obligation.ts'
import type { Rule } from '../../core/rules/rule.ts'

/** What an excuse is about, as far as rights are judged by it. */
export interface Owed {
  readonly rule: string
  readonly visibility: Rule['visibility']
  /** True where the rule only expects: its reason field is the unit's own. */
  readonly expected: boolean
  readonly type: Subject['type']
  readonly subjectId: string
  /** The unit under which it is listed; null for what only the person himself and the Party office know. */
  readonly unitId: string | null
}

const both = (actor: Actor) => [actor.pid, actor.onBehalfOf?.pid ?? null].filter((pid) => pid !== null)

/** Claims that the actor, or whoever he acts for, is the person who owes. */
export function isThePerson(actor: Actor, owed: Owed): boolean {
  return owed.type === 'person' && both(actor).includes(owed.subjectId)
}

/** Claims that the actor holds the post that owes. */
export function holdsThePost(actor: Actor, owed: Owed): boolean {
  return owed.type === 'post' && actor.holdings.some(({ postId }) => postId === owed.subjectId)
}

/** Claims that the actor may know of what is owed: of persons as of talks, of units and posts by their unit. */
export function mayKnow(actor: Actor, owed: Owed): boolean {
  if (owed.type === 'person') return within(actor.scopes.talks, [owed.unitId], [owed.subjectId])
  if (holdsThePost(actor, owed)) return true
  const scope = owed.visibility === 'unit' ? actor.scopes.general : actor.scopes.talks
  return within(scope, [owed.unitId])
}

/** Claims that the actor is the unit's own secretary or head. */
function headsTheUnit(actor: Actor, { unitId }: Owed): boolean {
  if (unitId === null) return false
  return holds(actor, 'branch-secretary', [unitId]) || holds(actor, 'department-head', [unitId])
}

/** Claims that the actor states or takes back reasons of this kind. */
export function mayExcuse(actor: Actor, owed: Owed): boolean {
  if (!mayKnow(actor, owed)) return false
  if (holds(actor, 'office') || holds(actor, 'secretary')) return true
  return owed.expected && (headsTheUnit(actor, owed) || holdsThePost(actor, owed))
}

const stated = (ground: Ground<Owed, unknown>) =>
  and<Owed, unknown>(ground, 'of what he may know', (actor, owed) => mayKnow(actor, owed))

/** Who states why something is not asked, and who takes it back; that nobody excuses himself is refused with a word on it. */
export const excuse = anyOf<Owed, unknown>(
  stated(role('office', 'secretary')),
  stated({
    says: "expectations: the unit's own secretary or head, the holder of the post",
    test: (actor, owed) => owed.expected && (headsTheUnit(actor, owed) || holdsThePost(actor, owed)),
  }),
)
