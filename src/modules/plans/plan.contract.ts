import * as z from 'zod'
import { Day, Id, Instant, Line, Month, page, paging, query, verb } from '../../core/contract.ts'

/** What is planned: an activity of a kind, a talk of a kind that keeps its pair, or something to read. */
export const planItems = ['activity', 'talk', 'reading'] as const

/** How a plan stands: kept by a record or on a day, dropped with a reason, else planned. */
export const planStates = ['planned', 'kept', 'dropped'] as const

const Kind = z.string().min(1).max(44).describe('id of a kind of activity or of talk')

const parts = {
  item: z.enum(planItems),
  kind: Kind.optional().describe('kind of activity or talk; none for something to read'),
  unitId: Id.optional().describe('unit or Party organisation; not for talks, whose posts have units'),
  month: Month.optional().describe('the month, where no day is known'),
  plannedOn: Day.optional(),
  title: Line(200).optional().describe('not for talks: what they are about has no field'),
  topics: z.array(Line(60)).max(12).optional(),
  initiatorPostId: Id.optional().describe('talk: the post that calls it'),
  counterpartPostId: Id.optional().describe('talk: the post that is talked with'),
}

/** One plan as it is typed. */
export const PlanInput = z.strictObject(parts)

const planRefusals = [
  'plan/no-target-for-talks',
  'plan/unknown-kind',
  'plan/parts-of-item',
  'plan/unknown-unit',
  'plan/unknown-post',
  'plan/with-oneself',
  'plan/wrong-body',
  'plan/no-day',
]

/** Puts something into the plan of a year. Talks of reminder, summons and admonition are never planned (product rule 7). */
export const openPlan = verb('plan.open', {
  input: PlanInput,
  output: z.object({ planId: Id }),
  refusals: planRefusals,
})

/** Several plans at once, all or none; each row as for one. */
export const importPlans = verb('plan.import', {
  input: z.strictObject({
    items: z.array(PlanInput).min(1).max(500),
    check: z.boolean().optional().describe('only look for faults, write nothing'),
  }),
  output: z.object({ planned: z.int() }),
  refusals: ['plan/import-rows'],
})

/** Corrects or moves a plan; absent parts stay as they are. */
export const amendPlan = verb('plan.amend', {
  input: z.strictObject({
    planId: Id,
    reason: Line(200).optional(),
    month: parts.month,
    plannedOn: Day.nullable().optional().describe('null: only the month is known'),
    title: Line(200).nullable().optional(),
    topics: parts.topics,
    kind: parts.kind,
    unitId: parts.unitId,
    initiatorPostId: parts.initiatorPostId,
    counterpartPostId: parts.counterpartPostId,
  }),
  output: z.object({ planId: Id }),
  refusals: [...planRefusals, 'plan/dropped', 'plan/kept', 'plan/nothing-changed'],
})

/** Says that a plan was kept: by which record of an activity, or for talks and readings on which day. */
export const closePlan = verb('plan.close', {
  input: z.strictObject({ planId: Id, activityId: Id.optional(), keptOn: Day.optional() }),
  output: z.object({ planId: Id, keptOn: Day }),
  refusals: [
    'plan/dropped',
    'plan/kept',
    'plan/kept-by-what',
    'plan/unknown-activity',
    'plan/other-activity',
    'plan/future-day',
  ],
})

/** Drops a plan, with the reason; it stays readable. */
export const withdrawPlan = verb('plan.withdraw', {
  input: z.strictObject({ planId: Id, reason: Line(200) }),
  output: z.object({ planId: Id }),
  refusals: ['plan/dropped'],
})

const Post = z.object({ postId: Id, title: z.string() })

/** One line of a plan. */
export const PlanLine = z.object({
  planId: Id,
  item: z.enum(planItems),
  kind: z.string().nullable(),
  year: z.int(),
  unitId: Id,
  unitName: z.string().nullable(),
  month: Month,
  plannedOn: Day.nullable(),
  title: z.string().nullable(),
  topics: z.array(z.string()),
  initiator: Post.nullable(),
  counterpart: Post.nullable(),
  state: z.enum(planStates),
  overdue: z.boolean().describe('still planned although its day or month is over'),
  keptOn: Day.nullable(),
  keptBy: z
    .object({ activityId: Id, kind: z.string(), happenedOn: Day, title: z.string().nullable() })
    .nullable()
    .describe('the activity that kept it'),
  reason: z.string().nullable().describe('why it was dropped or changed last'),
  at: Instant,
  mayChange: z.boolean(),
})

/** Plans that the actor may see, by their month and day. */
export const listPlans = query('plan.list', {
  input: z.strictObject({
    ...paging,
    year: z.int().optional(),
    unitId: Id.optional(),
    item: z.enum(planItems).optional(),
    kind: Kind.optional(),
    state: z.enum(planStates).optional(),
    on: Day.optional().describe('the state is judged as of this day; today when absent'),
  }),
  output: page(PlanLine),
})
