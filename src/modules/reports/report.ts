import { sql } from 'kysely'
import type { Period } from '../../core/figures/query.ts'
import { packetDigest, type Stub } from '../../core/ledger/packet.ts'
import { type Reading, read } from '../../core/reading/reading.ts'
import { ReadingRefusal } from '../../core/text/refusal.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { build } from '../../platform/db/pool.ts'
import { assert, Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { nativeHashes } from '../../platform/journal/seal.ts'
import { type Answered, answerSlots, type Bindings, countedWords, figureSlots, fillText, slotView } from './filling.ts'
import { namesOf, packetOf, type Remarks, type StoredFigure } from './packet.ts'
import { write } from './report.access.ts'
import { bindReport, freezeReport, openReport, withdrawReport } from './report.contract.ts'
import { type DraftRow, findDraft } from './report.queries.ts'
import { type EntryStub, entryStubs } from './stubs.ts'

/** A frozen report: point of the journal, day whose organisation counts, period, catalogue and digest in the clear. */
export const reportRecord: RecordType = {
  type: 'report',
  table: 'reports',
  clear: ['year', 'from_on', 'to_on', 'organisation_day', 'as_of', 'catalogue_hash', 'digest', 'withdrawn'],
  sealed: ['title', 'source', 'filled', 'pieces', 'figures', 'remarks'],
  json: ['pieces', 'figures', 'remarks'],
}

export const open = action(openReport, {
  may: write,
  async run(ctx, input) {
    const from = input.from ?? `${input.year}-01-01`
    const to = input.to ?? `${input.year}-12-31`
    if (from > to || from.slice(0, 4) !== String(input.year) || to.slice(0, 4) !== String(input.year)) {
      throw new Refusal('report/period', { from, to, year: input.year })
    }
    const reading = readText(ctx, input.text)
    const slots = figureSlots(reading)
    const id = ctx.newId()
    ctx.side({
      text: `insert into report_drafts (org_id, id, title, year, from_on, to_on, text, reading, opened_at, opened_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [
        ctx.org.orgId,
        id,
        input.title,
        input.year,
        from,
        to,
        input.text,
        JSON.stringify({ slots: reading.slots, dated: reading.dated, outline: reading.outline }),
        ctx.now,
        ctx.actor.pid,
      ],
    })
    return {
      id,
      slots: slots.length,
      bound: slots.filter((slot) => slot.metric !== null).length,
      dated: reading.dated.length,
    }
  },
})

function readText(ctx: Context, text: string): Reading {
  try {
    return read(text, ctx.catalogues.lexicon)
  } catch (error) {
    if (error instanceof ReadingRefusal) throw new Refusal('report/text', { reason: error.code })
    throw error
  }
}

const draftOf = (ctx: Context, input: { draftId: string }) =>
  findDraft(ctx.tx, ctx.org.orgId, input.draftId, { lock: true })

function assertOpen(draft: DraftRow): void {
  if (draft.report_id !== null) throw new Refusal('report/already-frozen')
}

export const bind = action(bindReport, {
  subject: draftOf,
  may: write,
  async run(ctx, input, draft) {
    assertOpen(draft)
    if (input.no > figureSlots(draft.reading).length) throw new Refusal('report/no-slot', { no: input.no })
    if ((input.metric === undefined) === (input.leave === undefined)) throw new Refusal('report/bind-or-leave')
    if (input.metric !== undefined && !ctx.catalogues.catalogue.metrics.find(input.metric)) {
      throw new Refusal('report/no-metric', { metric: input.metric })
    }
    const binding =
      input.leave === undefined ? { metric: input.metric, params: input.params ?? {} } : { leave: input.leave }
    const bindings: Bindings = { ...draft.bindings, [String(input.no)]: binding }
    ctx.side({
      text: 'update report_drafts set bindings = $3 where org_id = $1 and id = $2',
      values: [ctx.org.orgId, draft.id, JSON.stringify(bindings)],
    })
    return { draftId: draft.id }
  },
})

export const freeze = action(freezeReport, {
  subject: draftOf,
  may: write,
  async run(ctx, input, draft) {
    assertOpen(draft)
    const period = { from: draft.from_on, to: draft.to_on }
    // Size and rows commit together, so the size read here and everything below it are complete (decision 2).
    const head = await ctx.tx.first(
      build.selectFrom('journal_heads').select('size').where('org_id', '=', ctx.org.orgId),
    )
    assert(head, 'the bureau has a journal head')
    const answered = await answerSlots(ctx, figureSlots(draft.reading), draft.bindings, period, head.size)
    const unbound = answered.filter((one) => one.state === 'unbound')
    if (unbound.length > 0 && input.leaveUnbound !== true)
      throw new Refusal('report/unbound', { count: unbound.length })
    const filled = fillText(ctx, draft.text, answered, period, head.size, ctx.today)
    const figures = await figuresOf(ctx, answered, period)
    const pieces = filled.pieces.map((piece) => ({
      text: piece.text,
      as: piece.as,
      slot: piece.as === 'kept' ? null : piece.slot + 1,
      start: piece.start,
    }))
    const stored = figures.map(({ stubs: _, ...figure }) => figure)
    const stubs = figures.flatMap((figure) => figure.stubs)
    const remarks: Remarks = {
      dated: draft.reading.dated,
      outline: draft.reading.outline,
      bureau: ctx.org.name,
      names: await namesOf(ctx, stubs, head.size),
    }
    const frame = {
      title: draft.title,
      period,
      organisationDay: ctx.today,
      asOf: head.size,
      catalogueHash: ctx.catalogues.catalogue.hash,
    }
    const bare = packetOf(frame, stored, remarks, (figure) => figure.entries.map((idx) => ({ idx }) as Stub))
    const reportId = ctx.add(reportRecord, {
      year: draft.year,
      from_on: draft.from_on,
      to_on: draft.to_on,
      organisation_day: ctx.today,
      as_of: head.size,
      catalogue_hash: frame.catalogueHash,
      digest: packetDigest(nativeHashes[ctx.org.suite], bare),
      withdrawn: false,
      title: draft.title,
      source: draft.text,
      filled: filled.text,
      pieces,
      figures: stored,
      remarks,
    })
    markFrozen(ctx, draft.id, reportId)
    ctx.proveAfter()
    const done = figures.filter((figure) => figure.view.state === 'filled').length
    return { reportId, filled: done, masked: figures.length - done }
  },
})

function markFrozen(ctx: Writing, draftId: string, reportId: string): void {
  ctx.side({
    text: 'update report_drafts set report_id = $3 where org_id = $1 and id = $2',
    values: [ctx.org.orgId, draftId, reportId],
  })
}

async function figuresOf(
  ctx: Context,
  answered: readonly Answered[],
  period: Period,
): Promise<(StoredFigure & { stubs: EntryStub[] })[]> {
  const figures: (StoredFigure & { stubs: EntryStub[] })[] = []
  for (const one of answered) {
    const view = slotView(ctx, one)
    const entries = view.state === 'filled' ? (one.counted?.entries ?? []) : []
    const stubs = await entryStubs(ctx, entries)
    const facts = {
      records: stubs.length,
      late: stubs.filter((stub) => stub.late).length,
      opening: stubs.filter((stub) => stub.opening).length,
    }
    figures.push({
      view,
      query: view.state === 'filled' && one.query ? { where: one.query.where, aggregate: one.query.aggregate } : null,
      counted: one.query && view.state === 'filled' ? countedWords(ctx, one.query, period, facts) : null,
      ...facts,
      entries: [...entries],
      stubs,
    })
  }
  return figures
}

export const withdraw = action(withdrawReport, {
  subject: async (ctx, input) =>
    (await ctx.tx.first(sql<Stored>`select * from reports where org_id = ${ctx.org.orgId} and id = ${input.reportId}
      and superseded_idx = 9223372036854775807 for no key update`)) as Stored | null,
  may: write,
  async run(ctx, input, report) {
    ctx.because(input.reason)
    ctx.revise(reportRecord, report, { withdrawn: true })
    return { reportId: input.reportId }
  },
})
