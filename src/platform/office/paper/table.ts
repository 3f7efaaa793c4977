import type { Cell, Row, Table } from '../../../core/papers/paper.ts'
import { faces } from './faces.ts'
import { element, value } from './markup.ts'
import { LINE, size } from './page.ts'
import { paragraph, run } from './paragraph.ts'

/** Room between the letters of a cell and its border, in twips. */
const INSIDE = 85
/** From line to line in a cell. */
const CELL_LINE = 340

/** Shares of a width as whole twips that add up to it. */
export function widthsOf(shares: readonly number[], width: number): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0)
  let before = 0
  let said = 0
  return shares.map((share) => {
    before += share
    const end = Math.round((before / all) * width)
    const own = end - said
    said = end
    return own
  })
}

const border = (name: string, thick: number): string =>
  element(`w:${name}`, { 'w:val': thick === 0 ? 'nil' : 'single', 'w:sz': thick, 'w:space': 0, 'w:color': '000000' })

/** The borders of a table in eighths of a point: around it, between rows, between columns. */
export function borders(thick: { around: number; rows: number; columns: number; sides?: number }): string {
  const { around, rows, columns, sides = around } = thick
  return element(
    'w:tblBorders',
    {},
    border('top', around),
    border('left', sides),
    border('bottom', around),
    border('right', sides),
    border('insideH', rows),
    border('insideV', columns),
  )
}

/** The properties of a table of a fixed width; `place` puts it somewhere else than into the flow of the text. */
export function tableProperties(width: number, lines: string, place = '', inside = place === '' ? INSIDE : 0): string {
  return element(
    'w:tblPr',
    {},
    place,
    element('w:tblW', { 'w:w': width, 'w:type': 'dxa' }),
    place === '' ? value('w:jc', 'center') : '',
    lines,
    element('w:tblLayout', { 'w:type': 'fixed' }),
    cellMargins(inside),
  )
}

/** The grid of columns; without it one of the office programs drops the table. */
export const grid = (widths: readonly number[]): string =>
  element('w:tblGrid', {}, ...widths.map((width) => element('w:gridCol', { 'w:w': width })))

/** A table as wide as the type area; `keepNext` keeps its last row on the page of what follows. */
export function table(model: Table, width: number, keepNext = false): string {
  const widths = widthsOf(model.columns, width)
  const rows = [
    ...model.head.map((row) => rowOf(row, widths, { head: true, keepNext: true })),
    ...model.rows.map((row, index) =>
      rowOf(row, widths, { head: false, keepNext: keepNext && index === model.rows.length - 1 }),
    ),
  ]
  const lines = borders({ around: 8, rows: 4, columns: 4 })
  return element('w:tbl', {}, tableProperties(width, lines), grid(widths), ...rows)
}

function rowOf(row: Row, widths: readonly number[], how: { head: boolean; keepNext: boolean }): string {
  const properties = element(
    'w:trPr',
    {},
    row.breaks === true ? '' : element('w:cantSplit', {}),
    row.lines === undefined ? '' : element('w:trHeight', { 'w:val': row.lines * LINE, 'w:hRule': 'atLeast' }),
    how.head ? element('w:tblHeader', {}) : '',
  )
  let at = 0
  const cells = row.cells.map((cell) => {
    const span = cell.span ?? 1
    const width = widths.slice(at, at + span).reduce((sum, one) => sum + one, 0)
    at += span
    return cellOf(cell, width, row, how)
  })
  return element('w:tr', {}, properties, ...cells)
}

function cellOf(cell: Cell, width: number, row: Row, how: { head: boolean; keepNext: boolean }): string {
  const named = how.head || cell.label === true
  const align = { left: 'left', centre: 'center', right: 'right' } as const
  const look = { face: named ? faces.heading : faces.body, size: size.table, spacing: 0 }
  const paragraphs = cell.text.split(/\r?\n/).map((line) =>
    paragraph(
      {
        style: 'TableText',
        align: align[cell.align ?? (named ? 'centre' : 'left')],
        before: 20,
        after: 20,
        line: CELL_LINE,
        keepNext: how.keepNext,
      },
      line === '' ? '' : run(line, look),
    ),
  )
  const properties = element(
    'w:tcPr',
    {},
    element('w:tcW', { 'w:w': width, 'w:type': 'dxa' }),
    (cell.span ?? 1) > 1 ? value('w:gridSpan', cell.span!) : '',
    value('w:vAlign', row.breaks === true && cell.label !== true ? 'top' : 'center'),
  )
  return element('w:tc', {}, properties, ...paragraphs)
}

/** The room at the left and right of the words of a cell, in twips. */
export function cellMargins(inside: number): string {
  const side = (name: string) => element(`w:${name}`, { 'w:w': inside, 'w:type': 'dxa' })
  return element('w:tblCellMar', {}, side('left'), side('right'))
}
