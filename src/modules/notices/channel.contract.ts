import * as z from 'zod'
import { Day, Id, Instant, Line, query, verb } from '../../core/contract.ts'

const Host = z
  .string()
  .trim()
  .max(253)
  .regex(/^[a-zA-Z0-9.:-]+$/)
const Url = z.url({ protocol: /^https?$/ }).max(500)

/** How a mail server is spoken to. */
export const securities = ['tls', 'starttls', 'none'] as const

const settings = {
  address: Url.describe('address of Luze as people open it; the only link in a message'),
  host: Host.optional().describe('mail: server'),
  port: z.int().min(1).max(65535).optional(),
  security: z.enum(securities).optional(),
  user: Line(200).optional().describe('mail: name of the login, where the server asks for one'),
  sender: z.email().max(254).optional().describe('mail: address from which messages come'),
  url: Url.optional().describe('webhook: where messages are posted'),
}

/**
 * Opens a way out of the product (product rule 11: there is none until an administrator opens one). A message says how many
 * lines wait and where Luze is, nothing else. The answer shows a webhook's signing secret once; no secret is ever read back.
 */
export const openChannel = verb('channel.open', {
  input: z.strictObject({
    kind: z.enum(['mail', 'webhook']),
    ...settings,
    password: z.string().min(1).max(500).optional().describe('mail: password of the login'),
  }),
  output: z.object({ channelId: Id, secret: z.string().nullable() }),
  refusals: ['channel/incomplete', 'channel/open-already', 'channel/forbidden-address', 'channel/no-key'],
  secret: true,
})

/** Closes a channel: what waits is dropped, its secret is destroyed. */
export const closeChannel = verb('channel.close', {
  input: z.strictObject({ channelId: Id }),
  output: z.object({ channelId: Id }),
  refusals: ['channel/closed'],
})

/** Sends a test without a number: by mail to the sender's own address. */
export const sendTest = verb('channel.send', {
  input: z.strictObject({ channelId: Id }),
  output: z.object({ deliveryId: Id }),
  refusals: ['channel/closed'],
})

/** Why a message did not go out, in words of a closed list. */
export const failures = [
  'forbidden-address',
  'no-host',
  'no-connection',
  'timeout',
  'security',
  'login',
  'answer',
  'redirect',
  'no-key',
  'other',
] as const

const Delivery = z.object({
  state: z.enum(['waiting', 'sent', 'dropped', 'failed']),
  reason: z.enum(failures).nullable(),
  at: Instant,
})

/** Channels with how far their messages got; no secret and no person. */
export const listChannels = query('channel.list', {
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        channelId: Id,
        kind: z.enum(['mail', 'webhook']),
        status: z.enum(['open', 'closed']),
        ...settings,
        address: z.string().nullable(),
        openedAt: Instant,
        today: z.object({ day: Day, waiting: z.int(), sent: z.int(), failed: z.int() }),
        lastTest: Delivery.nullable(),
        lastFailure: Delivery.nullable(),
      }),
    ),
    total: z.int(),
  }),
})
