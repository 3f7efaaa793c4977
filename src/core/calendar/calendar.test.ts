import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addWorkingDays,
  type Calendar,
  festivalIds,
  festivalsOf,
  isWorkday,
  nextWorkday,
  stateOf,
  withYears,
  workingDaysBetween,
} from './calendar.ts'
import { addDays, OPEN_END, weekdayOf, yearOf } from './days.ts'
import { type Arrangement, calendarOf, calendarYear, faultsOf, type YearRow } from './year.ts'

const source = { zh: '试验', en: 'Trial' }
const festival = (id: Arrangement['festivals'][number]['id'], day: string, from = day, to = day) => ({
  id,
  day,
  from,
  to,
})

/** A year laid out as 2026 was: long breaks with worked weekends on both sides. */
const year2026: Arrangement = {
  year: 2026,
  festivals: [
    festival('new-year', '2026-01-01', '2026-01-01', '2026-01-03'),
    festival('spring-festival', '2026-02-17', '2026-02-15', '2026-02-23'),
    festival('qingming', '2026-04-05', '2026-04-04', '2026-04-06'),
    festival('labour-day', '2026-05-01', '2026-05-01', '2026-05-05'),
    festival('dragon-boat', '2026-06-19', '2026-06-19', '2026-06-21'),
    festival('mid-autumn', '2026-09-25', '2026-09-25', '2026-09-27'),
    festival('national-day', '2026-10-01', '2026-10-01', '2026-10-07'),
  ],
  worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
}
const announced = (arrangement: Arrangement): YearRow => ({
  ...arrangement,
  festivals: [...arrangement.festivals],
  worked: [...arrangement.worked],
  state: 'announced',
  source,
})
const calendar = calendarOf([announced(year2026), { year: 2027, state: 'not-announced', source }])
const empty: Calendar = { years: new Map() }

const dayOf2026 = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2026-01-01', n))
const day = fc.integer({ min: 0, max: 3650 }).map((n) => addDays('2020-01-01', n))
const few = fc.integer({ min: -80, max: 80 })

test('weekends are off and weekdays worked, except where the notice says otherwise', () => {
  const worked = (any: string) => isWorkday(calendar, any).workday
  assert.equal(worked('2026-03-02'), true)
  assert.equal(worked('2026-03-01'), false)
  assert.equal(worked('2026-02-16'), false, 'a Monday within Spring Festival')
  assert.equal(worked('2026-02-14'), true, 'a Saturday that makes up for it')
  assert.equal(worked('2026-02-28'), true, 'the Saturday after it')
  assert.equal(worked('2026-02-21'), false, 'a Saturday within it')
  assert.equal(worked('2026-10-08'), true, 'the day after National Day')
})

test('what hangs on a notice that is not out is not certain', () => {
  assert.deepEqual(isWorkday(calendar, '2026-12-28'), { workday: true, certain: true })
  assert.deepEqual(isWorkday(calendar, '2026-12-29'), { workday: true, certain: false })
  assert.deepEqual(isWorkday(calendar, '2027-03-01'), { workday: true, certain: false })
  assert.deepEqual(isWorkday(calendar, '2027-10-01'), { workday: false, certain: false }, 'a Friday off by law')
  assert.deepEqual(isWorkday(calendar, '2027-10-04'), { workday: true, certain: false }, 'nobody knows yet')
  assert.equal(isWorkday(calendar, '2025-06-02').certain, false)
  assert.equal(stateOf(calendar, 2025), 'not-announced')
})

test('a notice reaches back into the December before it', () => {
  const year2019 = calendarYear({
    ...announced({
      ...year2026,
      year: 2019,
      festivals: [festival('new-year', '2019-01-01', '2018-12-30', '2019-01-01')],
      worked: ['2018-12-29'],
    }),
  })
  const laid = withYears(empty, [year2019])
  assert.equal(isWorkday(laid, '2018-12-29').workday, true, 'a Saturday worked for New Year')
  assert.equal(isWorkday(laid, '2018-12-31').workday, false, 'a Monday off')
  assert.equal(isWorkday(laid, '2018-12-31').certain, false, 'nothing is known of 2018')
})

test('counting begins with the day after, across breaks and worked weekends', () => {
  const on = (from: string, n: number) => addWorkingDays(calendar, from, n).day
  assert.equal(on('2026-02-13', 1), '2026-02-14', 'Saturday, worked')
  assert.equal(on('2026-02-13', 2), '2026-02-24', 'over the nine days of Spring Festival')
  assert.equal(on('2026-02-24', -1), '2026-02-14')
  assert.equal(on('2026-09-30', 1), '2026-10-08')
  assert.equal(on('2026-09-30', 3), '2026-10-10', 'Saturday, worked')
  assert.equal(on('2026-09-30', 4), '2026-10-12')
  assert.equal(on('2026-05-01', 15), '2026-05-25')
  assert.equal(on('2026-02-18', 0), '2026-02-18', 'the day itself, worked or not')
  assert.deepEqual(addWorkingDays(calendar, '2026-12-21', 5), { day: '2026-12-28', certain: true })
  assert.deepEqual(addWorkingDays(calendar, '2026-12-21', 15), { day: '2027-01-12', certain: false })
  assert.deepEqual(addWorkingDays(calendar, '2026-01-05', -1), { day: '2026-01-04', certain: true })
  assert.deepEqual(addWorkingDays(calendar, '2026-01-04', -1), { day: '2025-12-31', certain: false })
  assert.deepEqual(addWorkingDays(calendar, OPEN_END, 3), { day: OPEN_END, certain: false })
})

test('the next workday is the day itself where it is worked', () => {
  assert.deepEqual(nextWorkday(calendar, '2026-02-14'), { day: '2026-02-14', certain: true })
  assert.deepEqual(nextWorkday(calendar, '2026-02-15'), { day: '2026-02-24', certain: true })
  assert.deepEqual(nextWorkday(calendar, '2027-01-01'), { day: '2027-01-04', certain: false })
  assert.deepEqual(nextWorkday(calendar, OPEN_END), { day: OPEN_END, certain: false })
})

test('counting on and measuring undo each other', () => {
  fc.assert(
    fc.property(day, few, (from, n) => {
      const to = addWorkingDays(calendar, from, n)
      assert.deepEqual(workingDaysBetween(calendar, from, to.day), { days: n, certain: to.certain })
      assert.ok(n === 0 || isWorkday(calendar, to.day).workday)
    }),
  )
})

test('working days add up over a day between, and are never more than the days', () => {
  fc.assert(
    fc.property(day, fc.nat(200), fc.nat(200), (a, m, n) => {
      const [b, c] = [addDays(a, m), addDays(a, m + n)]
      const count = (from: string, to: string) => workingDaysBetween(calendar, from, to).days
      assert.equal(count(a, b) + count(b, c), count(a, c))
      assert.ok(count(a, b) <= m)
    }),
  )
})

test('more working days never end earlier, and a later start never either', () => {
  fc.assert(
    fc.property(dayOf2026, fc.nat(30), fc.nat(40), (from, later, n) => {
      const end = addWorkingDays(calendar, from, n).day
      assert.ok(end <= addWorkingDays(calendar, from, n + 1).day)
      assert.ok(n === 0 || end <= addWorkingDays(calendar, addDays(from, later), n).day)
    }),
  )
})

test('where no notice is known, weekends and the days that never move decide', () => {
  fc.assert(
    fc.property(day, (any) => {
      const answer = isWorkday(empty, any)
      const fixed = festivalsOf(empty, yearOf(any)).some(({ from, to }) => from <= any && any <= to)
      assert.deepEqual(answer, { workday: weekdayOf(any) <= 5 && !fixed, certain: false })
    }),
  )
})

test('a year that is not announced has only the festivals whose day never moves', () => {
  const next = festivalsOf(calendar, 2027)
  assert.deepEqual(
    next.map(({ id, from, to, certain }) => [id, from, to, certain]),
    [
      ['new-year', '2027-01-01', '2027-01-01', false],
      ['labour-day', '2027-05-01', '2027-05-02', false],
      ['national-day', '2027-10-01', '2027-10-03', false],
    ],
  )
  assert.equal(festivalsOf(calendar, 2023)[1]?.to, '2023-05-01', 'one day until the revision of 2024')
  assert.deepEqual(
    festivalsOf(calendar, 2026).map(({ id, certain }) => [id, certain]),
    festivalIds.map((id) => [id, true]),
  )
})

test('a year that is laid over takes the place of the shipped one', () => {
  const own = calendarYear(announced({ ...year2026, worked: [] }))
  const laid = withYears(calendar, [own])
  assert.equal(isWorkday(laid, '2026-02-14').workday, false)
  assert.equal(isWorkday(calendar, '2026-02-14').workday, true)
  assert.equal(withYears(calendar, []), calendar)
})

test('what cannot be right about a year is said with festival and day', () => {
  const faults = (change: Partial<Arrangement>) => faultsOf({ ...year2026, ...change })
  const swap = (id: string, ...with_: Arrangement['festivals']) =>
    faults({ festivals: year2026.festivals.flatMap((one) => (one.id === id ? with_ : [one])) })
  assert.deepEqual(faults({}), [])
  assert.deepEqual(swap('qingming'), [{ code: 'missing', festival: 'qingming' }])
  const qingming = year2026.festivals[2]!
  assert.deepEqual(swap('qingming', qingming, { ...qingming }), [{ code: 'twice', festival: 'qingming' }])
  assert.deepEqual(swap('qingming', festival('qingming', '2025-04-04')), [
    { code: 'wrong-year', festival: 'qingming', day: '2025-04-04' },
  ])
  assert.deepEqual(swap('new-year', festival('new-year', '2026-01-01', '2025-12-24', '2026-01-03')), [
    { code: 'wrong-year', festival: 'new-year', day: '2025-12-24' },
  ])
  assert.deepEqual(swap('new-year', festival('new-year', '2026-01-01', '2025-12-30', '2026-01-01')), [])
  assert.deepEqual(swap('qingming', festival('qingming', '2026-04-05', '2026-04-06', '2026-04-07')), [
    { code: 'outside-span', festival: 'qingming', day: '2026-04-05' },
  ])
  assert.deepEqual(swap('mid-autumn', festival('mid-autumn', '2026-09-25', '2026-09-25', '2026-10-02')), [
    { code: 'overlapping', festival: 'mid-autumn', other: 'national-day', day: '2026-10-01' },
  ])
  assert.deepEqual(faults({ worked: ['2026-02-24'] }), [{ code: 'worked-weekday', day: '2026-02-24' }])
  assert.deepEqual(faults({ worked: ['2026-02-22'] }), [
    { code: 'worked-off', festival: 'spring-festival', day: '2026-02-22' },
  ])
  assert.deepEqual(faults({ worked: ['2027-01-02'] }), [{ code: 'wrong-year', day: '2027-01-02' }])
})

test('festivals that fall together share one run of days off', () => {
  const joined = year2026.festivals.filter(({ id }) => id !== 'mid-autumn' && id !== 'national-day')
  const both = [
    festival('national-day', '2026-10-01', '2026-10-01', '2026-10-08'),
    festival('mid-autumn', '2026-10-06', '2026-10-01', '2026-10-08'),
  ]
  assert.deepEqual(faultsOf({ ...year2026, festivals: [...joined, ...both] }), [])
})
