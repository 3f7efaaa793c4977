import { type RawBuilder, sql } from 'kysely'
import { FESTIVAL, VOTE_HELD, VOTERS_PRESENT } from '../../core/rules/match.ts'
import type { FactPattern } from '../../core/rules/rule.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'

type Sql = RawBuilder<unknown>
type Activity = Extract<FactPattern, { activity: unknown }>

/** Over which bureaus a statement goes, as known at the journal size of the one bureau; null: as known now. */
export interface Ground {
  readonly orgIds: readonly number[]
  readonly size: KnownAt
}

/** The condition that a row belongs to the bureaus of the ground. */
export function ofOrgs(alias: string, { orgIds }: Ground): Sql {
  const column = sql.ref(`${alias}.org_id`)
  return orgIds.length === 1 ? sql`${column} = ${orgIds[0]}` : sql`${column} = any(${orgIds as number[]}::int[])`
}

/** Bureau and journal size together. */
export function rowsOf(alias: string, ground: Ground): Sql {
  return sql`${ofOrgs(alias, ground)} and ${knownAt(alias, ground.size)}`
}

/** Rows as a table of JSON, read by names and types. */
export function table(rows: readonly object[], alias: string, columns: string): Sql {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.ref(alias)}(${sql.raw(columns)})`
}

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
