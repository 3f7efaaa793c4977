import * as z from 'zod'

/** The views of study and training. */
export const studyTabs = ['own', 'persons', 'reading'] as const
/** One of these. */
export type StudyTab = (typeof studyTabs)[number]

/** What the address of study and training holds: view, year, the rule or person looked at, the plan that is open. */
export const studySearch = z.lazy(() =>
  z.object({
    tab: z.enum(studyTabs).optional().catch(undefined),
    year: z.number().int().min(2000).max(2100).optional().catch(undefined),
    rule: z.string().max(80).optional().catch(undefined),
    person: z.uuid().optional().catch(undefined),
    unit: z.uuid().optional().catch(undefined),
    plan: z.uuid().optional().catch(undefined),
    state: z.enum(['planned', 'kept', 'dropped']).optional().catch(undefined),
  }),
)
/** The same as a type. */
export type StudySearch = z.output<typeof studySearch>
