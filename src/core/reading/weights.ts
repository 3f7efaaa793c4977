import { z } from 'zod'

/** A linear model over hashed features as it is kept. */
export const KeptLinear = z.strictObject({
  bits: z.int().min(8).max(18),
  classes: z.int().min(2),
  scale: z.number().positive(),
  steps: z.array(z.number()),
  weights: z.string(),
})

/** What was learned from the annotated documents, as it is kept: base64 of signed bytes. */
export const LearnedWeights = z.strictObject({
  tagger: KeptLinear,
  modes: KeptLinear,
  kinds: z.strictObject({ ...KeptLinear.shape, names: z.array(z.string()), votes: z.array(z.number()) }),
})
export type LearnedWeights = z.infer<typeof LearnedWeights>

export type KeptLinear = z.infer<typeof KeptLinear>
