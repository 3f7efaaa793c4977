import { type RawBuilder, sql } from 'kysely'
import { daysBetween } from '../../core/calendar/days.ts'
import type { Outcome } from '../../core/rules/obligation.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import {
  bearers,
  type Condition,
  conditions,
  flags,
  type Ground,
  living,
  ofOrgs,
  personUnit,
  rowsOf,
  under as underOf,
} from './bearers.ts'
import { ANY_AMOUNT, type Counting, hitsOf, PARTS, table, under, WHOLE_BUREAU } from './hits.ts'
import type { AltRow, Plan, WhoRow } from './plan.ts'

type Sql = RawBuilder<unknown>

/** What the statement is about: the rules taken apart, the bureaus, the day, and each bureau's go-live day. */
export interface Question extends Counting {
  readonly goLive: ReadonlyMap<number, string>
}

/** An obligation as the statement answers it; `w` and `a` are numbers of the plan, amounts are ten-thousandths. */
export interface SetRow {
  readonly org_id: number
  readonly w: number
  readonly id: string
  readonly unit_id: string | null
  readonly a: number
  readonly needed: number
  readonly counted: number
  readonly met_on: string | null
  readonly outcome: Outcome
}

const PARTIALS = { 'owed-in-full': 0, 'not-owed-under-half': 1, 'floor-of-share': 2 } as const
const AMOUNTS_MAX = 4

/** Windows as rows of a table. */
function windowTable({ plan }: Question, wanted: ReadonlySet<number>): Sql {
  const rows = plan.windows
    .filter(({ w }) => wanted.has(w))
    .map(({ w, k, rule, window }) => ({
      w,
      k,
      rule: rule.id,
      wf: window.from,
      wt: window.to,
      due: window.dueOn,
      len: daysBetween(window.from, window.to) + 1,
      part: PARTIALS[window.version.partial],
      sure: window.certain,
      silent: window.version.silence === 'undetermined',
    }))
  return table(
    rows,
    'w',
    'w int, k int, rule text, wf date, wt date, due date, len int, part int, sure boolean, silent boolean',
  )
}

const other = (alt: AltRow) => ('sum' in alt.measure ? (alt.measure.amount_for ?? []) : [])
/** The number under which the posts of another amount stand among the flags. */
const amountKey = (alt: AltRow, i: number) => -((alt.w * 8 + alt.a) * AMOUNTS_MAX + i + 1)

function altTable({ plan }: Question, wanted: ReadonlySet<number>): Sql {
  const rows = plan.alts
    .filter(({ w }) => wanted.has(w))
    .map((alt) => ({
      w: alt.w,
      a: alt.a,
      mode: alt.mode,
      need: Math.round(alt.need * PARTS),
      whole:
        !('list' in alt.measure.of) && 'by' in alt.measure.of
          ? alt.measure.of.by === 'bureau'
          : 'list' in alt.measure.of,
      ...Object.fromEntries(
        other(alt).flatMap(({ amount }, i) => [
          [`k${i}`, amountKey(alt, i)],
          [`n${i}`, Math.round(amount * PARTS)],
        ]),
      ),
    }))
  const more = Array.from({ length: AMOUNTS_MAX }, (_, i) => `, k${i} int, n${i} bigint`).join('')
  return table(rows, 'al', `w int, a int, mode text, need bigint, whole boolean${more}`)
}

/** The days on which persons hold posts for which another amount is asked: `amount(org_id, k, key, mr)`. */
function amountFlags({ plan, ground }: Question): Sql | null {
  const rows = plan.alts.flatMap((alt) =>
    other(alt).flatMap(({ posts }, i) => posts.map((kind) => ({ k: amountKey(alt, i), kind }))),
  )
  if (rows.length === 0) return null
  const his = ground.only === null ? sql`true` : sql`a.pid = any(${ground.only.pids as string[]}::uuid[])`
  return sql`amount as materialized (select a.org_id, x.k, a.pid as key,
      range_agg(daterange(greatest(a.valid_from, s.valid_from), least(a.valid_to, s.valid_to), '[]')) mr
    from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s', ground.size)}
    join ${table(rows, 'x', 'k int, kind text')} on x.kind = s.kind
    where ${rowsOf('a', ground)} and a.pid is not null and ${his} and a.valid_from <= s.valid_to and s.valid_from <= a.valid_to
    group by a.org_id, x.k, a.pid)`
}

/** Counts per bureau, window, alternative and party, each mode in its own way, in one shape. */
function counts(question: Question): Sql[] {
  const key = sql`x.org_id, x.w, x.a, x.party`
  const parts: Sql[] = []
  const none = sql`null::date[] days, null::bigint[] runs, null::date bal`
  const first = hitsOf(question, 'first')
  if (first !== null)
    parts.push(sql`select ${key}, count(*) filter (where x.ok) * ${sql.lit(PARTS)} n, min(x.d) filter (where x.ok) met,
      count(*) filter (where x.ok is null) * ${sql.lit(PARTS)} maybe, ${none} from ${first} x group by ${key}`)
  const nth = hitsOf(question, 'nth')
  if (nth !== null)
    parts.push(sql`select ${key}, count(*) filter (where x.ok) * ${sql.lit(PARTS)}, null::date, count(*) filter (where x.ok is null) * ${sql.lit(PARTS)},
      array_agg(x.d order by x.d) filter (where x.ok), null::bigint[], null::date from ${nth} x group by ${key}`)
  const sum = hitsOf(question, 'sum')
  const ctes: Sql[] = []
  if (sum !== null || needsOpenings(question.plan)) {
    const added = sums(question, sum)
    ctes.push(added.ctes)
    parts.push(added.select)
  }
  const all =
    parts.length === 0
      ? sql`select null::int org_id, null::int w, null::int a, null::uuid party, 0::bigint n, null::date met, 0::bigint maybe, ${none} where false`
      : sql.join(parts, sql` union all `)
  ctes.push(sql`counted(org_id, w, a, party, n, met, maybe, days, runs, bal) as materialized (${all})`)
  return ctes
}

const takesOpening = (plan: Plan, alt: AltRow): boolean => {
  const { measure } = alt
  const { who } = plan.whos[plan.windows[alt.w - 1]!.k - 1]!
  return (
    'person' in who &&
    'sum' in measure &&
    measure.sum === 'hours' &&
    'by' in measure.of &&
    (measure.of.by === 'attended' || measure.of.by === 'led')
  )
}

const needsOpenings = (plan: Plan): boolean => plan.alts.some((alt) => takesOpening(plan, alt))

/** The balance that stands for each window: the last one that lies in it and is not after the day. */
function balances({ plan, ground, on }: Question): Sql {
  const rows = plan.alts
    .filter((alt) => takesOpening(plan, alt))
    .map(({ w, a }) => {
      const { rule, window } = plan.windows[w - 1]!
      return { w, a, rule: rule.id, lo: window.from, hi: window.to < on ? window.to : on }
    })
  return sql`select distinct on (o.org_id, s.w, s.a, o.pid) o.org_id, s.w, s.a, o.pid party, o.covers_to d, o.opening_id id,
      round(o.amount * ${sql.lit(PARTS)})::bigint amt
    from opening_facts o join ${table(rows, 's', 'w int, a int, rule text, lo date, hi date')} on s.rule = o.rule and o.covers_to between s.lo and s.hi
    where ${rowsOf('o', ground)} order by o.org_id, s.w, s.a, o.pid, o.covers_to desc, o.opening_id desc`
}

function sums(question: Question, hits: Sql | null): { ctes: Sql; select: Sql } {
  const balanced = needsOpenings(question.plan)
  const own =
    hits ??
    sql`(select null::int org_id, null::int w, null::int a, null::uuid party, null::date d, null::uuid id, 0::bigint amt, true ok where false)`
  const rows = balanced
    ? sql`select h.org_id, h.w, h.a, h.party, h.d, h.id, h.amt, h.ok, o.d bal from ${own} h
        left join balance o on o.org_id = h.org_id and o.w = h.w and o.a = h.a and o.party = h.party where o.d is null or h.d > o.d
      union all select o.org_id, o.w, o.a, o.party, o.d, o.id, o.amt, true, o.d from balance o`
    : sql`select h.*, null::date bal from ${own} h`
  // A record without a stated amount cannot be added, and might be anything.
  const counted = sql`(r.ok and r.amt is not null)`
  const unknown = sql`((r.ok is null or (r.ok and r.amt is null)))`
  const key = sql`r.org_id, r.w, r.a, r.party`
  const totals = sql`select ${key}, coalesce(sum(r.amt) filter (where ${counted}), 0)::bigint n,
      least(coalesce(sum(coalesce(r.amt, ${sql.lit(ANY_AMOUNT)})) filter (where ${unknown}), 0), ${sql.lit(ANY_AMOUNT)})::bigint maybe, max(r.bal) bal
    from added r group by ${key}`
  // The day on which it was enough is looked for only where it may be enough.
  const ran = sql`select ${key}, array_agg(r.d order by r.d, r.id) days, array_agg(r.run order by r.d, r.id) runs
    from (select r.*, (sum(r.amt) over (partition by ${key} order by r.d, r.id))::bigint run from added r
      join total t on t.org_id = r.org_id and t.w = r.w and t.a = r.a and t.party = r.party
      join ${table(leastNeeds(question.plan), 's', 'w int, a int, least bigint')} on s.w = r.w and s.a = r.a and t.n >= s.least
      where ${counted}) r group by ${key}`
  return {
    ctes: sql`added as materialized (${rows}), total as materialized (${totals}), ran as materialized (${ran})`,
    select: sql`select t.org_id, t.w, t.a, t.party, t.n, null::date, t.maybe, r.days, r.runs, t.bal from total t
      left join ran r on r.org_id = t.org_id and r.w = t.w and r.a = t.a and r.party = t.party`,
  }
}

/** The least that can be enough for each sum, whatever another amount or a share of the window makes of it. */
function leastNeeds(plan: Plan): object[] {
  return plan.alts
    .filter(({ mode }) => mode === 'sum')
    .map((alt) => {
      const whole = Math.min(alt.need, ...other(alt).map(({ amount }) => amount))
      const shared = plan.windows[alt.w - 1]!.window.version.partial === 'floor-of-share'
      return { w: alt.w, a: alt.a, least: shared ? PARTS : Math.round(whole * PARTS) }
    })
}

/** The excuses that stand on the day, by rule, subject and first day of the window. */
function excuses({ ground, on }: Question): Sql {
  const stands = sql`not x.withdrawn and (x.until_on is null or x.until_on >= ${on}::date)`
  return sql`select distinct x.org_id, x.rule, x.subject_id id, x.window_from wf from excuses x where ${rowsOf('x', ground)} and ${stands}
    union select x.org_id, x.rule, x.pid, x.window_from from person_excuses x where ${rowsOf('x', ground)} and ${stands}`
}

const CONDITION_COLUMN: Readonly<Record<Condition, string>> = {
  'having-posts': 'hp',
  'having-units': 'hu',
  posts: 'pp',
  except: 'pe',
  class: 'cf',
  'any-class': 'ca',
}

/** Those of whom some windows speak. */
function whosOf({ plan }: Question, wanted: ReadonlySet<number>): WhoRow[] {
  const ks = new Set(plan.windows.flatMap(({ w, k }) => (wanted.has(w) ? [k] : [])))
  return plan.whos.filter(({ k }) => ks.has(k))
}

/** The further conditions on the first covered day: joins, claims, and whether a class is missing. */
function judgedOnFirst(whos: readonly WhoRow[]): { joins: Sql; claims: Sql; missing: Sql } {
  const joins: Sql[] = []
  const claims: Sql[] = []
  let missing = sql`false`
  for (const condition of conditions) {
    const ks = underOf(condition, whos)
    if (ks.length === 0) continue
    const alias = CONDITION_COLUMN[condition]
    const key = condition.startsWith('having') ? sql`o.first_unit` : sql`o.id`
    const k = condition === 'any-class' ? sql`0` : sql`o.k`
    const column = (name: string) => sql.ref(`${alias}.${name}`)
    joins.push(
      sql`left join flag ${sql.ref(alias)} on ${column('org_id')} = o.org_id and ${column('what')} = ${sql.lit(condition)} and ${column('k')} = ${k} and ${column('key')} = ${key}`,
    )
    const holds = sql`coalesce(${column('mr')} @> o.first, false)`
    const asked = sql`o.k = any(${ks}::int[])`
    if (condition === 'any-class') missing = sql`(${asked} and not ${holds})`
    else if (condition === 'except') claims.push(sql`not (${asked} and ${holds})`)
    else if (condition === 'class')
      claims.push(sql`(not ${asked} or ${holds} or not coalesce(ca.mr @> o.first, false))`)
    else claims.push(sql`(not ${asked} or ${holds})`)
  }
  return {
    joins: sql.join(joins, sql` `),
    claims: claims.length === 0 ? sql`true` : sql.join(claims, sql` and `),
    missing,
  }
}

/** Who owes in which window: first and last covered day, how many, and the unit under which he is listed. */
function owing(question: Question, windows: Sql, whos: readonly WhoRow[]): Sql {
  const { ground, on } = question
  const window = sql`datemultirange(daterange(w.wf, w.wt, '[]'))`
  const gone = (bound: Sql) => sql`lower(b.gaps * datemultirange(daterange(w.wf, ${bound}, '[]')))`
  const covered = sql`select b.org_id, b.k, b.id, b.unit_id, w.w, w.rule, w.wf, w.wt, w.due, w.len, w.part, w.sure, w.silent,
      case when b.gaps is null then greatest(b.f, w.wf) else ${gone(sql`w.wt`)} end first,
      case when b.gaps is null then least(b.l, w.wt) - greatest(b.f, w.wf) + 1
        else (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(b.gaps * ${window}) r) end cnt,
      case when b.gaps is null then greatest(least(b.l, w.wt, ${on}::date), greatest(b.f, w.wf))
        else coalesce(upper(b.gaps * datemultirange(case when w.wf <= ${on}::date then daterange(w.wf, least(w.wt, ${on}::date), '[]') else 'empty'::daterange end)) - 1, ${gone(sql`w.wt`)}) end last
    from b join ${windows} on w.k = b.k and b.f <= w.wt and b.l >= w.wf`
  const persons = whos.some(({ who }) => 'person' in who)
  const havingPersons = whos.some(({ who }) => 'person' in who && who.having !== undefined)
  const atFirst = personUnit('c', 'first', ground)
  const atLast = personUnit('c', 'last', ground)
  const firstUnit = havingPersons ? sql`coalesce(c.unit_id, ${atFirst.unit})` : sql`c.unit_id`
  const lastUnit = persons ? sql`coalesce(c.unit_id, ${atLast.unit}, c.id)` : sql`c.unit_id`
  return sql`(select c.org_id, c.k, c.id, c.w, c.rule, c.wf, c.due, c.len, c.part, c.sure, c.silent, c.first, c.cnt, ${firstUnit} first_unit, ${lastUnit} unit_id
    from (${covered}) c ${havingPersons ? atFirst.joins : sql``} ${persons ? atLast.joins : sql``} where c.first is not null)`
}

/** What is needed of the subject: another amount for holders of posts, and its share of the window. */
function needs({ plan }: Question, wanted: ReadonlySet<number>): { joins: Sql; needed: Sql } {
  const most = Math.max(0, ...plan.alts.map((alt) => (wanted.has(alt.w) ? other(alt).length : 0)))
  const numbers = Array.from({ length: most }, (_, i) => i)
  const alias = (i: number) => sql.ref(`am${i}`)
  const column = (i: number, name: string) => sql.ref(`am${i}.${name}`)
  const joins = numbers.map(
    (i) =>
      sql`left join amount ${alias(i)} on ${column(i, 'org_id')} = o.org_id and ${column(i, 'k')} = ${sql.ref(`al.k${i}`)} and ${column(i, 'key')} = o.id`,
  )
  const cases = numbers.map((i) => sql`when ${column(i, 'mr')} @> o.first then ${sql.ref(`al.n${i}`)}`)
  const asked = most === 0 ? sql`al.need` : sql`case ${sql.join(cases, sql` `)} else al.need end`
  const parts = sql.lit(PARTS)
  const needed = sql`case when o.part < 2 or o.cnt = o.len then ${asked} else floor((${asked})::numeric * o.cnt / (o.len::numeric * ${parts}))::bigint * ${parts} end`
  return { joins: sql.join(joins, sql` `), needed }
}

/** Obligations of some windows with every alternative that was counted. */
function judged(question: Question, wanted: ReadonlySet<number>): Sql {
  const whos = whosOf(question, wanted)
  const { joins, claims, missing } = judgedOnFirst(whos)
  const need = needs(question, wanted)
  return sql`select o.org_id, o.w, o.id, o.unit_id, o.rule, o.wf, o.due, o.sure, o.silent, ${missing} missing, al.a, al.mode, ${need.needed} needed,
      coalesce(g.n, 0) counted, coalesce(g.maybe, 0) maybe, g.met, g.days, g.runs, g.bal
    from ${owing(question, windowTable(question, wanted), whos)} o
    join ${altTable(question, wanted)} on al.w = o.w ${joins} ${need.joins}
    left join counted g on g.org_id = o.org_id and g.w = al.w and g.a = al.a
      and g.party = case when al.whole then ${sql.lit(WHOLE_BUREAU)}::uuid else o.id end
    where (o.part <> 1 or o.cnt * 2 >= o.len) and ${claims}`
}

/** The day on which enough was there, by the way in which the alternative is counted. */
const MET = sql`case j.mode when 'first' then case when j.needed <= ${sql.lit(PARTS)} then j.met end when 'nth' then j.days[j.needed / ${sql.lit(PARTS)}]
  else (select min(q.d) from unnest(j.days, j.runs) q(d, run) where q.run >= j.needed) end`

/** Windows apart by what they cost: of persons or not, with several alternatives or one. */
function groupsOf({ plan }: Question): { wanted: ReadonlySet<number>; several: boolean }[] {
  const several = new Set(plan.alts.filter(({ a }) => a > 0).map(({ w }) => w))
  const found = new Map<string, { wanted: Set<number>; several: boolean }>()
  for (const { w, k } of plan.windows) {
    const key = `${several.has(w)} ${'person' in plan.whos[k - 1]!.who}`
    const group = found.get(key) ?? { wanted: new Set(), several: several.has(w) }
    group.wanted.add(w)
    found.set(key, group)
  }
  return [...found.values()]
}

function decided(question: Question): Sql {
  const columns = sql`j.org_id, j.w, j.id, j.unit_id, j.rule, j.wf, j.due, j.sure, j.silent, j.missing, j.a, j.needed, j.counted, j.met_on`
  const tip = sql`(j.met_on is null and j.maybe > 0 and j.counted + j.maybe >= j.needed)`
  const whole = sql`partition by j.org_id, j.w, j.id`
  const parts = groupsOf(question).map(({ wanted, several }) => {
    const met = sql`(select j.*, ${MET} met_on from (${judged(question, wanted)}) j)`
    if (!several) return sql`select ${columns}, ${tip} tip, j.bal from ${met} j where j.needed > 0`
    return sql`select ${columns}, j.tip, j.bal from (select distinct on (j.org_id, j.w, j.id) ${columns},
        bool_or(${tip}) over (${whole}) tip, max(j.bal) over (${whole}) bal, min(j.needed) over (${whole}) least
      from ${met} j
      order by j.org_id, j.w, j.id, j.met_on nulls last, case when j.met_on is null and j.needed > 0 then j.counted::numeric / j.needed end desc nulls last, j.a) j
      where j.least > 0`
  })
  return sql.join(parts, sql` union all `)
}

/** The obligations as rows, with their outcome on the day: the `from` of every answer, after `ctes`. */
function outcomes(question: Question): { ctes: Sql; rows: Sql } {
  const { plan, ground, on } = question
  const day = sql`${on}::date`
  const ctes = [
    bearers(plan.whos, ground),
    flags(plan.whos, ground),
    plan.whos.some(({ who }) => 'person' in who) ? living(ground) : null,
    under(question),
    amountFlags(question),
    needsOpenings(plan) ? sql`balance as materialized (${balances(question)})` : null,
    ...counts(question),
    sql`excused as materialized (${excuses(question)})`,
  ].filter((cte) => cte !== null)
  const live = [...question.goLive].map(([org_id, go_live]) => ({ org_id, go_live }))
  const one = ground.orgIds.length === 1 ? question.goLive.get(ground.orgIds[0]!)! : null
  const goLive = one === null ? sql`v.go_live` : sql`${one}::date`
  const join = one === null ? sql`join ${table(live, 'v', 'org_id int, go_live date')} on v.org_id = r.org_id` : sql``
  const outcome = sql`case when r.wf > ${day} then 'upcoming'
    when r.missing then case when e.id is not null then 'excused' else 'undetermined' end
    when r.met_on is not null then case when r.met_on <= r.due then 'met' else 'late' end
    when e.id is not null then 'excused' when r.due >= ${day} then 'open'
    when not r.sure or (r.wf < ${goLive} and not coalesce(r.bal + 1 >= ${goLive}, false)) or r.tip or r.silent then 'undetermined'
    else 'unmet' end`
  const rows = sql`(select r.org_id, r.w, r.id, r.unit_id, r.a, r.needed, r.counted, r.met_on, ${outcome} outcome
    from (${decided(question)}) r left join excused e on e.org_id = r.org_id and e.rule = r.rule and e.id = r.id and e.wf = r.wf ${join})`
  return { ctes: sql`with recursive ${sql.join(ctes, sql`, `)}`, rows }
}

/** The statement that answers every obligation of the question as a row. */
export function obligationRows(question: Question, where: Sql = sql`true`): RawBuilder<SetRow> {
  const { ctes, rows } = outcomes(question)
  return sql<SetRow>`${ctes} select q.org_id, q.w, q.id, q.unit_id, q.a, q.needed, q.counted, q.met_on, q.outcome from ${rows} q where ${where}`
}

/** Numbers by window and outcome, over all subjects of each bureau. */
export interface SetNumber {
  readonly org_id: number
  readonly w: number
  readonly outcome: Outcome
  readonly n: number
}

/** The statement that counts obligations by window and outcome. */
export function obligationNumbers(question: Question, where: Sql = sql`true`): RawBuilder<SetNumber> {
  const { ctes, rows } = outcomes(question)
  return sql<SetNumber>`${ctes} select q.org_id, q.w, q.outcome, count(*) n from ${rows} q where ${where} group by q.org_id, q.w, q.outcome`
}

/** Claims that no row can come of the plan. */
export const isEmpty = (plan: Plan): boolean => plan.windows.length === 0

export type { Ground }
export { ofOrgs }
