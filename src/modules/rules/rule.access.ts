import { type Actor, and, anyOf, holds, role } from '../../core/access/actor.ts'

/** Claims that the actor is a person: what a rule rests on is said by somebody with a name. */
const isPerson = (actor: Actor) => actor.pid !== null

/** Who sets what was left to the bureau, imports its pack and takes either back. */
export const settle = anyOf<unknown, unknown>(role('office', 'secretary'))

/** Who confirms source and article of a rule. */
export const confirm = anyOf<unknown, unknown>(and(role('office', 'secretary'), 'a named person', isPerson))

/** Claims that the actor may set something of a rule. */
export const maySet = (actor: Actor) => holds(actor, 'office') || holds(actor, 'secretary')
