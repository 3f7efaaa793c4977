import * as z from 'zod'
import { outcomes } from '../../../src/core/rules/obligation.ts'

/** Whose obligations a tab shows. */
export const obligationTabs = ['branches', 'groups', 'talks', 'hours', 'personal'] as const
/** One of these. */
export type ObligationTab = (typeof obligationTabs)[number]

/** What the address of the obligations holds: year, tab, view, the open obligation, filters. */
export const obligationsSearch = z.lazy(() =>
  z.object({
    year: z.number().int().min(2000).max(2100).optional().catch(undefined),
    tab: z.enum(obligationTabs).optional().catch(undefined),
    view: z.enum(['matrix', 'calendar', 'list']).optional().catch(undefined),
    /** The obligation whose reasons are shown. */
    open: z.string().max(160).optional().catch(undefined),
    outcome: z.enum(outcomes).optional().catch(undefined),
    rule: z.string().max(60).optional().catch(undefined),
    unit: z.uuid().optional().catch(undefined),
  }),
)
/** The same as a type. */
export type ObligationsSearch = z.output<typeof obligationsSearch>
