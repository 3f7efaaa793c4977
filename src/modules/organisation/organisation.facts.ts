import { type RawBuilder, sql } from 'kysely'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { CURRENT } from '../../platform/journal/record.ts'

/** A journal size, or null for what is known now. */
export type KnownAt = number | null

/** A person on a day: `standing` is his Party membership, null without one; `name` is null once he is erased. */
export interface PersonOn {
  readonly pid: string
  readonly standing: 'full' | 'probationary' | null
  readonly name: string | null
}

/** A unit as it stood on a day. */
export interface UnitOn {
  readonly unitId: string
  readonly parentId: string | null
  readonly kind: string
  readonly name: string | null
  readonly position: number
}

/** The condition that a version of `alias` is the one known at a journal size (decision 2). */
export function knownAt(alias: string, size: KnownAt = null): RawBuilder<boolean> {
  if (size === null) return sql.raw(`${alias}.superseded_idx = ${CURRENT}`)
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<boolean>`${column('recorded_idx')} < ${size}::bigint and ${column('superseded_idx')} >= ${size}::bigint`
}

/** The condition that the dated row of `alias` is in force on a day. */
export function inForce(alias: string, day: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<boolean>`${day}::date between ${column('valid_from')} and ${column('valid_to')}`
}

/** A `with recursive` body named `tree(root, unit_id, parent_id, kind, name, position)`: each start with all below it on the day. */
export function treeOf(
  orgId: number,
  starts: readonly string[],
  day: string,
  size: KnownAt = null,
): RawBuilder<unknown> {
  return sql`tree(root, unit_id, parent_id, kind, name, position) as (
    select u.unit_id, u.unit_id, u.parent_id, u.kind, u.name, u.position from unit_facts u
     where u.org_id = ${orgId} and u.unit_id = any(${starts as string[]}::uuid[]) and ${knownAt('u', size)} and ${inForce('u', day)}
    union
    select t.root, u.unit_id, u.parent_id, u.kind, u.name, u.position from unit_facts u join tree t on u.parent_id = t.unit_id
     where u.org_id = ${orgId} and ${knownAt('u', size)} and ${inForce('u', day)})`
}

/** All units of the bureau as they stood on a day, in the order of the bureau. */
export async function unitsOn(tx: Reads, orgId: number, day: string, size: KnownAt = null): Promise<UnitOn[]> {
  return tx.all(sql<UnitOn>`select u.unit_id "unitId", u.parent_id "parentId", u.kind, u.name, u.position
    from unit_facts u where u.org_id = ${orgId} and ${knownAt('u', size)} and ${inForce('u', day)} order by u.position, u.unit_id`)
}

/** The ids of a unit and of all below it on a day; empty where the unit did not exist then. */
export async function subtreeOf(
  tx: Reads,
  orgId: number,
  unitId: string,
  day: string,
  size: KnownAt = null,
): Promise<string[]> {
  const rows = await tx.all(
    sql<{ id: string }>`with recursive ${treeOf(orgId, [unitId], day, size)} select unit_id id from tree`,
  )
  return rows.map((row) => row.id)
}

/** The subtrees of several units at once, by start. */
export async function subtreesOf(
  tx: Reads,
  orgId: number,
  unitIds: readonly string[],
  day: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (unitIds.length === 0) return found
  const rows = await tx.all(
    sql<{ root: string; id: string }>`with recursive ${treeOf(orgId, unitIds, day)} select root, unit_id id from tree`,
  )
  for (const row of rows) found.set(row.root, [...(found.get(row.root) ?? []), row.id])
  return found
}

/** Names of all units by id: of the period that covers the day, else of the nearest one, so that closed units keep a name. */
export async function unitNames(tx: Reads, orgId: number, day: string): Promise<Map<string, string>> {
  const rows = await tx.all(
    sql<{ id: string; name: string | null }>`select distinct on (u.unit_id) u.unit_id id, u.name from unit_facts u
      where u.org_id = ${orgId} and ${knownAt('u')}
      order by u.unit_id, (${inForce('u', day)}) desc, (u.valid_to < ${day}::date) desc, u.valid_from desc`,
  )
  return new Map(rows.map((row) => [row.id, row.name ?? '']))
}

/** The join that leads from a pid to the person's current name, as `p.name`. */
export function nameJoin(pid: string): RawBuilder<unknown> {
  return sql`left join person_ids i on i.org_id = ${sql.ref(`${pid.split('.')[0]}.org_id`)} and i.pid = ${sql.ref(pid)}
    left join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}`
}

/** Which of some pids are of this bureau, erased persons among them. */
export async function knownPids(tx: Reads, orgId: number, pids: readonly string[]): Promise<ReadonlySet<string>> {
  if (pids.length === 0) return new Set()
  const rows = await tx.all(
    sql<{
      pid: string
    }>`select i.pid from person_ids i where i.org_id = ${orgId} and i.pid = any(${pids as string[]}::uuid[])`,
  )
  return new Set(rows.map((row) => row.pid))
}

/** Names of persons by pid; null once erased. */
export async function personNames(
  tx: Reads,
  orgId: number,
  pids: readonly string[],
): Promise<Map<string, string | null>> {
  if (pids.length === 0) return new Map()
  const rows = await tx.all(
    sql<{ pid: string; name: string | null }>`select i.pid, p.name from person_ids i
      left join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
      where i.org_id = ${orgId} and i.pid = any(${[...new Set(pids)]}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.pid, row.name]))
}

/** Who holds a post on a day (the longest-serving where several do), or null where it is vacant. */
export async function holderOf(
  tx: Reads,
  orgId: number,
  postId: string,
  day: string,
  size: KnownAt = null,
): Promise<{ pid: string; name: string | null; appointmentId: string } | null> {
  return tx.first(
    sql<{ pid: string; name: string | null; appointmentId: string }>`select a.pid, p.name, a.id "appointmentId"
      from appointments a ${nameJoin('a.pid')}
      where a.org_id = ${orgId} and a.post_id = ${postId} and ${knownAt('a', size)} and ${inForce('a', day)} and a.pid is not null
      order by a.valid_from, a.id limit 1`,
  )
}

/** Kinds of unit that hold Party members: those that say so, and those that stand only below such. */
export function memberKinds(catalogue: Catalogue): ReadonlySet<string> {
  const found = new Set(catalogue.unitKinds.rows.filter((kind) => kind.members).map((kind) => kind.id))
  for (let grew = true; grew; ) {
    grew = false
    for (const kind of catalogue.unitKinds.rows) {
      if (found.has(kind.id) || kind.parents.length === 0 || !kind.parents.every((parent) => found.has(parent)))
        continue
      found.add(kind.id)
      grew = true
    }
  }
  return found
}

/** As known at a journal size; without names where only numbers are wanted: two joins less, and null for every name. */
export interface RosterOptions {
  readonly size?: KnownAt
  readonly names?: boolean
}

const named = (names: boolean) => (names ? sql<string>`min(p.name)` : sql<string>`null::text`)

/**
 * Everybody of a unit on a day, by name: for a Party organisation the members of it and of all below it, for the
 * bureau, a section or a subordinate unit whoever holds a post there (posts of branches left out).
 */
export async function rosterOn(
  tx: Reads,
  orgId: number,
  unitId: string,
  day: string,
  catalogue: Catalogue,
  { size = null, names = true }: RosterOptions = {},
): Promise<PersonOn[]> {
  const holding = [...memberKinds(catalogue)]
  const party = catalogue.unitKinds.rows.filter((kind) => kind.line === 'party').map((kind) => kind.id)
  // Units and, for a Party organisation, its members in one answer; a unit without members answers one row without a person.
  const rows = await tx.all(
    sql<PersonOn & { pid: string | null; ofMembers: boolean | null; offices: string[] }>`
      with recursive ${treeOf(orgId, [unitId], day, size)}, below as (
        select array(select unit_id from tree where kind = any(${holding})) branches,
          array(select unit_id from tree where kind <> all(${holding})) offices,
          (select kind = any(${party}) from tree where unit_id = root limit 1) party)
      select b.party and b.branches <> '{}' "ofMembers", b.offices, m.pid, min(m.standing) standing, ${named(names)} name
      from below b left join ${names ? sql`(memberships m ${nameJoin('m.pid')})` : sql`memberships m`} on m.org_id = ${orgId} and m.branch_id = any(b.branches)
        and b.party and ${knownAt('m', size)} and ${inForce('m', day)} and m.pid is not null
      group by b.party, b.branches, b.offices, m.pid order by ${named(names)} nulls last, m.pid`,
  )
  const first = rows[0]
  if (first === undefined || first.ofMembers === null) return []
  if (!first.ofMembers) return bodyOn(tx, orgId, first.offices, day, undefined, { size, names })
  return rows.filter((row) => row.pid !== null).map(({ pid, standing, name }) => ({ pid, standing, name }))
}

/** Party members of some units (themselves, not below) on a day, by name. Entitled to vote are those of full standing. */
export async function membersOf(
  tx: Reads,
  orgId: number,
  branchIds: readonly string[],
  day: string,
  size: KnownAt = null,
): Promise<PersonOn[]> {
  return tx.all(sql<PersonOn>`select m.pid, min(m.standing) standing, min(p.name) name from memberships m ${nameJoin('m.pid')}
    where m.org_id = ${orgId} and m.branch_id = any(${branchIds as string[]}::uuid[]) and ${knownAt('m', size)} and ${inForce('m', day)}
      and m.pid is not null group by m.pid order by min(p.name) nulls last, m.pid`)
}

/** Whoever holds a post of the units on a day, each person once, in the order of posts; only posts of `kinds` when given. */
export async function bodyOn(
  tx: Reads,
  orgId: number,
  unitIds: readonly string[],
  day: string,
  kinds?: readonly string[],
  { size = null, names = true }: RosterOptions = {},
): Promise<PersonOn[]> {
  const ofKind = kinds === undefined ? sql`true` : sql`s.kind = any(${kinds as string[]})`
  return tx.all(sql<PersonOn>`select a.pid, min(m.standing) standing, ${named(names)} name
    from appointments a
    join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s', size)} and ${inForce('s', day)}
    left join memberships m on m.org_id = a.org_id and m.pid = a.pid and ${knownAt('m', size)} and ${inForce('m', day)}
    ${names ? nameJoin('a.pid') : sql``}
    where a.org_id = ${orgId} and s.unit_id = any(${unitIds as string[]}::uuid[]) and ${ofKind} and ${knownAt('a', size)}
      and ${inForce('a', day)} and a.pid is not null
    group by a.pid order by min(s.position), min(s.valid_from), ${named(names)} nulls last, a.pid`)
}
