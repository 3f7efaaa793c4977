import * as z from 'zod'
import { DocumentKind, Year } from '../../../src/modules/documents/document.contract.ts'
import { reviewShows } from './review-shows.ts'

/** What the address of the list of documents holds. */
export const documentsSearch = z.lazy(() =>
  z.object({
    year: Year.optional().catch(undefined),
    kind: DocumentKind.optional().catch(undefined),
  }),
)

/** What the address of a review holds: what is shown at the right, and the draft that is open. */
export const reviewSearch = z.lazy(() =>
  z.object({
    show: z.enum(reviewShows).optional().catch(undefined),
    draft: z.uuid().optional().catch(undefined),
  }),
)
