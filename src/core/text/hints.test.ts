import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hints, mayStand } from './hints.ts'

test('a pattern need not be tried where none of its characters stands', () => {
  const hints = new Hints(['月年', undefined, '前'])
  const bits = hints.in('每月检修')
  assert.deepEqual(
    [0, 1, 2].map((index) => mayStand(bits, index)),
    [true, true, false],
  )
  assert.equal(mayStand(hints.in('汛前检修', 2), 2), false)
})

test('patterns behind those that have hints are always tried', () => {
  const hints = new Hints(Array.from({ length: 40 }, () => '月'))
  assert.equal(mayStand(hints.in('检修'), 30), false)
  assert.equal(mayStand(hints.in('检修'), 35), true)
})
