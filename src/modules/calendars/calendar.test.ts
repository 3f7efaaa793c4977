import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { addWorkingDays, isWorkday, stateOf } from '../../core/calendar/calendar.ts'
import { preambleOf, transactReads } from '../../platform/db/pool.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { calendarFor } from './calendar.facts.ts'
import { calendars } from './calendar.ts'

const TODAY = '2026-11-16'

let app: TestApp
let office: Caller
let member: Caller

before(async () => {
  app = await openTestApp('calendar', { modules: [calendars], now: `${TODAY}T02:00:00Z` })
  office = app.as(actorOf(app, 'office'))
  member = app.as(actorOf(app, 'member'))
})
after(() => app.close())

const festival = (id: string, day: string, from = day, to = day) => ({ id, day, from, to })

/** An invented arrangement of 2027; its lunar days are no statement about the sky. */
const notice = (more: Record<string, unknown> = {}) => ({
  year: 2027,
  source: '试验通知〔2026〕1号',
  festivals: [
    festival('new-year', '2027-01-01', '2027-01-01', '2027-01-03'),
    festival('spring-festival', '2027-02-06', '2027-02-05', '2027-02-12'),
    festival('qingming', '2027-04-05', '2027-04-03', '2027-04-05'),
    festival('labour-day', '2027-05-01', '2027-05-01', '2027-05-05'),
    festival('dragon-boat', '2027-06-09'),
    festival('mid-autumn', '2027-09-15'),
    festival('national-day', '2027-10-01', '2027-10-01', '2027-10-07'),
  ],
  worked: ['2027-10-09', '2027-02-13', '2027-02-13', '2027-05-08'],
  ...more,
})
const without = (id: string, ...with_: unknown[]) => [...notice().festivals.filter((one) => one.id !== id), ...with_]

async function refused(input: unknown, code: string, caller = office) {
  const { body } = await caller.verb('calendar.import', input)
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
  return body.title as string
}

const read = (size: number | null = null) =>
  transactReads(app.stage.pool, preambleOf('read only', 1, {}), (tx) => calendarFor(tx, 1, app.stage.catalogues, size))

describe('before the notice', () => {
  it('says that the year is not announced, and names only the festivals whose day never moves', async () => {
    const { body } = await member.query('calendar.get', { year: 2027 })
    assert.deepEqual([body.state, body.badge.zh, body.own], ['not-announced', '调休未公布', false])
    assert.deepEqual(
      body.festivals.map((one: { words: { zh: string }; certain: boolean }) => [one.words.zh, one.certain]),
      [
        ['元旦', false],
        ['劳动节', false],
        ['国庆节', false],
      ],
    )
    assert.deepEqual(body.off, ['2027-01-01', '2027-05-01', '2027-05-02', '2027-10-01', '2027-10-02', '2027-10-03'])
    assert.deepEqual(body.worked, [])
  })

  it('shows an announced year whole, with its source, and marks years that are to be checked', async () => {
    const { body } = await member.query('calendar.get', { year: 2026 })
    assert.deepEqual([body.state, body.badge, body.workdays, body.off.length], ['announced', null, 248, 33])
    assert.match(body.source.zh, /国务院办公厅/)
    assert.match(body.source.en, /General Office/)
    assert.deepEqual(body.worked, ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])
    const { items } = (await member.query('calendar.list')).body
    assert.deepEqual(
      items.map((one: { year: number; badge: { zh: string } | null }) => [one.year, one.badge?.zh ?? null]),
      [
        [2027, '调休未公布'],
        [2026, null],
        [2025, '待核对'],
        [2024, '待核对'],
      ],
    )
    assert.equal(
      (await member.query('calendar.get', { year: 2031 })).body.source.en,
      'No arrangement of this year is known yet',
    )
    assert.equal((await member.query('calendar.get', { year: 1999 })).body.code, 'request/invalid')
  })
})

describe('an arrangement that cannot be right', () => {
  it('is refused with the festival and the day that are wrong', async () => {
    assert.match(await refused(notice({ festivals: without('qingming') }), 'calendar/festival-missing'), /清明节/)
    await refused(
      notice({ festivals: [...notice().festivals, festival('qingming', '2027-04-05')] }),
      'calendar/festival-twice',
    )
    await refused(notice({ festivals: without('qingming', festival('qingming', '2026-04-05')) }), 'calendar/wrong-year')
    await refused(notice({ worked: ['2028-01-08'] }), 'calendar/wrong-year')
    await refused(
      notice({ festivals: without('qingming', festival('qingming', '2027-04-05', '2027-04-06', '2027-04-07')) }),
      'calendar/day-outside',
    )
    const overlap = festival('mid-autumn', '2027-09-15', '2027-09-15', '2027-10-01')
    assert.match(
      await refused(notice({ festivals: without('mid-autumn', overlap) }), 'calendar/overlapping'),
      /国庆节.*2027-10-01/,
    )
    assert.match(await refused(notice({ worked: ['2027-10-08'] }), 'calendar/worked-weekday'), /2027-10-08/)
    await refused(notice({ worked: ['2027-10-02'] }), 'calendar/worked-off')
    await refused(notice({ source: ' ' }), 'request/invalid')
    await refused({ ...notice(), source: undefined }, 'request/invalid')
    await refused(notice({ festivals: without('qingming', festival('christmas', '2027-12-25')) }), 'request/invalid')
    await refused(notice({ worked: ['2027-02-30'] }), 'request/invalid')
  })

  it('is refused for a year whose notice cannot be out', async () => {
    const later = JSON.parse(JSON.stringify(notice({ worked: [] })).replaceAll('2027', '2028'))
    await refused(later, 'calendar/not-announced-yet')
  })

  it('is taken from the office only', async () => {
    for (const role of ['member', 'secretary', 'branch-secretary', 'system-admin'] as const)
      await refused(notice(), 'record/not-found', app.as(actorOf(app, role)))
  })
})

describe('the notice', () => {
  it('makes the year certain from then on, and what was known before can still be asked', async () => {
    const before = (await app.owner.query('select size from journal_heads where org_id = 1')).rows[0].size
    const done = await office.must('calendar.import', notice())
    assert.equal(done.year, 2027)
    const { body } = await member.query('calendar.get', { year: 2027 })
    assert.deepEqual([body.state, body.badge, body.own, body.workdays], ['announced', null, true, done.workdays])
    assert.equal(body.festivals.length, 7)
    assert.deepEqual(body.worked, ['2027-02-13', '2027-05-08', '2027-10-09'])
    assert.deepEqual(body.source, { zh: '试验通知〔2026〕1号', en: '试验通知〔2026〕1号' })
    assert.match(body.importedAt, /^\d{4}-/)
    const now = await read()
    assert.deepEqual(isWorkday(now, '2027-02-13'), { workday: true, certain: true })
    assert.deepEqual(isWorkday(now, '2026-12-31'), { workday: true, certain: true }, 'nothing moves into December')
    assert.deepEqual(addWorkingDays(now, '2026-12-21', 15), { day: '2027-01-12', certain: true })
    const then = await read(Number(before))
    assert.equal(stateOf(then, 2027), 'not-announced')
    assert.equal(isWorkday(then, '2027-02-13').workday, false)
  })

  it('is replaced for a reason only, and not by itself', async () => {
    await refused(notice(), 'calendar/nothing-changed')
    await refused(notice({ worked: ['2027-02-13', '2027-05-08'] }), 'calendar/reason-missing')
    const corrected = notice({ worked: ['2027-02-13', '2027-05-08'], reason: '漏看了更正通知' })
    const { id } = await office.must('calendar.import', corrected)
    assert.deepEqual((await member.query('calendar.get', { year: 2027 })).body.worked, ['2027-02-13', '2027-05-08'])
    const { rows } = await app.owner.query('select version from calendar_years where id = $1 order by version', [id])
    assert.deepEqual(
      rows.map(({ version }: { version: number }) => version),
      [1, 2],
    )
  })

  it('of a year that is shipped as announced asks for a reason; one to be checked takes it without', async () => {
    const shipped = (await office.query('calendar.get', { year: 2026 })).body
    const same = (year: { year: number; festivals: Record<string, unknown>[]; worked: string[] }) => ({
      year: year.year,
      source: '试验通知',
      festivals: year.festivals.map(({ id, day, from, to }) => ({ id, day, from, to })),
      worked: year.worked,
    })
    await refused(same(shipped), 'calendar/nothing-changed')
    await refused({ ...same(shipped), worked: shipped.worked.slice(1) }, 'calendar/reason-missing')
    const listed = (await office.query('calendar.get', { year: 2025 })).body
    await office.must('calendar.import', same(listed))
    const checked = (await office.query('calendar.get', { year: 2025 })).body
    assert.deepEqual([checked.state, checked.badge, checked.own], ['announced', null, true])
    assert.deepEqual([checked.off, checked.worked], [listed.off, listed.worked])
  })

  it('stands in the journal like every record', async () => {
    const [report] = await fsck(app.owner, app.registry.records)
    assert.deepEqual(report?.faults, [])
  })
})
