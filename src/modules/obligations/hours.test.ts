import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('hours', { modules })
  bureau = await makeBureau(app)
  const { keeper } = bureau
  const state = (name: string, of: string) =>
    keeper.must('class.assign', { personId: bureau.person(name), class: of, from: '2023-01-01' })
  await state('沈望舒', 'division')
  for (const name of ['裴思远', '蒋若谷', '钟灵雨']) await state(name, 'section')
  const brought = { rule: 'cadre-training-div', amount: 96, on: '2024-12-31' }
  await keeper.must('opening.record', { ...brought, personId: bureau.person('沈望舒') })
  await held('training-course', '临澜市城乡水务局', '2026-03-26', 8, ['沈望舒', '裴思远', '蒋若谷'], ['钟灵雨'])
  await held('topic-study', '计划财务科', '2026-04-15', 2, ['裴思远', '蒋若谷', '钟灵雨'], [])
  await held('topic-study', '计划财务科', '2026-05-20', null, ['蒋若谷'], [])
})
after(() => app.close())

async function held(kind: string, unit: string, on: string, hours: number | null, present: string[], away: string[]) {
  const status = (names: string[], of: string) => names.map((name) => ({ personId: bureau.person(name), status: of }))
  await bureau.keeper.must('activity.record', {
    kind,
    unitId: bureau.unit(unit),
    happenedOn: on,
    ...(hours === null ? {} : { hours }),
    ...(kind === 'training-course' ? { fields: { form: 'own', days: 1 } } : {}),
    attendance: [...status(present, 'present'), ...status(away, 'excused-duty')],
  })
}

// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
type Any = any

async function hours(as: string, of?: string): Promise<Any> {
  const input = { year: 2026, ...(of === undefined ? {} : { personId: bureau.person(of) }) }
  const { status, body } = await (await bureau.as(as)).query('hours.get', input)
  return status === 200 ? body : status
}

const ruleIn = (answer: Any, rule: string) => answer.rules.find((one: Any) => one.rule === rule)

test('hours come from attendance alone, each from its record, against the rule that applies', async () => {
  const answer = await hours('蒋若谷')
  const study = ruleIn(answer, 'member-study-hours')
  assert.deepEqual([study.needed, study.counted, study.short, study.of], [56, 10, 46, 'hours'], 'of the committee')
  assert.deepEqual([study.outcome, study.expected, study.unconfirmed], ['open', true, true])
  const section = ruleIn(answer, 'cadre-training-section')
  assert.deepEqual([section.records.length, section.dueOn], [1, '2026-12-31'])
  assert.deepEqual(
    answer.records.map((one: Any) => [one.on, one.kind, one.hours, one.rules.includes('member-study-hours')]),
    [
      ['2026-03-26', 'training-course', 8, true],
      ['2026-04-15', 'topic-study', 2, true],
      ['2026-05-20', 'topic-study', null, false],
    ],
  )
})

test('who was excused has no hours of it, and an ordinary member needs fewer', async () => {
  const study = ruleIn(await hours('钟灵雨'), 'member-study-hours')
  assert.deepEqual([study.needed, study.counted], [32, 2])
})

test('a course held elsewhere counts, and is told as day, kind and hours without its record', async () => {
  const { records } = await hours('蒋若谷')
  assert.equal(records[0].activityId, null)
  assert.notEqual(records[1].activityId, null)
  assert.notEqual((await hours('周予安', '蒋若谷')).records[0].activityId, null, 'the office may open it')
})

test('hours from before the records begin stand beside them for the five years', async () => {
  const div = ruleIn(await hours('沈望舒'), 'cadre-training-div')
  assert.deepEqual([div.windowFrom, div.windowTo, div.needed, div.counted], ['2023-01-01', '2027-12-31', 550, 104])
  assert.deepEqual(div.opening, [{ on: '2024-12-31', amount: 96 }])
  assert.deepEqual(
    div.records.map((one: Any) => [one.on, one.amount]),
    [['2026-03-26', 8]],
  )
})

test('of somebody without a class nobody can say which training rule applies', async () => {
  const section = ruleIn(await hours('卓清扬'), 'cadre-training-section')
  assert.deepEqual([section.outcome, section.missing], ['undetermined', ['person-class']])
})

test('they are told to himself, his branch secretary and the training handler alone', async () => {
  assert.equal((await hours('裴思远', '蒋若谷')).name, '蒋若谷')
  assert.equal((await hours('周予安', '蒋若谷')).name, '蒋若谷')
  for (const name of ['沈望舒', '程以宁', '郁青禾', '梁叙文', '钟灵雨']) {
    assert.equal(await hours(name, '蒋若谷'), 404, name)
  }
  const clerk = await (await bureau.as('周予安')).query('hours.get', { personId: bureau.unit('党组') })
  assert.deepEqual([clerk.status, clerk.body.rules], [200, []])
  assert.equal((await bureau.keeper.query('hours.get')).body.code, 'hours/no-person')
})

test('where days are not stated, and might be enough, the record is named with the field that is missing', async () => {
  const course = {
    kind: 'training-course',
    unitId: bureau.unit('临澜市城乡水务局'),
    happenedOn: '2025-05-12',
    hours: 24,
  }
  const recorded = await bureau.keeper.must('activity.record', {
    ...course,
    fields: { form: 'own' },
    attendance: [{ personId: bureau.person('蒋若谷'), status: 'present' }],
  })
  const input = { year: 2025, personId: bureau.person('蒋若谷') }
  const { body } = await (await bureau.as('裴思远')).query('hours.get', input)
  const section = ruleIn(body, 'cadre-training-section')
  assert.deepEqual([section.outcome, section.counted, section.missing], ['undetermined', 24, ['record-detail']])
  const zh = '没有填“培训天数”，请补填'
  assert.deepEqual(
    section.unstated.map(({ on, words }: Any) => [on, words.zh, words.en]),
    [['2025-05-12', zh, '“Days” is not stated; add it to the record']],
  )
  const obligationId = `cadre-training-section/${bureau.person('蒋若谷')}/2025-01-01`
  const { body: why } = await bureau.keeper.query('obligation.get', { obligationId })
  assert.deepEqual(
    why.missing.map(({ code, words }: Any) => [code, words.zh]),
    [['record-detail', '有记录没有填“培训天数”。请补填那条记录']],
  )
  await bureau.keeper.must('activity.withdraw', { activityId: recorded.activityId, reason: '试验用的记录' })
})

async function listed(as: string, input: object = {}): Promise<Any> {
  const { status, body } = await (await bureau.as(as)).query('hours.list', { year: 2026, ...input })
  return status === 200 ? body : status
}

test('a branch secretary lists his branch, the handler the bureau, in its order and never by hours', async () => {
  const branch = await listed('裴思远')
  assert.ok(branch.items.every((one: Any) => one.unitName === '第二党支部'))
  const names = branch.items.map((one: Any) => one.name)
  assert.deepEqual(names.slice(0, 3), ['程以宁', '郁青禾', '苏南乔'], 'leaders first, then as units and posts stand')
  assert.equal(branch.total, 8)
  const own = branch.items.find((one: Any) => one.name === '蒋若谷')
  assert.equal(ruleIn(own, 'member-study-hours').counted, 10)
  const all = await listed('周予安')
  assert.equal(all.items[0].name, '沈望舒')
  assert.ok(all.total > 50)
  const part = await listed('周予安', { unitId: bureau.unit('第三党支部'), limit: 5 })
  assert.deepEqual([part.items.length, part.next], [5, '5'])
  const rest = await listed('周予安', { unitId: bureau.unit('第三党支部'), limit: 500, cursor: '5' })
  assert.equal(part.items.length + rest.items.length, part.total)
  for (const name of ['沈望舒', '郁青禾', '蒋若谷']) assert.equal(await listed(name), 404, name)
  assert.doesNotMatch(JSON.stringify(app.registry.queries.get('hours.list')!.descriptor.output), /percent|rank|score/)
})
