// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'

test('what an older browser lacks does the same as what a newer one has', async () => {
  const rows = [3, 1, 2]
  const texts = ['党组', '\u{20000}', '\ud840', '\udc00\ud840', '']
  const wanted = {
    sorted: rows.toSorted((a, b) => a - b),
    reversed: rows.toReversed(),
    wellFormed: texts.map((text) => text.isWellFormed()),
    groups: [...Map.groupBy(rows, (n, at) => `${n % 2} ${at > 1}`)],
  }
  const { toSorted, toReversed } = Array.prototype
  const { isWellFormed } = String.prototype
  const { groupBy } = Map
  try {
    for (const [on, name] of [
      [Array.prototype, 'toSorted'],
      [Array.prototype, 'toReversed'],
      [String.prototype, 'isWellFormed'],
      [Map, 'groupBy'],
    ] as const)
      Reflect.deleteProperty(on, name)
    assert.throws(() => rows.toSorted(), TypeError)
    const { catchUp } = await import('./older.ts')
    catchUp()
    assert.deepEqual(
      rows.toSorted((a, b) => a - b),
      wanted.sorted,
    )
    assert.deepEqual(rows.toReversed(), wanted.reversed)
    assert.deepEqual(
      texts.map((text) => text.isWellFormed()),
      wanted.wellFormed,
    )
    assert.deepEqual([...Map.groupBy(rows, (n, at) => `${n % 2} ${at > 1}`)], wanted.groups)
    assert.deepEqual(rows, [3, 1, 2], 'the rows themselves stay as they are')
  } finally {
    Object.assign(Array.prototype, { toSorted, toReversed })
    Object.assign(String.prototype, { isWellFormed })
    Object.assign(Map, { groupBy })
  }
})

test('a browser that has them keeps its own', async () => {
  const { toSorted } = Array.prototype
  const { catchUp } = await import('./older.ts')
  catchUp()
  assert.equal(Array.prototype.toSorted, toSorted)
})
