import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain } from './explain.ts'
import { KIND, makeRule, makeWorld } from './make.ts'
import { whyAsleep, whyNothing } from './nothing.ts'

const units = [
  { unitId: 'b1', kind: 'branch', from: '2026-03-25' },
  { unitId: 'd1', kind: 'department' },
]
const posts = [{ postId: 's1', unitId: 'd1', kind: 'secretary' }]
const appointments = [{ appointmentId: 'a1', postId: 's1', pid: 'p1' }]
const memberships = [{ pid: 'p1', branchId: 'b1', standing: 'full' as const, from: '2026-03-25' }]
const classes = [{ pid: 'p1', class: 'section' as const }]

describe('Where nothing is owed', () => {
  const why = (subject: string, windowFrom: string, more: Parameters<typeof makeRule>[0] = {}) => {
    const rule = makeRule(more)
    const world = makeWorld({ rules: [rule], units, posts, appointments, memberships, classes })
    assert.equal(explain(world, `${rule.id}/${subject}/${windowFrom}`, '2026-06-01'), null)
    return whyNothing(world, world.rules[0]!, subject, windowFrom, '2026-06-01')
  }

  it('it is said whether there is a window, a subject, and days enough', () => {
    assert.equal(why('b1', '2026-03-02'), 'no-window')
    assert.equal(why('d1', '2026-03-01'), 'not-meant')
    assert.equal(why('b1', '2026-02-01'), 'not-there')
    assert.equal(why('b1', '2026-03-01'), 'too-short')
    const after = { after: { activity: [KIND] }, within: { months: 2 } }
    assert.equal(why('b1', '2026-04-01', { window: after }), 'no-event')
  })

  it('it is said which condition was not met on the first day', () => {
    const branch = (having: object) => ({ who: { unit: ['branch'], having } })
    assert.equal(why('b1', '2026-04-01', branch({ posts: ['branch-secretary'] })), 'no-post-in-unit')
    assert.equal(why('b1', '2026-04-01', branch({ units: ['subgroup'] })), 'no-part-of-unit')
    const member = (person: object) => ({ who: { person: { member: ['full' as const], ...person } } })
    assert.equal(why('p1', '2026-04-01', member({ posts: ['branch-secretary'] })), 'no-post')
    assert.equal(why('p1', '2026-04-01', member({ except: ['secretary'] })), 'other-post')
    assert.equal(why('p1', '2026-04-01', member({ class: ['division'] })), 'other-class')
  })

  it('it is said that a rule waits, lacks a number, or is only read', () => {
    assert.deepEqual(
      (['dormant', 'expected', 'documentation'] as const).map((standing) => whyAsleep({ standing })),
      ['rule-waits', 'rule-open', 'rule-read-only'],
    )
  })
})
