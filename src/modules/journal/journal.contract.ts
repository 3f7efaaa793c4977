import * as z from 'zod'
import { Day, Id, Instant, page, paging, query } from '../../core/contract.ts'

/** Where the journal of the bureau stands: size, last entry, newest checkpoint, and how many records came late. */
export const showJournal = query('journal.show', {
  input: z.strictObject({}),
  output: z.strictObject({
    size: z.number().int(),
    lastAt: Instant.nullable(),
    suite: z.string(),
    goLiveOn: Day,
    checkpoint: z.strictObject({ size: z.number().int(), root: z.string(), at: Instant }).nullable(),
    types: z.array(z.strictObject({ type: z.string(), entries: z.number().int() })),
  }),
})

/** The acts of the journal, newest first: what was done, when, by whom and for whom, with the entries that it made. */
export const listActs = query('journal.acts', {
  input: z.strictObject({ verb: z.string().max(60).optional(), ...paging }),
  output: page(
    z.strictObject({
      id: Id,
      verb: z.string(),
      name: z.strictObject({ zh: z.string(), en: z.string() }),
      at: Instant,
      by: z.string().nullable(),
      onBehalfOf: z.string().nullable(),
      reason: z.string().nullable(),
      firstIdx: z.number().int(),
      entries: z.number().int(),
    }),
  ),
})
