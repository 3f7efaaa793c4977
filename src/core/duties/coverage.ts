/** What a clause is: part of a duty, or one of the things that nobody has to carry out; `left` is undecided on purpose. */
export const clauseStates = ['duty', 'principle', 'quotation', 'background', 'undecided', 'left'] as const
export type ClauseState = (typeof clauseStates)[number]

interface Span {
  readonly start: number
  readonly end: number
}

/** A clause as the reader judged it. */
export interface JudgedClause extends Span {
  readonly state: ClauseState
  /** The span of the duty that the reader gave the clause to; owners in brackets stand outside it and go with it. */
  readonly of?: Span | null
}

/** A draft as far as coverage needs it. */
export interface CoveringDraft extends Span {
  readonly rejected: boolean
}

/** How many clauses are what; the sum of all but `clauses` is `clauses`. */
export type CoverageCount = Readonly<Record<ClauseState, number>> & { readonly clauses: number }

/**
 * The state of every clause under review: a person's word first (`decided`, by start), then the drafts that cover at
 * least half of it, then what the reader said. A clause whose drafts were moved away is undecided again, so that none
 * is lost silently; under a draft that is no duty it is background. A clause that only belongs to a duty (the brackets
 * that name its owners) is what the duty itself has become.
 */
export function clauseStatesOf(
  clauses: readonly JudgedClause[],
  drafts: readonly CoveringDraft[],
  decided: ReadonlyMap<number, ClauseState>,
): ClauseState[] {
  const live = drafts.filter((draft) => !draft.rejected)
  const rejected = drafts.filter((draft) => draft.rejected)
  return clauses.map((clause) => {
    const word = decided.get(clause.start)
    if (word !== undefined) return word
    if (covers(live, clause)) return 'duty'
    if (clause.state !== 'duty') return clause.state
    const beside = clause.of && !overlap(clause.of, clause) ? clause.of : null
    if (beside && covers(live, beside)) return 'duty'
    return covers(rejected, beside ?? clause) ? 'background' : 'undecided'
  })
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function covers(spans: readonly Span[], clause: Span): boolean {
  let shared = 0
  for (const span of spans) shared += Math.max(0, Math.min(span.end, clause.end) - Math.max(span.start, clause.start))
  return shared * 2 >= clause.end - clause.start
}

/** Counts states. */
export function countCoverage(states: readonly ClauseState[]): CoverageCount {
  const count: Record<ClauseState, number> & { clauses: number } = {
    clauses: states.length,
    duty: 0,
    principle: 0,
    quotation: 0,
    background: 0,
    undecided: 0,
    left: 0,
  }
  for (const state of states) count[state]++
  return count
}
