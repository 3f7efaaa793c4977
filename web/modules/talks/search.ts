import * as z from 'zod'
import { planStates } from '../../../src/modules/plans/plan.contract.ts'

/** The views of the talks. */
export const talkTabs = ['list', 'coverage', 'plan', 'reminders', 'counts'] as const
/** One of these. */
export type TalkTab = (typeof talkTabs)[number]

/** The stretches of months that the list offers. */
export const periods = ['month', 'quarter', 'year', 'previous'] as const

/** What the address of the talks holds. */
export const talksSearch = z.lazy(() =>
  z.object({
    tab: z.enum(talkTabs).optional().catch(undefined),
    kind: z.string().optional(),
    period: z.enum(periods).optional(),
    withdrawn: z.boolean().optional(),
    year: z.number().int().min(1990).max(2100).optional(),
    plan: z.uuid().optional().catch(undefined),
    state: z.enum(planStates).optional().catch(undefined),
  }),
)

/** The same as a type. */
export type TalksSearch = z.output<typeof talksSearch>
