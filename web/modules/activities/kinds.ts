import { type Kinds, kindsHeld } from '../../lib/kinds.ts'

export { type KindWords, useKindWords } from '../../lib/kinds.ts'

/** A kind of activity as a page needs it: who holds it, how attendance is taken, whether votes are. */
export type ActivityKind = Kinds['activities'][number]
/** A field of one kind's own. */
export type KindField = ActivityKind['fields'][number]

/** The kinds of activity of the bureau, in the order of the catalogue. */
export function activityKinds(): readonly ActivityKind[] {
  return kindsHeld().activities
}

/** Finds a kind by its id. */
export function activityKind(id: string): ActivityKind | undefined {
  return kindsHeld().activities.find((kind) => kind.id === id)
}

/** The status of whoever came. */
export const PRESENT = 'present'

/** How somebody can be away, the one that is taken when nothing is said first. */
export function reasonsAway(): readonly string[] {
  const rows = kindsHeld().statuses.filter(({ countsAs }) => countsAs !== 'present')
  const unsaid = rows.findLast(({ countsAs }) => countsAs === 'excused')
  return [...(unsaid ? [unsaid] : []), ...rows.filter((row) => row !== unsaid)].map(({ id }) => id)
}

/** How somebody stands who was taken out with one click. */
export function awayUnsaid(): string {
  return reasonsAway()[0] ?? ''
}
