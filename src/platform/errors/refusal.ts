/**
 * A request that is understood and not carried out, with a code `noun/reason` from the words of the catalogue and the
 * facts that its wording needs. Everything else that is thrown is a defect and answers 500 without detail.
 */
export class Refusal extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** Stops the program's act where an invariant of its own does not hold. */
export function assert(claim: unknown, message: string): asserts claim {
  if (!claim) throw new Error(`invariant: ${message}`)
}
