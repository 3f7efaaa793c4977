import { type RawBuilder, sql } from 'kysely'
import type { History } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type KnownAt, knownAt } from './organisation.facts.ts'

/** The part of the organisation that obligations are judged on; `units`, `posts` and `persons` by id, all dated. */
export type DatedOrganisation = Pick<History, 'units' | 'posts' | 'appointments' | 'memberships' | 'classes'>

/** Some units and everybody and everything that what is owed there is judged on, whenever it was. */
export interface Around {
  /** The units asked about. */
  readonly units: readonly string[]
  /** Kinds of these units, and of the posts in them. */
  readonly unitKinds: ReadonlySet<string>
  readonly postKinds: ReadonlySet<string>
  /** Everybody who ever belonged there or right below, or held a post there. */
  readonly pids: readonly string[]
  /** Whoever talked with one of them. */
  readonly partners: readonly string[]
  /** The units in which they ever stood, and those right above these. */
  readonly stood: readonly string[]
  /** The units asked about and all that ever stood below them. */
  readonly below: readonly string[]
}

/** Whose history is wanted: everybody's, or that of some units. */
export type HistoryOf = 'all' | Around

/**
 * Units, posts, appointments, memberships and classes of person with their days, as known at a journal size; around some
 * units those of everybody who ever stood there, and of the posts and units that stood beside them.
 */
export async function datedOrganisation(
  tx: Reads,
  orgId: number,
  size: KnownAt = null,
  of: HistoryOf = 'all',
): Promise<DatedOrganisation> {
  const wanted = of === 'all' ? everything : partOf(orgId, size, of)
  const [units, posts, appointments, memberships, classes] = await read(tx, orgId, size, wanted)
  return { units, posts, appointments, memberships, classes }
}

type Wanted = Record<keyof DatedOrganisation, RawBuilder<unknown>>

const everything: Wanted = {
  units: sql`true`,
  posts: sql`true`,
  appointments: sql`true`,
  memberships: sql`true`,
  classes: sql`true`,
}

function read(
  tx: Reads,
  orgId: number,
  size: KnownAt,
  where: Wanted,
): Promise<
  [
    DatedOrganisation['units'],
    DatedOrganisation['posts'],
    DatedOrganisation['appointments'],
    DatedOrganisation['memberships'],
    DatedOrganisation['classes'],
  ]
> {
  return Promise.all([
    tx.all(sql<
      DatedOrganisation['units'][number]
    >`select u.unit_id "unitId", u.parent_id "parentId", u.kind, u.valid_from "from", u.valid_to "to"
      from unit_facts u where u.org_id = ${orgId} and ${knownAt('u', size)} and ${where.units} order by u.unit_id, u.valid_from`),
    tx.all(sql<
      DatedOrganisation['posts'][number]
    >`select s.id "postId", s.unit_id "unitId", s.kind, s.valid_from "from", s.valid_to "to"
      from posts s where s.org_id = ${orgId} and ${knownAt('s', size)} and ${where.posts} order by s.position, s.id`),
    tx.all(sql<
      DatedOrganisation['appointments'][number]
    >`select a.appointment_id "appointmentId", a.post_id "postId", a.pid,
        a.valid_from "from", a.valid_to "to" from appointment_facts a
      where a.org_id = ${orgId} and a.pid is not null and ${knownAt('a', size)} and ${where.appointments}
      order by a.valid_from, a.appointment_id`),
    tx.all(sql<
      DatedOrganisation['memberships'][number]
    >`select m.pid, m.branch_id "branchId", m.standing, m.valid_from "from", m.valid_to "to"
      from membership_facts m where m.org_id = ${orgId} and m.pid is not null and ${knownAt('m', size)} and ${where.memberships}
      order by m.valid_from, m.pid`),
    tx.all(sql<
      DatedOrganisation['classes'][number]
    >`select c.pid, c.class, c.valid_from "from", c.valid_to "to" from class_facts c
      where c.org_id = ${orgId} and ${knownAt('c', size)} and ${where.classes} order by c.valid_from, c.pid`),
  ])
}

/** Units around some units, read at once: ids of one kind in one row each. */
export async function aroundUnits(
  tx: Reads,
  orgId: number,
  units: readonly string[],
  size: KnownAt = null,
): Promise<Around> {
  const ids = sql`${units as string[]}::uuid[]`
  const known = (alias: string) => knownAt(alias, size)
  const rows = await tx.all(sql<{ what: string; value: string }>`with recursive
    near as (select u.id from units u where u.org_id = ${orgId} and ${known('u')} and u.id = any(${ids})
      union select c.unit_id from unit_periods c where c.org_id = ${orgId} and ${known('c')} and c.parent_id = any(${ids})),
    theirs as materialized (
      select m.pid from near n join memberships m on m.org_id = ${orgId} and ${known('m')} and m.branch_id = n.id where m.pid is not null
      union select a.pid from posts s join appointments a on a.org_id = ${orgId} and ${known('a')} and a.post_id = s.id
        where s.org_id = ${orgId} and ${known('s')} and s.unit_id = any(${ids}) and a.pid is not null),
    stood as materialized (
      select unnest(${ids}) id union select m.branch_id from theirs t join memberships m on m.org_id = ${orgId} and ${known('m')} and m.pid = t.pid
      union select s.unit_id from theirs t join appointments a on a.org_id = ${orgId} and ${known('a')} and a.pid = t.pid
        join posts s on s.org_id = ${orgId} and ${known('s')} and s.id = a.post_id),
    below as (select unnest(${ids}) id
      union select c.unit_id from below b join unit_periods c on c.org_id = ${orgId} and ${known('c')} and c.parent_id = b.id)
    select 'unit' what, u.kind "value" from units u where u.org_id = ${orgId} and ${known('u')} and u.id = any(${ids})
    union select 'post', s.kind from posts s where s.org_id = ${orgId} and ${known('s')} and s.unit_id = any(${ids})
    union all select 'pid', t.pid::text from theirs t
    union select 'partner', p.counterpart_pid::text from theirs t join talk_pairs p on p.org_id = ${orgId} and ${known('p')} and p.initiator_pid = t.pid
    union select 'partner', p.initiator_pid::text from theirs t join talk_pairs p on p.org_id = ${orgId} and ${known('p')} and p.counterpart_pid = t.pid
    union all select 'stood', s.id::text from stood s
    union select 'stood', c.parent_id::text from stood s join unit_periods c on c.org_id = ${orgId} and ${known('c')} and c.unit_id = s.id
    union all select 'below', b.id::text from below b`)
  const found = Map.groupBy(rows, ({ what }) => what)
  const valuesOf = (what: string) => (found.get(what) ?? []).flatMap(({ value }) => value ?? [])
  return {
    units,
    unitKinds: new Set(valuesOf('unit')),
    postKinds: new Set(valuesOf('post')),
    pids: valuesOf('pid'),
    partners: valuesOf('partner'),
    stood: valuesOf('stood'),
    below: valuesOf('below'),
  }
}

/** Every unit in which a person ever belonged or held a post, and those right above them. */
export async function unitsOfPerson(tx: Reads, orgId: number, pid: string, size: KnownAt = null): Promise<string[]> {
  const known = (alias: string) => knownAt(alias, size)
  const rows = await tx.all(sql<{ id: string | null }>`with stood as (
      select m.branch_id id from memberships m where m.org_id = ${orgId} and ${known('m')} and m.pid = ${pid}::uuid
      union select s.unit_id from appointments a join posts s on s.org_id = ${orgId} and ${known('s')} and s.id = a.post_id where a.org_id = ${orgId} and ${known('a')} and a.pid = ${pid}::uuid)
    select s.id from stood s union select c.parent_id from stood s join unit_periods c on c.org_id = ${orgId} and ${known('c')} and c.unit_id = s.id`)
  return rows.flatMap(({ id }) => id ?? [])
}

/** What of the organisation is judged around some units. */
function partOf(orgId: number, size: KnownAt, { pids, partners, stood }: Around): Wanted {
  const among = (column: string, ids: readonly string[]) => sql`${sql.ref(column)} = any(${ids as string[]}::uuid[])`
  const posts = sql`array(select s.id from posts s where s.org_id = ${orgId} and ${knownAt('s', size)} and ${among('s.unit_id', stood)}
    union select h.post_id from appointments h where h.org_id = ${orgId} and ${knownAt('h', size)} and ${among('h.pid', [...pids, ...partners])})`
  const units = sql`array(with recursive d as (select u.id from units u where u.org_id = ${orgId} and ${knownAt('u', size)} and ${among('u.id', stood)}
    union select c.unit_id from d join unit_periods c on c.org_id = ${orgId} and ${knownAt('c', size)} and c.parent_id = d.id) select d.id from d)`
  return {
    units: sql`u.unit_id = any(${units})`,
    posts: sql`s.id = any(${posts})`,
    appointments: sql`a.post_id = any(${posts})`,
    memberships: among('m.pid', pids),
    classes: among('c.pid', pids),
  }
}
