import * as z from 'zod'
import { Day, Id, Line, page, paging, query, verb } from '../../core/contract.ts'

const Amount = z.number().positive().max(9999).multipleOf(0.01).describe('hours')
const Rule = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9-]*$/)
  .describe('the rule that the hours count for')

const amountRefusals = ['opening/unknown-rule', 'opening/not-before-records', 'opening/already']

/** Enters hours that a person brings from before the records begin, for a window of several years (decision 7). */
export const recordOpening = verb('opening.record', {
  input: z.strictObject({
    personId: Id,
    rule: Rule,
    amount: Amount,
    on: Day.describe('last day that the hours cover, before the go-live day'),
  }),
  output: z.object({ openingId: Id }),
  refusals: ['person/unknown', ...amountRefusals],
})

/** Corrects an opening balance. */
export const amendOpening = verb('opening.amend', {
  input: z.strictObject({ openingId: Id, amount: Amount.optional(), on: Day.optional(), reason: Line(200) }),
  output: z.object({ openingId: Id }),
  refusals: ['opening/not-before-records', 'opening/withdrawn', 'opening/nothing-changed'],
})

/** Takes an opening balance back; it counts for nothing from then on. */
export const withdrawOpening = verb('opening.withdraw', {
  input: z.strictObject({ openingId: Id, reason: Line(200) }),
  output: z.object({ openingId: Id }),
  refusals: ['opening/withdrawn'],
})

/** Opening balances that stand, in the organisation's order, for the training handler. */
export const listOpenings = query('opening.list', {
  input: z.strictObject({ ...paging, personId: Id.optional() }),
  output: page(
    z.object({
      openingId: Id,
      personId: Id,
      name: z.string().nullable(),
      rule: z.string(),
      amount: z.number(),
      on: Day,
    }),
  ),
})
