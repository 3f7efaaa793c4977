import { addDays } from '../calendar/days.ts'
import { type ActivityMeasure, countGroups, type GroupCount } from './groups.ts'
import { holdsPost, type Organisation } from './history.ts'
import { isUnknown, matchFact, unstatedField } from './match.ts'
import type { Fact, MetBy, Near, Outcome, Span, Why } from './obligation.ts'
import { openingOf, type Records, standingTo } from './records.ts'
import { countDays } from './spans.ts'
import { type Covered, personsOf } from './subjects.ts'
import type { DueWindow } from './windows.ts'
import type { RuleInForce, SetMeasure } from './world.ts'

/** Amounts are added as whole ten-thousandths, so that no sum depends on the order of its parts. */
const PARTS = 10_000

/** What a measure asks of a subject in a window, and what is there on a day. */
export interface Tally {
  readonly measure: SetMeasure
  readonly needed: number
  readonly counted: number
  readonly of: string
  /** The day on which enough was there; null while it is not. */
  readonly metOn: string | null
  /** Whether records of which something is not stated could be enough together with those that count. */
  readonly couldTip: boolean
  /** A balance that reaches to the eve of the go-live day, so that nothing before it is unknown. */
  readonly openingTo: string | null
  readonly metBy: readonly MetBy[]
  readonly near: readonly Near[]
}

/** Where a tally is made: the bureau's records, the rule, the window, the subject and the day asked about. */
export interface Scene {
  readonly organisation: Organisation
  readonly records: Records
  readonly rule: string
  readonly window: DueWindow
  readonly covered: Covered
  readonly on: string
}

/**
 * What the window asks of the subject by each measure, its share of days considered (decision 10); null where nothing is
 * owed: under half of the window, or a share that rounds down to nothing.
 */
export function neededBy({
  organisation,
  window,
  covered,
}: Pick<Scene, 'organisation' | 'window' | 'covered'>): readonly number[] | null {
  const { version } = window
  const whole = neededOfAll(version) ?? version.need.map((measure) => askedOf(organisation, measure, covered))
  if (version.partial === 'owed-in-full' || coversAll(covered, window)) return whole
  const length = countDays([window])
  const count = countDays(covered.days)
  if (version.partial === 'not-owed-under-half') return count * 2 >= length ? whole : null
  const shares = whole.map((amount) => Math.floor((Math.round(amount * PARTS) * count) / (length * PARTS)))
  return shares.includes(0) ? null : shares
}

const sameForAll = new WeakMap<RuleInForce, readonly number[] | null>()

/** What a version asks of everybody alike; null where it hangs on the post that somebody holds. */
function neededOfAll(version: RuleInForce): readonly number[] | null {
  const known = sameForAll.get(version)
  if (known !== undefined) return known
  const alike = version.need.every((measure) => 'count' in measure || measure.amount_for === undefined)
  const found = alike ? version.need.map((measure) => ('count' in measure ? measure.count : measure.amount)) : null
  sameForAll.set(version, found)
  return found
}

/** Whether a subject is one on every day of the window. */
export function coversAll({ days }: Covered, window: Span): boolean {
  return days[0]!.from === window.from && days[0]!.to === window.to
}

/** The amount of a measure, or the other one that it names for holders of posts, judged on the first covered day. */
function askedOf(organisation: Organisation, measure: SetMeasure, covered: Covered): number {
  if ('count' in measure) return measure.count
  const persons = personsOf(organisation, covered, covered.first)
  const other = measure.amount_for?.find(({ posts }) =>
    persons.some((pid) => holdsPost(organisation, pid, posts, covered.first)),
  )
  return other?.amount ?? measure.amount
}

/**
 * Counts the records of a subject for one measure, up to the day asked about; `metBy` is in order of days. Without
 * `reasons` the lists of records stay empty: most obligations are only counted.
 */
export function tallyOf(scene: Scene, measure: SetMeasure, needed: number, reasons = true): Tally {
  const { organisation, window, covered, on } = scene
  const opening = openingFor(scene, measure)
  const from = opening === undefined ? window.countsFrom : later(window.countsFrom, addDays(opening.on, 1))
  const to = earlier(window.countsTo, on)
  const enough = Math.round(needed * PARTS)
  if (scene.records.gathered !== null && 'activity' in measure.of) {
    const brought = opening === undefined ? 0 : Math.round(opening.amount * PARTS)
    const asked = { from, to, enough, brought }
    const found = countGroups(scene.records.gathered, organisation, measure as ActivityMeasure, covered, window, asked)
    const metOn = opening !== undefined && brought >= enough ? opening.on : found.metOn
    return talliedAs(measure, needed, found, metOn, opening?.on ?? null, NONE, NONE)
  }
  const facts = standingTo(organisation, scene.records, measure.of, covered, from, to)
  const metBy: MetBy[] = []
  const near: Near[] = []
  let [sum, possible] = [0, 0]
  let metOn: string | null = null
  const count = (type: Fact['type'], id: string, day: string, amount: number) => {
    sum += Math.round(amount * PARTS)
    if (metOn === null && sum >= enough) metOn = day
    if (reasons) metBy.push({ type, id, on: day, amount })
  }
  if (opening !== undefined) count('opening', opening.id, opening.on, opening.amount)
  for (const fact of facts) {
    const match = matchFact(organisation, measure, fact, covered, window)
    if (match === null) continue
    if (match.as === 'match') count(fact.type, fact.id, fact.on, match.amount)
    else {
      if (reasons) near.push(nearOf(measure, fact, match.why, window))
      if (isUnknown(match.why)) possible += match.amount ?? Number.POSITIVE_INFINITY
    }
  }
  return talliedAs(measure, needed, { sum, possible }, metOn, opening?.on ?? null, metBy, near)
}

const NONE: readonly never[] = []

function nearOf(measure: SetMeasure, fact: Fact, why: Why, window: DueWindow): Near {
  const { type, id, on } = fact
  const field = isUnknown(why) ? unstatedField(measure, fact, window) : null
  return { type, id, on, why, ...(field === null ? {} : { field }) }
}

function talliedAs(
  measure: SetMeasure,
  needed: number,
  { sum, possible }: Pick<GroupCount, 'sum' | 'possible'>,
  metOn: string | null,
  openingTo: string | null,
  metBy: readonly MetBy[],
  near: readonly Near[],
): Tally {
  const counted = sum / PARTS
  const couldTip = metOn === null && possible > 0 && counted + possible >= needed
  const of = 'count' in measure ? 'count' : measure.sum
  return { measure, needed, counted, of, metOn, couldTip, openingTo, metBy, near }
}

/** A balance of hours counts for sums of hours over what a person attended or led. */
function openingFor({ records, rule, window, covered, on }: Scene, measure: SetMeasure) {
  const { of } = measure
  if (covered.type !== 'person' || !('sum' in measure) || measure.sum !== 'hours') return undefined
  if (!('activity' in of) || (of.by !== 'attended' && of.by !== 'led')) return undefined
  return openingOf(records, covered.id, rule, window.from, earlier(window.to, on))
}

/** Of the alternatives the one met first; where none is met, the one that came furthest. The first wins where they are equal. */
export function decisive(tallies: readonly Tally[]): Tally {
  return tallies.reduce((best, one) => {
    if (best.metOn !== null || one.metOn !== null) {
      return one.metOn !== null && (best.metOn === null || one.metOn < best.metOn) ? one : best
    }
    return one.counted * best.needed > best.counted * one.needed ? one : best
  })
}

/** Why an outcome is what it is; the word after `undetermined` is what nobody knows. */
export type Because =
  | Exclude<Outcome, 'undetermined'>
  | 'undetermined-class'
  | 'undetermined-calendar'
  | 'undetermined-go-live'
  | 'undetermined-silence'
  | 'undetermined-record'

/** What the outcome of a window hangs on. */
export interface Standing {
  readonly window: DueWindow
  readonly covered: Covered
  readonly tallies: readonly Tally[]
  readonly on: string
  readonly goLiveOn: string
  readonly excused: boolean
}

/**
 * The outcome of a window on a day. What has not begun is upcoming; who is of no stated class owes nobody knows what; then
 * enough is met or late, an excuse excuses, an unexpired term is open. After it, silence is unmet only where everything
 * that decides is known: records before the go-live day, records without a number, the due day itself.
 */
export function outcomeOf(standing: Standing): Because {
  const { window, covered, tallies, on, goLiveOn, excused } = standing
  if (window.from > on) return 'upcoming'
  if (covered.missing.length > 0) return excused ? 'excused' : 'undetermined-class'
  const { metOn } = decisive(tallies)
  if (metOn !== null) return metOn <= window.dueOn ? 'met' : 'late'
  if (excused) return 'excused'
  if (on <= window.dueOn) return 'open'
  if (!window.certain) return 'undetermined-calendar'
  if (window.from < goLiveOn && !tallies.some(({ openingTo }) => reachesGoLive(openingTo, goLiveOn))) {
    return 'undetermined-go-live'
  }
  if (tallies.some(({ couldTip }) => couldTip)) return 'undetermined-record'
  return window.version.silence === 'undetermined' ? 'undetermined-silence' : 'unmet'
}

function reachesGoLive(openingTo: string | null, goLiveOn: string): boolean {
  return openingTo !== null && addDays(openingTo, 1) >= goLiveOn
}

/** The outcome without its reason. */
export function plainOutcome(because: Because): Outcome {
  return because.startsWith('undetermined') ? 'undetermined' : (because as Outcome)
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
