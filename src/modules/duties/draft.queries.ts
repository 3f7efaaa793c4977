import { sql } from 'kysely'
import type * as z from 'zod'
import { countCoverage } from '../../core/duties/coverage.ts'
import { itemAround, type Layout } from '../../core/tables/layout.ts'
import { answer } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { getReview, reviewProgress } from './draft.contract.ts'
import { mayReadReviews } from './duty.access.ts'
import { proposalsOf } from './proposals.ts'
import { type DraftRow, loadReview, statesOf } from './review.ts'

function sourceOf(layout: Layout | null, start: number): { table: string; row: number } | null {
  const place = itemAround(layout, start)
  return place && { table: place.table.name, row: place.item.row }
}

const inFile = ({ proposes }: DraftRow) => proposes !== 'withdraw'

export const getReviewAnswer = answer(getReview, {
  may: mayReadReviews,
  run: async (ctx, input) => {
    ctx.unscoped('a review belongs to the bureau as a whole; only the office and supervision read it')
    const review = await loadReview(ctx, input.documentId, false)
    if (review === null || review.step === null) throw new Refusal('record/not-found')
    const { document, drafts, reading } = review
    const states = statesOf(review)
    const proposals = await proposalsOf(ctx, review)
    const coverage = countCoverage(states)
    const count = (state: string) => drafts.filter((draft) => draft.state === state).length
    const waiting = drafts.some((draft) => draft.state === 'open' && draft.mode === 'do')
    return {
      documentId: document.id,
      title: document.title,
      year: review.year,
      step: review.step,
      // What the file no longer has stands behind what stands in it.
      items: [...drafts.filter(inFile), ...drafts.filter((draft) => !inFile(draft))].map((draft) => ({
        id: draft.id,
        start: draft.start_at,
        end: draft.end_at,
        mode: draft.mode,
        state: draft.state,
        title: draft.title,
        text: document.text.slice(draft.start_at, draft.end_at),
        fields: draft.fields,
        inferred: draft.inferred,
        source: sourceOf(document.layout, draft.start_at),
        dutyId: draft.duty_id,
        proposal: proposals.get(draft.id) ?? null,
      })),
      clauses: reading.clauses.map(({ start, end }, index) => ({ start, end, state: states[index]! })),
      coverage,
      counts: {
        open: count('open'),
        confirmed: count('confirmed'),
        rejected: count('rejected'),
        assigned: count('assigned'),
        inferred: drafts
          .filter((draft) => draft.state === 'open')
          .reduce((sum, draft) => sum + Object.keys(draft.inferred).length, 0),
      },
      maySetDown: coverage.undecided === 0 && !waiting && count('confirmed') > 0,
    }
  },
})

type Progress = z.input<typeof reviewProgress.output>['items'][number]

export const reviewProgressAnswer = answer(reviewProgress, {
  may: mayReadReviews,
  run: async (ctx) => {
    ctx.unscoped('a review belongs to the bureau as a whole; only the office and supervision read it')
    const items = await ctx.tx.all(sql<Progress>`select d.document_id "documentId",
        count(*) filter (where d.state = 'open' and d.mode = 'do') as open, count(*) filter (where d.state = 'confirmed') as confirmed,
        count(*) filter (where d.state = 'rejected') as rejected, count(*) filter (where d.state = 'assigned') as assigned
      from duty_drafts d where d.org_id = ${ctx.org.orgId} group by d.document_id order by d.document_id desc`)
    return { items }
  },
})
