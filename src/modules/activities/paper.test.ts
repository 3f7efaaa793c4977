import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { paperOf, refusalOf } from '../../../test/support/papers.ts'
import { type Planted, plant, type Who } from '../../../test/support/planted.ts'
import { modules } from '../index.ts'

let app: TestApp
let planted: Planted
let office: Caller
let meeting: string
before(async () => {
  app = await openTestApp('meeting-papers', { modules, now: '2026-06-16T01:00:00Z' })
  planted = await plant(app, 1, 'jia')
  office = await as('党办')
  const personId = planted.pids.get('甲科长')
  const stood = [
    { personId, status: 'present' },
    { personId: planted.pids.get('一支党员'), status: 'excused-duty', note: '出差' },
  ]
  meeting = await recorded({
    kind: 'branch-general-meeting',
    unitId: id('p1'),
    happenedOn: '2026-06-15',
    title: '讨论半年工作',
    host: { personId },
    hours: 2,
    topics: ['党风廉政'],
    attendance: stood,
    content: '一、通报情况。\n二、议定两件事。',
    proof: '会议记录本第8页',
    fields: { 'vote-held': true, 'voters-present': 1 },
  })
})
after(() => app?.close())

const as = async (who: Who) => app.as(await planted.actor(who))
const id = (key: string) => planted.ids.get(key)!
const recorded = async (facts: object) => (await office.must('activity.record', facts)).activityId as string

describe('a page of the record book', () => {
  test('says what the record says, with names, and leaves lines for two signatures', async () => {
    const { lines, xml } = await paperOf(await as('一支书'), 'activity.page', { activityId: meeting })
    // Whether it came late hangs on the clock of the database.
    const said = lines.map((line) => line.replace('（补记）', ''))
    assert.deepEqual(said.slice(0, -1), [
      '支部党员大会记录',
      '活动类型\t支部党员大会\t\t',
      '组织单位\tjiap1\t日期\t2026年6月15日',
      '主持（主讲）\tjia甲科长\t\t',
      '主题\t讨论半年工作\t\t',
      lines[5]!,
      '应到\t2人\t实到\t1人',
      '有表决权\t2人\t学时\t2',
      '参加人员\tjia甲科长\t\t',
      '未到人员\tjia一支党员（因公请假，出差）\t\t',
      '会上有表决\t是\t\t',
      '有表决权的到会人数\t1人\t\t',
      '内容\t一、通报情况。 二、议定两件事。\t\t',
      '佐证\t会议记录本第8页\t\t',
      '主持人签字\t\t记录人签字\t',
    ])
    assert.match(lines.at(-1)!, /^登记\t\d{4}年\d+月\d+日，日志第\d+号\t\t$/)
    assert.match(lines[5]!, /^专题\t\S+/)
    assert.match(xml, /<w:trHeight w:val="1158" w:hRule="atLeast"\/>/)
  })

  test('marks what was entered late, and leaves out what the record does not hold', async () => {
    const activityId = await recorded({ kind: 'party-lecture', unitId: id('p1'), happenedOn: '2025-03-03' })
    const { lines } = await paperOf(office, 'activity.page', { activityId })
    assert.ok(lines.includes('组织单位\tjiap1\t日期\t2025年3月3日（补记）'))
    assert.ok(!lines.some((line) => /^(主题|佐证|参加人员|未到人员)/.test(line)))
  })
})

describe('minutes', () => {
  test('bear the name of the meeting in red, the content word for word, and who was there', async () => {
    const { lines, xml } = await paperOf(office, 'activity.minutes', { activityId: meeting })
    assert.deepEqual(lines, [
      'jiap1支部党员大会纪要',
      lines[1]!,
      '主持：jia甲科长',
      '议题：讨论半年工作',
      '一、通报情况。',
      '二、议定两件事。',
      '出席：jia甲科长',
      '请假或缺席：jia一支党员（因公请假，出差）',
    ])
    assert.match(lines[1]!, /临澜市城乡水务局jiap1\s+2026年6月15日$/)
    assert.match(xml, /FF0000/)
    const numbered = await paperOf(office, 'activity.minutes', { activityId: meeting, number: '第3期' })
    assert.deepEqual(numbered.lines.slice(0, 2), ['jiap1支部党员大会纪要', '第3期'])
  })

  test('of a meeting without content leave a marked place, and invent none', async () => {
    const activityId = await recorded({
      kind: 'leading-group-meeting',
      unitId: id('group'),
      happenedOn: '2026-06-12',
      numbers: { expected: 2, present: 2 },
    })
    const { lines, xml } = await paperOf(await as('书记'), 'activity.minutes', { activityId })
    assert.equal(lines[0], 'jiagroup党组会议纪要')
    assert.deepEqual(lines.slice(2), ['（记录中没有写内容，请补写）', '出席：应到2人，实到2人'])
    assert.match(xml, /<w:shd [^>]*w:fill="FFF2CC"\/>/)
  })
})

describe('an attendance sheet', () => {
  test('names the roster of the day in the order of the bureau, two persons a line, with empty lines', async () => {
    const { lines } = await paperOf(office, 'activity.attendance-sheet', { activityId: meeting })
    assert.deepEqual(lines.slice(0, 4), [
      '签到表',
      '支部党员大会：讨论半年工作',
      'jiap1  2026年6月15日',
      '序号\t姓名\t签名\t序号\t姓名\t签名',
    ])
    assert.deepEqual(lines.slice(4, 6), ['1\tjia一支党员\t\t5\t\t', '2\tjia甲科长\t\t6\t\t'])
    assert.equal(lines.at(-1), '应到2人。未列名的参加人员请在空行填写。')
    const check = await recorded({ kind: 'follow-up-check', unitId: id('a'), happenedOn: '2026-06-12' })
    const asked = { activityId: check }
    assert.equal(await refusalOf(office, 'activity.attendance-sheet', asked), 'activity/no-attendance-taken')
  })

  test('of a planned activity holds the roster of the planned day', async () => {
    const plan = { item: 'activity', kind: 'branch-general-meeting', unitId: id('p1'), plannedOn: '2026-07-08' }
    const { planId } = await office.must('plan.open', { ...plan, title: '七月大会' })
    const { lines } = await paperOf(await as('一支书'), 'plan.attendance-sheet', { planId })
    assert.equal(lines[2], 'jiap1  2026年7月8日')
    assert.ok(lines.some((line) => line.includes('jia一支党员')))
  })
})

describe('a notice of a planned activity', () => {
  test('says when, what and who by the plan; the place is left to be filled in', async () => {
    const plan = { item: 'activity', kind: 'theme-party-day', unitId: id('p1'), month: '2026-09', title: '义务植树' }
    const { planId } = await office.must('plan.open', plan)
    const { lines, xml } = await paperOf(await as('一支书'), 'plan.notice', { planId })
    assert.deepEqual(lines, [
      '关于义务植树的通知',
      '各参加人员：',
      '时间：2026年9月',
      '地点：（请填写）',
      '内容：主题党日：义务植树',
      '参加人员：jiap1全体人员，按名册应到2人。',
      '临澜市城乡水务局jiap1',
      '2026年6月16日',
    ])
    assert.match(xml, /FFF2CC/)
  })

  test('is there for planned activities alone', async () => {
    assert.equal(await refusalOf(office, 'plan.notice', { planId: id('plan-talk') }), 'plan/no-paper')
    await office.must('plan.withdraw', { planId: id('plan-a'), reason: '取消' })
    for (const name of ['plan.notice', 'plan.attendance-sheet'])
      assert.equal(await refusalOf(office, name, { planId: id('plan-a') }), 'record/not-found')
  })
})

test('papers of an activity are given to those who see its whole attendance, and to nobody else', async () => {
  const names = ['activity.page', 'activity.minutes', 'activity.attendance-sheet']
  for (const name of names) {
    await paperOf(await as('书记'), name, { activityId: meeting })
    for (const who of ['乙科长', '二支书', '一支党员', '纪委', '无职'] as const)
      assert.equal(await refusalOf(await as(who), name, { activityId: meeting }), 'record/not-found', `${who} ${name}`)
  }
  for (const who of ['甲科长', '一支书', '纪委', '一支党员'] as const)
    assert.equal(await refusalOf(await as(who), 'plan.notice', { planId: id('plan-p2') }), 'record/not-found', who)
  await office.must('activity.withdraw', { activityId: meeting, reason: '误记' })
  assert.equal(await refusalOf(office, 'activity.page', { activityId: meeting }), 'record/not-found')
})
