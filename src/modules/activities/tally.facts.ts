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

/** What another module does in the transaction in which activities are recorded, corrected or taken back. */
export type Teller = (ctx: Writing, changes: readonly Change[]) => Promise<void>
const tellers: Teller[] = []

/** Lets a module take part in every act that changes activities. */
export function alsoTell(teller: Teller): void {
  tellers.push(teller)
}

/** Tells whoever takes part what an act changes. */
export async function tellChanges(ctx: Writing, changes: readonly Change[]): Promise<void> {
  for (const teller of tellers) await teller(ctx, changes)
}
