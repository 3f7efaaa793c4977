import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  daysBetween,
  lastDayOfMonth,
  monthOf,
  OPEN_END,
  type WindowSize,
  weekdayOf,
  windowEnd,
  windowOf,
  windowsIn,
  yearOf,
} from './days.ts'

const day = fc
  .integer({ min: Date.UTC(1949, 9, 1) / 86_400_000, max: Date.UTC(2199, 11, 31) / 86_400_000 })
  .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10))
const size = fc.constantFrom<WindowSize>('month', 'quarter', 'half-year', 'year')

test('going n days on and measuring gives n, and back again the day', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, n) => {
      const to = addDays(from, n)
      assert.equal(daysBetween(from, to), n)
      assert.equal(addDays(to, -n), from)
      assert.equal(to > from, n > 0)
    }),
  )
})

test('months are counted by their number; a day that the month lacks becomes its last', () => {
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28')
  assert.equal(addMonths('2024-01-31', 1), '2024-02-29')
  assert.equal(addMonths('2024-02-29', 12), '2025-02-28')
  assert.equal(addMonths('2024-02-29', 48), '2028-02-29')
  assert.equal(addMonths('2026-03-31', -1), '2026-02-28')
  assert.equal(addMonths('2026-01-15', -1), '2025-12-15')
  assert.equal(addMonths('2026-08-31', 6), '2027-02-28')
  fc.assert(
    fc.property(day, fc.integer({ min: -600, max: 600 }), (from, n) => {
      const to = addMonths(from, n)
      assert.equal(yearOf(to) * 12 + monthOf(to), yearOf(from) * 12 + monthOf(from) + n)
      assert.ok(to.slice(8) === from.slice(8) || to === lastDayOfMonth(to.slice(0, 7)))
    }),
  )
})

test('nothing lies after the open end', () => {
  assert.equal(addDays(OPEN_END, 1), OPEN_END)
  assert.equal(addDays('9999-12-30', 400), OPEN_END)
  assert.equal(addMonths(OPEN_END, 1), OPEN_END)
})

test('months end as the Gregorian calendar says', () => {
  for (const [month, last] of [
    ['2023-02', '2023-02-28'],
    ['2024-02', '2024-02-29'],
    ['1900-02', '1900-02-28'],
    ['2000-02', '2000-02-29'],
    ['2026-04', '2026-04-30'],
    ['2026-12', '2026-12-31'],
  ] as const)
    assert.equal(lastDayOfMonth(month), last)
  fc.assert(fc.property(day, (any) => addDays(lastDayOfMonth(any.slice(0, 7)), 1).endsWith('-01')))
})

test('the week begins on Monday', () => {
  assert.deepEqual(
    ['2026-02-16', '2026-02-21', '2026-02-22'].map((any) => weekdayOf(any)),
    [1, 6, 7],
  )
})

test('windows hold their day, part the year without a gap, and begin on the first of a month', () => {
  assert.deepEqual(windowOf('2026-05-20', 'month'), { from: '2026-05-01', to: '2026-05-31' })
  assert.deepEqual(windowOf('2024-02-29', 'quarter'), { from: '2024-01-01', to: '2024-03-31' })
  assert.deepEqual(windowOf('2026-07-01', 'half-year'), { from: '2026-07-01', to: '2026-12-31' })
  assert.deepEqual(windowOf('2026-06-30', 'half-year'), { from: '2026-01-01', to: '2026-06-30' })
  assert.deepEqual(windowOf('2026-06-30', 'year'), { from: '2026-01-01', to: '2026-12-31' })
  fc.assert(
    fc.property(day, size, (any, of) => {
      const { from, to } = windowOf(any, of)
      assert.ok(from <= any && any <= to && from.endsWith('-01'))
      assert.deepEqual(windowOf(addDays(to, 1), of).from, addDays(to, 1))
      assert.equal(windowEnd(addDays(from, -1), of), addDays(from, -1))
    }),
  )
})

test('the windows of a span are all those that it touches', () => {
  const quarters = windowsIn('2025-12-31', '2026-04-01', 'quarter')
  assert.deepEqual(
    quarters.map(({ from }) => from),
    ['2025-10-01', '2026-01-01', '2026-04-01'],
  )
  assert.deepEqual(windowsIn('2026-02-02', '2026-02-01', 'month'), [])
  assert.equal(windowsIn('9999-11-30', OPEN_END, 'month').length, 2)
})
