import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain } from './explain.ts'
import { type FactSeed, KIND, makeRule, makeWorld, type WorldSeed } from './make.ts'
import type { RuleVersion } from './rule.ts'

type Pattern = RuleVersion['need'][number]['of']

const units = [
  { unitId: 'b1', kind: 'branch' },
  { unitId: 'g1', kind: 'subgroup', parentId: 'b1' },
  { unitId: 'b2', kind: 'branch' },
]

/** The outcome on the day after the year and why the one record did not count, for one record of a branch. */
function judged(of: object, fact: Partial<FactSeed>, more: WorldSeed = {}): string {
  const asked = { activity: [KIND], by: 'own', ...of } as Pattern
  const rules = [makeRule({ window: { every: 'year' }, need: [{ count: 1, of: asked }] })]
  const facts = [{ activity: KIND, unitId: 'b1', on: '2026-05-05', ...fact } as FactSeed]
  const found = explain(makeWorld({ rules, units, facts, ...more }), 'monthly/b1/2026-01-01', '2027-01-01')!
  return [found.outcome, ...found.near.map(({ why }) => why)].join(' ')
}

describe('A record of an activity', () => {
  it('counts by its kind or a kind as which it counts too', () => {
    assert.equal(judged({}, {}), 'met')
    assert.equal(judged({}, { activity: ['other', KIND] }), 'met')
    assert.equal(judged({}, { activity: 'other' }), 'unmet')
  })

  it('counts for the unit that held it, and for the units above it where the rule says so', () => {
    assert.equal(judged({}, { unitId: 'g1' }), 'unmet other-unit')
    assert.equal(judged({}, { unitId: 'bureau' }), 'unmet other-unit')
    assert.equal(judged({}, { unitId: 'b2' }), 'unmet')
    assert.equal(judged({ by: 'below' }, { unitId: 'g1' }), 'met')
    assert.equal(judged({ by: 'below' }, { unitId: 'b2' }), 'unmet')
    assert.equal(judged({ by: 'bureau' }, { unitId: 'b2' }), 'met')
    assert.equal(judged({ by: 'below', bodies: ['subgroup'] }, { unitId: 'g1' }), 'met')
    assert.equal(judged({ by: 'below', bodies: ['subgroup'] }, {}), 'unmet other-unit')
  })

  it('must have one of the topics', () => {
    assert.equal(judged({ topics: ['a', 'b'] }, { topics: ['c', 'b'] }), 'met')
    assert.equal(judged({ topics: ['a'] }, { topics: ['c'] }), 'unmet topic')
    assert.equal(judged({ topics: ['a'] }, {}), 'unmet topic')
  })

  it('must have the value of a field, and says nothing where the field is empty', () => {
    const equals = { form: ['film', 'court'] }
    assert.equal(judged({ equals }, { countable: { form: 'court' } }), 'met')
    assert.equal(judged({ equals }, { countable: { form: 'visit' } }), 'unmet field')
    assert.equal(judged({ equals }, {}), 'undetermined field-missing')
    assert.equal(judged({ equals: { extended: true } }, { countable: { extended: false } }), 'unmet field')
  })

  it('must reach a share of those expected', () => {
    const present = [2, 3]
    assert.equal(judged({ present }, { expected: 9, present: 6 }), 'met')
    assert.equal(judged({ present }, { expected: 9, present: 5 }), 'unmet share')
    assert.equal(judged({ present }, { expected: 9 }), 'undetermined number-missing')
  })

  it('needs a quorum only where a vote was held: half of those entitled to vote', () => {
    const vote = (voters: number | null, there?: number) => ({
      voters,
      countable: { 'vote-held': true, ...(there === undefined ? {} : { 'voters-present': there }) },
    })
    assert.equal(judged({ quorum: true }, { voters: 9, present: 1 }), 'met', 'no vote')
    assert.equal(judged({ quorum: true }, { countable: { 'vote-held': false } }), 'met')
    assert.equal(judged({ quorum: true }, vote(8, 4)), 'met')
    assert.equal(judged({ quorum: true }, vote(9, 4)), 'unmet quorum')
    assert.equal(judged({ quorum: true }, vote(9)), 'undetermined number-missing')
    assert.equal(judged({ quorum: true }, vote(null, 4)), 'undetermined number-missing')
  })

  it('that is wrong in one thing for certain is not unknown for another', () => {
    assert.equal(judged({ quorum: true, topics: ['a'] }, { countable: { 'vote-held': true } }), 'unmet topic')
  })

  it('that came within a month after the window is shown, and later ones are not', () => {
    const rules = [makeRule()]
    const near = (on: string) => {
      const facts = [{ activity: KIND, unitId: 'b1', on }]
      return explain(makeWorld({ rules, units, facts }), 'monthly/b1/2026-01-01', '2026-06-01')!.near.length
    }
    assert.deepEqual([near('2026-02-01'), near('2026-03-03'), near('2026-03-04')], [1, 1, 0])
  })
})

describe('Sums', () => {
  const sum = (amount: number, field: string, facts: readonly Partial<FactSeed>[]) => {
    const need = [{ sum: field, amount, of: { activity: [KIND], by: 'attended' as const } }]
    const rules = [makeRule({ window: { every: 'year' }, who: { person: { member: ['full'] } }, need })]
    const made = facts.map((fact) => ({ activity: KIND, unitId: 'b2', on: '2026-05-05', attended: ['p1'], ...fact }))
    const world = makeWorld({ rules, units, memberships: [{ pid: 'p1', branchId: 'b1' }], facts: made as FactSeed[] })
    const { outcome, counted, metOn } = explain(world, 'monthly/p1/2026-01-01', '2027-01-01')!
    return [outcome, counted, metOn]
  }

  it('add the hours of what somebody attended, exactly', () => {
    const parts = Array.from({ length: 10 }, (_, i) => ({ hours: 0.1, on: `2026-02-${10 + i}` }))
    assert.deepEqual(sum(1, 'hours', parts), ['met', 1, '2026-02-19'])
    assert.deepEqual(sum(1, 'hours', [{ hours: 0.9 }, { hours: 5, attended: ['p2'] }]), ['unmet', 0.9, null])
  })

  it('are unknown where hours are not stated, but only as long as they are not enough', () => {
    assert.deepEqual(sum(8, 'hours', [{ hours: 4 }, { hours: null }]), ['undetermined', 4, null])
    assert.deepEqual(sum(8, 'hours', [{ hours: 8 }, { hours: null }]), ['met', 8, '2026-05-05'])
  })

  it('may add a countable number of the records', () => {
    assert.deepEqual(sum(12, 'days', [{ countable: { days: 5 } }, { countable: { days: 7 } }]), [
      'met',
      12,
      '2026-05-05',
    ])
    assert.deepEqual(sum(12, 'days', [{ countable: {} }]), ['undetermined', 0, null])
  })
})

describe('Talks, statements and lists', () => {
  const posts = [{ postId: 's1', unitId: 'b1', kind: 'branch-secretary' }]
  const appointments = [{ postId: 's1', pid: 'p9', to: '2026-06-30' }]
  const memberships = [{ pid: 'p1', branchId: 'b1' }]
  const person = { person: { member: ['full' as const] } }
  const outcome = (of: object, fact: FactSeed, more: object = {}) => {
    const rule = makeRule({ window: { every: 'year' }, who: person, need: [{ count: 1, of: of as Pattern }], ...more })
    const world = makeWorld({ rules: [rule], units, posts, appointments, memberships, facts: [fact] })
    const subject = 'unit' in rule.versions[0]!.who ? 'b1' : 'p1'
    return explain(world, `monthly/${subject}/2026-01-01`, '2027-01-01')!.outcome
  }

  it('of a kind count for the side that the rule names, with the right other side', () => {
    const talk = (initiator: string, counterpart: string, on = '2026-03-01') => ({
      talk: 'heart',
      on,
      initiator,
      counterpart,
    })
    assert.equal(outcome({ talk: ['heart'], by: 'initiator' }, talk('p1', 'p2')), 'met')
    assert.equal(outcome({ talk: ['heart'], by: 'initiator' }, talk('p2', 'p1')), 'unmet')
    assert.equal(outcome({ talk: ['heart'], by: 'counterpart' }, talk('p2', 'p1')), 'met')
    assert.equal(outcome({ talk: ['heart'], by: 'either' }, talk('p2', 'p1')), 'met')
    assert.equal(outcome({ talk: ['other'], by: 'either' }, talk('p2', 'p1')), 'unmet')
    const withOfficer = { talk: ['heart'], by: 'either', with: ['branch-secretary'] }
    assert.equal(outcome(withOfficer, talk('p1', 'p9', '2026-06-30')), 'met')
    assert.equal(outcome(withOfficer, talk('p1', 'p9', '2026-07-01')), 'unmet', 'p9 held the post no more')
    const withOthers = { talk: ['heart'], by: 'either', without: ['branch-secretary'] }
    assert.equal(outcome(withOthers, talk('p1', 'p9', '2026-06-30')), 'unmet')
    assert.equal(outcome(withOthers, talk('p9', 'p1', '2026-07-01')), 'met')
  })

  it('of a statement count for the year that it names', () => {
    const statement = (year: number) => ({ statement: 'sent', on: '2026-01-20', pid: 'p1', year })
    assert.equal(outcome({ statement: 'sent' }, statement(2026), { window: { by: '01-31' } }), 'met')
    assert.equal(outcome({ statement: 'sent' }, statement(2025), { window: { by: '01-31' } }), 'unmet')
  })

  it('of a list count for the year that it names, even when it was issued in the year before', () => {
    const who = { unit: ['branch'] }
    const list = { list: 2026, on: '2025-12-20' }
    assert.equal(outcome({ list: 'bureau' }, list, { who }), 'met')
    assert.equal(outcome({ list: 'own' }, list, { who }), 'unmet')
    assert.equal(outcome({ list: 'own' }, { ...list, unitId: 'b1' }, { who }), 'met')
    assert.equal(outcome({ list: 'own' }, { ...list, unitId: 'b2' }, { who }), 'unmet')
    assert.equal(outcome({ list: 'bureau' }, { ...list, list: 2025 }, { who }), 'unmet')
  })
})
