import * as z from 'zod'
import { Day, Id, Line, page, paging, query, Text, verb } from '../../core/contract.ts'
import { dutyParts } from '../../core/duties/differing.ts'
import { DutyRow, PostName, Task, UnitName } from './duty.contract.ts'

const Year = z.number().int().min(1990).max(2100)

/** Opens the responsibility list of a year; there is one a year. */
export const openList = verb('list.open', {
  input: z.strictObject({ year: Year, title: Line(200).optional() }),
  output: z.object({ id: Id }),
  refusals: ['list/already-open'],
})

/**
 * Issues the list: its draft duties become owed and the version is frozen. After the first issue, duties that come in
 * are numbered amendments and need the reason.
 */
export const issueList = verb('list.issue', {
  input: z.strictObject({ id: Id, reason: Text(1000).optional(), onDay: Day.optional() }),
  output: z.object({
    id: Id,
    versionNo: z.number().int(),
    issued: z.number().int(),
    amendments: z.array(z.number().int()),
  }),
  refusals: ['list/nothing-to-issue', 'list/unowned', 'duty/reason-required', 'duty/day-ahead', 'duty/day-past'],
})

/** The lists of all years. */
export const listLists = query('list.list', {
  input: z.strictObject({ ...paging }),
  output: page(
    z.object({
      id: Id,
      year: Year,
      title: z.string().nullable(),
      versionNo: z.number().int(),
      issuedOn: Day.nullable(),
      duties: z.number().int(),
    }),
  ),
})

/** A list with its versions and amendments; with `version` the duties as they were when that version was frozen. */
export const getList = query('list.get', {
  input: z.strictObject({ id: Id.optional(), year: Year.optional(), version: z.number().int().min(1).optional() }),
  output: z.object({
    id: Id,
    year: Year,
    title: z.string().nullable(),
    versionNo: z.number().int(),
    issuedOn: Day.nullable(),
    versions: z.array(z.object({ no: z.number().int(), issuedOn: Day, journalSize: z.number().int() })),
    amendments: z.array(
      z.object({
        no: z.number().int(),
        act: z.enum(['added', 'changed', 'dropped']),
        onDay: Day,
        dutyId: Id,
        dutyNo: z.number().int().nullable(),
        reason: z.string().nullable(),
        changes: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    drafts: z.number().int(),
    items: z
      .array(
        z.object({
          id: Id,
          no: z.number().int(),
          title: z.string().nullable(),
          kind: z.string(),
          layer: z.string(),
          leadUnitId: Id.nullable(),
          leaderPostId: Id.nullable(),
          deadline: Day.nullable(),
          cadence: z.string().nullable(),
        }),
      )
      .nullable(),
  }),
})

/** A duty as one side of a comparison. */
export const Side = z.object({
  id: Id,
  no: z.number().int(),
  title: z.string().nullable(),
  kind: z.string(),
  layer: z.string(),
  common: z.boolean(),
  leadUnit: UnitName.nullable(),
  supportUnits: z.array(UnitName),
  leader: PostName.nullable(),
  watcher: PostName.nullable(),
  deadline: Day.nullable(),
  cadence: z.string().nullable(),
  measures: z.array(z.string()),
  milestones: z.array(z.object({ title: z.string(), dueOn: Day.nullable() })),
  status: z.string(),
  late: z.boolean(),
})

const frozen = {
  version: z.number().int().min(1).optional().describe('as this version was issued'),
  amendment: z.number().int().min(1).optional().describe('as it stood after this numbered amendment'),
}

/**
 * Two standings of the list against each other: of two years, or of one. Each is the list as it is now, as a version was
 * issued, or as it stood after an amendment. Rows of one year are matched by identity, of two years by their words. The
 * year before when nothing is said of the other side.
 */
export const compareLists = query('list.compare', {
  input: z.strictObject({
    year: Year,
    ...frozen,
    againstYear: Year.optional(),
    againstVersion: frozen.version,
    againstAmendment: frozen.amendment,
  }),
  output: z.object({
    year: Year,
    againstYear: Year,
    counts: z.object({
      new: z.number().int(),
      kept: z.number().int(),
      changed: z.number().int().describe('kept, and differing in some part'),
      dropped: z.number().int(),
      neverClosed: z.number().int(),
    }),
    items: z.array(
      z.object({
        change: z.enum(['new', 'kept', 'dropped']),
        differs: z.array(z.enum(dutyParts)).describe('parts in which a kept duty differs; the year itself is none'),
        neverClosed: z.boolean().describe('the duty of the earlier year was not closed'),
        now: Side.nullable(),
        before: Side.nullable(),
        likeness: z.number().nullable().describe('of the titles, where the years differ'),
      }),
    ),
  }),
})

/** Records a leader's instruction (批示) with wording and source; `tasks` become duties at once. */
export const recordInstruction = verb('instruction.record', {
  input: z.strictObject({
    leaderPostId: Id,
    givenOn: Day,
    wording: Text(2000),
    source: Line(200).optional(),
    tasks: z.array(Task).max(20).optional(),
  }),
  output: z.object({ id: Id, duties: z.array(z.object({ id: Id, no: z.number().int() })) }),
  refusals: [
    'duty/unowned',
    'duty/day-ahead',
    'duty/unknown-kind',
    'duty/unknown-layer',
    'duty/unknown-unit',
    'duty/unknown-post',
  ],
})

const InstructionRow = z.object({
  id: Id,
  givenOn: Day,
  leader: PostName.nullable(),
  wording: z.string().nullable(),
  source: z.string().nullable(),
  duties: z.array(z.object({ id: Id, no: z.number().int(), title: z.string().nullable(), status: z.string() })),
})

/** Instructions, newest first, each with the duties that came of it. */
export const listInstructions = query('instruction.list', {
  input: z.strictObject({ leaderPostId: Id.optional(), from: Day.optional(), to: Day.optional(), ...paging }),
  output: page(InstructionRow),
})

/** The sheet of one leader for a quarter (today's when absent): duties of his post that were owed in it, and his instructions. */
export const getSheet = query('duty.sheet', {
  input: z.strictObject({ postId: Id, year: Year, quarter: z.number().int().min(1).max(4).optional() }),
  output: z.object({
    leader: PostName,
    from: Day,
    to: Day,
    duties: z.array(DutyRow),
    instructions: z.array(InstructionRow),
    counts: z.object({
      owed: z.number().int(),
      closed: z.number().int(),
      late: z.number().int(),
      madeGoodLate: z.number().int(),
    }),
  }),
})
