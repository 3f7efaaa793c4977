import { sql } from 'kysely'
import { dayNumber } from '../../core/rules/groups.ts'
import type { ActivityFact } from '../../core/rules/obligation.ts'
import { compiledOnce } from '../../platform/db/compiled.ts'
import { activityRecord } from '../activities/activity.facts.ts'
import { presentStatuses } from './facts.ts'
import {
  type Column,
  columns,
  columnsOf,
  firstOf,
  type Group,
  type Kinds,
  type Reading,
  type Way,
} from './gathering.ts'
import type { Head } from './ground.ts'
import type { Place, Reach } from './world.ts'

/*
 * Activities that were written since some size of the journal, as they were and as they are: with them groups that are kept are brought
 * up to date, and it is told which answers they leave as they were.
 */

/** Types of the records that change activities: attendance is part of them, and an erasure empties who led them. */
export const ACTIVITY_TYPES: ReadonlySet<string> = new Set([activityRecord.type, 'erasure'])

type Stated = Pick<ActivityFact, 'hours' | 'expected' | 'voters' | 'present' | 'topics' | 'countable'>

/** From which size of the journal on something is known, and up to which it stands. */
interface Known {
  readonly recorded: number
  readonly superseded: number
}

/** A version of an activity. */
interface Version extends Stated, Known {
  readonly withdrawn: boolean
  readonly unitId: string
  readonly hostPid: string | null
  readonly on: string
  readonly kind: string
  readonly also: readonly string[]
  readonly body: string
  /** Who was present, in the same way. */
  readonly attended: readonly (readonly [pid: string, recorded: number, superseded: number])[]
}

/** Every version that stood at a size or after it, of the activities of which one was written from it on. */
export interface Changes {
  readonly since: number
  readonly versions: readonly Version[]
}

const changed = compiledOnce<{ orgId: number; since: number; present: readonly string[] }, Version>(
  (
    at,
  ) => sql<Version>`select f.recorded_idx recorded, f.superseded_idx superseded, f.withdrawn, f.unit_id "unitId", f.host_pid "hostPid",
      f.happened_on "on", f.kind, f.also_kinds also, f.body, f.hours, f.expected, f.voters, f.present, f.topics, f.countable,
      coalesce((select json_agg(json_build_array(t.pid, t.recorded_idx, t.superseded_idx)) from attendance t
        where t.org_id = ${at.orgId} and t.activity_id = f.id and t.superseded_idx >= ${at.since}::bigint
          and t.status = any(${at.present})), '[]') attended
    from activities f where f.org_id = ${at.orgId} and f.superseded_idx >= ${at.since}::bigint
      and f.id = any(array(select c.id from activities c where c.org_id = ${at.orgId} and c.recorded_idx >= ${at.since}::bigint))`,
)

const read = new WeakMap<Head, Promise<Changes>>()

/** The changes since a size; read once for each head, so whoever asks first asks from the smallest size that is needed. */
export async function changesSince(place: Place, head: Head, since: number): Promise<Changes> {
  const known = await read.get(head)
  if (known !== undefined && known.since <= since) return known
  const values = { orgId: place.org.orgId, since, present: presentStatuses(place) }
  const changes = place.tx.all(changed(values)).then((versions) => ({ since, versions }))
  read.set(head, changes)
  return changes
}

const stoodAt = ({ recorded, superseded }: Known, size: number): boolean => recorded < size && superseded >= size

/** The changed records in groups of one record each, as they stood at a size of the journal. */
export function groupsAt({ versions }: Changes, reading: Reading, size: number): Group[] {
  const stood = versions.filter((version) => !version.withdrawn && stoodAt(version, size))
  return stood.flatMap((version) =>
    [...reading].flatMap(([way, kinds]) => {
      const asked = askedOf(version, kinds)
      if (asked === null) return []
      return partiesOf(version, way, size).map((party) => ({ way, party, ...asked }))
    }),
  )
}

/** What is asked of a record by the kinds of one way, as the database reads it; null where nothing is. */
function askedOf(version: Version, kinds: Kinds): Omit<Group, 'way' | 'party'> | null {
  const { kind, also, on } = version
  const own = kinds.get(kind)
  const several = also.length > 0
  const meant = several ? own !== undefined || also.some((id) => kinds.has(id)) : own !== undefined
  if (!meant || on < (several ? firstOf(kinds) : own!.lo)) return null
  const read = (column: Column) => (several || own!.columns.has(column) ? version[column] : null)
  const wanted = columnsOf(kinds)
  const used = columns.flatMap((column) => (wanted.has(column) ? [[column, read(column)] as const] : []))
  return { kind, also: several ? [...also] : null, days: `{${dayNumber(on)}}`, ...Object.fromEntries(used) }
}

function partiesOf({ unitId, hostPid, attended }: Version, way: Way, size: number): readonly (string | null)[] {
  if (way === 'everywhere') return [null]
  if (way === 'own') return [unitId]
  if (way === 'led') return hostPid === null ? [] : [hostPid]
  return attended.filter(([, recorded, superseded]) => stoodAt({ recorded, superseded }, size)).map(([pid]) => pid)
}

/** Claims that some changed record, as it was or as it is, is one of those on which an answer rests. */
export function touches({ versions }: Changes, { units, pids, anybodys }: Reach): boolean {
  return versions.some(
    ({ unitId, hostPid, kind, also, attended }) =>
      units.includes(unitId) ||
      (hostPid !== null && pids.includes(hostPid)) ||
      attended.some(([pid]) => pids.includes(pid)) ||
      anybodys.has(kind) ||
      also.some((id) => anybodys.has(id)),
  )
}
