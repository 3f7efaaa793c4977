import { countCoverage } from '../../core/duties/coverage.ts'
import type { Order } from '../../core/duties/owner.ts'
import type { Roll } from '../../core/tables/names.ts'
import { action, type Context } from '../../platform/action/action.ts'
import { build } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { openDrafts } from './draft.contract.ts'
import { draftOf, passageOf } from './drafting.ts'
import { mayKeepLists } from './duty.access.ts'
import { draftsOfListBack, listBack, type RowDraft } from './list-back.ts'
import { orderOn } from './order.ts'
import { type DraftRow, loadReview, putDrafts, type Review, statesOf } from './review.ts'
import { alreadyListed, draftOfRow, type ReadRow, readRow, rollOn } from './row-drafting.ts'

export const openDraftsAction = action(openDrafts, {
  subject: (ctx: Context, input: { documentId: string }) => loadReview(ctx, input.documentId, true),
  may: mayKeepLists,
  run: async (ctx, _input, review: Review) => {
    if (review.step !== null) throw new Refusal('draft/already-opened')
    const order = await orderOn(ctx, ctx.today)
    const roll = await rollOn(ctx, order, ctx.today)
    const { text, layout } = review.document
    const read = review.reading.duties.map((one) => readRow(ctx, text, layout, one, roll, review.year))
    const { rows, withdrawals } = await knownRows(ctx, review, read, roll)
    const drafts: DraftRow[] = [
      ...withdrawals.map((one) => ({ ...one, id: ctx.newId() })),
      ...draftsOf(ctx, review, order, read, rows),
    ]
    const keys = { org_id: ctx.org.orgId, document_id: review.document.id }
    ctx.side(build.insertInto('duty_reviews').values({ ...keys, year: review.year, opened_on: ctx.today }))
    putDrafts(ctx, review.document.id, drafts)
    return {
      documentId: review.document.id,
      drafts: drafts.length,
      listed: drafts.filter((draft) => draft.state === 'assigned').length,
      changed: drafts.filter((draft) => draft.proposes === 'change').length,
      missing: withdrawals.length,
      coverage: countCoverage(statesOf({ ...review, drafts })),
    }
  },
})

function draftsOf(
  ctx: Context,
  review: Review,
  order: Order,
  read: readonly (ReadRow | null)[],
  rows: ReadonlyMap<number, RowDraft>,
): DraftRow[] {
  const found = review.reading.duties
  const { text } = review.document
  return found.map((one, index): DraftRow => {
    const row = read[index] ?? null
    const passage = () => passageOf(text, one, found[index - 1]?.end ?? 0)
    return {
      id: ctx.newId(),
      start_at: one.start,
      end_at: one.end,
      mode: one.mode,
      state: 'open',
      title: one.title,
      duty_id: null,
      proposes: null,
      ...(row === null ? draftOf(one, passage(), order, ctx.catalogues, review.year) : draftOfRow(row)),
      ...rows.get(index),
    }
  })
}

/**
 * What the year's list knows of the rows of a document, by their place. A list that this bureau gave out is compared with
 * what it was then; of any other table only the rows that the list says word for word are known.
 */
async function knownRows(ctx: Context, review: Review, read: readonly (ReadRow | null)[], roll: Roll) {
  const back = await listBack(ctx, review)
  if (back !== null) return draftsOfListBack(ctx, review, back, roll)
  const inRows = read.flatMap((row, index) =>
    row === null || review.reading.duties[index]!.mode !== 'do' ? [] : [{ index, said: draftOfRow(row) }],
  )
  const listed = await alreadyListed(
    ctx,
    review.year,
    inRows.map(({ said }) => said),
  )
  const rows = [...listed].map(([at, dutyId]): [number, RowDraft] => [
    inRows[at]!.index,
    { state: 'assigned', duty_id: dutyId, proposes: null },
  ])
  return { rows: new Map(rows), withdrawals: [] }
}
