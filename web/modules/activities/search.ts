import * as z from 'zod'
import { periods } from './periods.ts'

/** What the address of the list holds: its filters. */
export const activitiesSearch = z.lazy(() =>
  z.object({
    kind: z.string().optional(),
    unitId: z.string().optional(),
    period: z.enum(periods).optional(),
    entry: z.enum(['late', 'on-time']).optional(),
    withdrawn: z.boolean().optional(),
  }),
)

/** What an address may fill the form with. */
export const newActivitySearch = z.lazy(() =>
  z.object({
    kind: z.string().optional(),
    unitId: z.string().optional(),
    day: z.iso.date().optional(),
    title: z.string().max(200).optional().catch(undefined),
    topics: z.array(z.string()).optional().catch(undefined),
    /** The plan that the record keeps. */
    plan: z.uuid().optional().catch(undefined),
  }),
)

/** Whether the record is being corrected. */
export const activitySearch = z.lazy(() => z.object({ edit: z.boolean().optional() }))
