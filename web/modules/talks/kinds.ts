import { type Kinds, kindsHeld } from '../../lib/kinds.ts'

/** What a talk of a kind keeps, the number below which it is not shown, and the months after which its pair is emptied. */
export type TalkKind = Kinds['talks'][number]

/** The kinds of talk of the bureau, in the order of the catalogue. */
export function talkKinds(): readonly TalkKind[] {
  return kindsHeld().talks
}

/** The closed list of audiences, by id. */
export function audiences(): readonly string[] {
  return kindsHeld().audiences.map(({ id }) => id)
}

/** Finds a kind by its id. */
export function talkKind(id: string): TalkKind | undefined {
  return kindsHeld().talks.find((kind) => kind.id === id)
}
