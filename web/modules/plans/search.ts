import * as z from 'zod'
import { planItems, planStates } from '../../../src/modules/plans/plan.contract.ts'

/** What the address of the plan holds: year, filters, the plan that is open. */
export const plansSearch = z.lazy(() =>
  z.object({
    year: z.number().int().min(2000).max(2100).optional().catch(undefined),
    item: z.enum(planItems).optional().catch(undefined),
    state: z.enum(planStates).optional().catch(undefined),
    unit: z.uuid().optional().catch(undefined),
    plan: z.uuid().optional().catch(undefined),
  }),
)
/** The same as a type. */
export type PlansSearch = z.output<typeof plansSearch>
