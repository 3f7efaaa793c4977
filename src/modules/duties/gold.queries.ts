import { sql } from 'kysely'
import { answer, fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayKeepLists } from './duty.access.ts'
import { type goldHindrances, listGold, markedGold } from './gold.contract.ts'
import { goldOf, type OfficeGold } from './gold.ts'
import { orderOn } from './order.ts'
import { loadReview } from './review.ts'

const whole = 'documents and their review belong to the bureau as a whole; only the office takes gold from them'
const DOCUMENTS_MAX = 500

function whyNot({ catalogues }: ReadContext, hindrance: (typeof goldHindrances)[number]): { zh: string; en: string } {
  return catalogues.words.messages.get(`gold-hindrance/${hindrance}`)!
}

async function goldFor(
  ctx: ReadContext,
  documentId: string,
  order: Awaited<ReturnType<typeof orderOn>>,
): Promise<OfficeGold | null> {
  const review = await loadReview(ctx, documentId, false)
  if (review === null) return null
  const note = fill(ctx.catalogues.words.messages.get('gold/note')!.zh, { bureau: ctx.org.name })
  return goldOf(review, order, ctx.catalogues.catalogue, note)
}

export const listGoldAnswer = answer(listGold, {
  may: mayKeepLists,
  run: async (ctx, input) => {
    ctx.unscoped(whole)
    const [documents, order] = await Promise.all([
      ctx.tx.all(sql<{
        documentId: string
        title: string | null
        year: number
      }>`select d.id "documentId", d.title, d.year
        from documents d where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)}
          and (${input.year ?? null}::int is null or d.year = ${input.year ?? null}::int)
        order by d.id desc limit ${DOCUMENTS_MAX}`),
      orderOn(ctx, ctx.today),
    ])
    const items = []
    for (const document of documents) {
      const gold = await goldFor(ctx, document.documentId, order)
      if (gold === null) continue
      const { marked: _marked, ...counts } = gold
      items.push({ ...document, ...counts, why: gold.hindrance === null ? null : whyNot(ctx, gold.hindrance) })
    }
    return { items, total: items.length, counted: items.filter(({ hindrance }) => hindrance === null).length }
  },
})

export const markedGoldFile = fileAnswer(markedGold, {
  may: mayKeepLists,
  run: async (ctx, input) => {
    ctx.unscoped(whole)
    const gold = await goldFor(ctx, input.documentId, await orderOn(ctx, ctx.today))
    if (gold === null) throw new Refusal('record/not-found')
    if (gold.marked === null) {
      const hindrance = gold.hindrance ?? 'not-opened'
      throw new Refusal('gold/not-complete', { reason: hindrance, ...whyNot(ctx, hindrance) })
    }
    return {
      bytes: Buffer.from(gold.marked, 'utf8'),
      mediaType: 'text/plain; charset=utf-8',
      fileName: `${input.documentId}.gold.txt`,
    }
  },
})
