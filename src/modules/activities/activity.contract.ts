import * as z from 'zod'
import { Day, file, Id, Instant, Line, page, paging, query, Text, verb } from '../../core/contract.ts'

/** Who led or spoke: a person of the bureau by id, or an outside speaker by name. */
export const Host = z
  .strictObject({ personId: Id.optional(), name: Line(60).optional() })
  .refine((host) => (host.personId === undefined) !== (host.name === undefined), 'give personId or name')
  .describe('who led or spoke: a person of the bureau, or an outside speaker by name')

/** How one person stood to the activity; `status` is an attendance status of the catalogue. */
export const Attendee = z.strictObject({ personId: Id, status: z.string().max(40), note: Line(200).optional() })

/** Bare numbers where nobody is named: 应到 expected, 有表决权 entitled to vote, 实到 present. */
export const Numbers = z.strictObject({
  expected: z.int().min(0).max(100_000).optional(),
  voters: z.int().min(0).max(100_000).optional(),
  present: z.int().min(0).max(100_000),
})

const Kind = z.string().min(1).max(44).describe('id of an activity kind')
const OwnFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const facts = {
  kind: Kind,
  alsoKinds: z.array(Kind).max(5).optional().describe('other kinds as which this one record counts too'),
  happenedOn: Day,
  unitId: Id.describe('unit or Party organisation that held it'),
  title: Line(200).optional(),
  host: Host.optional(),
  hours: z.number().positive().max(400).multipleOf(0.25).optional().describe('study hours per person'),
  attendance: z.array(Attendee).max(3000).optional(),
  numbers: Numbers.optional(),
  topics: z.array(Line(60)).max(12).optional(),
  audience: Line(40).optional().describe('audience of the closed list, by id or by its words'),
  content: Text(4000).optional().describe('points, only what somebody wrote down'),
  proof: Line(200).optional().describe('the one proof, or where it lies'),
  fields: OwnFields.optional().describe('own fields of the kind'),
}

const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().optional()

const factRefusals = [
  'activity/unknown-kind',
  'activity/future-day',
  'activity/unknown-unit',
  'activity/wrong-body',
  'activity/also-same-kind',
  'activity/two-counts',
  'activity/takes-no-attendance',
  'activity/present-over-expected',
  'activity/voters-over-expected',
  'activity/unknown-status',
  'activity/unknown-person',
  'activity/person-twice',
  'activity/not-on-roster',
  'activity/fields-not-of-kind',
  'activity/unknown-audience',
] as const

/** Whether an entry came late (补记) or before the go-live day (期初导入); null: neither. */
export const Mark = z.enum(['late', 'opening']).nullable()

const Written = z.object({
  activityId: Id,
  version: z.int(),
  expected: z.int().nullable(),
  voters: z.int().nullable(),
  present: z.int().nullable(),
  mark: Mark,
})

/** Records an activity once; every view, hour, obligation and figure reads this record. */
export const recordActivity = verb('activity.record', {
  input: z.strictObject(facts),
  output: Written,
  refusals: factRefusals,
})

/** Corrects an activity: the next version supersedes, the earlier one stays; absent fields stay as they are. */
export const amendActivity = verb('activity.amend', {
  input: z.strictObject({
    activityId: Id,
    version: z.int().min(1).optional().describe('version that the correction was made on'),
    reason: Line(200),
    kind: Kind.optional(),
    alsoKinds: facts.alsoKinds,
    happenedOn: Day.optional(),
    unitId: Id.optional(),
    title: orNull(Line(200)),
    host: orNull(Host),
    hours: orNull(z.number().positive().max(400).multipleOf(0.25)),
    attendance: facts.attendance,
    numbers: orNull(Numbers),
    topics: facts.topics,
    audience: orNull(Line(40)),
    content: orNull(Text(4000)),
    proof: orNull(Line(200)),
    fields: facts.fields,
  }),
  output: Written,
  refusals: [...factRefusals, 'activity/withdrawn', 'activity/nothing-changed', 'record/changed'],
})

/** Takes a record back: it stays readable with its reason and counts in no figure from then on. */
export const withdrawActivity = verb('activity.withdraw', {
  input: z.strictObject({ activityId: Id, reason: Line(200) }),
  output: z.object({ activityId: Id, version: z.int() }),
  refusals: ['activity/withdrawn'],
})

/** Takes a filled sheet (xlsx, base64) in: all rows or none. */
export const importActivities = verb('activity.import', {
  input: z.strictObject({
    file: z.base64().min(1).max(6_000_000).describe('the xlsx file, base64'),
    check: z.boolean().optional().describe('only look for faults, write nothing'),
  }),
  output: z.object({ recorded: z.int(), late: z.int(), opening: z.int() }),
  refusals: ['activity/import-unreadable', 'activity/import-columns', 'activity/import-size', 'activity/import-rows'],
})

/** The empty xlsx sheet for the import. */
export const activityTemplate = file('activity.template', { input: z.strictObject({}) })

/** One line of the list. */
export const ActivityLine = z.object({
  activityId: Id,
  version: z.int(),
  kind: z.string(),
  alsoKinds: z.array(z.string()),
  happenedOn: Day,
  unitId: Id,
  unitName: z.string().nullable(),
  title: z.string().nullable(),
  hours: z.number().nullable(),
  expected: z.int().nullable(),
  voters: z.int().nullable(),
  present: z.int().nullable(),
  topics: z.array(z.string()),
  recordedAt: Instant,
  entry: z.int().describe('journal index of the current version'),
  mark: Mark,
  withdrawn: z.boolean(),
})

/** Activities that the actor may see, newest day first. */
export const listActivities = query('activity.list', {
  input: z.strictObject({
    ...paging,
    unitId: Id.optional(),
    kind: Kind.optional().describe('this kind, or records that also count as it'),
    from: Day.optional(),
    to: Day.optional(),
    late: z.boolean().optional(),
    attendedByMe: z.boolean().optional(),
    withdrawn: z.boolean().optional().describe('true: only withdrawn ones; otherwise they are left out'),
  }),
  output: page(ActivityLine),
})

/** The ledger of activities (xlsx): the lines of the list under the same conditions, in order of time. */
export const workbookOfActivities = file('activity.xlsx', {
  input: z.strictObject({
    unitId: Id.optional(),
    kind: Kind.optional(),
    from: Day.optional(),
    to: Day.optional(),
    late: z.boolean().optional(),
    attendedByMe: z.boolean().optional(),
    withdrawn: z.boolean().optional(),
  }),
  refusals: ['workbook/too-long'],
})

const Person = z.object({ personId: Id, name: z.string().nullable() })

/** One version of the record: who wrote it when, and what it changed. */
export const Version = z.object({
  version: z.int(),
  entry: z.int(),
  at: Instant,
  verb: z.string(),
  by: Person.nullable(),
  onBehalfOf: Person.nullable(),
  reason: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.json(), after: z.json() })),
})

/** One activity whole. Attendance names are for those who keep the record; others find only themselves there. */
export const getActivity = query('activity.get', {
  input: z.strictObject({ activityId: Id }),
  output: z.object({
    ...ActivityLine.shape,
    body: z.string(),
    audience: z.string().nullable(),
    host: z.object({ personId: Id.nullable(), name: z.string().nullable() }).nullable(),
    content: z.string().nullable(),
    proof: z.string().nullable(),
    fields: OwnFields,
    attendance: z.array(z.object({ ...Person.shape, status: z.string(), note: z.string().nullable() })),
    attendanceWhole: z.boolean().describe('false: only the own row is shown'),
    mayChange: z.boolean(),
    versions: z.array(Version),
  }),
})

/** What saving would write and change, before it is saved; shown beside the form. */
export const previewActivity = query('activity.preview', {
  input: z.strictObject({
    kind: Kind,
    alsoKinds: z.array(Kind).max(5).optional(),
    happenedOn: Day,
    unitId: Id,
    topics: z.array(Line(60)).max(12).optional(),
    audience: Line(40).optional(),
    fields: OwnFields.optional(),
    presentIds: z.array(Id).max(3000).optional().describe('persons who were present'),
    present: z.int().min(0).max(100_000).optional().describe('number present where nobody is named'),
  }),
  output: z.object({
    roster: z.array(z.object({ ...Person.shape, standing: z.enum(['full', 'probationary']).nullable() })),
    expected: z.int().nullable(),
    voters: z.int().nullable(),
    present: z.int().nullable(),
    mark: Mark,
    figures: z
      .array(
        z.object({
          metric: z.string(),
          over: z.enum(['unit', 'bureau']),
          before: z.number(),
          after: z.number(),
          topic: z.string().nullable(),
        }),
      )
      .describe('figures of the calendar year that the record would change'),
  }),
  refusals: ['activity/unknown-kind', 'activity/unknown-unit', 'activity/wrong-body', 'activity/future-day'],
})
