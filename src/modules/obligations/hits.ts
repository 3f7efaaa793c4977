import { type RawBuilder, sql } from 'kysely'
import { FESTIVAL, VOTE_HELD, VOTERS_PRESENT } from '../../core/rules/match.ts'
import type { FactPattern } from '../../core/rules/rule.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { bureausOf, type Ground, holdings, ofOrgs, rowsOf } from './bearers.ts'
import { type AltRow, type Mode, type Plan, type SlotRow, slotsOf } from './plan.ts'

type Sql = RawBuilder<unknown>
export type Activity = Extract<FactPattern, { activity: unknown }>
type Talk = Extract<FactPattern, { talk: unknown }>

/** Stands for the whole bureau where a record counts for everybody in it. */
export const WHOLE_BUREAU = '00000000-0000-0000-0000-000000000000'

/** Amounts are added as whole ten-thousandths, as the engine adds them. */
export const PARTS = 10_000

/** Records of which not even the amount is stated could be any number. */
export const ANY_AMOUNT = 1_000_000_000_000_000

/** Where and up to which day records are counted. */
export interface Counting {
  readonly plan: Plan
  readonly ground: Ground
  readonly on: string
  /** Statuses of attendance that count as present. */
  readonly present: readonly string[]
}

/** Which records: how they stand to the subject, what they are, and who the subject is. */
interface Source {
  readonly by: Activity['by'] | 'talk' | 'statement' | 'list'
  readonly subject: 'unit' | 'post' | 'person'
}

interface Counted extends Source {
  readonly alts: AltRow[]
}

function subjectOf(plan: Plan, w: number): Source['subject'] {
  const { who } = plan.whos[plan.windows[w - 1]!.k - 1]!
  return 'unit' in who ? 'unit' : 'post' in who ? 'post' : 'person'
}

function byOf(pattern: FactPattern): Source['by'] {
  if ('activity' in pattern) return pattern.by
  return 'talk' in pattern ? 'talk' : 'statement' in pattern ? 'statement' : 'list'
}

/** The alternatives of one mode, apart by how their records stand to the subject. */
function sourcesOf(plan: Plan, mode: Mode): Counted[] {
  const found = new Map<string, Counted>()
  for (const alt of plan.alts) {
    if (alt.mode !== mode) continue
    const subject = subjectOf(plan, alt.w)
    const by = byOf(alt.measure.of)
    const key = `${by} ${by === 'bureau' || by === 'list' ? '' : subject}`
    const one = found.get(key) ?? { by, subject, alts: [] }
    one.alts.push(alt)
    found.set(key, one)
  }
  return [...found.values()]
}

/** Rows as a table of JSON, read by names and types. */
export function table(rows: readonly object[], alias: string, columns: string): Sql {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.ref(alias)}(${sql.raw(columns)})`
}

const days = (alts: readonly { lo: string; hi: string }[]) => ({
  lo: alts.reduce((low, { lo }) => (lo < low ? lo : low), '9999-12-31'),
  hi: alts.reduce((high, { hi }) => (hi > high ? hi : high), '0001-01-01'),
})

/** What a pattern asks of each record, as columns of its slots; absent ones ask nothing. */
export function askedOf(pattern: Activity, festivals: readonly string[]) {
  const equals = Object.entries(pattern.equals ?? {}).map(([field, value]) => {
    const values: readonly (string | number | boolean)[] = typeof value === 'object' ? value : [value]
    return [
      field,
      values.flatMap((one): readonly (string | number | boolean)[] => (one === FESTIVAL ? festivals : [one])),
    ] as const
  })
  return {
    ...(pattern.bodies ? { bodies: pattern.bodies } : {}),
    ...(pattern.topics ? { topics: pattern.topics } : {}),
    ...(equals.length > 0 ? { eq: Object.fromEntries(equals) } : {}),
    ...(pattern.present ? { pn: pattern.present[0], pd: pattern.present[1] } : {}),
    ...(pattern.quorum ? { quorum: true } : {}),
  }
}

/** Slots with what their patterns ask: plain arrays for the many, one row of JSON for each of the few patterns. */
function slotTable(slots: readonly (SlotRow & { readonly asked: string })[]): Sql {
  const patterns = [...new Set(slots.map(({ asked }) => asked))]
  const places = new Map(patterns.map((text, p) => [text, p]))
  const column = <T>(read: (slot: (typeof slots)[number]) => T) => slots.map(read)
  const rows = patterns.map((text, p) => ({ p, ...(JSON.parse(text) as object) }))
  return sql`(select g.w, g.a, g.kind, g.month, g.lo, g.hi, c.kinds, c.bodies, c.topics, c.eq, c.pn, c.pd, c.quorum, c.add
    from unnest(${column(({ w }) => w)}::int[], ${column(({ a }) => a)}::int[], ${column(({ kind }) => kind)}::text[], ${column(({ month }) => month)}::int[],
      ${column(({ lo }) => lo)}::date[], ${column(({ hi }) => hi)}::date[], ${column(({ asked }) => places.get(asked)!)}::int[]) g(w, a, kind, month, lo, hi, p)
    join ${table(rows, 'c', PATTERN_COLUMNS)} on c.p = g.p) s`
}

const PATTERN_COLUMNS =
  'p int, kinds text[], bodies text[], topics text[], eq jsonb, pn int, pd int, quorum boolean, add text'

/** The claim that a record fits its slot: true, false, or unknown where something is not stated. */
const CONDITIONS: Readonly<Record<string, Sql>> = {
  bodies: sql`(s.bodies is null or f.body = any(s.bodies))`,
  topics: sql`(s.topics is null or f.topics && s.topics)`,
  pn: sql`(s.pn is null or f.present::bigint * s.pd >= f.expected::bigint * s.pn)`,
  quorum: sql`(s.quorum is null or case when f.countable -> ${sql.lit(VOTE_HELD)} = 'true'::jsonb
    then case when jsonb_typeof(f.countable -> ${sql.lit(VOTERS_PRESENT)}) = 'number'
      then (f.countable ->> ${sql.lit(VOTERS_PRESENT)})::numeric * 2 >= f.voters end else true end)`,
  eq: sql`(s.eq is null or (select case when bool_or(x.v is false) then false when bool_or(x.v is null) then null else true end
    from (select case when f.countable ? e.key then e.value @> jsonb_build_array(f.countable -> e.key) end v
      from jsonb_each(s.eq) e) x))`,
}

const MONTH = (day: string) =>
  sql`(extract(year from ${sql.ref(day)}) * 12 + extract(month from ${sql.ref(day)}) - 1)::int`

/** What a record adds: 1, its hours, or a countable number; null where it is not stated. */
const AMOUNT = sql`case when s.add is null then ${sql.lit(PARTS)} when s.add = 'hours' then round(f.hours * ${sql.lit(PARTS)})
  when jsonb_typeof(f.countable -> s.add) = 'number' then round((f.countable ->> s.add)::numeric * ${sql.lit(PARTS)}) end::bigint`

/** The claim that a record `f` fits its slot `s`, of all that some slot asks. */
export function fitting(slots: readonly object[]): Sql {
  const used = Object.keys(CONDITIONS).filter((name) => slots.some((slot) => name in slot))
  if (used.length === 0) return sql`true`
  return sql.join(
    used.map((name) => CONDITIONS[name]!),
    sql` and `,
  )
}

/** Activities of the kinds of some slots, once for each of their kinds `k`; `all_kinds` is null where there is one. */
export function byKind(
  ground: Ground,
  slots: readonly { readonly kind: string }[],
  { lo, hi }: { readonly lo: string; readonly hi: string },
  only: Sql,
): Sql {
  const kinds = [...new Set(slots.map(({ kind }) => kind))]
  const columns = sql`f.id, f.unit_id, f.happened_on, f.host_pid, f.body, f.hours, f.expected, f.voters, f.present, f.topics, f.countable`
  const base = sql`${rowsOf('f', ground)} and not f.withdrawn and f.happened_on between ${lo}::date and ${hi}::date and ${only}`
  return sql`(select f.org_id, ${columns}, f.kind k, null::text[] all_kinds from activities f
      where ${base} and f.kind = any(${kinds}) and f.also_kinds = '{}'
    union all select f.org_id, ${columns}, x.k, f.kind || f.also_kinds from activities f cross join lateral unnest(f.kind || f.also_kinds) x(k)
      where ${base} and f.also_kinds <> '{}')`
}

/** The claim that a record `f` of several kinds stands here by the first that the slot `s` asks for. */
export const FIRST_KIND = sql`(f.all_kinds is null
  or f.k = (select y.k from unnest(f.all_kinds) with ordinality y(k, n) where y.k = any(s.kinds) order by y.n limit 1))`

/** How records of a source reach their subject: a join, the column that names the subject, and which records at all. */
function reaching(
  { by, subject }: Source,
  { ground, present }: Counting,
): { join: Sql; party: Sql; only: Sql; where: Sql } {
  const nothing = sql``
  const all = sql`true`
  const { only } = ground
  if (by === 'own') {
    const units = only === null ? all : sql`f.unit_id = any(${only.units as string[]}::uuid[])`
    return { join: nothing, party: sql`f.unit_id`, only: units, where: all }
  }
  if (by === 'bureau') return { join: nothing, party: sql`${sql.lit(WHOLE_BUREAU)}::uuid`, only: all, where: all }
  if (by === 'below')
    return {
      join: sql`join under t on t.org_id = f.org_id and t.unit_id = f.unit_id and f.happened_on between t.f and t.l`,
      party: sql`t.top`,
      only: all,
      where: all,
    }
  const attending = sql`join attendance t on t.org_id = f.org_id and t.activity_id = f.id and ${knownAt('t', ground.size)}
    and t.status = any(${present as string[]})`
  const who = by === 'led' ? sql`f.host_pid` : sql`t.pid`
  const pids = sql`${(only?.pids ?? []) as string[]}::uuid[]`
  // The persons first: what they attended is little beside what was held.
  const theirs = sql`f.id = any(array(select x.activity_id from attendance x where x.org_id = ${bureausOf(ground)} and x.pid = any(${pids})))`
  const narrow = only === null ? all : by === 'led' ? sql`f.host_pid = any(${pids})` : theirs
  const where = only === null ? all : sql`${who} = any(${pids})`
  const join = by === 'led' ? nothing : attending
  if (subject === 'person') return { join, party: who, only: narrow, where }
  return {
    join: sql`${join} join (${holdings(ground, 'units')}) h on h.org_id = f.org_id and h.pid = ${who} and f.happened_on between h.f and h.l`,
    party: sql`h.post_id`,
    only: narrow,
    where,
  }
}

/**
 * Activities of one source as `(org_id, w, a, party, d, id, amt, ok)`. A record of several kinds stands once for each of
 * them, and counts by the first that its slot asks for.
 */
function activityHits(counting: Counting, source: Counted, mode: Mode): Sql | null {
  const { plan, ground, on } = counting
  const measures = new Map(source.alts.map(({ w, a, measure }) => [`${w} ${a}`, measure]))
  const asks = new Map<string, { asked: string; conditions: object }>()
  for (const [key, measure] of measures) {
    const pattern = measure.of as Activity
    const conditions = askedOf(pattern, plan.windows[Number(key.split(' ')[0]) - 1]!.window.festivals)
    const add = 'sum' in measure ? { add: measure.sum } : {}
    asks.set(key, { conditions, asked: JSON.stringify({ kinds: pattern.activity, ...conditions, ...add }) })
  }
  const slots = slotsOf(plan, source.alts, on).map((slot) => ({
    ...slot,
    asked: asks.get(`${slot.w} ${slot.a}`)!.asked,
  }))
  if (slots.length === 0) return null
  const { lo, hi } = days(slots)
  const { join, party, only, where } = reaching(source, counting)
  const amount = mode === 'sum' ? AMOUNT : sql`null::bigint`
  // A post with two holders must not count a record twice.
  const once = source.subject === 'post' && (source.by === 'led' || source.by === 'attended') ? sql`distinct` : sql``
  return sql`select ${once} f.org_id, s.w, s.a, ${party} party, f.happened_on d, f.id, ${amount} amt, (${fitting([...asks.values()].map(({ conditions }) => conditions))}) ok
    from ${byKind(ground, slots, { lo, hi }, only)} f
    join ${slotTable(slots)} on s.kind = f.k and s.month = ${MONTH('f.happened_on')} ${join}
    where f.happened_on between s.lo and s.hi and ${where} and ${FIRST_KIND}`
}

/** Talks that keep a pair, for persons and for posts through whoever held them. */
function talkHits({ plan, ground, on }: Counting, source: Counted): Sql | null {
  const slots = source.alts.flatMap(({ w, a, measure }) => {
    const { talk, by, with: withPosts, without } = measure.of as Talk
    const { countsFrom: lo, countsTo } = plan.windows[w - 1]!.window
    const hi = countsTo < on ? countsTo : on
    return lo > hi
      ? []
      : talk.map((kind) => ({ w, a, kind, side: by, lo, hi, has: withPosts ?? null, lacks: without ?? null }))
  })
  if (slots.length === 0) return null
  const held = (
    kinds: string,
  ) => sql`exists (select 1 from appointments x join posts y on y.org_id = x.org_id and y.id = x.post_id
      and ${knownAt('y', ground.size)} where x.org_id = p.org_id and x.pid = v.other and ${knownAt('x', ground.size)} and y.kind = any(${sql.ref(kinds)})
      and p.held_on between greatest(x.valid_from, y.valid_from) and least(x.valid_to, y.valid_to))`
  const post = source.subject === 'post'
  const join = post
    ? sql`join (${holdings(ground, 'units')}) h on h.org_id = p.org_id and h.pid = v.mine and p.held_on between h.f and h.l`
    : sql``
  const his = ground.only === null ? sql`true` : sql`v.mine = any(${ground.only.pids as string[]}::uuid[])`
  return sql`select distinct p.org_id, s.w, s.a, ${post ? sql`h.post_id` : sql`v.mine`} party, p.held_on d, t.talk_id id, ${sql.lit(PARTS)}::bigint amt, true ok
    from talk_pairs p join talk_facts t on t.org_id = p.org_id and t.talk_id = p.talk_id and ${knownAt('t', ground.size)}
    cross join lateral (values ('initiator', p.initiator_pid, p.counterpart_pid), ('counterpart', p.counterpart_pid, p.initiator_pid)) v(side, mine, other)
    join ${table(slots, 's', 'w int, a int, kind text, side text, lo date, hi date, has text[], lacks text[]')}
      on s.kind = t.kind and (s.side = 'either' or s.side = v.side) and p.held_on between s.lo and s.hi ${join}
    where ${rowsOf('p', ground)} and p.initiator_pid is not null and p.counterpart_pid is not null and ${his}
      and (s.has is null or ${held('s.has')}) and (s.lacks is null or not ${held('s.lacks')})`
}

/** Statements that persons made, and lists that the bureau issued: the year that they are for decides. */
function yearHits({ plan, ground, on }: Counting, source: Counted): Sql | null {
  const slots = source.alts.flatMap(({ w, a, measure }) => {
    const { of } = measure
    if ('list' in of && of.list === 'own') return []
    const { from, to, countsTo } = plan.windows[w - 1]!.window
    const kind = 'statement' in of ? of.statement : 'list'
    return [{ w, a, kind, y1: Number(from.slice(0, 4)), y2: Number(to.slice(0, 4)), hi: countsTo < on ? countsTo : on }]
  })
  if (slots.length === 0) return null
  const slot = table(slots, 's', 'w int, a int, kind text, y1 int, y2 int, hi date')
  const columns = (alias: string, party: Sql, day: string, id: string) =>
    sql`s.w, s.a, ${party} party, ${sql.ref(`${alias}.${day}`)} d, ${sql.ref(`${alias}.${id}`)} id, ${sql.lit(PARTS)}::bigint amt, true ok`
  if (source.by === 'list') {
    const size = ground.size === null ? sql`true` : sql`l.recorded_idx < ${ground.size}::bigint`
    return sql`select l.org_id, ${columns('l', sql`${sql.lit(WHOLE_BUREAU)}::uuid`, 'issued_on', 'id')}
      from (select distinct on (l.org_id, l.id) l.org_id, l.id, l.year, l.issued_on from duty_lists l
        where ${ofOrgs('l', ground)} and l.version_no > 0 and ${size} order by l.org_id, l.id, l.version) l
      join ${slot} on l.year between s.y1 and s.y2 and l.issued_on <= s.hi`
  }
  const post = source.subject === 'post'
  const join = post
    ? sql`join (${holdings(ground, 'units')}) h on h.org_id = c.org_id and h.pid = c.pid and c.stated_on between h.f and h.l`
    : sql``
  const once = post ? sql`distinct` : sql``
  return sql`select ${once} c.org_id, ${columns('c', post ? sql`h.post_id` : sql`c.pid`, 'stated_on', 'statement_id')} from statement_facts c
    join ${slot} on s.kind = c.statement and c.year between s.y1 and s.y2 and c.stated_on <= s.hi ${join} where ${rowsOf('c', ground)}`
}

/** All records that count or may count for the alternatives of a mode, or null where there are none. */
export function hitsOf(counting: Counting, mode: Mode): Sql | null {
  const parts = sourcesOf(counting.plan, mode).flatMap((source) => {
    const { by } = source
    const hits =
      by === 'talk'
        ? talkHits(counting, source)
        : by === 'statement' || by === 'list'
          ? yearHits(counting, source)
          : activityHits(counting, source, mode)
    return hits === null ? [] : [hits]
  })
  return parts.length === 0 ? null : sql`(${sql.join(parts, sql` union all `)})`
}

/** Units below others with the days on which they are: `under(org_id, top, unit_id, f, l)`; null where no pattern asks. */
export function under({ plan, ground }: Counting): Sql | null {
  const tops = new Set(
    plan.alts.filter(({ measure }) => byOf(measure.of) === 'below').map(({ w }) => plan.windows[w - 1]!.k),
  )
  if (tops.size === 0) return null
  return sql`under(org_id, top, unit_id, f, l) as (
    select b.org_id, b.id, b.id, date '0001-01-01', date '9999-12-31' from b where b.org_id = ${bureausOf(ground)} and b.k = any(${[...tops]}::int[])
    union select t.org_id, t.top, u.unit_id, greatest(t.f, u.valid_from), least(t.l, u.valid_to)
      from unit_facts u join under t on u.org_id = t.org_id and u.parent_id = t.unit_id and u.valid_from <= t.l and u.valid_to >= t.f
      where u.org_id = ${bureausOf(ground)} and ${knownAt('u', ground.size)})`
}
