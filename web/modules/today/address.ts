import * as z from 'zod'

/** What stands in the address of the workbench: the list that is shown whole. */
export const TodayAddress = z.object({ open: z.enum(['waiting', 'own']).optional().catch(undefined) })
