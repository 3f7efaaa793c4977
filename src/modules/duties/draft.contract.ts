import * as z from 'zod'
import { Day, Id, Line, query, Text, verb } from '../../core/contract.ts'
import { hindrances } from '../../core/tables/proposal.ts'
import { rowParts } from '../../core/tables/returned.ts'
import { Milestone } from './duty.contract.ts'
import { Side } from './list.contract.ts'

const Offset = z.number().int().min(0)
const documentId = Id
const Ids = z.array(Id).min(1).max(1000)

/** What a draft says about its duty; null where the text does not say it, which is a valid answer. */
export const DraftFields = z.strictObject({
  kind: z.string(),
  layer: z.string().nullable(),
  /** The owners as the text names them. */
  subject: z.array(z.string()),
  leadUnitId: Id.nullable(),
  supportUnitIds: z.array(Id),
  leaderPostId: Id.nullable(),
  watcherPostId: Id.nullable(),
  deadline: Day.nullable(),
  /** The term in the words of the text. */
  deadlineText: z.string().nullable(),
  cadence: z.string().nullable(),
  /** What shows that it is done (硬杠杠), one a line. */
  measures: z.array(z.string()),
  milestones: z.array(Milestone),
  cites: z.array(z.string()),
  common: z.boolean(),
  /** Names of the text that mean no unit and no post of the bureau on that day. */
  unresolved: z.array(z.string()),
})
export type DraftFields = z.infer<typeof DraftFields>

/** What a person may set in a draft; a value that is set loses its mark 推断. */
const Changes = z.strictObject({
  title: Line(300).optional(),
  kind: Line(40).optional(),
  layer: Line(40).nullable().optional(),
  subject: z.array(Line(60)).max(20).optional(),
  leadUnitId: Id.nullable().optional(),
  supportUnitIds: z.array(Id).max(60).optional(),
  leaderPostId: Id.nullable().optional(),
  watcherPostId: Id.nullable().optional(),
  deadline: Day.nullable().optional(),
  cadence: Line(60).nullable().optional(),
  measures: z.array(Line(300)).max(20).optional(),
  milestones: z.array(Milestone).max(30).optional(),
  cites: z.array(Line(200)).max(30).optional(),
  common: z.boolean().optional(),
})
export type DraftChanges = z.infer<typeof Changes>

/** What became of a draft: `assigned` ones stand in the year's list. */
export const draftStates = ['open', 'confirmed', 'rejected', 'assigned'] as const
/** What a passage tells: work to do, work done, a problem found. */
export const draftModes = ['do', 'done', 'problem'] as const

const ProposalSide = Side.extend({ cites: z.array(z.string()) })

/** What a row of a list that comes back proposes of a duty in the list: as it stands, as it would stand, what hinders it. */
export const Proposal = z.object({
  act: z.enum(['change', 'withdraw']),
  no: z.number().int(),
  differs: z.array(z.enum(rowParts)),
  overtaken: z.array(z.enum(rowParts)).describe('parts that were changed in the list since it was given out'),
  hindrance: z.enum(hindrances).nullable(),
  stands: ProposalSide,
  wanted: ProposalSide.nullable(),
})

/** One draft under review. `inferred` gives for each field that was not in the text the ground it was inferred from. */
export const Draft = z.object({
  id: Id,
  start: Offset,
  end: Offset,
  mode: z.enum(draftModes),
  state: z.enum(draftStates),
  title: z.string(),
  text: z.string(),
  fields: DraftFields,
  inferred: z.record(z.string(), z.enum(['words', 'heading', 'inherited', 'default', 'subject', 'charge', 'phrase'])),
  /** The table and the row (counted from 1) of the list that the draft stands in; null in a running text. */
  source: z.object({ table: z.string(), row: z.number().int() }).nullable(),
  dutyId: Id.nullable(),
  proposal: Proposal.nullable(),
})

/** Clauses by what they are now; `left` are undecided on purpose. The parts add up to `clauses`. */
export const ReviewCoverage = z.object({
  clauses: z.number().int(),
  duty: z.number().int(),
  principle: z.number().int(),
  quotation: z.number().int(),
  background: z.number().int(),
  undecided: z.number().int(),
  left: z.number().int(),
})

const Outcome = z.object({ documentId: Id, drafts: z.array(Id), step: z.number().int(), coverage: ReviewCoverage })
const reviewed = ['draft/not-opened', 'draft/assigned', 'draft/unknown'] as const
const whole = [...reviewed, 'draft/of-listed'] as const

/**
 * Makes drafts of everything that the reader takes for a duty, a thing done or a problem in a document. A list that was
 * given out and comes back proposes what was changed in it: duties changed and duties taken out.
 */
export const openDrafts = verb('draft.open', {
  input: z.strictObject({ documentId }),
  output: z.object({
    documentId: Id,
    drafts: z.number().int(),
    listed: z.number().int().describe("rows of a table that the year's list says already, word for word"),
    changed: z.number().int().describe('rows of a list that comes back, which propose to change a duty'),
    missing: z.number().int().describe('duties that a list that comes back no longer has, proposed to be taken out'),
    coverage: ReviewCoverage,
  }),
  refusals: ['draft/already-opened'],
})

/** Sets values of a draft. */
export const amendDraft = verb('draft.amend', {
  input: z.strictObject({ documentId, id: Id, changes: Changes }),
  output: Outcome,
  refusals: [...whole, 'duty/unknown-kind', 'duty/unknown-layer', 'duty/unknown-unit', 'duty/unknown-post'],
})

/** Says that drafts are duties as they stand; `all` means every open draft of work to do, proposals about the list aside. */
export const confirmDrafts = verb('draft.confirm', {
  input: z.strictObject({ documentId, ids: Ids.optional(), all: z.boolean().optional() }),
  output: Outcome,
  refusals: reviewed,
})

/** Says that drafts are no duties. */
export const rejectDrafts = verb('draft.reject', {
  input: z.strictObject({ documentId, ids: Ids }),
  output: Outcome,
  refusals: reviewed,
})

/** Makes one draft of several; the first keeps its values, the others fill what it lacks. */
export const mergeDrafts = verb('draft.merge', {
  input: z.strictObject({ documentId, ids: z.array(Id).min(2).max(20) }),
  output: Outcome,
  refusals: whole,
})

/** Cuts a draft at offsets of the text; the first part keeps its place. */
export const splitDraft = verb('draft.split', {
  input: z.strictObject({ documentId, id: Id, at: z.array(Offset).min(1).max(20) }),
  output: Outcome,
  refusals: [...whole, 'draft/span-outside'],
})

/** Gives a draft another span, or with no `id` makes a new draft of the span. */
export const spanDraft = verb('draft.span', {
  input: z.strictObject({ documentId, id: Id.optional(), start: Offset, end: Offset }),
  output: Outcome,
  refusals: [...whole, 'draft/span-outside'],
})

/** Takes the last step of the review back (key Z). */
export const restoreDrafts = verb('draft.restore', {
  input: z.strictObject({ documentId }),
  output: Outcome,
  refusals: ['draft/not-opened', 'draft/nothing-to-restore'],
})

/** Says what clauses are that no draft covers; `left` leaves them undecided on purpose, null takes the word back. */
export const amendClauses = verb('clause.amend', {
  input: z.strictObject({
    documentId,
    starts: z.array(Offset).max(5000).optional(),
    allUndecided: z.boolean().optional(),
    state: z.enum(['principle', 'quotation', 'background', 'left']).nullable(),
  }),
  output: Outcome,
  refusals: ['draft/not-opened', 'draft/clause-unknown'],
})

/**
 * Puts confirmed drafts into the year's list as draft duties; possible once no clause is undecided unless on purpose.
 * Confirmed proposals about duties in the list are carried out with it, all or none; those about issued duties need the
 * reason and are numbered amendments.
 */
export const assignDrafts = verb('draft.assign', {
  input: z.strictObject({
    documentId,
    ids: Ids.optional(),
    onDay: Day.optional().describe('day on which they were put into the list'),
    reason: Text(1000).optional(),
  }),
  output: z.object({
    listId: Id,
    duties: z.array(z.object({ draftId: Id, dutyId: Id, no: z.number().int() })),
    changed: z.number().int(),
    withdrawn: z.number().int(),
    amendments: z.array(z.number().int()),
  }),
  refusals: [
    ...reviewed,
    'draft/clauses-undecided',
    'draft/unreviewed',
    'draft/nothing-confirmed',
    'draft/names-unknown',
    'draft/overtaken',
    'draft/deadline-kept',
    'duty/reason-required',
    'duty/not-in-state',
    'duty/unowned',
    'duty/unknown-unit',
    'duty/unknown-post',
    'duty/day-ahead',
    'duty/day-past',
  ],
})

/** The review of a document: its drafts in the order of the text, the state of every clause, what is left. */
export const getReview = query('draft.list', {
  input: z.strictObject({ documentId }),
  output: z.object({
    documentId: Id,
    title: z.string().nullable(),
    year: z.number().int(),
    step: z.number().int(),
    items: z.array(Draft),
    clauses: z.array(z.object({ start: Offset, end: Offset, state: z.string() })),
    coverage: ReviewCoverage,
    counts: z.object({
      open: z.number().int(),
      confirmed: z.number().int(),
      rejected: z.number().int(),
      assigned: z.number().int(),
      inferred: z.number().int(),
    }),
    maySetDown: z.boolean().describe('nothing is left undecided and confirmed drafts wait for the list'),
  }),
})

/** How far the reviews of documents are: how many of their drafts stand how. A document without drafts is not there. */
export const reviewProgress = query('draft.progress', {
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        documentId: Id,
        open: z.number().int(),
        confirmed: z.number().int(),
        rejected: z.number().int(),
        assigned: z.number().int(),
      }),
    ),
  }),
})
