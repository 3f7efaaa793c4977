import * as z from 'zod'
import { sought } from '../../../src/modules/search/search.contract.ts'

/** What the address of a search holds: the words, and the kind that is shown alone. */
export const SearchAddress = z.lazy(() =>
  z.object({
    q: z.string().max(60).optional().catch(undefined),
    kind: z.enum(sought).optional().catch(undefined),
  }),
)
