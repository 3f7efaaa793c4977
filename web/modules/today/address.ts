import * as z from 'zod'

/** The parts of the workbench that can be shown whole. */
export const parts = ['waiting', 'own', 'soon', 'late', 'expected', 'stale', 'unknown'] as const
/** One of these. */
export type Part = (typeof parts)[number]

/** What stands in the address of the workbench: the list that is shown whole. */
export const TodayAddress = z.lazy(() => z.object({ open: z.enum(parts).optional().catch(undefined) }))
