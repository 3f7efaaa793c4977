import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { type Compared, type DutyPart, differing } from '../../core/duties/differing.ts'
import { matchYears } from '../../core/duties/similar.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayReadDuties, seesDrafts } from './duty.access.ts'
import { readable } from './duty.queries.ts'
import { compareLists } from './list.contract.ts'
import { scopeOf } from './list.queries.ts'
import { type Names, namesOf } from './order.ts'
import { listedFrom } from './shown.ts'

type Side = NonNullable<z.input<typeof compareLists.output>['items'][number]['now']>

/** Which standing of a year's list is meant. */
interface Standing {
  readonly year: number
  readonly version?: number | undefined
  readonly amendment?: number | undefined
}

/** A duty as one side of a comparison needs it. */
export interface SideRow extends Compared {
  id: string
  no: number
  status: string
  late: boolean
}

export const compareListsAnswer = answer(compareLists, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const { year, version, amendment } = input
    const ofOneYear = input.againstVersion !== undefined || input.againstAmendment !== undefined
    const againstYear = input.againstYear ?? (ofOneYear ? year : year - 1)
    const [now, before] = await Promise.all([
      rowsOf(ctx, { year, version, amendment }),
      rowsOf(ctx, { year: againstYear, version: input.againstVersion, amendment: input.againstAmendment }),
    ])
    const years = { before: againstYear, now: year }
    const matched = year === againstYear ? sameDuties(now) : matchYears(before, now)
    const all = [...now, ...before]
    const names = await namesOf(
      ctx,
      all.flatMap((one) => [one.leadUnitId, ...one.supportIds]),
      all.flatMap((one) => [one.leaderPostId, one.watcherPostId]),
    )
    const beforeById = new Map(before.map((one) => [one.id, one]))
    const open = (was: SideRow | undefined) => year !== againstYear && was !== undefined && was.status !== 'closed'
    const current = now.map((one) => {
      const match = matched.get(one.id)
      const was = match && beforeById.get(match.id)
      const differs: DutyPart[] = was === undefined ? [] : differing(was, one, years)
      return {
        change: was === undefined ? ('new' as const) : ('kept' as const),
        differs,
        neverClosed: open(was),
        now: sideOf(one, names),
        before: was === undefined ? null : sideOf(was, names),
        likeness: year === againstYear ? null : (match?.likeness ?? null),
      }
    })
    const kept = new Set(current.flatMap((one) => one.before?.id ?? []))
    const dropped = before
      .filter((one) => !kept.has(one.id))
      .map((one) => ({
        change: 'dropped' as const,
        differs: [],
        neverClosed: open(one),
        now: null,
        before: sideOf(one, names),
        likeness: null,
      }))
    const items = [...current, ...dropped]
    const count = (is: (item: (typeof items)[number]) => boolean) => items.filter(is).length
    return {
      year,
      againstYear,
      items,
      counts: {
        new: count(({ change }) => change === 'new'),
        kept: count(({ change }) => change === 'kept'),
        changed: count(({ differs }) => differs.length > 0),
        dropped: count(({ change }) => change === 'dropped'),
        neverClosed: count(({ neverClosed }) => neverClosed),
      },
    }
  },
})

/** In one year a duty goes on as itself. */
function sameDuties(now: readonly SideRow[]): Map<string, { id: string; likeness: number }> {
  return new Map(now.map(({ id }) => [id, { id, likeness: 1 }]))
}

/** A duty as one side of a comparison, with names as of today. */
export function sideOf(row: SideRow, names: Names): Side {
  const { id, no, title, kind, layer, common, deadline, cadence, measures, status, late } = row
  return {
    ...{ id, no, title, kind, layer, common, deadline, cadence, status, late },
    measures: [...measures],
    milestones: row.milestones.map((one) => ({ title: one.title, dueOn: one.dueOn ?? null })),
    leadUnit: names.unit(row.leadUnitId),
    supportUnits: row.supportIds.flatMap((unit) => names.unit(unit) ?? []),
    leader: names.post(row.leaderPostId),
    watcher: names.post(row.watcherPostId),
  }
}

/** The columns of a duty `d` as a comparison needs them. */
export const comparedColumns =
  sql.raw(`d.id, d.no, coalesce(d.title, '') as title, d.kind, d.layer, d.common, d.lead_unit_id "leadUnitId",
  d.support_ids "supportIds", d.leader_post_id "leaderPostId", d.watcher_post_id "watcherPostId", d.deadline, d.cadence,
  coalesce(d.measures, '[]') as measures, coalesce(d.milestones, '[]') as milestones`)

/** The duties of a list as they stand or stood, by number. */
async function rowsOf(ctx: ReadContext, standing: Standing): Promise<SideRow[]> {
  const size = await sizeOf(ctx, standing)
  if (size === null)
    return ctx.tx.all(sql<SideRow>`select ${comparedColumns}, s.status, s.late from ${listedFrom}
      where ${readable(ctx)} and d.year = ${standing.year} and d.list_id is not null order by d.no`)
  return ctx.tx.all(
    sql<SideRow>`select ${comparedColumns}, d.status, d.late from duties d
      where d.org_id = ${ctx.org.orgId} and not d.uncounted and d.year = ${standing.year} and d.list_id is not null
        and d.recorded_idx < ${size}::bigint and d.superseded_idx >= ${size}::bigint and ${scopeOf(ctx, 'd.unit_ids')} order by d.no`,
    { named: false },
  )
}

/** The journal size at which a standing was reached: after the act that issued the version or made the amendment; null for now. */
async function sizeOf(ctx: ReadContext, { year, version, amendment }: Standing): Promise<number | null> {
  if (version === undefined && amendment === undefined) return null
  const reached = (entry: RawBuilder<unknown>) => sql`select a.first_idx + a.entries as size from journal_entries e
    join acts a on a.org_id = e.org_id and a.id = e.act_id where e.org_id = ${ctx.org.orgId} and e.idx = (${entry})`
  const list = sql`select l.id from duty_lists l where l.org_id = ${ctx.org.orgId} and l.year = ${year}
    and l.superseded_idx = ${sql.raw(CURRENT)} and (${seesDrafts(ctx.actor)} or l.version_no > 0)`
  const entry =
    amendment === undefined
      ? sql`select min(l.recorded_idx) from duty_lists l where l.org_id = ${ctx.org.orgId} and l.id = (${list}) and l.version_no = ${version}`
      : sql`select min(m.recorded_idx) from duty_amendments m
          join duties d on d.org_id = m.org_id and d.id = m.duty_id and d.superseded_idx = ${sql.raw(CURRENT)} and ${scopeOf(ctx, 'd.unit_ids')}
          where m.org_id = ${ctx.org.orgId} and m.list_id = (${list}) and m.no = ${amendment}`
  const found = await ctx.tx.first(sql<{ size: number }>`${reached(entry)}`)
  if (found === null) throw new Refusal('record/not-found')
  return Number(found.size)
}
