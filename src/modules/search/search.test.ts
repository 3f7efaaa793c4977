import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('search', { modules })
  bureau = await makeBureau(app)
  const record = (unit: string, title: string, content: string) =>
    bureau.keeper.must('activity.record', {
      kind: 'topic-study',
      unitId: bureau.unit(unit),
      happenedOn: '2026-04-15',
      title,
      content,
    })
  await record('计划财务科', '学习100%节水办法_第二版', '会上讨论了管网漏损')
  await record('办公室', '学习 Water 办法', '无')
})
after(() => app.close())

// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
type Any = any

async function find(as: string, q: string, input: Record<string, unknown> = {}): Promise<Record<string, Any>> {
  const { status, body } = await (await bureau.as(as)).query('search.find', { q, ...input })
  assert.equal(status, 200, JSON.stringify(body))
  return Object.fromEntries(body.parts.map((part: Any) => [part.kind, part]))
}

test('words are found wherever they stand, as they are written, in any width and case', async () => {
  const office = (q: string) => find('周予安', q).then(({ activity }) => activity?.total ?? 0)
  assert.equal(await office('水办'), 1)
  assert.equal(await office('100%'), 1, 'a sign that stands for others elsewhere stands for itself')
  assert.equal(await office('办法_'), 1)
  assert.equal(await office('ｗａｔｅｒ'), 1)
  assert.equal(await office('第二版 学习'), 1, 'all words, in any order')
  assert.equal(await office('第三版 学习'), 0)
  assert.equal(await office('专题学习'), 2, 'by the name of the kind')
})

test('what the catalogue names is named in both languages', async () => {
  const { activity, unit, rule } = await find('周予安', '学习')
  assert.deepEqual(activity.hits[0].named, { zh: '专题学习', en: 'Special-topic study' })
  assert.ok(rule.hits.every(({ title, named }: Any) => title === null && named.zh !== '' && named.en !== ''))
  assert.equal(unit, undefined)
  assert.equal((await find('周予安', '财务')).unit.hits[0].named.en.length > 0, true)
})

test('what was said at a meeting is not searched', async () => {
  assert.equal((await find('周予安', '管网漏损')).activity, undefined)
})

test('each finds what his lists show him, and no more', async () => {
  const head = await find('裴思远', '学习')
  const listed = (await (await bureau.as('裴思远')).query('activity.list', {})).body.items.map(
    (one: Any) => one.activityId,
  )
  assert.ok(head.activity.hits.every(({ id }: Any) => listed.includes(id)))
  assert.equal((await find('周予安', '学习')).activity.total, 2)
  assert.equal((await find('裴思远', '节水')).activity.total, 1)
  assert.equal((await find('裴思远', 'water')).activity, undefined)
})

test('names are found by characters and by sound, units by name', async () => {
  const names = async (q: string) => ((await find('蒋若谷', q)).person?.hits ?? []).map(({ title }: Any) => title)
  assert.deepEqual(await names('予安'), ['周予安'])
  assert.ok((await names('zhouya')).includes('周予安'))
  assert.ok((await names('zya')).includes('周予安'))
  assert.ok((await find('蒋若谷', '财务')).unit.hits.some(({ title }: Any) => title === '计划财务科'))
})

test('one kind alone, as many as are asked for; the total is exact', async () => {
  const one = await find('周予安', '学习', { kind: 'activity', limit: 1 })
  assert.deepEqual(Object.keys(one), ['activity'])
  assert.deepEqual([one.activity.total, one.activity.hits.length], [2, 1])
})

test('plans are found by what they are about or by their kind, orders by the duty that they follow up', async () => {
  const unitId = bureau.unit('计划财务科')
  await bureau.keeper.must('plan.open', {
    item: 'activity',
    kind: 'topic-study',
    unitId,
    plannedOn: '2026-07-20',
    title: '研读水价规定',
  })
  assert.equal((await find('周予安', '水价')).plan.hits[0].title, '研读水价规定')
  assert.equal((await find('周予安', '专题学习')).plan.total, 1)
  const other = await bureau.as('蒋若谷')
  const listed = (await other.query('plan.list', { year: 2026 })).body.total
  assert.equal((await find('蒋若谷', '水价')).plan?.total ?? 0, listed, 'as his list shows it')
  assert.equal((await find('周予安', '水价')).order, undefined)
})
