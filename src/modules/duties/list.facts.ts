import { sql } from 'kysely'
import type { ListFact } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { CURRENT, type RecordType } from '../../platform/journal/record.ts'

/** The responsibility list of a year; each issue is a version of the record with its own number. */
export const listRecord: RecordType = {
  type: 'duty-list',
  table: 'duty_lists',
  clear: ['year', 'version_no', 'issued_on'],
  sealed: ['title'],
}

/** The responsibility lists that were issued in some years, by the day of their first issue, as known at a journal size. */
export async function listsIssued(
  tx: Reads,
  orgId: number,
  years: { from: number; to: number },
  size: number | null = null,
): Promise<ListFact[]> {
  const rows = await tx.all(
    sql<Omit<ListFact, 'type' | 'unitId'>>`select distinct on (l.id) l.id, l.issued_on "on", l.year from duty_lists l
      where l.org_id = ${orgId} and l.recorded_idx < ${size === null ? CURRENT : String(size)}::bigint and l.version_no > 0
        and l.year between ${years.from} and ${years.to} order by l.id, l.version`,
  )
  return rows.map((row) => ({ type: 'list', ...row, unitId: null }))
}
