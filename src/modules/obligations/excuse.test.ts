import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type SmallBureau } from '../../../test/support/small-bureau.ts'
import type { Actor } from '../../core/access/actor.ts'
import { EVERYTHING, NOTHING, scopeSettings } from '../../core/access/scope.ts'
import type { Module } from '../../platform/action/action.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { excuseRecords, excusesOf, personExcuseRecord } from './excuse.facts.ts'
import { excuseQueries } from './excuse.queries.ts'
import { excuseActions } from './excuse.ts'

const TODAY = '2026-06-16'
const HARD = 'theme-party-day'
const EXPECTED = 'branch-general-meeting'
const PERSONAL = 'personal-matters-annual'
const MEMBERS = 'heart-to-heart-branch'

const excuses: Module = {
  name: 'obligations',
  actions: excuseActions,
  queries: excuseQueries,
  records: excuseRecords,
}

let app: TestApp
let unit: SmallBureau['unit']
let pid: SmallBureau['pid']
let make: SmallBureau['actor']
let office: Caller
let secretary: Caller
let branchSecretary: Caller
let otherSecretary: Caller
let member: Caller

/** An actor who sees talks as his own only. */
const ownTalks = (actor: Actor): Actor => ({
  ...actor,
  scopes: { ...actor.scopes, talks: { units: [], pid: actor.pid } },
})

before(async () => {
  app = await openTestApp('excuse', { modules: [excuses], now: `${TODAY}T02:00:00Z` })
  const made = await makeSmallBureau(app)
  ;({ unit, pid, actor: make } = made)
  office = app.as(make('冯乐山', 'office', 'all'))
  secretary = app.as(ownTalks(make('孟怀瑾', 'secretary', 'all')))
  branchSecretary = app.as(make('罗清和', 'branch-secretary', ['branch']))
  otherSecretary = app.as(make('邵文渊', 'branch-secretary', ['other-branch']))
  member = app.as(ownTalks(make('宋安澜', 'member', ['branch'])))
})
after(() => app.close())

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code, JSON.stringify(body))
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

const owed = (rule: string, subject: string, from: string) => `${rule}/${subject}/${from}`
const reason = '当月全体党员参加防汛'

async function seen(caller: Caller, input: Record<string, unknown> = {}) {
  return (await caller.query('obligation.excuses', { limit: 500, ...input })).body.items
}

async function standing(actor: Actor, size: number | null = null) {
  return transact(app.stage.pool, preambleOf('read only', 1, scopeSettings(actor.scopes)), (tx) =>
    excusesOf(tx, 1, size),
  )
}

describe('of a hard rule', () => {
  it('the office or the secretary states the reason, dated and with a name, for all who see the unit', async () => {
    const obligationId = owed(HARD, unit.branch, '2026-07-01')
    const { excuseId } = await secretary.must('obligation.excuse', { obligationId, reason, until: '2026-08-15' })
    const [line] = await seen(member, { obligationId })
    assert.deepEqual(
      [line.excuseId, line.reason, line.by.name, line.subject, line.windowFrom, line.until, line.mayWithdraw],
      [excuseId, reason, '孟怀瑾', '第一党支部', '2026-07-01', '2026-08-15', false],
    )
    assert.equal(line.at.slice(0, 10), new Date().toISOString().slice(0, 10))
    assert.deepEqual(await seen(otherSecretary, { obligationId }), [])
    await refused(office.verb('obligation.excuse', { obligationId, reason }), 'obligation/already-excused')
  })

  it('the branch secretary does not', async () => {
    const obligationId = owed(HARD, unit.branch, '2026-08-01')
    for (const caller of [branchSecretary, member])
      await refused(caller.verb('obligation.excuse', { obligationId, reason }), 'record/not-found')
  })

  it('nobody excuses what he owes himself, not even through a mandate', async () => {
    const obligationId = owed('half-year-study', unit['leading-group'], '2026-07-01')
    await refused(secretary.verb('obligation.excuse', { obligationId, reason }), 'obligation/owes-himself')
    await refused(office.verb('obligation.excuse', { obligationId, reason }), 'obligation/owes-himself')
    const onBehalfOf = { pid: pid['孟怀瑾'], mandateId: randomUUID() }
    const clerk = app.as(make('陶静仪', 'office', 'all', { onBehalfOf }))
    await refused(clerk.verb('obligation.excuse', { obligationId, reason }), 'obligation/owes-himself')
    const another = app.as(make('陶静仪', 'office', 'all'))
    assert.equal((await another.verb('obligation.excuse', { obligationId, reason })).status, 200)
  })

  it('a personal one is seen by the person and the office alone', async () => {
    const obligationId = owed(PERSONAL, pid['孟怀瑾'], '2026-01-01')
    await refused(secretary.verb('obligation.excuse', { obligationId, reason }), 'obligation/owes-himself')
    await office.must('obligation.excuse', { obligationId, reason })
    assert.equal((await seen(secretary, { obligationId }))[0].subject, '孟怀瑾', 'the person himself')
    assert.equal((await seen(office, { obligationId })).length, 1)
    for (const caller of [branchSecretary, otherSecretary, member])
      assert.deepEqual(await seen(caller, { obligationId }), [])
    const others = owed(PERSONAL, pid['冯乐山'], '2026-01-01')
    await refused(secretary.verb('obligation.excuse', { obligationId: others, reason }), 'record/not-found')
  })
})

describe('of an expectation', () => {
  it("the unit's own secretary states the reason", async () => {
    const obligationId = owed(EXPECTED, unit.branch, '2026-04-01')
    await refused(otherSecretary.verb('obligation.excuse', { obligationId, reason }), 'record/not-found')
    await refused(member.verb('obligation.excuse', { obligationId, reason }), 'record/not-found')
    const { excuseId } = await branchSecretary.must('obligation.excuse', { obligationId, reason })
    assert.equal((await seen(branchSecretary, { obligationId }))[0].mayWithdraw, true)
    await refused(otherSecretary.verb('obligation.withdraw', { excuseId, reason: '不归我' }), 'record/not-found')
    await branchSecretary.must('obligation.withdraw', { excuseId, reason: '后来补开了' })
    assert.deepEqual(await seen(member, { obligationId }), [])
    assert.equal((await seen(member, { obligationId, withdrawn: true }))[0].excuseId, excuseId)
    await refused(
      branchSecretary.verb('obligation.withdraw', { excuseId, reason: '再撤' }),
      'obligation/excuse-withdrawn',
    )
    assert.equal((await branchSecretary.verb('obligation.excuse', { obligationId, reason })).status, 200, 'and anew')
  })

  it('of a person it is told to him, his branch secretary and the office; he does not state it himself', async () => {
    const obligationId = owed(MEMBERS, pid['宋安澜'], '2026-01-01')
    await refused(member.verb('obligation.excuse', { obligationId, reason }), 'record/not-found')
    await branchSecretary.must('obligation.excuse', { obligationId, reason: '长期在外挂职' })
    const himself = owed(MEMBERS, pid['罗清和'], '2026-01-01')
    await refused(
      branchSecretary.verb('obligation.excuse', { obligationId: himself, reason }),
      'obligation/owes-himself',
    )
    for (const caller of [member, branchSecretary, office])
      assert.equal((await seen(caller, { obligationId }))[0].reason, '长期在外挂职')
    for (const caller of [secretary, otherSecretary]) assert.deepEqual(await seen(caller, { obligationId }), [])
    const fellow = app.as(ownTalks(make('陶静仪', 'member', ['branch'])))
    assert.deepEqual(await seen(fellow, { obligationId }), [], 'not to another member of the branch')
  })
})

describe('what cannot be excused', () => {
  const tryIt = (id: string, code: string, more: Record<string, unknown> = {}) =>
    refused(office.verb('obligation.excuse', { obligationId: id, reason, ...more }), code)

  it('a rule that asks for nothing, a window that never begins, a subject that does not exist', async () => {
    await tryIt(owed('dlm-special', unit.branch, '2026-01-01'), 'obligation/unknown-rule')
    await tryIt(owed(EXPECTED, unit.branch, '2026-05-01'), 'obligation/no-window')
    await tryIt(owed(EXPECTED, unit.branch, '2001-01-01'), 'obligation/no-window')
    await tryIt(owed(EXPECTED, randomUUID(), '2026-04-01'), 'record/not-found')
    await tryIt(owed(EXPECTED, unit.department, '2026-04-01'), 'record/not-found')
    await tryIt(owed(MEMBERS, randomUUID(), '2026-01-01'), 'record/not-found')
    await tryIt(owed(EXPECTED, unit['other-branch'], '2026-04-01'), 'period/ends-before-start', { until: '2026-03-31' })
    await tryIt('not an id', 'request/invalid')
    await refused(office.verb('obligation.withdraw', { excuseId: randomUUID(), reason }), 'record/not-found')
  })
})

describe('what others read', () => {
  it('every excuse that stands, as known at a journal size', async () => {
    const whole = { ...make('冯乐山', 'office', 'all'), scopes: { general: EVERYTHING, talks: EVERYTHING } }
    const all = await standing(whole)
    assert.ok(
      all.some((one) => one.rule === MEMBERS && one.subject === pid['宋安澜'] && one.windowFrom === '2026-01-01'),
    )
    assert.deepEqual(
      all.find((one) => one.rule === HARD),
      {
        rule: HARD,
        subject: unit.branch,
        windowFrom: '2026-07-01',
        until: '2026-08-15',
        reason,
      },
    )
    assert.deepEqual(await standing(whole, 0), [])
    assert.deepEqual(await standing({ ...whole, scopes: { general: NOTHING, talks: NOTHING } }), [])
  })

  it('pages through the list', async () => {
    const all = (await seen(office)).map((one: { excuseId: string }) => one.excuseId)
    const first = (await office.query('obligation.excuses', { limit: 2 })).body
    assert.deepEqual(
      first.items.map((one: { excuseId: string }) => one.excuseId),
      all.slice(0, 2),
    )
    assert.equal(first.total, all.length)
    const second = (await office.query('obligation.excuses', { limit: 500, cursor: first.next })).body
    assert.deepEqual(
      second.items.map((one: { excuseId: string }) => one.excuseId),
      all.slice(2),
    )
    assert.equal(second.total, all.length)
    await refused(office.query('obligation.excuses', { cursor: 'x' }), 'request/invalid')
    assert.deepEqual(await seen(office, { from: '2027-01-01' }), [])
    assert.ok((await seen(office, { unitId: unit.branch, rule: HARD, to: '2026-12-31' })).length > 0)
  })
})

it('says nothing of a person or a reason in the clear, and leaves a journal that checks', async () => {
  const { rows } = await app.owner.query('select env from journal_entries')
  const said = rows.map(({ env }) => env.toString('utf8')).join()
  for (const one of Object.values(pid)) assert.ok(!said.includes(one), 'no person')
  assert.ok(!said.includes('防汛'))
  assert.deepEqual(personExcuseRecord.personal, [{ of: 'pid', by: 'pid', fields: ['reason'] }])
  const [report] = await fsck(app.owner, new Map(excuses.records.map((record) => [record.type, record])))
  assert.deepEqual(report?.faults, [])
})
