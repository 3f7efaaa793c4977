import * as z from 'zod'
import { Both, Day, file, Id, query } from '../../core/contract.ts'

/**
 * What is kept of the caller himself, table by table, with purpose, ground, time and what an erasure does (as
 * `catalogue/privacy.yaml` says it for every column). Rows are counted over all their versions.
 */
export const keptOfPerson = query('person.kept', {
  input: z.strictObject({}),
  output: z.object({
    personId: Id,
    on: Day,
    items: z.array(
      z.object({
        table: z.string(),
        words: Both,
        rows: z.int(),
        columns: z.array(
          z.object({ column: z.string(), purpose: Both, basis: z.string(), retention: Both, erasure: z.string() }),
        ),
      }),
    ),
  }),
})

/** A copy of all that is kept of the caller himself, to read (html) or to take along (json); without secrets of signing in. */
export const copyPerson = file('person.copy', {
  input: z.strictObject({ format: z.enum(['json', 'html']).optional(), language: z.enum(['zh', 'en']).optional() }),
})
