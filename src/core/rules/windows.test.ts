import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDays } from '../calendar/days.ts'
import { calendarOf } from '../calendar/year.ts'
import { makeCalendar, makeRule } from './make.ts'
import { rulesInForce } from './resolve.ts'
import type { Rule } from './rule.ts'
import { type WindowEvent, windowsOf } from './windows.ts'

const YEAR = { from: '2026-01-01', to: '2026-12-31' }

function rule(window: object, more: Partial<Rule['versions'][number]> = {}) {
  return rulesInForce([makeRule({ window: window as never, ...more })], { confirmed: [], changes: [] })[0]!
}

function spans(window: object, span = YEAR, events: readonly WindowEvent[] = []): string[] {
  return windowsOf(rule(window), span, makeCalendar(), () => events).map(({ from, to }) => `${from}/${to}`)
}

describe('Windows that follow the calendar', () => {
  it('are months, quarters, half-years and years that touch the span', () => {
    assert.deepEqual(spans({ every: 'quarter' }, { from: '2026-03-31', to: '2026-04-01' }), [
      '2026-01-01/2026-03-31',
      '2026-04-01/2026-06-30',
    ])
    assert.deepEqual(spans({ every: 'half-year' }), ['2026-01-01/2026-06-30', '2026-07-01/2026-12-31'])
    assert.equal(spans({ every: 'month' }).length, 12)
  })

  it('run over years from the first one on, and not before it', () => {
    assert.deepEqual(spans({ years: 5, first: 2023 }), ['2023-01-01/2027-12-31'])
    assert.deepEqual(spans({ years: 5, first: 2023 }, { from: '2027-12-31', to: '2028-01-01' }), [
      '2023-01-01/2027-12-31',
      '2028-01-01/2032-12-31',
    ])
    assert.deepEqual(spans({ years: 5, first: 2027 }), [])
  })

  it('end on a fixed day of each year and count late until its end', () => {
    const [window] = windowsOf(rule({ by: '01-31' }), YEAR, makeCalendar())
    assert.deepEqual([window?.from, window?.dueOn, window?.countsTo], ['2026-01-01', '2026-01-31', '2026-12-31'])
    assert.deepEqual(spans({ by: '02-29' }), ['2026-01-01/2026-02-28'])
  })

  it('stand where a notice puts them', () => {
    const notice = { notice: ['$from', '$to'] }
    const params = Object.fromEntries(
      ['from', 'to'].map((name) => [name, { words: { zh: '日', en: 'Day' }, type: 'day', stricter: 'free' }]),
    ) as never
    const set = { from: '2026-03-01', to: '2026-07-31' }
    const made = makeRule({ window: notice as never, params })
    assert.deepEqual(rulesInForce([made], { confirmed: [], changes: [] }), [], 'days that nobody set owe nothing')
    const change = { rule: made.id, from: '2026-02-20', source: 'own notice', params: set }
    const [active] = rulesInForce([made], { confirmed: [], changes: [change] })
    assert.deepEqual(
      windowsOf(active!, YEAR, makeCalendar()).map(({ from, to }) => [from, to]),
      [['2026-03-01', '2026-07-31']],
    )
  })
})

describe('A window belongs to the version in force on its first day', () => {
  const monthly = { from: '2026-02-10', window: { every: 'month' } } as const
  const quarterly = { from: '2020-01-01', to: '2026-02-09', window: { every: 'quarter' } } as const

  it('so a change within a quarter begins with the month after that quarter', () => {
    const [active] = rulesInForce([makeRule({ versions: [quarterly, monthly] })], { confirmed: [], changes: [] })
    const found = windowsOf(active!, { from: '2026-01-01', to: '2026-05-31' }, makeCalendar())
    assert.deepEqual(
      found.map(({ from, version }) => [from, version.from]),
      [
        ['2026-01-01', '2020-01-01'],
        ['2026-04-01', '2026-02-10'],
        ['2026-05-01', '2026-02-10'],
      ],
    )
  })

  it('and a rule that begins within a month asks from the next month on', () => {
    const [active] = rulesInForce([makeRule({ versions: [monthly] })], { confirmed: [], changes: [] })
    assert.equal(windowsOf(active!, YEAR, makeCalendar())[0]?.from, '2026-03-01')
  })
})

describe('Windows before festivals', () => {
  const before = { before: 'festivals', days: 10, festivals: ['new-year', 'mid-autumn', 'national-day'] }

  it('end on the eve of the days off', () => {
    assert.deepEqual(spans(before, { from: '2026-09-01', to: '2026-09-25' }), [
      '2026-09-15/2026-09-24',
      '2026-09-21/2026-09-30',
    ])
  })

  it('are one for festivals that share their days off', () => {
    const shared = { from: '2025-10-01', to: '2025-10-08' }
    const calendar = calendarOf([
      {
        year: 2025,
        state: 'announced',
        source: { zh: '通知', en: 'Notice' },
        festivals: [
          { id: 'national-day', day: '2025-10-01', ...shared },
          { id: 'mid-autumn', day: '2025-10-06', ...shared },
        ],
        worked: [],
      },
    ])
    const [window, ...others] = windowsOf(rule(before), { from: '2025-09-25', to: '2025-10-08' }, calendar)
    assert.deepEqual(window?.festivals, ['national-day', 'mid-autumn'])
    assert.deepEqual(others, [])
  })

  it('are not certain while the year of the festival is not announced', () => {
    const found = windowsOf(rule(before), { from: '2026-12-25', to: '2026-12-31' }, makeCalendar())
    assert.deepEqual(
      found.map(({ from, dueOn, certain }) => [from, dueOn, certain]),
      [['2026-12-22', '2026-12-31', false]],
    )
  })
})

describe('Windows after an event', () => {
  const event = { id: 'e1', on: '2026-04-30' }

  it('run from its day for days, months or working days', () => {
    const after = (within: object) => spans({ after: { appointment: ['secretary'] }, within }, YEAR, [event])
    assert.deepEqual(after({ days: 30 }), ['2026-04-30/2026-05-30'])
    assert.deepEqual(after({ months: 6 }), ['2026-04-30/2026-10-30'])
    assert.deepEqual(after({ working_days: 1 }), ['2026-04-30/2026-05-06'], 'over the days off of May')
    assert.deepEqual(after({ working_days: 3 }), ['2026-04-30/2026-05-08'])
    assert.deepEqual(after({ working_days: 4 }), ['2026-04-30/2026-05-09'], 'a Saturday that is worked')
  })

  it('may let earlier records count, and late ones without end', () => {
    const window = { after: { appointment: ['secretary'] }, within: { months: 1 }, lead_days: 30 }
    const [found] = windowsOf(rule(window), YEAR, makeCalendar(), () => [event])
    assert.deepEqual([found?.countsFrom, found?.countsTo], [addDays('2026-04-30', -30), '9999-12-31'])
  })

  it('may open before the end alone, and give way to an event that comes earlier', () => {
    const window = { after: { activity: ['election'] }, within: { months: 36 }, opens_before_end: { months: 6 } }
    const old = { id: 'old', on: '2023-06-15' }
    assert.deepEqual(spans(window, YEAR, [old]), ['2025-12-15/2026-06-15'])
    assert.deepEqual(spans(window, YEAR, [old, { id: 'early', on: '2025-03-01' }]), [])
    assert.deepEqual(spans(window, YEAR, [old, { id: 'within', on: '2026-03-01' }]), ['2025-12-15/2026-06-15'])
  })

  it('are one for two events of one day, and neither counts for it', () => {
    const window = { after: { activity: ['inspection'] }, within: { months: 6 } }
    const [found, ...others] = windowsOf(rule(window), YEAR, makeCalendar(), () => [{ ...event, id: 'e2' }, event])
    assert.deepEqual(
      found?.events.map(({ id }) => id),
      ['e1', 'e2'],
    )
    assert.deepEqual(others, [])
  })

  it('keep their version when a later one changes how long they run', () => {
    const after = { activity: ['inspection'] }
    const versions = [
      { from: '2020-01-01', to: '2026-04-30', window: { after, within: { months: 2 } } },
      { from: '2026-05-01', window: { after, within: { months: 6 } } },
    ] as never
    const [active] = rulesInForce([makeRule({ versions })], { confirmed: [], changes: [] })
    const events = [event, { id: 'e3', on: '2026-05-01' }]
    assert.deepEqual(
      windowsOf(active!, YEAR, makeCalendar(), () => events).map(({ dueOn }) => dueOn),
      ['2026-06-30', '2026-11-01'],
    )
  })
})
