import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

let app: TestApp
let bureau: Bureau
let clerk: Caller
let listId: string

const TEXT: Record<number, string> = {
  2025: `2025年工作要点
一、抓好供水
（一）做实普查。供排水科6月底前完成管网普查。办公室年底前编制节水手册一册。建设管理科每季度开展一次工程廉政风险排查。
`,
  2026: `2026年工作要点
一、抓好供水
（一）做实普查。供排水科6月底前完成老旧管网普查。建设管理科每季度开展一次工程廉政风险排查。全局上下及时报送信息。
`,
}

/** Takes the points of a year in and puts every draft into the year's list. */
async function fill(year: number): Promise<{ listId: string; duties: { dutyId: string; no: number }[] }> {
  const content = Buffer.from(TEXT[year]!).toString('base64')
  const { id: documentId } = await clerk.must('document.import', { fileName: `${year}.txt`, content, year })
  await clerk.must('draft.open', { documentId })
  await clerk.must('clause.amend', { documentId, allUndecided: true, state: 'left' })
  const { items } = (await clerk.query('draft.list', { documentId })).body
  await clerk.must('draft.confirm', { documentId, ids: items.map((item: { id: string }) => item.id) })
  return clerk.must('draft.assign', { documentId })
}

const codeOf = async (caller: Caller, verb: string, input: object) => {
  const answer = await caller.verb(verb, input)
  return answer.status === 200 ? 'done' : answer.body.code
}
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
const listOf = async (input: object, caller = clerk): Promise<any> =>
  (await caller.query('list.get', { ...input })).body
const about = async (words: string, year = 2026) => (await clerk.query('duty.list', { year, q: words })).body.items[0]

/** What figures count as of a journal size. */
async function counted(year: number, size: number | null = null) {
  const { rows } = await app.owner.query(
    `select count(*)::int as total, count(*) filter (where status = 'closed')::int as closed from duty_facts where year = $1
       and ($2::bigint is null and superseded_idx = 9223372036854775807 or recorded_idx < $2::bigint and superseded_idx >= $2::bigint)`,
    [year, size],
  )
  return rows[0]
}
const journalSize = async () =>
  Number((await app.owner.query('select size from journal_heads where org_id = 1')).rows[0].size)

before(async () => {
  app = await openTestApp('list', { modules: [organisation, documents, duties], now: '2025-03-03T02:00:00Z' })
  bureau = await makeBureau(app)
  clerk = await bureau.as('周予安')
})
after(() => app?.close())

test('a year has one list; nothing is issued from an empty one', async () => {
  const list = await clerk.must('list.open', { year: 2025, title: '2025年责任清单' })
  assert.equal(await codeOf(clerk, 'list.open', { year: 2025 }), 'list/already-open')
  assert.equal(await codeOf(clerk, 'list.issue', { id: list.id }), 'list/nothing-to-issue')
})

test('the list of a year is filled, issued, and each duty is owed from then on', async () => {
  const made = await fill(2025)
  assert.ok(made.duties.length >= 3)
  assert.equal((await clerk.query('duty.list', { year: 2025, view: 'draft' })).body.total, made.duties.length)
  const head = await bureau.as('罗清和')
  assert.equal((await head.query('duty.list', { year: 2025 })).body.total, 0, 'a draft duty is nobody’s yet')
  assert.deepEqual(await counted(2025), { total: 0, closed: 0 })
  const issued = await clerk.must('list.issue', { id: made.listId })
  assert.deepEqual([issued.versionNo, issued.issued], [1, made.duties.length])
  assert.ok((await head.query('duty.list', { year: 2025 })).body.total > 0)
  assert.deepEqual(await counted(2025), { total: made.duties.length, closed: 0 })
  const survey = await about('管网普查', 2025)
  assert.equal(survey.dueOn, '2025-06-30')
  await head.must('duty.take-on', { ids: [survey.id] })
  await head.must('duty.submit', { id: survey.id, text: '完成' })
  const size = await journalSize()
  await clerk.must('duty.verify', { id: survey.id })
  assert.equal((await counted(2025)).closed, 1)
  assert.equal((await counted(2025, size)).closed, 0, 'as of an earlier journal size it was not closed')
})

test('a duty without any owner is not issued; the refusal names its number, and assigning it mends that', async () => {
  app.clock.set('2026-02-10T02:00:00Z')
  const made = await fill(2026)
  listId = made.listId
  const stray = made.duties[0]!
  const { body } = await clerk.query('duty.get', { id: stray.dutyId })
  assert.equal(body.status, 'draft')
  await app.owner.query('update duties set lead_unit_id = null, leader_post_id = null, common = false where id = $1', [
    stray.dutyId,
  ])
  const refused = await clerk.verb('list.issue', { id: listId })
  assert.equal(refused.body.code, 'list/unowned')
  assert.ok(refused.body.details.ids.includes(stray.dutyId))
  assert.ok((await clerk.query('duty.list', { year: 2026, view: 'unowned' })).body.total >= 1)
  await clerk.must('duty.assign', { ids: refused.body.details.ids, leadUnitId: bureau.unit('供排水科') })
  await clerk.must('duty.amend', { id: stray.dutyId, measures: ['普查图册'] })
  assert.equal((await clerk.must('list.issue', { id: listId })).versionNo, 1)
})

test('after issue a change needs its reason and is numbered; the frozen version keeps what it said', async () => {
  const survey = await about('管网普查')
  assert.equal(
    await codeOf(clerk, 'duty.amend', { id: survey.id, title: '供排水科汛前完成老旧管网普查' }),
    'duty/reason-required',
  )
  const amended = await clerk.must('duty.amend', {
    id: survey.id,
    title: '供排水科汛前完成老旧管网普查',
    dueOn: '2026-07-31',
    reason: '汛期顺延',
  })
  assert.deepEqual([amended.amendment, amended.dueOn], [1, '2026-07-31'])
  const dropped = await about('信息')
  const gone = await clerk.must('duty.withdraw', { id: dropped.id, reason: '并入日常工作' })
  assert.deepEqual([gone.amendment, gone.status], [2, 'withdrawn'])
  assert.equal((await clerk.query('duty.get', { id: dropped.id })).status, 404)
  const list = await listOf({ year: 2026, version: 1 })
  assert.deepEqual(
    list.amendments.map((one: { no: number; act: string }) => [one.no, one.act]),
    [
      [1, 'changed'],
      [2, 'dropped'],
    ],
  )
  assert.deepEqual(list.amendments[0].changes.deadline, ['2026-06-30', '2026-07-31'])
  const frozen = list.items.find((item: { id: string }) => item.id === survey.id)
  assert.ok(frozen.title.includes('普查'))
  assert.notEqual(frozen.title, '供排水科汛前完成老旧管网普查')
  assert.ok(list.items.some((item: { id: string }) => item.id === dropped.id))
})

test('a duty is added to an issued list with its reason and number, and waits as a draft in one that is not issued', async () => {
  const task = { title: '补建二次供水台账', leadUnitId: bureau.unit('供排水科'), listId }
  assert.equal(await codeOf(clerk, 'duty.open', task), 'duty/reason-required')
  assert.equal(await codeOf(clerk, 'duty.open', { ...task, listId: bureau.unit('供排水科') }), 'list/unknown')
  const added = await clerk.must('duty.open', { ...task, reason: '专题会议定' })
  assert.deepEqual([added.status, added.amendment, added.year], ['issued', 3, 2026])
  const next = await clerk.must('list.open', { year: 2029 })
  const waiting = await clerk.must('duty.open', { ...task, listId: next.id })
  assert.deepEqual([waiting.status, waiting.amendment, waiting.no], ['draft', null, 1])
})

test('a second issue freezes a second version', async () => {
  const before = await listOf({ id: listId })
  const next = await clerk.must('list.issue', { id: listId })
  assert.deepEqual([next.versionNo, next.issued], [2, 0])
  assert.equal(await codeOf(clerk, 'list.issue', { id: listId }), 'list/nothing-to-issue')
  const list = await listOf({ id: listId, version: 2 })
  assert.equal(list.versions.length, 2)
  assert.equal(list.amendments.length, before.amendments.length)
  assert.ok(list.items.some((item: { title: string }) => item.title === '供排水科汛前完成老旧管网普查'))
  assert.equal((await clerk.query('list.get', { id: listId, version: 3 })).status, 404)
})

test('two years are compared: new, kept, dropped, and what was never closed', async () => {
  const { body } = await clerk.query('list.compare', { year: 2026 })
  const of = (words: string) =>
    body.items.find((item: { now: { title: string } | null; before: { title: string } | null }) =>
      `${item.now?.title}${item.before?.title}`.includes(words),
    )
  assert.deepEqual([of('普查').change, of('普查').neverClosed], ['kept', false])
  assert.deepEqual([of('风险排查').change, of('风险排查').neverClosed], ['kept', true])
  assert.deepEqual([of('手册').change, of('手册').neverClosed], ['dropped', true])
  assert.equal(body.counts.new + body.counts.kept + body.counts.dropped, body.items.length)
})

test('two standings of one year are compared part by part: versions, amendments, and the list as it is now', async () => {
  type Compared = { change: string; differs: string[]; now: { id: string; no: number } | null; before: object | null }
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
  const compared = async (input: object): Promise<any> =>
    (await clerk.query('list.compare', { year: 2026, againstYear: 2026, ...input })).body
  const survey = await about('管网普查')
  const of = ({ items }: { items: Compared[] }, id: string) => items.find((one) => one.now?.id === id)!
  const first = await compared({ version: 2, againstVersion: 1 })
  assert.deepEqual(of(first, survey.id).differs, ['title', 'deadline'])
  assert.deepEqual([first.counts.new, first.counts.dropped, first.counts.changed], [1, 1, 1])
  assert.equal(first.counts.neverClosed, 0, 'in one year nothing is left over')
  const afterFirst = await compared({ amendment: 1, againstVersion: 1 })
  assert.deepEqual([afterFirst.counts.new, afterFirst.counts.dropped, afterFirst.counts.changed], [0, 0, 1])
  const afterThird = await compared({ amendment: 3, againstAmendment: 1 })
  assert.deepEqual([afterThird.counts.new, afterThird.counts.dropped, afterThird.counts.changed], [1, 1, 0])
  const now = await compared({ againstVersion: 2 })
  assert.deepEqual([now.counts.new, now.counts.dropped, now.counts.changed], [0, 0, 0])
  const head = await bureau.as('罗清和')
  const his = (await head.query('list.compare', { year: 2026, againstYear: 2026, version: 2, againstVersion: 1 })).body
  assert.ok(his.items.length > 0 && his.items.length < first.items.length, 'each sees the rows of his scope')
  assert.equal((await clerk.query('list.compare', { year: 2026, version: 9 })).status, 404)
  assert.equal((await clerk.query('list.compare', { year: 2026, amendment: 99 })).status, 404)
})

test('only the office opens and issues lists; who holds no draft right sees no list before its first issue', async () => {
  const { id } = await clerk.must('list.open', { year: 2027 })
  for (const role of roles.filter((one) => one !== 'office')) {
    const other = app.as(actorOf(app, role))
    assert.equal((await other.verb('list.open', { year: 2028 })).status, 404)
    assert.equal((await other.verb('list.issue', { id })).status, 404)
    assert.equal((await other.query('list.get', { id })).status, role === 'secretary' ? 200 : 404, role)
  }
  assert.equal((await clerk.query('list.list')).body.total, 4)
})
