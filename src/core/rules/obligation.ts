import type { PersonClass } from './rule.ts'

/** An inclusive run of civil days; an open end is `9999-12-31`. */
export interface Span {
  readonly from: string
  readonly to: string
}

/**
 * The organisation as far as rules read it, every row dated. Periods of one unit are disjoint. It is the same whether it
 * was read from tables or made by a test.
 */
export interface History {
  readonly bureauId: string
  /** Before this day nothing is known unless it was imported (decision 7). */
  readonly goLiveOn: string
  readonly units: readonly (Span & { unitId: string; parentId: string | null; kind: string })[]
  readonly posts: readonly (Span & { postId: string; unitId: string; kind: string })[]
  readonly appointments: readonly (Span & { appointmentId: string; postId: string; pid: string })[]
  /** `branchId` may be a subgroup; its branch is the unit above it. */
  readonly memberships: readonly (Span & { pid: string; branchId: string; standing: 'full' | 'probationary' })[]
  readonly classes: readonly (Span & { pid: string; class: PersonClass })[]
  /** Kinds of unit that hold members, subgroups too: a unit whose parent is of such a kind is no branch but part of one. */
  readonly memberKinds: readonly string[]
}

/** An activity as rules read it: the current version that is not withdrawn. */
export interface ActivityFact {
  readonly type: 'activity'
  readonly id: string
  readonly on: string
  /** Kind and the other kinds as which it counts too. */
  readonly kinds: readonly string[]
  readonly unitId: string
  readonly body: string
  readonly hours: number | null
  readonly expected: number | null
  readonly voters: number | null
  readonly present: number | null
  readonly topics: readonly string[]
  readonly countable: Readonly<Record<string, string | number | boolean>>
  readonly hostPid: string | null
  /** Who was present by name. */
  readonly attended: readonly string[]
}

/** A talk whose pair is still kept. */
export interface TalkFact {
  readonly type: 'talk'
  readonly id: string
  readonly on: string
  readonly kind: string
  readonly initiator: string
  readonly counterpart: string
}

/** A person states that a report is sent; the year is that of the window it is for, whenever he says so. */
export interface StatementFact {
  readonly type: 'statement'
  readonly id: string
  readonly on: string
  readonly statement: string
  readonly pid: string
  readonly year: number
}

/** A responsibility list for a year was issued, perhaps before that year; `unitId` is null for the bureau's own. */
export interface ListFact {
  readonly type: 'list'
  readonly id: string
  readonly on: string
  readonly year: number
  readonly unitId: string | null
}

/**
 * Hours that a person brings from before the records begin, for a window of several years. The balance stands for every
 * record of the person up to its day; of two balances the later one stands.
 */
export interface OpeningFact {
  readonly type: 'opening'
  readonly id: string
  /** The last day that the balance covers. */
  readonly on: string
  readonly pid: string
  /** The rule that it counts for. */
  readonly rule: string
  readonly amount: number
}

export type Fact = ActivityFact | TalkFact | StatementFact | ListFact | OpeningFact

/** A reason why something is not asked in a window; it stands up to and with the day `until`, without end where null. */
export interface Excuse {
  readonly rule: string
  readonly subject: string
  /** First day of the window that is excused. */
  readonly windowFrom: string
  readonly until: string | null
  readonly reason: string
}

/** Who owes: a unit, a post or a person, and the unit under which it is listed. */
export interface Subject {
  readonly type: 'unit' | 'post' | 'person'
  /** unitId, postId or pid. */
  readonly id: string
  readonly unitId: string
}

/**
 * How an obligation stands on a day.
 * `open` the window runs and not enough is recorded. `met` enough, in time. `late` enough, but after the due day.
 * `unmet` the due day is over. `excused`. `undetermined` a fact that decides is missing: it counts neither as met nor as
 * unmet. `upcoming` the window has not begun.
 */
export const outcomes = ['upcoming', 'open', 'met', 'late', 'unmet', 'excused', 'undetermined'] as const
export type Outcome = (typeof outcomes)[number]

/** A step of the reasoning: a code with its values, worded by `catalogue/words/obligations.yaml` in both languages. */
export interface TraceStep {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | null>>
}

/** A record that counted, and how much. */
export interface MetBy {
  readonly type: Fact['type']
  readonly id: string
  readonly on: string
  readonly amount: number
}

/**
 * Why a record did not count. Three say that a number or field is not stated, so that nobody knows: `number-missing`
 * (expected, present, entitled to vote, or what is added), `field-missing`, `no-hours`. The others say no: `topic`, `field`
 * (another value), `share` of those expected, `quorum`, `after-window`, `other-unit` (held by the unit above or below, or by
 * a kind of unit that may not).
 */
export const whys = [
  'topic',
  'field',
  'share',
  'quorum',
  'number-missing',
  'field-missing',
  'no-hours',
  'after-window',
  'other-unit',
] as const
export type Why = (typeof whys)[number]

/** A record that nearly counted, and why it did not. */
export interface Near {
  readonly type: Fact['type']
  readonly id: string
  readonly on: string
  readonly why: Why
  /** What is not stated, where that is why: a field of the kind, or `hours`, `expected`, `present`, `voters`. */
  readonly field?: string
}

/** What a subject owes by a rule in a window, as known on a day. */
export interface Obligation {
  /** `rule/subject/first day of the window`, without version, so that an excuse survives a new version (decision 10). */
  readonly id: string
  readonly rule: string
  /** First day of the version of the rule that the window belongs to. */
  readonly version: string
  readonly subject: Subject
  readonly window: Span
  readonly dueOn: string
  readonly outcome: Outcome
  /** True where the rule only expects (一般, 来源待确认): never red. */
  readonly expected: boolean
  /** What is asked and what is there, of the measure that came furthest. */
  readonly needed: number
  readonly counted: number
  /** `count`, `hours` or the field that is added. */
  readonly of: string
  /** The day on which enough was there. */
  readonly metOn: string | null
}

/** The same with its reasons: what met it, what nearly did, what is missing, and every step. */
export interface Explained extends Obligation {
  readonly metBy: readonly MetBy[]
  readonly near: readonly Near[]
  /** Records of which something is not stated that would decide; one that counts another way too stands here as well. */
  readonly unstated: readonly Near[]
  /** Facts that would decide an undetermined outcome. */
  readonly missing: readonly string[]
  readonly trace: readonly TraceStep[]
}
