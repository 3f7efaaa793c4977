import * as z from 'zod'
import { Id, Instant, query, verb } from '../../core/contract.ts'
import { opinionFaults, opinionSilences } from '../../core/opinions/answer.ts'
import { differenceKinds } from '../../core/opinions/comparison.ts'

const documentId = Id

/** Why a part of a text has no opinion: nobody answered, or the answer was not used. */
export const opinionHindrances = [...opinionSilences, ...opinionFaults, 'skipped', 'not-configured'] as const

const Said = z.object({ zh: z.string(), en: z.string() })

/**
 * Asks the office model for a second opinion on a document under review; a job asks it, heading by heading. The text goes to
 * the address that an administrator configured and nowhere else. No draft changes by it.
 */
export const openOpinion = verb('opinion.open', {
  input: z.strictObject({ documentId }),
  output: z.object({ documentId: Id, parts: z.number().int() }),
  refusals: ['opinion/not-configured', 'opinion/under-way', 'draft/not-opened'],
})

/**
 * The office model's opinion beside the drafts as they stand: where both agree, and each difference as a passage with values
 * from closed lists. `said` tells in words how far the opinion goes, also where there is none.
 */
export const getOpinion = query('opinion.get', {
  input: z.strictObject({ documentId }),
  output: z.object({
    documentId: Id,
    host: z.string().nullable().describe('the configured host; null where no model is configured'),
    state: z.enum(['off', 'none', 'waiting', 'done', 'failed']),
    said: Said,
    askedAt: Instant.nullable(),
    parts: z.number().int(),
    answered: z.number().int(),
    hindrances: z.array(z.object({ why: z.enum(opinionHindrances), count: z.number().int(), ...Said.shape })),
    agreed: z.number().int(),
    differences: z.array(
      z.object({
        what: z.enum(differenceKinds),
        start: z.number().int(),
        end: z.number().int(),
        text: z.string(),
        draftIds: z.array(Id),
        at: z.array(z.number().int()),
        kind: z.string().nullable(),
        mode: z.string().nullable(),
        subject: z.string().nullable(),
        mayTake: z.boolean().describe('a verb of the review can carry it out'),
      }),
    ),
  }),
})
