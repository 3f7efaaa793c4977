import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KIND, makeRule } from './make.ts'
import type { LocalChange, Rule } from './rule.ts'
import { differences, strictnessProblems } from './strictness.ts'

const change = (more: Partial<LocalChange>): LocalChange => ({
  rule: 'monthly',
  from: '2026-01-01',
  source: 'own paper',
  ...more,
})
const codes = (rule: Rule, more: Partial<LocalChange>) =>
  strictnessProblems(rule, change(more)).map(({ code, field }) => `${code} ${field}`)

const quarterly = makeRule({ window: { every: 'quarter' }, need: [{ count: 2, of: { activity: [KIND], by: 'own' } }] })
const withParam = (param: object, amount: object = { sum: 'hours', amount: '$n' }) =>
  makeRule({
    window: { every: 'year' },
    need: [{ ...amount, of: { activity: [KIND], by: 'attended' } }],
    params: { n: { words: { zh: '数', en: 'Number' }, type: 'number', stricter: 'up', ...param } },
  } as never)

describe('A change may only ask more', () => {
  it('by a shorter window or a larger number', () => {
    assert.deepEqual(codes(quarterly, { every: 'month' }), [])
    assert.deepEqual(codes(quarterly, { count: 3 }), [])
    assert.deepEqual(codes(quarterly, { every: 'half-year' }), ['longer-window every'])
    assert.deepEqual(codes(quarterly, { count: 1 }), ['smaller-count count'])
  })

  it('also by a smaller number in a shorter window, when it comes to as much', () => {
    assert.deepEqual(codes(quarterly, { every: 'month', count: 1 }), [])
    const five = makeRule({ window: { every: 'quarter' }, need: [{ count: 5, of: { activity: [KIND], by: 'own' } }] })
    assert.deepEqual(codes(five, { every: 'month', count: 1 }), ['smaller-count count'], 'three in a quarter')
    assert.deepEqual(codes(five, { every: 'month', count: 2 }), [])
  })

  it('and by a parameter moved to its stricter side, within its bounds', () => {
    const up = withParam({ value: 32, min: 10, max: 200 })
    assert.deepEqual(codes(up, { params: { n: 32 } }), [])
    assert.deepEqual(codes(up, { params: { n: 200 } }), [])
    assert.deepEqual(codes(up, { params: { n: 31 } }), ['param-laxer n'])
    assert.deepEqual(codes(up, { params: { n: 201 } }), ['param-range n'])
    const down = withParam({ value: 30, stricter: 'down' })
    assert.deepEqual(codes(down, { params: { n: 29 } }), [])
    assert.deepEqual(codes(down, { params: { n: 31 } }), ['param-laxer n'])
    const open = withParam({ stricter: 'free', min: 1 })
    assert.deepEqual(codes(open, { params: { n: 1 } }), [])
    assert.deepEqual(codes(open, { params: { n: 0 } }), ['param-range n'])
  })

  it('that the rule can take', () => {
    assert.deepEqual(codes(withParam({}), { params: { n: '2026-01-01' } }), ['param-type n'])
    assert.deepEqual(codes(withParam({}), { params: { other: 3 } }), ['unknown-param other'])
    assert.deepEqual(codes(withParam({}), { params: { n: 1.5 } }), [], 'hours may be halves')
    assert.deepEqual(codes(withParam({}, { count: '$n' }), { params: { n: 1.5 } }), ['param-whole n'])
    assert.deepEqual(codes(withParam({ value: 32 }), { count: 2 }), ['no-count count'])
    assert.deepEqual(codes(makeRule({ window: { by: '01-31' } }), { every: 'month' }), ['no-calendar-window every'])
    assert.deepEqual(codes(quarterly, {}), ['nothing-said rule'])
    assert.deepEqual(codes(makeRule({ versions: [{ to: '2025-12-31' }] }), { count: 2 }), ['not-in-force from'])
  })

  it('whose days do not begin before the change itself', () => {
    const day = { words: { zh: '日', en: 'Day' }, type: 'day', stricter: 'free' }
    const rule = makeRule({ window: { notice: ['$start', '$end'] }, params: { start: day, end: day } } as never)
    assert.deepEqual(codes(rule, { params: { start: '2026-03-01', end: '2026-07-31' } }), [])
    assert.deepEqual(codes(rule, { params: { start: '2025-12-31', end: '2026-07-31' } }), ['days-before-change start'])
    assert.deepEqual(codes(rule, { params: { start: '2026-03-01', end: '2026-02-28' } }), ['days-reversed end'])
  })

  it('measured against every version that still holds', () => {
    const rule = makeRule({
      versions: [
        { from: '2020-01-01', to: '2026-06-30', window: { every: 'year' } },
        { from: '2026-07-01', window: { every: 'month' } },
      ],
    })
    assert.deepEqual(codes(rule, { every: 'quarter' }), ['longer-window every'])
  })
})

describe('The difference of a pack to what is shipped', () => {
  it('stands place by place, beside what is shipped', () => {
    const pack = {
      id: 'own-pack',
      title: 'Own pack',
      changes: [change({ every: 'month', count: 2 }), { ...change({ params: { n: 50 } }), rule: 'hours' }],
      rules: [makeRule({ id: 'own-rule', strictness: 'local', from: '2026-02-01' })],
      quotes: [],
    }
    const shipped = [quarterly, { ...withParam({ value: 32 }), id: 'hours' }]
    assert.deepEqual(
      differences(shipped, pack).map(({ rule, what, param, base, local }) => [rule, what, param, base, local]),
      [
        ['monthly', 'every', null, 'quarter', 'month'],
        ['hours', 'param', 'n', 32, 50],
        ['own-rule', 'own-rule', null, null, null],
      ],
      'two of two is no difference',
    )
  })
})
