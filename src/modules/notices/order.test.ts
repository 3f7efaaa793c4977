import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { paperOf, refusalOf } from '../../../test/support/papers.ts'
import { type Planted, plant, type Who } from '../../../test/support/planted.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { openOoxml } from '../../platform/office/ooxml.ts'
import { modules } from '../index.ts'

let app: TestApp
let planted: Planted
let office: Caller
let secretary: Caller
before(async () => {
  app = await openTestApp('order', { modules, now: '2026-06-16T01:00:00Z' })
  planted = await plant(app, 1, 'jia')
  office = await as('党办')
  secretary = await as('书记')
})
after(() => app.close())

const as = async (who: Who) => app.as(await planted.actor(who))
const id = (key: string) => planted.ids.get(key)!

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

const duty = async (title: string) =>
  (await office.must('duty.open', { title, dueOn: '2026-12-01', leadUnitId: id('a'), leaderPostId: id('post-成员') }))
    .id
const drafted = async (title: string, more: object = {}) =>
  (await office.must('order.open', { dutyId: await duty(title), reason: '逾期未报', dueOn: '2026-06-18', ...more })).id
const statusOf = async (orderId: string) => (await office.query('order.get', { id: orderId })).body

describe('a follow-up order', () => {
  it('is drafted by the office, given by the leader, answered by the unit and closed', async () => {
    const orderId = await drafted('一件事')
    const draft = await statusOf(orderId)
    assert.deepEqual([draft.status, draft.mark, draft.approver.postId], ['draft', 'draft', id('post-成员')])
    const leader = await as('成员')
    await leader.must('order.confirm', { id: orderId })
    const head = await as('甲科长')
    assert.deepEqual((await head.query('order.get', { id: orderId })).body.may, {
      confirm: false,
      answer: true,
      close: false,
      withdraw: false,
    })
    await head.must('order.answer', { id: orderId, text: '已补办' })
    await head.must('order.answer', { id: orderId, text: '另附说明' })
    await office.must('order.close', { id: orderId })
    const { status, mark, timeline } = await statusOf(orderId)
    assert.deepEqual([status, mark], ['closed', 'closed'])
    assert.deepEqual(
      timeline.map((one: { event: string }) => one.event),
      ['closed', 'answered', 'answered', 'confirmed', 'drafted'],
    )
    assert.deepEqual((await fsck(app.owner, app.registry.records, app.registry.refolds))[0]!.faults, [])
  })

  it('stands in the course of its duty from when it is given', async () => {
    const orderId = await drafted('看经过')
    const { dutyId, no } = await statusOf(orderId)
    const course = async () => (await office.query('duty.get', { id: dutyId })).body.timeline
    assert.ok(!(await course()).some((one: { event: string }) => one.event === 'followed-up'))
    await (await as('成员')).must('order.confirm', { id: orderId })
    const [last] = await course()
    assert.deepEqual([last.event, last.detail.order], ['followed-up', { id: orderId, no, answerBy: '2026-06-18' }])
    assert.equal((await office.query('order.list', { dutyId })).body.total, 1)
  })

  it('waits in the inbox of the approver, then of the unit, and is late for leader and watcher', async () => {
    const orderId = await drafted('进提醒', { approverPostId: id('post-书记') })
    const stages = async (who: Who) => {
      const { body } = await (await as(who)).query('notice.list')
      return body.items
        .filter((one: { recordId: string }) => one.recordId === orderId)
        .map((one: { stage: string; part: string }) => `${one.stage} ${one.part}`)
    }
    assert.deepEqual(await stages('书记'), ['confirm approver'])
    assert.deepEqual(await stages('甲科长'), [])
    await secretary.must('order.confirm', { id: orderId })
    assert.deepEqual(await stages('书记'), [])
    assert.deepEqual(await stages('甲科长'), ['before owner'])
    app.clock.set('2026-06-22T01:00:00Z')
    assert.deepEqual([await stages('甲科长'), await stages('成员')], [['overdue owner'], ['overdue leader']])
    assert.equal((await statusOf(orderId)).mark, 'late')
    await (await as('甲科长')).must('order.answer', { id: orderId, text: '办了' })
    assert.equal((await statusOf(orderId)).mark, 'answered-late')
    app.clock.set('2026-06-16T01:00:00Z')
  })

  it('is refused where nobody owes the duty, its day is over, or another one runs', async () => {
    const dutyId = await duty('一次一张')
    const order = { dutyId, reason: '催办', dueOn: '2026-06-18' }
    await refused(office.verb('order.open', { ...order, dueOn: '2026-06-15' }), 'order/day-past')
    await refused(office.verb('order.open', { ...order, approverPostId: id('post-甲科长') }), 'order/not-approver')
    await office.must('order.open', order)
    await refused(office.verb('order.open', order), 'order/open-already')
    const gone = await duty('已取消')
    await office.must('duty.withdraw', { id: gone, reason: '不再需要' })
    await refused(office.verb('order.open', { ...order, dutyId: gone }), 'order/duty-not-owed')
  })

  it('goes only its own way', async () => {
    const orderId = await drafted('顺序', { approverPostId: id('post-书记') })
    const head = await as('甲科长')
    await refused(head.verb('order.answer', { id: orderId, text: '早了' }), 'order/not-in-state')
    await refused(office.verb('order.close', { id: orderId }), 'order/not-in-state')
    await secretary.must('order.confirm', { id: orderId })
    await refused(secretary.verb('order.confirm', { id: orderId }), 'order/not-in-state')
    await refused(secretary.verb('order.withdraw', { id: orderId }), 'order/reason-required')
    await secretary.must('order.withdraw', { id: orderId, reason: '情况有变' })
    assert.equal((await statusOf(orderId)).status, 'withdrawn')
    const stale = await drafted('过了期', { approverPostId: id('post-书记') })
    app.clock.set('2026-06-22T01:00:00Z')
    await refused(secretary.verb('order.confirm', { id: stale }), 'order/day-past')
    app.clock.set('2026-06-16T01:00:00Z')
    await office.must('order.withdraw', { id: stale })
  })

  it('is given by its approver alone, answered by whoever owes it, and absent for everybody else', async () => {
    const orderId = await drafted('权限', { approverPostId: id('post-书记') })
    for (const who of ['党办', '成员', '甲科长', '纪委'] as const)
      await refused((await as(who)).verb('order.confirm', { id: orderId }), 'record/not-found')
    await refused((await as('甲科长')).query('order.get', { id: orderId }), 'record/not-found')
    await secretary.must('order.confirm', { id: orderId })
    for (const who of ['党办', '乙科长', '一支书'] as const)
      await refused((await as(who)).verb('order.answer', { id: orderId, text: '代答' }), 'record/not-found')
    await refused((await as('乙科长')).query('order.get', { id: orderId }), 'record/not-found')
    await refused(office.verb('order.withdraw', { id: orderId, reason: '越权' }), 'record/not-found')
    await refused(
      secretary.verb('order.open', { dutyId: id('duty-a'), reason: '越权', dueOn: '2026-06-18' }),
      'record/not-found',
    )
  })
})

describe('a follow-up order on paper', () => {
  it('is a draft until it is given, and then holds what is asked and what was answered', async () => {
    const orderId = await drafted('印在纸上')
    assert.match((await headerOf(orderId)) ?? '', />草稿</)
    await (await as('成员')).must('order.confirm', { id: orderId })
    await (await as('甲科长')).must('order.answer', { id: orderId, text: '月底前办完' })
    await office.must('order.close', { id: orderId, text: '同意办结' })
    const { no } = await statusOf(orderId)
    const { lines, xml } = await paperOf(office, 'order.paper', { id: orderId })
    assert.deepEqual(lines.slice(0, 2), ['督办单', `2026年第${no}号`])
    assert.match(lines[2]!, /^督办事项\t第\d+项 印在纸上/)
    assert.deepEqual(lines[3], '承办单位\tjiaa\t批准人\tjia成员')
    assert.equal(lines[4], '发出日期\t2026年6月16日\t答复时限\t2026年6月18日')
    assert.ok(lines.some((line) => line.startsWith('办理答复\t2026年6月16日：月底前办完')))
    assert.ok(lines.some((line) => line.startsWith('办结意见\t2026年6月16日：同意办结')))
    assert.equal(await headerOf(orderId), undefined)
    assert.match(xml, /<w:tblGrid>/)
    const numbered = await paperOf(office, 'order.paper', { id: orderId, number: '某督〔2026〕3号' })
    assert.deepEqual(numbered.lines.slice(0, 2), ['督办单', '某督〔2026〕3号'])
  })

  it('is given to whoever sees the order, and to nobody else', async () => {
    const orderId = await drafted('给谁看')
    await (await as('成员')).must('order.confirm', { id: orderId })
    await paperOf(await as('甲科长'), 'order.paper', { id: orderId })
    for (const who of ['乙科长', '二支书', '无职'] as const)
      assert.equal(await refusalOf(await as(who), 'order.paper', { id: orderId }), 'record/not-found')
    assert.equal(await refusalOf(office, 'order.paper', { id: orderId.replace(/^..../, '0000') }), 'record/not-found')
  })
})

async function headerOf(orderId: string): Promise<string | undefined> {
  const { raw } = await office.query('order.paper', { id: orderId })
  return openOoxml(raw, 'word').get('word/header-upright-default.xml')
}
