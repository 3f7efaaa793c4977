import { createHash } from 'node:crypto'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import { type Reading, read } from '../../core/reading/reading.ts'
import type { Grid } from '../../core/tables/grid.ts'
import type { Layout } from '../../core/tables/layout.ts'
import { readWithTables } from '../../core/tables/reading.ts'
import { stackedTables } from '../../core/tables/stacked.ts'
import {
  type FilePart,
  type GivenMapping,
  layOutFile,
  type Remembered,
  type Taken,
  takeTables,
} from '../../core/tables/take.ts'
import { admit } from '../../core/text/admit.ts'
import { decode, maxDocumentBytes } from '../../core/text/decode.ts'
import { ReadingRefusal } from '../../core/text/refusal.ts'
import { Refusal } from '../errors/refusal.ts'
import { readDocxApart, readXlsxApart } from './apart.ts'
import { convertOld, isSheetFormat, type OldFormat, oldFormats } from './convert.ts'
import type { DocxText } from './docx.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { entryNames } from './unzip.ts'
import type { SheetText } from './xlsx.ts'

/** A file turned into text: which decoding fitted, the SHA-256 (hex) of the bytes as they came, and its tables. */
export interface Intake {
  readonly text: string
  readonly encoding: string
  readonly sha256: string
  /** Null for a text without a list. */
  readonly layout: Layout | null
  readonly taken: Taken
  /** The line above the first table that names it, in a file of nothing but tables. */
  readonly heading: string | null
}

/** How the tables of a file are to be read. */
export interface TableWishes {
  readonly given?: readonly GivenMapping[]
  readonly remembered?: Remembered
}

/** The most items of one file. */
export const itemsMax = 2000

const magics: readonly { readonly magic: string; readonly formats: readonly OldFormat[] }[] = [
  { magic: 'd0cf11e0', formats: ['doc', 'wps', 'xls', 'et'] },
  { magic: '25504446', formats: ['pdf'] },
  { magic: '7b5c7274', formats: ['rtf'] },
]

const officeRefusals: Readonly<Record<string, string>> = {
  'office/too-large': 'document/too-long',
  'office/too-heavy': 'document/too-heavy',
  'office/bomb': 'document/swollen',
  'office/doctype': 'document/active-content',
  'office/macro': 'document/active-content',
  'office/external': 'document/active-content',
}

/**
 * Turns the bytes of a file into the text that is read, by magic first and extension second. Refuses what the reader
 * would misread: empty, binary, too long, traditional, pinyin injected, marked secret, other formats. Problems of a
 * list's rows are answered, not thrown.
 */
export async function takeIn(
  fileName: string,
  bytes: Uint8Array,
  lexicon: Lexicon,
  wishes: TableWishes = {},
): Promise<Intake> {
  if (bytes.length === 0) throw new Refusal('document/empty')
  if (bytes.length > maxDocumentBytes)
    throw new Refusal('document/too-long', { megabytes: maxDocumentBytes / 1024 / 1024 })
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  try {
    const read = await readFile(bytes, extension, lexicon, wishes)
    admit(read.text)
    if (read.taken.tables.reduce((sum, table) => sum + table.items.length, 0) > itemsMax)
      throw new Refusal('document/too-many-rows', { max: itemsMax })
    return { ...read, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch (error) {
    if (error instanceof ReadingRefusal) throw new Refusal(error.code, { megabytes: 5, ...error.details })
    if (error instanceof OfficeRefusal) throw inWords(error)
    throw error
  }
}

function inWords(error: OfficeRefusal): Refusal {
  if (error.code === 'office/no-converter')
    return new Refusal('document/unsupported-format', { format: error.details['format'] ?? '' })
  return new Refusal(officeRefusals[error.code] ?? 'document/unreadable', { megabytes: 5, seconds: 20 })
}

type Read = Omit<Intake, 'sha256'>

/** Claims that a compound file is a newer document behind a password, whatever its name ends with. */
function isEncrypted(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  )
}

async function readFile(bytes: Uint8Array, extension: string, lexicon: Lexicon, wishes: TableWishes): Promise<Read> {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  const old = magics.find((row) => row.magic === head)
  if (old !== undefined) {
    if (isEncrypted(bytes)) throw new Refusal('document/encrypted')
    const format = oldFormats.find((one) => one === extension && old.formats.includes(one))
    if (format === undefined) throw new Refusal('document/unsupported-format', { format: extension || old.formats[0] })
    const made = await convertOld(bytes, format)
    const read = isSheetFormat(format)
      ? ofSheets(await readXlsxApart(made), lexicon, wishes)
      : ofText(await readDocxApart(made), lexicon, wishes)
    return { ...read, encoding: format }
  }
  if (head !== '504b0304') {
    if (extension === 'docx' || extension === 'xlsx') throw new Refusal('document/binary')
    return { ...decode(bytes), layout: null, taken: { tables: [], problems: [] }, heading: null }
  }
  const names = entryNames(bytes)
  const family = names.some((name) => name.startsWith('xl/')) ? 'xlsx' : 'docx'
  if (!names.some((name) => name.startsWith(family === 'xlsx' ? 'xl/' : 'word/')))
    throw new Refusal('document/unsupported-format', { format: extension || 'zip' })
  return family === 'xlsx'
    ? ofSheets(await readXlsxApart(bytes), lexicon, wishes)
    : ofText(await readDocxApart(bytes), lexicon, wishes)
}

/** A workbook: every sheet that is shown and holds something is a list. */
function ofSheets(sheets: readonly SheetText[], lexicon: Lexicon, wishes: TableWishes): Read {
  const shown = sheets
    .filter((sheet) => !sheet.hidden && sheet.rows.some((row) => row.some((cell) => cell.trim() !== '')))
    .flatMap((sheet) => stackedTables(sheet, lexicon))
  if (shown.length === 0) throw new Refusal('document/empty')
  const taken = takeTables(shown, lexicon, { strict: true, ...wishes })
  const parts = shown.map((grid): FilePart => ({ words: shown.length > 1 ? [grid.name] : [], grid }))
  return {
    ...layOutFile(
      parts,
      taken,
      true,
      sheets.some((sheet) => sheet.hidden),
    ),
    encoding: 'xlsx',
    taken,
    heading: headingOf(shown, taken),
  }
}

/** Tables within a text that have a known heading are lists; all else is read as text. */
function ofText(docx: DocxText, lexicon: Lexicon, wishes: TableWishes): Read {
  const names = captionsOf(docx)
  const grids = docx.placed.map(
    (table, at): Grid => ({
      name: names[at] ?? `#${at + 1}`,
      rows: table.rows,
      merges: table.merges,
      hiddenRows: [],
    }),
  )
  const taken = takeTables(grids, lexicon, { strict: false, ...wishes })
  if (taken.known.length === 0) return { text: docx.text, encoding: 'docx', layout: null, taken, heading: null }
  const parts: FilePart[] = []
  let from = 0
  for (const [at, table] of docx.placed.entries()) {
    parts.push({ words: docx.paragraphs.slice(from, table.paragraph), grid: grids[at] ?? null })
    from = table.paragraph + table.rows.length
  }
  parts.push({ words: docx.paragraphs.slice(from), grid: null })
  return { ...layOutFile(parts, taken, false), encoding: 'docx', taken, heading: null }
}

const captionMax = 40

/** What stands right above each table, where it is short; else its number. None stands twice. */
function captionsOf(docx: DocxText): string[] {
  const names: string[] = []
  for (const [at, table] of docx.placed.entries()) {
    const from = at === 0 ? 0 : docx.placed[at - 1]!.paragraph + docx.placed[at - 1]!.rows.length
    const above = docx.paragraphs.slice(from, table.paragraph).findLast((line) => line.trim() !== '')
    const caption = above?.replace(/\s+/g, ' ').trim() ?? ''
    const name = caption === '' || caption.length > captionMax ? `#${at + 1}` : caption
    names.push(names.includes(name) ? `${name} #${at + 1}` : name)
  }
  return names
}

function headingOf(grids: readonly Grid[], taken: Taken): string | null {
  const first = taken.tables[0]
  const above = grids.find((grid) => grid.name === first?.name)?.rows.slice(0, (first?.headerRow ?? 1) - 1) ?? []
  const line = above.map((row) => row.filter((cell) => cell.trim() !== '')).find((row) => row.length === 1)?.[0]
  return line?.replace(/\s+/g, ' ').trim() ?? null
}

/** Reads a text: its lists by their places, all else as running text. */
export function readText(text: string, layout: Layout | null, lexicon: Lexicon): Reading {
  return layout === null ? read(text, lexicon) : readWithTables(text, layout, lexicon)
}
