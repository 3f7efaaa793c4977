// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOf } from './periods.ts'

test('a stretch ends on its last day, also in February and over the turn of the year', () => {
  assert.deepEqual(daysOf('month', '2026-02-10'), { from: '2026-02-01', to: '2026-02-28' })
  assert.deepEqual(daysOf('last', '2026-01-10'), { from: '2025-12-01', to: '2025-12-31' })
  assert.deepEqual(daysOf('quarter', '2026-06-16'), { from: '2026-04-01', to: '2026-06-30' })
  assert.deepEqual(daysOf('quarter', '2026-12-31'), { from: '2026-10-01', to: '2026-12-31' })
  assert.deepEqual(daysOf('year', '2026-06-16'), { from: '2026-01-01', to: '2026-12-31' })
  assert.deepEqual(daysOf('previous', '2026-06-16'), { from: '2025-01-01', to: '2025-12-31' })
})
