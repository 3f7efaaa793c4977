import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

const LEADER = '党组/group-member/党组成员、副局长（分管供排水）'

let app: TestApp
let bureau: Bureau
let head: Caller
let clerk: Caller
let other: Caller

const at = (day: string) => app.clock.set(`${day}T02:00:00Z`)

/** A duty of the section for water supply, issued on the clock's day. */
async function make(title: string, more: object = {}): Promise<string> {
  const duty = await bureau.keeper.must('duty.open', {
    title,
    leadUnitId: bureau.unit('供排水科'),
    supportUnitIds: [bureau.unit('执法支队')],
    leaderPostId: bureau.post(LEADER),
    dueOn: '2026-05-31',
    ...more,
  })
  return duty.id
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
const seen = async (id: string, caller: Caller = bureau.keeper): Promise<any> =>
  (await caller.query('duty.get', { id })).body
const codeOf = async (caller: Caller, verb: string, input: object) => {
  const answer = await caller.verb(verb, input)
  return answer.status === 200 ? 'done' : answer.body.code
}

before(async () => {
  app = await openTestApp('duty', { modules: [organisation, documents, duties], now: '2026-03-02T02:00:00Z' })
  bureau = await makeBureau(app)
  head = await bureau.as('罗清和')
  clerk = await bureau.as('周予安')
  other = await bureau.as('裴思远')
})
after(() => app?.close())

test('a duty is taken on, reported, submitted and accepted by another hand; each status names its event', async () => {
  at('2026-03-02')
  const id = await make('修订供水应急预案', {
    measures: ['预案印发', '演练完成'],
    milestones: [{ title: '初稿', dueOn: '2026-03-31' }],
  })
  assert.equal((await seen(id)).next.to, 'take-on')
  await head.must('duty.take-on', { ids: [id] })
  await head.must('duty.report', { id, text: '初稿完成', milestone: 0 })
  assert.equal(await codeOf(head, 'duty.report', { id, text: '其他', milestone: 1 }), 'duty/milestone-unknown')
  assert.equal(await codeOf(head, 'duty.submit', { id, shownBy: ['水务〔2026〕11号'] }), 'duty/proof-missing')
  const submitted = await head.must('duty.submit', { id, shownBy: ['水务〔2026〕11号', '演练记录'] })
  assert.equal(submitted.status, 'submitted')
  const closed = await clerk.must('duty.verify', { id, text: '两条都达到' })
  assert.deepEqual([closed.status, closed.late], ['closed', false])
  const whole = await seen(id)
  assert.deepEqual(
    whole.timeline.map((one: { event: string }) => one.event),
    ['verified', 'submitted', 'reported', 'taken-on', 'issued', 'opened'],
  )
  assert.equal(whole.timeline[0].by, '周予安')
  assert.equal(whole.timeline[1].by, '罗清和')
  assert.equal(whole.timeline[1].post.title, '供排水科科长')
  assert.equal(whole.timetable[0].doneOn, '2026-03-02')
  assert.equal(whole.next, null)
  assert.equal(whole.mark, 'done')
})

test('who submitted cannot accept or return: not the person, not by another account of his, not the single post', async () => {
  at('2026-03-02')
  const id = await make('供水管网普查')
  await clerk.must('duty.take-on', { ids: [id] })
  await clerk.must('duty.submit', { id, text: '已完成' })
  assert.equal(await codeOf(clerk, 'duty.verify', { id }), 'duty/same-hand')
  assert.equal(await codeOf(clerk, 'duty.return', { id, reason: '补' }), 'duty/same-hand')
  const again = await bureau.actor('周予安')
  assert.equal(await codeOf(app.as(again), 'duty.verify', { id }), 'duty/same-hand')
  const forHim = { ...actorOf(app, 'office'), onBehalfOf: { pid: again.pid!, mandateId: id } }
  assert.equal(await codeOf(app.as(forHim), 'duty.verify', { id }), 'duty/same-hand')
  assert.equal((await seen(id, clerk)).may.verify, false)
  const colleague = await bureau.as('江月白')
  assert.equal((await seen(id, colleague)).may.verify, true)
  await colleague.must('duty.verify', { id })
})

test('a submission is returned with what is missing and submitted again', async () => {
  at('2026-03-02')
  const id = await make('水质季度公示')
  assert.equal(await codeOf(head, 'duty.submit', { id, text: '已公示' }), 'duty/not-in-state')
  await head.must('duty.take-on', { ids: [id] })
  assert.equal(await codeOf(clerk, 'duty.verify', { id }), 'duty/not-in-state')
  await head.must('duty.submit', { id, text: '已公示' })
  const returned = await clerk.must('duty.return', { id, reason: '缺公示链接' })
  assert.equal(returned.status, 'returned')
  await head.must('duty.submit', { id, text: '已补' })
  assert.equal((await clerk.must('duty.verify', { id })).status, 'closed')
})

test('a late duty stays marked late after it is closed, reopened and closed again', async () => {
  at('2026-03-02')
  const id = await make('补齐供水台账')
  await head.must('duty.take-on', { ids: [id] })
  at('2026-06-16')
  const late = await seen(id)
  assert.deepEqual([late.mark, late.lateDays, late.wasLate], ['late', 16, true])
  const view = await bureau.keeper.query('duty.list', { view: 'late', counts: true })
  assert.ok(view.body.items.some((item: { id: string }) => item.id === id))
  assert.equal(view.body.total, view.body.counts.late)
  await head.must('duty.submit', { id, text: '已补齐' })
  assert.deepEqual(await clerk.must('duty.verify', { id }), { id, status: 'closed', dueOn: '2026-05-31', late: true })
  assert.equal((await seen(id)).mark, 'made-good-late')
  await clerk.must('duty.reopen', { id, reason: '抽查发现缺页', dueOn: '2026-07-31' })
  assert.equal((await seen(id)).reopened, 1)
  await head.must('duty.submit', { id, text: '补页' })
  await clerk.must('duty.verify', { id })
  const closed = await seen(id)
  assert.deepEqual([closed.mark, closed.missed], ['made-good-late', ['2026-05-31']])
})

test('an extension is asked for by the owner and decided by another; the day asked for may be changed or refused', async () => {
  at('2026-03-02')
  const id = await make('泵站改造验收')
  await head.must('duty.take-on', { ids: [id] })
  assert.equal(await codeOf(clerk, 'duty.extend', { id, approve: true }), 'duty/nothing-asked')
  assert.equal(await codeOf(head, 'duty.postpone', { id, dueOn: '2026-05-01', reason: '早' }), 'duty/due-not-later')
  await head.must('duty.postpone', { id, dueOn: '2026-06-30', reason: '汛前不宜停机' })
  assert.equal((await seen(id)).next.to, 'decide-extension')
  assert.equal(await codeOf(head, 'duty.extend', { id, approve: true }), 'record/not-found')
  assert.equal(await codeOf(clerk, 'duty.extend', { id, approve: false }), 'duty/reason-required')
  await clerk.must('duty.extend', { id, approve: false, reason: '先排工期' })
  await head.must('duty.postpone', { id, dueOn: '2026-07-31', reason: '设备未到' })
  const leader = await bureau.as('顾明棠')
  const extended = await leader.must('duty.extend', { id, approve: true, dueOn: '2026-07-15' })
  assert.equal(extended.dueOn, '2026-07-15')
  const whole = await seen(id)
  assert.deepEqual([whole.extended, whole.deadline], [1, '2026-05-31'])
  assert.equal(whole.timeline[0].post.title, '党组成员、副局长（分管供排水）')
})

test('a duty is declined to the office, which moves it; the new owner sees it and takes it on, the old one no longer may', async () => {
  at('2026-03-02')
  const id = await make('水资源费自查', { supportUnitIds: [] })
  assert.equal((await other.query('duty.get', { id })).status, 404)
  await head.must('duty.decline', { id, reason: '征收职能不在本科' })
  assert.equal((await seen(id)).next.to, 'arbitrate')
  await clerk.must('duty.transfer', {
    id,
    leadUnitId: bureau.unit('计划财务科'),
    leaderPostId: null,
    reason: '职能在计划财务科',
  })
  assert.equal((await other.query('duty.get', { id })).status, 200)
  assert.equal(await codeOf(head, 'duty.take-on', { ids: [id] }), 'record/not-found')
  assert.equal((await other.must('duty.take-on', { ids: [id] })).duties[0].status, 'taken-on')
  assert.equal(await codeOf(clerk, 'duty.transfer', { id, leadUnitId: id, reason: '错' }), 'duty/unknown-unit')
})

test('time stands still while a duty is suspended', async () => {
  at('2026-03-02')
  const id = await make('户表改造')
  await head.must('duty.take-on', { ids: [id] })
  await clerk.must('duty.suspend', { id, reason: '资金未到位' })
  assert.equal(await codeOf(head, 'duty.submit', { id, text: '完成' }), 'duty/not-in-state')
  at('2026-03-22')
  const resumed = await clerk.must('duty.resume', { id })
  assert.deepEqual([resumed.status, resumed.dueOn], ['taken-on', '2026-06-20'])
})

test('supporting units report; they neither take on nor submit', async () => {
  at('2026-03-02')
  const id = await make('联合执法检查')
  const support = await bureau.as('丁允中')
  await head.must('duty.take-on', { ids: [id] })
  await support.must('duty.report', { id, text: '检查 3 处' })
  for (const [verb, input] of [
    ['duty.submit', { id, text: '完成' }],
    ['duty.postpone', { id, dueOn: '2026-07-01', reason: '忙' }],
    ['duty.verify', { id }],
    ['duty.transfer', { id, leadUnitId: bureau.unit('执法支队'), reason: '我来' }],
    ['duty.suspend', { id, reason: '停' }],
    ['duty.amend', { id, title: '改名', reason: '改' }],
    ['duty.withdraw', { id, reason: '不办' }],
  ] as const) {
    assert.equal(await codeOf(support, verb, input), 'record/not-found', verb)
  }
})

test('progress may be entered later; the steps that could hide lateness are recorded on their own day', async () => {
  at('2026-03-20')
  const id = await make('管线巡检')
  Object.assign(app.org, { demo: false })
  try {
    assert.equal(await codeOf(head, 'duty.take-on', { ids: [id], onDay: '2026-03-21' }), 'duty/day-ahead')
    assert.equal(await codeOf(head, 'duty.take-on', { ids: [id], onDay: '2026-03-19' }), 'duty/day-past')
    await head.must('duty.take-on', { ids: [id] })
    await head.must('duty.report', { id, text: '上周已巡一遍', onDay: '2026-03-12' })
    assert.equal(await codeOf(head, 'duty.submit', { id, text: '完成', onDay: '2026-03-01' }), 'duty/day-past')
  } finally {
    Object.assign(app.org, { demo: true })
  }
  const [progress] = (await seen(id)).timeline
  assert.equal(progress.onDay, '2026-03-12')
})

test('several duties are assigned at once; after issue it needs a reason, and a new lead unit takes them on anew', async () => {
  at('2026-03-02')
  const ids = [await make('甲项排查'), await make('乙项排查')]
  await head.must('duty.take-on', { ids })
  const target = { ids, leadUnitId: bureau.unit('建设管理科') }
  assert.equal(await codeOf(clerk, 'duty.assign', target), 'duty/reason-required')
  assert.equal(
    await codeOf(clerk, 'duty.assign', { ids, leadUnitId: null, leaderPostId: null, reason: '撤' }),
    'duty/unowned',
  )
  assert.equal(await codeOf(head, 'duty.assign', { ...target, reason: '改' }), 'record/not-found')
  const done = await clerk.must('duty.assign', { ...target, reason: '职能调整' })
  assert.deepEqual(
    done.duties.map((duty: { status: string }) => duty.status),
    ['issued', 'issued'],
  )
  assert.deepEqual(done.amendments, [], 'a duty outside the list has no amendment number')
})

test('the mine page asks each for what is his to do', async () => {
  at('2026-03-02')
  const id = await make('节前安全检查', { watcherPostId: bureau.post('党组办公室/department-head/党组办公室主任') })
  const askOf = async (caller: Caller) =>
    (await caller.query('duty.mine', { limit: 500 })).body.items.find((item: { id: string }) => item.id === id)?.asks
  assert.equal(await askOf(head), 'take-on')
  assert.equal(await askOf(await bureau.as('梁叙文')), 'watch')
  await head.must('duty.take-on', { ids: [id] })
  assert.equal(await askOf(head), 'work')
  await head.must('duty.submit', { id, text: '完成' })
  assert.equal(await askOf(head), undefined)
  assert.equal(await askOf(clerk), 'verify')
  assert.equal(await askOf(await bureau.as('顾明棠')), 'verify')
  assert.equal(await askOf(other), undefined)
})

test('an instruction is recorded with wording and source, its task is open in the same act, and the sheet shows both', async () => {
  at('2026-03-02')
  const given = await clerk.must('instruction.record', {
    leaderPostId: bureau.post(LEADER),
    givenOn: '2026-03-01',
    wording: '请抓紧查清二次供水隐患，三月底前报结果。',
    source: '信访件阅批',
    tasks: [{ title: '二次供水隐患排查', leadUnitId: bureau.unit('供排水科'), dueOn: '2026-03-31' }],
  })
  assert.equal(given.duties.length, 1)
  const second = await clerk.must('duty.open', {
    title: '反馈来信人',
    leadUnitId: bureau.unit('办公室'),
    instructionId: given.id,
  })
  const whole = await seen(second.id)
  assert.equal(whole.origin.noun, 'instruction')
  assert.equal(whole.origin.title, '信访件阅批')
  const [row] = (await (await bureau.as('顾明棠')).query('instruction.list')).body.items
  assert.equal(row.wording, '请抓紧查清二次供水隐患，三月底前报结果。')
  const sheetOf = async (caller: Caller) =>
    caller.query('duty.sheet', { postId: bureau.post(LEADER), year: 2026, quarter: 1 })
  const sheet = (await sheetOf(await bureau.as('顾明棠'))).body
  assert.equal(sheet.leader.holder, '顾明棠')
  assert.ok(sheet.duties.some((duty: { id: string }) => duty.id === given.duties[0].id))
  assert.equal(sheet.instructions.length, 1)
  assert.equal((await sheetOf(await bureau.as('程以宁'))).status, 404)
  assert.equal((await sheetOf(head)).status, 404)
  assert.equal(
    await codeOf(head, 'instruction.record', {
      leaderPostId: bureau.post(LEADER),
      givenOn: '2026-03-01',
      wording: '甲',
    }),
    'record/not-found',
  )
  const ahead = { leaderPostId: bureau.post(LEADER), givenOn: '2026-04-01', wording: '甲' }
  assert.equal(await codeOf(clerk, 'instruction.record', ahead), 'duty/day-ahead')
  assert.equal(await codeOf(clerk, 'duty.open', { title: '无主', instructionId: given.id }), 'duty/unowned')
  assert.equal(
    await codeOf(clerk, 'duty.open', { title: '无据', leadUnitId: bureau.unit('办公室'), instructionId: second.id }),
    'instruction/unknown',
  )
})

test('pages by number and by due day meet every duty once, and the total is exact', async () => {
  for (const sort of ['no', 'due']) {
    const met: string[] = []
    let cursor: string | undefined
    let total = 0
    do {
      const { body } = await bureau.keeper.query('duty.list', { sort, limit: 3, cursor })
      met.push(...body.items.map((item: { id: string }) => item.id))
      total = body.total
      cursor = body.next ?? undefined
    } while (cursor !== undefined)
    assert.equal(met.length, total)
    assert.equal(new Set(met).size, total)
  }
  assert.equal((await bureau.keeper.query('duty.list', { cursor: 'x' })).body.code, 'request/invalid')
})

test('everyone sees the duties of his units alone, and the three administrators none', async () => {
  const units = new Set<string>()
  for (const item of (await other.query('duty.list', { limit: 500 })).body.items) {
    for (const unit of [item.leadUnit, ...item.supportUnits]) units.add(unit.name)
  }
  assert.deepEqual([...units], ['计划财务科'])
  for (const role of roles) {
    const { status } = await app.as(actorOf(app, role)).query('duty.list')
    assert.equal(status, role.endsWith('-admin') ? 404 : 200, role)
  }
})

test('the journal and the events agree with the rows and with what is kept beside them, until somebody changes a row', async () => {
  const check = async () =>
    (await fsck(app.owner, app.registry.records, app.registry.refolds)).flatMap((one) => one.faults)
  assert.deepEqual(await check(), [])
  await app.owner.query("update duty_states set status = 'closed', closed_on = '2026-01-01' where status = 'issued'")
  assert.ok((await check()).some((fault) => fault.says.includes('kept status is closed')))
})
