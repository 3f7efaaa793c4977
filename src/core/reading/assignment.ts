/** Best one-to-one assignment: for weights[row][column] ≥ 0 gives the column of each row, or -1; pairs of weight 0 stay unassigned. Hungarian method, O(n³). */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length
  const columns = weights[0]?.length ?? 0
  const size = Math.max(rows, columns)
  const cost = (row: number, column: number) => -(weights[row]?.[column] ?? 0)
  const rowPotential = new Float64Array(size + 1)
  const columnPotential = new Float64Array(size + 1)
  const match = new Int32Array(size + 1)
  for (let row = 1; row <= size; row++) augment(row, size, cost, rowPotential, columnPotential, match)
  const result = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column++) {
    const row = (match[column] ?? 0) - 1
    if (row >= 0 && row < rows && (weights[row]?.[column - 1] ?? 0) > 0) result[row] = column - 1
  }
  return result
}

function augment(
  row: number,
  size: number,
  cost: (row: number, column: number) => number,
  u: Float64Array,
  v: Float64Array,
  match: Int32Array,
): void {
  const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY)
  const used = new Uint8Array(size + 1)
  const way = new Int32Array(size + 1)
  match[0] = row
  let column = 0
  do {
    used[column] = 1
    const current = match[column] ?? 0
    let delta = Number.POSITIVE_INFINITY
    let next = 0
    for (let other = 1; other <= size; other++) {
      if (used[other]) continue
      const reduced = cost(current - 1, other - 1) - (u[current] ?? 0) - (v[other] ?? 0)
      if (reduced < (least[other] ?? 0)) {
        least[other] = reduced
        way[other] = column
      }
      if ((least[other] ?? 0) < delta) {
        delta = least[other] ?? 0
        next = other
      }
    }
    for (let other = 0; other <= size; other++) {
      if (used[other]) {
        u[match[other] ?? 0] = (u[match[other] ?? 0] ?? 0) + delta
        v[other] = (v[other] ?? 0) - delta
      } else least[other] = (least[other] ?? 0) - delta
    }
    column = next
  } while (match[column] !== 0)
  do {
    const before = way[column] ?? 0
    match[column] = match[before] ?? 0
    column = before
  } while (column !== 0)
}
