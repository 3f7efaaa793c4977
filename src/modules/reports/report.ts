import { sql } from 'kysely'
import type { Period } from '../../core/figures/query.ts'
import { packetDigest, type Stub } from '../../core/ledger/packet.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { nativeHashes } from '../../platform/journal/seal.ts'
import { assertOpen, draftOf, journalSize, readingRow, readText } from './draft.ts'
import { type Answered, answerSlots, type Bindings, countedWords, figureSlots, fillText, slotView } from './filling.ts'
import { namesOf, packetOf, type Remarks, type StoredFigure } from './packet.ts'
import { write } from './report.access.ts'
import { bindReport, freezeReport, openReport, withdrawReport } from './report.contract.ts'
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
      text: `insert into report_drafts (org_id, id, title, year, from_on, to_on, text, reading, opened_at, opened_by, seen_size)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        ctx.org.orgId,
        id,
        input.title,
        input.year,
        from,
        to,
        input.text,
        readingRow(reading),
        ctx.now,
        ctx.actor.pid,
        await journalSize(ctx),
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

export const bind = action(bindReport, {
  subject: draftOf,
  may: write,
  async run(ctx, input, draft) {
    assertOpen(draft)
    if (input.no > figureSlots(draft.reading).length) throw new Refusal('report/no-slot', { no: input.no })
    const said = [input.metric, input.leave, input.asRead].filter((one) => one !== undefined).length
    if (said !== 1) throw new Refusal('report/bind-or-leave')
    if (input.metric !== undefined && !ctx.catalogues.catalogue.metrics.find(input.metric)) {
      throw new Refusal('report/no-metric', { metric: input.metric })
    }
    const { [String(input.no)]: _, ...others } = draft.bindings
    const binding =
      input.leave === undefined ? { metric: input.metric, params: input.params ?? {} } : { leave: input.leave }
    const bindings: Bindings = input.asRead ? others : { ...others, [String(input.no)]: binding }
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
    const size = await journalSize(ctx)
    const answered = await answerSlots(ctx, figureSlots(draft.reading), draft.bindings, period, size)
    const unbound = answered.filter((one) => one.state === 'unbound')
    if (unbound.length > 0 && input.leaveUnbound !== true)
      throw new Refusal('report/unbound', { count: unbound.length })
    const filled = fillText(ctx, draft.text, answered, period, size, ctx.today)
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
      names: await namesOf(ctx, stubs, size),
    }
    const frame = {
      title: draft.title,
      period,
      organisationDay: ctx.today,
      asOf: size,
      catalogueHash: ctx.catalogues.catalogue.hash,
    }
    const bare = packetOf(frame, stored, remarks, (figure) => figure.entries.map((idx) => ({ idx }) as Stub))
    const reportId = ctx.add(reportRecord, {
      year: draft.year,
      from_on: draft.from_on,
      to_on: draft.to_on,
      organisation_day: ctx.today,
      as_of: size,
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
    (await ctx.tx.first(sql<
      Stored & { withdrawn: boolean }
    >`select * from reports where org_id = ${ctx.org.orgId} and id = ${input.reportId}
      and superseded_idx = 9223372036854775807 for no key update`)) as (Stored & { withdrawn: boolean }) | null,
  may: write,
  async run(ctx, input, report) {
    if (report.withdrawn) throw new Refusal('report/taken-back')
    ctx.because(input.reason)
    ctx.revise(reportRecord, report, { withdrawn: true })
    return { reportId: input.reportId }
  },
})
