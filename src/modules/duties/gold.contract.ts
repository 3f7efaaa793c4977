import * as z from 'zod'
import { file, Id, query } from '../../core/contract.ts'

/** Why a document is no gold yet, or cannot be. */
export const goldHindrances = [
  'not-opened',
  'undecided',
  'unreviewed',
  'nothing-decided',
  'from-table',
  'marks-in-text',
  'crossing',
  'value',
  'nothing',
] as const

/** The documents of the bureau as gold: which ones people have reviewed to the end, and why the others do not count. */
export const listGold = query('gold.list', {
  input: z.strictObject({ year: z.number().int().min(1990).max(2100).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        documentId: Id,
        title: z.string().nullable(),
        year: z.number().int(),
        hindrance: z.enum(goldHindrances).nullable(),
        why: z.object({ zh: z.string(), en: z.string() }).nullable(),
        duties: z.number().int(),
        rejected: z.number().int(),
        unjudged: z.number().int().describe('passages that nobody judged'),
      }),
    ),
    total: z.number().int(),
    counted: z.number().int(),
  }),
})

/**
 * A reviewed document with what people decided, as a marked text (docs/annotation.md). It holds the text as it was
 * imported, names included, and belongs to the office.
 */
export const markedGold = file('gold.get', {
  input: z.strictObject({ documentId: Id }),
  refusals: ['gold/not-complete'],
})
