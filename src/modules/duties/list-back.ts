import { sql } from 'kysely'
import type { Order } from '../../core/duties/owner.ts'
import { type DutyStatus, openStatuses } from '../../core/duties/status.ts'
import type { Roll } from '../../core/tables/names.ts'
import {
  comparedItem,
  type Given,
  type GivenOut,
  givenOutIn,
  matchRows,
  returnedAs,
} from '../../core/tables/returned.ts'
import type { Context } from '../../platform/action/action.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { comparedColumns } from './compare.queries.ts'
import type { Inferred } from './drafting.ts'
import { orderOn } from './order.ts'
import type { DraftRow, Review } from './review.ts'
import { readRow, rollOn } from './row-drafting.ts'
import { citesColumn } from './shown.ts'

/** A list that was given out and is under review as a document: the line that says so, and its duties as they stood then. */
export interface ListBack {
  readonly given: GivenOut & { readonly start: number; readonly end: number }
  readonly was: readonly Given[]
}

type Reading = Pick<Context, 'org' | 'tx'>

/** What a document gives back of the list of its year; null for one that this bureau did not give out, or for another year. */
export async function listBack(ctx: Reading, review: Pick<Review, 'document' | 'year'>): Promise<ListBack | null> {
  const { orgId, code } = ctx.org
  const given = givenOutIn(review.document.text, review.document.layout)
  if (given === null || given.org !== code || given.year !== review.year) return null
  const was = await ctx.tx.all(
    sql<Given>`select ${comparedColumns}, ${citesColumn} from duties d
      where d.org_id = ${orgId} and d.year = ${given.year} and d.list_id is not null and d.status <> 'withdrawn'
        and d.recorded_idx < ${given.size}::bigint and d.superseded_idx >= ${given.size}::bigint order by d.no`,
  )
  return { given, was }
}

/** What a row of a list that comes back is in the review, beside its place in the text. */
export type RowDraft = Pick<DraftRow, 'state' | 'duty_id' | 'proposes'> &
  Partial<Pick<DraftRow, 'title' | 'fields' | 'inferred'>>

/**
 * The rows of a list that comes back, by their place in the reading: one that says its duty word for word stands in the
 * list already, one that says it otherwise proposes the change, one that is no duty of the list is not among them. A duty
 * of the whole list that no row says is proposed to be taken out, unless rows are hidden.
 */
export async function draftsOfListBack(
  ctx: Context,
  review: Review,
  { given, was }: ListBack,
  roll: Roll,
): Promise<{ rows: Map<number, RowDraft>; withdrawals: Omit<DraftRow, 'id'>[] }> {
  const { text, layout } = review.document
  // Names in the file are those of the day on which it was given out; names that came since are known too.
  const rolls = given.day === ctx.today ? [roll] : [await rollThen(ctx, given.day), roll]
  const read = review.reading.duties.flatMap((one, index) => {
    const said = rolls.flatMap((names) => readRow(ctx, text, layout, one, names, review.year) ?? [])
    const row = said.find(({ item }) => item.unresolved.length === 0) ?? said.at(-1)
    return row === undefined || one.mode !== 'do' ? [] : [{ index, ...row }]
  })
  const matched = matchRows(was, read)
  const rows = new Map<number, RowDraft>()
  for (const [at, { duty, same }] of matched) {
    const row = read[at]!
    rows.set(
      row.index,
      same
        ? { state: 'assigned', duty_id: duty.id, proposes: null }
        : changeOf(duty, returnedAs(duty, row), row.inferred),
    )
  }
  const stated = new Set([...matched.values()].map(({ duty }) => duty.id))
  const missing = given.whole && layout?.hidden !== true ? was.filter(({ id }) => !stated.has(id)) : []
  const gone = await withdrawable(ctx, missing)
  return { rows, withdrawals: gone.map((duty) => withdrawalOf(duty, given)) }
}

async function rollThen(ctx: Context, day: string): Promise<Roll> {
  const order: Order = await orderOn(ctx, day)
  return rollOn(ctx, order, day)
}

function changeOf(was: Given, back: ReturnType<typeof returnedAs>, inferred: Inferred): RowDraft {
  const { title, ...fields } = back
  const moved = (field: string) =>
    JSON.stringify((comparedItem(back) as unknown as Record<string, unknown>)[field]) !==
    JSON.stringify((was as unknown as Record<string, unknown>)[field])
  return {
    state: 'open',
    duty_id: was.id,
    proposes: 'change',
    title,
    fields,
    inferred: Object.fromEntries(Object.entries(inferred).filter(([field]) => moved(field))) as Inferred,
  }
}

/** Those that can still be taken out; what is closed stays in the list. */
async function withdrawable(ctx: Context, duties: readonly Given[]): Promise<Given[]> {
  if (duties.length === 0) return []
  const ids = duties.map(({ id }) => id)
  const states = await ctx.tx.all(sql<{ id: string; status: DutyStatus }>`select duty_id as id, status from duty_states
    where org_id = ${ctx.org.orgId} and duty_id = any(${ids}::uuid[])`)
  const status = new Map(states.map((one) => [one.id, one.status]))
  return duties.filter(({ id }) => {
    const now = status.get(id)
    return now === 'draft' || now === 'suspended' || (now !== undefined && openStatuses.includes(now))
  })
}

function withdrawalOf(duty: Given, { start, end }: ListBack['given']): Omit<DraftRow, 'id'> {
  const { title, kind, layer, common, leadUnitId, leaderPostId, watcherPostId, deadline, cadence } = duty
  return {
    start_at: start,
    end_at: end,
    mode: 'do',
    state: 'open',
    title,
    duty_id: duty.id,
    proposes: 'withdraw',
    inferred: {},
    fields: {
      ...{ kind, layer, common, leadUnitId, leaderPostId, watcherPostId, deadline, cadence },
      subject: [],
      supportUnitIds: [...duty.supportIds],
      deadlineText: null,
      measures: [...duty.measures],
      milestones: duty.milestones.map((step) => ({ title: step.title, dueOn: step.dueOn ?? null })),
      cites: [...duty.cites],
      unresolved: [],
    },
  }
}

/** A duty of the list as it stands now. */
export interface Standing extends Given {
  readonly status: DutyStatus
  readonly late: boolean
}

/** Duties as they stand now, by id. */
export async function standingNow(ctx: Reading, ids: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await ctx.tx.all(
    sql<Standing>`select ${comparedColumns}, ${citesColumn}, s.status, s.late
      from duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
      where d.org_id = ${ctx.org.orgId} and d.id = any(${ids as string[]}::uuid[]) and d.superseded_idx = ${sql.raw(CURRENT)}`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
