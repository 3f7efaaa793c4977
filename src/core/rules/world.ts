import type { Calendar } from '../calendar/calendar.ts'
import type { WindowSize } from '../calendar/days.ts'
import type { Excuse, Fact, History } from './obligation.ts'
import type { Records } from './records.ts'
import type { FactPattern, Rule, RuleEvent, RuleVersion } from './rule.ts'

/** Enough of something, every parameter a number: a number of records, or a sum of hours or of a countable field. */
export type SetMeasure =
  | { readonly count: number; readonly of: FactPattern }
  | {
      readonly sum: string
      readonly amount: number
      readonly amount_for?: readonly { readonly posts: readonly string[]; readonly amount: number }[] | undefined
      readonly of: FactPattern
    }

/** Days, working days or months after something, as numbers. */
export type SetSpan = { readonly days: number } | { readonly working_days: number } | { readonly months: number }

/** A window in which every parameter stands as a number or day. */
export type SetWindow =
  | { readonly every: WindowSize }
  | { readonly years: number; readonly first: number }
  | { readonly by: string }
  | { readonly before: 'festivals'; readonly days: number; readonly festivals: readonly string[] }
  | {
      readonly after: RuleEvent
      readonly within: SetSpan
      readonly opens_before_end?: SetSpan | undefined
      readonly lead_days?: number | undefined
    }
  | { readonly notice: readonly [from: string, to: string] }

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
  /** The bureau's own document where the bureau made it stricter or set what was left to it; null for the shipped version. */
  readonly localSource: string | null
}

/** A rule that owes something in this bureau; its versions are in order of days and no two apply on one day. */
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
  /** The index of facts that were read in groups; then `facts` is empty, and nothing is explained from it. */
  readonly records?: Records
  readonly excuses: readonly Excuse[]
  readonly calendar: Calendar
}
