// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdKinds, kindsHeld } from '../../lib/kinds.ts'
import { changesBetween, type Draft, emptyDraft, inputOf, nextDraft, presentIds } from './draft.ts'

const kind = (id: string, attendance: 'roster' | 'none') => ({
  id,
  words: { zh: id, en: id },
  group: 'other' as const,
  bodies: [],
  attendance,
  mayVote: false,
  fields: [],
})
holdKinds({ ...kindsHeld(), activities: [kind('theme-party-day', 'roster'), kind('rule-issued', 'none')] })

const roster = [
  { personId: '1', name: '孟怀瑾' },
  { personId: '2', name: '冯乐山' },
]
const draft: Draft = { ...emptyDraft('2026-06-16'), kind: 'theme-party-day', unitId: 'u', title: ' 走管线 ' }

test('everybody of the roster is present until somebody is taken out', () => {
  assert.deepEqual(presentIds(draft, roster), ['1', '2'])
  const { attendance } = inputOf({ ...draft, away: { 2: 'excused-leave' } }, roster)
  assert.deepEqual(attendance, [
    { personId: '1', status: 'present' },
    { personId: '2', status: 'excused-leave' },
  ])
})

test('a guest counts once, also when the roster has him', () => {
  const guests = [
    { personId: '1', name: '孟怀瑾' },
    { personId: '9', name: '外请专家' },
  ]
  assert.deepEqual(presentIds({ ...draft, guests }, roster), ['1', '2', '9'])
})

test('numbers and names exclude each other, and a kind without attendance takes neither', () => {
  const numbers = inputOf({ ...draft, byNames: false, present: 4, expected: 5 }, roster)
  assert.deepEqual([numbers.numbers, numbers.attendance], [{ present: 4, expected: 5 }, undefined])
  const none = inputOf({ ...draft, kind: 'rule-issued', present: 4 }, roster)
  assert.deepEqual([none.numbers, none.attendance], [undefined, undefined])
})

test('empty fields are left out and words trimmed', () => {
  const input = inputOf(draft, [])
  assert.deepEqual(input, { kind: 'theme-party-day', happenedOn: '2026-06-16', unitId: 'u', title: '走管线' })
})

test('a correction sends what differs, and empties what was taken out', () => {
  const before = inputOf({ ...draft, proof: '手册', topics: ['ideology'] }, roster)
  const now = inputOf({ ...draft, title: '看泵站' }, roster)
  assert.deepEqual(changesBetween(before, now), { title: '看泵站', proof: null, topics: [] })
})

test('the next record of a series keeps kind, unit and day', () => {
  const next = nextDraft({ ...draft, away: { 2: 'absent' } })
  assert.deepEqual(
    [next.kind, next.unitId, next.happenedOn, next.title, next.away],
    ['theme-party-day', 'u', '2026-06-16', '', {}],
  )
})
