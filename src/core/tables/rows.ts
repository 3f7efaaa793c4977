import type { Lexicon } from '../reading/lexicon.ts'
import { type Cell, CellGrid, type Grid } from './grid.ts'
import { type ColumnField, type Header, plainHeading } from './header.ts'

/** A cell of an item under the field of its column. */
export interface FieldCell extends Cell {
  readonly field: ColumnField
}

/** One item of a list. */
export interface ItemRow {
  /** 0-based. */
  readonly row: number
  readonly mode: 'do' | 'problem'
  readonly cells: readonly FieldCell[]
  /** The line across the table under which the item stands. */
  readonly banner: Cell | null
}

/** Rows below the heading that are no item, by why. */
export interface Skipped {
  readonly blank: number
  readonly notes: number
  readonly headings: number
  readonly hidden: number
}

/** Something in a row that a person has to look at; `stops` keeps the whole file out. */
export interface RowProblem {
  /** 0-based. */
  readonly row: number
  readonly column: number | null
  readonly code: 'no-duty' | 'cell-error' | 'cell-too-long' | 'beside'
  readonly stops: boolean
  readonly values: Readonly<Record<string, string | number>>
}

/** What a table holds under its heading. */
export interface TableRows {
  readonly items: readonly ItemRow[]
  readonly skipped: Skipped
  readonly problems: readonly RowProblem[]
}

/** The longest text of one cell that is taken in. */
export const cellMax = 8000

/**
 * The items below a heading: notes, totals, repeated headings, hidden and empty rows are left out, merged cells are read
 * in every row that they cover, a line across the table heads the rows below it. Where one duty covers rows with
 * measures of their own, each measure is an item and the duty heads them.
 */
export function rowsOf(grid: Grid, header: Header, lexicon: Pick<Lexicon, 'row_marks'>): TableRows {
  const cells = new CellGrid(grid)
  const marks = lexicon.row_marks.flatMap((row) => row.words)
  const skipped = { blank: 0, notes: 0, headings: 0, hidden: 0 }
  const problems: RowProblem[] = []
  const items: ItemRow[] = []
  const hidden = new Set(grid.hiddenRows)
  let banner: Cell | null = null
  for (let row = header.row + header.rows; row < grid.rows.length; row++) {
    const own = cells.own(row)
    if (own.length === 0) skipped.blank++
    else if (hidden.has(row)) skipped.hidden++
    else if (repeats(cells, row, header)) skipped.headings++
    else if (isMarked(own, cells, marks)) skipped.notes++
    else if (isBanner(own, cells)) banner = own[0] ?? null
    else if (isNumberAlone(cells, row, header)) skipped.blank++
    else items.push(itemAt(cells, row, header, banner, items.at(-1)))
  }
  const whole = withMeasures(items)
  for (const item of whole) problems.push(...problemsOf(item), ...besideOf(item, cells, header))
  return { items: whole, skipped, problems }
}

/** A row that says the heading again, as tables do on each page. */
function repeats(cells: CellGrid, row: number, header: Header): boolean {
  const words = new Set(header.columns.map((one) => plainHeading(one.heading)).filter((word) => word !== ''))
  for (const top of cells.own(header.row)) words.add(plainHeading(top.text))
  const own = cells.own(row).map((cell) => plainHeading(cell.text))
  const same = own.filter((word) => words.has(word)).length
  return same >= 2 && same * 5 >= own.length * 4
}

function isMarked(own: readonly Cell[], cells: CellGrid, marks: readonly string[]): boolean {
  const [first] = own
  if (first === undefined) return false
  const words = first.text
    .replace(/\s/g, '')
    .replace(/^[（(]/, '')
    .replace(/:/g, '：')
  if (!marks.some((mark) => words.startsWith(mark))) return false
  return own.length === 1 || own.length * 2 <= cells.width || /^(?:合计|总计|小计|共计)/.test(words)
}

/** One cell across at least half of the table, or alone in its row behind a numbering sign. */
function isBanner(own: readonly Cell[], cells: CellGrid): boolean {
  const [only] = own
  if (only === undefined || own.length > 1) return false
  const area = cells.areaAt(only.row, only.column)
  if (area !== undefined && area.endRow === area.startRow && (area.endColumn - area.startColumn + 1) * 2 >= cells.width)
    return true
  return only.column === 0 && /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/.test(only.text)
}

/** A row that was numbered beforehand and never filled in. */
function isNumberAlone(cells: CellGrid, row: number, header: Header): boolean {
  return header.columns.every(({ column }) => {
    const { text, column: from } = cells.at(row, column)
    return text === '' || (header.columns[from]?.field === 'seq' && /^[\d.、]{1,6}$/.test(text))
  })
}

function itemAt(
  cells: CellGrid,
  row: number,
  header: Header,
  banner: Cell | null,
  before: ItemRow | undefined,
): ItemRow {
  const found: FieldCell[] = []
  for (const { column, field } of header.columns) {
    if (field === null) continue
    const cell = cells.at(row, column)
    if (cell.text !== '' && !found.some((one) => one.row === cell.row && one.column === cell.column))
      found.push({ ...cell, field })
  }
  const has = (field: ColumnField) => found.some((cell) => cell.field === field)
  const topic = header.columns.some((one) => one.field === 'problem') ? ('problem' as const) : ('duty' as const)
  const same = before !== undefined && before.banner === banner ? before.cells : []
  const lend = (field: ColumnField) => {
    if (!has(field)) found.push(...same.filter((cell) => cell.field === field))
  }
  // Said once for the rows below where the cells were left empty instead of merged.
  lend('category')
  if (has('measures')) lend(topic)
  return { row, mode: topic === 'problem' ? 'problem' : 'do', cells: found, banner }
}

/** Duties that cover several rows with measures of their own become the heading of these. */
function withMeasures(items: readonly ItemRow[]): ItemRow[] {
  const key = (item: ItemRow, field: ColumnField) =>
    item.cells
      .filter((cell) => cell.field === field)
      .map((cell) => cell.text)
      .join('\n')
  return items.map((item, at) => {
    const duty = key(item, 'duty')
    if (item.mode !== 'do' || duty === '' || key(item, 'measures') === '') return item
    const near = [items[at - 1], items[at + 1]]
    if (!near.some((other) => other && key(other, 'duty') === duty && key(other, 'measures') !== key(item, 'measures')))
      return item
    const cells = item.cells.map((cell): FieldCell => {
      if (cell.field === 'duty') return { ...cell, field: 'category' }
      return cell.field === 'measures' ? { ...cell, field: 'duty' } : cell
    })
    return { ...item, cells }
  })
}

/** Words in a column without a heading: they stand in the text and in no field, which somebody ought to know. */
function besideOf({ row }: ItemRow, cells: CellGrid, header: Header): RowProblem[] {
  const named = (column: number) => (header.columns[column]?.heading ?? '') !== ''
  const [first] = cells.own(row).filter(({ column }) => !named(column))
  return first === undefined ? [] : [{ row, column: first.column, code: 'beside', stops: false, values: {} }]
}

function problemsOf(item: ItemRow): RowProblem[] {
  const problems: RowProblem[] = []
  if (!item.cells.some((cell) => cell.field === 'duty' || cell.field === 'problem'))
    problems.push({ row: item.row, column: null, code: 'no-duty', stops: true, values: {} })
  for (const cell of item.cells) {
    if (/^#(?:REF!|DIV\/0!|N\/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!)$/i.test(cell.text))
      problems.push({
        row: item.row,
        column: cell.column,
        code: 'cell-error',
        stops: true,
        values: { text: cell.text },
      })
    else if (cell.text.length > cellMax) {
      const values = { chars: cell.text.length, charsMax: cellMax }
      problems.push({ row: item.row, column: cell.column, code: 'cell-too-long', stops: true, values })
    }
  }
  return problems
}
