import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

const TEXT = `一年来，局党组召开中心组学习会议*次，培训党员干部*人次，走访用水大户*次。
2025年是打基础的一年。`

let app: TestApp
let bureau: Bureau
let office: Caller

const study = (happenedOn: string) =>
  office.must('activity.record', {
    kind: 'central-group-study',
    happenedOn,
    unitId: bureau.unit('党组'),
    numbers: { expected: 7, present: 6 },
  })

before(async () => {
  app = await openTestApp('draft', { modules, now: '2026-01-16T02:00:00Z' })
  bureau = await makeBureau(app)
  office = app.as(actorOf(app, 'office'))
  await study('2025-02-12')
  await study('2025-05-12')
})
after(() => app.close())

const open = async (text = TEXT) =>
  (await office.must('report.open', { title: '年度报告', text, year: 2025 })).id as string
const shown = async (draftId: string) => (await office.query('report.draft', { draftId })).body
const check = async (draftId: string) => (await office.query('report.check', { draftId })).body
const codes = (body: { items: { code: string }[] }) => body.items.map(({ code }) => code).sort()

describe('report.edit', () => {
  it('changes a passage, reads the text anew and keeps what a person bound', async () => {
    const draftId = await open()
    await office.must('report.bind', { draftId, no: 3, metric: 'research.visits' })
    const { source } = await shown(draftId)
    const was = '2025年是打基础的一年。'
    const change = { start: source.indexOf(was), was, now: '到企业开展宣讲*场。' }
    const answer = await office.must('report.edit', { draftId, title: '工作报告', change })
    assert.deepEqual([answer.slots, answer.bound, answer.dated, answer.lost], [4, 4, 1, 0])
    const front = { start: source.indexOf('走访'), was: '走访', now: '全年实地走访' }
    await office.must('report.edit', { draftId, change: front })
    const draft = await shown(draftId)
    assert.equal(draft.title, '工作报告')
    assert.deepEqual([draft.slots[2].metric, draft.slots[2].state], ['research.visits', 'filled'])
    assert.match(draft.text, /全年实地走访用水大户0次/)
  })

  it('says how many bindings lost their place', async () => {
    const draftId = await open()
    await office.must('report.bind', { draftId, no: 3, leave: '统计口径待定' })
    const { source } = await shown(draftId)
    const was = '，走访用水大户*次'
    const answer = await office.must('report.edit', { draftId, change: { start: source.indexOf(was), was, now: '' } })
    assert.deepEqual([answer.slots, answer.lost], [2, 1])
  })

  it('refuses words that moved, a text that cannot be read, a frozen and a put-aside draft', async () => {
    const draftId = await open()
    const code = async (change: object) => (await office.verb('report.edit', { draftId, change })).body.code
    assert.equal(await code({ start: 3, was: '不是这句', now: '' }), 'report/text-moved')
    assert.equal(await code({ start: 0, was: TEXT, now: ' ' }), 'report/text')
    await office.must('report.reject', { draftId })
    assert.equal(await code({ start: 0, was: '', now: '今' }), 'report/taken-back')
    assert.equal((await office.verb('report.freeze', { draftId })).body.code, 'report/taken-back')
    assert.equal((await office.verb('report.reject', { draftId })).body.code, 'report/taken-back')
    const frozen = await open()
    await office.must('report.freeze', { draftId: frozen, leaveUnbound: true })
    const late = await office.verb('report.edit', { draftId: frozen, title: '晚了' })
    assert.equal(late.body.code, 'report/already-frozen')
    assert.equal((await office.verb('report.confirm', { draftId: frozen })).body.code, 'report/already-frozen')
  })

  it('is for those who answer for the whole bureau', async () => {
    const draftId = await open()
    const reader = app.as(actorOf(app, 'discipline'))
    for (const verb of ['report.edit', 'report.confirm', 'report.reject'])
      assert.equal((await reader.verb(verb, { draftId })).status, 404, verb)
    assert.equal((await reader.query('report.check', { draftId })).status, 200)
    const head = app.as(actorOf(app, 'department-head', []))
    for (const query of ['report.check', 'report.shortfalls'])
      assert.equal((await head.query(query, { draftId })).status, 404, query)
  })
})

describe('report.bind', () => {
  it('gives a slot back to what the words mean', async () => {
    const draftId = await open()
    await office.must('report.bind', { draftId, no: 1, leave: '暂缓' })
    await office.must('report.bind', { draftId, no: 1, asRead: true })
    const { slots } = await shown(draftId)
    assert.deepEqual([slots[0].state, slots[0].metric], ['filled', 'study.central-group.sessions'])
    const both = await office.verb('report.bind', { draftId, no: 1, asRead: true, leave: '暂缓' })
    assert.equal(both.body.code, 'report/bind-or-leave')
  })
})

describe('report.check', () => {
  it('names what is unbound, what is of the old year, and is ready once all is decided', async () => {
    const draftId = await open()
    const first = await check(draftId)
    assert.equal(first.ready, false)
    assert.deepEqual(codes(first), ['dated', 'unbound'])
    assert.match(first.items[0].sentence.zh, /第 3 处/)
    await office.must('report.bind', { draftId, no: 3, leave: '另行统计' })
    assert.equal((await check(draftId)).ready, true)
  })

  it('says what changed since the figures were looked at, until they are looked at again', async () => {
    const draftId = await open()
    const { slots } = await shown(draftId)
    await study('2025-08-12')
    const { items } = await check(draftId)
    const changed = items.find(({ code }: { code: string }) => code === 'changed')
    assert.deepEqual(
      [changed.slots, changed.before, changed.now, changed.added, changed.gone],
      [[1], slots[0].value, slots[0].value + 1, 1, 0],
    )
    await office.must('report.confirm', { draftId })
    assert.ok(!codes(await check(draftId)).includes('changed'))
  })

  it('finds one figure blank in one place and standing in another, and equal words with two definitions', async () => {
    const text = '一年来，召开中心组学习会议*次，走访用水大户*次。\n一年来，召开中心组学习会议*次，走访用水大户*次。'
    const draftId = await open(text)
    await office.must('report.bind', { draftId, no: 3, leave: '不重复' })
    await office.must('report.bind', { draftId, no: 2, metric: 'research.visits' })
    await office.must('report.bind', { draftId, no: 4, metric: 'publicity.talks' })
    const { items } = await check(draftId)
    const of = (code: string) => items.find((item: { code: string }) => item.code === code)?.slots
    assert.deepEqual(
      [of('unequal'), of('two-definitions')],
      [
        [1, 3],
        [2, 4],
      ],
    )
  })

  it('compares with the reports issued for the same days', async () => {
    const draftId = await open()
    const { reportId } = await office.must('report.freeze', { draftId, leaveUnbound: true })
    await study('2025-10-12')
    const next = await open()
    const issued = async () =>
      (await check(next)).items.filter((item: { reportId: string }) => item.reportId === reportId)
    const [other, ...more] = await issued()
    assert.deepEqual([other.code, other.now - other.before, more], ['issued', 1, []])
    await office.must('report.withdraw', { reportId, reason: '数字有更正' })
    assert.deepEqual(await issued(), [])
  })
})

describe('report.list and report.withdraw', () => {
  it('keeps a withdrawn report readable and says since when and why', async () => {
    const draftId = await open()
    const { reportId } = await office.must('report.freeze', { draftId, leaveUnbound: true })
    await office.must('report.withdraw', { reportId, reason: '领导要求重写' })
    const again = await office.verb('report.withdraw', { reportId, reason: '再撤一次' })
    assert.equal(again.body.code, 'report/taken-back')
    const report = (await office.query('report.get', { reportId })).body
    assert.equal(report.withdrawn.reason, '领导要求重写')
    const aside = await open()
    await office.must('report.reject', { draftId: aside })
    const listed = async (state?: string) =>
      (await office.query('report.list', state ? { state } : {})).body.items as { id: string; state: string }[]
    assert.equal((await listed()).find(({ id }) => id === draftId)?.state, 'withdrawn')
    assert.ok(!(await listed()).some(({ id }) => id === aside))
    assert.ok((await listed('withdrawn')).some(({ id }) => id === aside))
    assert.ok((await listed('frozen')).every(({ state }) => state === 'frozen'))
    assert.ok((await listed('draft')).every(({ state }) => state === 'draft'))
  })
})

describe('report.shortfalls', () => {
  it('gives what fell short in the period as data with its source, no talk and no private matter among it', async () => {
    const draftId = (await office.must('report.open', { title: '半年报告', text: TEXT, year: 2026 })).id
    app.clock.set('2026-08-16T02:00:00Z')
    const short = (await office.query('report.shortfalls', { draftId })).body
    assert.equal(short.from, '2026-01-01')
    assert.ok(short.rules.length > 0)
    for (const rule of short.rules) {
      assert.ok(rule.unmet + rule.late > 0 && rule.owed >= rule.unmet + rule.late, rule.rule)
      assert.ok(rule.sentence.zh.includes(rule.words.zh) && rule.sentence.zh.includes(String(rule.unmet)))
      const sum = rule.units.reduce(
        (all: number, one: { unmet: number; late: number }) => all + one.unmet + one.late,
        0,
      )
      if (rule.units.length > 0) assert.equal(sum, rule.unmet + rule.late)
    }
  })
})
