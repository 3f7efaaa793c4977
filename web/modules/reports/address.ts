import * as z from 'zod'

/** What stands in the address of a report: the figure whose source is open, the list's filter, the panel, the step. */
export const ReportAddress = z.lazy(() =>
  z.object({
    figure: z.coerce.number().int().min(1).optional().catch(undefined),
    filter: z.enum(['filled', 'unbound', 'masked', 'left', 'dated']).optional().catch(undefined),
    panel: z.enum(['bind', 'leave', 'edit', 'shortfalls']).optional().catch(undefined),
    recount: z.enum(['open']).optional().catch(undefined),
    records: z.enum(['all']).optional().catch(undefined),
    /** Where in the source text the paragraph stands that is being edited. */
    at: z.coerce.number().int().min(0).optional().catch(undefined),
    step: z.enum(['check']).optional().catch(undefined),
  }),
)
export type ReportAddress = z.output<typeof ReportAddress>

/** Which reports the list shows. */
export const ReportsAddress = z.lazy(() =>
  z.object({ state: z.enum(['draft', 'frozen', 'withdrawn']).optional().catch(undefined) }),
)

/** Changes parts of the address; a part that is undefined leaves it. */
export type Move = (change: { [K in keyof ReportAddress]?: ReportAddress[K] | undefined }) => void
