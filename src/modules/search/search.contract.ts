import * as z from 'zod'
import { Both, Day, Line, query } from '../../core/contract.ts'

/** Kinds of thing that are searched. Minutes, talks and views are never among them. */
export const sought = [
  'duty',
  'order',
  'activity',
  'plan',
  'document',
  'cite',
  'report',
  'rule',
  'unit',
  'person',
] as const

/** One thing that was found. */
export const Hit = z.object({
  id: z.string(),
  title: z.string().nullable(),
  named: Both.nullable().describe('what the catalogue calls it, or its kind'),
  note: z.string().nullable().describe('what stands beside it: unit, file, the words around the place'),
  on: Day.nullable(),
  no: z.int().nullable(),
  year: z.int().nullable(),
})

/**
 * Everything that the actor may see and that holds the words, by kind, under the rights of each kind's own list. Words
 * between blanks must all be there; names of persons are found by pinyin too.
 */
export const findAnything = query('search.find', {
  input: z.strictObject({
    q: Line(60).optional().describe('nothing is found without it'),
    kind: z.enum(sought).optional().describe('only this kind'),
    limit: z.coerce.number().int().min(1).max(200).optional().describe('of each kind; 5 when absent'),
  }),
  output: z.object({
    q: z.string(),
    parts: z.array(z.object({ kind: z.enum(sought), total: z.int(), hits: z.array(Hit) })),
  }),
})
