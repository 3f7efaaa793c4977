import * as z from 'zod'

/** The views of one's own page. */
export const meTabs = ['records', 'kept', 'settings'] as const

/** What the address of one's own page holds. */
export const meSearch = z.lazy(() => z.object({ tab: z.enum(meTabs).optional().catch(undefined) }))
/** The same as a type. */
export type MeSearch = z.output<typeof meSearch>
