import { sql } from 'kysely'
import type * as z from 'zod'
import type { Layout } from '../../core/tables/layout.ts'
import { citeKey } from '../../core/text/cites.ts'
import { answer } from '../../platform/action/action.ts'
import { offsetOf, pageOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { registerOf } from './cite.ts'
import { mayReadDocuments } from './document.access.ts'
import { getDocument, listDocuments } from './document.contract.ts'
import { readingOf } from './document.ts'

type Listed = z.input<typeof listDocuments.output>['items'][number]

const columns = sql.raw(`d.id, d.year, d.kind, d.title, d.file_name "fileName", d.encoding, d.chars, j.at "importedAt"`)
// Version 1 tells when the document came, whatever was corrected later.
const entered = sql.raw(`join documents o on o.org_id = d.org_id and o.id = d.id and o.version = 1
  join journal_entries j on j.org_id = o.org_id and j.idx = o.recorded_idx`)

export const listDocumentsAnswer = answer(listDocuments, {
  may: mayReadDocuments,
  run: async (ctx, input) => {
    ctx.unscoped('documents belong to the bureau as a whole; only the office and supervision read them')
    const limit = input.limit ?? 50
    const rows = await ctx.tx.all(sql<Listed & { total: number }>`select ${columns}, count(*) over () as total
      from documents d ${entered}
      where d.org_id = ${ctx.org.orgId} and d.superseded_idx = ${sql.raw(CURRENT)}
        and (${input.year ?? null}::int is null or d.year = ${input.year ?? null}::int)
        and (${input.kind ?? null}::text is null or d.kind = ${input.kind ?? null}::text)
      order by d.id desc limit ${limit + 1} offset ${offsetOf(input.cursor)}`)
    return pageOf(rows, limit, input.cursor)
  },
})

export const getDocumentAnswer = answer(getDocument, {
  may: mayReadDocuments,
  run: async (ctx, input) => {
    ctx.unscoped('documents belong to the bureau as a whole; only the office and supervision read them')
    const row = await ctx.tx.first(sql<
      Listed & { text: string | null; sha256: string | null; layout: Layout | null }
    >`select ${columns}, d.text, d.sha256, d.layout
      from documents d ${entered}
      where d.org_id = ${ctx.org.orgId} and d.id = ${input.id} and d.superseded_idx = ${sql.raw(CURRENT)}`)
    if (row === null) throw new Refusal('record/not-found')
    const text = row.text ?? ''
    const { layout, ...shown } = row
    const reading = await readingOf(ctx, { id: row.id, text, layout })
    const register = await registerOf(ctx.tx, ctx.org.orgId, ctx.catalogues.lexicon)
    return {
      ...shown,
      text,
      catalogueHash: ctx.catalogues.catalogue.hash,
      outline: reading.outline,
      clauses: reading.clauses.map(({ start, end, state }) => ({ start, end, kind: state })),
      slots: reading.slots,
      cites: reading.cites.map((cite) => ({
        ...cite,
        citeId: register.get(citeKey(cite.title, ctx.catalogues.lexicon)) ?? null,
      })),
      dated: reading.dated,
      coverage: reading.coverage,
    }
  },
})
