import { z } from 'zod'

/** A name or sentence in both languages, Chinese first; neither may be blank. */
export const wordsSchema = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })
export type Words = z.infer<typeof wordsSchema>

/** A row's id: kebab-case, at most 40 characters. It never changes once shipped, because records carry it. */
export const idSchema = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an id is kebab-case')

/** Other words that mean the same row in a text, an import column or a search. */
export const aliasesSchema = z.array(z.string().trim().min(1)).default([])

/** A made-up sentence that shows the row in use; the catalogue test reads the row's words out of it. */
export const exampleSchema = z.string().trim().min(4)
