import * as z from 'zod'
import { Day, Id, Line, page, paging, query, verb } from '../../core/contract.ts'
import { columnFields } from '../../core/tables/header.ts'

/** What a document is: a review of work done, a plan of work, a responsibility list, an instruction, or other. */
export const documentKinds = ['review', 'plan', 'list', 'instruction', 'other'] as const
/** One of the kinds of document. */
export const DocumentKind = z.enum(documentKinds)

/** Clauses of a text by what they are; `undecided` ones ask for a person's word. */
export const Coverage = z.object({
  clauses: z.number().int(),
  duty: z.number().int(),
  principle: z.number().int(),
  quotation: z.number().int(),
  background: z.number().int(),
  undecided: z.number().int(),
})

/** A year of a list or a report. */
export const Year = z.number().int().min(1990).max(2100)

const FileContent = z.string().max(7_200_000).describe('the bytes of the file, base64')

/** What a column of a list may say. */
export const ColumnField = z.enum(columnFields)

/** What the columns of one table mean, as a person says it: the heading's rows (counted from 1), a field or null for each column. */
export const TableMapping = z.strictObject({
  table: Line(100),
  headerRow: z.number().int().min(1).max(20),
  headerRows: z.union([z.literal(1), z.literal(2)]),
  fields: z.array(ColumnField.nullable()).max(200),
})

/** Something in a table that a person has to look at; `stops` keeps the whole file out. */
export const TableProblem = z.object({
  table: z.string(),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  stops: z.boolean(),
  zh: z.string(),
  en: z.string(),
})

/** A table of a file as it would be read: its heading, what each column means and why, its items. */
export const TableView = z.object({
  table: z.string(),
  known: z.boolean().describe('enough of the heading is known to read it'),
  list: z.enum(['duties', 'problems']),
  headerRow: z.number().int(),
  headerRows: z.union([z.literal(1), z.literal(2)]),
  headingKey: z.string().describe('stands for the words of the heading'),
  columns: z.array(
    z.object({
      column: z.string(),
      heading: z.string(),
      field: ColumnField.nullable(),
      by: z.enum(['alias', 'likeness', 'remembered', 'given', 'asked']).nullable(),
    }),
  ),
  items: z.number().int(),
  skipped: z.object({
    blank: z.number().int(),
    notes: z.number().int(),
    headings: z.number().int(),
    hidden: z.number().int(),
  }),
  rows: z.array(
    z.object({
      row: z.number().int(),
      title: z.string(),
      lead: z.string(),
      leader: z.string(),
      term: z.string(),
    }),
  ),
})

const unreadable = [
  'document/empty',
  'document/binary',
  'document/too-long',
  'document/too-heavy',
  'document/encrypted',
  'document/swollen',
  'document/traditional',
  'document/pinyin-injected',
  'document/secret-marked',
  'document/unsupported-format',
  'document/active-content',
  'document/unreadable',
  'document/too-many-rows',
] as const

/**
 * Says how a file would be taken in, writing nothing: its words, its tables, what their columns mean, every problem by row.
 * Where a report is written from a file, its text comes from here.
 */
export const explainDocument = verb('document.explain', {
  input: z.strictObject({
    fileName: Line(200),
    content: FileContent,
    mappings: z.array(TableMapping).max(60).optional(),
  }),
  // The words are in the answer, and a file that is only looked at is kept nowhere, not beside a key either.
  secret: true,
  output: z.object({
    encoding: z.string(),
    chars: z.number().int(),
    text: z.string().nullable().describe('the words of the file; null where it is nothing but tables'),
    fits: z.boolean().describe('nothing stops the import'),
    tables: z.array(TableView),
    problems: z.array(TableProblem),
  }),
  refusals: [...unreadable],
})

/**
 * Takes a document in. `content` are the bytes of the file in base64 (txt, md, docx, xlsx; older formats where a converter
 * is installed; at most 5 MB). The rows of lists in tables become items, all or none; `mappings` says what their columns
 * mean and is remembered. The answer says how the file was decoded and what the reader found in it.
 */
export const importDocument = verb('document.import', {
  input: z.strictObject({
    fileName: Line(200),
    content: FileContent,
    year: Year,
    kind: DocumentKind.optional(),
    title: Line(200).optional(),
    mappings: z.array(TableMapping).max(60).optional(),
  }),
  output: z.object({
    id: Id,
    title: z.string(),
    kind: DocumentKind,
    encoding: z.string(),
    chars: z.number().int(),
    duties: z.number().int(),
    slots: z.number().int(),
    cites: z.number().int(),
    tables: z.number().int().describe('lists that were read from tables'),
    coverage: Coverage,
  }),
  refusals: [...unreadable, 'document/rows-wrong', 'document/already-imported'],
})

const DocumentRow = z.object({
  id: Id,
  year: Year,
  kind: DocumentKind,
  title: z.string().nullable(),
  fileName: z.string().nullable(),
  encoding: z.string().nullable(),
  chars: z.number().int(),
  importedAt: z.string(),
})

/** The documents that were taken in, newest first. */
export const listDocuments = query('document.list', {
  input: z.strictObject({ year: Year.optional(), kind: DocumentKind.optional(), ...paging }),
  output: page(DocumentRow),
})

/** A document with its text and what the reader finds in it; offsets are UTF-16 code units into `text`, end exclusive. */
export const getDocument = query('document.get', {
  input: z.strictObject({ id: Id }),
  output: DocumentRow.extend({
    text: z.string(),
    sha256: z.string().nullable(),
    catalogueHash: z.string(),
    outline: z.array(
      z.object({
        level: z.number().int(),
        marker: z.string(),
        title: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        bodyEnd: z.number().int(),
        parent: z.number().int().nullable(),
      }),
    ),
    clauses: z.array(z.object({ start: z.number().int(), end: z.number().int(), kind: z.string() })),
    slots: z.array(z.looseObject({ start: z.number().int(), end: z.number().int(), phrase: z.string() })),
    cites: z.array(
      z.object({ title: z.string(), start: z.number().int(), end: z.number().int(), citeId: Id.nullable() }),
    ),
    dated: z.array(z.looseObject({ start: z.number().int(), end: z.number().int() })),
    coverage: Coverage,
  }),
})

/** A document that others name, such as a regulation: its title, its other names, which version, when it was issued. */
export const CiteRow = z.object({
  id: Id,
  title: z.string(),
  aliases: z.array(z.string()),
  versionNote: z.string().nullable(),
  issuedOn: Day.nullable(),
  documents: z.number().int(),
  duties: z.number().int(),
  rules: z.number().int(),
})
