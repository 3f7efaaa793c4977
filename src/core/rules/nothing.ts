import type { Calendar } from '../calendar/calendar.ts'
import { holdsPost, type Organisation, organisationOf } from './history.ts'
import { eventsOf, recordsOf } from './records.ts'
import type { Rule } from './rule.ts'
import { clip } from './spans.ts'
import { type Bearer, bearersOf, bearerType, hasPosts, hasUnits } from './subjects.ts'
import { type DueWindow, hangsOnEvent, windowsOf } from './windows.ts'
import type { ActiveRule, World } from './world.ts'

/**
 * Why a rule asks nothing of somebody, each worded under `obligation-nothing/` in the catalogue: it waits for a named person,
 * for a number, or is only read; no window begins that day, or nothing happened that opens one; he is not meant by the rule, or
 * not on any day of it; on his first day the post, the part or the class was missing, or he held a post that is left out; he
 * was there for too short a time.
 */
export const nothings = [
  'rule-waits',
  'rule-open',
  'rule-read-only',
  'no-window',
  'no-event',
  'not-meant',
  'not-there',
  'no-post-in-unit',
  'no-part-of-unit',
  'no-post',
  'other-post',
  'other-class',
  'too-short',
] as const
export type Nothing = (typeof nothings)[number]

/** Why a rule that owes nothing in a bureau owes nothing: what its standing is, or that a number is not set. */
export function whyAsleep({ standing }: Pick<Rule, 'standing'>): Nothing {
  if (standing === 'documentation') return 'rule-read-only'
  return standing === 'dormant' ? 'rule-waits' : 'rule-open'
}

/** Why a rule in force asks nothing of a subject in the window that begins on a day. The world must hold its records. */
export function whyNothing(world: World, rule: ActiveRule, subjectId: string, windowFrom: string, on: string): Nothing {
  const organisation = organisationOf(world.history)
  const window = windowOf(world, organisation, rule, subjectId, windowFrom, on)
  if (window === null) return rule.versions.some((one) => hangsOnEvent(one.window)) ? 'no-event' : 'no-window'
  const { who } = window.version
  const spans = bearersOf(organisation, who).get(subjectId)
  if (spans === undefined) return 'not-meant'
  const days = clip(spans, window)
  const first = days[0]?.from
  if (first === undefined) return 'not-there'
  return faultOn(organisation, who, { type: bearerType(who), id: subjectId }, first) ?? 'too-short'
}

function windowOf(
  { calendar, facts }: Pick<World, 'facts'> & { calendar: Calendar },
  organisation: Organisation,
  rule: ActiveRule,
  subjectId: string,
  windowFrom: string,
  on: string,
): DueWindow | null {
  const version = rule.versions.find(({ from, to }) => from <= windowFrom && windowFrom <= to) ?? rule.versions[0]!
  const type = bearerType(version.who)
  const events = (event: Parameters<typeof eventsOf>[2]) =>
    eventsOf(organisation, recordsOf(facts), event, { type, id: subjectId }, on)
  const windows = windowsOf(rule, { from: windowFrom, to: windowFrom }, calendar, events)
  return windows.find(({ from }) => from === windowFrom) ?? null
}

/** What was missing on the first day that the subject covered; null where it was the number of days. */
function faultOn(
  organisation: Organisation,
  who: DueWindow['version']['who'],
  bearer: Bearer,
  day: string,
): Nothing | null {
  const having = 'having' in who ? who.having : undefined
  if (having?.posts && !hasPosts(organisation, bearer, having.posts, day)) return 'no-post-in-unit'
  if (having?.units && !hasUnits(organisation, bearer, having.units, day)) return 'no-part-of-unit'
  if (!('person' in who)) return null
  const { posts, except, class: classes } = who.person
  if (posts && !holdsPost(organisation, bearer.id, posts, day)) return 'no-post'
  if (except && holdsPost(organisation, bearer.id, except, day)) return 'other-post'
  const stated = organisation.classes.get(bearer.id)?.find(({ from, to }) => from <= day && day <= to)
  return classes && stated && !classes.includes(stated.class) ? 'other-class' : null
}
