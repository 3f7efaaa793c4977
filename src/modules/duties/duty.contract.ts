import * as z from 'zod'
import { Day, Id, Line, page, paging, query, Text, verb } from '../../core/contract.ts'
import { dutyEvents, dutyMarks, dutyStatuses } from '../../core/duties/status.ts'

/** A step of a duty's own timetable (时间表): what, until when. */
export const Milestone = z.strictObject({ title: Line(200), dueOn: Day.nullable() })

const Year = z.number().int().min(1990).max(2100)
const Reason = Text(1000)
/** The civil day on which it happened; today when absent. */
const onDay = Day.optional()
const State = z.object({ id: Id, status: z.enum(dutyStatuses), dueOn: Day.nullable(), late: z.boolean() })
const life = ['duty/not-in-state', 'duty/day-ahead', 'duty/day-past'] as const
const owners = ['duty/unknown-unit', 'duty/unknown-post'] as const

const Owner = {
  leadUnitId: Id.nullable().optional(),
  supportUnitIds: z.array(Id).max(60).optional(),
  leaderPostId: Id.nullable().optional(),
  watcherPostId: Id.nullable().optional(),
}
const Content = {
  kind: Line(40).optional(),
  layer: Line(40).optional(),
  measures: z.array(Line(300)).max(20).optional(),
  milestones: z.array(Milestone).max(30).optional(),
  cadence: Line(60).nullable().optional(),
  common: z.boolean().optional(),
}

/** A single task with what it needs to be owed. */
export const Task = z.strictObject({ title: Line(300), dueOn: Day.nullable().optional(), ...Owner, ...Content })

/**
 * Opens one duty. Without a list it is issued at once (ad-hoc task), as a rule out of a leader's instruction. In an issued
 * list it is a numbered addition and needs the reason; in a list that is not issued yet it waits as a draft.
 */
export const openDuty = verb('duty.open', {
  input: Task.extend({
    year: Year.optional(),
    listId: Id.optional(),
    instructionId: Id.optional(),
    reason: Reason.optional(),
    onDay,
  }),
  output: z.object({
    id: Id,
    no: z.number().int(),
    year: Year,
    status: z.enum(dutyStatuses),
    amendment: z.number().int().nullable(),
  }),
  refusals: [
    'duty/unowned',
    'duty/unknown-kind',
    'duty/unknown-layer',
    'instruction/unknown',
    'list/unknown',
    'duty/reason-required',
    'duty/day-ahead',
    'duty/day-past',
    ...owners,
  ],
})

/**
 * Sets lead unit, supporting units, leader or watcher of several duties at once. After issue it needs a reason and
 * gets an amendment number; a new lead unit takes the duty on anew.
 */
export const assignDuties = verb('duty.assign', {
  input: z.strictObject({ ids: z.array(Id).min(1).max(500), ...Owner, reason: Reason.optional() }),
  output: z.object({ duties: z.array(State), amendments: z.array(z.number().int()) }),
  refusals: ['duty/reason-required', 'duty/not-in-state', 'duty/unowned', ...owners],
})

/** Changes what a duty says. After issue it needs a reason and gets an amendment number. */
export const amendDuty = verb('duty.amend', {
  input: z.strictObject({
    id: Id,
    title: Line(300).optional(),
    dueOn: Day.optional(),
    ...Content,
    reason: Reason.optional(),
  }),
  output: State.extend({ amendment: z.number().int().nullable() }),
  refusals: ['duty/reason-required', 'duty/not-in-state', 'duty/unowned', 'duty/unknown-kind', 'duty/unknown-layer'],
})

/** Takes a duty out: a draft duty silently, an issued one with a reason and an amendment number (取消). */
export const withdrawDuty = verb('duty.withdraw', {
  input: z.strictObject({ id: Id, reason: Reason.optional() }),
  output: State.extend({ amendment: z.number().int().nullable() }),
  refusals: ['duty/reason-required', 'duty/not-in-state'],
})

/** Takes duties on (领责). */
export const takeOnDuties = verb('duty.take-on', {
  input: z.strictObject({ ids: z.array(Id).min(1).max(200), onDay }),
  output: z.object({ duties: z.array(State) }),
  refusals: life,
})

/** Declines a duty with a reason; the office decides who owes it (`duty.transfer`, to the same unit too). */
export const declineDuty = verb('duty.decline', {
  input: z.strictObject({ id: Id, reason: Reason, onDay }),
  output: State,
  refusals: life,
})

/** Records progress; `milestone` is the place of the milestone that it reaches. */
export const reportDuty = verb('duty.report', {
  input: z.strictObject({
    id: Id,
    text: Text(2000),
    milestone: z.number().int().min(0).optional(),
    origin: z.strictObject({ noun: Line(20), id: Id }).optional(),
    onDay,
  }),
  output: State,
  refusals: ['duty/not-in-state', 'duty/day-ahead', 'duty/milestone-unknown'],
})

/** Submits a duty for acceptance; `shownBy` says for each measure, in its order, by what it is shown. */
export const submitDuty = verb('duty.submit', {
  input: z.strictObject({ id: Id, text: Text(2000).optional(), shownBy: z.array(Line(500)).max(20).optional(), onDay }),
  output: State,
  refusals: [...life, 'duty/proof-missing'],
})

/** Accepts a submission, which closes the duty (销号). Whoever submitted cannot: person, principal and post are compared. */
export const verifyDuty = verb('duty.verify', {
  input: z.strictObject({ id: Id, text: Text(2000).optional(), onDay }),
  output: State,
  refusals: [...life, 'duty/same-hand'],
})

/** Returns a submission and says what is missing. */
export const returnDuty = verb('duty.return', {
  input: z.strictObject({ id: Id, reason: Reason, onDay }),
  output: State,
  refusals: [...life, 'duty/same-hand'],
})

/** Asks for a later due day. */
export const postponeDuty = verb('duty.postpone', {
  input: z.strictObject({ id: Id, dueOn: Day, reason: Reason, onDay }),
  output: State,
  refusals: [...life, 'duty/due-not-later'],
})

/** Decides on a later due day that was asked for: the day asked for or another, or no. */
export const extendDuty = verb('duty.extend', {
  input: z.strictObject({ id: Id, approve: z.boolean(), dueOn: Day.optional(), reason: Reason.optional(), onDay }),
  output: State,
  refusals: [...life, 'duty/same-hand', 'duty/nothing-asked', 'duty/reason-required'],
})

/** Suspends a duty with a reason; time stands still. */
export const suspendDuty = verb('duty.suspend', {
  input: z.strictObject({ id: Id, reason: Reason, onDay }),
  output: State,
  refusals: life,
})

/** Resumes a suspended duty; without a due day the old one moves by the days of the suspension. */
export const resumeDuty = verb('duty.resume', {
  input: z.strictObject({ id: Id, dueOn: Day.optional(), reason: Reason.optional(), onDay }),
  output: State,
  refusals: life,
})

/** Moves a duty to another lead unit or leader with a reason; the new owner takes it on anew. */
export const transferDuty = verb('duty.transfer', {
  input: z.strictObject({
    id: Id,
    leadUnitId: Id,
    supportUnitIds: z.array(Id).max(60).optional(),
    leaderPostId: Id.nullable().optional(),
    dueOn: Day.optional(),
    reason: Reason,
    onDay,
  }),
  output: State,
  refusals: [...life, ...owners],
})

/** Opens a closed duty again; it is counted, and a mark of lateness stays. */
export const reopenDuty = verb('duty.reopen', {
  input: z.strictObject({ id: Id, reason: Reason, dueOn: Day.optional(), onDay }),
  output: State,
  refusals: life,
})

/** A unit by its name of today. */
export const UnitName = z.object({ id: Id, name: z.string() })
/** A post by its title, and who holds it today; null where it is vacant or the name is erased. */
export const PostName = z.object({ postId: Id, title: z.string(), holder: z.string().nullable() })

/** A duty in a list. `mark`, `lateDays` and `soonDays` are computed on reading with today. */
export const DutyRow = z.object({
  id: Id,
  no: z.number().int(),
  year: Year,
  listId: Id.nullable(),
  title: z.string().nullable(),
  kind: z.string(),
  layer: z.string(),
  common: z.boolean(),
  leadUnit: UnitName.nullable(),
  supportUnits: z.array(UnitName),
  leader: PostName.nullable(),
  watcher: PostName.nullable(),
  deadline: Day.nullable(),
  dueOn: Day.nullable(),
  cadence: z.string().nullable(),
  measures: z.array(z.string()),
  status: z.enum(dutyStatuses),
  mark: z.enum(dutyMarks),
  lateDays: z.number().int(),
  soonDays: z.number().int().nullable(),
  wasLate: z.boolean(),
  closedOn: Day.nullable(),
  lastOn: Day,
  milestonesDone: z.number().int(),
  milestones: z.number().int(),
})

/** Saved views of the list, each a fact that is counted. `stale`: taken on and without progress for 30 days. */
export const dutyViews = [
  'open',
  'due-soon',
  'late',
  'awaiting',
  'made-good-late',
  'not-taken-on',
  'stale',
  'closed',
  'draft',
  'unowned',
] as const

const filters = {
  year: Year.optional(),
  listId: Id.optional(),
  view: z.enum(dutyViews).optional(),
  status: z.array(z.enum(dutyStatuses)).optional(),
  leadUnitId: Id.optional(),
  unitId: Id.optional().describe('lead or supporting unit'),
  leaderPostId: Id.optional(),
  watcherPostId: Id.optional(),
  kind: z.string().max(40).optional(),
  layer: z.string().max(40).optional(),
  business: z.boolean().optional().describe('true: only work of the trade; false: only Party work'),
  citeId: Id.optional(),
  dueFrom: Day.optional(),
  dueTo: Day.optional(),
  q: Line(100).optional(),
}

/** Duties of the scope by number or by due day, with the counts of every saved view under the same filters. */
export const listDuties = query('duty.list', {
  input: z.strictObject({
    ...filters,
    mine: z.boolean().optional().describe('only those that ask something of me today'),
    sort: z.enum(['no', 'due']).optional(),
    counts: z.boolean().optional(),
    ...paging,
  }),
  output: page(
    DutyRow.extend({
      may: z
        .object({ amend: z.boolean(), takeOn: z.boolean() })
        .describe('what this person may do with it now: amend and assign, take on'),
    }),
  ).extend({ counts: z.record(z.enum(dutyViews), z.number().int()).nullable() }),
})

/** What a duty asks of the person who reads. */
export const asks = ['take-on', 'work', 'verify', 'decide-extension', 'arbitrate', 'watch'] as const

/** Duties that ask something of me today, the most pressing first. */
export const myDuties = query('duty.mine', {
  input: z.strictObject({ ...paging }),
  output: page(
    DutyRow.extend({
      asks: z.enum(asks),
      askedDueOn: Day.nullable().describe('the later day that is asked for'),
      said: z.string().nullable().describe('what was written with its last event'),
    }),
  ),
})

/** Verbs that a page offers for one duty, each true where this person may do it now. */
export const offered = [
  'assign',
  'amend',
  'withdraw',
  'take-on',
  'decline',
  'report',
  'submit',
  'verify',
  'return',
  'postpone',
  'extend',
  'suspend',
  'resume',
  'transfer',
  'reopen',
] as const

/** One duty with everything that happened to it, newest first, and whose turn it is. */
export const getDuty = query('duty.get', {
  input: z.strictObject({ id: Id.optional(), no: z.number().int().optional(), year: Year.optional() }),
  output: DutyRow.extend({
    quote: z.string().nullable(),
    origin: z.object({ noun: z.string(), id: Id.nullable(), title: z.string().nullable(), on: Day.nullable() }),
    span: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
    timetable: z.array(z.object({ title: z.string(), dueOn: Day.nullable(), doneOn: Day.nullable() })),
    since: Day,
    reopened: z.number().int(),
    extended: z.number().int(),
    missed: z.array(Day),
    askedDueOn: Day.nullable(),
    timeline: z.array(
      z.object({
        seq: z.number().int(),
        event: z.enum(dutyEvents),
        onDay: Day,
        recordedAt: z.string(),
        lateEntry: z.boolean(),
        opening: z.boolean(),
        dueOn: Day.nullable(),
        status: z.enum(dutyStatuses),
        by: z.string().nullable(),
        onBehalfOf: z.string().nullable(),
        post: PostName.nullable(),
        note: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    amendments: z.array(z.object({ no: z.number().int(), act: z.string(), onDay: Day, reason: z.string().nullable() })),
    /** Whose turn it is: who is waited for, to do what, since when. */
    next: z
      .object({
        turn: z.enum(['owner', 'office', 'nobody']),
        to: z.enum(['take-on', 'work', 'verify', 'decide-extension', 'arbitrate', 'issue', 'resume', 'none']),
        since: Day,
        waitedDays: z.number().int(),
      })
      .nullable(),
    may: z.record(z.enum(offered), z.boolean()),
  }),
})
