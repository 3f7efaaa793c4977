import * as z from 'zod'

/** What the address of a page of the manual holds: the route that the section is about. */
export const HelpAddress = z.lazy(() => z.object({ at: z.string().max(80).optional().catch(undefined) }))
