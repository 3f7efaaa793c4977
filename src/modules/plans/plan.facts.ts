import { type RawBuilder, sql } from 'kysely'
import type { Reads } from '../../platform/db/pool.ts'
import type { RecordType } from '../../platform/journal/record.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'

/** What somebody means to do, when, in which unit; posts and titles are sealed. */
export const planRecord: RecordType = {
  type: 'plan',
  table: 'plans',
  clear: ['item', 'kind', 'year', 'unit_id', 'month', 'planned_on', 'kept_activity_id', 'kept_on', 'withdrawn'],
  sealed: ['unit_ids', 'title', 'topics', 'initiator_post_id', 'counterpart_post_id'],
  names: { unit_id: 'unit', planned_on: 'on' },
}

/** A plan as obligations read it. */
export interface Plan {
  readonly planId: string
  readonly item: 'activity' | 'talk' | 'reading'
  readonly kind: string | null
  readonly unitId: string
  readonly month: string
  /** Null where only the month is known. */
  readonly plannedOn: string | null
  readonly title: string | null
  readonly topics: readonly string[]
  readonly initiatorPostId: string | null
  readonly counterpartPostId: string | null
  readonly state: 'planned' | 'kept' | 'dropped'
  readonly keptBy: string | null
  readonly keptOn: string | null
}

/** The activity that kept a plan `p`, as `k`; one that was withdrawn keeps nothing. */
export function keptJoin(size: KnownAt = null): RawBuilder<unknown> {
  return sql`left join activities k on k.org_id = p.org_id and k.id = p.kept_activity_id and ${knownAt('k', size)} and not k.withdrawn`
}

/** The day on which a plan `p` was kept, or null. */
export const KEPT_ON = sql`coalesce(k.happened_on, case when p.item <> 'activity' then p.kept_on end)`

/** How a plan `p` stands as of a day. */
export function stateOn(day: string): RawBuilder<Plan['state']> {
  return sql<
    Plan['state']
  >`case when p.withdrawn then 'dropped' when ${KEPT_ON} <= ${day}::date then 'kept' else 'planned' end`
}

/**
 * Plans of the months that touch a span, that stand (dropped ones are left out), as known at a journal size; under the
 * scope of the reader.
 */
export async function plansOf(
  tx: Reads,
  orgId: number,
  span: { readonly from: string; readonly to: string },
  size: KnownAt = null,
): Promise<Plan[]> {
  return tx.all(sql<Plan>`select p.id "planId", p.item, p.kind, p.unit_id "unitId", p.month, p.planned_on "plannedOn", p.title,
      p.topics, p.initiator_post_id "initiatorPostId", p.counterpart_post_id "counterpartPostId",
      ${stateOn('9999-12-31')} "state", k.id "keptBy", ${KEPT_ON} "keptOn"
    from plans p ${keptJoin(size)}
    where p.org_id = ${orgId} and ${knownAt('p', size)} and not p.withdrawn
      and p.month between ${span.from.slice(0, 7)} and ${span.to.slice(0, 7)}
      and (p.planned_on is null or p.planned_on between ${span.from}::date and ${span.to}::date)
    order by p.month, p.planned_on nulls last, p.id`)
}
