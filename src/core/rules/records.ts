import { addDays } from '../calendar/days.ts'
import type { Organisation } from './history.ts'
import { isWithin, unitOn } from './history.ts'
import type { ActivityFact, Fact, ListFact, OpeningFact, StatementFact, TalkFact } from './obligation.ts'
import type { FactPattern, RuleEvent } from './rule.ts'
import { type Bearer, everyPersonOf, everyUnitOf, personsOf, unitOf } from './subjects.ts'
import type { WindowEvent } from './windows.ts'

type ActivityPattern = Extract<FactPattern, { activity: unknown }>
type TalkPattern = Extract<FactPattern, { talk: unknown }>

/** The facts of a bureau, found by kind, unit and person; every list is in order of day and id. */
export interface Records {
  readonly byKind: ReadonlyMap<string, readonly ActivityFact[]>
  /** Keys are `kind unitId`. */
  readonly byUnit: ReadonlyMap<string, readonly ActivityFact[]>
  readonly attended: ReadonlyMap<string, readonly ActivityFact[]>
  readonly led: ReadonlyMap<string, readonly ActivityFact[]>
  readonly talks: ReadonlyMap<string, readonly TalkFact[]>
  readonly statements: ReadonlyMap<string, readonly StatementFact[]>
  readonly openings: ReadonlyMap<string, readonly OpeningFact[]>
  readonly lists: readonly ListFact[]
}

const indexed = new WeakMap<readonly Fact[], Records>()

/** The index of a list of facts; built once for each. */
export function recordsOf(facts: readonly Fact[]): Records {
  const known = indexed.get(facts)
  if (known !== undefined) return known
  const records = indexOf(facts)
  indexed.set(facts, records)
  return records
}

function indexOf(facts: readonly Fact[]): Records {
  const sorted = facts.toSorted(byDay)
  const byKind = new Map<string, ActivityFact[]>()
  const byUnit = new Map<string, ActivityFact[]>()
  const attended = new Map<string, ActivityFact[]>()
  const led = new Map<string, ActivityFact[]>()
  const talks = new Map<string, TalkFact[]>()
  const statements = new Map<string, StatementFact[]>()
  const openings = new Map<string, OpeningFact[]>()
  const lists: ListFact[] = []
  for (const fact of sorted) {
    if (fact.type === 'activity') {
      for (const kind of new Set(fact.kinds)) {
        put(byKind, kind, fact)
        put(byUnit, `${kind} ${fact.unitId}`, fact)
      }
      for (const pid of new Set(fact.attended)) put(attended, pid, fact)
      if (fact.hostPid !== null) put(led, fact.hostPid, fact)
    } else if (fact.type === 'talk') {
      for (const pid of new Set([fact.initiator, fact.counterpart])) put(talks, pid, fact)
    } else if (fact.type === 'statement') put(statements, fact.pid, fact)
    else if (fact.type === 'opening') put(openings, fact.pid, fact)
    else lists.push(fact)
  }
  return { byKind, byUnit, attended, led, talks, statements, openings, lists }
}

function put<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [row])
  else group.push(row)
}

/** The order in which facts count: by day, on one day by id. */
export function byDay(a: { on: string; id: string }, b: { on: string; id: string }): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The part of a list in order of days that lies in the days `from` to `to`. */
function within<F extends Fact>(facts: readonly F[] | undefined, from: string, to: string): readonly F[] {
  if (facts === undefined || facts.length === 0 || from > to) return []
  const start = place(facts, (day) => day < from)
  const end = place(facts, (day) => day <= to)
  return start === 0 && end === facts.length ? facts : facts.slice(start, end)
}

/** How many facts at the head of the list fulfil a condition that only facts at its head fulfil. */
function place(facts: readonly Fact[], before: (day: string) => boolean): number {
  let low = 0
  let high = facts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(facts[middle]!.on)) low = middle + 1
    else high = middle
  }
  return low
}

/** What a pattern reads: everything of its sort that stands to the subject as `by` asks, on days `from` to `to`, in order. */
export function standingTo(
  organisation: Organisation,
  records: Records,
  pattern: FactPattern,
  bearer: Bearer,
  from: string,
  to: string,
): readonly Fact[] {
  if ('activity' in pattern) return activities(organisation, records, pattern, bearer, from, to)
  const people = everyPersonOf(organisation, bearer)
  const acts = (pid: string, day: string) => personsOf(organisation, bearer, day).includes(pid)
  if ('talk' in pattern) {
    return merged(
      people.map((pid) => within(records.talks.get(pid), from, to)),
      (talk) => pattern.talk.includes(talk.kind) && sides(pattern, talk).some((pid) => acts(pid, talk.on)),
    )
  }
  if ('statement' in pattern) {
    return merged(
      people.map((pid) => within(records.statements.get(pid), '', to)),
      ({ statement, pid, on }) => statement === pattern.statement && acts(pid, on),
    )
  }
  return within(records.lists, '', to).filter(({ unitId, on }) =>
    pattern.list === 'bureau' ? unitId === null : unitId !== null && unitId === unitOf(organisation, bearer, on),
  )
}

/** The persons of a talk who may be the subject. */
function sides({ by }: TalkPattern, { initiator, counterpart }: TalkFact): readonly string[] {
  return by === 'initiator' ? [initiator] : by === 'counterpart' ? [counterpart] : [initiator, counterpart]
}

function activities(
  organisation: Organisation,
  records: Records,
  pattern: ActivityPattern,
  bearer: Bearer,
  from: string,
  to: string,
): readonly ActivityFact[] {
  const { activity: kinds, by } = pattern
  const ofKinds = (lists: ReadonlyMap<string, readonly ActivityFact[]>, suffix = '') =>
    kinds.map((kind) => within(lists.get(kind + suffix), from, to))
  if (by === 'bureau') return merged(ofKinds(records.byKind), () => true)
  if (by === 'own') {
    const lists = everyUnitOf(organisation, bearer).flatMap((unitId) => ofKinds(records.byUnit, ` ${unitId}`))
    return merged(lists, (fact) => fact.unitId === unitOf(organisation, bearer, fact.on))
  }
  if (by === 'below') {
    return merged(ofKinds(records.byKind), (fact) => {
      const top = unitOf(organisation, bearer, fact.on)
      return top !== undefined && isWithin(organisation, fact.unitId, top, fact.on)
    })
  }
  const people = everyPersonOf(organisation, bearer)
  const lists = people.map((pid) => within((by === 'led' ? records.led : records.attended).get(pid), from, to))
  return merged(lists, (fact) => {
    if (!fact.kinds.some((kind) => kinds.includes(kind))) return false
    const persons = personsOf(organisation, bearer, fact.on)
    return persons.some((pid) => (by === 'led' ? fact.hostPid === pid : fact.attended.includes(pid)))
  })
}

/** Lists made one, each fact once, in order. */
function merged<F extends Fact>(lists: readonly (readonly F[])[], keep: (fact: F) => boolean): readonly F[] {
  const filled = lists.filter((list) => list.length > 0)
  if (filled.length === 0) return []
  if (filled.length === 1) return filled[0]!.filter(keep)
  return [...new Set(filled.flat())].filter(keep).toSorted(byDay)
}

/** The balance that stands for a person's records up to its day, for a rule and a window, as known on a day. */
export function openingOf(
  records: Records,
  pid: string,
  rule: string,
  from: string,
  to: string,
): OpeningFact | undefined {
  return within(records.openings.get(pid), from, to)
    .filter((opening) => opening.rule === rule)
    .at(-1)
}

/**
 * The events of a subject up to a day: activities of its unit, or appointments (of a person: his, of a post: to it, of a
 * unit: in it). An appointment that follows another of the same person to the same post day on day is no new one.
 */
export function eventsOf(
  organisation: Organisation,
  records: Records,
  event: RuleEvent,
  bearer: Bearer,
  on: string,
): readonly WindowEvent[] {
  if ('activity' in event) {
    const pattern: ActivityPattern = { activity: event.activity, by: 'own' }
    return activities(organisation, records, pattern, bearer, '', on).filter(({ countable }) =>
      Object.entries(event.equals ?? {}).every(([field, value]) => countable[field] === value),
    )
  }
  const { holdingsOfPerson, holdingsOfPost, holdingsOfUnit } = organisation
  const lists = { person: holdingsOfPerson, post: holdingsOfPost, unit: holdingsOfUnit }
  const holdings = (lists[bearer.type].get(bearer.id) ?? []).filter(({ kind }) => event.appointment.includes(kind))
  const goesOn = (one: (typeof holdings)[number]) =>
    holdings.some((other) => other.postId === one.postId && other.pid === one.pid && follows(one, other))
  return holdings.filter((one) => !goesOn(one)).map(({ appointmentId, from }) => ({ id: appointmentId, on: from }))
}

function follows(one: { from: string }, other: { from: string; to: string }): boolean {
  return other.from < one.from && addDays(other.to, 1) >= one.from
}

/** Whether an activity was held by the unit directly above a subject's unit or directly below it, and not by that unit. */
export function heldNextTo(organisation: Organisation, fact: ActivityFact, unitId: string): boolean {
  if (fact.unitId === unitId) return false
  const own = unitOn(organisation, unitId, fact.on)
  return own?.parentId === fact.unitId || unitOn(organisation, fact.unitId, fact.on)?.parentId === unitId
}
