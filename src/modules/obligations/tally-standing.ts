import { type RawBuilder, sql } from 'kysely'
import { touches } from '../../core/rules/spans.ts'
import type { ActiveRule, RuleInForce } from '../../core/rules/world.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { newestOf } from '../../platform/journal/newest.ts'
import { type Ground, ofOrgs, rowsOf } from './fitting.ts'
import { countTallies, patternsOf, type Tallied, type TallyRow, talliedBy } from './tally.facts.ts'
import { runWide } from './wide.ts'

type Sql = RawBuilder<unknown>

/** A rule that the tallies of a year answer: one version all year, months of the calendar, a number of own records. */
export interface TalliedRule {
  readonly rule: ActiveRule
  readonly version: RuleInForce
  readonly tallied: Tallied
}

/** The rules of a year that tallies answer. */
export function talliedIn(rules: readonly ActiveRule[], year: number): TalliedRule[] {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` }
  return rules.flatMap((rule) => {
    const versions = rule.versions.filter((version) => touches(version, span))
    const version = versions[0]
    if (version === undefined || versions.length > 1 || version.from > span.from || version.to < span.to) return []
    const tallied = talliedBy(version)
    return tallied === null ? [] : [{ rule, version, tallied }]
  })
}

/** What is asked of whom: a year, its rules, and the group under which each unit is added up (null: one for each bureau). */
export interface Standing {
  readonly year: number
  readonly rules: readonly TalliedRule[]
  /** Units by id with their group; those that are not there are left out. */
  readonly groups: ReadonlyMap<string, string> | null
}

/** Sorts of subject that the rules speak of, each once. */
export function whosOf(rules: readonly TalliedRule[]): string[] {
  return [...new Set(rules.map(({ tallied }) => JSON.stringify(tallied.who)))]
}

/** What says of whom something is asked: the newest version of whatever of the organisation it hangs on. */
export function standingMark(org: number | Sql): RawBuilder<string> {
  return newestOf(org, ['units', 'unit_periods', 'posts', 'appointments'])
}

/** The claim that a dated row holds on some day of a year, or on each. */
function daysOf(year: number): { some(alias: string): Sql; whole(alias: string): Sql } {
  const [first, last] = [sql`make_date(${year}::int, 1, 1)`, sql`make_date(${year}::int, 12, 31)`]
  const column = (alias: string, name: string) => sql.ref(`${alias}.${name}`)
  return {
    some: (alias) => sql`${column(alias, 'valid_from')} <= ${last} and ${column(alias, 'valid_to')} >= ${first}`,
    whole: (alias) => sql`${column(alias, 'valid_from')} <= ${first} and ${column(alias, 'valid_to')} >= ${last}`,
  }
}

/**
 * Units that some rule speaks of in the year, as `spoken_of(org_id, k, unit_id, part, plain)`: plain where what is asked of the
 * unit stands in one piece all year, by one period and one holder.
 */
export function spokenOf({ year, rules, groups }: Standing, ground: Ground): Sql {
  const { some, whole } = daysOf(year)
  const whos = whosOf(rules).map((who) => JSON.parse(who) as TalliedRule['tallied']['who'])
  const kinds = whos.flatMap((who, k) => who.unit.map((kind) => ({ k, kind })))
  const posts = whos.flatMap((who, k) => (who.having?.posts ?? []).map((kind) => ({ k, kind })))
  const units = whos.flatMap((who, k) => (who.having?.units ?? []).map((kind) => ({ k, kind })))
  const pairs = (alias: string, rows: readonly { k: number; kind: string }[]) =>
    sql`unnest(${rows.map(({ k }) => k)}::int[], ${rows.map(({ kind }) => kind)}::text[]) as ${sql.ref(alias)}(k, kind)`
  const joins: Sql[] = []
  const plain: Sql[] = [sql`u.whole`]
  const held: Sql[] = []
  const condition = (alias: string, rows: readonly { k: number; kind: string }[], body: Sql) => {
    if (rows.length === 0) return
    const column = (name: string) => sql.ref(`${alias}.${name}`)
    const asked = sql`x.k = any(${[...new Set(rows.map(({ k }) => k))]}::int[])`
    joins.push(
      sql`left join (${body}) ${sql.ref(alias)} on ${column('org_id')} = u.org_id and ${column('unit_id')} = u.unit_id and ${column('k')} = x.k`,
    )
    plain.push(sql`(not ${asked} or ${column('whole')})`)
    held.push(sql`(not ${asked} or ${column('whole')} is not null)`)
  }
  condition(
    'hp',
    posts,
    sql`select s.org_id, s.unit_id, y.k, bool_or(${whole('s')} and ${whole('a')}) whole
      from posts s join ${pairs('y', posts)} on y.kind = s.kind
      join appointments a on a.org_id = s.org_id and a.post_id = s.id and a.pid is not null and ${rowsOf('a', ground)} and ${some('a')}
      where ${rowsOf('s', ground)} and s.kind = any(${posts.map(({ kind }) => kind)}) and ${some('s')} group by s.org_id, s.unit_id, y.k`,
  )
  condition(
    'hu',
    units,
    sql`select c.org_id, c.parent_id unit_id, y.k, bool_or(${whole('c')}) whole
      from unit_facts c join ${pairs('y', units)} on y.kind = c.kind
      where ${rowsOf('c', ground)} and c.parent_id is not null and ${some('c')} group by c.org_id, c.parent_id, y.k`,
  )
  const group = groups === null ? sql`null::uuid` : sql`l.part`
  const level =
    groups === null
      ? sql``
      : sql`join unnest(${[...groups.keys()]}::uuid[], ${[...groups.values()]}::uuid[]) l(unit_id, part) on l.unit_id = u.unit_id`
  const all = (parts: readonly Sql[]) => (parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `))
  return sql`spoken_of as materialized (select u.org_id, x.k, u.unit_id, ${group} part, (${all(plain)}) plain
      from (select f.org_id, f.unit_id, f.kind, ${whole('f')} whole from unit_facts f where ${rowsOf('f', ground)} and ${some('f')}) u
      join ${pairs('x', kinds)} on x.kind = u.kind ${level} ${sql.join(joins.length === 0 ? [sql``] : joins, sql` `)} where ${all(held)})`
}

/** Units that are excused from something in a year, as `select org_id, unit_id`. */
export function excusedIn(year: number, ground: Ground): Sql {
  return sql`select distinct e.org_id, e.subject_id unit_id from excuses e where ${rowsOf('e', ground)} and not e.withdrawn
    and e.window_from between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`
}

/** The claim that a row of tallies `t` belongs to the bureaus of the ground and to a year. */
export function ofYear(year: number, ground: Ground): Sql {
  return sql`${ofOrgs('t', ground)} and t.year = ${year}`
}

/** Of a unit and a pattern: asked all year, or asked with something that changed within it. */
export interface UnitStanding {
  readonly code: string
  readonly year: number
  readonly unitId: string
  readonly standing: 1 | 2
}

/** Of whom the rules of a year ask what tallies count, as the organisation stands now. A unit is plain for all of it or for nothing. */
export async function standingsOf(
  tx: Reads,
  orgId: number,
  year: number,
  rules: readonly TalliedRule[],
): Promise<UnitStanding[]> {
  if (rules.length === 0) return []
  const ground: Ground = { orgIds: [orgId], size: null }
  const rows = (await runWide(
    tx,
    sql<{ k: number; unit_id: string; plain: boolean }>`with ${spokenOf({ year, rules, groups: null }, ground)}
      select s.k, s.unit_id, bool_and(s.plain) over (partition by s.unit_id) plain from spoken_of s`,
    true,
  )) as { k: number; unit_id: string; plain: boolean }[]
  const whos = whosOf(rules)
  const codes = Map.groupBy(rules, ({ tallied }) => whos.indexOf(JSON.stringify(tallied.who)))
  const found = new Map<string, UnitStanding>()
  for (const { k, unit_id: unitId, plain } of rows)
    for (const { tallied } of codes.get(k) ?? [])
      found.set(`${tallied.code} ${unitId}`, { code: tallied.code, year, unitId, standing: plain ? 1 : 2 })
  return [...found.values()]
}

/** Rows of tallies with of whom each pattern is asked; who has recorded nothing that counts gets a row of noughts. */
export function withStandings(rows: readonly TallyRow[], standings: readonly UnitStanding[]): TallyRow[] {
  const keyOf = ({ code, year, unitId }: Pick<TallyRow, 'code' | 'year' | 'unitId'>) => `${code} ${year} ${unitId}`
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  for (const { standing, ...of } of standings) {
    const row = found.get(keyOf(of)) ?? { ...of, months: Array<number>(12).fill(0), unsure: 0 }
    found.set(keyOf(of), { ...row, standing })
  }
  return [...found.values()]
}

/** Everything that tallies hold of a bureau, counted from its records and its organisation as they stand now. */
export async function countWithStandings(
  tx: Reads,
  orgId: number,
  rules: readonly ActiveRule[],
  years: readonly number[],
): Promise<TallyRow[]> {
  const rows = await countTallies(tx, orgId, patternsOf(rules))
  const standings: UnitStanding[] = []
  for (const year of years) standings.push(...(await standingsOf(tx, orgId, year, talliedIn(rules, year))))
  return withStandings(rows, standings)
}
