import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KIND, makeActivity, makeRule, makeWorld, type WorldSeed } from './make.ts'
import { meetsWith } from './preview.ts'

const units = [
  { unitId: 'b1', kind: 'branch' },
  { unitId: 'b2', kind: 'branch' },
]
const draft = (more: object = {}) =>
  makeActivity({ activity: KIND, unitId: 'b1', on: '2026-03-10', id: 'draft', ...more })
const preview = (seed: WorldSeed, more: object = {}, on = '2026-03-10') =>
  meetsWith(makeWorld({ rules: [makeRule()], units, ...seed }), draft(more), on).map(
    ({ obligation, counts, why, after }) =>
      [obligation.id, obligation.outcome, counts ? 'counts' : why, after].join(' '),
  )

describe('An activity that is not saved yet', () => {
  it('says which obligations it meets, several at once', () => {
    const need = [{ count: 1, of: { activity: [KIND], by: 'own' as const } }]
    const yearly = makeRule({ id: 'yearly', window: { every: 'year' }, need })
    assert.deepEqual(preview({ rules: [makeRule(), yearly] }), [
      'monthly/b1/2026-03-01 open counts met',
      'yearly/b1/2026-01-01 open counts met',
    ])
  })

  it('says what it helps to meet, and leaves out what is met already', () => {
    const need = [{ count: 2, of: { activity: [KIND], by: 'own' as const } }]
    assert.deepEqual(preview({ rules: [makeRule({ need })] }), ['monthly/b1/2026-03-01 open counts open'])
    const facts = [{ activity: KIND, unitId: 'b1', on: '2026-03-02' }]
    assert.deepEqual(preview({ rules: [makeRule({ need })], facts }), ['monthly/b1/2026-03-01 open counts met'])
    assert.deepEqual(preview({ facts }), [])
  })

  it('says why it nearly meets one', () => {
    const need = [{ count: 1, of: { activity: [KIND], by: 'own' as const, topics: ['ideology'] } }]
    assert.deepEqual(preview({ rules: [makeRule({ need })] }), ['monthly/b1/2026-03-01 open topic open'])
    assert.deepEqual(preview({}, { unitId: 'bureau' }), [
      'monthly/b1/2026-03-01 open other-unit open',
      'monthly/b2/2026-03-01 open other-unit open',
    ])
  })

  it('makes good what was not done, and is no second record of the one that it corrects', () => {
    assert.deepEqual(preview({}, {}, '2026-05-01'), ['monthly/b1/2026-03-01 unmet counts met'])
    const facts = [{ activity: KIND, unitId: 'b1', on: '2026-03-02', id: 'draft' }]
    assert.deepEqual(preview({ facts }), ['monthly/b1/2026-03-01 open counts met'])
  })

  it('counts as late after a fixed day, and for a window that an event began', () => {
    const byDay = makeRule({ window: { by: '01-31' } })
    assert.deepEqual(preview({ rules: [byDay] }), ['monthly/b1/2026-01-01 unmet counts late'])
    const after = { after: { activity: ['inspection'] }, within: { months: 6 } }
    const facts = [{ activity: 'inspection', unitId: 'b1', on: '2025-06-01' }]
    assert.deepEqual(preview({ rules: [makeRule({ window: after })], facts }), [
      'monthly/b1/2025-06-01 unmet counts late',
    ])
  })

  it('of a later day is judged on that day', () => {
    assert.deepEqual(preview({}, {}, '2026-02-20'), ['monthly/b1/2026-03-01 open counts met'])
  })

  it('meets what the persons present owe', () => {
    const memberships = ['p1', 'p2', 'p3'].map((pid) => ({ pid, branchId: 'b2' }))
    const need = [{ sum: 'hours' as const, amount: 4, of: { activity: [KIND], by: 'attended' as const } }]
    const rule = makeRule({ who: { person: { member: ['full'] } }, window: { every: 'year' }, need })
    assert.deepEqual(preview({ rules: [rule], memberships }, { attended: ['p1', 'p3'], hours: 4 }), [
      'monthly/p1/2026-01-01 open counts met',
      'monthly/p3/2026-01-01 open counts met',
    ])
  })
})
