import type { Writing } from '../../platform/action/action.ts'

/** What a version of an activity states in the clear, as far as others count by it. */
export interface Counted {
  readonly kind: string
  readonly also_kinds: readonly string[]
  readonly happened_on: string
  readonly unit_id: string
  readonly body: string
  readonly hours: number | null
  readonly expected: number | null
  readonly voters: number | null
  readonly present: number | null
  readonly topics: readonly string[]
  readonly countable: Readonly<Record<string, string | number | boolean>>
}

/** One activity before and after an act; null where there is none that counts. */
export interface Change {
  readonly before: Counted | null
  readonly after: Counted | null
}

/**
 * What another module does in the transaction in which activities are recorded, corrected or taken back. It is asked before
 * the changes are known, so that its own reads go to the database in one packet with those of the act.
 */
export type Teller = (ctx: Writing, changes: Promise<readonly Change[]>) => Promise<void>
const tellers: Teller[] = []

/** Lets a module take part in every act that changes activities. */
export function alsoTell(teller: Teller): void {
  tellers.push(teller)
}

/** Does the work of an act and tells whoever takes part what it changes; a refusal of the work is the one reported. */
export async function tellChanges<T>(
  ctx: Writing,
  work: T | Promise<T>,
  changesOf: (done: T) => readonly Change[],
): Promise<T> {
  const changes = Promise.resolve(work).then(changesOf)
  await Promise.all([changes, ...tellers.map((teller) => teller(ctx, changes))])
  return work
}
