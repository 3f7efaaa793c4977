import { listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { reviewProgress } from '../../../src/modules/duties/draft.contract.ts'
import { listReports } from '../../../src/modules/reports/report.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'

/** Documents whose drafts wait for the office: some are not reviewed, or all are and wait for the list. */
export function useReviews(enabled: boolean) {
  const { data: documents } = useQueryOf(listDocuments, { limit: 100 }, { enabled })
  const { data: progress } = useQueryOf(reviewProgress, {}, { enabled })
  const counts = new Map(progress?.items.map((one) => [one.documentId, one]))
  const open = (enabled ? (documents?.items ?? []) : []).flatMap((document) => {
    const review = counts.get(document.id)
    if (!review || (review.open === 0 && review.confirmed === 0)) return []
    return [{ document, left: review.open, all: review.open + review.confirmed + review.rejected + review.assigned }]
  })
  return { open, ready: !enabled || (documents !== undefined && progress !== undefined) }
}

/** Reports that are drafts still, newest first. */
export function useDrafts(enabled: boolean) {
  const { data, error } = useQueryOf(listReports, { limit: 100 }, { enabled })
  return {
    // Who goes on acting for somebody keeps what was read before, and it is not his day.
    drafts: (enabled ? (data?.items ?? []) : []).filter((row) => row.state === 'draft'),
    ready: !enabled || Boolean(data ?? error),
  }
}
