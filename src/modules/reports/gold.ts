import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import type { Gold } from '../../core/reading/gold.ts'
import { outside } from '../../core/reading/judged.ts'
import { Unwritable, writeMarked } from '../../core/reading/mark.ts'
import { answer, fileAnswer } from '../../platform/action/action.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { figureSlots } from './filling.ts'
import { boundTextOfReport, listBoundReports } from './gold.contract.ts'
import { type DraftRow, mustFindDraft, whole } from './report.queries.ts'

/** The text may name people: the office alone takes it out. */
const office = anyOf<unknown, unknown>(role('office'))
const REPORTS_MAX = 500

type Slot = DraftRow['reading']['slots'][number]

/** Figures that a person tied to a metric himself, and those about which nobody said what they count. */
function judgedSlots({ reading, bindings }: Pick<DraftRow, 'reading' | 'bindings'>) {
  const figures = figureSlots(reading)
  const bound = figures.flatMap((slot, index) => {
    const { metric, params } = bindings[String(index + 1)] ?? {}
    return metric === undefined ? [] : [{ slot, metric, params: params ?? {} }]
  })
  const open: Slot[] = reading.slots.filter((slot) => !bound.some((one) => one.slot === slot))
  return { bound, open }
}

export const boundReports = answer(listBoundReports, {
  may: office,
  run: async (ctx, input) => {
    ctx.unscoped(whole)
    const rows = await ctx.tx.all(sql<DraftRow>`select d.* from report_drafts d where d.org_id = ${ctx.org.orgId}
      and d.report_id is not null and d.withdrawn_at is null and d.bindings <> '{}'
      and (${input.year ?? null}::int is null or d.year = ${input.year ?? null}::int)
      order by d.id desc limit ${REPORTS_MAX}`)
    const items = rows.flatMap((row) => {
      const { bound, open } = judgedSlots(row)
      const counts = { bound: bound.length, unjudged: open.length }
      return bound.length === 0 ? [] : [{ draftId: row.id, title: row.title, year: row.year, ...counts }]
    })
    return { items, total: items.length }
  },
})

export const boundText = fileAnswer(boundTextOfReport, {
  may: office,
  run: async (ctx, { draftId }) => {
    const draft = await mustFindDraft(ctx, draftId)
    if (draft.report_id === null || draft.withdrawn_at !== null) throw notComplete(ctx, 'not-frozen')
    const { bound, open } = judgedSlots(draft)
    if (bound.length === 0) throw notComplete(ctx, 'nothing-decided')
    const left = outside(
      open.map(({ numStart, numEnd }) => ({ start: numStart, end: numEnd })),
      bound.map(({ slot }) => slot),
    )
    const gold: Gold = {
      doc: draftId,
      outline: [],
      duties: [],
      principles: [],
      slots: bound.map(({ slot: { start, end, phrase, role: as }, metric, params }) => ({
        ...{ start, end, phrase, metric, params },
        role: as,
      })),
      judges: ['slots'],
      ...(left.length === 0 ? {} : { unjudged: left }),
    }
    const note = fill(ctx.catalogues.words.messages.get('gold/note-figures')!.zh, { bureau: ctx.org.name })
    try {
      const bytes = Buffer.from(writeMarked({ text: draft.text, gold }, note), 'utf8')
      return { bytes, mediaType: 'text/plain; charset=utf-8', fileName: `${draftId}.gold.txt` }
    } catch (error) {
      if (error instanceof Unwritable) throw notComplete(ctx, error.why)
      throw error
    }
  },
})

function notComplete({ catalogues }: { catalogues: Catalogues }, reason: string): Refusal {
  return new Refusal('gold/not-complete', { reason, ...catalogues.words.messages.get(`gold-hindrance/${reason}`)! })
}
