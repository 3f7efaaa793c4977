import * as z from 'zod'

/** What stands in the address of the register: what is looked for, the open entry, and what is done to it. */
export const CitationsAddress = z.lazy(() =>
  z.object({
    q: z.string().max(100).optional().catch(undefined),
    cite: z.uuid().optional().catch(undefined),
    act: z.enum(['record', 'amend', 'merge']).optional().catch(undefined),
  }),
)
export type CitationsAddress = z.output<typeof CitationsAddress>

/** Changes parts of the address; a part that is undefined leaves it. */
export type Move = (change: { [K in keyof CitationsAddress]?: CitationsAddress[K] | undefined }) => void
