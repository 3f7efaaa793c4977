import * as z from 'zod'

/** The stretches of months that the list offers. */
export const periods = ['month', 'quarter', 'year', 'previous'] as const

/** What the address of the talks holds. */
export const talksSearch = z.object({
  tab: z.enum(['list', 'counts']).optional(),
  kind: z.string().optional(),
  period: z.enum(periods).optional(),
  withdrawn: z.boolean().optional(),
  year: z.number().int().min(1990).max(2100).optional(),
})

/** The same as a type. */
export type TalksSearch = z.output<typeof talksSearch>
