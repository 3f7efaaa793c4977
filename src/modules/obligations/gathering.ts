import { type RawBuilder, sql } from 'kysely'
import type { Calendar } from '../../core/calendar/calendar.ts'
import type { FactGroup, Gathered, Standing } from '../../core/rules/groups.ts'
import type { ActivityFact, Span } from '../../core/rules/obligation.ts'
import type { FactPattern, Who } from '../../core/rules/rule.ts'
import { calendarWindows } from '../../core/rules/slots.ts'
import { hangsOnEvent } from '../../core/rules/windows.ts'
import type { ActiveRule, SetMeasure } from '../../core/rules/world.ts'
import { compiledFor, type Places } from '../../platform/db/compiled.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'
import { runWide } from './wide.ts'

/*
 * Activities as rules count them: the database groups them by unit or person, kind and whatever else some rule asks of that
 * kind, with the days of each group. A bureau of ten thousand records comes as some thousand rows.
 */

type Sql = RawBuilder<unknown>
type Activity = Extract<FactPattern, { activity: unknown }>

/** To whom records are gathered: the unit that held them, who was present, who led; or nobody, where they count for all. */
export type Way = 'own' | 'everywhere' | 'attended' | 'led'

/** What rules may ask of a record beside kind and day. */
export const columns = ['body', 'hours', 'expected', 'voters', 'present', 'topics', 'countable'] as const
export type Column = (typeof columns)[number]

const TYPES: Readonly<Record<Column, string>> = {
  body: 'text',
  hours: 'numeric',
  expected: 'int',
  voters: 'int',
  present: 'int',
  topics: 'text[]',
  countable: 'jsonb',
}

/** Claims that the records of a rule can be read gathered: they are its subjects' own, whatever day it is, and no event. */
export function isGathered(rule: ActiveRule): boolean {
  return rule.versions.every(
    ({ who, window, need }) => !hangsOnEvent(window) && need.every(({ of }) => patternIsGathered(who, of)),
  )
}

function patternIsGathered(who: Who, pattern: FactPattern): boolean {
  if (!('activity' in pattern)) return true
  // The unit of a person or post changes in time, and of two holders of a post both may have been there.
  if (pattern.by === 'own' || pattern.by === 'below') return 'unit' in who
  return pattern.by !== 'attended' || !('post' in who)
}

const WAYS: Readonly<Record<Activity['by'], Way>> = {
  own: 'own',
  below: 'own',
  bureau: 'everywhere',
  attended: 'attended',
  led: 'led',
}

function asks(measure: SetMeasure, pattern: Activity): Column[] {
  const sum = 'sum' in measure ? measure.sum : null
  const wanted: Readonly<Record<Column, boolean>> = {
    body: pattern.bodies !== undefined,
    hours: sum === 'hours',
    expected: pattern.present !== undefined,
    voters: pattern.quorum === true,
    present: pattern.present !== undefined,
    topics: pattern.topics !== undefined,
    countable: pattern.equals !== undefined || pattern.quorum === true || (sum !== null && sum !== 'hours'),
  }
  return columns.filter((column) => wanted[column])
}

/** What is asked of a kind in one way: from which day on, and which columns. */
interface Asked {
  lo: string
  readonly columns: Set<Column>
}

/** What some rules read of activities, in each way by kind. */
export type Reading = ReadonlyMap<Way, Kinds>
export type Kinds = ReadonlyMap<string, Asked>

/** Gathers what the windows of the rules read that share a day with the span. */
export function readingOf(rules: readonly ActiveRule[], span: Span, calendar: Calendar): Reading {
  const ways = new Map<Way, Map<string, Asked>>()
  const add = (way: Way, kind: string, lo: string, wanted: readonly Column[]) => {
    const kinds = ways.get(way) ?? new Map<string, Asked>()
    ways.set(way, kinds)
    const one = kinds.get(kind) ?? { lo, columns: new Set<Column>() }
    kinds.set(kind, one)
    if (lo < one.lo) one.lo = lo
    for (const column of wanted) one.columns.add(column)
  }
  for (const rule of rules) {
    for (const { version, countsFrom } of calendarWindows(rule, span, calendar)) {
      for (const measure of version.need) {
        const pattern = measure.of
        if (!('activity' in pattern)) continue
        const wanted = asks(measure, pattern)
        for (const kind of pattern.activity) add(WAYS[pattern.by], kind, countsFrom, wanted)
      }
    }
  }
  return ways
}

/** Claims that some pattern counts for a unit what units below it held. */
export function readsBelow(rules: readonly ActiveRule[]): boolean {
  return rules.some(({ versions }) =>
    versions.some(({ need }) => need.some(({ of }) => 'activity' in of && of.by === 'below')),
  )
}

/** Whose records: everybody's, or those that some units held or persons attended or led. */
export type Parties = 'all' | { readonly units: readonly string[]; readonly pids: readonly string[] }

/** Where and up to when gathered records are read; `present` are the statuses that count as present. */
export interface Gathering {
  readonly orgId: number
  readonly on: string
  readonly size: KnownAt
  readonly present: readonly string[]
  readonly of: Parties
}

/** Records of one party and way that are alike in everything asked of their kind. */
export interface Group {
  way: Way
  party: string | null
  /** Of several persons who were at the same records, as PostgreSQL writes an array; then `party` is null. */
  parties?: string | null
  kind: string
  also: string[] | null
  body?: string | null
  hours?: number | null
  expected?: number | null
  voters?: number | null
  present?: number | null
  topics?: string[] | null
  countable?: ActivityFact['countable'] | null
  days: string
}

export const columnsOf = (kinds: Kinds): Set<Column> => new Set([...kinds.values()].flatMap((one) => [...one.columns]))
export const firstOf = (kinds: Kinds): string =>
  [...kinds.values()].reduce((low, { lo }) => (lo < low ? lo : low), '9999-12-31')

/** A column of the records: read of those kinds of which it is asked, so that other kinds are not parted by it. */
function readOf(kinds: Kinds, column: Column): Sql {
  const asked = [...kinds].flatMap(([kind, one]) => (one.columns.has(column) ? [kind] : []))
  const value = sql`f.${sql.raw(column)}`
  if (asked.length === 0) return sql.raw(`null::${TYPES[column]} ${column}`)
  if (asked.length === kinds.size) return value
  return sql`case when f.kind = any(${asked}) then ${value} end ${sql.raw(column)}`
}

/** Records of one kind of which the same days are asked. */
function plain(kinds: Kinds, used: readonly Column[], where: Sql, on: unknown): Sql {
  const read = used.map((column) => sql`, ${readOf(kinds, column)}`)
  return sql`select f.id, f.unit_id, f.host_pid, f.happened_on, f.kind, null::text[] also ${read.length > 0 ? sql.join(read, sql` `) : sql``}
    from activities f where ${where} and f.kind = any(${[...kinds.keys()]}) and f.also_kinds = '{}'
      and f.happened_on between ${firstOf(kinds)}::date and ${on}::date`
}

/** Records of several kinds: what is asked of any of them is read. They are few and have an index of their own. */
function several(kinds: Kinds, used: readonly Column[], where: Sql, on: unknown): Sql {
  const ids = [...kinds.keys()]
  const read = used.map((column) => sql.raw(`, f.${column}`))
  return sql`select f.id, f.unit_id, f.host_pid, f.happened_on, f.kind, f.also_kinds ${read.length > 0 ? sql.join(read, sql` `) : sql``}
    from activities f where ${where} and f.also_kinds <> '{}' and (f.kind = any(${ids}) or f.also_kinds && ${ids})
      and f.happened_on between ${firstOf(kinds)}::date and ${on}::date`
}

/** Records of one kind and of several in one look, for those that are looked up one by one. */
function whichever(kinds: Kinds, used: readonly Column[], where: Sql, on: unknown): Sql {
  const ids = [...kinds.keys()]
  const read = used.map((column) => {
    const asked = [...kinds].flatMap(([kind, one]) => (one.columns.has(column) ? [kind] : []))
    return sql`, case when f.also_kinds <> '{}' or f.kind = any(${asked}) then f.${sql.raw(column)} end ${sql.raw(column)}`
  })
  const alike = Map.groupBy(kinds, ([, { lo }]) => lo)
  const plain = [...alike].map(
    ([lo, list]) => sql`f.kind = any(${list.map(([kind]) => kind)}) and f.happened_on >= ${lo}::date`,
  )
  return sql`select f.id, f.unit_id, f.host_pid, f.happened_on, f.kind, nullif(f.also_kinds, '{}') also ${read.length > 0 ? sql.join(read, sql` `) : sql``}
    from activities f where ${where} and f.happened_on between ${firstOf(kinds)}::date and ${on}::date
      and case when f.also_kinds = '{}' then ${sql.join(plain, sql` or `)} else f.kind = any(${ids}) or f.also_kinds && ${ids} end`
}

/** Of so many persons what they attended is looked up one by one; of more it is joined as a whole. */
const LOOKED_UP_MAX = 60

/** What differs from one statement of a reading to the next. */
interface Values {
  readonly orgId: number
  readonly on: string
  readonly present: readonly string[]
  readonly units: readonly string[]
  readonly pids: readonly string[]
}

/** Everybody's records, those of some parties, or of so few persons that what they attended is looked up. */
type Extent = 'all' | 'some' | 'few'

/** The records of one way with the party to which they stand, each once for each party. */
function partied(
  way: Way,
  kinds: Kinds,
  used: readonly Column[],
  extent: Extent,
  at: Places<Values>,
  size: KnownAt,
): Sql {
  const { orgId, on } = at
  const known = sql`f.org_id = ${orgId} and ${knownAt('f', size)} and not f.withdrawn`
  const records = (where: Sql) => {
    const alike = [...Map.groupBy(kinds, ([, { lo }]) => lo).values()].map((list) => new Map(list))
    const parts = [...alike.map((part) => plain(part, used, where, on)), several(kinds, used, where, on)]
    return sql.join(parts, sql` union all `)
  }
  const among = (column: Sql, ids: unknown) => sql`${column} = any(${ids}::uuid[])`
  const all = extent === 'all'
  if (way === 'everywhere') return sql`(select null::uuid party, r.* from (${records(known)}) r) g`
  if (way === 'own') {
    const where = all ? known : sql`${known} and ${among(sql`f.unit_id`, at.units)}`
    return sql`(select r.unit_id party, r.* from (${records(where)}) r) g`
  }
  if (way === 'led') {
    const where = all ? sql`${known} and f.host_pid is not null` : sql`${known} and ${among(sql`f.host_pid`, at.pids)}`
    return sql`(select r.host_pid party, r.* from (${records(where)}) r) g`
  }
  const theirs = sql`t.org_id = ${orgId} and ${knownAt('t', size)} and t.status = any(${at.present})`
  const attended = all ? theirs : sql`${theirs} and ${among(sql`t.pid`, at.pids)}`
  if (extent === 'few') {
    // Members of one branch were mostly at the same records: each is looked up once.
    const where = sql`${known} and f.id = t.activity_id`
    return sql`(select t.parties, r.* from (select t.activity_id, array_agg(t.pid order by t.pid)::text parties from attendance t
        where ${attended} group by t.activity_id) t cross join lateral (${whichever(kinds, used, where, on)} offset 0) r) g`
  }
  return sql`(select t.pid party, r.* from attendance t join (${records(known)}) r on r.id = t.activity_id where ${attended}) g`
}

/** The statement of one way: its records grouped by party, kind and what else is asked of them. */
function statement(way: Way, kinds: Kinds, extent: Extent, at: Places<Values>, size: KnownAt): RawBuilder<Group> {
  const wanted = columnsOf(kinds)
  const used = columns.filter((column) => wanted.has(column))
  const party = way === 'attended' && extent === 'few' ? 'parties' : 'party'
  const keys = [party, 'kind', 'also', ...used].map((name) => `g.${name}`).join(', ')
  return sql<Group>`select ${way}::text way, ${sql.raw(keys)}, array_agg(g.happened_on - date '1970-01-01')::text days
    from ${partied(way, kinds, used, extent, at, size)} group by ${sql.raw(keys)}`
}

const statementNow = compiledFor<Reading, `${Way} ${Extent}`, Values, Group>((reading, sort, at) => {
  const [way, extent] = sort.split(' ') as [Way, Extent]
  return statement(way, reading.get(way)!, extent, at, null)
})

/** Activities in groups, by whom they stand to. */
export type Activities = Omit<Gathered, 'others'>

/** Reads the activities of a reading, in groups. */
export async function gatherActivities(tx: Reads, reading: Reading, gathering: Gathering): Promise<Activities> {
  const everywhere = new Map<string, FactGroup[]>()
  const standing = new Map<Standing, Map<string, Map<string, FactGroup[]>>>()
  const alike = new Map<string, ActivityFact>()
  for (const row of await groupsRead(tx, reading, gathering)) {
    const group: FactGroup = { fact: sharedFact(row, alike), days: daysOf(row.days) }
    for (const kind of group.fact.kinds) {
      if (row.way === 'everywhere') put(everywhere, kind, group)
      else {
        const kinds = standing.get(row.way) ?? new Map<string, Map<string, FactGroup[]>>()
        standing.set(row.way, kinds)
        const groups = kinds.get(kind) ?? new Map<string, FactGroup[]>()
        kinds.set(kind, groups)
        put(groups, row.party!, group)
      }
    }
  }
  return { everywhere, standing }
}

/** Reads the groups of a reading, way by way. */
async function groupsRead(tx: Reads, reading: Reading, { of, size, ...given }: Gathering): Promise<Group[]> {
  const all = of === 'all'
  const values = { ...given, units: all ? [] : of.units, pids: all ? [] : of.pids }
  const answers = await Promise.all(
    [...reading].map(async ([way, kinds]) => {
      const extent = all ? 'all' : values.pids.length <= LOOKED_UP_MAX ? 'few' : 'some'
      const query =
        size === null ? statementNow(reading, `${way} ${extent}`, values) : statement(way, kinds, extent, values, size)
      // Generic plans know nothing of how many records there are: over a whole bureau the join goes by hash.
      const rows = await runWide(tx, query, way === 'attended' && all)
      return extent === 'few' && way === 'attended' ? rows.flatMap(eachParty) : rows
    }),
  )
  return answers.flat()
}

/** The same group for each of its parties. */
function eachParty(row: Group): Group[] {
  const parties = row.parties!.slice(1, -1).split(',')
  return parties.map((party) => ({ ...row, party, parties: null }))
}

/**
 * One object for all groups that have the same in common, whoever's they are: nobody asks a group's fact for its party. A record of
 * several kinds keeps its own, by which it is known under each of them.
 */
function sharedFact(row: Group, alike: Map<string, ActivityFact>): ActivityFact {
  if (row.also !== null) return factOf(row)
  const { way, kind, body, hours, expected, voters, present, topics, countable } = row
  const fields = countable === null || countable === undefined ? '' : JSON.stringify(countable)
  const key = `${way} ${kind} ${body} ${hours} ${expected} ${voters} ${present} ${topics} ${fields}`
  const known = alike.get(key)
  if (known !== undefined) return known
  const fact = factOf(row)
  alike.set(key, fact)
  return fact
}

const NONE: readonly never[] = []
const NOTHING = {}

/** What the records of a group have in common; whatever no rule asks of its kind is left empty. */
export function factOf({ way, party, kind, also, ...row }: Group): ActivityFact {
  return {
    type: 'activity',
    id: '',
    on: '',
    kinds: also === null ? [kind] : [...new Set([kind, ...also])],
    unitId: way === 'own' ? party! : '',
    body: row.body ?? '',
    hours: row.hours ?? null,
    expected: row.expected ?? null,
    voters: row.voters ?? null,
    present: row.present ?? null,
    topics: row.topics ?? NONE,
    countable: row.countable ?? NOTHING,
    hostPid: way === 'led' ? party : null,
    attended: way === 'attended' ? [party!] : NONE,
  }
}

/** Reads an array of whole numbers as PostgreSQL writes it, `{9497,9501}`, and puts it in order. */
export function daysOf(text: string): number[] {
  const days: number[] = []
  let [day, sign, sorted] = [0, 1, true]
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) day = day * 10 + code - 48
    else if (code === 45) sign = -1
    else {
      const signed = day * sign
      if (days.length > 0 && signed < days[days.length - 1]!) sorted = false
      days.push(signed)
      day = 0
      sign = 1
    }
  }
  return sorted ? days : days.sort((a, b) => a - b)
}

function put(lists: Map<string, FactGroup[]>, key: string, group: FactGroup): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [group])
  else list.push(group)
}
