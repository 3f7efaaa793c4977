import * as z from 'zod'
import { file, Id } from '../../core/contract.ts'

/** The responsibility list of a year as a workbook (xlsx), as far as the caller may read it; it can be imported again. */
export const workbookOfList = file('list.xlsx', {
  input: z.strictObject({ year: z.coerce.number().int().min(1990).max(2100) }),
  refusals: ['workbook/too-long'],
})

/** The drafts of a document as a workbook (xlsx): duties and problems each on a sheet; it can be imported again. */
export const workbookOfDrafts = file('draft.xlsx', {
  input: z.strictObject({ documentId: Id }),
  refusals: ['workbook/too-long'],
})
