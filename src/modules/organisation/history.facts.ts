import { type RawBuilder, sql } from 'kysely'
import type { History } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type KnownAt, knownAt } from './organisation.facts.ts'

/** The part of the organisation that obligations are judged on; `units`, `posts` and `persons` by id, all dated. */
export type DatedOrganisation = Pick<History, 'units' | 'posts' | 'appointments' | 'memberships' | 'classes'>

/** Whose history is wanted: everybody's, or that of some units with all persons who ever stood in them. */
export type HistoryOf = 'all' | { readonly units: readonly string[] }

/**
 * Units, posts, appointments, memberships and classes of person with their days, as known at a journal size. With `units`
 * the posts of these units, the persons who ever held or belonged there, and all that these persons held elsewhere; the
 * tree of units is always whole.
 */
export async function datedOrganisation(
  tx: Reads,
  orgId: number,
  size: KnownAt = null,
  of: HistoryOf = 'all',
): Promise<DatedOrganisation> {
  const units = tx.all(sql<
    DatedOrganisation['units'][number]
  >`select u.unit_id "unitId", u.parent_id "parentId", u.kind,
      u.valid_from "from", u.valid_to "to" from unit_facts u where u.org_id = ${orgId} and ${knownAt('u', size)}
    order by u.unit_id, u.valid_from`)
  if (of === 'all') return { units: await units, ...(await wholeOf(tx, orgId, size)) }
  const [tree, persons] = await Promise.all([units, personsOf(tx, orgId, size, of.units)])
  return { units: tree, ...(await partOf(tx, orgId, size, of.units, persons)) }
}

type Held = Omit<DatedOrganisation, 'units'>

function read(
  tx: Reads,
  orgId: number,
  size: KnownAt,
  where: Record<keyof Held, RawBuilder<unknown>>,
): Promise<[Held['posts'], Held['appointments'], Held['memberships'], Held['classes']]> {
  return Promise.all([
    tx.all(sql<
      Held['posts'][number]
    >`select s.id "postId", s.unit_id "unitId", s.kind, s.valid_from "from", s.valid_to "to"
      from posts s where s.org_id = ${orgId} and ${knownAt('s', size)} and ${where.posts} order by s.position, s.id`),
    tx.all(sql<Held['appointments'][number]>`select a.appointment_id "appointmentId", a.post_id "postId", a.pid,
        a.valid_from "from", a.valid_to "to" from appointment_facts a
      where a.org_id = ${orgId} and a.pid is not null and ${knownAt('a', size)} and ${where.appointments}
      order by a.valid_from, a.appointment_id`),
    tx.all(sql<
      Held['memberships'][number]
    >`select m.pid, m.branch_id "branchId", m.standing, m.valid_from "from", m.valid_to "to"
      from membership_facts m where m.org_id = ${orgId} and m.pid is not null and ${knownAt('m', size)} and ${where.memberships}
      order by m.valid_from, m.pid`),
    tx.all(sql<Held['classes'][number]>`select c.pid, c.class, c.valid_from "from", c.valid_to "to" from class_facts c
      where c.org_id = ${orgId} and ${knownAt('c', size)} and ${where.classes} order by c.valid_from, c.pid`),
  ])
}

async function wholeOf(tx: Reads, orgId: number, size: KnownAt): Promise<Held> {
  const all = sql`true`
  const [posts, appointments, memberships, classes] = await read(tx, orgId, size, {
    posts: all,
    appointments: all,
    memberships: all,
    classes: all,
  })
  return { posts, appointments, memberships, classes }
}

/** Units and those that ever stood right below one of them, such as the subgroups of a branch. */
export async function withParts(
  tx: Reads,
  orgId: number,
  units: readonly string[],
  size: KnownAt = null,
): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`select distinct c.unit_id id from unit_periods c
    where c.org_id = ${orgId} and c.parent_id = any(${units as string[]}::uuid[]) and ${knownAt('c', size)}`)
  return [...new Set([...units, ...rows.map(({ id }) => id)])]
}

/** What stands in some units, whenever: kinds of unit and post, and everybody who belonged or held a post there or right below. */
export async function standingIn(
  tx: Reads,
  orgId: number,
  units: readonly string[],
  size: KnownAt = null,
): Promise<{ units: Set<string>; posts: Set<string>; pids: string[] }> {
  const ids = sql`${units as string[]}::uuid[]`
  const branches = sql`(m.branch_id = any(${ids}) or m.branch_id = any(array(select c.unit_id from unit_periods c
      where c.org_id = ${orgId} and c.parent_id = any(${ids}) and ${knownAt('c', size)})))`
  const rows = await tx.all(sql<{
    what: 'unit' | 'post' | 'pid'
    value: string
  }>`select 'unit' what, u.kind "value" from units u
      where u.org_id = ${orgId} and u.id = any(${ids}) and ${knownAt('u', size)}
    union select 'post', s.kind from posts s where s.org_id = ${orgId} and s.unit_id = any(${ids}) and ${knownAt('s', size)}
    union select 'pid', m.pid::text from memberships m where m.org_id = ${orgId} and m.pid is not null and ${knownAt('m', size)} and ${branches}
    union select 'pid', a.pid::text from posts s join appointments a on a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a', size)}
      where s.org_id = ${orgId} and s.unit_id = any(${ids}) and ${knownAt('s', size)} and a.pid is not null`)
  const valuesOf = (wanted: string) => rows.flatMap(({ what, value }) => (what === wanted ? [value] : []))
  return { units: new Set(valuesOf('unit')), posts: new Set(valuesOf('post')), pids: valuesOf('pid') }
}

/** Everybody who ever belonged to one of the units or held a post there. */
async function personsOf(tx: Reads, orgId: number, size: KnownAt, units: readonly string[]): Promise<string[]> {
  const rows = await tx.all(sql<{ pid: string }>`select m.pid from membership_facts m
      where m.org_id = ${orgId} and m.branch_id = any(${units as string[]}::uuid[]) and m.pid is not null and ${knownAt('m', size)}
    union select a.pid from appointment_facts a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s', size)}
      where a.org_id = ${orgId} and s.unit_id = any(${units as string[]}::uuid[]) and a.pid is not null and ${knownAt('a', size)}`)
  return rows.map((row) => row.pid)
}

async function partOf(
  tx: Reads,
  orgId: number,
  size: KnownAt,
  units: readonly string[],
  persons: readonly string[],
): Promise<Held> {
  const his = (column: string) => sql`${sql.ref(column)} = any(${persons as string[]}::uuid[])`
  const here = sql`s.unit_id = any(${units as string[]}::uuid[])`
  const [posts, appointments, memberships, classes] = await read(tx, orgId, size, {
    posts: sql`(${here} or s.id in (select h.post_id from appointment_facts h where h.org_id = ${orgId} and ${his('h.pid')} and ${knownAt('h', size)}))`,
    appointments: his('a.pid'),
    memberships: his('m.pid'),
    classes: his('c.pid'),
  })
  return { posts, appointments, memberships, classes }
}
