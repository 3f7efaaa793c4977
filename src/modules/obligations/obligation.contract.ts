import * as z from 'zod'
import { Both, Day, file, Id, page, paging, query } from '../../core/contract.ts'
import { dutyMarks, dutyStatuses } from '../../core/duties/status.ts'
import { outcomes, whys } from '../../core/rules/obligation.ts'
import { strictnesses, visibilities } from '../../core/rules/rule.ts'

/** How an obligation stands on a day. */
export const OutcomeName = z.enum(outcomes)

/** Rule, subject and first day of the window, as `rule/subject/YYYY-MM-DD`. */
export const ObligationId = z
  .string()
  .max(160)
  .regex(/^[a-z][a-z0-9-]*\/[0-9a-f-]{36}\/\d{4}-\d\d-\d\d$/)
  .describe('rule/subject/first day of the window')

const RuleId = z.string().min(1).max(60).describe('id of a rule')

/** A rule as lists show it. `expected`: never red; `unconfirmed`: its source waits for confirmation (来源待确认). */
export const RuleLine = z.object({
  rule: RuleId,
  words: Both,
  strictness: z.enum(strictnesses),
  expected: z.boolean(),
  unconfirmed: z.boolean(),
  visibility: z.enum(visibilities),
  source: Both,
  every: z.enum(['month', 'quarter', 'half-year', 'year']).nullable().describe('rhythm of the calendar, else null'),
})

/** Who owes: a unit, a post (whoever holds it) or a person; names are null once erased. */
export const SubjectLine = z.object({
  type: z.enum(['unit', 'post', 'person']),
  id: Id,
  name: z.string().nullable(),
  unitId: Id,
  unitName: z.string().nullable(),
})

/** What is owed by a rule in a window, and how it stands. */
export const ObligationLine = z.object({
  obligationId: ObligationId,
  rule: RuleId,
  words: Both,
  article: z.string().nullable(),
  expected: z.boolean(),
  unconfirmed: z.boolean(),
  visibility: z.enum(visibilities),
  subject: SubjectLine,
  windowFrom: Day,
  windowTo: Day,
  dueOn: Day,
  outcome: OutcomeName,
  needed: z.number(),
  counted: z.number(),
  of: z.string().describe('`count`, `hours` or the field that is added'),
  metOn: Day.nullable(),
})

/** Numbers of obligations by outcome; `expected` of them are expectations that never turn red. */
export const Tally = z.object({
  upcoming: z.int(),
  open: z.int(),
  met: z.int(),
  late: z.int(),
  unmet: z.int(),
  excused: z.int(),
  undetermined: z.int(),
})

/** On which day things are judged, and what was known then. */
const when = {
  on: Day.optional().describe('the day on which it is judged; today when absent'),
  knownOn: Day.optional().describe('judged by what the journal knew at the end of this day; now when absent'),
}

/** What is owed: windows that touch `from` to `to`, by default the calendar year of the day. Forbidden ones look absent. */
export const listObligations = query('obligation.list', {
  input: z.strictObject({
    ...paging,
    ...when,
    from: Day.optional(),
    to: Day.optional(),
    unitId: Id.optional().describe('this unit and all below it'),
    rule: RuleId.optional(),
    outcome: z.array(OutcomeName).optional(),
    mine: z.boolean().optional().describe('only what the actor owes himself, or by a post that he holds'),
  }),
  output: z.object({ ...page(ObligationLine).shape, on: Day, tally: Tally }),
  refusals: ['obligation/span-too-long'],
})

/** One obligation as a mark of a cell; `plannedOn` is the day of an activity that is planned and will meet it. */
export const Mark = z.object({
  obligationId: ObligationId,
  windowFrom: Day,
  windowTo: Day,
  dueOn: Day,
  outcome: OutcomeName,
  plannedOn: Day.nullable(),
})

/** One cell: how many are due by the day and how many of these were done, and all of the year by outcome. */
export const Cell = z.object({
  rule: RuleId,
  outcome: OutcomeName.describe('the one that asks for most'),
  due: z.int(),
  done: z.int(),
  nextDueOn: Day.nullable(),
  tally: Tally,
  marks: z.array(Mark).max(120).describe('in order of time'),
})

/** Units by rules for a year; a cell that is not there owes nothing. */
export const matrixObligations = query('obligation.matrix', {
  input: z.strictObject({
    ...paging,
    ...when,
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    unitId: Id.optional().describe('this unit and all below it'),
  }),
  output: z.object({
    year: z.int(),
    on: Day,
    rules: z.array(RuleLine),
    items: z.array(z.object({ unitId: Id, name: z.string().nullable(), kind: z.string(), cells: z.array(Cell) })),
    total: z.int(),
    next: z.string().nullable(),
  }),
})

/** Units by rules for a year as a workbook (xlsx); rules whose fulfilment tells of persons stay out. */
export const workbookOfObligations = file('obligation.xlsx', {
  input: z.strictObject({
    ...when,
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    unitId: Id.optional().describe('this unit and all below it'),
  }),
  refusals: ['workbook/too-long'],
})

/** A record that counted or nearly did; one that the actor may not open is a stub without title (decision 17). */
export const RecordLine = z.object({
  type: z.enum(['activity', 'talk', 'statement', 'list', 'opening']),
  on: Day,
  amount: z.number().nullable(),
  why: z.enum(whys).nullable(),
  /** The words of `why`. */
  reason: Both.nullable(),
  recordId: Id.nullable().describe('null: a stub'),
  title: z.string().nullable(),
})

/** One obligation with its reasons, step by step, to be read aloud. */
export const getObligation = query('obligation.get', {
  input: z.strictObject({ obligationId: ObligationId, ...when }),
  output: z.object({
    ...ObligationLine.shape,
    on: Day,
    version: Day,
    says: Both,
    source: Both,
    strictness: z.enum(strictnesses),
    localSource: z.string().nullable(),
    readings: z.array(Both),
    metBy: z.array(RecordLine),
    near: z.array(RecordLine),
    missing: z.array(z.object({ code: z.string(), words: Both })),
    trace: z.array(
      z.object({
        code: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        words: Both,
      }),
    ),
    mayExcuse: z.boolean(),
  }),
  refusals: ['obligation/nothing-owed'],
})

/** What an activity that is not saved yet will meet, and what it would nearly meet and why not. */
export const previewObligations = query('obligation.preview', {
  input: z.strictObject({
    kind: z.string().min(1).max(44),
    alsoKinds: z.array(z.string().min(1).max(44)).max(5).optional(),
    happenedOn: Day,
    unitId: Id,
    hours: z.number().positive().max(400).optional(),
    hostId: Id.optional(),
    topics: z.array(z.string().max(60)).max(12).optional(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    presentIds: z.array(Id).max(3000).optional(),
    present: z.number().int().min(0).max(100_000).optional(),
    expected: z.number().int().min(0).max(100_000).optional(),
    voters: z.number().int().min(0).max(100_000).optional(),
  }),
  output: z.object({
    meets: z.array(z.object({ ...ObligationLine.shape, before: OutcomeName })),
    nearly: z.array(z.object({ ...ObligationLine.shape, why: z.enum(whys), reason: Both })),
  }),
})

/** Numbers by rule over a unit and all below it, and the same for each unit directly below it. */
export const overviewObligations = query('obligation.overview', {
  input: z.strictObject({
    ...when,
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    unitId: Id.optional().describe('the whole bureau when absent'),
  }),
  output: z.object({
    year: z.int(),
    on: Day,
    unitId: Id,
    rules: z.array(z.object({ ...RuleLine.shape, tally: Tally })),
    units: z.array(
      z.object({
        unitId: Id,
        name: z.string().nullable(),
        kind: z.string(),
        tallies: z.array(z.object({ rule: RuleId, tally: Tally })),
      }),
    ),
  }),
})

/** A duty of the responsibility list as it stood on a day. */
export const DutyOwed = z.object({
  dutyId: Id,
  no: z.int(),
  year: z.int(),
  title: z.string().nullable(),
  leadUnitId: Id.nullable(),
  leadUnitName: z.string().nullable(),
  dueOn: Day.nullable(),
  status: z.enum(dutyStatuses),
  mark: z.enum(dutyMarks),
  lateDays: z.int(),
  listYear: z.int().nullable().describe('the list by which it is owed; null where it stands in none'),
})

/**
 * Everything owed on a day: duties that were open then, obligations whose window held the day, and those of the year before
 * it that were not met.
 */
export const owedObligations = query('obligation.owed', {
  input: z.strictObject({ ...when, unitId: Id.optional().describe('this unit and all below it') }),
  output: z.object({
    on: Day,
    duties: z.array(DutyOwed),
    obligations: z.array(z.object({ ...ObligationLine.shape, source: Both })),
  }),
})
