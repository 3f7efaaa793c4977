import { zipSync } from 'fflate'
import type { Area } from '../../core/tables/grid.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { openOoxml } from './ooxml.ts'
import { faces } from './paper/faces.ts'

/** A sheet as rows of words: what a person sees in the cells, a formula as its last result. Rows may differ in length. */
export interface SheetText {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly (readonly string[])[]
  /** Merged areas, 0-based and inclusive; the words stand in the first cell. */
  readonly merges: readonly Area[]
  /** Rows that are hidden, by hand or by a filter, 0-based. */
  readonly hiddenRows: readonly number[]
}

/** A sheet to write. Words stay words whatever they begin with; only a number becomes a number. */
export interface SheetRows {
  readonly name: string
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Widths of the columns in characters. */
  readonly widths?: readonly number[]
  /**
   * Set for print as a table: A4 across, all columns on one page's width, the first row as a title over all columns, the
   * rows up to `heading` (0-based) held on the screen and repeated on every page, page numbers below.
   */
  readonly print?: { readonly heading: number; readonly footer: string }
}

/** Bounds of a workbook that is read; beyond them office/too-large. */
export const sheetLimits = { rows: 50_000, columns: 200, cells: 1_000_000, characters: 20_000_000 } as const

const oneSheet = (name: string): boolean => /^xl\/worksheets\/[^/]+\.xml$/.test(name)

/**
 * Reads a .xlsx behind the bounded unzip. The library sees only the XML parts that were checked, packed anew without compression.
 * @throws OfficeRefusal
 */
export async function readXlsx(bytes: Uint8Array): Promise<readonly SheetText[]> {
  const parts = openOoxml(bytes, 'xl')
  for (const [name, xml] of parts) if (oneSheet(name)) measureSheet(xml)
  const encoder = new TextEncoder()
  const clean = zipSync(Object.fromEntries([...parts].map(([name, xml]) => [name, encoder.encode(xml)])), { level: 0 })
  const hucre = await import('hucre/xlsx')
  let workbook: Awaited<ReturnType<typeof hucre.readXlsx>>
  try {
    workbook = await hucre.readXlsx(clean)
  } catch {
    throw new OfficeRefusal('office/unreadable', { reason: 'workbook' })
  }
  let characters = 0
  return workbook.sheets.map((sheet) => ({
    name: sheet.name,
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: sheet.rows.map((row) =>
      withoutTail(row).map((cell) => {
        const words = cellWords(cell)
        characters += words.length
        if (characters > sheetLimits.characters)
          throw new OfficeRefusal('office/too-large', { charactersMax: sheetLimits.characters })
        return words
      }),
    ),
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      startRow,
      startColumn: startCol,
      endRow,
      endColumn: endCol,
    })),
    hiddenRows: [...(sheet.rowDefs ?? [])].flatMap(([row, { hidden }]) => (hidden === true ? [row] : [])),
  }))
}

/** Refuses a sheet whose outermost cells span more than the bounds, before anything builds that rectangle. */
function measureSheet(xml: string): void {
  let rows = 0
  let columns = 0
  let cells = 0
  const note = (row: number, column: number): void => {
    rows = Math.max(rows, row)
    columns = Math.max(columns, column)
  }
  for (const match of xml.matchAll(/<(?:[\w.-]{1,20}:)?(row|c|mergeCell)\b/g)) {
    const tag = xml.slice(match.index, match.index + 200)
    if (match[1] === 'c') cells++
    for (const [, letters = '', digits = '0'] of tag.matchAll(
      /\b(?:r|ref)\s*=\s*["']([A-Za-z]{0,7})(\d{1,9})(?::|["'])/g,
    )) {
      note(Number(digits), columnOf(letters))
    }
  }
  const over =
    rows > sheetLimits.rows || columns > sheetLimits.columns || Math.max(cells, rows * columns) > sheetLimits.cells * 5
  if (over || cells > sheetLimits.cells) {
    throw new OfficeRefusal('office/too-large', {
      rows,
      rowsMax: sheetLimits.rows,
      columns,
      columnsMax: sheetLimits.columns,
    })
  }
}

function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}

function withoutTail<T>(row: readonly (T | null)[]): readonly (T | null)[] {
  let end = row.length
  while (end > 0 && (row[end - 1] === null || row[end - 1] === undefined)) end--
  return row.slice(0, end)
}

function cellWords(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : dayWords(cell)
  return typeof cell === 'string' ? cell : String(cell)
}

/** A date cell as the day that it shows; its time of day only where it has one. */
function dayWords(date: Date): string {
  const iso = date.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}

/** Writes a .xlsx. No cell is a formula: words that begin with = + - @ or their full-width forms are written as words. */
export async function writeXlsx(sheets: readonly SheetRows[]): Promise<Uint8Array> {
  const hucre = await import('hucre/xlsx')
  const names = new Set<string>()
  const named = sheets.map((sheet) => ({ ...sheet, name: sheetName(sheet.name, names) }))
  return hucre.writeXlsx({
    defaultFont: { name: faces.number, size: 10.5 },
    namedRanges: named.flatMap(({ name, print }) =>
      print === undefined
        ? []
        : [
            {
              name: '_xlnm.Print_Titles',
              range: `'${name.replaceAll("'", "''")}'!$1:$${print.heading + 1}`,
              scope: name,
            },
          ],
    ),
    sheets: named.map((sheet) => ({
      name: sheet.name,
      rows: sheet.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? plainWords(cell) : finite(cell)))),
      ...(sheet.widths === undefined ? {} : { columns: sheet.widths.map((width) => ({ width })) }),
      ...(sheet.print === undefined ? {} : asPrinted(sheet, sheet.print)),
    })),
  })
}

const line = { style: 'thin', color: { rgb: '808080' } } as const
const framed = { top: line, right: line, bottom: line, left: line }
const titleStyle = {
  font: { name: faces.title, size: 16 },
  alignment: { horizontal: 'center', vertical: 'center' },
} as const
const headStyle = {
  font: { name: faces.heading, size: 10.5 },
  border: framed,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
} as const
const cellStyle = {
  font: { name: faces.number, size: 10.5 },
  border: framed,
  alignment: { vertical: 'center', wrapText: true },
} as const

const lineHeight = 14
const heightMax = 400
// Signs from here on are as wide as two letters.
const firstWide = 0x2e80

/** Points that a row needs so that all its words are seen: programs do not measure wrapped cells when they open a file. */
function heightOf(row: readonly (string | number | null)[], widths: readonly number[]): number {
  const lines = row.map((cell, column) => {
    const width = Math.max(2, (widths[column] ?? 10) - 1)
    const of = (line: string) =>
      Math.ceil([...line].reduce((sum, char) => sum + (char.charCodeAt(0) < firstWide ? 1 : 2), 0) / width)
    return String(cell ?? '')
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, of(line)), 0)
  })
  return Math.min(heightMax, Math.max(1, ...lines) * lineHeight + 4)
}

/** How a sheet looks that is printed as a table. */
function asPrinted(sheet: SheetRows, print: NonNullable<SheetRows['print']>) {
  const width = Math.max(1, ...sheet.rows.map((row) => row.length))
  const cells = new Map<string, { style: typeof titleStyle | typeof headStyle | typeof cellStyle }>()
  for (let row = 0; row < sheet.rows.length; row++) {
    if (row > 0 && row < print.heading) continue
    const style = row === 0 ? titleStyle : row === print.heading ? headStyle : cellStyle
    for (let column = 0; column < width; column++) cells.set(`${row},${column}`, { style })
  }
  return {
    cells,
    merges: width > 1 ? [{ startRow: 0, startCol: 0, endRow: 0, endCol: width - 1 }] : [],
    rowDefs: new Map(
      sheet.rows.map((row, at) => [
        at,
        { height: at === 0 ? 30 : at < print.heading ? 18 : heightOf(row, sheet.widths ?? []) },
      ]),
    ),
    freezePane: { rows: print.heading + 1 },
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: 'landscape' as const,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.79, right: 0.59, bottom: 0.79, left: 0.59, header: 0.39, footer: 0.39 },
    },
    headerFooter: { oddFooter: print.footer },
  }
}

function finite(cell: number | null): number | null {
  if (cell !== null && !Number.isFinite(cell)) throw new Error(`a cell cannot hold ${cell}`)
  return cell
}

/** Words as the format can hold them: no half characters, and `_x0041_` kept from being read as an escape. */
function plainWords(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** A sheet's name as programs take it: at most 31 characters, none of []:*?/\, none twice. */
function sheetName(wanted: string, taken: Set<string>): string {
  const base =
    wanted
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, 28) || 'Sheet'
  let name = base
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base} ${i}`.slice(0, 31)
  taken.add(name.toLowerCase())
  return name
}
