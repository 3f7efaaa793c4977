import * as z from 'zod'
import { Day, Id, Line, page, paging, query, verb } from '../../core/contract.ts'

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

/**
 * Takes a document in. `content` are the bytes of the file in base64 (txt, md or docx, at most 5 MB). The answer says
 * how it was decoded and what the reader found in it.
 */
export const importDocument = verb('document.import', {
  input: z.strictObject({
    fileName: Line(200),
    content: z.string().max(7_200_000),
    year: Year,
    kind: DocumentKind.optional(),
    title: Line(200).optional(),
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
    coverage: Coverage,
  }),
  refusals: [
    'document/empty',
    'document/binary',
    'document/too-long',
    'document/traditional',
    'document/pinyin-injected',
    'document/secret-marked',
    'document/unsupported-format',
    'document/active-content',
    'document/unreadable',
    'document/already-imported',
  ],
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
