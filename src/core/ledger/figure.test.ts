import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Aggregate, addDecimals, aggregate } from './aggregate.ts'
import type { Env } from './entry.ts'
import { matches, type Where, whereSchema } from './filter.ts'
import { printedSays, roundingHolds } from './wording.ts'

const activity: Where = { type: 'activity' }
const d = { kind: 'study', on: '2025-03-05', unit: 'u1', topics: ['ideology'], body: 'group', hours: 2 }
const record = (n: number, clear: Env['d'], parts?: Env['p']): Env => ({
  s: 'sha256',
  t: 'activity',
  id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  v: 1,
  d: clear,
  ...(parts && { p: parts }),
  c: [],
  f: [],
})

test('each condition of a filter must hold', () => {
  const whole: Where = {
    type: 'activity',
    kind: ['lecture', 'study'],
    day: ['2025-03-05', '2025-03-05'],
    topic: 'ideology',
    unit: ['u1'],
    equals: { body: 'group' },
  }
  assert.ok(matches(whole, d, 'activity'))
  assert.equal(matches(whole, d, 'talk'), false)
  const changes = [
    { kind: 'visit' },
    { on: '2025-03-06' },
    { on: '2025-03-04' },
    { topics: [] },
    { topics: 'ideology' },
    { unit: 'u2' },
    { body: 'branch' },
    { withdrawn: true },
  ]
  for (const change of changes)
    assert.equal(matches(whole, { ...d, ...change }, 'activity'), false, JSON.stringify(change))
})

test('a filter over days and months takes a record by whichever of the two it carries', () => {
  const both: Where = { ...activity, day: ['2025-01-01', '2025-12-31'], month: ['2025-01', '2025-12'] }
  assert.ok(matches(both, { on: '2025-12-31' }, 'activity'))
  assert.ok(matches(both, { month: '2025-01' }, 'activity'))
  assert.equal(matches(both, { month: '2024-12' }, 'activity'), false)
  assert.equal(matches(both, {}, 'activity'), false)
})

test('a list under equality takes any of its values', () => {
  assert.ok(matches({ ...activity, equals: { body: ['branch', 'group'] } }, d, 'activity'))
  assert.equal(matches({ ...activity, equals: { body: ['branch'] } }, d, 'activity'), false)
  assert.equal(matches({ ...activity, equals: { missing: ['branch', null] } }, d, 'activity'), false)
})

test('equality needs the field itself, of the same type', () => {
  assert.equal(matches({ ...activity, equals: { toString: null } }, d, 'activity'), false)
  assert.equal(matches({ ...activity, equals: { hours: '2' } }, d, 'activity'), false)
  assert.equal(matches({ ...activity, equals: { missing: null } }, d, 'activity'), false)
})

test('a filter with a word outside the vocabulary is refused', () => {
  assert.equal(whereSchema.safeParse({ type: 'activity', person: 'x' }).success, false)
  assert.equal(whereSchema.safeParse({ type: 'activity', day: ['2025-02-30', '2025-03-01'] }).success, false)
})

test('each way of counting gives its number', () => {
  const rows = [
    record(
      1,
      { hours: 0.1, unit: 'u1', done: true },
      {
        attendance: [
          ['a', 'present'],
          ['b', 'absent'],
        ],
      },
    ),
    record(
      2,
      { hours: 0.2, unit: 'u1', done: false },
      {
        attendance: [
          ['a', 'present'],
          ['c', 'present'],
        ],
      },
    ),
    record(3, { hours: null, unit: 'u2', done: true }, { attendance: [] }),
  ]
  const attended = { part: 'attendance', status: ['present'] }
  const cases: [Aggregate, number | null][] = [
    [{ op: 'count' }, 3],
    [{ op: 'sum', field: 'hours' }, 0.3],
    [{ op: 'parts', ...attended }, 3],
    [{ op: 'distinct', ...attended }, 2],
    [{ op: 'values', field: 'unit' }, 2],
    [{ op: 'ratio', met: { type: 'activity', equals: { done: true } }, percent: true, digits: 1 }, 66.7],
    [{ op: 'ratio', met: { type: 'activity', equals: { done: true } }, percent: false, digits: 4 }, 0.6667],
  ]
  for (const [how, value] of cases) assert.equal(aggregate(how, rows), value, how.op)
  assert.equal(aggregate({ op: 'only', field: 'hours' }, rows.slice(0, 1)), 0.1)
  assert.equal(aggregate({ op: 'only', field: 'hours' }, []), null)
  assert.equal(aggregate(cases[5]![0], []), null)
  assert.equal(
    aggregate(
      { op: 'ratio', met: { type: 'activity', equals: { done: true } }, percent: true, digits: 0 },
      rows.slice(0, 2),
    ),
    50,
  )
})

test('counting refuses records that lack what is counted', () => {
  const bare = [record(1, { hours: '2' })]
  assert.throws(() => aggregate({ op: 'sum', field: 'hours' }, bare))
  assert.throws(() => aggregate({ op: 'sum', field: 'constructor' }, bare))
  assert.throws(() => aggregate({ op: 'distinct', part: 'attendance', status: ['present'] }, bare))
  assert.throws(() => aggregate({ op: 'only', field: 'hours' }, [...bare, record(2, {})]))
})

test('decimals add up exactly, however they are written', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { maxLength: 50 }), (cents) => {
      assert.equal(addDecimals(cents.map((one) => one / 100)), cents.reduce((sum, one) => sum + one, 0) / 100)
    }),
  )
  assert.equal(addDecimals([1e21, 1e-7, -1e21]), 1e-7)
  assert.equal(addDecimals([]), 0)
})

test('a rounding word holds only by its rule', () => {
  const holds = (word: '余' | '多' | '以上' | '突破', base: number, value: number): boolean =>
    roundingHolds({ word, base }, value)
  assert.ok(holds('余', 10, 11) && holds('多', 120, 129) && holds('余', 1200, 1286) && holds('余', 990, 999))
  assert.ok(
    !holds('余', 10, 10) &&
      !holds('余', 120, 130) &&
      !holds('余', 1280, 1286) &&
      !holds('余', 0, 7) &&
      !holds('余', 100, 129),
  )
  assert.ok(
    holds('以上', 9.2, 9.2) && !holds('以上', 9.2, 9.1) && holds('突破', 100, 100.1) && !holds('突破', 100, 100),
  )
})

test('printed words say the value or its rounding, and nothing else', () => {
  assert.ok(printedSays('1,286人次', 1286, null))
  assert.ok(printedSays('1,200余人次', 1286, { word: '余', base: 1200 }))
  assert.ok(printedSays('突破120亿', 121.5, { word: '突破', base: 120 }))
  assert.ok(printedSays('超过120亿', 121.5, { word: '突破', base: 120 }))
  assert.ok(printedSays('95.5%', 95.5, null))
  assert.ok(!printedSays('超过120亿', 120, null) && !printedSays('超过120余', 121, { word: '余', base: 120 }))
  assert.ok(!printedSays('1,286余', 1286, null) && !printedSays('1300余', 1286, { word: '余', base: 1200 }))
  assert.ok(
    !printedSays('1286', 1286, { word: '余', base: 1200 }) &&
      !printedSays('12至86', 1286, null) &&
      !printedSays('*', 3, null),
  )
})
