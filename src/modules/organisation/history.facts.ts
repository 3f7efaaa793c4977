import { type RawBuilder, sql } from 'kysely'
import type { History } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { newestOf } from '../../platform/journal/newest.ts'
import { type KnownAt, knownAt } from './organisation.facts.ts'

/** The part of the organisation that obligations are judged on; `units`, `posts` and `persons` by id, all dated. */
export type DatedOrganisation = Pick<History, 'units' | 'posts' | 'appointments' | 'memberships' | 'classes'>

/** Types and tables of whatever the organisation is made of. Classes of erased persons are emptied in place. */
export const organisationTables: Readonly<Record<string, string>> = {
  unit: 'units',
  'unit-period': 'unit_periods',
  post: 'posts',
  appointment: 'appointments',
  membership: 'memberships',
  'person-class': 'person_classes',
  erasure: 'erasures',
}

/** What the organisation hangs on: the newest version of whatever it is made of. */
export function organisationMark(orgId: number): RawBuilder<string> {
  return newestOf(orgId, Object.values(organisationTables))
}

/** Units, posts, appointments, memberships and classes of person with their days, as known at a journal size. */
export async function datedOrganisation(tx: Reads, orgId: number, size: KnownAt = null): Promise<DatedOrganisation> {
  const [units, posts, appointments, memberships, classes] = await Promise.all([
    tx.all(sql<
      DatedOrganisation['units'][number]
    >`select u.unit_id "unitId", u.parent_id "parentId", u.kind, u.valid_from "from", u.valid_to "to"
      from unit_facts u where u.org_id = ${orgId} and ${knownAt('u', size)} order by u.unit_id, u.valid_from`),
    tx.all(sql<
      DatedOrganisation['posts'][number]
    >`select s.id "postId", s.unit_id "unitId", s.kind, s.valid_from "from", s.valid_to "to"
      from posts s where s.org_id = ${orgId} and ${knownAt('s', size)} order by s.position, s.id`),
    tx.all(sql<
      DatedOrganisation['appointments'][number]
    >`select a.appointment_id "appointmentId", a.post_id "postId", a.pid, a.valid_from "from", a.valid_to "to"
      from appointment_facts a where a.org_id = ${orgId} and ${knownAt('a', size)} and a.pid is not null order by a.valid_from, a.appointment_id`),
    tx.all(sql<
      DatedOrganisation['memberships'][number]
    >`select m.pid, m.branch_id "branchId", m.standing, m.valid_from "from", m.valid_to "to"
      from membership_facts m where m.org_id = ${orgId} and ${knownAt('m', size)} and m.pid is not null order by m.valid_from, m.pid`),
    tx.all(sql<
      DatedOrganisation['classes'][number]
    >`select c.pid, c.class, c.valid_from "from", c.valid_to "to" from class_facts c
      where c.org_id = ${orgId} and ${knownAt('c', size)} order by c.valid_from, c.pid`),
  ])
  return { units, posts, appointments, memberships, classes }
}
