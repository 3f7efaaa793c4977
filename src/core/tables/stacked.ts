import type { Lexicon } from '../reading/lexicon.ts'
import { CellGrid, type Grid } from './grid.ts'
import { headerOf, headingHits, isKnown } from './header.ts'

/**
 * The tables of a sheet that stand under one another, each with the lines above it; one table is the sheet as it is. Rows
 * keep their places. Another table begins where a row is nothing but headings, and not those of the table above.
 */
export function stackedTables(grid: Grid, lexicon: Pick<Lexicon, 'columns'>): Grid[] {
  const header = headerOf(grid, lexicon)
  if (header === null || !isKnown(header)) return [grid]
  const cells = new CellGrid(grid)
  const wordsOf = (row: number) => cells.own(row).map((cell) => cell.text.replace(/\s/g, ''))
  const known = new Set([...wordsOf(header.row), ...(header.rows === 2 ? wordsOf(header.row + 1) : [])])
  for (let row = header.row + header.rows; row < grid.rows.length; row++) {
    const words = wordsOf(row)
    const { hits, all } = headingHits(words, lexicon)
    if (hits < 3 || hits * 5 < all * 4 || words.filter((word) => known.has(word)).length * 5 >= words.length * 4)
      continue
    let from = row
    while (from > header.row + header.rows && cells.own(from - 1).length <= 1) from--
    return [
      part(grid, 0, from, grid.name),
      ...stackedTables(part(grid, from, grid.rows.length, `${grid.name} #${from + 1}`), lexicon),
    ]
  }
  return [grid]
}

/** The rows of a stretch in their places, the others empty. */
function part(grid: Grid, from: number, to: number, name: string): Grid {
  return {
    ...grid,
    name,
    rows: grid.rows.slice(0, to).map((row, at) => (at < from ? [] : row)),
    merges: grid.merges.filter(({ startRow, endRow }) => startRow >= from && endRow < to),
  }
}
