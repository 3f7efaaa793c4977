import * as z from 'zod'
import { Both, Day, Id, query } from '../../core/contract.ts'
import { dutyMarks } from '../../core/duties/status.ts'
import { ObligationLine } from './obligation.contract.ts'

/** What is owed, with the record that would meet it: a kind of activity, or a plan that waits for what happened. */
export const WorkLine = ObligationLine.extend({
  activityKind: z.string().nullable().describe('kind of activity by whose record it is met first; null where by none'),
  talkKind: z.string().nullable(),
  plan: z.object({ planId: Id, plannedOn: Day.nullable(), kind: z.string().nullable() }).nullable(),
})

/** One rule and window of several subjects: a row of a workbench that opens into its lines. */
export const WorkGroup = z.object({
  rule: z.string(),
  words: Both,
  expected: z.boolean(),
  windowFrom: Day,
  windowTo: Day,
  dueOn: Day,
  count: z.int().describe('how many owe it'),
  lines: z.array(WorkLine).describe('all of them up to the limit, in the order of the organisation'),
})

const Part = z.object({ total: z.int().describe('obligations, not groups'), groups: z.array(WorkGroup) })

/**
 * What of the rules asks for somebody on a day, of the units that he sees: due within `soonDays`, late (hard ones only),
 * expected and not done, past and undetermined, and what he owes himself. Windows of the year up to the day.
 */
export const inboxObligations = query('obligation.inbox', {
  input: z.strictObject({
    on: Day.optional().describe('today when absent'),
    unitId: Id.optional().describe('this unit and all below it'),
    soonDays: z.coerce.number().int().min(1).max(366).optional().describe('14 when absent'),
    limit: z.coerce.number().int().min(1).max(200).optional().describe('lines of a group; 12 when absent'),
  }),
  output: z.object({ on: Day, soonDays: z.int(), soon: Part, late: Part, expected: Part, unknown: Part, own: Part }),
})

const Side = z.object({ open: z.int(), soon: z.int(), late: z.int() })

/**
 * The dual duty of each of the team, in the team's order: open duties of both sorts, talks with the heads of his line, what
 * he owes next. The secretary and the Party office see all, each leader himself; it is never sorted and never exported.
 */
export const leadersOwed = query('obligation.leaders', {
  input: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
  output: z.object({
    year: z.int(),
    on: Day,
    items: z.array(
      z.object({
        postId: Id,
        title: z.string(),
        name: z.string().nullable(),
        business: Side,
        party: Side,
        owed: z
          .object({ open: z.int(), late: z.int(), met: z.int() })
          .describe('obligations of the post and its holder'),
        next: ObligationLine.nullable().describe('what he owes himself and is due first'),
        nextDuty: z
          .object({ id: Id, no: z.int(), title: z.string().nullable(), dueOn: Day, mark: z.enum(dutyMarks) })
          .nullable()
          .describe('the open duty of his that is due first'),
      }),
    ),
  }),
})
