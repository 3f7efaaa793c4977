import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClauseState, clauseStatesOf, countCoverage } from './coverage.ts'

const clauses = [
  { start: 0, end: 10, state: 'background' as const },
  { start: 10, end: 20, state: 'duty' as const },
  { start: 20, end: 30, state: 'undecided' as const },
]
const none = new Map<number, ClauseState>()

test('a draft makes a duty of the clause that it covers by half', () => {
  assert.deepEqual(clauseStatesOf(clauses, [{ start: 10, end: 25, rejected: false }], none), [
    'background',
    'duty',
    'duty',
  ])
})

test('a clause from which its draft was moved away is undecided again', () => {
  assert.deepEqual(clauseStatesOf(clauses, [{ start: 0, end: 10, rejected: false }], none), [
    'duty',
    'undecided',
    'undecided',
  ])
})

test('a clause under a draft that is no duty is background', () => {
  assert.deepEqual(clauseStatesOf(clauses, [{ start: 10, end: 20, rejected: true }], none)[1], 'background')
})

test('the word of a person stands over drafts and reader, and every clause is counted once', () => {
  const states = clauseStatesOf(clauses, [{ start: 10, end: 20, rejected: false }], new Map([[20, 'left']]))
  assert.deepEqual(states, ['background', 'duty', 'left'])
  const count = countCoverage(states)
  assert.equal(
    count.duty + count.principle + count.quotation + count.background + count.undecided + count.left,
    count.clauses,
  )
})

test('brackets that name the owners of a duty go with it', () => {
  const clauses = [
    { start: 0, end: 10, state: 'duty' as const, of: { start: 0, end: 10 } },
    { start: 10, end: 20, state: 'duty' as const, of: { start: 0, end: 10 } },
  ]
  const states = (rejected: boolean) => clauseStatesOf(clauses, [{ start: 0, end: 10, rejected }], new Map())
  assert.deepEqual(states(false), ['duty', 'duty'])
  assert.deepEqual(states(true), ['background', 'background'])
  assert.deepEqual(clauseStatesOf(clauses, [], new Map()), ['undecided', 'undecided'])
})
