import * as z from 'zod'
import { Day, Id, Line, query, verb } from '../../core/contract.ts'

/** Opens a post in a unit. */
export const openPost = verb('post.open', {
  input: z.strictObject({
    unitId: Id,
    kind: z.string().min(1).max(60).describe('id of a kind of post, or its words'),
    title: Line(60).optional(),
    position: z.number().int().min(0).max(100_000).optional(),
    from: Day,
  }),
  output: z.object({ postId: Id }),
  refusals: ['post/kind-unknown', 'post/unit-kind', 'unit/not-in-force'],
})

/** Ends a post with a last day; nobody may hold it after that day. */
export const closePost = verb('post.close', {
  input: z.strictObject({ postId: Id, on: Day.describe('last day') }),
  output: z.object({ postId: Id }),
  refusals: ['post/still-held', 'period/ends-before-start', 'period/ended'],
})

/** Appoints a person to a post. `succeed` ends the running appointment of a post for one on the day before. */
export const appoint = verb('appointment.appoint', {
  input: z.strictObject({
    postId: Id,
    personId: Id,
    from: Day,
    to: Day.optional().describe('last day; open when absent'),
    succeed: z.boolean().optional(),
  }),
  output: z.object({ appointmentId: Id }),
  refusals: ['appointment/overlaps', 'appointment/outside-post', 'person/unknown', 'period/ends-before-start'],
})

/** Ends an appointment with a last day. */
export const closeAppointment = verb('appointment.close', {
  input: z.strictObject({ appointmentId: Id, on: Day.describe('last day') }),
  output: z.object({ appointmentId: Id }),
  refusals: ['period/ends-before-start', 'period/ended'],
})

/** Puts a post in charge of a unit's line of work (分管). */
export const assignCharge = verb('charge.assign', {
  input: z.strictObject({ postId: Id, unitId: Id, from: Day, to: Day.optional() }),
  output: z.object({ chargeId: Id }),
  refusals: ['charge/overlaps', 'unit/not-in-force', 'appointment/outside-post', 'period/ends-before-start'],
})

/** Ends a charge with a last day. */
export const closeCharge = verb('charge.close', {
  input: z.strictObject({ chargeId: Id, on: Day.describe('last day') }),
  output: z.object({ chargeId: Id }),
  refusals: ['period/ends-before-start', 'period/ended'],
})

const Holder = z.object({
  appointmentId: Id,
  personId: Id,
  name: z.string().nullable(),
  from: Day,
  to: Day.nullable(),
})

/** One post on a day: who holds it and what it is in charge of. */
export const PostRow = z.object({
  postId: Id,
  unitId: Id,
  kind: z.string(),
  title: z.string(),
  role: z.string(),
  position: z.number(),
  from: Day,
  to: Day.nullable(),
  holders: z.array(Holder),
  charges: z.array(z.object({ chargeId: Id, unitId: Id, name: z.string(), from: Day, to: Day.nullable() })),
})

/** Posts with their holders on a day (today when none is given), of the bureau or of one unit. */
export const listPosts = query('post.list', {
  input: z.strictObject({ unitId: Id.optional(), on: Day.optional() }),
  output: z.object({ on: Day, items: z.array(PostRow) }),
})

/** What a handover must look at: appointments that end within `days` (60), and posts that nobody holds. */
export const listHandovers = query('handover.list', {
  input: z.strictObject({ on: Day.optional(), days: z.number().int().min(1).max(366).optional() }),
  output: z.object({
    on: Day,
    ending: z.array(
      z.object({
        appointmentId: Id,
        postId: Id,
        title: z.string(),
        unitId: Id,
        unit: z.string(),
        personId: Id,
        name: z.string().nullable(),
        to: Day,
      }),
    ),
    vacant: z.array(
      z.object({
        postId: Id,
        title: z.string(),
        unitId: Id,
        unit: z.string(),
        since: Day.nullable().describe('day after the last holder'),
      }),
    ),
  }),
})
