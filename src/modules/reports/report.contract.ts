import * as z from 'zod'
import { Day, file, Id, Instant, Line, page, paging, query, verb } from '../../core/contract.ts'

const Both = z.strictObject({ zh: z.string(), en: z.string() })

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
  reportId: Id.nullable(),
  text: z.string(),
  slots: z.array(ReportSlot),
  dated: z.array(DatedPhrase),
  pieces: z.array(ReportPiece),
  counts,
})

/** A frozen report: what was printed, at which journal size and by which catalogue it was counted. */
export const Frozen = z.strictObject({
  ...Head,
  frozenAt: Instant,
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

/** Binds one slot to a metric, or leaves it masked on purpose with a reason. */
export const bindReport = verb('report.bind', {
  input: z.strictObject({
    draftId: Id,
    no: z.number().int().min(1),
    metric: z.string().max(80).optional(),
    params: z.record(z.string().max(40), z.string().max(80)).optional(),
    leave: Line(200).optional(),
  }),
  output: z.strictObject({ draftId: Id }),
  refusals: ['report/already-frozen', 'report/no-slot', 'report/no-metric', 'report/bind-or-leave'],
})

/** Freezes a draft at the present point of the journal. Unbound slots refuse it unless `leaveUnbound` says to keep them masked. */
export const freezeReport = verb('report.freeze', {
  input: z.strictObject({ draftId: Id, leaveUnbound: z.boolean().optional() }),
  output: z.strictObject({ reportId: Id, filled: z.number().int(), masked: z.number().int() }),
  refusals: ['report/already-frozen', 'report/unbound'],
})

/** Withdraws a frozen report with a reason; it stays readable and marked. */
export const withdrawReport = verb('report.withdraw', {
  input: z.strictObject({ reportId: Id, reason: Line(200) }),
  output: z.strictObject({ reportId: Id }),
})

/** Drafts and frozen reports, newest first. */
export const listReports = query('report.list', {
  input: z.strictObject({ ...paging, year: z.number().int().optional() }),
  output: page(
    z.strictObject({
      ...Head,
      state: z.enum(['draft', 'frozen']),
      at: Instant,
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

/** A draft or a frozen report as a document (docx). */
export const docxOfReport = file('report.docx', {
  input: z.strictObject({ draftId: Id.optional(), reportId: Id.optional() }),
})
/** The evidence file of a frozen report: one page of HTML that is checked offline. */
export const evidenceOfReport = file('report.evidence', { input: z.strictObject({ reportId: Id }) })
