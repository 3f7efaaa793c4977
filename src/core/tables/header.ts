import { sha256 } from '../ledger/sha256.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import { CellGrid } from './grid.ts'

/** What a column of a list may say. */
export const columnFields = [
  'seq',
  'category',
  'duty',
  'problem',
  'measures',
  'standard',
  'leader',
  'person',
  'lead',
  'support',
  'layer',
  'term',
  'cadence',
  'watcher',
  'milestones',
  'shared',
  'progress',
  'basis',
  'evidence',
  'remark',
] as const
/** One of the fields of a column. */
export type ColumnField = (typeof columnFields)[number]

/** How a column came to its field; `asked` where two columns claim one field and a person has to say. */
export type FoundBy = 'alias' | 'likeness' | 'remembered' | 'given' | 'asked'

/** A column under its heading. */
export interface HeadColumn {
  /** 0-based. */
  readonly column: number
  readonly heading: string
  readonly field: ColumnField | null
  readonly by: FoundBy | null
}

/** The heading of a table: where it stands and what its columns mean. */
export interface Header {
  /** The first row of the heading, 0-based, and how many rows it takes. */
  readonly row: number
  readonly rows: 1 | 2
  readonly columns: readonly HeadColumn[]
  /** How many headings are known. */
  readonly hits: number
  /** What stands for the words of the heading, so that a mapping can be remembered. */
  readonly headingKey: string
}

/** Fields that only one column may hold. */
const single: ReadonlySet<ColumnField> = new Set([
  'duty',
  'problem',
  'leader',
  'lead',
  'support',
  'layer',
  'term',
  'cadence',
  'watcher',
  'milestones',
  'shared',
])
const rowsLooked = 8
const hitsMin = 3
const headingMax = 24

/** A heading without blanks, brackets and marks, in plain forms. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[(（【[][^)）】\]]*[)）】\]]/g, '')
    .replace(/[\s:：*※、，。/]/g, '')
}

type Meant = { readonly id: string; readonly by: 'alias' | 'likeness' }
type Meaning = (heading: string) => Meant | null

const meanings = new WeakMap<Lexicon['columns'], Meaning>()

/** What headings mean by the lexicon: one of its words, else the only field whose longer words stand in it. */
function meaningOf(columns: Lexicon['columns']): Meaning {
  const known = meanings.get(columns)
  if (known) return known
  const made = meaningBy(columns)
  meanings.set(columns, made)
  return made
}

function meaningBy(columns: Lexicon['columns']): Meaning {
  const exact = new Map(columns.flatMap((row) => row.aliases.map((alias) => [plainHeading(alias), row.id] as const)))
  const long = [...exact].filter(([alias]) => alias.length >= 3)
  return (heading) => {
    const plain = plainHeading(heading)
    if (plain === '' || plain.length > headingMax) return null
    const id = exact.get(plain)
    if (id !== undefined) return { id, by: 'alias' }
    const held = long.filter(([alias]) => plain.includes(alias))
    const longest = held.filter(([alias]) => !held.some(([other]) => other !== alias && other.includes(alias)))
    const ids = [...new Set(longest.map(([, field]) => field))]
    return ids.length === 1 && ids[0] !== undefined ? { id: ids[0], by: 'likeness' } : null
  }
}

/** What a heading or label means by one of the lexicon's words for it, or null. */
export function fieldOfLabel(label: string, lexicon: Pick<Lexicon, 'columns'>): ColumnField | 'unit' | null {
  const found = meaningOf(lexicon.columns)(label)
  if (found?.by !== 'alias') return null
  return found.id === 'unit' ? 'unit' : (columnFields.find((one) => one === found.id) ?? null)
}

/** How many different fields the words of a row name, of how many words. */
export function headingHits(
  words: readonly string[],
  lexicon: Pick<Lexicon, 'columns'>,
): { hits: number; all: number } {
  const said = words.filter((word) => word !== '')
  return { hits: hitsOf(said, meaningOf(lexicon.columns)), all: said.length }
}

/** The headings over the columns of one or two rows; a heading over several columns is followed by the one below it. */
function headingsAt(cells: CellGrid, row: number, rows: 1 | 2): string[] {
  return Array.from({ length: cells.width }, (_, column) => {
    const top = cells.at(row, column)
    if (rows === 1) return top.text
    const below = cells.at(row + 1, column)
    return below.text === '' || (below.row === top.row && below.column === top.column) ? top.text : below.text
  })
}

/** True where the row below may be the second of a heading: short words, something of it under a heading that spans columns. */
function mayBeSecond(cells: CellGrid, row: number, meaning: Meaning): boolean {
  const below = cells.own(row + 1)
  if (below.length === 0 || below.some((cell) => cell.text.length > headingMax)) return false
  const known = below.filter((cell) => meaning(cell.text) !== null).length
  return below.some((cell) => spans(cells, row, cell.column)) && known > 0
}

function spans(cells: CellGrid, row: number, column: number): boolean {
  const above = cells.at(row, column)
  const area = cells.areaAt(above.row, above.column)
  return above.text === '' || (area !== undefined && area.endColumn > area.startColumn)
}

/**
 * Finds the heading among the first eight rows: the first row, or pair of rows, of which at least three headings are
 * known. Where none is, the row with the most cells stands in for it and `hits` stays under three.
 */
export function headerOf(grid: Grid, lexicon: Pick<Lexicon, 'columns'>): Header | null {
  const cells = new CellGrid(grid)
  const meaning = meaningOf(lexicon.columns)
  let best: { row: number; rows: 1 | 2; hits: number } | null = null
  let widest: { row: number; cells: number } | null = null
  const begins = Math.max(
    0,
    grid.rows.findIndex((row) => row.some((cell) => cell.trim() !== '')),
  )
  for (let row = begins; row < Math.min(begins + rowsLooked, grid.rows.length); row++) {
    if (grid.hiddenRows.includes(row)) continue
    const own = cells.own(row).length
    if (own > (widest?.cells ?? 0)) widest = { row, cells: own }
    const one = hitsOf(headingsAt(cells, row, 1), meaning)
    const two = mayBeSecond(cells, row, meaning) ? hitsOf(headingsAt(cells, row, 2), meaning) : 0
    // A line of words above a heading is no part of it.
    if (
      two > one &&
      hitsOf(
        cells.own(row + 1).map((cell) => cell.text),
        meaning,
      ) >= two
    )
      continue
    const hits = Math.max(one, two)
    if (hits > (best?.hits ?? 0)) best = { row, rows: two > one ? 2 : 1, hits }
    if (hits >= hitsMin) break
  }
  const place = best ?? (widest === null ? null : { row: widest.row, rows: 1 as const, hits: 0 })
  return place && headerAt(grid, place.row, place.rows, lexicon)
}

/** True for a heading of which enough is known to read the table by it. */
export function isKnown(header: Header): boolean {
  return header.hits >= hitsMin
}

/** The heading at a place that is given, with what its columns mean. */
export function headerAt(grid: Grid, row: number, rows: 1 | 2, lexicon: Pick<Lexicon, 'columns'>): Header {
  const meaning = meaningOf(lexicon.columns)
  const cells = new CellGrid(grid)
  const headings = headingsAt(cells, row, rows)
  const found = headings.map((heading, column) => (isContinued(cells, row, rows, column) ? null : meaning(heading)))
  return {
    row,
    rows,
    columns: settled(headings, found),
    hits: hitsOf(headings, meaning),
    headingKey: headingKeyOf(headings),
  }
}

/**
 * A column under a heading that was merged over several, whose cells are merged likewise or hold nothing: all that it says
 * stands in the column before it.
 */
function isContinued(cells: CellGrid, row: number, rows: 1 | 2, column: number): boolean {
  if (column === 0) return false
  const same = (at: number) => {
    const [left, right] = [cells.at(at, column - 1), cells.at(at, column)]
    return left.row === right.row && left.column === right.column
  }
  for (let at = row; at < row + rows; at++) if (!same(at)) return false
  for (let at = row + rows; at < cells.grid.rows.length; at++)
    if (!same(at) && cells.at(at, column).text !== '') return false
  return cells.at(row + rows - 1, column).text !== ''
}

/** Different known fields among the headings. */
function hitsOf(headings: readonly string[], meaning: Meaning): number {
  return new Set(headings.flatMap((heading) => meaning(heading)?.id ?? [])).size
}

/** Who is responsible leads or supports by what other columns say; two columns for one field are asked about. */
function settled(headings: readonly string[], found: readonly (Meant | null)[]): HeadColumn[] {
  const ids = found.map((one) => one?.id ?? null)
  const first = (id: string) => ids.indexOf(id)
  const unit = first('unit')
  if (unit >= 0) ids[unit] = first('lead') < 0 ? 'lead' : first('support') < 0 ? 'support' : 'unit'
  if (first('duty') < 0 && first('problem') < 0) {
    const promoted = ['measures', 'standard', 'category'].map(first).find((at) => at >= 0)
    if (promoted !== undefined) ids[promoted] = 'duty'
  }
  return headings.map((heading, column) => {
    const id = ids[column] ?? null
    const field = columnFields.find((one) => one === id) ?? null
    const taken = field !== null && single.has(field) && ids.indexOf(field) < column
    if (taken || id === 'unit') return { column, heading, field: null, by: 'asked' }
    return { column, heading, field, by: field === null ? null : (found[column]?.by ?? null) }
  })
}

/** The columns with fields that a person gave or that were remembered; too short a list leaves the others as they are. */
export function withFields(
  header: Header,
  fields: readonly (ColumnField | null)[],
  by: 'given' | 'remembered',
): Header {
  const columns = header.columns.map((one): HeadColumn => {
    const field = fields[one.column]
    if (field === undefined || (field === one.field && one.by !== 'asked')) return one
    return { ...one, field, by }
  })
  return { ...header, columns }
}

/** Fields that two columns hold although only one may. */
export function doubledFields(header: Header): ColumnField[] {
  const fields = header.columns.flatMap((one) => one.field ?? [])
  return [...new Set(fields.filter((field, at) => single.has(field) && fields.indexOf(field) < at))]
}

/** What stands for the words of a heading: the same words in the same order give the same. */
export function headingKeyOf(headings: readonly string[]): string {
  const words = headings.map(plainHeading)
  while (words.at(-1) === '') words.pop()
  const bytes = sha256(new TextEncoder().encode(words.join('\u001f')))
  return [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Grid = CellGrid['grid']
