import * as z from 'zod'
import { Day, Id, verb } from '../../core/contract.ts'

/** How somebody belongs to the Party: full members vote, probationary ones do not yet. */
export const standings = ['full', 'probationary'] as const

/** Records that a person belongs to a branch (or subgroup) from a day on. */
export const recordMembership = verb('membership.record', {
  input: z.strictObject({
    branchId: Id,
    personId: Id,
    standing: z.enum(standings),
    from: Day,
    to: Day.optional(),
  }),
  output: z.object({ membershipId: Id }),
  refusals: [
    'membership/not-here',
    'membership/overlaps',
    'unit/not-in-force',
    'person/unknown',
    'period/ends-before-start',
  ],
})

/** Moves a member to another branch: the old membership ends on the day before. */
export const transferMembership = verb('membership.transfer', {
  input: z.strictObject({ membershipId: Id, branchId: Id, from: Day.describe('first day in the new branch') }),
  output: z.object({ membershipId: Id }),
  refusals: [
    'membership/not-here',
    'membership/same-branch',
    'unit/not-in-force',
    'period/ends-before-start',
    'period/ended',
  ],
})

/** Ends a membership with a last day. */
export const closeMembership = verb('membership.close', {
  input: z.strictObject({ membershipId: Id, on: Day.describe('last day') }),
  output: z.object({ membershipId: Id }),
  refusals: ['period/ends-before-start', 'period/ended'],
})

/** Changes the standing of a member from a day on, as from probationary to full. */
export const amendMembership = verb('membership.amend', {
  input: z.strictObject({ membershipId: Id, standing: z.enum(standings), from: Day }),
  output: z.object({ membershipId: Id }),
  refusals: ['membership/same-standing', 'period/ends-before-start', 'period/ended'],
})
