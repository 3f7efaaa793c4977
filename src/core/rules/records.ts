import { addDays } from '../calendar/days.ts'
import type { Gathered } from './groups.ts'
import type { Organisation } from './history.ts'
import { unitOn, unitsAbove } from './history.ts'
import type { ActivityFact, Fact, ListFact, OpeningFact, StatementFact, TalkFact } from './obligation.ts'
import type { FactPattern, RuleEvent } from './rule.ts'
import { type Bearer, everyPersonOf, everyUnitOf, personsOf, unitOf } from './subjects.ts'
import type { WindowEvent } from './windows.ts'

type ActivityPattern = Extract<FactPattern, { activity: unknown }>
type TalkPattern = Extract<FactPattern, { talk: unknown }>

/** The facts of a bureau, found by kind, unit and person; every list is in order of day and id. */
export interface Records {
  readonly byKind: ReadonlyMap<string, readonly ActivityFact[]>
  /** The activities of a kind by the unit that held them, by who was present or by who led; made when first asked for. */
  readonly standing: Map<string, Standing>
  /** The activities of a kind by the unit that held them and every unit above it on their day. */
  readonly below: WeakMap<Organisation, Map<string, Standing>>
  readonly talks: ReadonlyMap<string, readonly TalkFact[]>
  readonly statements: ReadonlyMap<string, readonly StatementFact[]>
  readonly openings: ReadonlyMap<string, readonly OpeningFact[]>
  readonly lists: readonly ListFact[]
  /** Activities that were read in groups; then there are none one by one. */
  readonly gathered: Gathered | null
}

type Standing = ReadonlyMap<string, readonly ActivityFact[]>

/** The index of facts of which the activities were read in groups. */
export function recordsFrom(gathered: Gathered): Records {
  return { ...indexOf(gathered.others), gathered }
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
  const byKind = new Map<string, ActivityFact[]>()
  const talks = new Map<string, TalkFact[]>()
  const statements = new Map<string, StatementFact[]>()
  const openings = new Map<string, OpeningFact[]>()
  const lists: ListFact[] = []
  for (const fact of facts.toSorted(byDay)) {
    if (fact.type === 'activity') for (const kind of new Set(fact.kinds)) put(byKind, kind, fact)
    else if (fact.type === 'talk') for (const pid of new Set([fact.initiator, fact.counterpart])) put(talks, pid, fact)
    else if (fact.type === 'statement') put(statements, fact.pid, fact)
    else if (fact.type === 'opening') put(openings, fact.pid, fact)
    else lists.push(fact)
  }
  return { byKind, standing: new Map(), below: new WeakMap(), talks, statements, openings, lists, gathered: null }
}

function put<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [row])
  else group.push(row)
}

function standingBy(
  cache: Map<string, Standing>,
  key: string,
  facts: readonly ActivityFact[],
  idsOf: (fact: ActivityFact) => readonly string[],
): Standing {
  const known = cache.get(key)
  if (known !== undefined) return known
  const groups = new Map<string, ActivityFact[]>()
  for (const fact of facts) for (const id of idsOf(fact)) put(groups, id, fact)
  cache.set(key, groups)
  return groups
}

/** The activities of a kind by the units or persons to which they stand in a way. */
function standingOf(
  organisation: Organisation,
  records: Records,
  by: Exclude<ActivityPattern['by'], 'bureau'>,
  kind: string,
): Standing {
  const facts = records.byKind.get(kind) ?? []
  if (by === 'below') {
    const cache = records.below.get(organisation) ?? new Map<string, Standing>()
    records.below.set(organisation, cache)
    return standingBy(cache, kind, facts, ({ unitId, on }) => unitsAbove(organisation, unitId, on))
  }
  const idsOf = {
    own: ({ unitId }: ActivityFact) => [unitId],
    attended: ({ attended }: ActivityFact) => [...new Set(attended)],
    led: ({ hostPid }: ActivityFact) => (hostPid === null ? [] : [hostPid]),
  }
  return standingBy(records.standing, `${by} ${kind}`, facts, idsOf[by])
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
  { activity: kinds, by }: Pick<ActivityPattern, 'activity' | 'by'>,
  bearer: Bearer,
  from: string,
  to: string,
): readonly ActivityFact[] {
  if (by === 'bureau') return mergedKinds(kinds.map((kind) => within(records.byKind.get(kind), from, to)))
  const byUnit = by === 'own' || by === 'below'
  const ids = byUnit ? everyUnitOf(organisation, bearer) : everyPersonOf(organisation, bearer)
  if (ids.length === 0) return []
  // Only posts and the units of persons change in time; whose list it is settles all other questions.
  if (bearer.type === (byUnit ? 'unit' : 'person')) {
    return mergedKinds(
      kinds.map((kind) => within(standingOf(organisation, records, by, kind).get(bearer.id), from, to)),
    )
  }
  const lists = kinds.flatMap((kind) => {
    const standing = standingOf(organisation, records, by, kind)
    return ids.map((id) => within(standing.get(id), from, to))
  })
  return merged(lists, (fact) => {
    if (!byUnit) return personsOf(organisation, bearer, fact.on).some((pid) => stands(fact, by, pid))
    const unitId = unitOf(organisation, bearer, fact.on)
    if (by === 'own' || unitId === undefined) return fact.unitId === unitId
    return unitsAbove(organisation, fact.unitId, fact.on).includes(unitId)
  })
}

function stands({ hostPid, attended }: ActivityFact, by: ActivityPattern['by'], pid: string): boolean {
  return by === 'led' ? hostPid === pid : attended.includes(pid)
}

/** Lists made one, each fact once, in order. */
function merged<F extends Fact>(lists: readonly (readonly F[])[], keep?: (fact: F) => boolean): readonly F[] {
  let all: readonly F[] = []
  let joined: F[] | null = null
  for (const list of lists) {
    if (list.length === 0) continue
    if (all.length === 0) all = list
    else {
      if (joined === null) all = joined = all.slice()
      for (const fact of list) joined.push(fact)
    }
  }
  if (joined !== null) all = [...new Set(joined)].sort(byDay)
  return keep === undefined || all.length === 0 ? all : all.filter(keep)
}

/** The lists of one party by kind made one: only what is of several kinds can stand in two of them. */
function mergedKinds(lists: readonly (readonly ActivityFact[])[]): readonly ActivityFact[] {
  let first: readonly ActivityFact[] | null = null
  let joined: ActivityFact[] | null = null
  for (const list of lists) {
    if (list.length === 0) continue
    if (first === null) first = list
    else {
      joined ??= first.slice()
      for (const fact of list) joined.push(fact)
    }
  }
  if (joined === null) return first ?? []
  return (joined.some(({ kinds }) => kinds.length > 1) ? [...new Set(joined)] : joined).sort(byDay)
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
