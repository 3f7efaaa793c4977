import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { obligationsOf } from './engine.ts'
import { type FactSeed, KIND, makeRule, makeWorld, type WorldSeed } from './make.ts'

const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' }
const units = [{ unitId: 'b1', kind: 'branch' }]
const held = (on: string, more: Partial<FactSeed> = {}) => ({ activity: KIND, unitId: 'b1', on, ...more }) as FactSeed

/** Each window's first day with its outcome. */
function outcomes(seed: WorldSeed, on: string, span = YEAR): string[] {
  const world = makeWorld({ rules: [makeRule()], units, ...seed })
  return obligationsOf(world, span, on).map(({ window, outcome }) => `${window.from} ${outcome}`)
}

describe('What a branch owes in calendar windows', () => {
  it('is one window after the other, met by a record in the window alone', () => {
    const facts = [held('2026-01-31'), held('2026-03-01'), held('2026-02-10', { unitId: 'b2' })]
    assert.deepEqual(outcomes({ facts }, '2026-04-30', { from: '2026-01-15', to: '2026-05-02' }), [
      '2026-01-01 met',
      '2026-02-01 unmet',
      '2026-03-01 met',
      '2026-04-01 open',
      '2026-05-01 upcoming',
    ])
  })

  it('is open on the due day and unmet on the day after', () => {
    const on = (day: string) => outcomes({}, day, FEBRUARY)
    assert.deepEqual(on('2026-01-31'), ['2026-02-01 upcoming'])
    assert.deepEqual(on('2026-02-28'), ['2026-02-01 open'])
    assert.deepEqual(on('2026-03-01'), ['2026-02-01 unmet'])
  })

  it('says who owes what, by when, and how much is there', () => {
    const world = makeWorld({ rules: [makeRule()], units, facts: [held('2026-02-10')] })
    assert.deepEqual(obligationsOf(world, FEBRUARY, '2026-02-20'), [
      {
        id: 'monthly/b1/2026-02-01',
        rule: 'monthly',
        version: '2000-01-01',
        subject: { type: 'unit', id: 'b1', unitId: 'b1' },
        window: FEBRUARY,
        dueOn: '2026-02-28',
        outcome: 'met',
        expected: false,
        needed: 1,
        counted: 1,
        of: 'count',
        metOn: '2026-02-10',
      },
    ])
  })

  it('is judged by the records up to the day asked about', () => {
    const facts = [held('2026-02-10')]
    assert.deepEqual(outcomes({ facts }, '2026-02-09', FEBRUARY), ['2026-02-01 open'])
    assert.deepEqual(outcomes({ facts }, '2026-02-10', FEBRUARY), ['2026-02-01 met'])
  })

  it('may be met by one of several measures, the one met first; else the one that came furthest is shown', () => {
    const need = [
      { sum: 'hours' as const, amount: 10, of: { activity: [KIND], by: 'own' as const } },
      { count: 3, of: { activity: [KIND], by: 'own' as const } },
    ]
    const shown = (facts: FactSeed[]) => {
      const world = makeWorld({ rules: [makeRule({ need })], units, facts })
      const [one] = obligationsOf(world, FEBRUARY, '2026-03-01')
      return [one?.outcome, one?.of, one?.counted, one?.needed, one?.metOn]
    }
    const short = [held('2026-02-03', { hours: 1 }), held('2026-02-04', { hours: 1 })]
    assert.deepEqual(shown(short), ['unmet', 'count', 2, 3, null])
    assert.deepEqual(shown([...short, held('2026-02-05', { hours: 1 })]), ['met', 'count', 3, 3, '2026-02-05'])
    assert.deepEqual(shown([held('2026-02-03', { hours: 9 })]), ['unmet', 'hours', 9, 10, null])
  })
})

describe('Late records', () => {
  it('count after a fixed day, until the end of the year', () => {
    const seed = (on: string) => ({ rules: [makeRule({ window: { by: '01-31' } })], facts: [held(on)] })
    assert.deepEqual(outcomes(seed('2026-01-31'), '2027-01-01'), ['2026-01-01 met'])
    assert.deepEqual(outcomes(seed('2026-02-01'), '2027-01-01'), ['2026-01-01 late'])
    assert.deepEqual(outcomes(seed('2026-12-31'), '2027-01-01'), ['2026-01-01 late'])
    assert.deepEqual(outcomes(seed('2027-01-01'), '2027-01-01'), ['2026-01-01 unmet'])
    assert.deepEqual(outcomes(seed('2026-02-01'), '2026-01-31'), ['2026-01-01 open'])
  })

  it('count after an event without end, and the event itself never does', () => {
    const window = { after: { activity: ['inspection'] }, within: { months: 6 } }
    const rules = [makeRule({ window, need: [{ count: 1, of: { activity: [KIND, 'inspection'], by: 'own' } }] })]
    const inspected = held('2026-02-10', { activity: 'inspection' })
    const done = (on?: string, day = '2026-12-31') =>
      outcomes({ rules, facts: on === undefined ? [inspected] : [inspected, held(on)] }, day)
    assert.deepEqual(done(undefined, '2026-02-09'), [], 'the event is not known before its day')
    assert.deepEqual(done(undefined, '2026-08-10'), ['2026-02-10 open'])
    assert.deepEqual(done(undefined, '2026-08-11'), ['2026-02-10 unmet'])
    assert.deepEqual(done('2026-08-10'), ['2026-02-10 met'])
    assert.deepEqual(done('2026-02-10'), ['2026-02-10 met'], 'another record of the same day')
    assert.deepEqual(done('2026-12-30'), ['2026-02-10 late'])
  })

  it('may be early instead: a talk held before an appointment takes effect', () => {
    const posts = [{ postId: 'd1', unitId: 'b1', kind: 'head' }]
    const window = { after: { appointment: ['head'] }, within: { months: 1 }, lead_days: 30 }
    const need = [{ count: 1, of: { talk: ['appointment'], by: 'counterpart' as const } }]
    const rules = [makeRule({ who: { person: { posts: ['head'] } }, window, need })]
    const appointments = [{ postId: 'd1', pid: 'p1', from: '2026-05-01' }]
    const done = (on: string) => {
      const facts = [{ talk: 'appointment', on, initiator: 'p0', counterpart: 'p1' }]
      return outcomes({ rules, posts, appointments, facts }, '2026-06-30')
    }
    assert.deepEqual(done('2026-04-01'), ['2026-05-01 met'])
    assert.deepEqual(done('2026-03-31'), ['2026-05-01 unmet'])
    const goesOn = [
      { postId: 'd1', pid: 'p1', from: '2026-05-01', to: '2026-05-31' },
      { postId: 'd1', pid: 'p1', from: '2026-06-01' },
    ]
    assert.deepEqual(outcomes({ rules, posts, appointments: goesOn }, '2026-06-30'), ['2026-05-01 unmet'])
  })
})

describe('Unknown is neither met nor unmet', () => {
  it('in a window that began before the go-live day, unless enough was imported', () => {
    const seed = { goLiveOn: '2026-02-15' }
    assert.deepEqual(outcomes(seed, '2026-02-28', FEBRUARY), ['2026-02-01 open'])
    assert.deepEqual(outcomes(seed, '2026-03-01', FEBRUARY), ['2026-02-01 undetermined'])
    assert.deepEqual(outcomes({ ...seed, facts: [held('2026-02-01')] }, '2026-03-01', FEBRUARY), ['2026-02-01 met'])
    assert.deepEqual(outcomes({ goLiveOn: '2026-02-01' }, '2026-03-01', FEBRUARY), ['2026-02-01 unmet'])
  })

  it('where the records need not be here, and where the days off that decide are not announced', () => {
    const silent = [makeRule({ silence: 'undetermined' })]
    assert.deepEqual(outcomes({ rules: silent }, '2026-03-01', FEBRUARY), ['2026-02-01 undetermined'])
    const before = { before: 'festivals' as const, days: 10, festivals: ['new-year'] }
    const rules = [makeRule({ window: before })]
    assert.deepEqual(outcomes({ rules }, '2026-12-31', { from: '2026-12-31', to: '2026-12-31' }), ['2026-12-22 open'])
    assert.deepEqual(outcomes({ rules }, '2027-01-01', { from: '2026-12-31', to: '2026-12-31' }), [
      '2026-12-22 undetermined',
    ])
  })

  it('where records of which something is not stated could be enough together with the others', () => {
    const need = [{ count: 3, of: { activity: [KIND], by: 'own' as const, present: [2, 3] as [number, number] } }]
    const rules = [makeRule({ need })]
    const full = { expected: 3, present: 3 }
    const two = [held('2026-02-02', full), held('2026-02-03')]
    assert.deepEqual(outcomes({ rules, facts: two }, '2026-03-01', FEBRUARY), ['2026-02-01 unmet'])
    assert.deepEqual(outcomes({ rules, facts: [...two, held('2026-02-04')] }, '2026-03-01', FEBRUARY), [
      '2026-02-01 undetermined',
    ])
  })
})

describe('A balance from before the records', () => {
  const memberships = [{ pid: 'p1', branchId: 'b1' }]
  const need = [{ sum: 'hours' as const, amount: 550, of: { activity: [KIND], by: 'attended' as const } }]
  const window = { years: 5, first: 2023 }
  const rules = [makeRule({ who: { person: { member: ['full'] } }, window, need })]
  const opening = (amount: number, on = '2025-12-31') => ({ opening: 'monthly', on, pid: 'p1', amount })
  const at = (facts: FactSeed[], on: string) => {
    const world = makeWorld({ rules, units, memberships, facts, goLiveOn: '2026-01-01' })
    const [one] = obligationsOf(world, YEAR, on)
    return [one?.outcome, one?.counted]
  }

  it('adds to later records and stands for all before its day', () => {
    const before = held('2025-06-01', { attended: ['p1'], hours: 40 })
    const after = held('2026-06-01', { attended: ['p1'], hours: 40 })
    assert.deepEqual(at([before, after], '2026-12-31'), ['open', 80])
    assert.deepEqual(at([opening(510), before, after], '2026-12-31'), ['met', 550])
  })

  it('that reaches to the go-live day leaves nothing unknown', () => {
    assert.deepEqual(at([], '2028-01-01'), ['undetermined', 0])
    assert.deepEqual(at([opening(100, '2024-12-31')], '2028-01-01'), ['undetermined', 100])
    assert.deepEqual(at([opening(100)], '2028-01-01'), ['unmet', 100])
  })
})

describe('An excuse', () => {
  const excuse = { rule: 'monthly', subject: 'b1', windowFrom: '2026-02-01' }

  it('excuses what is not met, as long as it stands', () => {
    assert.deepEqual(outcomes({ excuses: [excuse] }, '2026-02-10', FEBRUARY), ['2026-02-01 excused'])
    const until = [{ ...excuse, until: '2026-03-15' }]
    assert.deepEqual(outcomes({ excuses: until }, '2026-03-15', FEBRUARY), ['2026-02-01 excused'])
    assert.deepEqual(outcomes({ excuses: until }, '2026-03-16', FEBRUARY), ['2026-02-01 unmet'])
    assert.deepEqual(outcomes({ excuses: [excuse], facts: [held('2026-02-02')] }, '2026-02-10', FEBRUARY), [
      '2026-02-01 met',
    ])
    assert.deepEqual(outcomes({ excuses: [{ ...excuse, windowFrom: '2026-03-01' }] }, '2026-03-01', FEBRUARY), [
      '2026-02-01 unmet',
    ])
  })

  it('survives a new version of the rule and a unit that is moved', () => {
    const versions = [{ from: '2000-01-01', to: '2026-01-31' }, { from: '2026-02-01' }]
    const moved = [
      { unitId: 'b1', kind: 'branch', to: '2026-02-15' },
      { unitId: 'b1', kind: 'branch', from: '2026-02-16', parentId: 'b9' },
    ]
    const seed = { rules: [makeRule({ versions })], units: moved, excuses: [excuse] }
    assert.deepEqual(outcomes(seed, '2026-03-31', FEBRUARY), ['2026-02-01 excused'])
  })
})

describe('Asking about some only', () => {
  it('gives those of the rules, subjects and units named', () => {
    const two = [...units, { unitId: 'b2', kind: 'branch' }]
    const world = makeWorld({ rules: [makeRule(), makeRule({ id: 'other' })], units: two })
    const ids = (only: object) => obligationsOf(world, FEBRUARY, '2026-02-01', only).map(({ id }) => id)
    assert.equal(ids({}).length, 4)
    assert.deepEqual(ids({ rules: ['other'], units: ['b2'] }), ['other/b2/2026-02-01'])
    assert.deepEqual(ids({ rules: ['monthly'], subjects: ['b1', 'nobody'] }), ['monthly/b1/2026-02-01'])
  })
})
