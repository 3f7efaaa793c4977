import * as z from 'zod'

/** Which rules the library shows. */
export const ruleStands = ['active', 'dormant', 'documentation'] as const

/** What the address of the rule library holds: the filter, and the rule whose page is open. */
export const rulesSearch = z.lazy(() =>
  z.object({
    stand: z.enum(ruleStands).optional().catch(undefined),
    rule: z.string().max(60).optional().catch(undefined),
  }),
)
/** The same as a type. */
export type RulesSearch = z.output<typeof rulesSearch>
