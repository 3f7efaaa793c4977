import { sql } from 'kysely'
import { listCells, listColumns, type SheetItem } from '../../core/tables/list-sheet.ts'
import type { Roll } from '../../core/tables/names.ts'
import { givenOutMark } from '../../core/tables/returned.ts'
import { fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { bookSayer, type Ledger, workbookFile } from '../../platform/office/workbook.ts'
import { mayReadDuties, mayReadReviews, seesDrafts } from './duty.access.ts'
import { readable } from './duty.queries.ts'
import { orderOn } from './order.ts'
import { loadReview } from './review.ts'
import { rollOn } from './row-drafting.ts'
import { citesColumn, type ListedDuty, listedColumns, listedFrom } from './shown.ts'
import { workbookOfDrafts, workbookOfList } from './workbook.contract.ts'

type Row = ListedDuty & { cites: string[] }

export const listWorkbookAnswer = fileAnswer(workbookOfList, {
  may: mayReadDuties,
  run: async (ctx, { year }) => {
    // Read before the rows: a change that comes in between is then no change of whoever edits the file.
    const head = await ctx.tx.first(
      sql<{ size: number }>`select size from journal_heads where org_id = ${ctx.org.orgId}`,
    )
    const rows = await ctx.tx.all(sql<Row>`select ${listedColumns}, ${citesColumn} from ${listedFrom}
      where ${readable(ctx)} and d.year = ${year} and d.list_id is not null order by d.no`)
    const say = bookSayer(ctx.catalogues.words)
    const layers = ctx.catalogues.catalogue.dutyLayers
    const rank = (row: Row) => layers.find(row.layer)?.rank ?? Number.MAX_SAFE_INTEGER
    const items = rows
      .sort((a, b) => rank(a) - rank(b) || a.no - b.no)
      .map((row) => ({ ...itemOfDuty(row), progress: say(`status-${row.status}`) }))
    const title = say('list', { year })
    const whole = ctx.scope.units === 'all' && seesDrafts(ctx.actor)
    const mark = givenOutMark({ org: ctx.org.code, year, size: Number(head?.size ?? 0), day: ctx.today, whole })
    const ledger = await ledgerOf(ctx, title, say('list-sheet'), items)
    const note = say('list-note', { day: ctx.today, count: items.length, mark })
    return workbookFile(ctx.catalogues.words, title, [{ ...ledger, note }])
  },
})

/** A duty as a row of the list. */
export function itemOfDuty(row: Row): Omit<SheetItem, 'progress'> {
  return {
    no: row.no,
    title: row.title ?? '',
    kind: row.kind,
    layer: row.layer,
    leadUnitId: row.lead_unit_id,
    supportUnitIds: row.support_ids,
    leaderPostId: row.leader_post_id,
    watcherPostId: row.watcher_post_id,
    deadline: row.deadline,
    cadence: row.cadence,
    measures: row.measures ?? [],
    milestones: row.milestones ?? [],
    cites: row.cites,
    common: row.common,
  }
}

export const draftWorkbookAnswer = fileAnswer(workbookOfDrafts, {
  may: mayReadReviews,
  run: async (ctx, { documentId }) => {
    ctx.unscoped('a review belongs to the bureau as a whole; only the office and supervision read it')
    const review = await loadReview(ctx, documentId, false)
    if (review === null || review.step === null) throw new Refusal('record/not-found')
    const say = bookSayer(ctx.catalogues.words)
    const title = review.document.title ?? say('drafts')
    const ledgers: Ledger[] = []
    for (const mode of ['do', 'problem'] as const) {
      const items = review.drafts
        .filter((draft) => draft.mode === mode && draft.state !== 'rejected' && draft.proposes !== 'withdraw')
        .map(
          ({ title, fields, state }, at): SheetItem => ({
            ...fields,
            title,
            no: at + 1,
            progress: say(`draft-${state}`),
          }),
        )
      if (mode === 'problem' && items.length === 0) continue
      ledgers.push(await ledgerOf(ctx, title, say(`drafts-${mode}`), items, mode))
    }
    return workbookFile(ctx.catalogues.words, title, ledgers)
  },
})

async function ledgerOf(
  ctx: ReadContext,
  title: string,
  name: string,
  items: readonly SheetItem[],
  mode: 'do' | 'problem' = 'do',
): Promise<Ledger> {
  const { words, catalogue } = ctx.catalogues
  const say = bookSayer(words)
  const roll: Roll = await rollOn(ctx, await orderOn(ctx, ctx.today), ctx.today)
  const sheetWords = {
    kind: (id: string) => catalogue.dutyKinds.find(id)?.words.zh ?? id,
    layer: (id: string) => catalogue.dutyLayers.find(id)?.words.zh ?? id,
    common: say('common'),
    own: say('own'),
  }
  return {
    name,
    title,
    note: say('note', { day: ctx.today, count: items.length }),
    columns: listColumns.map(({ field, width }) => ({
      heading: words.messages.get(`column/${mode === 'problem' && field === 'duty' ? 'problem' : field}`)?.zh ?? field,
      width,
    })),
    rows: items.map((item) => listCells(item, roll, sheetWords)),
  }
}
