import { type Actor, and, anyOf, type Ground, holds, role } from '../../core/access/actor.ts'
import type { TalkKind } from '../../core/catalogue/kinds.ts'

type Shape = TalkKind['shape']

/** Whom a talk is recorded for: the person behind a mandate, else the actor. */
export function initiatorOf(actor: Actor): string | null {
  return actor.onBehalfOf?.pid ?? actor.pid
}

const ofShape = <S extends { shape: Shape }>(ground: Ground<S, unknown>, shape: Shape) =>
  and<S, unknown>(ground, `kinds of shape ${shape}`, (_, subject) => subject.shape === shape)

const led: Ground<{ shape: Shape }, unknown> = {
  says: 'whoever led the talk, or the office for him by mandate',
  test: (actor) => initiatorOf(actor) !== null,
}

/** Who records: pairs whoever led the talk, numbers those who hold them, group talks the leading group and its bodies. */
export const record = anyOf<{ shape: Shape }, unknown>(
  ofShape(led, 'pair'),
  ofShape(role('office', 'secretary', 'discipline'), 'number'),
  ofShape(role('office', 'secretary', 'discipline', 'team-member'), 'group'),
)

interface Kept {
  readonly shape: Shape
  readonly initiator: string | null
}

/** Claims that the actor may correct or take back the record: the office, whoever led the talk, and for numbers those who hold them. */
export function mayChange(actor: Actor, talk: Kept): boolean {
  if (holds(actor, 'office')) return true
  if (talk.shape === 'number') return holds(actor, 'secretary') || holds(actor, 'discipline')
  return talk.initiator !== null && talk.initiator === initiatorOf(actor)
}

/** Who corrects and takes back. */
export const change = anyOf<Kept, unknown>({
  says: 'office; whoever led the talk; numbers: secretary, discipline',
  test: (actor, talk) => mayChange(actor, talk),
})

/** Who empties pairs after their cycle; the program does it by itself every day. */
export const erase = anyOf<unknown, unknown>(role('office'))

/** Who reads the numbers of the whole bureau. */
export const counts = anyOf<unknown, unknown>(
  role('secretary', 'team-member', 'office', 'discipline', 'supervision-reader'),
)

/** Claims that the actor finds the records of number kinds in the list. */
export function seesNumberRecords(actor: Actor): boolean {
  return holds(actor, 'office') || holds(actor, 'secretary') || holds(actor, 'discipline')
}
