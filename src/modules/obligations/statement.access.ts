import { anyOf, type Ground, role } from '../../core/access/actor.ts'

const himself: Ground<{ pid: string | null }, unknown> = {
  says: 'self: the person who states it, never for another',
  test: (actor, subject) => actor.pid !== null && actor.onBehalfOf === null && subject.pid === actor.pid,
}

/** Who states and takes back: the person himself; no mandate reaches this far. */
export const ofHimself = anyOf<{ pid: string | null }, unknown>(himself)

/** The one handler who sees whose report is stated as sent. */
export const handler = anyOf<undefined, unknown>(role('office'))
