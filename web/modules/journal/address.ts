import * as z from 'zod'

/** What stands in the address of the journal: one kind of act, and the place from which older acts are shown. */
export const JournalAddress = z.lazy(() =>
  z.object({
    verb: z.string().max(60).optional().catch(undefined),
    before: z.coerce.string().max(20).optional().catch(undefined),
  }),
)
