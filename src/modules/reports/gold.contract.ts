import * as z from 'zod'
import { file, Id, query } from '../../core/contract.ts'

/** Frozen reports in which a person bound figures: how many he bound, how many nobody judged. */
export const listBoundReports = query('gold.reports', {
  input: z.strictObject({ year: z.number().int().min(1990).max(2100).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        draftId: Id,
        title: z.string(),
        year: z.number().int(),
        bound: z.number().int(),
        unjudged: z.number().int(),
      }),
    ),
    total: z.number().int(),
  }),
})

/** The text of a frozen report with the figures that a person bound, as a marked text that judges figures alone. */
export const boundTextOfReport = file('gold.report', {
  input: z.strictObject({ draftId: Id }),
  refusals: ['gold/not-complete'],
})
