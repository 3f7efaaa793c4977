import * as z from 'zod'
import { Day, Id, page, query, Text, verb } from '../../core/contract.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const Festival = z.string().min(1).max(44).describe('id of a festival of the civil calendar')

/**
 * Sends the integrity reminder before a festival, once, to the groups chosen: it becomes one line in the inbox of each of
 * their members until the festival is over, and one record of the year. Nobody is asked whether he saw it.
 */
export const sendReminder = verb('reminder.send', {
  input: z.strictObject({
    festival: Festival,
    year: z.int().min(1990).max(2100),
    text: Text(600),
    unitIds: z.array(Id).max(100).optional().describe('everybody in these units and below them'),
    audiences: z.array(z.string().max(40)).max(12).optional(),
    byUnitId: Id.optional().describe('unit under which it is recorded; the own post decides when absent'),
  }),
  output: z.object({ reminderId: Id, activityId: Id, reached: z.int() }),
  refusals: [
    'reminder/unknown-festival',
    'reminder/festival-over',
    'reminder/no-group',
    'reminder/unknown-group',
    'reminder/sent-already',
  ],
})

const Sent = z.object({
  reminderId: Id,
  sentOn: Day,
  unitIds: z.array(Id),
  audiences: z.array(z.string()),
  text: z.string().nullable(),
})

/** The next festivals with what is proposed to send before each, and what was sent; a proposal is nobody's record. */
export const draftReminders = query('reminder.drafts', {
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        festival: z.string(),
        words: Words,
        year: z.int(),
        day: Day,
        from: Day,
        to: Day,
        certain: z.boolean().describe('false: the arrangement of the year is not announced yet'),
        sendFrom: Day.describe('day from which it is proposed'),
        text: Words.describe('proposed wording, to be changed as one likes'),
        sent: z.array(Sent),
      }),
    ),
    audiences: z.array(z.object({ id: z.string(), words: Words })).describe('audiences that the roster makes out'),
  }),
})

/** A reminder that came to me, whole. */
export const getReminder = query('reminder.get', {
  input: z.strictObject({ reminderId: Id }),
  output: z.object({
    ...Sent.shape,
    festival: z.string(),
    words: Words.nullable(),
    year: z.int(),
    activityId: Id.nullable(),
  }),
})

/** Reminders that were sent, newest first, for those who send them. */
export const listReminders = query('reminder.list', {
  input: z.strictObject({ year: z.int().min(1990).max(2100).optional() }),
  output: page(
    z.object({ ...Sent.shape, festival: z.string(), words: Words.nullable(), year: z.int(), activityId: Id }),
  ),
})
