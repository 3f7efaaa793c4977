import { yearOf } from '../calendar/days.ts'
import { holdsPost, type Organisation } from './history.ts'
import type { ActivityFact, Fact, TalkFact, Why } from './obligation.ts'
import type { FactPattern } from './rule.ts'
import { type Bearer, personsOf } from './subjects.ts'
import type { DueWindow } from './windows.ts'
import type { SetMeasure } from './world.ts'

/** The countable field that says whether anything was put to the vote; without a vote no quorum is asked. */
export const VOTE_HELD = 'vote-held'
/** The countable field that says how many of those entitled to vote were there. */
export const VOTERS_PRESENT = 'voters-present'

/** A festival of the window, where a pattern names a field's value so. */
export const FESTIVAL = '$festival'

/**
 * What a record is to a measure of a subject in a window: it counts with an amount (1 for a number of records), or it
 * nearly does. A near record whose `amount` is null would count for nobody knows how much.
 */
export type Match =
  | { readonly as: 'match'; readonly amount: number }
  | { readonly as: 'near'; readonly why: Why; readonly amount: number | null }

const UNKNOWN: readonly Why[] = ['number-missing', 'field-missing', 'no-hours']

/** Whether a near record may well be one that counts: a number or field of it is not stated. */
export function isUnknown(why: Why): boolean {
  return UNKNOWN.includes(why)
}

/**
 * Judges a record that stands to the subject as the pattern's `by` asks. What is certainly wrong is named before what is
 * not stated. Null where it has nothing to do with the window: a statement or list of another year, the event that began
 * the window, a talk with somebody else.
 */
export function matchFact(
  organisation: Organisation,
  measure: SetMeasure,
  fact: Fact,
  bearer: Bearer,
  window: DueWindow,
): Match | null {
  const pattern = measure.of
  if (window.events.length > 0 && window.events.some(({ id }) => id === fact.id)) return null
  if (fact.type === 'statement' || fact.type === 'list') {
    const fits = yearOf(window.from) <= fact.year && fact.year <= yearOf(window.to)
    return fits ? { as: 'match', amount: 1 } : null
  }
  if (fact.type === 'talk') return 'talk' in pattern && talkFits(organisation, pattern, fact, bearer) ? ONE : null
  if (fact.type !== 'activity' || !('activity' in pattern)) return null
  const amount = amountOf(measure, fact)
  const why = activityFault(pattern, fact, window) ?? (typeof amount === 'number' ? null : amount)
  if (why !== null) return { as: 'near', why, amount: typeof amount === 'number' ? amount : null }
  return amount === 1 ? ONE : { as: 'match', amount: amount as number }
}

const ONE: Match = { as: 'match', amount: 1 }

/** What a record adds, or why that is not known. */
function amountOf(measure: SetMeasure, fact: ActivityFact): number | Why {
  if ('count' in measure) return 1
  if (measure.sum === 'hours') return fact.hours ?? 'no-hours'
  const value = fact.countable[measure.sum]
  return typeof value === 'number' ? value : 'number-missing'
}

/** What keeps an activity from counting: the first thing that is certainly wrong, else the first that is not stated. */
export function activityFault(
  pattern: Extract<FactPattern, { activity: unknown }>,
  fact: ActivityFact,
  window: Pick<DueWindow, 'festivals'>,
): Why | null {
  const { bodies, topics } = pattern
  if (bodies && !bodies.includes(fact.body)) return 'other-unit'
  let unknown: Why | null = null
  for (const field in pattern.equals) {
    const why = fieldFault(fact.countable[field], pattern.equals[field]!, window)
    if (why === 'field') return why
    unknown ??= why
  }
  if (topics && !fact.topics.some((topic) => topics.includes(topic))) return 'topic'
  if (pattern.present) {
    const why = shareFault(fact, pattern.present)
    if (why === 'share') return why
    unknown ??= why
  }
  if (pattern.quorum) {
    const why = quorumFault(fact)
    if (why === 'quorum') return why
    unknown ??= why
  }
  return unknown
}

/** What of a record is not stated that decides whether, or for how much, it counts; null where everything is. */
export function unstatedField(measure: SetMeasure, fact: Fact, window: Pick<DueWindow, 'festivals'>): string | null {
  const pattern = measure.of
  if (fact.type !== 'activity' || !('activity' in pattern)) return null
  const { countable, hours, expected, present, voters } = fact
  for (const [field, asked] of Object.entries(pattern.equals ?? {}))
    if (fieldFault(countable[field], asked, window) === 'field-missing') return field
  if (pattern.present && expected === null) return 'expected'
  if (pattern.present && present === null) return 'present'
  if (pattern.quorum && quorumFault(fact) === 'number-missing') return voters === null ? 'voters' : VOTERS_PRESENT
  if (!('sum' in measure)) return null
  if (measure.sum === 'hours') return hours === null ? 'hours' : null
  return typeof countable[measure.sum] === 'number' ? null : measure.sum
}

type FieldValue = string | number | boolean

function fieldFault(
  stated: FieldValue | undefined,
  asked: FieldValue | readonly string[],
  window: Pick<DueWindow, 'festivals'>,
): 'field' | 'field-missing' | null {
  if (stated === undefined) return 'field-missing'
  const values: readonly FieldValue[] = typeof asked === 'object' ? asked : [asked]
  const fits = values.some((value) =>
    value === FESTIVAL ? window.festivals.includes(String(stated)) : value === stated,
  )
  return fits ? null : 'field'
}

function shareFault(
  { expected, present }: ActivityFact,
  [over, under]: readonly [number, number],
): 'share' | 'number-missing' | null {
  if (expected === null || present === null) return 'number-missing'
  return present * under >= expected * over ? null : 'share'
}

/** At least half of those entitled to vote must be there where a vote was held, and nowhere else (decision 11). */
function quorumFault({ voters, countable }: ActivityFact): 'quorum' | 'number-missing' | null {
  if (countable[VOTE_HELD] !== true) return null
  const present = countable[VOTERS_PRESENT]
  if (voters === null || typeof present !== 'number') return 'number-missing'
  return present * 2 >= voters ? null : 'quorum'
}

/** Whether the other side of the talk held one of the posts `with` on its day, and none of `without`. */
function talkFits(
  organisation: Organisation,
  pattern: Extract<FactPattern, { talk: unknown }>,
  { initiator, counterpart, on }: TalkFact,
  bearer: Bearer,
): boolean {
  const own = personsOf(organisation, bearer, on)
  const pairs: [mine: string, other: string][] = []
  if (pattern.by !== 'counterpart') pairs.push([initiator, counterpart])
  if (pattern.by !== 'initiator') pairs.push([counterpart, initiator])
  return pairs.some(
    ([mine, other]) =>
      own.includes(mine) &&
      (pattern.with === undefined || holdsPost(organisation, other, pattern.with, on)) &&
      (pattern.without === undefined || !holdsPost(organisation, other, pattern.without, on)),
  )
}
