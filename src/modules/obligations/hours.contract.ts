import * as z from 'zod'
import { Both, Day, file, Id, paging, query } from '../../core/contract.ts'
import { outcomes } from '../../core/rules/obligation.ts'

const Year = z.coerce.number().int().min(2000).max(2100)

/** How somebody stands to a rule of study or training, in the measure that came furthest. */
export const HoursStand = z.object({
  rule: z.string(),
  words: Both,
  expected: z.boolean().describe('never red'),
  unconfirmed: z.boolean().describe('its source waits for confirmation'),
  windowFrom: Day,
  windowTo: Day,
  dueOn: Day,
  outcome: z.enum(outcomes),
  needed: z.number(),
  counted: z.number(),
  short: z.number().describe('what is still missing; 0 when enough'),
  of: z.string().describe('`hours`, or the field that is added, as `days`'),
})

/** A record at which somebody was present; without `activityId` where the reader may not open it (decision 17). */
export const HoursRecord = z.object({
  activityId: Id.nullable(),
  on: Day,
  kind: z.string(),
  hours: z.number().nullable().describe('null: the record states none'),
  rules: z.array(z.string()).describe('rules for which it counts'),
})

/**
 * Study and training hours of a person, computed from attendance and never typed: his own, or those of somebody for his
 * branch secretary or the training handler.
 */
export const getHours = query('hours.get', {
  input: z.strictObject({ personId: Id.optional().describe('the caller when absent'), year: Year.optional() }),
  output: z.object({
    personId: Id,
    name: z.string().nullable(),
    year: z.int(),
    on: Day,
    rules: z.array(
      HoursStand.extend({
        article: z.string().nullable(),
        source: Both,
        opening: z.array(z.object({ on: Day, amount: z.number() })),
        records: z.array(z.object({ activityId: Id.nullable(), on: Day, kind: z.string(), amount: z.number() })),
        missing: z.array(z.string()).describe('facts that would decide an undetermined outcome'),
        unstated: z
          .array(z.object({ activityId: Id.nullable(), on: Day, kind: z.string(), words: Both }))
          .describe('records of which something is not stated that would decide, and what it is'),
      }),
    ),
    records: z.array(HoursRecord),
  }),
  refusals: ['hours/no-person'],
})

/** The same as numbers for everybody of a branch or of the bureau, in the order of the bureau. */
export const listHours = query('hours.list', {
  input: z.strictObject({ ...paging, year: Year.optional(), unitId: Id.optional().describe('with all below it') }),
  output: z.object({
    year: z.int(),
    on: Day,
    items: z.array(
      z.object({
        personId: Id,
        name: z.string().nullable(),
        unitId: Id.nullable(),
        unitName: z.string().nullable(),
        rules: z.array(HoursStand),
      }),
    ),
    total: z.int(),
    next: z.string().nullable(),
  }),
})

/** Hours of everybody whose hours the caller may see as a workbook (xlsx). */
export const workbookOfHours = file('hours.xlsx', {
  input: z.strictObject({ year: Year.optional(), unitId: Id.optional().describe('with all below it') }),
  refusals: ['workbook/too-long'],
})
