import { type RawBuilder, sql } from 'kysely'
import type { DutyStatus } from '../../core/duties/status.ts'
import type { Context, Writing } from '../../platform/action/action.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { append, lockLife, settle } from './life.ts'

/** A duty that somebody works on, as reminders and follow-up orders need it. */
export interface OwedDuty {
  readonly id: string
  readonly no: number
  readonly year: number
  readonly title: string | null
  readonly status: DutyStatus
  readonly dueOn: string | null
  readonly leadUnitId: string | null
  readonly leaderPostId: string | null
  readonly watcherPostId: string | null
  readonly unitIds: readonly string[]
}

const columns = sql.raw(`d.id, d.no, d.year, d.title, s.status, s.due_on "dueOn", d.lead_unit_id "leadUnitId",
  d.leader_post_id "leaderPostId", d.watcher_post_id "watcherPostId", d.unit_ids "unitIds"`)

function duties(ctx: Context, condition: RawBuilder<unknown>): Promise<OwedDuty[]> {
  return ctx.tx.all(sql<OwedDuty>`select ${columns} from duties d
    join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
    where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)} and ${condition} order by s.due_on, d.year, d.no`)
}

/**
 * Duties whose owner has to act and whose day comes by `dueTo`; what is submitted, declined or suspended waits for somebody
 * else. `scope` is the caller's condition on `d.unit_ids`.
 */
export function owedDuties(ctx: Context, dueTo: string, scope: RawBuilder<unknown>): Promise<OwedDuty[]> {
  return duties(
    ctx,
    sql`s.status in ('issued', 'taken-on', 'in-progress', 'returned') and s.due_on <= ${dueTo}::date and ${scope}`,
  )
}

/** A day within the time of a duty by which part of it is to be done. */
export type OwedMilestone = OwedDuty & { readonly step: number; readonly stepTitle: string; readonly stepDueOn: string }

/**
 * Milestones that nobody has reported as reached, of duties whose owner has to act, whose day comes by `dueTo`. One on the day
 * of the duty itself is no day of its own.
 */
export function owedMilestones(ctx: Context, dueTo: string, scope: RawBuilder<unknown>): Promise<OwedMilestone[]> {
  return ctx.tx.all(sql<OwedMilestone>`select ${columns}, (m.place - 1)::int step, m.part->>'title' "stepTitle", m.part->>'dueOn' "stepDueOn"
    from duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
      cross join lateral jsonb_array_elements(d.milestones) with ordinality m(part, place)
    where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)}
      and s.status in ('issued', 'taken-on', 'in-progress', 'returned') and (m.part->>'dueOn')::date <= ${dueTo}::date
      and (m.part->>'dueOn')::date is distinct from s.due_on and ${scope}
      and not exists (select from duty_events e where e.org_id = d.org_id and e.duty_id = d.id and e.event = 'reported'
        and (e.detail->>'milestone')::int = m.place - 1)
    order by m.part->>'dueOn', d.year, d.no`)
}

/** A duty past its day: still open, or closed after it. */
export type LateDuty = OwedDuty & { readonly closedOn: string | null }

/** Duties whose day fell within `from` to `to` and that were not done by it, in the order of their days. */
export function lateDuties(ctx: Context, { from, to }: { from: string; to: string }): Promise<LateDuty[]> {
  return ctx.tx.all(sql<LateDuty>`select ${columns}, s.closed_on "closedOn" from duties d
    join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
    where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)}
      and s.due_on between ${from}::date and ${to}::date
      and ((s.status = 'closed' and s.late) or (s.status in ('issued', 'taken-on', 'in-progress', 'returned') and s.due_on < ${ctx.today}::date))
    order by s.due_on, d.year, d.no`)
}

/** Duties by id, in whatever state they are, as far as `scope` and the row policies show them. */
export function dutiesById(ctx: Context, ids: readonly string[], scope: RawBuilder<unknown>): Promise<OwedDuty[]> {
  return duties(ctx, sql`d.id = any(${ids as string[]}::uuid[]) and ${scope}`)
}

/**
 * Lets a duty's own course say that it was followed up (督办), inside an act of another module (decision 13). Refuses
 * `duty/not-in-state` where nobody owes it; answers false where it is absent or out of sight.
 */
export async function followUp(
  ctx: Writing,
  dutyId: string,
  order: { readonly id: string; readonly no: number; readonly answerBy: string },
): Promise<boolean> {
  const life = await lockLife(ctx, dutyId)
  if (life === null) return false
  settle(ctx, append(ctx, life, { event: 'followed-up', onDay: ctx.today, detail: { order } }))
  return true
}
