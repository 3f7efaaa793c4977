import * as z from 'zod'
import { file, verb } from '../../core/contract.ts'

/** Takes a filled roster template (xlsx, base64) in: all rows or none. */
export const importRoster = verb('roster.import', {
  input: z.strictObject({
    file: z.base64().max(6_000_000).describe('the xlsx file, base64'),
    check: z.boolean().optional().describe('only look for faults, write nothing'),
  }),
  output: z.object({
    units: z.number().int(),
    persons: z.number().int(),
    posts: z.number().int(),
    appointments: z.number().int(),
    charges: z.number().int(),
    memberships: z.number().int(),
    classes: z.number().int(),
  }),
  refusals: ['roster/unreadable', 'roster/sheet-missing', 'roster/column-missing', 'roster/rows-wrong', 'roster/empty'],
})

/** The empty xlsx template with its four sheets and a line of explanation for each column. */
export const rosterTemplate = file('roster.template', { input: z.strictObject({}) })

/** The roster as it stands today (xlsx), in the form in which it is imported. */
export const rosterBook = file('roster.xlsx', { input: z.strictObject({}) })
