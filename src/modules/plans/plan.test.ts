import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type SmallBureau } from '../../../test/support/small-bureau.ts'
import { scopeSettings } from '../../core/access/scope.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { activities } from '../activities/activity.ts'
import { plansOf } from './plan.facts.ts'
import { plans } from './plan.ts'

const TODAY = '2026-06-16'

let app: TestApp
let unit: SmallBureau['unit']
let make: SmallBureau['actor']
let office: Caller
let branchSecretary: Caller
let member: Caller
let posts: string[]

before(async () => {
  app = await openTestApp('plan', { modules: [activities, plans], now: `${TODAY}T02:00:00Z` })
  const made = await makeSmallBureau(app)
  ;({ unit, actor: make } = made)
  office = app.as(make('冯乐山', 'office', 'all'))
  branchSecretary = app.as(make('罗清和', 'branch-secretary', ['branch']))
  member = app.as(make('宋安澜', 'member', ['branch']))
  const { rows } = await app.owner.query('select id from posts order by position')
  posts = (rows as { id: string }[]).map(({ id }) => id)
})
after(() => app.close())

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code, JSON.stringify(body))
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

const study = (more: Record<string, unknown> = {}) => ({
  item: 'activity',
  kind: 'topic-study',
  unitId: unit.branch,
  month: '2026-09',
  title: '学习党章',
  topics: ['廉政'],
  ...more,
})
const talk = (more: Record<string, unknown> = {}) => ({
  item: 'talk',
  kind: 'heart-to-heart',
  month: '2026-10',
  initiatorPostId: posts[0],
  counterpartPostId: posts[1],
  ...more,
})

async function found(caller: Caller, planId: string, input: Record<string, unknown> = {}) {
  const { body } = await caller.query('plan.list', { limit: 500, ...input })
  return body.items.find((one: { planId: string }) => one.planId === planId)
}

describe('planning', () => {
  it('puts an activity, a reading and a talk of a kind with a pair into the plan', async () => {
    const { planId } = await branchSecretary.must('plan.open', study())
    const line = await found(member, planId)
    assert.deepEqual([line.state, line.month, line.plannedOn, line.year], ['planned', '2026-09', null, 2026])
    assert.deepEqual([line.unitName, line.mayChange], ['第一党支部', false])
    const reading = { item: 'reading', unitId: unit.department, title: '党章', plannedOn: '2026-07-05' }
    const read = await office.must('plan.open', reading)
    assert.deepEqual((await found(office, read.planId)).month, '2026-07')
    const pair = await office.must('plan.open', talk())
    const seen = await found(office, pair.planId)
    assert.deepEqual([seen.initiator.postId, seen.counterpart.title, seen.title], [posts[0], '党组成员', null])
  })

  it('never plans talks of reminder, summons, admonition or groups, and names the rule of the product', async () => {
    const kinds = app.stage.catalogues.catalogue.talkKinds.rows.filter(({ shape }) => shape !== 'pair')
    assert.ok(kinds.length >= 5)
    for (const { id } of kinds) {
      for (const input of [talk({ kind: id }), { item: 'talk', kind: id, month: '2026-10' }]) {
        const { body } = await office.verb('plan.open', input)
        assert.equal(body.code, 'plan/no-target-for-talks')
        assert.match(body.title, /规矩第七条/)
      }
    }
    const words = app.stage.catalogues.words.refusals.get('plan/no-target-for-talks')
    assert.match(words!.en, /product rule 7/)
    const { planId } = await office.must('plan.open', talk())
    await refused(office.verb('plan.amend', { planId, kind: 'reminder' }), 'plan/no-target-for-talks')
    await refused(office.verb('plan.open', study({ kind: 'reminder' })), 'plan/unknown-kind')
  })

  it('refuses what does not fit', async () => {
    const tryIt = (input: unknown, code: string) => refused(office.verb('plan.open', input), code)
    await tryIt(study({ kind: 'tea' }), 'plan/unknown-kind')
    await tryIt(study({ kind: undefined }), 'plan/parts-of-item')
    await tryIt(study({ initiatorPostId: posts[0] }), 'plan/parts-of-item')
    await tryIt(talk({ title: '谈家庭' }), 'plan/parts-of-item')
    await tryIt({ item: 'reading', unitId: unit.branch, month: '2026-09' }, 'plan/parts-of-item')
    await tryIt(study({ month: undefined }), 'plan/no-day')
    await tryIt(study({ plannedOn: '2026-10-01' }), 'plan/no-day')
    await tryIt(study({ unitId: randomUUID() }), 'plan/unknown-unit')
    await tryIt(study({ kind: 'central-group-study' }), 'plan/wrong-body')
    await tryIt(talk({ counterpartPostId: posts[0] }), 'plan/with-oneself')
    await tryIt(talk({ counterpartPostId: randomUUID() }), 'plan/unknown-post')
    await tryIt(study({ score: 5 }), 'request/invalid')
  })

  it('is for those who keep the unit; talks for the office and the post that calls them', async () => {
    for (const input of [study({ unitId: unit['other-branch'] }), talk()])
      await refused(branchSecretary.verb('plan.open', input), 'record/not-found')
    await refused(member.verb('plan.open', study()), 'record/not-found')
    const holding = (postId: string) => [{ role: 'team-member' as const, postId, units: [unit['leading-group']] }]
    const leader = app.as(make('孟怀瑾', 'team-member', ['leading-group'], { holdings: holding(posts[0]!) }))
    const other = app.as(make('冯乐山', 'team-member', ['leading-group'], { holdings: holding(posts[1]!) }))
    const { planId } = await leader.must('plan.open', talk())
    assert.equal((await found(leader, planId)).mayChange, true)
    assert.equal((await found(other, planId)).mayChange, false)
    await refused(other.verb('plan.withdraw', { planId, reason: '不谈' }), 'record/not-found')
    const outside = { units: [unit['leading-group']], pid: null }
    const general = {
      ...make('陶静仪', 'discipline', 'all'),
      scopes: { general: outside, talks: { units: [], pid: null } },
    }
    assert.equal(await found(app.as(general), planId), undefined, 'a talk that is planned is seen by the two')
  })
})

describe('what became of it', () => {
  const held = async (more: Record<string, unknown> = {}) => {
    const input = { kind: 'topic-study', unitId: unit.branch, happenedOn: '2026-06-10', title: '专题学习', ...more }
    return (await office.must('activity.record', input)).activityId as string
  }

  it('is kept by the record of an activity, and planned again when that record is withdrawn', async () => {
    const { planId } = await branchSecretary.must('plan.open', study({ month: '2026-05' }))
    assert.equal((await found(member, planId)).overdue, true)
    const activityId = await held()
    const done = await branchSecretary.must('plan.close', { planId, activityId })
    assert.equal(done.keptOn, '2026-06-10')
    const line = await found(member, planId)
    assert.deepEqual(
      [line.state, line.overdue, line.keptBy],
      ['kept', false, { activityId, kind: 'topic-study', happenedOn: '2026-06-10', title: '专题学习' }],
    )
    assert.equal((await found(member, planId, { on: '2026-06-09' })).state, 'planned', 'as of the day before')
    assert.equal((await found(member, planId, { state: 'kept' })).planId, planId)
    await refused(branchSecretary.verb('plan.close', { planId, activityId }), 'plan/kept')
    await refused(branchSecretary.verb('plan.amend', { planId, title: '改题' }), 'plan/kept')
    await office.must('activity.withdraw', { activityId, reason: '登记有误' })
    assert.equal((await found(member, planId)).state, 'planned')
  })

  it('is kept by no other kind or unit, no unknown record and no mere day', async () => {
    const { planId } = await office.must('plan.open', study())
    const close = (more: Record<string, unknown>, code: string) =>
      refused(office.verb('plan.close', { planId, ...more }), code)
    await close({ activityId: await held({ unitId: unit['other-branch'] }) }, 'plan/other-activity')
    await close({ activityId: await held({ kind: 'party-lecture' }) }, 'plan/other-activity')
    await close({ activityId: randomUUID() }, 'plan/unknown-activity')
    await close({ keptOn: TODAY }, 'plan/kept-by-what')
    await close({}, 'plan/kept-by-what')
    const also = await held({ kind: 'party-lecture', alsoKinds: ['topic-study'] })
    assert.equal((await office.verb('plan.close', { planId, activityId: also })).status, 200)
  })

  it('a reading or a talk is kept on a day', async () => {
    const { planId } = await office.must('plan.open', {
      item: 'reading',
      unitId: unit.branch,
      title: '党章',
      month: '2026-06',
    })
    await refused(office.verb('plan.close', { planId, keptOn: '2026-06-17' }), 'plan/future-day')
    await refused(office.verb('plan.close', { planId, activityId: await held() }), 'plan/kept-by-what')
    await office.must('plan.close', { planId, keptOn: '2026-06-15' })
    const line = await found(member, planId)
    assert.deepEqual([line.state, line.keptOn, line.keptBy], ['kept', '2026-06-15', null])
  })

  it('moves, and is dropped with a reason', async () => {
    const { planId } = await office.must('plan.open', study({ plannedOn: '2026-09-08' }))
    await branchSecretary.must('plan.amend', { planId, plannedOn: '2026-10-09', reason: '与会议冲突' })
    assert.deepEqual((await found(member, planId)).month, '2026-10')
    await branchSecretary.must('plan.amend', { planId, month: '2026-11' })
    assert.deepEqual((await found(member, planId)).plannedOn, null)
    await refused(branchSecretary.verb('plan.amend', { planId, month: '2026-11' }), 'plan/nothing-changed')
    await refused(branchSecretary.verb('plan.amend', { planId, unitId: unit['other-branch'] }), 'plan/unknown-unit')
    await refused(member.verb('plan.amend', { planId, month: '2026-12' }), 'record/not-found')
    await refused(member.verb('plan.close', { planId, keptOn: TODAY }), 'record/not-found')
    await branchSecretary.must('plan.withdraw', { planId, reason: '并入主题党日' })
    const line = await found(member, planId)
    assert.deepEqual([line.state, line.reason, line.mayChange], ['dropped', '并入主题党日', false])
    await refused(branchSecretary.verb('plan.withdraw', { planId, reason: '再取消' }), 'plan/dropped')
    await refused(branchSecretary.verb('plan.amend', { planId, title: '改题' }), 'plan/dropped')
  })
})

describe('several at once', () => {
  it('are taken all or none; each row that cannot be is named', async () => {
    const items = [study({ title: '一' }), talk({ kind: 'admonition' }), study({ kind: 'tea' })]
    const { body } = await office.verb('plan.import', { items })
    assert.equal(body.code, 'plan/import-rows')
    assert.deepEqual(
      body.details.rows.map(({ row, code }: { row: number; code: string }) => [row, code]),
      [
        [2, 'plan/no-target-for-talks'],
        [3, 'plan/unknown-kind'],
      ],
    )
    const before = (await office.query('plan.list', {})).body.total
    assert.equal((await office.must('plan.import', { items: [items[0]], check: true })).planned, 0)
    assert.equal((await office.must('plan.import', { items: [items[0], study({ title: '二' })] })).planned, 2)
    assert.equal((await office.query('plan.list', {})).body.total, before + 2)
    await refused(
      branchSecretary.verb('plan.import', { items: [study({ unitId: unit['other-branch'] })] }),
      'plan/import-rows',
    )
    await refused(member.verb('plan.import', { items: [study()] }), 'record/not-found')
  })
})

describe('reading', () => {
  it('lists page after page by month and day, narrowed by year, unit, item and kind', async () => {
    const all = (await office.query('plan.list', { limit: 500 })).body.items.map(
      (one: { planId: string }) => one.planId,
    )
    const paged: string[] = []
    for (let cursor: string | undefined; ; ) {
      const { body } = await office.query('plan.list', { limit: 3, ...(cursor ? { cursor } : {}) })
      paged.push(...body.items.map((one: { planId: string }) => one.planId))
      if (body.next === null) break
      cursor = body.next
    }
    assert.deepEqual(paged, all)
    const { body } = await office.query('plan.list', {
      year: 2026,
      unitId: unit.branch,
      item: 'activity',
      kind: 'topic-study',
    })
    assert.ok(body.total > 0 && body.total < all.length)
    assert.equal((await office.query('plan.list', { year: 2027 })).body.total, 0)
    await refused(office.query('plan.list', { cursor: 'x' }), 'request/invalid')
  })

  it('gives obligations what is planned for a span, without what was dropped', async () => {
    const whole = make('冯乐山', 'office', 'all')
    const planned = await transact(app.stage.pool, preambleOf('read only', 1, scopeSettings(whole.scopes)), (tx) =>
      plansOf(tx, 1, { from: '2026-07-01', to: '2026-09-30' }),
    )
    assert.ok(planned.length > 0)
    for (const one of planned) {
      assert.ok(one.month >= '2026-07' && one.month <= '2026-09')
      assert.notEqual(one.state, 'dropped')
    }
  })

  it('shows nobody the plan of a unit outside his scope', async () => {
    const { planId } = await office.must('plan.open', study({ unitId: unit['other-branch'] }))
    assert.equal(await found(member, planId), undefined)
    await refused(branchSecretary.verb('plan.withdraw', { planId, reason: '不归我' }), 'record/not-found')
  })
})

it('leaves a journal that checks', async () => {
  const records = [...activities.records, ...plans.records]
  const [report] = await fsck(app.owner, new Map(records.map((record) => [record.type, record])))
  assert.deepEqual(report?.faults, [])
})
