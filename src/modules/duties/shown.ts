import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { type DutyStatus, openStatuses, standingOn } from '../../core/duties/status.ts'
import type { Context } from '../../platform/action/action.ts'
import type { DutyRow, dutyViews } from './duty.contract.ts'
import { namesOf } from './order.ts'

/** Days before the due day that count as soon, unless the kind's row says otherwise (design §5). */
const SOON_DAYS = 14
const STALE_DAYS = 30

/** Days that count as soon for a kind of duty. */
export function soonDaysOf(catalogue: Catalogue, kind: string): number {
  const row = catalogue.dutyKinds.find(kind) as { due_soon_days?: number } | undefined
  return row?.due_soon_days ?? SOON_DAYS
}

/** A duty joined with its kept state, as read for lists. */
export interface ListedDuty {
  id: string
  no: number
  year: number
  list_id: string | null
  title: string | null
  kind: string
  layer: string
  common: boolean
  lead_unit_id: string | null
  support_ids: string[]
  leader_post_id: string | null
  watcher_post_id: string | null
  deadline: string | null
  cadence: string | null
  measures: string[] | null
  milestones: { title: string; dueOn: string | null }[] | null
  status: DutyStatus
  due_on: string | null
  submitted_on: string | null
  closed_on: string | null
  late: boolean
  last_on: string
  done: number[] | null
}

/** The columns of a listed duty from `duties d join duty_states s`. */
export const listedColumns =
  sql.raw(`d.id, d.no, d.year, d.list_id, d.title, d.kind, d.layer, d.common, d.lead_unit_id, d.support_ids,
  d.leader_post_id, d.watcher_post_id, d.deadline, d.cadence, d.measures, d.milestones, s.status, s.due_on, s.submitted_on, s.closed_on,
  s.late, s.last_on,
  case when d.milestones = '[]'::jsonb then null else array(select distinct (e.detail->>'milestone')::int from duty_events e
    where e.org_id = d.org_id and e.duty_id = d.id and e.event = 'reported' and e.detail ? 'milestone') end as done`)

/** The titles of what a duty `d` is based on, as `cites`. */
export const citesColumn =
  sql.raw(`array(select x.title from citations c join cited_documents x on x.org_id = c.org_id and x.id = c.cite_id
  and x.superseded_idx = 9223372036854775807 where c.org_id = d.org_id and c.noun = 'duty' and c.ref_id = d.id order by x.title) as cites`)

/** The join of a listed duty. */
export const listedFrom = sql.raw('duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id')

/** Turns listed duties into what people read: names as of today, standing computed with today. */
export async function shown(ctx: Context, rows: readonly ListedDuty[]): Promise<z.input<typeof DutyRow>[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [row.lead_unit_id, ...row.support_ids]),
    rows.flatMap((row) => [row.leader_post_id, row.watcher_post_id]),
  )
  return rows.map((row) => {
    const state = {
      status: row.status,
      dueOn: row.due_on,
      submittedOn: row.submitted_on,
      lateClosed: row.late,
      wasMissed: row.late,
    }
    const standing = standingOn(state, ctx.today, soonDaysOf(ctx.catalogues.catalogue, row.kind))
    return {
      id: row.id,
      no: row.no,
      year: row.year,
      listId: row.list_id,
      title: row.title,
      kind: row.kind,
      layer: row.layer,
      common: row.common,
      leadUnit: names.unit(row.lead_unit_id),
      supportUnits: row.support_ids.map((id) => names.unit(id)!),
      leader: names.post(row.leader_post_id),
      watcher: names.post(row.watcher_post_id),
      deadline: row.deadline,
      dueOn: row.due_on,
      cadence: row.cadence,
      measures: row.measures ?? [],
      status: row.status,
      ...standing,
      closedOn: row.closed_on,
      lastOn: row.last_on,
      milestonesDone: row.done?.length ?? 0,
      milestones: row.milestones?.length ?? 0,
    }
  })
}

type View = (typeof dutyViews)[number]

const openList = sql.raw(openStatuses.map((status) => `'${status}'`).join(', '))
const owed = sql`s.status in (${openList})`
const waitsInTime = sql`(s.status = 'submitted' and s.submitted_on <= s.due_on)`

/** Each saved view as a condition on `d` and `s`, the same facts as `standingOn` computes from. */
export function viewCondition(ctx: Context, view: View): RawBuilder<unknown> {
  const today = sql`${ctx.today}::date`
  switch (view) {
    case 'open':
      return owed
    case 'late':
      return sql`(${owed} and s.due_on < ${today} and not ${waitsInTime})`
    case 'due-soon':
      return sql`(${owed} and s.status <> 'submitted' and s.due_on >= ${today} and s.due_on - ${today} <= ${soonDays(ctx.catalogues.catalogue)})`
    case 'awaiting':
      return sql`s.status = 'submitted'`
    case 'made-good-late':
      return sql`(s.status = 'closed' and s.late)`
    case 'not-taken-on':
      return sql`s.status in ('issued', 'declined')`
    case 'stale':
      return sql`(s.status in ('taken-on', 'in-progress', 'returned') and s.last_on < ${today} - ${sql.lit(STALE_DAYS)}::int)`
    case 'closed':
      return sql`s.status = 'closed'`
    case 'draft':
      return sql`s.status = 'draft'`
    case 'unowned':
      return sql`(s.status = 'draft' and d.lead_unit_id is null and d.leader_post_id is null and not d.common)`
  }
}

/** The days that count as soon as an expression over the duty's kind; one number unless rows of kinds say otherwise. */
function soonDays(catalogue: Catalogue): RawBuilder<unknown> {
  const own = catalogue.dutyKinds.rows.filter((kind) => soonDaysOf(catalogue, kind.id) !== SOON_DAYS)
  if (own.length === 0) return sql`${sql.lit(SOON_DAYS)}::int`
  const cases = own.map((kind) => sql`when ${kind.id} then ${sql.lit(soonDaysOf(catalogue, kind.id))}::int`)
  return sql`case d.kind ${sql.join(cases, sql` `)} else ${sql.lit(SOON_DAYS)}::int end`
}
