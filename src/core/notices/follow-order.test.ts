import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldOrder, markOfOrder, mayFollowOrder, type OrderEventName, orderEvents } from './follow-order.ts'

const life = (...steps: [OrderEventName, string][]) =>
  steps.map(([event, onDay], index) => ({ seq: index + 1, event, onDay }))

test('an order goes from draft to closed, and each status names the event that made it so', () => {
  const fold = foldOrder(
    life(
      ['drafted', '2026-06-01'],
      ['confirmed', '2026-06-02'],
      ['answered', '2026-06-05'],
      ['answered', '2026-06-08'],
      ['closed', '2026-06-09'],
    ),
  )!
  assert.deepEqual(
    [fold.status, fold.causedBy, fold.issuedOn, fold.answeredOn],
    ['closed', 5, '2026-06-02', '2026-06-05'],
  )
  assert.equal(foldOrder([]), null)
})

test('an order is late the day after its day, and an answer after it stays late for ever', () => {
  const given = foldOrder(life(['drafted', '2026-06-01'], ['confirmed', '2026-06-02']))!
  const marks = ['2026-06-09', '2026-06-10', '2026-06-11'].map((day) => markOfOrder(given, '2026-06-10', day))
  assert.deepEqual(marks, ['running', 'due', 'late'])
  const after = foldOrder(
    life(['drafted', '2026-06-01'], ['confirmed', '2026-06-02'], ['answered', '2026-06-12'], ['closed', '2026-06-13']),
  )!
  assert.equal(markOfOrder(after, '2026-06-10', '2027-01-01'), 'closed-late')
  const inTime = foldOrder(life(['drafted', '2026-06-01'], ['confirmed', '2026-06-02'], ['answered', '2026-06-10']))!
  assert.equal(markOfOrder(inTime, '2026-06-10', '2026-07-01'), 'answered')
})

test('whatever happens, the fold allows exactly what may follow', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...orderEvents), { maxLength: 7 }), (events) => {
      let lived: OrderEventName[] = []
      for (const event of events) {
        const fold = foldOrder(life(...lived.map((one): [OrderEventName, string] => [one, '2026-06-01'])))
        const next = [...lived, event].map((one): [OrderEventName, string] => [one, '2026-06-01'])
        if (mayFollowOrder(fold, event)) {
          foldOrder(life(...next))
          lived = [...lived, event]
        } else assert.throws(() => foldOrder(life(...next)), /cannot follow/)
      }
    }),
  )
})
