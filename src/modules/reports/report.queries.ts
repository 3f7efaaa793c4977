import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import { aggregate } from '../../core/ledger/aggregate.ts'
import type { Reading } from '../../core/reading/reading.ts'
import { answer, type Context, fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { evidenceHtml } from '../../platform/evidence/evidence-html.ts'
import { countFacts } from '../../platform/facts/facts.ts'
import { fill } from '../../platform/i18n/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { headGiven } from '../../platform/office/paper/head-given.ts'
import { type Answered, answerSlots, type Bindings, figureSlots, fillText, slotView } from './filling.ts'
import { evidencePacket, type FrozenRow, type StoredFigure } from './packet.ts'
import { reportDocx } from './paper.ts'
import { definitions, mayOpen, read } from './report.access.ts'
import {
  docxOfReport,
  evidenceOfReport,
  getDraft,
  getReport,
  listFigureRecords,
  listMetrics,
  listReports,
  type ReportSlot,
  recountReport,
} from './report.contract.ts'
import { type EntryStub, entryStubs, happenedOn } from './stubs.ts'

/** A draft as it is stored. */
export interface DraftRow {
  id: string
  title: string
  year: number
  from_on: string
  to_on: string
  text: string
  reading: Pick<Reading, 'slots' | 'dated' | 'outline'>
  bindings: Bindings
  opened_at: string
  report_id: string | null
  seen_size: number | null
  withdrawn_at: string | null
}

/** A draft by id, locked for an act that changes it. */
export async function findDraft(
  tx: Reads,
  orgId: number,
  id: string,
  options: { lock: boolean } = { lock: false },
): Promise<DraftRow | null> {
  const lock = options.lock ? sql`for no key update` : sql``
  return tx.first(sql<DraftRow>`select * from report_drafts where org_id = ${orgId} and id = ${id} ${lock}`)
}

/** When and why a report `r` was taken back; no row while it stands. */
const withdrawal = sql`select j.at, a.reason from reports x
  join journal_entries j on j.org_id = x.org_id and j.idx = x.recorded_idx
  join acts a on a.org_id = j.org_id and a.id = j.act_id
  where x.org_id = r.org_id and x.id = r.id and x.withdrawn order by x.version limit 1`

export const whole = 'figures count the whole bureau; access.ts admits only those who answer for all of it'

export async function mustFindDraft(ctx: ReadContext, id: string): Promise<DraftRow> {
  ctx.unscoped(whole)
  const draft = await findDraft(ctx.tx, ctx.org.orgId, id)
  if (draft === null) throw new Refusal('record/not-found')
  return draft
}

interface ReportRow extends FrozenRow {
  withdrawn_at: string | null
  withdrawn_why: string | null
  year: number
  source: string
  filled: string
  pieces: { text: string; as: 'kept' | 'filled' | 'masked'; slot: number | null; start: number }[]
}

async function mustFindReport(ctx: ReadContext, id: string): Promise<ReportRow> {
  ctx.unscoped(whole)
  const report = await ctx.tx.first(sql<ReportRow>`
    select r.*, e.at as frozen_at, w.at as withdrawn_at, w.reason as withdrawn_why
      from reports r join journal_entries e on e.org_id = r.org_id and e.idx = r.recorded_idx
      left join lateral (${withdrawal}) w on true
     where r.org_id = ${ctx.org.orgId} and r.id = ${id} and r.version = 1`)
  if (report === null) throw new Refusal('record/not-found')
  return report
}

function countsOf(slots: readonly ReportSlot[]) {
  const count = (state: ReportSlot['state']) => slots.filter((slot) => slot.state === state).length
  return { filled: count('filled'), unbound: count('unbound'), left: count('left'), masked: count('masked') }
}

async function draftView(ctx: ReadContext, draft: DraftRow) {
  const period = { from: draft.from_on, to: draft.to_on }
  const head = await ctx.tx.first(sql<{ size: number }>`select size from journal_heads where org_id = ${ctx.org.orgId}`)
  const answered = await answerSlots(ctx, figureSlots(draft.reading), draft.bindings, period, head?.size ?? 0)
  const filled = fillText(ctx, draft.text, answered, period, head?.size ?? 0, ctx.today)
  const slots = answered.map((one) => ({
    ...slotView(ctx, one),
    chosen: draft.bindings[String(one.no)] !== undefined,
  }))
  const pieces = filled.pieces.map((piece) => ({
    text: piece.text,
    as: piece.as,
    slot: piece.as === 'kept' ? null : piece.slot + 1,
    start: piece.start,
  }))
  return {
    id: draft.id,
    title: draft.title,
    year: draft.year,
    ...period,
    openedAt: draft.opened_at,
    withdrawnAt: draft.withdrawn_at,
    reportId: draft.report_id,
    source: draft.text,
    text: filled.text,
    slots,
    dated: draft.reading.dated,
    pieces,
    counts: countsOf(slots),
  }
}

export const draft = answer(getDraft, {
  may: read,
  run: async (ctx, input) => draftView(ctx, await mustFindDraft(ctx, input.draftId)),
})

export const report = answer(getReport, {
  may: read,
  async run(ctx, input) {
    const row = await mustFindReport(ctx, input.reportId)
    const slots = row.figures.map(({ view, counted, records, late, opening }) => ({
      ...view,
      counted,
      records,
      late,
      opening,
    }))
    return {
      id: row.id,
      title: row.title,
      year: row.year,
      from: row.from_on,
      to: row.to_on,
      frozenAt: row.frozen_at,
      withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, reason: row.withdrawn_why },
      asOf: row.as_of,
      idx: row.recorded_idx,
      organisationDay: row.organisation_day,
      catalogueHash: row.catalogue_hash,
      digest: row.digest,
      source: row.source,
      text: row.filled,
      slots,
      dated: row.remarks.dated,
      pieces: row.pieces,
      counts: countsOf(slots),
    }
  },
})

interface ListRow {
  id: string
  title: string
  year: number
  from_on: string
  to_on: string
  at: string
  report_id: string | null
  frozen_at: string | null
  withdrawn_at: string | null
  total: number
}

const stateOf = (row: Pick<ListRow, 'report_id' | 'withdrawn_at'>) =>
  row.withdrawn_at !== null ? ('withdrawn' as const) : row.report_id === null ? ('draft' as const) : ('frozen' as const)

export const list = answer(listReports, {
  may: read,
  async run(ctx, input) {
    ctx.unscoped(whole)
    const { orgId } = ctx.org
    const limit = input.limit ?? 50
    const year = input.year === undefined ? sql`true` : sql`d.year = ${input.year}`
    const after = input.cursor === undefined ? sql`true` : sql`id < ${input.cursor}::uuid`
    const wanted = {
      draft: sql`withdrawn_at is null and report_id is null`,
      frozen: sql`withdrawn_at is null and report_id is not null`,
      withdrawn: sql`withdrawn_at is not null`,
      any: sql`withdrawn_at is null or report_id is not null`,
    }[input.state ?? 'any']
    const rows = await ctx.tx.all(sql<ListRow>`
      with listed as (
        select d.id, d.title, d.year, d.from_on, d.to_on, d.opened_at as at, d.report_id, j.at as frozen_at,
               coalesce(d.withdrawn_at, w.at) as withdrawn_at
          from report_drafts d
          left join reports r on r.org_id = d.org_id and r.id = d.report_id and r.version = 1
          left join journal_entries j on j.org_id = r.org_id and j.idx = r.recorded_idx
          left join lateral (${withdrawal}) w on true
         where d.org_id = ${orgId} and ${year})
      select *, (select count(*) from listed where ${wanted})::int as total from listed
       where (${wanted}) and ${after} order by id desc limit ${limit + 1}`)
    const items = rows.slice(0, limit)
    return {
      items: items.map((row) => ({
        id: row.id,
        title: row.title,
        year: row.year,
        from: row.from_on,
        to: row.to_on,
        at: row.at,
        frozenAt: row.frozen_at,
        withdrawnAt: row.withdrawn_at,
        reportId: row.report_id,
        state: stateOf(row),
      })),
      total: rows[0]?.total ?? 0,
      next: rows.length > items.length ? items.at(-1)!.id : null,
    }
  },
})

async function figureOf(
  ctx: ReadContext,
  input: { draftId?: string | undefined; reportId?: string | undefined; no: number },
): Promise<Pick<StoredFigure, 'query' | 'entries'> & { value: number | null }> {
  if (input.reportId !== undefined) {
    const row = await mustFindReport(ctx, input.reportId)
    const figure = row.figures[input.no - 1]
    if (!figure) throw new Refusal('record/not-found')
    return { ...figure, value: figure.view.value }
  }
  if (input.draftId === undefined) throw new Refusal('record/not-found')
  const row = await mustFindDraft(ctx, input.draftId)
  const slots = figureSlots(row.reading)
  if (input.no > slots.length) throw new Refusal('record/not-found')
  const answered: Answered[] = await answerSlots(ctx, slots, row.bindings, { from: row.from_on, to: row.to_on }, null)
  const one = answered[input.no - 1]!
  const shown = one.state === 'filled' ? one.counted : null
  return { query: one.query, entries: shown?.entries ?? [], value: shown?.value ?? null }
}

/** What one record adds to a figure; the numbers of all records add up to a count or a sum. */
function numberOf(figure: Pick<StoredFigure, 'query'>, stub: EntryStub): number {
  const how = figure.query?.aggregate
  return how && (how.op === 'sum' || how.op === 'parts') ? (aggregate(how, [stub.env]) ?? 0) : 1
}

export const records = answer(listFigureRecords, {
  may: read,
  async run(ctx, input) {
    const figure = await figureOf(ctx, input)
    const stubs = await entryStubs(ctx, figure.entries)
    const months = new Map<string, number>()
    for (const stub of stubs) {
      const month = happenedOn(stub.env)?.slice(0, 7)
      if (month) months.set(month, (months.get(month) ?? 0) + numberOf(figure, stub))
    }
    const newest = [...stubs].reverse()
    const start = input.cursor === undefined ? 0 : Number(input.cursor)
    const slice = newest.slice(start, start + (input.limit ?? 50))
    const words = await wordsOf(ctx, slice)
    return {
      value: figure.value,
      total: stubs.length,
      late: stubs.filter((stub) => stub.late).length,
      opening: stubs.filter((stub) => stub.opening).length,
      months: [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, number]) => ({ month, number })),
      items: slice.map((stub) => ({
        idx: stub.idx,
        recordId: stub.env.id,
        type: stub.env.t,
        kind: String(stub.env.d['kind'] ?? stub.env.t),
        day: String(stub.env.d['on'] ?? stub.env.d['month'] ?? ''),
        unit: words.units.get(String(stub.env.d['unit'] ?? '')) ?? null,
        number: numberOf(figure, stub),
        title: words.titles.get(stub.idx) ?? null,
        late: stub.late,
        opening: stub.opening,
      })),
      next: start + slice.length < stubs.length ? String(start + slice.length) : null,
    }
  },
})

/** Titles of the records that the reader may open (the row policy hides the others) and names of their units. */
async function wordsOf(ctx: Context, stubs: readonly EntryStub[]) {
  const activities = stubs.filter((stub) => stub.env.t === 'activity').map((stub) => stub.idx)
  const titles = await ctx.tx.all(sql<{ recorded_idx: number; title: string | null }>`
    select recorded_idx, title from activities where org_id = ${ctx.org.orgId} and recorded_idx = any(${activities}::bigint[])`)
  const ids = [
    ...new Set(stubs.flatMap((stub) => (typeof stub.env.d['unit'] === 'string' ? [stub.env.d['unit']] : []))),
  ]
  const units = await ctx.tx.all(sql<{ unit_id: string; name: string }>`
    select unit_id, name from unit_facts where org_id = ${ctx.org.orgId} and unit_id = any(${ids}::uuid[])
      and superseded_idx = ${CURRENT}::bigint and ${ctx.today}::date between valid_from and valid_to`)
  return {
    titles: new Map(titles.map((row) => [row.recorded_idx, row.title])),
    units: new Map(units.map((row) => [row.unit_id, row.name])),
  }
}

export const recount = answer(recountReport, {
  may: read,
  async run(ctx, input) {
    const row = await mustFindReport(ctx, input.reportId)
    const figures = []
    for (const { view, query } of row.figures) {
      const again = query
        ? await countFacts(ctx.tx, ctx.facts, ctx.org.orgId, query, row.as_of, { trace: false })
        : null
      const now = query ? await countFacts(ctx.tx, ctx.facts, ctx.org.orgId, query, null, { trace: false }) : null
      const recounted = again?.value ?? null
      figures.push({
        no: view.no,
        phrase: view.phrase,
        frozen: view.value,
        recounted,
        now: now?.value ?? null,
        equal: view.value === recounted,
      })
    }
    return { reportId: row.id, asOf: row.as_of, equal: figures.every((figure) => figure.equal), figures }
  },
})

export const metrics = answer(listMetrics, {
  may: definitions,
  async run(ctx) {
    ctx.unscoped('definitions are data of the catalogue')
    const { metrics: table, hash } = ctx.catalogues.catalogue
    const items = table.rows.map((metric) => ({
      id: metric.id,
      name: metric.words,
      definition: metric.means,
      units: metric.units,
      params: Object.entries(metric.params).map(([name, need]) => ({ name, required: need === 'required' })),
      available: metric.available,
    }))
    return { items, catalogueHash: hash }
  },
})

function fileName(ctx: ReadContext, message: string, title: string): string {
  return fill(ctx.catalogues.words.messages.get(message)?.zh ?? '{title}', { title })
}

export const docx = fileAnswer(docxOfReport, {
  may: read,
  async run(ctx, input) {
    const head = headGiven(input)
    if (input.reportId !== undefined) {
      const row = await mustFindReport(ctx, input.reportId)
      const { title, filled: text, source, pieces, remarks } = row
      const on = civilDay(new Date(row.frozen_at))
      const signature = input.kind === 'summary' ? { signature: { by: ctx.org.name, on, sealed: true } } : {}
      const paper = { title, text, source, pieces, outline: remarks.outline, stamp: null, ...head, ...signature }
      return reportDocx(ctx.catalogues.words, paper, title)
    }
    const row = await mustFindDraft(ctx, input.draftId ?? '')
    const view = await draftView(ctx, row)
    const stamp = ctx.catalogues.words.messages.get('report/draft-stamp')?.zh ?? null
    const { outline } = row.reading
    const paper = { title: row.title, text: view.text, source: row.text, pieces: view.pieces, outline, stamp, ...head }
    return reportDocx(ctx.catalogues.words, paper, fileName(ctx, 'report/draft-file', row.title))
  },
})

export const evidence = fileAnswer(evidenceOfReport, {
  may: read,
  async run(ctx, input) {
    const open = input.restricted === 'yes'
    if (open && !allows(mayOpen, ctx.actor, undefined, input)) throw new Refusal('record/not-found')
    const row = await mustFindReport(ctx, input.reportId)
    const html = await evidenceHtml(await evidencePacket(ctx, row, open))
    return {
      bytes: Buffer.from(html, 'utf8'),
      mediaType: 'text/html; charset=utf-8',
      fileName: fileName(ctx, open ? 'report/evidence-restricted' : 'report/evidence-file', row.title),
    }
  },
})
