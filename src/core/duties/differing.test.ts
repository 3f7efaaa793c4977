import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Compared, differing } from './differing.ts'

const duty: Compared = {
  title: '2025年管网普查',
  kind: 'business',
  layer: 'department',
  common: false,
  leadUnitId: 'u1',
  supportIds: ['u2', 'u3'],
  leaderPostId: 'p1',
  watcherPostId: null,
  deadline: '2025-12-31',
  cadence: null,
  measures: ['图册一册'],
  milestones: [{ title: '初稿', dueOn: '2025-06-30' }],
}

test('a duty differs from itself in nothing, whatever the order of its supporting units', () => {
  assert.deepEqual(differing(duty, { ...duty, supportIds: ['u3', 'u2'] }), [])
})

test('each part that changed is named, in the order of the columns', () => {
  const now = { ...duty, leadUnitId: 'u9', deadline: null, measures: ['图册两册'], layer: 'team' }
  assert.deepEqual(differing(duty, now), ['lead', 'deadline', 'measures', 'layer'])
})

test('the year itself is no difference between two years, another day is', () => {
  const next = {
    ...duty,
    title: '2026年管网普查',
    deadline: '2026-12-31',
    milestones: [{ title: '初稿', dueOn: '2026-06-30' }],
  }
  const years = { before: 2025, now: 2026 }
  assert.deepEqual(differing(duty, next, years), [])
  assert.deepEqual(differing(duty, next), ['title', 'deadline', 'milestones'])
  assert.deepEqual(differing(duty, { ...next, deadline: '2026-11-30' }, years), ['deadline'])
})
