import * as z from 'zod'
import { roles } from '../../../src/core/access/actor.ts'
import { query, verb } from '../../../src/core/contract.ts'

/** Who is signed in, as the shell needs it. */
export const Session = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  bureau: z.object({ id: z.string(), name: z.string() }),
  /** What stands beside the name: the post or the unit. */
  post: z.string(),
  roles: z.array(z.enum(roles)),
})
export type Session = z.infer<typeof Session>

export const openSession = verb('session.open', {
  input: z.object({ name: z.string(), password: z.string() }),
  output: Session,
  open: true,
})

export const closeSession = verb('session.close', { input: z.object({}), output: z.object({}) })

export const currentSession = query('session.current', { input: z.object({}), output: Session })

export const redeemAccount = verb('account.redeem', {
  input: z.object({ token: z.string(), name: z.string(), password: z.string() }),
  output: Session,
  open: true,
})
