import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { modules } from '../src/modules/index.ts'
import { recountTallies } from '../src/modules/obligations/tally.jobs.ts'
import { refoldTallies } from '../src/modules/obligations/tally.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { type Bureau, makeBureau } from './support/make.ts'

let app: TestApp
let bureau: Bureau
let branch: string
let clerk: Awaited<ReturnType<Bureau['as']>>
before(async () => {
  app = await openTestApp('obligations', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeBureau(app)
  branch = [...bureau.units].find(([name]) => name.endsWith('党支部'))![1]
  clerk = bureau.keeper
})
after(() => app.close())

const day = (instant: string) => app.clock.set(`${instant}T02:00:00Z`)
const ownPack = `id: own-more
title: 本局补充规定
rules:
  - id: own-branch-visit
    words: { zh: 支部调研, en: Visits by branches }
    strictness: local
    confidence: high
    standing: expected
    versions:
      - from: 2026-01-01
        article: null
        says: { zh: 支部每季度调研一次, en: A branch makes a visit each quarter }
        who: { unit: [branch] }
        window: { every: quarter }
        need:
          - { count: 1, of: { activity: [research-visit], by: own } }
`
const themeDay = { kind: 'theme-party-day', happenedOn: '2026-06-12', hours: 2 }

describe('what a branch owes', () => {
  test('is listed month by month, and an activity recorded in its month meets it', async () => {
    const before = await clerk.query('obligation.list', { unitId: branch, rule: 'theme-party-day' })
    assert.equal(before.status, 200, JSON.stringify(before.body))
    assert.equal(before.body.total, 12)
    const june = (body: typeof before.body) =>
      body.items.find((one: { windowFrom: string }) => one.windowFrom === '2026-06-01')
    assert.equal(june(before.body).outcome, 'open')
    assert.equal(before.body.tally.unmet, 5, 'January to May')
    const preview = await clerk.query('obligation.preview', { ...themeDay, unitId: branch })
    const meets = preview.body.meets.filter((one: { rule: string }) => one.rule === 'theme-party-day')
    assert.deepEqual(
      meets.map((one: { before: string; outcome: string }) => [one.before, one.outcome]),
      [['open', 'met']],
    )
    await clerk.must('activity.record', { ...themeDay, unitId: branch, title: '六月主题党日' })
    const after = await clerk.query('obligation.list', { unitId: branch, rule: 'theme-party-day' })
    assert.equal(june(after.body).outcome, 'met')
    assert.equal(june(after.body).metOn, '2026-06-12')
  })
  test('says its reasons in both languages and names the record that met it', async () => {
    const { body } = await clerk.query('obligation.get', { obligationId: `theme-party-day/${branch}/2026-06-01` })
    assert.equal(body.outcome, 'met')
    assert.deepEqual(
      body.metBy.map((one: { title: string }) => one.title),
      ['六月主题党日'],
    )
    assert.ok(body.trace.length > 2)
    for (const { words } of body.trace) assert.ok(words.zh.length > 2 && words.en.length > 2)
    const absent = await clerk.query('obligation.get', { obligationId: `no-such-rule/${branch}/2026-06-01` })
    assert.equal(absent.status, 404)
    const why = async (obligationId: string) => (await clerk.query('obligation.get', { obligationId })).body
    const early = await why(`theme-party-day/${branch}/2026-06-02`)
    assert.deepEqual([early.code, early.details.reason], ['obligation/nothing-owed', 'no-window'])
    assert.match(early.title, /窗口/)
    assert.equal((await why(`analyse-members-mood/${branch}/2026-01-01`)).details.reason, 'rule-waits')
    assert.equal((await why(`subgroup-meeting/${branch}/2026-06-01`)).details.reason, 'not-meant')
    assert.equal(
      (await why('theme-party-day/00000000-0000-4000-8000-000000000000/2026-06-01')).code,
      'record/not-found',
    )
  })
  test('is judged by what was known on the day that is asked for', async () => {
    day('2026-07-05')
    const ask = { unitId: branch, rule: 'theme-party-day', on: '2026-07-05' }
    const unmet = async (knownOn?: string) =>
      (await clerk.query('obligation.list', { ...ask, ...(knownOn ? { knownOn } : {}) })).body.tally.unmet
    assert.equal(await unmet(), 5)
    await clerk.must('activity.record', { ...themeDay, happenedOn: '2026-05-20', unitId: branch })
    assert.equal(await unmet(), 4)
    day('2026-07-09')
    await clerk.must('activity.record', { ...themeDay, happenedOn: '2026-04-20', unitId: branch })
    assert.equal(await unmet(), 3)
  })
  test('is one row of the matrix, with a mark for each window', async () => {
    const { body } = await clerk.query('obligation.matrix', { year: 2026, unitId: branch })
    assert.equal(body.items[0].unitId, branch)
    const cell = body.items[0].cells.find((one: { rule: string }) => one.rule === 'theme-party-day')
    assert.equal(cell.marks.length, 12)
    assert.equal(cell.due, 6)
    assert.equal(cell.done, 3)
    assert.equal(body.rules.find((one: { rule: string }) => one.rule === 'theme-party-day').every, 'month')
  })
  test('adds up over the bureau to what its units add up to', async () => {
    const { body } = await clerk.query('obligation.overview', { year: 2026 })
    const whole = body.rules.find((one: { rule: string }) => one.rule === 'theme-party-day').tally
    const list = (await clerk.query('obligation.list', { rule: 'theme-party-day', limit: 1 })).body
    assert.deepEqual(whole, list.tally)
    assert.ok(body.units.length > 0)
  })
  test('stands beside the duties of a day', async () => {
    const { body } = await clerk.query('obligation.owed', { on: '2026-07-09', unitId: branch })
    const rules = new Set(body.obligations.map((one: { rule: string }) => one.rule))
    assert.ok(rules.has('theme-party-day'))
    assert.ok(
      body.obligations.every(
        (one: { outcome: string; windowTo: string }) =>
          one.windowTo >= '2026-07-09' || ['unmet', 'undetermined'].includes(one.outcome),
      ),
    )
    assert.deepEqual(body.duties, [])
  })
  test('comes in pages with an exact total, each in the order of the organisation', async () => {
    const all = (await clerk.query('obligation.list', { limit: 500 })).body
    const ids: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = (await clerk.query('obligation.list', { limit: 120, ...(cursor ? { cursor } : {}) })).body
      assert.equal(page.total, all.total)
      ids.push(...page.items.map((one: { obligationId: string }) => one.obligationId))
      if (page.next === null) break
      cursor = page.next
    }
    assert.equal(new Set(ids).size, all.total)
  })
})

describe('tallies of what units did', () => {
  const faults = () => refoldTallies(app.owner, { orgId: app.org.orgId, code: app.org.code })
  const state = async () => (await app.owner.query('select stale from tally_states where org_id = 1')).rows[0]
  const overview = async () => {
    const { body } = await clerk.query('obligation.overview', { year: 2026 })
    return JSON.stringify([body.rules, body.units])
  }
  /** The same from the records alone. */
  const fromRecords = async () => {
    await app.owner.query('update tally_states set stale = true where org_id = 1')
    const text = await overview()
    await app.owner.query('update tally_states set stale = false where org_id = 1')
    return text
  }
  test('are counted from the records, and the overview says the same by them', async () => {
    const plain = await overview()
    const counted = await clerk.must('tally.restore', {})
    assert.ok(counted.patterns > 3 && counted.rows > 0)
    assert.deepEqual(await faults(), [])
    assert.equal(await overview(), plain)
  })
  test('follow every act on an activity in its own transaction', async () => {
    const one = await clerk.must('activity.record', { ...themeDay, happenedOn: '2026-03-12', unitId: branch })
    assert.deepEqual(await faults(), [])
    assert.equal(await overview(), await fromRecords())
    await clerk.must('activity.amend', { activityId: one.activityId, happenedOn: '2026-02-12', reason: '日期更正' })
    assert.deepEqual(await faults(), [])
    assert.equal(await overview(), await fromRecords())
    await clerk.must('activity.withdraw', { activityId: one.activityId, reason: '重复登记' })
    assert.deepEqual(await faults(), [])
    assert.equal(await overview(), await fromRecords())
  })
  test('say of whom each thing is asked while the organisation stands as it did; a change of it is worked out', async () => {
    const years = async () => (await app.owner.query('select standing_years, ground from tally_states')).rows[0]
    assert.deepEqual((await years()).standing_years, [2025, 2026, 2027])
    const other = [...bureau.units].filter(([name]) => name.endsWith('党支部'))[1]![1]
    await clerk.must('obligation.excuse', {
      obligationId: `theme-party-day/${other}/2026-03-01`,
      reason: '支部换届，与上级商定不单独安排',
    })
    assert.equal(await overview(), await fromRecords(), 'an excused branch is asked one by one')
    const place = { kind: 'branch', parentId: bureau.unit('机关党委'), from: '2026-05-10' }
    await clerk.must('unit.open', { ...place, name: '新设第九党支部' })
    const { ground } = await years()
    assert.equal(await overview(), await fromRecords())
    assert.deepEqual(await faults(), [])
    assert.equal(await recountTallies(app.stage, app.org), true)
    assert.notEqual((await years()).ground, ground)
    assert.equal(await overview(), await fromRecords())
    assert.deepEqual(await faults(), [])
    assert.equal(await recountTallies(app.stage, app.org), false)
  })
  test('are found out where somebody changes them', async () => {
    for (const change of ['m6 = m6 + 1', 'standing = (standing + 1) % 3']) {
      await app.owner.query(`update activity_tallies set ${change} where org_id = 1 and unit_id = $1`, [branch])
      assert.ok((await faults()).length > 0, change)
    }
    await clerk.must('tally.restore', {})
    assert.deepEqual(await faults(), [])
  })
  test('are stale, and read by nobody, once an act is recorded under other rules', async () => {
    await app.owner.query("update tally_states set code = 'other' where org_id = 1")
    await clerk.must('activity.record', { ...themeDay, happenedOn: '2026-03-20', unitId: branch })
    assert.deepEqual(await state(), { stale: true })
    assert.deepEqual(await faults(), [])
    await clerk.must('tally.restore', {})
    assert.deepEqual(await state(), { stale: false })
  })
  test('are counted anew by the job that a change of the rules sends, and by no other', async () => {
    assert.equal(await recountTallies(app.stage, app.org), false)
    await clerk.must('rule.import', { text: ownPack, from: '2026-01-01' })
    const sent = await app.owner.query("select data from jobs.job where name = 'tally'")
    assert.deepEqual(sent.rows, [{ data: { orgId: app.org.orgId } }])
    const before = await app.owner.query('select code from tally_states where org_id = 1')
    assert.equal(await recountTallies(app.stage, app.org), true)
    const after = await app.owner.query('select code from tally_states where org_id = 1')
    assert.notEqual(after.rows[0].code, before.rows[0].code)
    assert.deepEqual(await faults(), [])
  })
  test('are not counted anew by whoever holds no office', async () => {
    const member = await bureau.as([...bureau.persons.keys()].at(-1)!)
    assert.equal((await member.verb('tally.restore', {})).status, 404)
  })
})
