import type { Organisation } from './history.ts'
import { unitsAbove } from './history.ts'
import { isUnknown, matchFact } from './match.ts'
import type { ActivityFact, Fact } from './obligation.ts'
import type { FactPattern } from './rule.ts'
import { type Bearer, everyPersonOf, personsOf } from './subjects.ts'
import type { DueWindow } from './windows.ts'
import type { SetMeasure } from './world.ts'

type ActivityPattern = Extract<FactPattern, { activity: unknown }>

/** A measure that reads activities. */
export type ActivityMeasure = SetMeasure & { readonly of: ActivityPattern }

/**
 * Activities of one unit or person that are alike in everything that some rule asks of their kind, and their days as
 * numbers since 1970-01-01, in order. `fact` is one of them, without a day and without an id.
 */
export interface FactGroup {
  readonly fact: ActivityFact
  readonly days: readonly number[]
}

/** Groups by the unit or person to whom they stand. */
export type GroupsByParty = ReadonlyMap<string, readonly FactGroup[]>

/**
 * Activities that were read in groups, and all other facts. They serve windows of the calendar, not those that hang on
 * events, and units and persons whose own they are.
 */
export interface Gathered {
  /** By kind, for patterns that count them for everybody. */
  readonly everywhere: ReadonlyMap<string, readonly FactGroup[]>
  /** By way, then by kind: by the unit or person. */
  readonly standing: ReadonlyMap<Standing, ReadonlyMap<string, GroupsByParty>>
  readonly others: readonly Exclude<Fact, ActivityFact>[]
}

/** How a record stands to a unit or person: held by it, attended or led by him. */
export type Standing = 'own' | 'attended' | 'led'

/** What groups say of a measure: amounts are ten-thousandths, `possible` is what might count besides. */
export interface GroupCount {
  readonly sum: number
  readonly metOn: string | null
  readonly possible: number
}

const PARTS = 10_000
const DAY_MS = 86_400_000
const numbers = new Map<string, number>()
const days: string[] = []

/** The number of a civil day since 1970-01-01. */
export function dayNumber(day: string): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const number = Date.parse(day) / DAY_MS
  if (numbers.size > 50_000) numbers.clear()
  numbers.set(day, number)
  return number
}

/** The civil day of a number. */
function dayOf(number: number): string {
  const known = number >= 0 ? days[number] : undefined
  if (known !== undefined) return known
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10)
  if (number >= 0) days[number] = day
  return day
}

/** How many of the days lie before a day. */
function before(list: readonly number[], day: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < day) low = middle + 1
    else high = middle
  }
  return low
}

const belowOf = new WeakMap<Gathered['standing'], WeakMap<Organisation, Map<string, GroupsByParty>>>()

/** The groups of a kind by the unit that held them and every unit above it, each on its day. */
function groupsBelow(gathered: Gathered, organisation: Organisation, kind: string): GroupsByParty {
  const byOrganisation = belowOf.get(gathered.standing) ?? new WeakMap<Organisation, Map<string, GroupsByParty>>()
  belowOf.set(gathered.standing, byOrganisation)
  const byKind = byOrganisation.get(organisation) ?? new Map<string, GroupsByParty>()
  byOrganisation.set(organisation, byKind)
  const known = byKind.get(kind)
  if (known !== undefined) return known
  const found = new Map<string, FactGroup[]>()
  for (const [unitId, groups] of gathered.standing.get('own')?.get(kind) ?? []) {
    for (const { fact, days: all } of groups) {
      const lists = new Map<string, number[]>()
      for (const day of all) for (const top of unitsAbove(organisation, unitId, dayOf(day))) put(lists, top, day)
      for (const [top, list] of lists) put(found, top, { fact, days: list })
    }
  }
  byKind.set(kind, found)
  return found
}

function put<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [row])
  else group.push(row)
}

/** The groups that a pattern reads for a subject; what is of several kinds stands there once. */
function groupsFor(
  gathered: Gathered,
  organisation: Organisation,
  { activity: kinds, by }: ActivityPattern,
  bearer: Bearer,
): readonly FactGroup[] {
  const listOf = (kind: string): readonly FactGroup[] | undefined => {
    if (by === 'bureau') return gathered.everywhere.get(kind)
    if (by === 'below') return groupsBelow(gathered, organisation, kind).get(bearer.id)
    const standing = gathered.standing.get(by)?.get(kind)
    if (standing === undefined || bearer.type !== 'post') return standing?.get(bearer.id)
    return everyPersonOf(organisation, bearer).flatMap((pid) =>
      (standing.get(pid) ?? []).map(({ fact, days: all }) => {
        const his = all.filter((day) => personsOf(organisation, bearer, dayOf(day)).includes(pid))
        return { fact, days: his }
      }),
    )
  }
  if (kinds.length === 1) return listOf(kinds[0]!) ?? NONE
  const found: FactGroup[] = []
  for (const kind of kinds) {
    for (const group of listOf(kind) ?? NONE) {
      if (group.fact.kinds.length === 1 || !found.some(({ fact }) => fact === group.fact)) found.push(group)
    }
  }
  return found
}

const NONE: readonly FactGroup[] = []

/**
 * Counts the groups of a subject for a measure, on days `from` to `to`; `sum` and `enough` are ten-thousandths, and what
 * was brought along counts before everything else.
 */
export function countGroups(
  gathered: Gathered,
  organisation: Organisation,
  measure: ActivityMeasure,
  bearer: Bearer,
  window: DueWindow,
  { from, to, enough, brought }: { from: string; to: string; enough: number; brought: number },
): GroupCount {
  if (from > to) return { sum: brought, metOn: null, possible: 0 }
  const [first, end] = [dayNumber(from), dayNumber(to) + 1]
  let [sum, possible] = [brought, 0]
  // Mostly one group counts: only for more of them is a list made.
  let only: Counted | null = null
  let counted: Counted[] | null = null
  for (const { fact, days: list } of groupsFor(gathered, organisation, measure.of, bearer)) {
    const start = before(list, first)
    const stop = before(list, end)
    if (start === stop) continue
    const match = matchFact(organisation, measure, fact, bearer, window)
    if (match === null) continue
    if (match.as === 'match') {
      const part = Math.round(match.amount * PARTS)
      sum += part * (stop - start)
      const one = { list, start, stop, part }
      if (only === null) only = one
      else if (counted === null) counted = [only, one]
      else counted.push(one)
    } else if (isUnknown(match.why)) possible += (match.amount ?? Number.POSITIVE_INFINITY) * (stop - start)
  }
  // What is added may be less than nothing: then it may have been enough for a while.
  const reached = sum >= enough || (counted === null ? (only?.part ?? 0) < 0 : counted.some(({ part }) => part < 0))
  if (!reached || brought >= enough || only === null) return { sum, metOn: null, possible }
  return { sum, metOn: metDay(only, counted ?? [only], brought, enough), possible }
}

/** Days of a group from a place to another, and what each adds. */
interface Counted {
  readonly list: readonly number[]
  readonly start: number
  readonly stop: number
  readonly part: number
}

/** The day on which it was enough. */
function metDay(only: Counted, counted: readonly Counted[], brought: number, enough: number): string | null {
  if (counted.length === 1 && only.part > 0) {
    const nth = Math.max(Math.ceil((enough - brought) / only.part), 1)
    return dayOf(only.list[only.start + nth - 1]!)
  }
  const all: { day: number; part: number }[] = []
  for (const { list, start, stop, part } of counted)
    for (let i = start; i < stop; i++) all.push({ day: list[i]!, part })
  all.sort((a, b) => a.day - b.day)
  let sum = brought
  for (const { day, part } of all) {
    sum += part
    if (sum >= enough) return dayOf(day)
  }
  return null
}
