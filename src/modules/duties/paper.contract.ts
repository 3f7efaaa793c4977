import * as z from 'zod'
import { Day, file, Id } from '../../core/contract.ts'
import { headFields } from '../../core/papers/head.ts'

const Year = z.number().int().min(1990).max(2100)

/**
 * The responsibility list of a year as a paper, in the columns that offices use; with `version` as it stood when that
 * version was issued, with `documentId` as the attachment of that text (工作要点), which may bear a head. Whoever sees a
 * part is given that part.
 */
export const paperOfList = file('list.paper', {
  input: z.strictObject({
    year: Year,
    version: z.number().int().min(1).optional(),
    documentId: Id.optional(),
    ...headFields,
  }),
  refusals: ['paper/number-unfit', 'paper/mark-missing', 'paper/head-across'],
})

/** The brief (通报) on how a list stands on a day (today when absent), with what was closed since `from` (its month). */
export const briefOfList = file('list.brief', {
  input: z.strictObject({ year: Year, from: Day.optional(), to: Day.optional(), ...headFields }),
  refusals: ['list/not-issued', 'list/brief-period', 'paper/number-unfit', 'paper/mark-missing'],
})

/** The sheet of one leader for a quarter, as a paper. */
export const paperOfSheet = file('duty.sheet-paper', {
  input: z.strictObject({ postId: Id, year: Year, quarter: z.number().int().min(1).max(4).optional() }),
})
