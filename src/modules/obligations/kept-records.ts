import { sql } from 'kysely'
import type { FactGroup, Standing } from '../../core/rules/groups.ts'
import type { ActivityFact } from '../../core/rules/obligation.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { newestOf } from '../../platform/journal/newest.ts'
import {
  type Activities,
  daysOf,
  factOf,
  type Gathering,
  type Group,
  gatherActivities,
  groupsRead,
  type Reading,
} from './gathering.ts'
import type { Head } from './ground.ts'
import type { Place } from './world.ts'

/*
 * The groups of a bureau's records are kept in memory up to a size of its journal. A question asks how large the journal is now and
 * which activities were written since: these are read twice, as they were and as they are, and nothing else (decision 0039).
 */

interface Kept {
  /** The journal size up to which the records are read. */
  readonly size: number
  /** The newest erasure: it empties records in place, and everything is read again. */
  readonly erased: string
  readonly reading: Reading
  readonly activities: Activities
  /** In bytes, about. */
  readonly weight: number
}

/** How much is kept in all, in bytes, and of how many changed activities the difference is read. */
export const KEPT_BYTES_MAX = 48 * 1024 * 1024
const GROUP_BYTES = 500
const DAY_BYTES = 8
const CHANGED_MAX = 1000
const LAST_DAY = '9999-12-31'

const kept = new WeakMap<Catalogues, Map<number, Kept>>()

function keptOf({ catalogues }: Place): Map<number, Kept> {
  const bureaus = kept.get(catalogues) ?? new Map<number, Kept>()
  kept.set(catalogues, bureaus)
  return bureaus
}

function keep(place: Place, records: Kept): void {
  const bureaus = keptOf(place)
  bureaus.delete(place.org.orgId)
  if (records.weight > KEPT_BYTES_MAX) return
  bureaus.set(place.org.orgId, records)
  let weight = [...bureaus.values()].reduce((sum, one) => sum + one.weight, 0)
  for (const [orgId, one] of bureaus) {
    if (weight <= KEPT_BYTES_MAX) return
    bureaus.delete(orgId)
    weight -= one.weight
  }
}

/** The grouped records that are kept of the bureau, whatever was written since. */
export function keptActivities(place: Place): Activities | undefined {
  return keptOf(place).get(place.org.orgId)?.activities
}

interface HeadSince {
  readonly size: number
  readonly erased: string
  /** Whether the transaction sees the records of every unit. */
  readonly wide: boolean
  readonly changed: number
}

/** How far the journal is, and how many activities were written since a size of it. */
async function headSince({ tx, org: { orgId } }: Place, since: number): Promise<HeadSince | null> {
  return tx.first(sql<HeadSince>`select h.size, ${newestOf(orgId, ['erasures'])} erased,
      coalesce(current_setting('app.units', true), '') = '*' wide,
      (select count(*)::int from (select from activities a where a.org_id = ${orgId} and a.recorded_idx >= ${since}::bigint
        limit ${CHANGED_MAX + 1}) c) changed
    from journal_heads h where h.org_id = ${orgId}`)
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
 * too; days after the one asked about may be among them.
 */
export async function activitiesOf(
  place: Place,
  reading: Reading,
  gathering: Gathering,
  known: Head | null,
): Promise<Activities> {
  const { tx } = place
  const before = keptOf(place).get(place.org.orgId)
  const serves = before !== undefined && holds(before.reading, reading)
  if (gathering.size !== null || (!serves && gathering.of !== 'all')) return gatherActivities(tx, reading, gathering)
  if (before === undefined && known !== null) return readWhole(place, reading, gathering, known)
  const head = await headSince(place, before?.size ?? 0)
  if (head === null || !head.wide) return gatherActivities(tx, reading, gathering)
  const whole: Gathering = { ...gathering, of: 'all', on: LAST_DAY, size: head.size }
  if (serves && head.size >= before.size && head.erased === before.erased && head.changed <= CHANGED_MAX) {
    const now = head.changed === 0 ? before.activities : await broughtUp(place, before, whole, head.size)
    if (now !== null) {
      keep(place, { ...before, size: head.size, activities: now })
      return now
    }
  }
  return readWhole(place, before === undefined ? reading : joined(before.reading, reading), gathering, head)
}

/** Reads the activities of the whole bureau anew and keeps them. */
async function readWhole(
  place: Place,
  reading: Reading,
  gathering: Gathering,
  head: Pick<Head, 'size' | 'wide'>,
): Promise<Activities> {
  const { tx } = place
  if (head.size === null || !head.wide) return gatherActivities(tx, reading, gathering)
  // What stands now is found faster than what stood at a size; it is kept where nothing was written while it was read.
  const [activities, later] = await Promise.all([
    gatherActivities(tx, reading, { ...gathering, of: 'all', on: LAST_DAY, size: null }),
    headSince(place, head.size),
  ])
  if (later?.size === head.size)
    keep(place, { size: head.size, erased: later.erased, reading, activities, weight: weightOf(activities) })
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

/** What is kept with every activity written since taken out as it was and put in as it is; null where it does not fit. */
async function broughtUp(place: Place, before: Kept, whole: Gathering, size: number): Promise<Activities | null> {
  const { orgId } = place.org
  const only = sql`array(select c.id from activities c where c.org_id = ${orgId} and c.recorded_idx >= ${before.size}::bigint
    and c.recorded_idx < ${size}::bigint)`
  const [was, is] = await Promise.all([
    groupsRead(place.tx, before.reading, { ...whole, only, size: before.size }),
    groupsRead(place.tx, before.reading, { ...whole, only, size }),
  ])
  const changes = [...was.map((row) => ({ row, sign: -1 })), ...is.map((row) => ({ row, sign: 1 }))]
  return edited(before.activities, changes)
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
