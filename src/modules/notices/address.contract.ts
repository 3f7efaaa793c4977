import * as z from 'zod'
import { Id, query, verb } from '../../core/contract.ts'

/** Gives my mail address, or another one: over it comes how many lines wait, never which. */
export const recordAddress = verb('address.record', {
  input: z.strictObject({ address: z.email().max(254).describe('my mail address') }),
  output: z.object({ addressId: Id }),
  refusals: ['address/nothing-changed'],
})

/** Takes my mail address back; it is emptied. */
export const closeAddress = verb('address.close', {
  input: z.strictObject({}),
  output: z.object({ closed: z.boolean() }),
  refusals: ['address/none'],
})

/** My mail address, and whether a channel is open over which it is used. */
export const ownAddress = query('address.get', {
  input: z.strictObject({}),
  output: z.object({ address: z.string().nullable(), used: z.boolean() }),
})
