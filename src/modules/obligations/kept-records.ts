import type { FactGroup, Standing } from '../../core/rules/groups.ts'
import type { ActivityFact } from '../../core/rules/obligation.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { wroteSince } from '../../platform/journal/written.ts'
import { Bounded, forEach } from './bounded.ts'
import { ACTIVITY_TYPES, changesSince, groupsAt } from './changes.ts'
import {
  type Activities,
  daysOf,
  factOf,
  type Gathering,
  type Group,
  gatherActivities,
  type Reading,
} from './gathering.ts'
import { type Head, headNow } from './ground.ts'
import type { Place } from './world.ts'

/*
 * The groups of a bureau's records are kept in memory up to a size of its journal. A question asks what was written since: of the
 * activities among it the versions are read, as they were and as they are, and nothing else (decisions 0039, 0045).
 */

interface Kept {
  /** The journal size up to which the records are read. */
  readonly size: number
  readonly reading: Reading
  readonly activities: Activities
  /** In bytes, about. */
  readonly weight: number
}

/** How much is kept in all, in bytes. */
export const KEPT_BYTES_MAX = 48 * 1024 * 1024
const GROUP_BYTES = 500
const DAY_BYTES = 8
const LAST_DAY = '9999-12-31'

const bureaus = forEach<Catalogues, Bounded<number, Kept>>(() => new Bounded(KEPT_BYTES_MAX))

const keptOf = ({ catalogues, org }: Place): Kept | undefined => bureaus(catalogues).get(org.orgId)

function keep({ catalogues, org }: Place, records: Kept): void {
  bureaus(catalogues).put(org.orgId, records, records.weight)
}

/** The grouped records that are kept of the bureau, whatever was written since. */
export function keptActivities(place: Place): Activities | undefined {
  return keptOf(place)?.activities
}

/** The journal size of what is kept of the bureau. */
export function activitiesSize(place: Place): number | undefined {
  return keptOf(place)?.size
}

/** Claims that what was read holds everything that is asked: every way, kind and column, from as early on. */
function holds(read: Reading, asked: Reading): boolean {
  return [...asked].every(([way, kinds]) =>
    [...kinds].every(([kind, { lo, columns }]) => {
      const one = read.get(way)?.get(kind)
      return one !== undefined && one.lo <= lo && [...columns].every((column) => one.columns.has(column))
    }),
  )
}

/** Both readings as one, so that two questions that take turns do not push each other's records out. */
function joined(a: Reading, b: Reading): Reading {
  const ways = new Map([...a].map(([way, kinds]) => [way, new Map(kinds)]))
  for (const [way, kinds] of b) {
    const known = ways.get(way) ?? new Map()
    ways.set(way, known)
    for (const [kind, { lo, columns }] of kinds) {
      const one = known.get(kind)
      known.set(kind, { lo: one && one.lo < lo ? one.lo : lo, columns: new Set([...(one?.columns ?? []), ...columns]) })
    }
  }
  return ways
}

/**
 * The activities of a reading, as `gatherActivities`. Those of a whole bureau as it stands now are kept, and answer for its parts
 * too; days after the one asked about may be among them. `head` is how far the journal is; null as known earlier.
 */
export async function activitiesOf(
  place: Place,
  reading: Reading,
  gathering: Gathering,
  head: Promise<Head> | null,
): Promise<Activities> {
  const before = keptOf(place)
  const serves = before !== undefined && holds(before.reading, reading)
  if (head === null || (!serves && gathering.of !== 'all')) return gatherActivities(place.tx, reading, gathering)
  if (serves) {
    const now = await activitiesStanding(place, await head)
    if (now !== null) return now
    if (!(await head).wide) return gatherActivities(place.tx, reading, gathering)
  }
  return readWhole(place, before === undefined ? reading : joined(before.reading, reading), gathering, head)
}

/** Reads the activities of the whole bureau anew and keeps them. */
async function readWhole(
  place: Place,
  reading: Reading,
  gathering: Gathering,
  head: Promise<Head>,
): Promise<Activities> {
  // What stands now is found faster than what stood at a size; it is kept where nothing was written while it was read.
  const [{ size, wide }, activities, later] = await Promise.all([
    head,
    gatherActivities(place.tx, reading, { ...gathering, of: 'all', on: LAST_DAY, size: null }),
    headNow(place),
  ])
  if (size !== null && wide && later.size === size)
    keep(place, { size, reading, activities, weight: weightOf(activities) })
  return activities
}

function weightOf({ everywhere, standing }: Activities): number {
  let [groups, days] = [0, 0]
  const add = (lists: Iterable<readonly FactGroup[]>) => {
    for (const list of lists) {
      groups += list.length
      for (const group of list) days += group.days.length
    }
  }
  add(everywhere.values())
  for (const kinds of standing.values()) for (const parties of kinds.values()) add(parties.values())
  return groups * GROUP_BYTES + days * DAY_BYTES
}

/** What is kept, with every activity written since taken out as it was and put in as it is; null where it has to be read anew. */
export async function activitiesStanding(place: Place, head: Head): Promise<Activities | null> {
  const before = keptOf(place)
  const { size, wide } = head
  if (before === undefined || !wide || size === null) return null
  // Whoever asked at the same time may have brought it further.
  if (size <= before.size) return before.activities
  if (wroteSince(head, before.size, ERASED) !== false) return null
  const same = wroteSince(head, before.size, ACTIVITY_TYPES) === false
  const now = same ? before.activities : await changed(place, before, head, size)
  if (now !== null) keep(place, { ...before, size, activities: now })
  return now
}

/** An erasure empties records in place: then everything is read again. */
const ERASED: ReadonlySet<string> = new Set(['erasure'])

async function changed(place: Place, { activities, reading, size: from }: Kept, head: Head, size: number) {
  const changes = await changesSince(place, head, from)
  const rows = (at: number, sign: number) => groupsAt(changes, reading, at).map((row) => ({ row, sign }))
  return edited(activities, [...rows(from, -1), ...rows(size, 1)])
}

type Parties = Map<string, readonly FactGroup[]>

/** A copy in which some groups have days less or more; what is not touched is shared. Null where a day to be taken is not there. */
function edited(
  { everywhere, standing }: Activities,
  changes: readonly { row: Group; sign: number }[],
): Activities | null {
  const all = new Map(everywhere)
  const ways = new Map([...standing].map(([way, kinds]) => [way, new Map(kinds)] as const))
  const copied = new Map<string, Parties>()
  const partiesOf = (way: Standing, kind: string): Parties => {
    const known = copied.get(`${way} ${kind}`)
    if (known !== undefined) return known
    const kinds = ways.get(way) ?? new Map()
    ways.set(way, kinds)
    const parties: Parties = new Map(kinds.get(kind))
    copied.set(`${way} ${kind}`, parties)
    kinds.set(kind, parties)
    return parties
  }
  for (const { row, sign } of changes) {
    const fact = factOf(row)
    const days = daysOf(row.days)
    for (const kind of fact.kinds) {
      const parties: Parties = row.way === 'everywhere' ? all : partiesOf(row.way, kind)
      const key = row.way === 'everywhere' ? kind : row.party!
      const list = changedList(parties.get(key) ?? [], fact, days, sign)
      if (list === null) return null
      parties.set(key, list)
    }
  }
  return { everywhere: all, standing: ways }
}

const keyOf = ({ kinds, body, hours, expected, voters, present, topics, countable }: ActivityFact): string =>
  JSON.stringify([kinds, body, hours, expected, voters, present, topics, countable])

function changedList(
  list: readonly FactGroup[],
  fact: ActivityFact,
  days: readonly number[],
  sign: number,
): readonly FactGroup[] | null {
  const key = keyOf(fact)
  const at = list.findIndex((group) => keyOf(group.fact) === key)
  const old = at < 0 ? [] : list[at]!.days
  const left = sign > 0 ? [...old, ...days].sort((a, b) => a - b) : without(old, days)
  if (left === null) return null
  // Of a record of several kinds the fact is the same object under each.
  const group = { fact: at < 0 ? fact : list[at]!.fact, days: left }
  const others = list.filter((_, i) => i !== at)
  return left.length === 0 ? others : [...others, group]
}

function without(days: readonly number[], taken: readonly number[]): number[] | null {
  const left = days.slice()
  for (const day of taken) {
    const at = left.indexOf(day)
    if (at < 0) return null
    left.splice(at, 1)
  }
  return left
}
