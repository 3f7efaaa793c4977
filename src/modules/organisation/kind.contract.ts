import * as z from 'zod'
import { activityGroups, attendanceSources, talkShapes } from '../../core/catalogue/kinds.ts'
import { Both, query } from '../../core/contract.ts'

const Row = z.object({ id: z.string(), words: Both })

/** One own field of a kind of activity. */
export const KindField = z.discriminatedUnion('type', [
  Row.extend({ type: z.literal('text'), max: z.int() }),
  Row.extend({ type: z.literal('number'), min: z.number(), max: z.number(), whole: z.boolean() }),
  Row.extend({ type: z.literal('day') }),
  Row.extend({ type: z.literal('boolean') }),
  Row.extend({
    type: z.literal('choice'),
    choices: z.array(Row).nullable().describe('null: the shared list of audiences'),
  }),
])

/** The rows of the catalogue that pages need, those of this bureau's own among them, each in the order of the catalogue. */
export const listKinds = query('kind.list', {
  input: z.strictObject({}),
  output: z.object({
    activities: z.array(
      Row.extend({
        group: z.enum(activityGroups),
        bodies: z.array(z.string()).describe('kinds of unit that hold it'),
        attendance: z.enum(attendanceSources),
        mayVote: z.boolean(),
        fields: z.array(KindField),
      }),
    ),
    talks: z.array(
      Row.extend({
        shape: z.enum(talkShapes),
        maskedBelow: z.int().nullable().describe('smaller numbers are not shown'),
        months: z.int().nullable().describe('months after which the pair is emptied'),
      }),
    ),
    duties: z.array(Row.extend({ business: z.boolean() })),
    layers: z.array(Row),
    units: z.array(Row.extend({ parents: z.array(z.string()) })),
    posts: z.array(Row.extend({ units: z.array(z.string()) })),
    statuses: z.array(Row.extend({ countsAs: z.enum(['present', 'excused', 'absent']) })),
    audiences: z.array(Row),
    topics: z.array(Row),
  }),
})
