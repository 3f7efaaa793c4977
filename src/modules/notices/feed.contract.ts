import * as z from 'zod'
import { file, Instant, query, verb } from '../../core/contract.ts'

const Language = z.enum(['zh', 'en']).describe('language of the titles')

/** Lets the people of the bureau open feeds: off until an administrator says so. */
export const grantFeeds = verb('feed.grant', {
  input: z.strictObject({}),
  output: z.object({ allowed: z.literal(true) }),
  refusals: ['feed/allowed-already'],
})

/** Takes that back: every feed of the bureau ends at once. */
export const revokeFeeds = verb('feed.revoke', {
  input: z.strictObject({}),
  output: z.object({ allowed: z.literal(false), closed: z.int().describe('feeds that ended') }),
  refusals: ['feed/not-allowed'],
})

/**
 * Opens the own feed and answers its address, this one time only; of the address nothing but a hash is kept. Whoever knows
 * it reads the due days, so it is treated like a password. An address that was given before ends.
 */
export const openFeed = verb('feed.open', {
  input: z.strictObject({ language: Language.optional() }),
  output: z.object({ path: z.string().describe('path on this server'), replaced: z.boolean() }),
  refusals: ['feed/not-allowed'],
  secret: true,
})

/** Ends the own feed: its address answers as if it had never been. */
export const closeFeed = verb('feed.close', {
  input: z.strictObject({}),
  output: z.object({ closed: z.literal(true) }),
  refusals: ['feed/none'],
})

/** Whether the bureau allows feeds, and whether the own one is open. */
export const getFeed = query('feed.get', {
  input: z.strictObject({}),
  output: z.object({ allowed: z.boolean(), openedAt: Instant.nullable(), language: Language.nullable() }),
})

/**
 * The own due days as iCalendar: title of the rule and the day, nothing else. A calendar program asks for it by the secret
 * address, a person who is signed in by its name.
 */
export const readFeed = file('feed.read', {
  input: z.strictObject({ language: Language.optional() }),
  address: '/ical/{secret}.ics',
})
