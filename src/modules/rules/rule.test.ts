import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type SmallBureau } from '../../../test/support/small-bureau.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { rulesFor } from './rule.facts.ts'
import { rules } from './rule.ts'

const TODAY = '2026-06-16'

let app: TestApp
let make: SmallBureau['actor']
let office: Caller
let secretary: Caller
let member: Caller
let branchSecretary: Caller

before(async () => {
  app = await openTestApp('rule', { modules: [rules], now: `${TODAY}T02:00:00Z` })
  make = (await makeSmallBureau(app)).actor
  office = app.as(make('冯乐山', 'office', 'all'))
  secretary = app.as(make('孟怀瑾', 'secretary', 'all'))
  member = app.as(make('宋安澜', 'member', ['branch']))
  branchSecretary = app.as(make('罗清和', 'branch-secretary', ['branch']))
})
after(() => app.close())

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code, JSON.stringify(body))
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

/** The rules that owe something, as the engine gets them. */
const inForce = (size: number | null = null) =>
  transact(app.stage.pool, preambleOf('read only', 1, {}), (tx) =>
    rulesFor(tx, 1, app.stage.catalogues.catalogue, size),
  )
const one = async (id: string, size: number | null = null) => (await inForce(size)).find((rule) => rule.id === id)
const line = async (id: string, caller = member) => (await caller.query('rule.get', { rule: id })).body
const journalSize = async () => Number((await app.owner.query('select size from journal_heads')).rows[0].size)

describe('the library', () => {
  it('shows everybody every rule, active or not, with pack, article and badge', async () => {
    const { body } = await member.query('rule.list')
    const shipped = app.stage.catalogues.catalogue.rules.rows
    assert.equal(body.items.length, shipped.length)
    const of = (id: string) => body.items.find((row: { rule: string }) => row.rule === id)
    const hard = of('theme-party-day')
    assert.deepEqual([hard.active, hard.expected, hard.unconfirmed], [true, false, false])
    const badge = of('theory-group-study')
    assert.deepEqual([badge.active, badge.expected, badge.unconfirmed, badge.article], [true, true, true, null])
    const dormant = of('dlm-special')
    assert.deepEqual([dormant.active, dormant.unconfirmed], [false, true])
    assert.deepEqual(of('themed-education').unset.sort(), ['from', 'to'])
    assert.ok(body.documentation.length > 10, 'duties that are only read')
  })

  it('narrows to a pack, a standing, or what is active', async () => {
    const count = async (input: Record<string, unknown>) => (await member.query('rule.list', input)).body.items.length
    assert.ok((await count({ pack: 'branch-work' })) > 5)
    assert.ok((await count({ standing: 'dormant' })) > 5)
    assert.equal((await count({ active: true })) + (await count({ active: false })), await count({}))
  })

  it('shows one rule whole, and no rule that does not exist', async () => {
    const rule = await line('member-study-hours')
    assert.equal(rule.versions.length, 1)
    assert.deepEqual(
      rule.versions[0].params.map((param: { param: string; base: number; value: number }) => [
        param.param,
        param.base,
        param.value,
      ]),
      [
        ['hours', 32, 32],
        ['hours-officers', 56, 56],
      ],
    )
    assert.ok(rule.versions[0].readings.length > 1)
    assert.equal(rule.maySet, false)
    assert.equal((await line('member-study-hours', office)).maySet, true)
    await refused(member.query('rule.get', { rule: 'no-such-rule' }), 'record/not-found')
  })
})

describe('confirming', () => {
  const said = { rule: 'ideology-twice', source: '本省实施细则', article: '第九条' }

  it('takes the badge away, says who did it, and never makes a rule hard', async () => {
    assert.equal((await one('ideology-twice'))?.unconfirmed, true)
    const size = await journalSize()
    const { settingId } = await office.must('rule.confirm', said)
    const rule = await line('ideology-twice')
    assert.deepEqual([rule.unconfirmed, rule.confirmed, rule.expected, rule.article], [false, true, true, '第九条'])
    assert.deepEqual([rule.confirmation.by.name, rule.confirmation.source], ['冯乐山', '本省实施细则'])
    const active = await one('ideology-twice')
    assert.deepEqual([active?.unconfirmed, active?.expected], [false, true])
    assert.equal((await one('ideology-twice', size))?.unconfirmed, true, 'as known before')
    await refused(secretary.verb('rule.confirm', said), 'rule/already-confirmed')
    await office.must('rule.withdraw', { settingId, reason: '看错了文件' })
    assert.equal((await one('ideology-twice'))?.unconfirmed, true)
    await refused(office.verb('rule.withdraw', { settingId, reason: '再撤一次' }), 'rule/setting-withdrawn')
  })

  it('wakes a dormant rule as an expectation, from a day on', async () => {
    assert.equal(await one('analyse-members-mood'), undefined)
    await secretary.must('rule.confirm', { ...said, rule: 'analyse-members-mood' })
    assert.equal(await one('analyse-members-mood'), undefined, 'its number is not set yet')
    await office.must('rule.assign', { rule: 'analyse-members-mood', param: 'times', value: 2, from: '2026-01-01' })
    const rule = await one('analyse-members-mood')
    assert.deepEqual([rule?.expected, rule?.versions[0]?.from], [true, TODAY])
    await secretary.must('rule.confirm', { ...said, rule: 'ideology-report', from: '2027-01-01' })
    assert.equal((await one('ideology-report'))?.versions[0]?.from, '2027-01-01')
    assert.equal((await line('ideology-report')).active, false, 'not yet')
  })

  it('is done by a named person of the office, or the secretary, and only where it is needed', async () => {
    await refused(office.verb('rule.confirm', { ...said, rule: 'theme-party-day' }), 'rule/needs-no-confirmation')
    await refused(office.verb('rule.confirm', { ...said, rule: 'no-such-rule' }), 'rule/unknown')
    await refused(office.verb('rule.confirm', { rule: 'talk-down', source: '文件' }), 'request/invalid')
    const nobody = app.as({ ...make('冯乐山', 'office', 'all'), pid: null })
    for (const caller of [member, branchSecretary, nobody])
      await refused(caller.verb('rule.confirm', { ...said, rule: 'talk-down' }), 'record/not-found')
  })
})

describe('setting what is left to the bureau', () => {
  it('stands from its day on, and can be corrected and withdrawn', async () => {
    const input = { rule: 'member-study-hours', param: 'hours', value: 40, from: '2026-07-01', source: '本局通知' }
    const { settingId } = await office.must('rule.assign', input)
    const amounts = async () =>
      (await one('member-study-hours'))!.versions.map(({ from, need, localSource }) => [
        from,
        'sum' in need[0]! ? need[0].amount : null,
        localSource,
      ])
    assert.deepEqual(await amounts(), [
      ['2020-01-01', 32, null],
      ['2026-07-01', 40, '本局通知'],
    ])
    await refused(office.verb('rule.assign', input), 'rule/nothing-changed')
    const again = await office.must('rule.assign', { ...input, value: 48 })
    assert.equal(again.settingId, settingId, 'the same day is corrected, not doubled')
    assert.deepEqual((await amounts())[1], ['2026-07-01', 48, '本局通知'])
    const rule = await line('member-study-hours')
    assert.deepEqual([rule.changed, rule.assignments[0].value, rule.assignments[0].by.name], [true, 48, '冯乐山'])
    assert.equal(rule.versions[0].params[0].value, 32, 'today it is still as shipped')
    await secretary.must('rule.withdraw', { settingId, reason: '改为年底再定' })
    assert.equal((await amounts()).length, 1)
  })

  it('takes days of a notice together', async () => {
    const set = (param: string, value: unknown, from = '2026-07-01') =>
      office.verb('rule.assign', { rule: 'themed-education', param, value, from })
    assert.equal((await set('from', '2026-07-05')).status, 200)
    assert.equal(await one('themed-education'), undefined)
    await refused(set('to', '2026-07-01'), 'rule/parameter-days')
    await refused(set('to', 12), 'rule/parameter-type')
    assert.equal((await set('to', '2026-12-31')).status, 200)
    assert.deepEqual((await one('themed-education'))?.versions[0]?.window, { notice: ['2026-07-05', '2026-12-31'] })
  })

  it('is refused where it is looser, out of range, of another type or of nothing', async () => {
    const set = (more: Record<string, unknown>) =>
      office.verb('rule.assign', { rule: 'member-study-hours', param: 'hours', value: 40, from: '2026-07-01', ...more })
    await refused(set({ value: 20 }), 'rule/parameter-looser')
    await refused(set({ value: 400 }), 'rule/parameter-range')
    await refused(set({ value: '2026-07-01' }), 'rule/parameter-type')
    await refused(set({ param: 'weeks' }), 'rule/unknown-parameter')
    await refused(set({ rule: 'no-such-rule' }), 'rule/unknown')
    for (const caller of [member, branchSecretary])
      await refused(
        caller.verb('rule.assign', { rule: 'member-study-hours', param: 'hours', value: 40, from: TODAY }),
        'record/not-found',
      )
  })
})

const pack = (more = '') => `id: own-lushui
title: 本局组织生活规定
changes:
  - { rule: branch-general-meeting, from: 2026-07-01, source: 本局通知第三条, count: 2 }
  - { rule: theory-group-study, from: 2026-07-01, source: 本局通知第四条, every: month }
${more}`
const ownRule = `rules:
  - id: own-reading-hour
    words: { zh: 每月读书会, en: Monthly reading hour }
    strictness: local
    confidence: high
    standing: expected
    versions:
      - from: 2026-07-01
        article: null
        says: { zh: 各支部每月办一次读书会, en: Each branch holds a reading hour a month }
        who: { unit: [branch] }
        window: { every: month }
        need: [{ count: 1, of: { activity: [topic-study], by: own } }]
        readings: [{ id: any, says: { zh: 专题学习都算, en: Any study session counts } }]
`

describe("the bureau's own pack", () => {
  it('is looked at first: the difference is shown and nothing is written', async () => {
    const size = await journalSize()
    const seen = await office.must('rule.import', { text: pack(ownRule), from: '2026-07-01', check: true })
    assert.equal(seen.settingId, null)
    assert.deepEqual(
      seen.differences.map((row: { rule: string; what: string; base: unknown; local: unknown }) => [
        row.rule,
        row.what,
        row.base,
        row.local,
      ]),
      [
        ['branch-general-meeting', 'count', 1, 2],
        ['theory-group-study', 'every', 'quarter', 'month'],
        ['own-reading-hour', 'own-rule', null, null],
      ],
    )
    assert.equal(await journalSize(), size)
  })

  it('holds from its day on, and a new one of the same id follows it', async () => {
    await office.must('rule.import', { text: pack(ownRule), from: '2026-07-01' })
    const later =
      'id: own-lushui\ntitle: 本局组织生活规定（修订）\nchanges: [{ rule: theory-group-study, from: 2026-07-01, source: 修订, every: month }]\n'
    await secretary.must('rule.import', { text: later, from: '2027-01-01' })
    const spans = async (id: string) =>
      (await one(id))?.versions.map(({ from, to, need, window }) => [
        from,
        to,
        'count' in need[0]! && need[0].count,
        window,
      ])
    assert.deepEqual(await spans('branch-general-meeting'), [
      ['2018-10-28', '2026-06-30', 1, { every: 'quarter' }],
      ['2026-07-01', '2026-12-31', 2, { every: 'quarter' }],
      ['2027-01-01', '9999-12-31', 1, { every: 'quarter' }],
    ])
    assert.equal((await one('own-reading-hour'))?.versions[0]?.to, '2026-12-31')
    const { body } = await member.query('rule.packs')
    assert.deepEqual(
      body.items.map((row: { from: string; to: string | null; inForce: boolean }) => [row.from, row.to, row.inForce]),
      [
        ['2027-01-01', null, false],
        ['2026-07-01', '2026-12-31', false],
      ],
    )
    assert.equal(body.items[1].digest, createHash('sha256').update(pack(ownRule)).digest('hex'))
    app.clock.set('2026-08-03T02:00:00Z')
    const rule = await line('own-reading-hour')
    assert.deepEqual([rule.own, rule.active, rule.pack.title.zh], [true, true, '本局组织生活规定'])
    assert.equal((await line('branch-general-meeting')).differences[0].local, 2)
    app.clock.set(`${TODAY}T02:00:00Z`)
    await refused(office.verb('rule.import', { text: later, from: '2027-01-01' }), 'rule/nothing-changed')
  })

  it('is taken whole or not at all; every fault names its line', async () => {
    const size = await journalSize()
    const faults = async (text: string) => {
      const { body } = await office.verb('rule.import', { text, from: '2026-07-01' })
      assert.equal(body.code, 'rule/pack-problems', JSON.stringify(body))
      assert.doesNotMatch(body.title, /\{\w+\}/)
      for (const { zh, en } of body.details.problems) assert.doesNotMatch(zh + en, /\{\w+\}/)
      return body.details.problems.map((problem: { line: number }) => problem.line)
    }
    assert.deepEqual(await faults(pack().replace('count: 2', 'count: 0')), [4])
    assert.deepEqual(await faults(pack().replace('every: month', 'every: year')), [5])
    assert.deepEqual(await faults(pack().replace('theory-group-study', 'no-such-rule')), [5])
    assert.deepEqual(await faults(pack().replace('title:', 'titel:')).then((lines) => lines.length > 0), true)
    assert.equal((await faults(pack(ownRule.replace('[branch]', '[village]'))))[0], 16)
    assert.deepEqual(await faults(pack(ownRule.replace('own-reading-hour', 'reading-hour'))), [7])
    assert.deepEqual(await faults('id: [own-x\ntitle: 甲乙'), [2])
    assert.equal(await journalSize(), size)
    for (const caller of [member, branchSecretary])
      await refused(caller.verb('rule.import', { text: pack() }), 'record/not-found')
  })

  it('says that an own id is taken by another pack of the bureau', async () => {
    const other = pack(ownRule).replace('own-lushui', 'own-other')
    const { body } = await office.verb('rule.import', { text: other, from: '2026-08-01' })
    assert.equal(body.code, 'rule/pack-problems')
    assert.match(body.details.problems[0].zh, /换一个编号/)
  })

  it('withdrawn, it is as if it had never been laid over', async () => {
    const { body } = await office.query('rule.packs')
    for (const { settingId } of body.items) await office.must('rule.withdraw', { settingId, reason: '暂不实行' })
    assert.equal((await one('branch-general-meeting'))?.versions.length, 1)
    assert.equal(await one('own-reading-hour'), undefined)
    await refused(office.verb('rule.withdraw', { settingId: randomUUID(), reason: '没有这一条' }), 'record/not-found')
  })
})

it('leaves a journal that checks', async () => {
  const [report] = await fsck(app.owner, new Map(rules.records.map((record) => [record.type, record])))
  assert.deepEqual(report?.faults, [])
})
