import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assign } from './assignment.ts'
import { iou, rates } from './scoring.ts'

function best(weights: number[][], row = 0, used = 0): number {
  if (row === weights.length) return 0
  let most = best(weights, row + 1, used)
  for (const [column, weight] of (weights[row] ?? []).entries()) {
    if ((used & (1 << column)) === 0) most = Math.max(most, weight + best(weights, row + 1, used | (1 << column)))
  }
  return most
}

test('the assignment is one to one and as heavy as any', () => {
  const size = fc.integer({ min: 1, max: 5 })
  const weights = fc.tuple(size, size).chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  fc.assert(
    fc.property(weights, (table) => {
      const columns = assign(table)
      const taken = columns.filter((column) => column >= 0)
      assert.equal(new Set(taken).size, taken.length)
      const sum = columns.reduce((total, column, row) => total + (column < 0 ? 0 : (table[row]?.[column] ?? 0)), 0)
      assert.equal(sum, best(table))
    }),
  )
})

test('overlap is shared length over joint length', () => {
  assert.equal(iou({ start: 0, end: 10 }, { start: 5, end: 15 }), 1 / 3)
  assert.equal(iou({ start: 0, end: 5 }, { start: 5, end: 9 }), 0)
})

test('a side with nothing to find and nothing proposed counts as right', () => {
  assert.equal(rates({ matched: 0, proposed: 0, gold: 0 }).f1, 100)
  assert.equal(rates({ matched: 0, proposed: 3, gold: 0 }).f1, 0)
})
