import type { Calendar } from '../calendar/calendar.ts'
import type { Excuse, Fact, History } from './obligation.ts'
import type { Measure, Rule, RuleVersion, Window } from './rule.ts'

/** A measure in which every parameter stands as a number. */
export type SetMeasure = Measure
/** A window in which every parameter stands as a number or day. */
export type SetWindow = Window

/** A version of a rule in force for a bureau: parameters filled in, the bureau's changes laid over it. */
export interface RuleInForce {
  readonly from: string
  readonly to: string
  readonly article: string | null
  readonly says: RuleVersion['says']
  readonly who: RuleVersion['who']
  readonly window: SetWindow
  readonly need: readonly SetMeasure[]
  readonly partial: RuleVersion['partial']
  readonly silence: RuleVersion['silence']
  readonly ordinarilyIn: readonly [number, number] | null
  readonly readings: RuleVersion['readings']
  /** The bureau's own document where the bureau made it stricter; null for the shipped version. */
  readonly localSource: string | null
}

/** A rule that owes something in this bureau. */
export interface ActiveRule {
  readonly id: string
  readonly words: Rule['words']
  readonly strictness: Rule['strictness']
  /** True for 一般 and for every rule whose source waits for confirmation: never red. */
  readonly expected: boolean
  /** The badge 来源待确认. */
  readonly unconfirmed: boolean
  readonly visibility: Rule['visibility']
  readonly source: Rule['words']
  readonly versions: readonly RuleInForce[]
}

/** Everything that obligations follow from; the same day and world always give the same obligations. */
export interface World {
  readonly rules: readonly ActiveRule[]
  readonly history: History
  readonly facts: readonly Fact[]
  readonly excuses: readonly Excuse[]
  readonly calendar: Calendar
}
