import type { Scopes } from './scope.ts'

/** The roles of those whose work the bureau's is: every one of them has business pages, each within his own scope. */
export const businessRoles = [
  'secretary',
  'team-member',
  'office',
  'discipline',
  'department-head',
  'branch-secretary',
  'branch-officer',
  'member',
  'supervision-reader',
] as const

/**
 * What a post lets its holder do. The catalogue's post kinds name one of these; nothing else grants a right.
 * The three administrators hold no business role (decision: separation of administrators).
 */
export const roles = [...businessRoles, 'system-admin', 'security-admin', 'audit-admin'] as const
export type Role = (typeof roles)[number]

/** A role held today through one post, over some units (today's tree). */
export interface Holding {
  readonly role: Role
  readonly postId: string | null
  readonly units: 'all' | readonly string[]
}

/** Who acts: the person, what he holds today, and for whom he acts by mandate. */
export interface Actor {
  readonly orgId: number
  readonly accountId: string
  /** The person's id in this bureau; null for an account that belongs to no person (system administrator). */
  readonly pid: string | null
  readonly name: string
  readonly holdings: readonly Holding[]
  readonly scopes: Scopes
  /** Set when the act is done for somebody else under a dated mandate (decision 14). */
  readonly onBehalfOf: {
    readonly pid: string
    readonly mandateId: string
    /** What the principal holds, which stands among `holdings` too. */
    readonly holdings?: readonly Holding[]
  } | null
}

/** Whose day it is: the principal's while somebody acts for him, else the actor's own. What waits for whom is asked of this. */
export function dayOf(actor: Actor): { readonly pid: string | null; readonly holdings: readonly Holding[] } {
  const { onBehalfOf } = actor
  return onBehalfOf?.holdings ? { pid: onBehalfOf.pid, holdings: onBehalfOf.holdings } : actor
}

/** Claims that the actor holds the role over at least one of the units, or anywhere when no units are given. */
export function holds(actor: Actor, role: Role, units?: readonly (string | null)[]): boolean {
  return actor.holdings.some(
    (h) =>
      h.role === role &&
      (units === undefined ||
        h.units === 'all' ||
        units.some((u) => u !== null && h.units !== 'all' && h.units.includes(u))),
  )
}

/** One ground on which an act is allowed, in words for the access table and as a pure test. */
export interface Ground<S, I = unknown> {
  readonly says: string
  readonly test: (actor: Actor, subject: S, input: I) => boolean
}

/** Who may: any of the grounds is enough; no ground means nobody. */
export interface Access<S = unknown, I = unknown> {
  readonly grounds: readonly Ground<S, I>[]
}

/** Composes grounds: any one is enough. */
export function anyOf<S = unknown, I = unknown>(...grounds: Ground<S, I>[]): Access<S, I> {
  return { grounds }
}

/** Whoever holds one of the roles, over any unit. */
export function role<S = unknown, I = unknown>(...names: Role[]): Ground<S, I> {
  return { says: names.join(', '), test: (actor) => names.some((name) => holds(actor, name)) }
}

/** Whoever holds the role over a unit that the subject or the input names. */
export function roleOver<S = unknown, I = unknown>(
  name: Role,
  says: string,
  unitsOf: (subject: S, input: I) => readonly (string | null)[],
): Ground<S, I> {
  return { says: `${name} over ${says}`, test: (actor, subject, input) => holds(actor, name, unitsOf(subject, input)) }
}

/** The person whom the subject or the input names. */
export function self<S = unknown, I = unknown>(
  says: string,
  pidsOf: (subject: S, input: I) => readonly (string | null)[],
): Ground<S, I> {
  return {
    says: `self: ${says}`,
    test: (actor, subject, input) => actor.pid !== null && pidsOf(subject, input).includes(actor.pid),
  }
}

/** Anybody who is signed in. */
export const anyone: Ground<unknown, unknown> = { says: 'anyone signed in', test: () => true }

/** Narrows a ground by a further condition, worded for the access table. */
export function and<S, I>(
  ground: Ground<S, I>,
  says: string,
  also: (actor: Actor, subject: S, input: I) => boolean,
): Ground<S, I> {
  return {
    says: `${ground.says} (${says})`,
    test: (actor, subject, input) => ground.test(actor, subject, input) && also(actor, subject, input),
  }
}

/** Decides. */
export function allows<S, I>(access: Access<S, I>, actor: Actor, subject: S, input: I): boolean {
  return access.grounds.some((ground) => ground.test(actor, subject, input))
}
