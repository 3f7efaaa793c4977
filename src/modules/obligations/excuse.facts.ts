import { sql } from 'kysely'
import type { Excuse } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import type { RecordType } from '../../platform/journal/record.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'

/** Why a unit or post is not asked something; the reason is sealed. */
export const excuseRecord: RecordType = {
  type: 'excuse',
  table: 'excuses',
  clear: ['rule', 'subject_type', 'subject_id', 'unit_id', 'window_from', 'until_on', 'withdrawn'],
  sealed: ['reason'],
  names: { unit_id: 'unit' },
}

/** Why a person is not asked something: the entry says which rule, and nothing of the person. */
export const personExcuseRecord: RecordType = {
  type: 'person-excuse',
  table: 'person_excuses',
  clear: ['rule', 'withdrawn'],
  sealed: ['pid', 'unit_id', 'window_from', 'until_on', 'reason'],
  personal: [{ of: 'pid', by: 'pid', fields: ['reason'] }],
}

/** Both kinds of record of this part of the module. */
export const excuseRecords: readonly RecordType[] = [excuseRecord, personExcuseRecord]

/**
 * The excuses that stand, of units, posts and persons, as known at a journal size; those of persons under the scope of
 * talks. An erased reason is an empty one.
 */
export async function excusesOf(tx: Reads, orgId: number, size: KnownAt = null): Promise<Excuse[]> {
  return tx.all(sql<Excuse>`
    select x.rule, x.subject_id::text "subject", x.window_from "windowFrom", x.until_on "until", coalesce(x.reason, '') "reason"
      from excuses x where x.org_id = ${orgId} and ${knownAt('x', size)} and not x.withdrawn
    union all
    select p.rule, p.pid::text, p.window_from, p.until_on, coalesce(p.reason, '')
      from person_excuses p where p.org_id = ${orgId} and ${knownAt('p', size)} and not p.withdrawn
    order by 1, 2, 3`)
}
