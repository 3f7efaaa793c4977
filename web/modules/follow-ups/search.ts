import * as z from 'zod'

/** What the address of the follow-up orders holds: year, filter, and the order whose panel is open. */
export const followUpsSearch = z.lazy(() =>
  z.object({
    year: z.number().int().min(1990).max(2100).optional().catch(undefined),
    status: z.enum(['draft', 'issued', 'answered', 'closed', 'withdrawn']).optional().catch(undefined),
    order: z.uuid().optional().catch(undefined),
  }),
)
/** The same as a type. */
export type FollowUpsSearch = z.output<typeof followUpsSearch>
