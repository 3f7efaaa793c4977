import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain, parseObligationId } from './explain.ts'
import { type FactSeed, KIND, makeRule, makeWorld } from './make.ts'

const units = [{ unitId: 'b1', kind: 'branch', from: '2026-01-10' }]
const source = { zh: '某条例', en: 'Some regulations' }
const held = (on: string, more: object = {}) => ({ activity: KIND, unitId: 'b1', on, ...more }) as FactSeed

describe('An explanation', () => {
  const need = [{ count: 1, of: { activity: [KIND], by: 'own' as const, topics: ['ideology'] } }]
  const world = makeWorld({
    rules: [makeRule({ need, source, article: '第十六条' })],
    units,
    facts: [
      held('2026-01-12'),
      held('2026-01-20', { topics: ['ideology'] }),
      held('2026-02-03', { topics: ['ideology'] }),
    ],
  })

  it('names what counted and what nearly did', () => {
    const found = explain(world, 'monthly/b1/2026-01-01', '2026-02-05')!
    assert.deepEqual(found.metBy, [{ type: 'activity', id: 'fact-0002', on: '2026-01-20', amount: 1 }])
    assert.deepEqual(found.near, [{ type: 'activity', id: 'fact-0001', on: '2026-01-12', why: 'topic' }])
    assert.deepEqual(found.missing, [])
  })

  it('says what is missing where nobody knows', () => {
    const asked = (more: object) => {
      const seed = { units, rules: [makeRule()], ...more }
      return explain(makeWorld(seed), 'monthly/b1/2026-02-01', '2026-03-01')?.missing
    }
    const quorum = [{ count: 1, of: { activity: [KIND], by: 'own' as const, quorum: true } }]
    const vote = held('2026-02-03', { countable: { 'vote-held': true } })
    assert.deepEqual(asked({ goLiveOn: '2026-02-02' }), ['before-go-live'])
    assert.deepEqual(asked({ rules: [makeRule({ silence: 'undetermined' })] }), ['facts-elsewhere'])
    assert.deepEqual(asked({ rules: [makeRule({ need: quorum })], facts: [vote] }), ['record-detail'])
    assert.deepEqual(asked({}), [])
  })

  it('is null for what nobody owes', () => {
    assert.equal(explain(world, 'monthly/b1/2025-12-01', '2026-02-05'), null)
    assert.equal(explain(world, 'monthly/b2/2026-01-01', '2026-02-05'), null)
    assert.equal(explain(world, 'monthly', '2026-02-05'), null)
    assert.deepEqual(parseObligationId('a/b/c/2026-01-01'), { rule: 'a', subject: 'b/c', windowFrom: '2026-01-01' })
  })
})
