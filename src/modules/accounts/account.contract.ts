import * as z from 'zod'
import { Id, Instant, Line, query, verb } from '../../core/contract.ts'

/** The three administrators, each apart from the other two and from all business (三员分立). */
export const administrators = ['system-admin', 'security-admin', 'audit-admin'] as const

const Slip = z.object({
  accountId: Id,
  name: z.string().describe('user name'),
  personId: Id.nullable(),
  token: z.string().describe('one-time code, shown this once'),
  expiresAt: Instant,
})

/** Opens accounts for persons of the roster; each answer is a slip with a one-time code. */
export const openAccounts = verb('account.open', {
  secret: true,
  input: z.strictObject({
    persons: z
      .array(
        z.strictObject({
          personId: Id,
          name: Line(40).optional().describe('user name; the person’s name when absent'),
        }),
      )
      .min(1)
      .max(500),
  }),
  output: z.object({ slips: z.array(Slip) }),
  refusals: ['person/unknown', 'account/present', 'account/name-taken'],
})

/** Opens the account of one of the three administrators, who is no person of the bureau. */
export const openAdministrator = verb('administrator.open', {
  secret: true,
  input: z.strictObject({ role: z.enum(administrators), name: Line(40) }),
  output: Slip,
  refusals: ['account/name-taken'],
})

/** Ends password and sessions of an account and gives a new slip. */
export const resetAccount = verb('account.reset', {
  secret: true,
  input: z.strictObject({ accountId: Id }),
  output: Slip,
  refusals: ['account/closed'],
})

/** Closes an account; its sessions end at once. */
export const closeAccount = verb('account.close', {
  input: z.strictObject({ accountId: Id }),
  output: z.object({ accountId: Id }),
  refusals: ['account/closed', 'account/last-administrator'],
})

/** New slips for all accounts that nobody has taken into use, as one page to print; older slips of these end. */
export const printSlips = verb('slip.print', {
  secret: true,
  input: z.strictObject({ accountIds: z.array(Id).max(500).optional() }),
  output: z.object({ slips: z.array(Slip.extend({ person: z.string().nullable() })), html: z.string() }),
  refusals: ['slip/none'],
})

/** Accounts of the bureau. When somebody was here last is not kept. */
export const listAccounts = query('account.list', {
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        accountId: Id,
        name: z.string().nullable(),
        personId: Id.nullable(),
        person: z.string().nullable(),
        administrator: z.enum(administrators).nullable(),
        status: z.enum(['open', 'closed']),
        redeemed: z.boolean(),
      }),
    ),
    total: z.number().int(),
  }),
})
