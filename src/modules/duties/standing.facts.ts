import { type RawBuilder, sql } from 'kysely'
import { type DutyEvent, type DutyFold, foldDuty } from '../../core/duties/status.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { CURRENT } from '../../platform/journal/record.ts'

/** A duty as it stood on a day: what it says, and the fold of its events up to that day. */
export interface DutyOn {
  readonly id: string
  readonly no: number
  readonly year: number
  readonly kind: string
  readonly title: string | null
  readonly leadUnitId: string | null
  readonly leaderPostId: string | null
  readonly unitIds: readonly string[]
  /** The year of the list by which it is owed; null for one that stands in no list. */
  readonly listYear: number | null
  readonly fold: DutyFold
}

interface EventRow extends DutyEvent {
  dutyId: string
}

/**
 * The duties of a bureau that were issued by a day, each folded from its events up to that day, as known at a journal size
 * (null: now). `scope` is the caller's condition on `d.unit_ids`.
 */
export async function dutiesOn(
  tx: Reads,
  orgId: number,
  on: string,
  size: number | null,
  scope: RawBuilder<unknown>,
): Promise<DutyOn[]> {
  const at = size === null ? CURRENT : String(size)
  const known = (alias: string) =>
    sql`${sql.ref(`${alias}.recorded_idx`)} < ${at}::bigint and ${sql.ref(`${alias}.superseded_idx`)} >= ${at}::bigint`
  const [rows, events] = await Promise.all([
    tx.all(sql<Omit<DutyOn, 'fold'>>`select d.id, d.no, d.year, d.kind, d.title, d.lead_unit_id "leadUnitId",
        d.leader_post_id "leaderPostId", d.unit_ids "unitIds", case when d.list_id is null then null else d.year end "listYear"
      from duties d where d.org_id = ${orgId} and ${known('d')} and ${scope} order by d.year, d.no, d.id`),
    tx.all(sql<EventRow>`select e.duty_id "dutyId", e.seq, e.event, e.on_day "onDay", e.due_on "dueOn" from duty_events e
      where e.org_id = ${orgId} and ${known('e')} order by e.duty_id, e.seq`),
  ])
  const lives = new Map<string, DutyEvent[]>()
  for (const { dutyId, ...event } of events) {
    const life = lives.get(dutyId)
    if (life === undefined) lives.set(dutyId, [event])
    else life.push(event)
  }
  return rows.flatMap((row) => {
    const life = lives.get(row.id) ?? []
    const after = life.findIndex(({ onDay }) => onDay > on)
    const fold = foldDuty(after < 0 ? life : life.slice(0, after))
    return fold === null || fold.status === 'draft' || fold.status === 'withdrawn' ? [] : [{ ...row, fold }]
  })
}
