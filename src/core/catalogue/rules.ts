import * as z from 'zod'
import { confidences, type Rule, standings, strictnesses } from '../rules/rule.ts'
import { idSchema, wordsSchema } from './words.ts'

/** A rule with the id of the pack, the regulation, in which it stands. */
export type PackedRule = Rule & { readonly pack: string }

/**
 * One duty that the sources name: how it binds, how well its source was seen, and what the product does with it. `absent`
 * has no rule anywhere; `rules` are the ids of its rules where they are not its own id alone.
 */
export const strictnessSchema = z
  .strictObject({
    id: idSchema,
    /** The part of the list of duties under which it stands, such as `1.4`. */
    part: z.string().regex(/^1\.[1-9]$/),
    strictness: z.enum(strictnesses),
    confidence: z.enum(confidences),
    standing: z.enum([...standings, 'absent']),
    rules: z.array(idSchema).min(2).optional(),
    why: wordsSchema,
  })
  .refine(({ standing, confidence }) => standing !== 'hard' || confidence === 'high', 'only what was seen can be hard')
  .refine(
    ({ standing, confidence }) => standing !== 'expected' || confidence === 'high' || confidence === 'medium-high',
    'only what was seen can be expected',
  )
export type Strictness = z.infer<typeof strictnessSchema>

/** The ids of the rules that a row of the table asks for; none where it is read only or absent. */
export function rulesOfRow(row: Strictness): readonly string[] {
  if (row.standing === 'absent' || row.standing === 'documentation') return []
  return row.rules ?? [row.id]
}
