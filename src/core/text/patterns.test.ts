import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Patterns } from './patterns.ts'

const rows = [
  { id: 'year', pattern: '20[0-9]{2}年' },
  { id: 'day', pattern: '20[0-9]{2}年[0-9]{1,2}月' },
  { id: 'number', pattern: '[0-9]{2}' },
]
const patterns = new Patterns(rows)

test('every row has its matches in a text, as if it were looked for alone', () => {
  const text = '2031年3月和2032年'
  for (const row of rows) {
    const alone = [...text.matchAll(new RegExp(row.pattern, 'gu'))].map(({ index, 0: words }) => [index, words])
    const found = patterns.all(text).filter((hit) => hit.row === row)
    assert.deepEqual(
      found.map(({ start, end }) => [start, text.slice(start, end)]),
      alone,
    )
  }
})

test('at a place stand the rows that begin there', () => {
  const at = (index: number) => patterns.at('于2031年底', index).map(({ row, match }) => [row.id, match[0]])
  assert.deepEqual(at(0), [])
  assert.deepEqual(at(1), [
    ['year', '2031年'],
    ['number', '20'],
  ])
})
