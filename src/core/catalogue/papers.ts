import { z } from 'zod'
import { idSchema, wordsSchema } from './words.ts'

/** A term of the house: one idea, one Chinese word, one English rendering, one identifier (null where none is allowed). */
export const termSchema = z.strictObject({
  zh: z.string().trim().min(1),
  en: z.string().trim().min(1),
  /** official: seen in official English; common: usual in English writing; ours: this project's own. */
  mark: z.enum(['official', 'common', 'ours']),
  identifier: z.string().trim().min(1).nullable(),
  line: z.string().trim().min(1),
})
export type Term = z.infer<typeof termSchema>

/** A verb that an action may be named by. */
export const verbSchema = z.strictObject({ id: idSchema, zh: z.string().trim().min(1), line: z.string().trim().min(1) })
export type Verb = z.infer<typeof verbSchema>

/** The glossary file: terms and the closed list of verbs. */
export const glossarySchema = z.strictObject({ terms: z.array(termSchema).min(1), verbs: z.array(verbSchema).min(1) })
export type Glossary = z.infer<typeof glossarySchema>

/** What a mechanism is: P periodic, R leaves records, D decision, F figure, C document to register, X stance. */
export const natures = ['P', 'R', 'D', 'F', 'C', 'X'] as const

/** One mechanism that the two speeches name. `home` are capability ids; a pure stance may have none and is shown as context. */
export const mechanismSchema = z
  .strictObject({
    number: z.int().min(1).max(164),
    name: z.string().trim().min(1),
    nature: z.array(z.enum(natures)).min(1),
    home: z.array(z.string().regex(/^[A-H]\d$/)),
  })
  .refine((row) => row.home.length > 0 || row.nature.includes('X'), 'only a stance may have no home')
export type Mechanism = z.infer<typeof mechanismSchema>

/**
 * One column that holds personal data: why it is kept (`purpose`), on what ground of the personal-information law
 * (`basis`), how long (`retention`), and what an erasure does to it.
 */
export const privacyColumnSchema = z.strictObject({
  table: z.string().regex(/^[a-z][a-z0-9_]*$/),
  column: z.string().regex(/^[a-z][a-z0-9_]*$/),
  purpose: wordsSchema,
  basis: z.enum(['statutory-duty', 'membership', 'labour', 'consent', 'security']),
  retention: wordsSchema,
  erasure: z.enum(['emptied', 'row-deleted', 'kept-unlinked', 'kept']),
})
export type PrivacyColumn = z.infer<typeof privacyColumnSchema>
