import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chars, Opening } from './chars.ts'

test('a set of characters holds its own and no other, and nothing past the ends of a text', () => {
  const stops = new Chars('，。 ')
  assert.equal(stops.at('甲，', 1), true)
  assert.equal(stops.at('甲，', 0), false)
  assert.equal(stops.at('甲，', 2), false)
  assert.equal(stops.at('甲，', -1), false)
  assert.equal(stops.in('甲，乙', 0, 1), false)
  assert.equal(stops.in('甲，乙', 0, 3), true)
  assert.equal(stops.trimEnd('甲乙， 。', 0, 5), 2)
  assert.equal(stops.trimEnd('，，', 0, 2), 0)
  assert.equal(stops.next('甲乙，', 0, 2), 2)
  assert.equal(stops.next('甲，，', 0, 3), 1)
  assert.deepEqual(stops.split('甲，。\n乙 '), ['甲', '', '乙', ''])
  assert.deepEqual(stops.split(''), [''])
})

test('an opening is what its pattern matches at a place, up to an end', () => {
  const opening = new Opening(/^(?:同时|会前)/, '同会')
  assert.equal(opening.length('要会前通知', 1, 5), 2)
  assert.equal(opening.at('要会前通知', 1, 2), false)
  assert.equal(opening.at('要会后通知', 1, 5), false)
  assert.equal(opening.length('通知', 0, 2), 0)
  assert.equal(opening.at('会前', 2, 2), false)
})
