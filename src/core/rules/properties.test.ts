import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../calendar/days.ts'
import { obligationsOf } from './engine.ts'
import { explain } from './explain.ts'
import { type FactSeed, KIND, makeFact, makeRule, makeWorld, type WorldSeed } from './make.ts'
import type { Obligation } from './obligation.ts'
import type { Rule, RuleVersion } from './rule.ts'
import { touches } from './spans.ts'
import { traceCodes } from './trace.ts'

const SPAN = { from: '2025-07-01', to: '2026-12-31' }
const LAST = 730
const day = fc.integer({ min: 0, max: LAST }).map((n) => addDays('2025-01-01', n))
const period = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }))
const maybeOpen = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: period })

const every = fc.constantFrom('month', 'quarter', 'half-year', 'year').map((size) => ({ every: size }))
const calendarWindow = fc.oneof(
  { weight: 4, arbitrary: every },
  { weight: 1, arbitrary: fc.constant({ by: '01-31' }) },
  { weight: 1, arbitrary: fc.constant({ years: 2, first: 2025 }) },
)
const anyWindow = fc.oneof(
  { weight: 4, arbitrary: calendarWindow },
  {
    weight: 1,
    arbitrary: fc.constant({ before: 'festivals', days: 10, festivals: ['qingming', 'mid-autumn', 'national-day'] }),
  },
  { weight: 1, arbitrary: fc.constant({ after: { activity: ['event'] }, within: { months: 3 } }) },
  {
    weight: 1,
    arbitrary: fc.constant({ after: { activity: ['event'] }, within: { months: 9 }, opens_before_end: { months: 3 } }),
  },
)
const who = fc.constantFrom(
  { who: { unit: ['branch'] }, by: 'own' },
  { who: { unit: ['branch'], having: { posts: ['secretary'] } }, by: 'below' },
  { who: { post: ['secretary'] }, by: 'led' },
  { who: { person: { member: ['full'] } }, by: 'attended' },
  { who: { person: { class: ['section'] } }, by: 'attended' },
  { who: { person: { posts: ['secretary'] } }, by: 'own' },
)
const pattern = (by: string) =>
  fc
    .record({ topics: fc.constantFrom(undefined, undefined, ['t']), quorum: fc.constantFrom(false, false, true) })
    .map((more) => ({
      activity: [KIND],
      by,
      ...more,
    }))

function rules(window: fc.Arbitrary<object>): fc.Arbitrary<Rule[]> {
  const rule = who.chain(({ who, by }) =>
    fc.record({
      who: fc.constant(who),
      windows: fc.array(window, { minLength: 1, maxLength: 2 }),
      cut: day,
      need: fc.array(
        pattern(by).chain((of) =>
          fc.oneof(
            fc.constantFrom(1, 1, 1, 2, 3).map((count) => ({ count, of })),
            fc.constantFrom(1, 2, 4, 12).map((amount) => ({ sum: 'hours', amount, of })),
          ),
        ),
        { minLength: 1, maxLength: 2 },
      ),
      partial: fc.constantFrom('owed-in-full', 'not-owed-under-half', 'floor-of-share'),
      silence: fc.constantFrom('unmet', 'unmet', 'undetermined'),
    }),
  )
  return fc.array(rule, { minLength: 1, maxLength: 3 }).map((made) =>
    made.map(({ windows, cut, ...rest }, i) => {
      const [first, second] = windows
      const versions =
        second === undefined
          ? [{ window: first }]
          : [
              { window: first, to: cut },
              { window: second, from: addDays(cut, 1) },
            ]
      return makeRule({ id: `rule-${i}`, ...rest, versions } as unknown as Partial<RuleVersion>)
    }),
  )
}

const unitId = fc.constantFrom('b1', 'b2', 'g1')
const pid = fc.constantFrom('p1', 'p2', 'p3')

const fact = fc.record({
  activity: fc.constantFrom(KIND, KIND, KIND, KIND, 'event'),
  unitId,
  on: day,
  hours: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 8 }),
  voters: fc.option(fc.integer({ min: 1, max: 4 })),
  topics: fc.constantFrom([], ['t'], ['t'], ['u']),
  countable: fc.constantFrom({}, { 'vote-held': true, 'voters-present': 2 }, { 'vote-held': true }),
  hostPid: fc.option(pid),
  attended: fc.uniqueArray(pid),
}) as fc.Arbitrary<FactSeed>

function worlds(window: fc.Arbitrary<object> = anyWindow): fc.Arbitrary<WorldSeed> {
  return fc
    .record({
      rules: rules(window),
      b1: maybeOpen,
      b2: maybeOpen,
      holders: fc.array(fc.record({ pid, days: maybeOpen }), { maxLength: 2 }),
      members: fc.array(
        fc.record({ pid, branchId: unitId, days: maybeOpen, standing: fc.constantFrom('full', 'probationary') }),
        { maxLength: 4 },
      ),
      classed: fc.array(fc.record({ pid, days: maybeOpen, class: fc.constantFrom('section', 'division') }), {
        maxLength: 2,
      }),
      facts: fc.array(fact, { minLength: 5, maxLength: 40, size: 'max' }),
      goLiveOn: fc.constantFrom('2020-01-01', '2020-01-01', '2026-03-15'),
    })
    .map(({ rules, b1, b2, holders, members, classed, facts, goLiveOn }) => ({
      rules,
      goLiveOn,
      units: [
        { unitId: 'b1', kind: 'branch', ...b1 },
        { unitId: 'b2', kind: 'branch', ...b2 },
        { unitId: 'g1', kind: 'subgroup', parentId: 'b1' },
      ],
      posts: [{ postId: 's1', unitId: 'b1', kind: 'secretary' }],
      appointments: holders.map(({ pid, days }) => ({ postId: 's1', pid, ...days })),
      memberships: members.map(({ days, ...rest }) => ({ ...rest, ...days }) as never),
      classes: classed.map(({ days, ...rest }) => ({ ...rest, ...days }) as never),
      facts: facts.map((one, i) => makeFact(one, i)),
    }))
}

const RUNS = { numRuns: 40 }
const owed = (seed: WorldSeed, on: string) => obligationsOf(makeWorld(seed), SPAN, on)
const byId = (obligations: readonly Obligation[]) => new Map(obligations.map((one) => [one.id, one]))
const isDone = ({ outcome }: Obligation) => outcome === 'met' || outcome === 'late'

describe('For any history, rules and records', () => {
  it('the same world gives the same answer, whatever the order of its rows', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        const turned = { ...seed, facts: seed.facts!.toReversed(), units: seed.units!.toReversed() }
        assert.deepEqual(owed(turned, on), owed(seed, on))
      }),
      RUNS,
    )
  })

  it('no two obligations have one id, and each id is that of its parts', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        const all = owed(seed, on)
        assert.equal(byId(all).size, all.length)
        assert.ok(all.every(({ id, rule, subject, window }) => id === `${rule}/${subject.id}/${window.from}`))
        assert.ok(all.every(({ window }) => touches(window, SPAN)))
      }),
      RUNS,
    )
  })

  it('windows of the calendar never overlap for one rule and subject, across its versions', () => {
    fc.assert(
      fc.property(worlds(calendarWindow), day, (seed, on) => {
        const last = new Map<string, string>()
        for (const { rule, subject, window } of owed(seed, on)) {
          const key = `${rule} ${subject.id}`
          assert.ok((last.get(key) ?? '') < window.from, `${key} ${window.from}`)
          last.set(key, window.to)
        }
      }),
      RUNS,
    )
  })

  it('a window of any sort belongs to the version in force on its first day', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        const world = makeWorld(seed)
        for (const { rule, version, window } of obligationsOf(world, SPAN, on)) {
          const inForce = world.rules.find(({ id }) => id === rule)!.versions.find((one) => one.from === version)!
          assert.ok(inForce.from <= window.from && window.from <= inForce.to)
        }
      }),
      RUNS,
    )
  })

  it('another record never makes undone what was done, and no later day does either', () => {
    fc.assert(
      fc.property(worlds(calendarWindow), fact, day, fc.integer({ min: 0, max: 200 }), (seed, more, on, days) => {
        const before = owed(seed, on).filter(isDone)
        const more2 = byId(owed({ ...seed, facts: [...seed.facts!, makeFact({ ...more, id: 'more' })] }, on))
        const later = byId(owed(seed, addDays(on, days)))
        for (const one of before) {
          assert.ok(isDone(more2.get(one.id)!), 'with another record')
          assert.ok(more2.get(one.id)!.metOn! <= one.metOn!)
          assert.deepEqual([later.get(one.id)!.outcome, later.get(one.id)!.metOn], [one.outcome, one.metOn], 'later')
        }
      }),
      RUNS,
    )
  })

  it('no later day brings back what was open once its due day is over', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        for (const { outcome, dueOn, window } of owed(seed, on)) {
          assert.equal(outcome === 'upcoming', window.from > on)
          if (outcome === 'open') assert.ok(on <= dueOn)
          if (outcome === 'unmet') assert.ok(on > dueOn)
        }
      }),
      RUNS,
    )
  })

  it('a row of the organisation cut in two, as a renaming does, changes nothing', () => {
    fc.assert(
      fc.property(worlds(), day, day, (seed, cut, on) => {
        const rows = seed.units!.flatMap((unit) => {
          const [from, to] = [unit.from ?? '2000-01-01', unit.to ?? '9999-12-31']
          if (cut < from || cut >= to) return [unit]
          return [
            { ...unit, to: cut },
            { ...unit, from: addDays(cut, 1) },
          ]
        })
        assert.deepEqual(owed({ ...seed, units: rows }, on), owed(seed, on))
      }),
      RUNS,
    )
  })

  it('a record that no rule asks for changes nothing', () => {
    fc.assert(
      fc.property(worlds(), fact, day, (seed, more, on) => {
        const unrelated = makeFact({ ...more, activity: 'unrelated', id: 'more' } as FactSeed)
        const talk = makeFact({ talk: 'unrelated', on: more.on, initiator: 'p1', counterpart: 'p2', id: 'talk' })
        assert.deepEqual(owed({ ...seed, facts: [...seed.facts!, unrelated, talk] }, on), owed(seed, on))
      }),
      RUNS,
    )
  })

  it('excuses change only what is not done, and nothing but its outcome', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        const all = owed(seed, on)
        const excuses = all.map(({ rule, subject, window }) => ({ rule, subject: subject.id, windowFrom: window.from }))
        const excused = owed({ ...seed, excuses }, on)
        all.forEach((one, i) => {
          const outcome = isDone(one) || one.outcome === 'upcoming' ? one.outcome : 'excused'
          assert.deepEqual(excused[i], { ...one, outcome })
        })
      }),
      RUNS,
    )
  })

  it('what is asked of some is the same as what is asked of all', () => {
    fc.assert(
      fc.property(worlds(), day, unitId, (seed, on, unit) => {
        const world = makeWorld(seed)
        const all = obligationsOf(world, SPAN, on)
        assert.deepEqual(
          obligationsOf(world, SPAN, on, { units: [unit] }),
          all.filter(({ subject }) => subject.unitId === unit),
        )
        assert.deepEqual(
          obligationsOf(world, SPAN, on, { subjects: ['b1', 'p1'] }),
          all.filter(({ subject }) => ['b1', 'p1'].includes(subject.id)),
        )
        assert.deepEqual(
          obligationsOf(world, SPAN, on, { units: [unit], subjects: ['p1'] }),
          all.filter(({ subject }) => subject.unitId === unit || subject.id === 'p1'),
        )
        assert.deepEqual(
          obligationsOf(world, SPAN, on, { outcomes: ['open', 'unmet'] }),
          all.filter(({ outcome }) => outcome === 'open' || outcome === 'unmet'),
        )
      }),
      RUNS,
    )
  })

  it('each obligation is explained as it stands, with known steps and the records that counted', () => {
    fc.assert(
      fc.property(worlds(), day, (seed, on) => {
        const world = makeWorld(seed)
        for (const one of obligationsOf(world, SPAN, on).slice(0, 12)) {
          const { metBy, near, unstated, missing, trace, ...rest } = explain(world, one.id, on)!
          assert.deepEqual(rest, one)
          assert.ok(trace.length >= 6 && trace.every(({ code }) => (traceCodes as readonly string[]).includes(code)))
          assert.ok(trace.at(-1)!.code.startsWith(`outcome-${one.outcome}`))
          assert.equal(
            metBy.reduce((sum, { amount }) => sum + amount, 0),
            one.counted,
          )
          assert.ok(near.every(({ id }) => metBy.every((counted) => counted.id !== id)))
          assert.ok(unstated.every(({ field }) => field !== undefined && missing.includes('record-detail')))
          assert.equal(missing.length, one.outcome === 'undetermined' ? 1 : 0)
        }
      }),
      { numRuns: 40 },
    )
  })
})
