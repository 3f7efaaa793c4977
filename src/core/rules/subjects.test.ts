import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { obligationsOf } from './engine.ts'
import { KIND, makeRule, makeWorld, type WorldSeed } from './make.ts'

const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const Q1 = { from: '2026-01-01', to: '2026-03-31' }
const quarterly = (more: object = {}) => makeRule({ window: { every: 'quarter' }, ...more })
const hours = (more: object = {}) =>
  makeRule({
    id: 'hours',
    window: { every: 'year' },
    who: { person: { member: ['full'] } },
    need: [{ sum: 'hours', amount: 32, of: { activity: [KIND], by: 'attended' } }],
    ...more,
  })

/** Subject, first day of the window and what is needed, of everything owed. */
function owed(seed: WorldSeed, span = YEAR, on = '2026-12-31'): string[] {
  return obligationsOf(makeWorld(seed), span, on).map(
    ({ subject, window, needed }) => `${subject.id} ${window.from} ${needed}`,
  )
}

describe('A unit that changes within a window', () => {
  const founded = (from: string, more: object = {}) =>
    owed({ rules: [quarterly(more)], units: [{ unitId: 'b1', kind: 'branch', from }] }, Q1)

  it('owes nothing for the window in which it was founded unless it existed for half of it', () => {
    assert.deepEqual(founded('2026-02-15'), ['b1 2026-01-01 1'], '45 of 90 days')
    assert.deepEqual(founded('2026-02-16'), [])
  })

  it('owes all of it where the rule reads a part as the whole', () => {
    assert.deepEqual(founded('2026-03-31', { partial: 'owed-in-full' }), ['b1 2026-01-01 1'])
  })

  it('owes its share, rounded down, where the rule says so', () => {
    const share = { partial: 'floor-of-share', need: [{ count: 3, of: { activity: [KIND], by: 'own' } }] }
    assert.deepEqual(founded('2000-01-01', share), ['b1 2026-01-01 3'])
    assert.deepEqual(founded('2026-01-31', share), ['b1 2026-01-01 2'], '60 of 90 days')
    assert.deepEqual(founded('2026-03-02', share), ['b1 2026-01-01 1'], '30 of 90 days')
    assert.deepEqual(founded('2026-03-03', share), [])
  })

  it('owes up to the window in which it was closed or merged into another', () => {
    const units = [
      { unitId: 'b1', kind: 'branch', to: '2026-05-14' },
      { unitId: 'b2', kind: 'branch' },
    ]
    const facts = [{ activity: KIND, unitId: 'b1', on: '2026-05-10' }]
    const found = owed({ rules: [quarterly()], units, facts })
    assert.deepEqual(
      found.filter((one) => one.startsWith('b1')),
      ['b1 2026-01-01 1'],
      '44 of 91 days in the second quarter',
    )
    assert.equal(found.filter((one) => one.startsWith('b2')).length, 4)
  })

  it('goes on as it was when it is renamed or moved below another unit', () => {
    const rows = [
      { unitId: 'b1', kind: 'branch', to: '2026-02-10' },
      { unitId: 'b1', kind: 'branch', parentId: 'committee', from: '2026-02-11' },
    ]
    const units = [{ unitId: 'committee', kind: 'organ-committee' }, ...rows]
    const facts = [{ activity: KIND, unitId: 'b1', on: '2026-01-05' }]
    const [one] = obligationsOf(makeWorld({ rules: [quarterly()], units, facts }), Q1, '2026-03-31')
    assert.deepEqual([one?.outcome, one?.window], ['met', Q1])
  })

  it('is obliged where a post is held or a unit stands below it on its first day in the window', () => {
    const units = [
      { unitId: 'b1', kind: 'branch' },
      { unitId: 'b2', kind: 'branch' },
      { unitId: 'g1', kind: 'subgroup', parentId: 'b2', from: '2026-04-02' },
    ]
    const posts = [{ postId: 'm1', unitId: 'b1', kind: 'branch-committee-member' }]
    const appointments = [{ postId: 'm1', pid: 'p1', to: '2026-04-01' }]
    const having = (asks: object) => quarterly({ who: { unit: ['branch'], having: asks } })
    const seed = { units, posts, appointments }
    assert.deepEqual(owed({ ...seed, rules: [having({ posts: ['branch-committee-member'] })] }), [
      'b1 2026-01-01 1',
      'b1 2026-04-01 1',
    ])
    assert.deepEqual(owed({ ...seed, rules: [having({ units: ['subgroup'] })] }), [
      'b2 2026-07-01 1',
      'b2 2026-10-01 1',
    ])
  })
})

describe('A post', () => {
  const units = [{ unitId: 'b1', kind: 'branch' }]
  const posts = [{ postId: 's1', unitId: 'b1', kind: 'branch-secretary' }]
  const lecture = quarterly({
    who: { post: ['branch-secretary'] },
    need: [{ count: 1, of: { activity: [KIND], by: 'led' } }],
  })

  it('owes nothing while nobody holds it', () => {
    const appointments = [
      { postId: 's1', pid: 'p1', to: '2026-03-31' },
      { postId: 's1', pid: 'p2', from: '2026-09-20' },
    ]
    assert.deepEqual(owed({ rules: [lecture], units, posts, appointments }), ['s1 2026-01-01 1', 's1 2026-10-01 1'])
  })

  it('is done by whoever holds it on the day, and goes on with the successor', () => {
    const appointments = [
      { postId: 's1', pid: 'p1', to: '2026-02-10' },
      { postId: 's1', pid: 'p2', from: '2026-02-11' },
    ]
    const outcome = (on: string, hostPid: string) => {
      const facts = [{ activity: KIND, unitId: 'b1', on, hostPid }]
      const world = makeWorld({ rules: [lecture], units, posts, appointments, facts })
      return obligationsOf(world, Q1, '2026-04-01').map(({ outcome }) => outcome)
    }
    assert.deepEqual(outcome('2026-02-10', 'p1'), ['met'])
    assert.deepEqual(outcome('2026-02-11', 'p2'), ['met'])
    assert.deepEqual(outcome('2026-02-11', 'p1'), ['unmet'], 'he held it no more')
  })
})

describe('A person', () => {
  const units = [
    { unitId: 'b1', kind: 'branch' },
    { unitId: 'b2', kind: 'branch' },
    { unitId: 'g2', kind: 'subgroup', parentId: 'b2' },
  ]
  const share = { partial: 'floor-of-share' }

  it('owes from the day on which he was confirmed as a full member', () => {
    const memberships = [
      { pid: 'p1', branchId: 'b1', standing: 'probationary', to: '2026-07-01' },
      { pid: 'p1', branchId: 'b1', standing: 'full', from: '2026-07-02' },
    ] as const
    assert.deepEqual(owed({ rules: [hours(share)], units, memberships }), ['p1 2026-01-01 16'], '183 of 365 days')
    assert.deepEqual(owed({ rules: [hours()], units, memberships }), ['p1 2026-01-01 32'])
    const both = hours({ who: { person: { member: ['full', 'probationary'] } }, ...share })
    assert.deepEqual(owed({ rules: [both], units, memberships }), ['p1 2026-01-01 32'])
  })

  it('owes once when he is transferred, and is listed where he is on the day asked about', () => {
    const memberships = [
      { pid: 'p1', branchId: 'b1', to: '2026-06-30' },
      { pid: 'p1', branchId: 'g2', from: '2026-07-01' },
    ]
    const world = makeWorld({ rules: [hours()], units, memberships })
    const listed = (on: string) => obligationsOf(world, YEAR, on).map(({ subject }) => subject.unitId)
    assert.deepEqual(listed('2026-06-30'), ['b1'])
    assert.deepEqual(listed('2026-07-01'), ['b2'], 'the branch above the subgroup')
    assert.deepEqual(listed('2025-12-01'), ['b1'])
    assert.equal(obligationsOf(world, YEAR, '2026-08-01', { units: ['b1'] }).length, 0)
  })

  it('owes by his post on his first day, and another rule leaves out whoever holds one', () => {
    const posts = [{ postId: 's1', unitId: 'b1', kind: 'branch-secretary' }]
    const appointments = [{ postId: 's1', pid: 'p1', from: '2026-03-01' }]
    const memberships = [
      { pid: 'p1', branchId: 'b1' },
      { pid: 'p2', branchId: 'b1', from: '2026-03-01' },
    ]
    const officers = hours({ id: 'officers', who: { person: { member: ['full'], posts: ['branch-secretary'] } } })
    const others = hours({ id: 'others', who: { person: { member: ['full'], except: ['branch-secretary'] } } })
    const seed = { rules: [officers, others], units, posts, memberships, appointments }
    assert.deepEqual(owed(seed), ['p1 2026-01-01 32', 'p2 2026-01-01 32'], 'both by the rule for others in this year')
    const next = obligationsOf(makeWorld(seed), { from: '2027-01-01', to: '2027-12-31' }, '2027-02-01')
    assert.deepEqual(
      next.map(({ rule, subject }) => `${rule} ${subject.id}`),
      ['officers p1', 'others p2'],
    )
  })

  it('owes another amount as the holder of a post on his first day', () => {
    const posts = [{ postId: 's1', unitId: 'b1', kind: 'branch-secretary' }]
    const appointments = [{ postId: 's1', pid: 'p1' }]
    const memberships = [
      { pid: 'p1', branchId: 'b1' },
      { pid: 'p2', branchId: 'b1' },
    ]
    const need = [
      {
        sum: 'hours',
        amount: 32,
        amount_for: [{ posts: ['branch-secretary'], amount: 56 }],
        of: { activity: [KIND], by: 'attended' },
      },
    ]
    const seed = { rules: [hours({ need })], units, posts, appointments, memberships }
    assert.deepEqual(owed(seed), ['p1 2026-01-01 56', 'p2 2026-01-01 32'])
  })

  it('of no stated class is undetermined, and of another class not meant', () => {
    const classed = hours({ who: { person: { class: ['section'] } } })
    const memberships = ['p1', 'p2', 'p3', 'p4'].map((pid) => ({ pid, branchId: 'b1' }))
    const classes = [
      { pid: 'p1', class: 'section' },
      { pid: 'p2', class: 'division' },
      { pid: 'p3', class: 'section', from: '2026-01-02' },
    ] as const
    const world = makeWorld({ rules: [classed], units, memberships, classes })
    const outcomes = (on: string) =>
      obligationsOf(world, YEAR, on).map(({ subject, outcome }) => `${subject.id} ${outcome}`)
    assert.deepEqual(outcomes('2026-06-01'), ['p1 open', 'p3 undetermined', 'p4 undetermined'])
    assert.deepEqual(outcomes('2027-01-01'), ['p1 unmet', 'p3 undetermined', 'p4 undetermined'])
    assert.deepEqual(outcomes('2025-12-31'), ['p1 upcoming', 'p3 upcoming', 'p4 upcoming'])
  })

  it('of a class is meant without being a member, as long as he holds some post', () => {
    const classed = hours({ who: { person: { class: ['section'] } } })
    const posts = [{ postId: 'd1', unitId: 'b1', kind: 'department-head' }]
    const appointments = [{ postId: 'd1', pid: 'p1', to: '2026-07-02' }]
    const classes = [{ pid: 'p1', class: 'section' }] as const
    const seed = { rules: [classed], units, posts, appointments, classes }
    assert.deepEqual(owed(seed), ['p1 2026-01-01 32'])
    assert.deepEqual(
      owed({ ...seed, appointments: [{ ...appointments[0]!, to: '2026-07-01' }] }),
      [],
      '182 of 365 days',
    )
  })

  it('of a branch without what the rule asks of the branch owes nothing', () => {
    const memberships = [
      { pid: 'p1', branchId: 'b1' },
      { pid: 'p2', branchId: 'g2' },
    ]
    const grouped = hours({ who: { person: { member: ['full'] }, having: { units: ['subgroup'] } } })
    assert.deepEqual(owed({ rules: [grouped], units, memberships }), ['p2 2026-01-01 32'])
  })
})
