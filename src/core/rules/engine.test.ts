import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { obligationsOf } from './engine.ts'
import { KIND, makeRule, makeWorld, type WorldSeed } from './make.ts'

const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const branch = { unitId: 'b1', kind: 'branch' }

/** Each window's first day with its outcome. */
function outcomes(seed: WorldSeed, on: string, span = YEAR): string[] {
  return obligationsOf(makeWorld(seed), span, on).map(({ window, outcome }) => `${window.from} ${outcome}`)
}

describe('What a branch owes in calendar windows', () => {
  it('owes one window after the other, met by a record in the window alone', () => {
    const facts = [
      { activity: KIND, unitId: 'b1', on: '2026-01-31' },
      { activity: KIND, unitId: 'b1', on: '2026-03-01' },
      { activity: KIND, unitId: 'b2', on: '2026-02-10' },
    ]
    const found = outcomes({ rules: [makeRule()], units: [branch], facts }, '2026-04-30', {
      from: '2026-01-15',
      to: '2026-05-02',
    })
    assert.deepEqual(found, [
      '2026-01-01 met',
      '2026-02-01 unmet',
      '2026-03-01 met',
      '2026-04-01 open',
      '2026-05-01 upcoming',
    ])
  })

  it('is open on the due day and unmet on the day after', () => {
    const seed = { rules: [makeRule()], units: [branch] }
    const span = { from: '2026-02-01', to: '2026-02-28' }
    assert.deepEqual(outcomes(seed, '2026-01-31', span), ['2026-02-01 upcoming'])
    assert.deepEqual(outcomes(seed, '2026-02-28', span), ['2026-02-01 open'])
    assert.deepEqual(outcomes(seed, '2026-03-01', span), ['2026-02-01 unmet'])
  })

  it('says who owes what, by when, and how much is there', () => {
    const facts = [{ activity: KIND, unitId: 'b1', on: '2026-02-10' }]
    const [one] = obligationsOf(
      makeWorld({ rules: [makeRule()], units: [branch], facts }),
      { from: '2026-02-01', to: '2026-02-01' },
      '2026-02-20',
    )
    assert.deepEqual(one, {
      id: 'monthly/b1/2026-02-01',
      rule: 'monthly',
      version: '2000-01-01',
      subject: { type: 'unit', id: 'b1', unitId: 'b1' },
      window: { from: '2026-02-01', to: '2026-02-28' },
      dueOn: '2026-02-28',
      outcome: 'met',
      expected: false,
      needed: 1,
      counted: 1,
      of: 'count',
      metOn: '2026-02-10',
    })
  })
})
