import { type RawBuilder, sql } from 'kysely'
import type { ActivityFact, Fact, OpeningFact, StatementFact } from '../../core/rules/obligation.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { compiledFor, type Places } from '../../platform/db/compiled.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { listsIssued } from '../duties/list.facts.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'
import { pairsHeld } from '../talks/pair.facts.ts'

/** Which records some rules read at all: kinds of activity and talk, statements, lists, and whether persons attended. */
export interface Wanted {
  readonly activities: readonly string[]
  readonly talks: readonly string[]
  readonly statements: readonly string[]
  readonly lists: boolean
  /** Rules for which hours may be brought along. */
  readonly openings: readonly string[]
  /** Who was present is asked. */
  readonly attendance: boolean
  /** Who led is asked. */
  readonly led: boolean
  /** Records of units beyond those asked about, and those below these, count too. */
  readonly elsewhere: boolean
}

/** Records of which each is read for itself: what of them, and from which day on. */
export interface Single {
  readonly wanted: Wanted
  readonly from: string
}

/** What the rules read, gathered over all their versions. */
export function wantedBy(rules: readonly ActiveRule[]): Wanted {
  const activities = new Set<string>()
  const talks = new Set<string>()
  const statements = new Set<string>()
  const openings = new Set<string>()
  let [lists, attendance, led, elsewhere] = [false, false, false, false]
  for (const rule of rules) {
    for (const version of rule.versions) {
      const { window } = version
      if ('after' in window && 'activity' in window.after)
        for (const kind of window.after.activity) activities.add(kind)
      for (const measure of version.need) {
        if ('sum' in measure) openings.add(rule.id)
        const pattern = measure.of
        if ('activity' in pattern) {
          for (const kind of pattern.activity) activities.add(kind)
          attendance ||= pattern.by === 'attended'
          led ||= pattern.by === 'led'
          elsewhere ||= pattern.by === 'bureau' || (pattern.by === 'below' && !('unit' in version.who))
        } else if ('talk' in pattern) for (const kind of pattern.talk) talks.add(kind)
        else if ('statement' in pattern) statements.add(pattern.statement)
        else lists = true
      }
    }
  }
  return {
    activities: [...activities],
    talks: [...talks],
    statements: [...statements],
    openings: [...openings],
    lists,
    attendance,
    led,
    elsewhere,
  }
}

/** Present statuses of the catalogue. */
export function presentStatuses({ catalogues }: { readonly catalogues: Catalogues }): string[] {
  const { rows } = catalogues.catalogue.attendanceStatuses
  return rows.filter((row) => row.counts_as === 'present').map((row) => row.id)
}

/** Whose records: everybody's, or those of some units and persons. */
export type FactsOf = 'all' | { readonly units: readonly string[]; readonly pids: readonly string[] }

/** Days of records, both inclusive. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** Reads the facts that the rules read, as known at a journal size; `present` are the statuses that count as present. */
export async function loadFacts(
  tx: Reads,
  orgId: number,
  wanted: Wanted,
  days: Days,
  present: readonly string[],
  of: FactsOf = 'all',
  size: KnownAt = null,
): Promise<Fact[]> {
  // Statements and lists count by the year that they are for, whenever they were made.
  const years = { from: Number(days.from.slice(0, 4)), to: 9999 }
  const pids = of === 'all' ? undefined : of.pids
  const parts = await Promise.all([
    activityFacts(tx, { wanted, from: days.from }, { orgId, on: days.to, present, size }, of),
    wanted.talks.length === 0
      ? []
      : pairsHeld(tx, orgId, { kinds: [{ kinds: wanted.talks, from: days.from }], to: days.to, pids }, size),
    wanted.statements.length === 0 ? [] : statementFacts(tx, orgId, wanted.statements, days, of, size),
    wanted.openings.length === 0 ? [] : openingFacts(tx, orgId, wanted.openings, of, size),
    wanted.lists ? listsIssued(tx, orgId, years, size) : [],
  ])
  return parts.flat()
}

type ActivityRow = Omit<ActivityFact, 'type'>

interface Values {
  readonly orgId: number
  readonly to: string
  readonly present: readonly string[]
  readonly units: readonly string[]
  readonly pids: readonly string[]
}

/** The condition that a record belongs to one of the units or persons; each way by an index of its own. */
function belongs({ attendance, led }: Wanted, at: Places<Values>): RawBuilder<unknown> {
  const units = sql`f.unit_id = any(${at.units}::uuid[])`
  if (!attendance && !led) return units
  const pids = sql`any(${at.pids}::uuid[])`
  const ways = [
    units,
    ...(led ? [sql`f.host_pid = ${pids}`] : []),
    ...(attendance
      ? [
          sql`f.id = any(array(select t.activity_id from attendance t where t.org_id = ${at.orgId} and t.pid = ${pids}))`,
        ]
      : []),
  ]
  return sql`(${sql.join(ways, sql` or `)})`
}

/** As activityFacts, where the values stand in places. */
function oneByOne({ wanted, from }: Single, of: 'all' | 'some', at: Places<Values>, size: KnownAt) {
  const kinds = wanted.activities as string[]
  const attended = wanted.attendance
    ? sql`array(select t.pid from attendance t where t.org_id = f.org_id and t.activity_id = f.id and ${knownAt('t', size)}
        and t.status = any(${at.present}))`
    : sql`'{}'::uuid[]`
  // The table, not its view: who led it stands in no fact view, since no figure reads it. Records that count as other
  // kinds too are few and have an index of their own.
  const records = (ofKind: RawBuilder<unknown>) => sql`select f.* from activities f
      where f.org_id = ${at.orgId} and not f.withdrawn and ${knownAt('f', size)} and f.happened_on between ${from}::date and ${at.to}::date
        and ${ofKind} and ${of === 'all' ? sql`true` : belongs(wanted, at)}`
  return sql<ActivityRow>`select f.id, f.happened_on "on", array[f.kind] || f.also_kinds kinds, f.unit_id "unitId",
      f.body, f.hours, f.expected, f.voters, f.present, f.topics, f.countable, f.host_pid "hostPid", ${attended} attended
    from (${records(sql`f.kind = any(${kinds})`)} union all
      ${records(sql`f.also_kinds <> '{}' and f.also_kinds && ${kinds} and f.kind <> all(${kinds})`)}) f
    order by f.happened_on, f.id`
}

const oneByOneNow = compiledFor<Single, 'all' | 'some', Values, ActivityRow>((single, of, at) =>
  oneByOne(single, of, at, null),
)

/** Activities one by one, up to a day; those of the whole bureau where the rules ask for what others held. */
export async function activityFacts(
  tx: Reads,
  single: Single,
  { orgId, on, present, size }: { orgId: number; on: string; present: readonly string[]; size: KnownAt },
  parties: FactsOf,
): Promise<Fact[]> {
  if (single.wanted.activities.length === 0) return []
  const of = single.wanted.elsewhere || parties === 'all' ? 'all' : 'some'
  const { units, pids } = parties === 'all' ? { units: [], pids: [] } : parties
  const values = { orgId, to: on, present, units, pids }
  const rows = await tx.all(size === null ? oneByOneNow(single, of, values) : oneByOne(single, of, values, size))
  return rows.map((row) => ({ type: 'activity', ...row }))
}

const his = (column: string, of: FactsOf): RawBuilder<unknown> =>
  of === 'all' ? sql`true` : sql`${sql.ref(column)} = any(${of.pids as string[]}::uuid[])`

/** What persons state to be sent; under its row policy the person himself and the Party office read it. */
async function statementFacts(
  tx: Reads,
  orgId: number,
  statements: readonly string[],
  days: Days,
  of: FactsOf,
  size: KnownAt,
): Promise<Fact[]> {
  const rows = await tx.all(sql<
    Omit<StatementFact, 'type'>
  >`select s.statement_id id, s.stated_on "on", s.statement, s.pid, s.year
    from statement_facts s where s.org_id = ${orgId} and ${knownAt('s', size)} and s.statement = any(${statements as string[]})
      and s.year >= ${Number(days.from.slice(0, 4))} and s.stated_on <= ${days.to}::date and ${his('s.pid', of)} order by s.stated_on, s.statement_id`)
  return rows.map((row) => ({ type: 'statement', ...row }))
}

async function openingFacts(
  tx: Reads,
  orgId: number,
  rules: readonly string[],
  of: FactsOf,
  size: KnownAt,
): Promise<Fact[]> {
  const rows = await tx.all(sql<
    Omit<OpeningFact, 'type'>
  >`select o.opening_id id, o.covers_to "on", o.pid, o.rule, o.amount
    from opening_facts o where o.org_id = ${orgId} and ${knownAt('o', size)} and o.rule = any(${rules as string[]})
      and ${his('o.pid', of)} order by o.covers_to, o.opening_id`)
  return rows.map((row) => ({ type: 'opening', ...row }))
}
