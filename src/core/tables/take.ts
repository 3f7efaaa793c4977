import type { Lexicon } from '../reading/lexicon.ts'
import { CellGrid, columnLetters, type Grid } from './grid.ts'
import {
  type ColumnField,
  doubledFields,
  type FoundBy,
  type Header,
  headerAt,
  headerOf,
  isKnown,
  withFields,
} from './header.ts'
import { type Layout, type Line, layOut } from './layout.ts'
import { type ItemRow, rowsOf, type Skipped } from './rows.ts'

/** A mapping that a person gives for one table: where its heading stands (counted from 1) and what each column means. */
export interface GivenMapping {
  readonly table: string
  readonly headerRow: number
  readonly headerRows: 1 | 2
  readonly fields: readonly (ColumnField | null)[]
}

/** A mapping that was used before, by the headingKey of the headings. */
export type Remembered = ReadonlyMap<string, readonly (ColumnField | null)[]>

/** Something that a person has to look at; rows are counted from 1, columns are letters. `stops` keeps the file out. */
export interface TableProblem {
  readonly table: string
  readonly row: number | null
  readonly column: string | null
  readonly code:
    | 'no-heading'
    | 'no-duty-column'
    | 'doubled'
    | 'asked'
    | 'no-items'
    | 'hidden'
    | 'no-duty'
    | 'cell-error'
    | 'cell-too-long'
    | 'beside'
  readonly stops: boolean
  readonly values: Readonly<Record<string, string | number>>
}

/** One table of a file as it is read: its heading, what its columns mean, how many rows are items. */
export interface TableFound {
  readonly name: string
  readonly known: boolean
  /** Counted from 1. */
  readonly headerRow: number
  readonly headerRows: 1 | 2
  readonly headingKey: string
  readonly list: 'duties' | 'problems'
  readonly columns: readonly {
    readonly column: string
    readonly heading: string
    readonly field: ColumnField | null
    readonly by: FoundBy | null
  }[]
  readonly items: readonly ItemRow[]
  readonly skipped: Skipped
}

/** What the tables of a file say, with every problem; the layout is there where no problem stops. */
export interface Taken {
  readonly tables: readonly TableFound[]
  readonly problems: readonly TableProblem[]
}

/** A table with the words that were read before it; the words behind the last table stand in the last entry. */
export interface FilePart {
  readonly words: readonly string[]
  readonly grid: Grid | null
}

interface Known extends TableFound {
  readonly header: Header
  readonly grid: Grid
}

/**
 * Reads the tables of a file. In a workbook (`strict`) every sheet is meant to be a list, and one without a known heading
 * stops; in a text only tables with a known heading are lists. What a person gives goes before what is remembered, and
 * that before the words of the lexicon.
 */
export function takeTables(
  grids: readonly Grid[],
  lexicon: Lexicon,
  how: { strict: boolean; given?: readonly GivenMapping[]; remembered?: Remembered },
): Taken & { known: readonly Known[] } {
  const problems: TableProblem[] = []
  const tables: TableFound[] = []
  const known: Known[] = []
  for (const grid of grids) {
    const found = tableOf(grid, lexicon, how)
    if (found === null) continue
    if (!found.known && !how.strict) continue
    tables.push(found)
    if (!found.known) continue
    known.push(found)
    problems.push(...problemsOf(found, lexicon))
  }
  if (how.strict && known.length === 0) {
    const [first] = tables
    problems.push({ table: first?.name ?? '', row: null, column: null, code: 'no-heading', stops: true, values: {} })
  }
  return { tables, problems, known }
}

function tableOf(
  grid: Grid,
  lexicon: Lexicon,
  how: { given?: readonly GivenMapping[]; remembered?: Remembered },
): Known | null {
  const given = how.given?.find((one) => one.table === grid.name)
  const read = given ? headerAt(grid, given.headerRow - 1, given.headerRows, lexicon) : headerOf(grid, lexicon)
  if (read === null) return null
  const used = how.remembered?.get(read.headingKey)
  const header = given ? withFields(read, given.fields, 'given') : used ? withFields(read, used, 'remembered') : read
  const { items, skipped } = rowsOf(grid, header, lexicon)
  const isProblems = header.columns.some((one) => one.field === 'problem')
  return {
    name: grid.name,
    grid,
    header,
    known: given !== undefined || used !== undefined || isKnown(read),
    headerRow: header.row + 1,
    headerRows: header.rows,
    headingKey: header.headingKey,
    list: isProblems ? 'problems' : 'duties',
    columns: header.columns.map((one) => ({
      column: columnLetters(one.column),
      heading: one.heading,
      field: one.field,
      by: one.by,
    })),
    items,
    skipped,
  }
}

function problemsOf(found: Known, lexicon: Lexicon): TableProblem[] {
  const at = { table: found.name, row: found.headerRow, column: null as string | null, values: {} }
  const problems: TableProblem[] = []
  const fields = found.header.columns.flatMap((one) => one.field ?? [])
  if (!fields.includes('duty') && !fields.includes('problem'))
    problems.push({ ...at, code: 'no-duty-column', stops: true })
  for (const field of doubledFields(found.header))
    problems.push({ ...at, code: 'doubled', stops: true, values: { field } })
  for (const one of found.header.columns) {
    if (one.by !== 'asked') continue
    const column = columnLetters(one.column)
    problems.push({ ...at, column, code: 'asked', stops: true, values: { heading: one.heading } })
  }
  if (problems.some((one) => one.code === 'no-duty-column')) return problems
  if (found.items.length === 0) problems.push({ ...at, row: null, code: 'no-items', stops: false })
  if (found.skipped.hidden > 0) {
    const values = { count: found.skipped.hidden }
    problems.push({ ...at, row: null, code: 'hidden', stops: false, values })
  }
  const rows = rowsOf(found.grid, found.header, lexicon).problems.map(
    (one): TableProblem => ({
      table: found.name,
      row: one.row + 1,
      column: one.column === null ? null : columnLetters(one.column),
      code: one.code,
      stops: one.stops,
      values: one.values,
    }),
  )
  return [...problems, ...rows]
}

/** Puts the words of a file and its known tables together to the text that is kept, with the places of their items. */
export function layOutFile(
  parts: readonly FilePart[],
  taken: { readonly known: readonly Known[] },
  tablesOnly: boolean,
  hiddenSheets = false,
): { text: string; layout: Layout } {
  const lines: Line[] = []
  for (const { words, grid } of parts) {
    for (const line of words) lines.push({ words: line })
    const table = grid === null ? -1 : taken.known.findIndex((one) => one.grid === grid)
    if (grid === null) continue
    const cells = new CellGrid(grid)
    // Words of a merged cell may begin in a row that is hidden.
    const hidden = new Set(grid.hiddenRows)
    const meant = new Set(taken.known[table]?.items.flatMap((item) => item.cells.map((cell) => cell.row)))
    for (let row = 0; row < grid.rows.length; row++) {
      if (hidden.has(row) && !meant.has(row)) continue
      const own = cells.own(row).map(({ column, text }) => ({ column, text }))
      if (own.length === 0) continue
      if (table < 0) lines.push({ words: own.map((cell) => cell.text.replace(/\s+/g, ' ')).join('\t') })
      else lines.push({ table, row, cells: own })
    }
  }
  const tables = taken.known.map((one) => ({
    name: one.name,
    fields: [...new Set(one.header.columns.flatMap((column) => column.field ?? []))],
    items: one.items.map((item) => ({ row: item.row, mode: item.mode, cells: item.cells })),
  }))
  const { text, layout } = layOut(lines, tables, tablesOnly)
  const hidden = hiddenSheets || taken.known.some((one) => one.skipped.hidden > 0)
  return { text, layout: hidden ? { ...layout, hidden } : layout }
}
