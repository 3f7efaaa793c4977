import type { OpinionRange } from './answer.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** A draft as far as it is compared. */
export interface ComparedDraft extends Span {
  readonly id: string
  readonly state: 'open' | 'confirmed' | 'rejected' | 'assigned'
  readonly kind: string
  readonly mode: string
  readonly subject: readonly string[]
}

/** In what an opinion differs from the drafts. */
export const differenceKinds = ['missing', 'extra', 'merge', 'split', 'border', 'kind', 'mode', 'subject'] as const

/** One difference: what the opinion says, the drafts that it is about, and where they would be cut. */
export interface Difference extends Span {
  readonly what: (typeof differenceKinds)[number]
  readonly draftIds: readonly string[]
  /** Offsets of a split. */
  readonly at: readonly number[]
  readonly kind: string | null
  readonly mode: string | null
  readonly subject: string | null
}

/** Drafts that both see alike, and the differences in the order of the text. */
export interface Comparison {
  readonly agreed: number
  readonly differences: readonly Difference[]
}

type Run = { readonly first: number; readonly last: number }
type Placed<T> = T & { readonly run: Run }

/**
 * Compares an opinion with the drafts of a review, by the clauses of which each holds at least half. Only passages about
 * which the opinion speaks (`parts`) are compared; what a person rejected is settled and not brought up again.
 */
export function compare(
  drafts: readonly ComparedDraft[],
  ranges: readonly OpinionRange[],
  clauses: readonly Span[],
  parts: readonly Span[],
): Comparison {
  const place = <T extends Span>(list: readonly T[]): Placed<T>[] =>
    list.flatMap((one) => {
      const run = runOf(one, clauses)
      return run === null ? [] : [{ ...one, run }]
    })
  const inParts = ({ run }: { run: Run }) =>
    parts.some((part) => part.start <= clauses[run.first]!.start && clauses[run.last]!.end <= part.end)
  const placed = place(drafts).filter(inParts)
  const live = placed.filter(({ state }) => state !== 'rejected')
  const settled = placed.filter(({ state }) => state === 'rejected')
  const said = place(ranges)
  const found: (Difference | null)[] = said.map((range) => differenceOf(range, live, said, settled))
  const extra = live
    .filter((draft) => !said.some((range) => meets(range.run, draft.run)))
    .map((draft) => difference('extra', draft, [draft.id], null))
  const split = new Set<string>()
  const differences = [...found, ...extra]
    .filter((one): one is Difference => one !== null)
    .filter(({ what, draftIds: [id] }) => what !== 'split' || (!split.has(id!) && split.add(id!)))
    .sort((a, b) => a.start - b.start)
  const agreed = live.filter(({ id }) => !differences.some(({ draftIds }) => draftIds.includes(id))).length
  return { agreed, differences }
}

function runOf(span: Span, clauses: readonly Span[]): Run | null {
  const held = clauses.flatMap((clause, index) => {
    const shared = Math.min(span.end, clause.end) - Math.max(span.start, clause.start)
    return shared > 0 && shared * 2 >= clause.end - clause.start ? [index] : []
  })
  return held.length === 0 ? null : { first: held[0]!, last: held.at(-1)! }
}

const meets = (a: Run, b: Run) => a.first <= b.last && b.first <= a.last
const within = (a: Run, b: Run) => b.first <= a.first && a.last <= b.last
const same = (a: Run, b: Run) => within(a, b) && within(b, a)

function differenceOf(
  range: Placed<OpinionRange>,
  live: readonly Placed<ComparedDraft>[],
  said: readonly Placed<OpinionRange>[],
  settled: readonly Placed<ComparedDraft>[],
): Difference | null {
  const met = live.filter((draft) => meets(draft.run, range.run))
  const [draft] = met
  if (draft === undefined)
    return settled.some(({ run }) => meets(run, range.run)) ? null : difference('missing', range, [], range)
  if (met.length > 1) {
    const all = met.every(({ run }) => within(run, range.run))
    const ids = met.map(({ id }) => id)
    return all ? difference('merge', range, ids, range) : difference('border', range, [draft.id], range)
  }
  const parts = said.filter(({ run }) => meets(run, draft.run))
  if (parts.length > 1 && parts.every(({ run }) => within(run, draft.run))) {
    const at = parts.slice(1).map(({ start }) => start)
    return { ...difference('split', draft, [draft.id], null), at }
  }
  if (!same(draft.run, range.run)) return difference('border', range, [draft.id], range)
  if (draft.kind !== range.kind) return difference('kind', range, [draft.id], range)
  if (draft.mode !== range.mode) return difference('mode', range, [draft.id], range)
  if (range.subject !== null && !draft.subject.includes(range.subject))
    return difference('subject', range, [draft.id], range)
  return null
}

function difference(
  what: Difference['what'],
  { start, end }: Span,
  draftIds: string[],
  range: OpinionRange | null,
): Difference {
  return {
    what,
    start,
    end,
    draftIds,
    at: [],
    kind: range?.kind ?? null,
    mode: range?.mode ?? null,
    subject: range?.subject ?? null,
  }
}
