import * as z from 'zod'
import { Both, Day, file, Id, Instant, Line, page, paging, query, verb } from '../../core/contract.ts'
import { headFields } from '../../core/papers/head.ts'

/** What stands in one figure slot: bound or not, filled or masked, and why. Offsets are UTF-16 units of the source text. */
export const ReportSlot = z.strictObject({
  no: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  numStart: z.number().int(),
  numEnd: z.number().int(),
  phrase: z.string(),
  metric: z.string().nullable(),
  name: Both.nullable(),
  params: z.record(z.string(), z.string()),
  unit: z.string(),
  approx: z.string().nullable(),
  state: z.enum(['filled', 'unbound', 'left', 'masked']),
  value: z.number().nullable(),
  printed: z.string().nullable(),
  truth: Both.nullable(),
  definition: Both.nullable(),
  why: z.string().nullable(),
  sentence: Both.nullable(),
})
export type ReportSlot = z.infer<typeof ReportSlot>

/** A phrase that belongs to the old year and that a person must rewrite. */
export const DatedPhrase = z.strictObject({
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  why: z.string(),
})

/** A piece of the filled text, in order: kept, filled (slot number) or masked (slot number). */
export const ReportPiece = z.strictObject({
  text: z.string(),
  as: z.enum(['kept', 'filled', 'masked']),
  slot: z.number().int().nullable(),
  start: z.number().int(),
})

const Head = {
  id: Id,
  title: z.string(),
  year: z.number().int(),
  from: Day,
  to: Day,
}

const counts = z.strictObject({
  filled: z.number().int(),
  unbound: z.number().int(),
  left: z.number().int(),
  masked: z.number().int(),
})

/** A draft as it would be filled now; offsets are UTF-16 code units into `text`. */
export const Draft = z.strictObject({
  ...Head,
  openedAt: Instant,
  withdrawnAt: Instant.nullable(),
  reportId: Id.nullable(),
  /** The text as it was read, with the signs of its slots; `report.edit` counts in it. */
  source: z.string(),
  text: z.string(),
  slots: z.array(ReportSlot.extend({ chosen: z.boolean().describe('a person bound it or left it masked') })),
  dated: z.array(DatedPhrase),
  pieces: z.array(ReportPiece),
  counts,
})

/** A frozen report: what was printed, at which journal size and by which catalogue it was counted. */
export const Frozen = z.strictObject({
  ...Head,
  frozenAt: Instant,
  withdrawn: z.strictObject({ at: Instant, reason: z.string().nullable() }).nullable(),
  asOf: z.number().int(),
  idx: z.number().int(),
  organisationDay: Day,
  catalogueHash: z.string(),
  digest: z.string(),
  source: z.string(),
  text: z.string(),
  slots: z.array(
    ReportSlot.extend({
      counted: Both.nullable(),
      records: z.number().int(),
      late: z.number().int(),
      opening: z.number().int(),
    }),
  ),
  dated: z.array(DatedPhrase),
  pieces: z.array(ReportPiece),
  counts,
})

/** Opens a draft: reads the text, finds its slots and binds what the words mean. Days default to the whole year. */
export const openReport = verb('report.open', {
  input: z.strictObject({
    title: Line(200),
    text: z.string().min(1).max(2_000_000),
    year: z.number().int().min(1990).max(2100),
    from: Day.optional(),
    to: Day.optional(),
  }),
  output: z.strictObject({ id: Id, slots: z.number().int(), bound: z.number().int(), dated: z.number().int() }),
  refusals: ['report/period', 'report/no-slot', 'report/text'],
})

/** Changes the title of a draft or its words: `was`, at `start` of the source, becomes `now`. What a person bound stays bound. */
export const editReport = verb('report.edit', {
  input: z.strictObject({
    draftId: Id,
    title: Line(200).optional(),
    change: z
      .strictObject({
        start: z.number().int().min(0),
        was: z.string().max(200_000).default(''),
        now: z.string().max(200_000).default(''),
      })
      .optional(),
  }),
  output: z.strictObject({
    draftId: Id,
    slots: z.number().int(),
    bound: z.number().int(),
    dated: z.number().int(),
    /** Bindings made by a person whose slot is gone. */
    lost: z.number().int(),
  }),
  refusals: ['report/already-frozen', 'report/taken-back', 'report/text-moved', 'report/text', 'report/too-long'],
})

/** Binds one slot to a metric, leaves it masked on purpose with a reason, or gives it back to what the words mean. */
export const bindReport = verb('report.bind', {
  input: z.strictObject({
    draftId: Id,
    no: z.number().int().min(1),
    metric: z.string().max(80).optional(),
    params: z.record(z.string().max(40), z.string().max(80)).optional(),
    leave: Line(200).optional(),
    asRead: z.literal(true).optional(),
  }),
  output: z.strictObject({ draftId: Id }),
  refusals: [
    'report/already-frozen',
    'report/taken-back',
    'report/no-slot',
    'report/no-metric',
    'report/bind-or-leave',
  ],
})

/** Says that the figures were looked at as they stand now; what changes from here on shows in the check. */
export const confirmReport = verb('report.confirm', {
  input: z.strictObject({ draftId: Id }),
  output: z.strictObject({ draftId: Id, seenSize: z.number().int() }),
  refusals: ['report/already-frozen', 'report/taken-back'],
})

/** Freezes a draft at the present point of the journal. Unbound slots refuse it unless `leaveUnbound` says to keep them masked. */
export const freezeReport = verb('report.freeze', {
  input: z.strictObject({ draftId: Id, leaveUnbound: z.boolean().optional() }),
  output: z.strictObject({ reportId: Id, filled: z.number().int(), masked: z.number().int() }),
  refusals: ['report/already-frozen', 'report/taken-back', 'report/unbound'],
})

/** Withdraws a frozen report with a reason; it stays readable and marked. */
export const withdrawReport = verb('report.withdraw', {
  input: z.strictObject({ reportId: Id, reason: Line(200) }),
  output: z.strictObject({ reportId: Id }),
  refusals: ['report/taken-back'],
})

/** Takes back a draft that nobody needs; it leaves the list and stays readable. */
export const rejectDraft = verb('report.reject', {
  input: z.strictObject({ draftId: Id }),
  output: z.strictObject({ draftId: Id }),
  refusals: ['report/already-frozen', 'report/taken-back'],
})

/** Drafts and frozen reports, newest first. */
export const listReports = query('report.list', {
  input: z.strictObject({
    ...paging,
    year: z.number().int().optional(),
    state: z.enum(['draft', 'frozen', 'withdrawn']).optional().describe('absent: all but drafts taken back'),
  }),
  output: page(
    z.strictObject({
      ...Head,
      state: z.enum(['draft', 'frozen', 'withdrawn']),
      at: Instant.describe('when the draft was opened'),
      frozenAt: Instant.nullable(),
      withdrawnAt: Instant.nullable(),
      reportId: Id.nullable(),
    }),
  ),
})

/** One draft, counted as things stand now. */
export const getDraft = query('report.draft', { input: z.strictObject({ draftId: Id }), output: Draft })
/** One frozen report, as it was frozen. */
export const getReport = query('report.get', { input: z.strictObject({ reportId: Id }), output: Frozen })

/** The records behind one figure: stubs for all, words only for those that the reader may open. */
export const listFigureRecords = query('report.records', {
  input: z.strictObject({
    draftId: Id.optional(),
    reportId: Id.optional(),
    no: z.number().int().min(1),
    ...paging,
  }),
  output: z.strictObject({
    value: z.number().nullable(),
    total: z.number().int(),
    late: z.number().int(),
    opening: z.number().int(),
    months: z.array(z.strictObject({ month: z.string(), number: z.number() })),
    items: z.array(
      z.strictObject({
        idx: z.number().int(),
        recordId: Id,
        type: z.string(),
        kind: z.string(),
        day: z.string(),
        unit: z.string().nullable(),
        number: z.number(),
        title: z.string().nullable(),
        late: z.boolean(),
        opening: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  }),
})

/** Counts every figure again at the frozen point and as things stand now. */
export const recountReport = query('report.recount', {
  input: z.strictObject({ reportId: Id }),
  output: z.strictObject({
    reportId: Id,
    asOf: z.number().int(),
    equal: z.boolean(),
    figures: z.array(
      z.strictObject({
        no: z.number().int(),
        phrase: z.string(),
        frozen: z.number().nullable(),
        recounted: z.number().nullable(),
        now: z.number().nullable(),
        equal: z.boolean(),
      }),
    ),
  }),
})

/** What can be counted: every metric with its definition, units and parameters. */
export const listMetrics = query('metric.list', {
  input: z.strictObject({}),
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: Both,
        definition: Both,
        units: z.array(z.string()),
        params: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
        available: z.boolean(),
      }),
    ),
    catalogueHash: z.string(),
  }),
})

/**
 * A draft or a frozen report as a document (docx): a speech, or a summary, which the bureau signs on the day of freezing; with a head
 * where one is entered.
 */
export const docxOfReport = file('report.docx', {
  input: z.strictObject({
    draftId: Id.optional(),
    reportId: Id.optional(),
    kind: z.enum(['speech', 'summary']).optional(),
    ...headFields,
  }),
  refusals: ['paper/number-unfit', 'paper/mark-missing'],
})
/**
 * The evidence file of a frozen report: one page of HTML that is checked offline. `restricted` opens the titles of
 * activities and who led them, for the office and the discipline body; it prints who exported it. Talks stay closed.
 */
export const evidenceOfReport = file('report.evidence', {
  input: z.strictObject({ reportId: Id, restricted: z.literal('yes').optional() }),
})

/**
 * What a check of a draft can find. `unbound` and `two-definitions` (the same words ask for two figures) want a decision;
 * the others are to be known: `unequal` one figure stands in one place and is blank in another, `wording` a rounding word would not be true, `changed` a figure reads differently since it was looked at, `issued` a
 * report already issued for the same days says another number, `masked` nothing can be counted, `old-number` last year's
 * number gives way to a sign, `dated` words of the old year.
 */
export const findings = [
  'unbound',
  'unequal',
  'two-definitions',
  'wording',
  'changed',
  'issued',
  'masked',
  'old-number',
  'dated',
] as const

/** Looks a draft through before it is frozen, each finding in words. `ready`: nothing wants a decision. */
export const checkReport = query('report.check', {
  input: z.strictObject({ draftId: Id }),
  output: z.strictObject({
    draftId: Id,
    ready: z.boolean(),
    seenSize: z.number().int().nullable(),
    items: z.array(
      z.strictObject({
        code: z.enum(findings),
        decide: z.boolean(),
        slots: z.array(z.number().int()).describe('numbers of the slots concerned'),
        before: z.number().nullable(),
        now: z.number().nullable(),
        added: z.number().int().describe('records counted now and not before'),
        gone: z.number().int().describe('records counted before and not now'),
        reportId: Id.nullable().describe('the issued report that says another number'),
        sentence: Both,
      }),
    ),
  }),
})

/**
 * What a report might say of shortcomings in its period, as data with sources: unmet and late obligations of units by rule
 * (numbers only where a rule is about persons; never talks or personal matters), and duties past their day. No sentence is
 * written for anybody.
 */
export const reportShortfalls = query('report.shortfalls', {
  input: z.strictObject({ draftId: Id }),
  output: z.strictObject({
    from: Day,
    to: Day,
    on: Day.describe('the day on which it is judged'),
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        words: Both,
        source: Both,
        article: z.string().nullable(),
        expected: z.boolean(),
        unconfirmed: z.boolean(),
        owed: z.number().int(),
        unmet: z.number().int(),
        late: z.number().int(),
        units: z.array(
          z.strictObject({
            unitId: Id,
            name: z.string().nullable(),
            unmet: z.number().int(),
            late: z.number().int(),
          }),
        ),
        sentence: Both,
      }),
    ),
    duties: z.array(
      z.strictObject({
        dutyId: Id,
        no: z.number().int(),
        year: z.number().int(),
        title: z.string().nullable(),
        unit: z.string().nullable(),
        dueOn: Day.nullable(),
        closedOn: Day.nullable().describe('absent while it is open'),
      }),
    ),
  }),
})
