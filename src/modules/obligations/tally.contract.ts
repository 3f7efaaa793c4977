import * as z from 'zod'
import { verb } from '../../core/contract.ts'

/** Counts the tallies of the bureau anew from its records, where the rules have changed or fsck found a fault. */
export const restoreTallies = verb('tally.restore', {
  input: z.strictObject({}),
  output: z.object({ patterns: z.int(), rows: z.int() }),
})
