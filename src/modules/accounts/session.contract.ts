import * as z from 'zod'
import { roles } from '../../core/access/actor.ts'
import { Both, Day, Id, Instant, query, verb } from '../../core/contract.ts'

const Password = z.string().min(1).max(200)
const orgCode = z.string().max(41).optional().describe('code of the bureau, where the installation has several')

const Held = z.object({
  role: z.enum(roles),
  words: Both,
  postId: Id.nullable(),
  title: z.string().nullable(),
  unitId: Id.nullable(),
  unit: z.string().nullable(),
})

/** Who is signed in, what he holds today, and for whom he may act. */
export const Session = z.object({
  account: z.object({ id: Id, name: z.string() }),
  /** The person; for an administrator, who is no person of the bureau, the account stands in. */
  person: z.object({ id: z.string(), name: z.string() }),
  personId: Id.nullable(),
  bureau: z.object({ id: z.string(), code: z.string(), name: z.string(), goLiveOn: Day, demo: z.boolean() }),
  today: Day,
  /** What stands beside the name: the unit of a clerk or member, the title of anybody else. */
  post: z.string(),
  roles: z.array(z.enum(roles)),
  holdings: z.array(Held),
  mandates: z.array(z.object({ mandateId: Id, principalId: Id, principal: z.string().nullable(), to: Day })),
  /** For whom he acts now, and what that person holds; `roles` and `holdings` above are of both. */
  onBehalfOf: z
    .object({
      personId: Id,
      name: z.string().nullable(),
      mandateId: Id,
      roles: z.array(z.enum(roles)),
      holdings: z.array(Held),
    })
    .nullable(),
})
export type Session = z.infer<typeof Session>

const Opened = Session.extend({ token: z.string(), expiresAt: Instant })

/** Signs in. A browser gets the token as a cookie that no script can read. */
export const openSession = verb('session.open', {
  secret: true,
  input: z.strictObject({ name: z.string().min(1).max(80), password: Password, org: orgCode }),
  output: Opened,
  refusals: ['session/wrong', 'session/locked'],
  open: true,
})

/** Signs out; `everywhere` ends all sessions of the account. */
export const closeSession = verb('session.close', {
  input: z.strictObject({ everywhere: z.boolean().optional() }),
  output: z.object({ ended: z.number().int() }),
})

/** Who am I. */
export const currentSession = query('session.current', { input: z.strictObject({}), output: Session })

/** First use of an account, or the next one after a reset: the code of the slip and a password of one's own; signs in. */
export const redeemAccount = verb('account.redeem', {
  secret: true,
  input: z.strictObject({
    token: z.string().min(1).max(60).describe('the one-time code as it stands on the slip'),
    name: z.string().trim().min(2).max(40).optional().describe('a user name of one’s own choice'),
    password: Password,
    org: orgCode,
  }),
  output: Opened,
  refusals: ['account/code-wrong', 'account/name-taken', 'password/short', 'password/classes', 'password/guessable'],
  open: true,
})

/** Changes one's own password; all other sessions of the account end. */
export const amendAccount = verb('account.amend', {
  input: z.strictObject({ oldPassword: Password, password: Password }),
  output: z.object({ ended: z.number().int() }),
  refusals: ['session/wrong', 'session/locked', 'password/short', 'password/classes', 'password/guessable'],
})
