import { sql } from 'kysely'
import type * as z from 'zod'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { offsetOf, pageOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayReadDuties, seesDrafts } from './duty.access.ts'
import { readable } from './duty.queries.ts'
import { getList, listLists } from './list.contract.ts'
import { listedFrom } from './shown.ts'

type Listed = z.input<typeof listLists.output>['items'][number]
type Whole = z.input<typeof getList.output>

/** The scope over a column of units, where the current state of a duty is not asked. */
export const scopeOf = (ctx: ReadContext, column: string) =>
  ctx.within({ units: column }) as unknown as ReturnType<typeof sql>

export const listListsAnswer = answer(listLists, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const limit = input.limit ?? 20
    const rows = await ctx.tx.all(sql<
      Listed & { total: number }
    >`select l.id, l.year, l.title, l.version_no "versionNo", l.issued_on "issuedOn",
        (select count(*) from ${listedFrom} where ${readable(ctx)} and d.list_id = l.id) as duties, count(*) over () as total
      from duty_lists l where l.org_id = ${ctx.org.orgId} and l.superseded_idx = ${sql.raw(CURRENT)}
        and (${seesDrafts(ctx.actor)} or l.version_no > 0)
      order by l.year desc limit ${limit + 1} offset ${offsetOf(input.cursor)}`)
    return pageOf(rows, limit, input.cursor)
  },
})

interface ListRow {
  id: string
  year: number
  title: string | null
  versionNo: number
  issuedOn: string | null
}

export const getListAnswer = answer(getList, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const { orgId } = ctx.org
    const year = input.year ?? Number(ctx.today.slice(0, 4))
    const which = input.id === undefined ? sql`l.year = ${year}` : sql`l.id = ${input.id}`
    const list =
      await ctx.tx.first(sql<ListRow>`select l.id, l.year, l.title, l.version_no "versionNo", l.issued_on "issuedOn" from duty_lists l
      where l.org_id = ${orgId} and ${which} and l.superseded_idx = ${sql.raw(CURRENT)} and (${seesDrafts(ctx.actor)} or l.version_no > 0)`)
    if (list === null) throw new Refusal('record/not-found')
    const scope = scopeOf(ctx, 'd.unit_ids')
    const versions = await ctx.tx.all(sql<
      Whole['versions'][number]
    >`select l.version_no as no, l.issued_on "issuedOn", a.first_idx + a.entries "journalSize"
      from duty_lists l join journal_entries e on e.org_id = l.org_id and e.idx = l.recorded_idx join acts a on a.org_id = e.org_id and a.id = e.act_id
      where l.org_id = ${orgId} and l.id = ${list.id} and l.version_no > 0 order by l.version_no`)
    const amendments = await ctx.tx.all(sql<
      Whole['amendments'][number]
    >`select m.no, m.act, m.on_day "onDay", m.duty_id "dutyId", d.no "dutyNo", m.reason, m.changes
      from duty_amendments m join duties d on d.org_id = m.org_id and d.id = m.duty_id and d.superseded_idx = ${sql.raw(CURRENT)} and ${scope}
      where m.org_id = ${orgId} and m.list_id = ${list.id} order by m.no`)
    const drafts = seesDrafts(ctx.actor)
      ? await ctx.tx.first(
          sql<{
            n: number
          }>`select count(*) as n from ${listedFrom} where ${readable(ctx)} and d.list_id = ${list.id} and s.status = 'draft'`,
        )
      : null
    const frozen = versions.find((one) => one.no === input.version)
    if (input.version !== undefined && frozen === undefined) throw new Refusal('record/not-found')
    const items = frozen === undefined ? null : await frozenItems(ctx, list.id, frozen.journalSize)
    return { ...list, versions, amendments, drafts: drafts?.n ?? 0, items }
  },
})

/** The duties of a list as they stood when a version was frozen: as of the journal size after that act. */
function frozenItems(ctx: ReadContext, listId: string, size: number): Promise<NonNullable<Whole['items']>> {
  return ctx.tx.all(
    sql<NonNullable<Whole['items']>[number]>`select d.id, d.no, d.title, d.kind, d.layer, d.lead_unit_id "leadUnitId",
      d.leader_post_id "leaderPostId", d.deadline, d.cadence
    from duties d where d.org_id = ${ctx.org.orgId} and not d.uncounted and d.list_id = ${listId} and d.recorded_idx < ${size}::bigint
      and d.superseded_idx >= ${size}::bigint and ${scopeOf(ctx, 'd.unit_ids')} order by d.no`,
    { named: false },
  )
}
