import { type Reading, read } from '../../core/reading/reading.ts'
import { carrySlots, edited } from '../../core/slots/carry.ts'
import { ReadingRefusal } from '../../core/text/refusal.ts'
import { action, type Context } from '../../platform/action/action.ts'
import { build } from '../../platform/db/pool.ts'
import { assert, Refusal } from '../../platform/errors/refusal.ts'
import { type Bindings, figureSlots } from './filling.ts'
import { write } from './report.access.ts'
import { confirmReport, editReport, rejectDraft } from './report.contract.ts'
import { type DraftRow, findDraft } from './report.queries.ts'

const TEXT_MAX = 2_000_000

/** A draft that an act is about, locked. */
export const draftOf = (ctx: Context, input: { draftId: string }): Promise<DraftRow | null> =>
  findDraft(ctx.tx, ctx.org.orgId, input.draftId, { lock: true })

/** Refuses what was frozen or taken back. */
export function assertOpen(draft: DraftRow): void {
  if (draft.report_id !== null) throw new Refusal('report/already-frozen')
  if (draft.withdrawn_at !== null) throw new Refusal('report/taken-back')
}

/** Reads a text as one of the bureau's; refuses `report/text` with the reason. */
export function readText(ctx: Context, text: string): Reading {
  try {
    return read(text, ctx.catalogues.lexicon)
  } catch (error) {
    if (error instanceof ReadingRefusal) throw new Refusal('report/text', { reason: error.code })
    throw error
  }
}

/** What of a reading is kept with a draft, as JSON text. */
export const readingRow = ({ slots, dated, outline }: Reading): string => JSON.stringify({ slots, dated, outline })

/** The size of the bureau's journal: rows and size commit together, so everything below it is complete (decision 2). */
export async function journalSize(ctx: Context): Promise<number> {
  const head = await ctx.tx.first(build.selectFrom('journal_heads').select('size').where('org_id', '=', ctx.org.orgId))
  assert(head, 'the bureau has a journal head')
  return head.size
}

/** Bindings under the new numbers of their slots, and how many lost theirs. */
function carried(before: DraftRow, after: Reading, edit: { start: number; was: string; now: string }) {
  const places = carrySlots(figureSlots(before.reading), figureSlots(after), edit)
  const bindings: Record<string, Bindings[string]> = {}
  let lost = 0
  for (const [no, binding] of Object.entries(before.bindings)) {
    const place = places[Number(no) - 1] ?? null
    if (place === null) lost++
    else bindings[String(place + 1)] = binding
  }
  return { bindings, lost }
}

export const edit = action(editReport, {
  subject: draftOf,
  may: write,
  async run(ctx, input, draft) {
    assertOpen(draft)
    const { start, was, now } = input.change ?? { start: 0, was: '', now: '' }
    if (draft.text.slice(start, start + was.length) !== was) throw new Refusal('report/text-moved')
    const text = edited(draft.text, { start, was, now })
    if (text.length > TEXT_MAX) throw new Refusal('report/too-long', { most: TEXT_MAX })
    const reading = readText(ctx, text)
    const { bindings, lost } = carried(draft, reading, { start, was, now })
    ctx.side({
      text: 'update report_drafts set title = $3, text = $4, reading = $5, bindings = $6 where org_id = $1 and id = $2',
      values: [
        ctx.org.orgId,
        draft.id,
        input.title ?? draft.title,
        text,
        readingRow(reading),
        JSON.stringify(bindings),
      ],
    })
    const slots = figureSlots(reading)
    return {
      draftId: draft.id,
      slots: slots.length,
      bound: slots.filter((slot, index) => (bindings[String(index + 1)]?.metric ?? slot.metric) !== null).length,
      dated: reading.dated.length,
      lost,
    }
  },
})

export const confirm = action(confirmReport, {
  subject: draftOf,
  may: write,
  async run(ctx, _input, draft) {
    assertOpen(draft)
    const seenSize = await journalSize(ctx)
    ctx.side({
      text: 'update report_drafts set seen_size = $3 where org_id = $1 and id = $2',
      values: [ctx.org.orgId, draft.id, seenSize],
    })
    return { draftId: draft.id, seenSize }
  },
})

export const reject = action(rejectDraft, {
  subject: draftOf,
  may: write,
  async run(ctx, _input, draft) {
    assertOpen(draft)
    ctx.side({
      text: 'update report_drafts set withdrawn_at = $3 where org_id = $1 and id = $2',
      values: [ctx.org.orgId, draft.id, ctx.now],
    })
    return { draftId: draft.id }
  },
})
