import * as z from 'zod'
import { type ColumnField, columnFields } from './header.ts'

const Span = z.tuple([z.int().min(0), z.int().min(0)])

/** One item of a laid out table: its row in the file (counted from 1), its span in the text, its cells by field. */
const LaidItem = z.strictObject({
  row: z.int().min(1),
  mode: z.enum(['do', 'problem']),
  span: Span,
  cells: z.array(z.tuple([z.enum(columnFields), z.int().min(0), z.int().min(0)])),
})
export type LaidItem = z.infer<typeof LaidItem>

/**
 * How the items of a list stand in the text that was kept of its file: spans only, so that every word is kept once.
 * Offsets are UTF-16 units, end exclusive.
 */
export const Layout = z.strictObject({
  tables: z.array(
    z.strictObject({
      name: z.string(),
      span: Span,
      /** The fields that have a column: what such a column leaves empty is not stated, and nothing is inferred for it. */
      fields: z.array(z.enum(columnFields)),
      items: z.array(LaidItem),
    }),
  ),
  /** True where the file is nothing but tables: the text beside them is no running text. */
  tablesOnly: z.boolean(),
  /** True where rows or sheets were not read because they are hidden, so that what is missing says nothing. */
  hidden: z.boolean().optional(),
})
export type Layout = z.infer<typeof Layout>

/** A line of the text to be: plain words, or the cells of one row of a table. */
export type Line =
  | { readonly words: string }
  | { readonly table: number; readonly row: number; readonly cells: readonly { column: number; text: string }[] }

/** A table of the file with its items, all rows 0-based. */
export interface TableItems {
  readonly name: string
  readonly fields: readonly ColumnField[]
  readonly items: readonly {
    readonly row: number
    readonly mode: 'do' | 'problem'
    readonly cells: readonly { readonly field: ColumnField; readonly row: number; readonly column: number }[]
  }[]
}

/** Puts the lines of a file together to one text and says where the items of its tables stand in it. */
export function layOut(
  lines: readonly Line[],
  tables: readonly TableItems[],
  tablesOnly: boolean,
): { text: string; layout: Layout } {
  let text = ''
  const cells = new Map<string, [number, number]>()
  const rows = new Map<string, [number, number]>()
  const spans = tables.map((): [number, number] => [-1, -1])
  for (const line of lines) {
    if (text !== '') text += '\n'
    const start = text.length
    if ('words' in line) {
      text += line.words
      continue
    }
    for (const [at, cell] of line.cells.entries()) {
      if (at > 0) text += '\t'
      cells.set(`${line.table}/${line.row}/${cell.column}`, [text.length, text.length + cell.text.length])
      text += cell.text
    }
    rows.set(`${line.table}/${line.row}`, [start, text.length])
    const span = spans[line.table]
    if (span === undefined) continue
    if (span[0] < 0) span[0] = start
    span[1] = text.length
  }
  const laid = tables.map((table, at) => ({
    name: table.name,
    span: spans[at] ?? [0, 0],
    fields: [...table.fields],
    items: table.items.flatMap((item): LaidItem[] => {
      const span = rows.get(`${at}/${item.row}`)
      if (span === undefined) return []
      const found = item.cells.flatMap((cell): LaidItem['cells'] => {
        const place = cells.get(`${at}/${cell.row}/${cell.column}`)
        return place === undefined ? [] : [[cell.field, place[0], place[1]]]
      })
      return [{ row: item.row + 1, mode: item.mode, span, cells: found }]
    }),
  }))
  return { text: `${text}\n`, layout: { tables: laid.filter((table) => table.span[0] >= 0), tablesOnly } }
}

/** Words of an item by field; several columns of one field are lines of it. */
export type ItemWords = ReadonlyMap<ColumnField, string>

/** The words of an item as they stand in the text. */
export function wordsOf(text: string, item: LaidItem): ItemWords {
  const words = new Map<ColumnField, string>()
  for (const [field, start, end] of item.cells) {
    const before = words.get(field)
    const cell = text.slice(start, end)
    words.set(field, before === undefined ? cell : `${before}\n${cell}`)
  }
  return words
}

/** The item of a list that a passage stands in, with the name of its table. */
export function itemAround(
  layout: Layout | null,
  start: number,
): { table: Layout['tables'][number]; item: LaidItem } | null {
  for (const table of layout?.tables ?? []) {
    if (start < table.span[0] || start >= table.span[1]) continue
    const item = table.items.find((one) => start >= one.span[0] && start < one.span[1])
    return item === undefined ? null : { table, item }
  }
  return null
}
