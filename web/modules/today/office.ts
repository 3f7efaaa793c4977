import { useQueries } from '@tanstack/react-query'
import { listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { getReview } from '../../../src/modules/duties/draft.contract.ts'
import { listReports } from '../../../src/modules/reports/report.contract.ts'
import { readOf, useQueryOf } from '../../lib/queries.ts'

/** Reviews are asked for one by one, so only of the newest documents. */
const NEWEST = 10

/** Documents whose drafts wait for the office: some are not reviewed, or all are and wait for the list. */
export function useReviews(enabled: boolean) {
  const { data } = useQueryOf(listDocuments, { limit: NEWEST }, { enabled })
  const documents = data?.items ?? []
  const reviews = useQueries({
    queries: documents.map((document) => ({ ...readOf(getReview, { documentId: document.id }), enabled })),
  })
  const open = documents.flatMap((document, place) => {
    const review = reviews[place]?.data
    if (!review || (review.counts.open === 0 && !review.maySetDown)) return []
    const { open: left, confirmed, rejected, assigned } = review.counts
    return [{ document, left, all: left + confirmed + rejected + assigned, maySetDown: review.maySetDown }]
  })
  const ready = !enabled || (data !== undefined && reviews.every((review) => review.data || review.error))
  return { open, ready }
}

/** Reports that are drafts still, newest first. */
export function useDrafts(enabled: boolean) {
  const { data, error } = useQueryOf(listReports, { limit: 100 }, { enabled })
  return {
    drafts: (data?.items ?? []).filter((row) => row.state === 'draft'),
    ready: !enabled || Boolean(data ?? error),
  }
}
