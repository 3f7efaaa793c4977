import * as z from 'zod'
import { Day, file, Id, page, query, verb } from '../../core/contract.ts'
import { parts, stages } from '../../core/notices/ladder.ts'

const Words = z.object({ zh: z.string(), en: z.string() })

/** One line of an inbox or digest: what it is about, where on the ladder it stands, and as what the reader is told. */
export const NoticeLine = z.object({
  noun: z.enum(['duty', 'obligation', 'order', 'reminder']),
  recordId: z.string(),
  stage: z.enum(stages),
  part: z.enum(parts),
  no: z.int().nullable(),
  year: z.int().nullable(),
  title: z.string().nullable(),
  words: Words.nullable().describe('what it is called where no person gave it a title'),
  unit: z.object({ id: Id, name: z.string() }).nullable(),
  dueOn: Day.nullable(),
  workingDays: z.int().nullable().describe('working days left; below 0: over since'),
  newOn: Day.nullable().describe('day of the digest in which it was new; null: it comes with the next one'),
  standing: z.boolean().describe('false: since then it was dealt with'),
})

/** What stands in my inbox today. A line goes when its fact changes; nobody has to tick it off, and nobody is told that I looked. */
export const listNotices = query('notice.list', {
  input: z.strictObject({}),
  output: page(NoticeLine).extend({ nextDigestOn: Day, hour: z.int() }),
})

/** My digest of a day: what was new that morning, and how many other lines stand today. */
export const digestOfDay = query('notice.digest', {
  input: z.strictObject({ day: Day.optional() }),
  output: z.object({ day: Day, workday: z.boolean(), items: z.array(NoticeLine), others: z.int() }),
})

/** My digest of a day on paper (docx). */
export const digestPaper = file('notice.paper', { input: z.strictObject({ day: Day.optional() }) })

/** Sets the hour of the morning at which the digests of the bureau are made. */
export const planDigest = verb('digest.plan', {
  input: z.strictObject({ hour: z.int().min(5).max(11).describe('hour in Asia/Shanghai') }),
  output: z.object({ hour: z.int() }),
  refusals: ['digest/nothing-changed'],
})

/**
 * Makes this morning's digests: notes for each person which lines are new to him, and sends the bare number over the
 * channels that are open. The calendar does it at the hour; doing it again tells nobody anything twice.
 */
export const announceDigests = verb('digest.announce', {
  input: z.strictObject({}),
  output: z.object({ day: Day, persons: z.int(), lines: z.int(), messages: z.int() }),
  refusals: ['digest/quiet-day'],
})
