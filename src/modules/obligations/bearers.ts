import { type RawBuilder, sql } from 'kysely'
import type { Who } from '../../core/rules/rule.ts'
import type { KnownAt } from '../organisation/organisation.facts.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import type { WhoRow } from './plan.ts'

/** Over which bureaus and subjects a statement goes. */
export interface Ground {
  readonly orgIds: readonly number[]
  /** The journal size of the one bureau; null: as known now. */
  readonly size: KnownAt
  /** Only these units (with their posts) and persons; null: everybody. */
  readonly only: { readonly units: readonly string[]; readonly pids: readonly string[] } | null
  /** Kinds of unit that hold members. */
  readonly memberKinds: readonly string[]
}

type Sql = RawBuilder<unknown>
type PersonWho = Extract<Who, { person: unknown }>

/** The bureaus of the ground, as what `org_id =` is compared with. */
export function bureausOf({ orgIds }: Ground): Sql {
  return orgIds.length === 1 ? sql`${orgIds[0]}` : sql`any(${orgIds as number[]}::int[])`
}

/** The condition that a row belongs to the bureaus of the ground. */
export function ofOrgs(alias: string, ground: Ground): Sql {
  return sql`${sql.ref(`${alias}.org_id`)} = ${bureausOf(ground)}`
}

/** Bureau and journal size together. */
export function rowsOf(alias: string, ground: Ground): Sql {
  return sql`${ofOrgs(alias, ground)} and ${knownAt(alias, ground.size)}`
}

const isPerson = (who: Who): who is PersonWho => 'person' in who
const days = (from: string, to: string) => sql`range_agg(daterange(${sql.ref(from)}, ${sql.ref(to)}, '[]'))`

/** Pairs of a number and a kind, as a table `alias(k, kind)`. */
function pairs(alias: string, rows: readonly (readonly [number, string])[]): Sql {
  const numbers = rows.map(([k]) => k)
  const kinds = rows.map(([, kind]) => kind)
  return sql`unnest(${numbers}::int[], ${kinds}::text[]) as ${sql.ref(alias)}(k, kind)`
}

const each = (whos: readonly WhoRow[], kindsOf: (who: Who) => readonly string[] | undefined) =>
  whos.flatMap(({ k, who }) => (kindsOf(who) ?? []).map((kind) => [k, kind] as const))

/** Posts as somebody holds them: an appointment as far as the post itself exists (`f` to `l`). */
export function holdings(ground: Ground, only: 'all' | 'units' | 'pids'): Sql {
  const narrow =
    only === 'all' || ground.only === null
      ? sql`true`
      : only === 'units'
        ? sql`s.unit_id = any(${ground.only.units as string[]}::uuid[])`
        : sql`a.pid = any(${ground.only.pids as string[]}::uuid[])`
  return sql`select a.org_id, a.id, a.post_id, s.unit_id, s.kind, a.pid, greatest(a.valid_from, s.valid_from) f, least(a.valid_to, s.valid_to) l
    from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s', ground.size)}
    where ${rowsOf('a', ground)} and a.pid is not null and a.valid_from <= s.valid_to and s.valid_from <= a.valid_to and ${narrow}`
}

/** The days on which each may owe, as `(org_id, k, id, unit_id, mr)`; unit_id is null for persons. */
function bearing(whos: readonly WhoRow[], ground: Ground): Sql[] {
  const found: Sql[] = []
  const units = each(whos, (who) => ('unit' in who ? who.unit : undefined))
  const inUnits = (column: string) =>
    ground.only === null ? sql`true` : sql`${sql.ref(column)} = any(${ground.only.units as string[]}::uuid[])`
  const inPids = (column: string) =>
    ground.only === null ? sql`true` : sql`${sql.ref(column)} = any(${ground.only.pids as string[]}::uuid[])`
  if (units.length > 0) {
    found.push(sql`select u.org_id, x.k, u.unit_id id, u.unit_id, ${days('u.valid_from', 'u.valid_to')} mr
      from unit_facts u join ${pairs('x', units)} on x.kind = u.kind where ${rowsOf('u', ground)} and ${inUnits('u.unit_id')}
      group by u.org_id, x.k, u.unit_id`)
  }
  const posts = each(whos, (who) => ('post' in who ? who.post : undefined))
  if (posts.length > 0) {
    found.push(sql`select h.org_id, x.k, h.post_id, (array_agg(h.unit_id))[1], ${days('h.f', 'h.l')}
      from (${holdings(ground, 'units')}) h join ${pairs('x', posts)} on x.kind = h.kind group by h.org_id, x.k, h.post_id`)
  }
  const persons = whos.filter(({ who }) => isPerson(who))
  const members = each(persons, (who) => (who as PersonWho).person.member)
  const nobody = sql`null::uuid`
  if (members.length > 0) {
    found.push(sql`select m.org_id, x.k, m.pid, ${nobody}, ${days('m.valid_from', 'm.valid_to')}
      from memberships m join ${pairs('x', members)} on x.kind = m.standing
      where ${rowsOf('m', ground)} and m.pid is not null and ${inPids('m.pid')} group by m.org_id, x.k, m.pid`)
  }
  const others = persons.filter(({ who }) => (who as PersonWho).person.member === undefined)
  const held = each(others, (who) => (who as PersonWho).person.posts)
  if (held.length > 0) {
    found.push(sql`select h.org_id, x.k, h.pid, ${nobody}, ${days('h.f', 'h.l')}
      from (${holdings(ground, 'pids')}) h join ${pairs('x', held)} on x.kind = h.kind group by h.org_id, x.k, h.pid`)
  }
  const classed = others.filter(({ who }) => (who as PersonWho).person.posts === undefined).map(({ k }) => k)
  if (classed.length > 0) {
    found.push(sql`select e.org_id, x.k, e.pid, ${nobody}, ${days('e.f', 'e.l')}
      from (select m.org_id, m.pid, m.valid_from f, m.valid_to l from memberships m
          where ${rowsOf('m', ground)} and m.pid is not null and ${inPids('m.pid')}
        union all select h.org_id, h.pid, h.f, h.l from (${holdings(ground, 'pids')}) h) e
      cross join unnest(${classed}::int[]) as x(k) group by e.org_id, x.k, e.pid`)
  }
  return found
}

/**
 * Everybody who may owe with his days: `b(org_id, k, id, unit_id, f, l, gaps)`, from the first to the last day; `gaps` holds
 * the days one by one where they do not follow each other.
 */
export function bearers(whos: readonly WhoRow[], ground: Ground): Sql {
  return sql`b as materialized (select d.org_id, d.k, d.id, d.unit_id, lower(d.mr) f, upper(d.mr) - 1 l,
      case when d.mr = datemultirange(range_merge(d.mr)) then null else d.mr end gaps
    from (${sql.join(bearing(whos, ground), sql` union all `)}) d(org_id, k, id, unit_id, mr))`
}

/** What further conditions speak of; each asks for a row `(what, k, key)` whose days hold the first covered day. */
export const conditions = ['having-posts', 'having-units', 'posts', 'except', 'class', 'any-class'] as const
export type Condition = (typeof conditions)[number]

const CONDITION: Record<Condition, (who: Who) => readonly string[] | undefined> = {
  'having-posts': (who) => ('post' in who ? undefined : who.having?.posts),
  'having-units': (who) => ('post' in who ? undefined : who.having?.units),
  posts: (who) => (isPerson(who) ? who.person.posts : undefined),
  except: (who) => (isPerson(who) ? who.person.except : undefined),
  class: (who) => (isPerson(who) ? who.person.class : undefined),
  'any-class': (who) => (isPerson(who) ? who.person.class : undefined),
}

/** The numbers of those who are under a condition. */
export function under(condition: Condition, whos: readonly WhoRow[]): number[] {
  return whos.filter(({ who }) => CONDITION[condition](who) !== undefined).map(({ k }) => k)
}

function daysOf(condition: Condition, whos: readonly WhoRow[], ground: Ground): Sql {
  const kinds = pairs('x', each(whos, CONDITION[condition]))
  const head = sql`${condition}::text what, x.k`
  const everyHolding = sql`(${holdings(ground, 'all')}) h join ${kinds} on x.kind = h.kind`
  if (condition === 'having-posts')
    return sql`select h.org_id, ${head}, h.unit_id key, ${days('h.f', 'h.l')} mr from ${everyHolding} group by h.org_id, x.k, h.unit_id`
  if (condition === 'having-units')
    return sql`select u.org_id, ${head}, u.parent_id, ${days('u.valid_from', 'u.valid_to')} from unit_facts u join ${kinds} on x.kind = u.kind
      where ${rowsOf('u', ground)} and u.parent_id is not null group by u.org_id, x.k, u.parent_id`
  if (condition === 'posts' || condition === 'except')
    return sql`select h.org_id, ${head}, h.pid, ${days('h.f', 'h.l')} from ${everyHolding} group by h.org_id, x.k, h.pid`
  if (condition === 'class')
    return sql`select c.org_id, ${head}, c.pid, ${days('c.valid_from', 'c.valid_to')} from class_facts c join ${kinds} on x.kind = c.class
      where ${rowsOf('c', ground)} group by c.org_id, x.k, c.pid`
  return sql`select c.org_id, ${condition}::text, 0, c.pid, ${days('c.valid_from', 'c.valid_to')} from class_facts c
    where ${rowsOf('c', ground)} group by c.org_id, c.pid`
}

/** The days on which each condition holds: `flag(org_id, what, k, key, mr)`; null where nobody is under any. */
export function flags(whos: readonly WhoRow[], ground: Ground): Sql | null {
  const asked = conditions.filter((condition) => under(condition, whos).length > 0)
  if (asked.length === 0) return null
  return sql`flag(org_id, what, k, key, mr) as materialized (${sql.join(
    asked.map((condition) => daysOf(condition, whos, ground)),
    sql` union all `,
  )})`
}

/**
 * The branches of persons, as `living(org_id, pid, unit_id, f, l)`: a subgroup's members live in the branch above it, as
 * long as it stands above it.
 */
export function living(ground: Ground): Sql {
  const his = ground.only === null ? sql`true` : sql`m.pid = any(${ground.only.pids as string[]}::uuid[])`
  const above = sql`select u.org_id, u.unit_id, u.parent_id, greatest(u.valid_from, p.valid_from) f, least(u.valid_to, p.valid_to) l
    from unit_facts u join unit_facts p on p.org_id = u.org_id and p.unit_id = u.parent_id and ${knownAt('p', ground.size)}
      and p.kind = any(${ground.memberKinds as string[]}) and p.valid_from <= u.valid_to and u.valid_from <= p.valid_to
    where ${rowsOf('u', ground)}`
  return sql`above as materialized (${above}), living as materialized (
    select m.org_id, m.pid, a.parent_id unit_id, greatest(m.valid_from, a.f) f, least(m.valid_to, a.l) l
      from memberships m join above a on a.org_id = m.org_id and a.unit_id = m.branch_id and a.f <= m.valid_to and m.valid_from <= a.l
      where ${rowsOf('m', ground)} and m.pid is not null and ${his}
    union all select m.org_id, m.pid, m.branch_id, lower(r), upper(r) - 1
      from memberships m left join (select x.org_id, x.unit_id, range_agg(daterange(x.f, x.l, '[]')) mr from above x group by x.org_id, x.unit_id) x
        on x.org_id = m.org_id and x.unit_id = m.branch_id
      cross join lateral unnest(datemultirange(daterange(m.valid_from, m.valid_to, '[]')) - coalesce(x.mr, '{}'::datemultirange)) r
      where ${rowsOf('m', ground)} and m.pid is not null and ${his})`
}

/** The unit of a person on the day `day` of `alias`: his branch, else the unit of the post that he took up first. */
export function personUnit(alias: string, day: string, ground: Ground): { unit: Sql; joins: Sql } {
  const on = sql.ref(`${alias}.${day}`)
  const id = sql.ref(`${alias}.id`)
  const org = sql.ref(`${alias}.org_id`)
  const at = (name: string) => sql.ref(`${day}_${name}`)
  const column = (name: string, field: string) => sql.ref(`${day}_${name}.${field}`)
  const joins = sql`left join living ${at('m')} on ${column('m', 'org_id')} = ${org} and ${column('m', 'pid')} = ${id}
      and ${on} between ${column('m', 'f')} and ${column('m', 'l')}
    left join lateral (select s.unit_id from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s', ground.size)}
      where ${column('m', 'unit_id')} is null and a.org_id = ${org} and a.pid = ${id} and ${knownAt('a', ground.size)}
        and ${on} between greatest(a.valid_from, s.valid_from) and least(a.valid_to, s.valid_to)
      order by greatest(a.valid_from, s.valid_from), a.id limit 1) ${at('h')} on true`
  const unit = sql`coalesce(${column('m', 'unit_id')}, ${column('h', 'unit_id')})`
  return { unit, joins }
}
