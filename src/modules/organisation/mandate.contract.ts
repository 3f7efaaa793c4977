import * as z from 'zod'
import { Day, Id, Line, query, verb } from '../../core/contract.ts'

/** Lets `agentId` act for `principalId` between two days; both see it, and every act names it (decision 14). */
export const grantMandate = verb('mandate.grant', {
  input: z.strictObject({ principalId: Id, agentId: Id, from: Day, to: Day, purpose: Line(120).optional() }),
  output: z.object({ mandateId: Id }),
  refusals: [
    'mandate/to-oneself',
    'mandate/too-long',
    'mandate/overlaps',
    'person/unknown',
    'period/ends-before-start',
  ],
})

/** Withdraws a mandate at once. What was done under it stays. */
export const revokeMandate = verb('mandate.revoke', {
  input: z.strictObject({ mandateId: Id }),
  output: z.object({ mandateId: Id }),
  refusals: ['mandate/revoked'],
})

/** Mandates that the asker gave or was given, and for those who keep the roster all that are not over. */
export const listMandates = query('mandate.list', {
  input: z.strictObject({ on: Day.optional() }),
  output: z.object({
    on: Day,
    items: z.array(
      z.object({
        mandateId: Id,
        principalId: Id,
        principal: z.string().nullable(),
        agentId: Id,
        agent: z.string().nullable(),
        from: Day,
        to: Day,
        purpose: z.string().nullable(),
        inForce: z.boolean(),
      }),
    ),
  }),
})
