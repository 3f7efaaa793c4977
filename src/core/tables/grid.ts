/** Rows and columns of an area, 0-based and inclusive. */
export interface Area {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}

/** A table as it stands in a file: words of cells, areas merged into one cell, rows that a reader does not see. */
export interface Grid {
  /** The name of the sheet, or of the table within a text. */
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Merged areas; their words stand in the first cell. */
  readonly merges: readonly Area[]
  /** Rows that are hidden, 0-based. */
  readonly hiddenRows: readonly number[]
}

/** A cell by where its words stand: of a merged area the first cell. */
export interface Cell {
  readonly row: number
  readonly column: number
  readonly text: string
}

/** The most columns of a table that are read. */
export const columnsMax = 200
// Areas may overlap in a file that was made to do harm; this many merged cells are looked at.
const mergedMax = 500_000

/** A grid made ready for looking cells up through merged areas. */
export class CellGrid {
  readonly grid: Grid
  readonly width: number
  private readonly areas = new Map<number, Area>()

  constructor(grid: Grid) {
    this.grid = grid
    const rows = grid.rows.length
    const last = Math.max(0, ...grid.merges.map((area) => Math.min(area.endColumn, columnsMax - 1) + 1))
    let width = 0
    for (const row of grid.rows) width = Math.max(width, Math.min(row.length, columnsMax))
    this.width = Math.max(width, rows === 0 ? 0 : last)
    let left = mergedMax
    for (const area of grid.merges) {
      for (let row = area.startRow; row <= Math.min(area.endRow, rows - 1); row++) {
        for (let column = area.startColumn; column <= Math.min(area.endColumn, this.width - 1); column++) {
          if (left-- <= 0) return
          this.areas.set(row * columnsMax + column, area)
        }
      }
    }
  }

  /** The cell that a reader sees at a place: of a merged area its first cell. */
  at(row: number, column: number): Cell {
    const area = this.areas.get(row * columnsMax + column)
    const place = area === undefined ? { row, column } : { row: area.startRow, column: area.startColumn }
    return { ...place, text: this.grid.rows[place.row]?.[place.column]?.trim() ?? '' }
  }

  /** The area that a place belongs to, if it was merged. */
  areaAt(row: number, column: number): Area | undefined {
    return this.areas.get(row * columnsMax + column)
  }

  /** The cells of a row that begin in it and hold words, from left to right. */
  own(row: number): Cell[] {
    const cells: Cell[] = []
    for (let column = 0; column < this.width; column++) {
      const cell = this.at(row, column)
      if (cell.row === row && cell.column === column && cell.text !== '') cells.push(cell)
    }
    return cells
  }
}

/** The letters by which programs name a column: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const rest = column % 26
  const letter = String.fromCharCode(65 + rest)
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter
}
