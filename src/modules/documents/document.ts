import { sql } from 'kysely'
import type * as z from 'zod'
import { Reading } from '../../core/reading/reading.ts'
import { titleOf as titleOfItem } from '../../core/tables/item.ts'
import { Layout, wordsOf } from '../../core/tables/layout.ts'
import { citeKey } from '../../core/text/cites.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { build, type Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType } from '../../platform/journal/record.ts'
import { type Intake, readText, takeIn } from '../../platform/office/take-in.ts'
import { citedDocumentRecord, registerOf } from './cite.ts'
import { mayExplainDocuments, mayKeepDocuments } from './document.access.ts'
import { type documentKinds, explainDocument, importDocument } from './document.contract.ts'
import { problemInWords, rememberedMappings, rememberMappings } from './mapping.ts'

/** A document as it was taken in; its text may name people, so the entry only commits to it. */
export const documentRecord: RecordType = {
  type: 'document',
  table: 'documents',
  clear: ['year', 'kind', 'chars'],
  sealed: ['title', 'text', 'sha256', 'encoding', 'file_name', 'layout'],
  json: ['layout'],
}

const ROWS_SHOWN = 300

export const explainDocumentAction = action(explainDocument, {
  may: mayExplainDocuments,
  run: async (ctx, input) => {
    const intake = await intakeOf(ctx, input)
    return {
      encoding: intake.encoding,
      chars: intake.text.length,
      text: holdsWords(intake) ? intake.text : null,
      fits: !intake.taken.problems.some((one) => one.stops),
      tables: intake.taken.tables.map((table) => ({
        table: table.name,
        known: table.known,
        list: table.list,
        headerRow: table.headerRow,
        headerRows: table.headerRows,
        headingKey: table.headingKey,
        columns: [...table.columns],
        items: table.items.length,
        skipped: table.skipped,
        rows: rowsShown(intake, table.name),
      })),
      problems: intake.taken.problems.map((one) => problemInWords(ctx, one)),
    }
  },
})

/** False for a workbook, and for a paper of lists with no sentence beside them. */
function holdsWords({ text, layout }: Intake): boolean {
  if (layout === null) return true
  if (layout.tablesOnly) return false
  const spans = layout.tables.map((table) => table.span)
  const beside = spans.reduceRight((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text)
  return /[。；]/.test(beside)
}

function rowsShown(intake: Intake, name: string) {
  const table = intake.layout?.tables.find((one) => one.name === name)
  return (table?.items ?? []).slice(0, ROWS_SHOWN).map((item) => {
    const words = wordsOf(intake.text, item)
    const said = (field: 'lead' | 'leader' | 'term' | 'cadence') => words.get(field)?.replace(/\s*\n\s*/g, '、') ?? ''
    return {
      row: item.row,
      title: titleOfItem(words),
      lead: said('lead'),
      leader: said('leader'),
      term: said('term') || said('cadence'),
    }
  })
}

/** Reads the file of an input with the mappings that it gives and those that the bureau used before. */
async function intakeOf(
  ctx: Context,
  input: Pick<z.output<typeof importDocument.input>, 'fileName' | 'content' | 'mappings'>,
) {
  const remembered = await rememberedMappings(ctx)
  const wishes = { remembered, ...(input.mappings === undefined ? {} : { given: input.mappings }) }
  return takeIn(input.fileName, Buffer.from(input.content, 'base64'), ctx.catalogues.lexicon, wishes)
}

/** All rows or none: one that stops refuses the file, with every problem in words. */
function refuseProblems(ctx: Context, intake: Intake): void {
  const stopping = intake.taken.problems.filter((one) => one.stops)
  const [first] = stopping
  if (first === undefined) return
  const problems = intake.taken.problems.slice(0, 200).map((one) => problemInWords(ctx, one))
  const said = problemInWords(ctx, first)
  const place = [first.table, first.row === null ? '' : first.row].filter((part) => part !== '').join(' · ')
  throw new Refusal('document/rows-wrong', { count: stopping.length, place, zh: said.zh, en: said.en, problems })
}

export const importDocumentAction = action(importDocument, {
  may: mayKeepDocuments,
  run: async (ctx, input) => {
    const intake = await intakeOf(ctx, input)
    refuseProblems(ctx, intake)
    await refuseSecondCopy(ctx, input.year, intake.sha256)
    const reading = readText(intake.text, intake.layout, ctx.catalogues.lexicon)
    const title = input.title ?? titleOf(intake, input.fileName)
    const kind = input.kind ?? (intake.layout?.tablesOnly ? 'list' : kindOf(reading))
    await rememberMappings(ctx, intake.taken.tables, input.mappings ?? [])
    const documentId = ctx.add(documentRecord, {
      year: input.year,
      kind,
      chars: intake.text.length,
      title,
      text: intake.text,
      sha256: intake.sha256,
      encoding: intake.encoding,
      file_name: input.fileName,
      layout: intake.layout,
    })
    ctx.side(
      build.insertInto('document_readings').values({
        org_id: ctx.org.orgId,
        document_id: documentId,
        catalogue_hash: ctx.catalogues.catalogue.hash,
        reading: JSON.stringify(reading),
      }),
    )
    await linkCitations(
      ctx,
      'document',
      documentId,
      reading.cites.map((cite) => cite.title),
    )
    return {
      id: documentId,
      title,
      kind,
      encoding: intake.encoding,
      chars: intake.text.length,
      duties: reading.duties.length,
      slots: reading.slots.length,
      cites: reading.cites.length,
      tables: intake.layout?.tables.length ?? 0,
      coverage: reading.coverage,
    }
  },
})

async function refuseSecondCopy(ctx: Context, year: number, sha256: string): Promise<void> {
  const known = await ctx.tx.first(sql<{ id: string; title: string | null }>`select id, title from documents
    where org_id = ${ctx.org.orgId} and year = ${year} and sha256 = ${sha256} and superseded_idx = ${sql.raw(CURRENT)}`)
  if (known !== null) throw new Refusal('document/already-imported', { documentId: known.id, title: known.title, year })
}

const TITLE_MAX = 80

/** The first line that says something, else the name of the file without its ending; of a table the line above it. */
function titleOf({ text, layout, heading }: Intake, fileName: string): string {
  const lines = layout?.tablesOnly ? [heading ?? ''] : text.split(/\r?\n/)
  const line = lines.map((one) => one.replace(/[\s\u3000]+/g, ' ').trim()).find((one) => one !== '')
  const plain = line ?? fileName.replace(/\.[^.]+$/, '')
  return plain.length > TITLE_MAX ? `${plain.slice(0, TITLE_MAX - 1)}…` : plain
}

/** A text that mostly tells what was done is a review, else it is a plan. */
function kindOf(reading: Reading): (typeof documentKinds)[number] {
  const done = reading.duties.filter((duty) => duty.mode === 'done').length
  return done * 2 > reading.duties.length ? 'review' : 'plan'
}

/** A document with its text, for other modules; null where there is none. */
export interface DocumentText {
  readonly id: string
  readonly year: number
  readonly kind: string
  readonly title: string | null
  readonly text: string
  /** Where the items of its lists stand; null for a running text. */
  readonly layout: Layout | null
}

/** Reads a document's text under the caller's transaction. */
export async function documentText(tx: Reads, orgId: number, id: string): Promise<DocumentText | null> {
  const row =
    await tx.first(sql<DocumentText>`select id, year, kind, title, coalesce(text, '') as text, layout from documents
    where org_id = ${orgId} and id = ${id} and superseded_idx = ${sql.raw(CURRENT)}`)
  return row
}

/** The reading of a document with the words of today's catalogue: the kept one, or made again where the words changed. */
export async function readingOf(
  ctx: Pick<Context, 'org' | 'tx' | 'catalogues'>,
  document: Pick<DocumentText, 'id' | 'text' | 'layout'>,
): Promise<Reading> {
  const kept = await ctx.tx.first(sql<{
    reading: unknown
    catalogue_hash: string
  }>`select reading, catalogue_hash from document_readings
    where org_id = ${ctx.org.orgId} and document_id = ${document.id}`)
  if (kept !== null && kept.catalogue_hash === ctx.catalogues.catalogue.hash) return kept.reading as Reading
  const layout = document.layout === null ? null : Layout.parse(document.layout)
  return Reading.parse(readText(document.text, layout, ctx.catalogues.lexicon))
}

/**
 * Links what is cited in a record to the register: titles that the register knows (by title, alias or key) are linked,
 * the others get an entry of their own. The links are replaced as a whole, so linking again is harmless.
 */
export async function linkCitations(
  ctx: Writing,
  noun: 'document' | 'duty',
  refId: string,
  titles: readonly string[],
): Promise<void> {
  ctx.side(sql`delete from citations where org_id = ${ctx.org.orgId} and noun = ${noun} and ref_id = ${refId}`)
  if (titles.length === 0) return
  const times = await citedBy(ctx, titles)
  for (const [citeId, count] of times) {
    ctx.side(
      build
        .insertInto('citations')
        .values({ org_id: ctx.org.orgId, cite_id: citeId, noun, ref_id: refId, times: count }),
    )
  }
}

// The register as one act sees it, with what the act itself enters: a verb never reads its own writes.
const registers = new WeakMap<Writing, Map<string, string>>()

/** Entries of the register that the titles mean, with how often; unknown ones are entered, once within an act. */
async function citedBy(ctx: Writing, titles: readonly string[]): Promise<Map<string, number>> {
  const { lexicon } = ctx.catalogues
  const register = registers.get(ctx) ?? (await registerOf(ctx.tx, ctx.org.orgId, lexicon))
  registers.set(ctx, register)
  const times = new Map<string, number>()
  for (const title of titles) {
    const key = citeKey(title, lexicon)
    let id = register.get(key)
    if (id === undefined) {
      id = ctx.add(citedDocumentRecord, { title, aliases: [], version_note: null, issued_on: null, merged_into: null })
      register.set(key, id)
    }
    times.set(id, (times.get(id) ?? 0) + 1)
  }
  return times
}
