import * as z from 'zod'

/** What the address of the organisation holds. */
export const organisationSearch = z.lazy(() =>
  z.object({
    tab: z.enum(['units', 'handover', 'mandates', 'accounts']).optional(),
    unitId: z.string().optional(),
    on: z.iso.date().optional(),
    days: z.number().int().min(1).max(366).optional(),
  }),
)

/** The same as a type. */
export type OrganisationSearch = z.output<typeof organisationSearch>
