import { type RawBuilder, sql } from 'kysely'
import { type WindowSize, windowsIn } from '../../core/calendar/days.ts'
import type { Outcome } from '../../core/rules/obligation.ts'
import { touches } from '../../core/rules/spans.ts'
import type { ActiveRule, RuleInForce } from '../../core/rules/world.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type Ground, ofOrgs, rowsOf, table } from './fitting.ts'
import { type Tallied, talliedBy } from './tally.facts.ts'
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

/** What is asked of tallies: bureaus with their go-live days, a year, and the group under which each unit is added up. */
export interface TallyAsk {
  readonly goLive: ReadonlyMap<number, string>
  readonly year: number
  /** Nothing recorded lies after this day. */
  readonly on: string
  readonly rules: readonly TalliedRule[]
  /** Units by id with their group; those that are not there are left out. Null: one group for each bureau. */
  readonly groups: ReadonlyMap<string, string> | null
}

/** Numbers of a rule in a group. */
export interface TallyNumbers {
  readonly orgId: number
  readonly group: string | null
  readonly rule: string
  readonly numbers: Readonly<Partial<Record<Outcome, number>>>
}

/** What tallies answer, and the units of which they cannot speak since something about them changed or was excused. */
export interface TallyAnswer {
  readonly numbers: readonly TallyNumbers[]
  readonly irregular: readonly { readonly orgId: number; readonly unitId: string }[]
}

interface TallyLine extends Record<string, number | string | null> {
  org_id: number
  part: string | null
  i: number
  n: number
}

const SIZES: Readonly<Record<Tallied['months'], WindowSize>> = { 1: 'month', 3: 'quarter', 6: 'half-year', 12: 'year' }

/**
 * Units that some rule speaks of in the year, as `standing(org_id, k, unit_id, part)`, and those of which tallies cannot
 * speak, as `irregular(org_id, unit_id)`: what is asked of a unit must stand in one piece all year, by one period and one
 * holder, and nothing of it may be excused or not stated. A unit is plain for all rules or for none.
 */
function standing({ year, rules, groups }: TallyAsk, ground: Ground): Sql {
  const [first, last] = [sql`make_date(${year}::int, 1, 1)`, sql`make_date(${year}::int, 12, 31)`]
  const touches = (alias: string) =>
    sql`${sql.ref(`${alias}.valid_from`)} <= ${last} and ${sql.ref(`${alias}.valid_to`)} >= ${first}`
  const whole = (alias: string) =>
    sql`${sql.ref(`${alias}.valid_from`)} <= ${first} and ${sql.ref(`${alias}.valid_to`)} >= ${last}`
  const whos = [...new Map(rules.map(({ tallied }) => [JSON.stringify(tallied.who), tallied.who])).values()]
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
      join appointments a on a.org_id = s.org_id and a.post_id = s.id and a.pid is not null and ${rowsOf('a', ground)} and ${touches('a')}
      where ${rowsOf('s', ground)} and s.kind = any(${posts.map(({ kind }) => kind)}) and ${touches('s')} group by s.org_id, s.unit_id, y.k`,
  )
  condition(
    'hu',
    units,
    sql`select c.org_id, c.parent_id unit_id, y.k, bool_or(${whole('c')}) whole
      from unit_facts c join ${pairs('y', units)} on y.kind = c.kind
      where ${rowsOf('c', ground)} and c.parent_id is not null and ${touches('c')} group by c.org_id, c.parent_id, y.k`,
  )
  const group = groups === null ? sql`null::uuid` : sql`l.part`
  const level =
    groups === null
      ? sql``
      : sql`join unnest(${[...groups.keys()]}::uuid[], ${[...groups.values()]}::uuid[]) l(unit_id, part) on l.unit_id = u.unit_id`
  const all = (parts: readonly Sql[]) => (parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `))
  return sql`spoken_of as materialized (select u.org_id, x.k, u.unit_id, ${group} part, (${all(plain)}) plain
      from (select f.org_id, f.unit_id, f.kind, ${whole('f')} whole from unit_facts f where ${rowsOf('f', ground)} and ${touches('f')}) u
      join ${pairs('x', kinds)} on x.kind = u.kind ${level} ${sql.join(joins.length === 0 ? [sql``] : joins, sql` `)} where ${all(held)}),
    irregular as materialized (select s.org_id, s.unit_id from spoken_of s where not s.plain
      union select e.org_id, e.subject_id from excuses e join spoken_of s on s.org_id = e.org_id and s.unit_id = e.subject_id
        where ${rowsOf('e', ground)} and not e.withdrawn and e.window_from between ${first} and ${last}
      union select t.org_id, t.unit_id from activity_tallies t join spoken_of s on s.org_id = t.org_id and s.unit_id = t.unit_id
        where ${ofOrgs('t', ground)} and t.year = ${year} and t.unsure > 0),
    standing as materialized (select s.org_id, s.k, s.unit_id, s.part from spoken_of s
      where not exists (select from irregular i where i.org_id = s.org_id and i.unit_id = s.unit_id))`
}

/** How many units reached what a window of column `c` asks for, by the number of months that a window holds. */
function reached(column: number): Sql {
  const months = (size: number) =>
    sql.raw(`(${Array.from({ length: size }, (_, i) => `t.m${(column - 1) * size + i + 1}`).join(' + ')} >= q.need)`)
  const sizes = [1, 3, 6, 12].filter((size) => column * size <= 12)
  const cases = sizes.map((size) => sql`when ${sql.lit(size)} then ${months(size)}`)
  return sql`count(*) filter (where case q.g ${sql.join(cases, sql` `)} end)::int ${sql.ref(`c${column}`)}`
}

/** Reads the numbers of a year from tallies: one pass over their rows, beside one over the units. */
export async function tallyNumbers(tx: Reads, ask: TallyAsk): Promise<TallyAnswer> {
  const ground: Ground = { orgIds: [...ask.goLive.keys()], size: null }
  const whos = [...new Set(ask.rules.map(({ tallied }) => JSON.stringify(tallied.who)))]
  const questions = ask.rules.map(({ tallied }, i) => {
    return {
      i,
      k: whos.indexOf(JSON.stringify(tallied.who)),
      code: tallied.code,
      need: tallied.need,
      g: tallied.months,
    }
  })
  if (questions.length === 0) return { numbers: [], irregular: [] }
  const q = table(questions, 'q', 'i int, k int, code text, need int, g int')
  const columns = Array.from({ length: 12 }, (_, c) => c + 1)
  const names = sql.raw(columns.map((c) => `s.c${c}`).join(', '))
  const rows = (await runWide(
    tx,
    sql<TallyLine>`with ${standing(ask, ground)},
      held as (select p.org_id, p.part, q.i, ${sql.join(columns.map(reached))} from activity_tallies t join ${q} on q.code = t.code
        join standing p on p.org_id = t.org_id and p.unit_id = t.unit_id and p.k = q.k
        where ${ofOrgs('t', ground)} and t.year = ${ask.year} group by p.org_id, p.part, q.i)
      select r.org_id, r.part, q.i, r.n, ${names} from (select org_id, k, part, count(*)::int n from standing group by org_id, k, part) r
        join ${q} on q.k = r.k left join held s on s.org_id = r.org_id and s.i = q.i and s.part is not distinct from r.part
      union all select d.org_id, d.unit_id, -1, 0, ${sql.raw(columns.map(() => 'null').join(', '))} from irregular d`,
    true,
  )) as TallyLine[]
  return {
    numbers: rows.filter(({ i }) => i >= 0).map((row) => numbersOf(ask, row)),
    irregular: rows.filter(({ i }) => i < 0).map(({ org_id, part }) => ({ orgId: org_id, unitId: part! })),
  }
}

function numbersOf(ask: TallyAsk, row: TallyLine): TallyNumbers {
  const { rule, version, tallied } = ask.rules[row.i]!
  const goLive = ask.goLive.get(row.org_id)!
  const numbers: Partial<Record<Outcome, number>> = {}
  const add = (outcome: Outcome, n: number) => {
    numbers[outcome] = (numbers[outcome] ?? 0) + n
  }
  const windows = windowsIn(`${ask.year}-01-01`, `${ask.year}-12-31`, SIZES[tallied.months])
  for (const [c, window] of windows.entries()) {
    const met = Number(row[`c${c + 1}`] ?? 0)
    if (window.from > ask.on) {
      add('upcoming', row.n)
      continue
    }
    add('met', met)
    const unknown = window.from < goLive || version.silence === 'undetermined'
    add(window.to >= ask.on ? 'open' : unknown ? 'undetermined' : 'unmet', row.n - met)
  }
  return { orgId: row.org_id, group: row.part, rule: rule.id, numbers }
}
