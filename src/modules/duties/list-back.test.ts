import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { readXlsx, writeXlsx } from '../../platform/office/xlsx.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

type Cells = (string | number | null)[][]
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Any = any

let app: TestApp
let bureau: Bureau
let year = 2026

const TASKS: [title: string, unit: string, term: string][] = [
  ['开展供水安全检查', '供排水科', '2026-06-30'],
  ['完善水价公示制度', '办公室', '2026-09-30'],
  ['清理历年工程尾款', '建设管理科', '2026-10-31'],
  ['组织廉政教育参观', '办公室', ''],
]

before(async () => {
  app = await openTestApp('list-back', { modules: [organisation, documents, duties] })
  bureau = await makeBureau(app)
})
after(() => app?.close())

const xlsx = async (rows: Cells) => Buffer.from(await writeXlsx([{ name: '责任清单', rows }])).toString('base64')

/** Takes rows in as a document and opens its drafts. */
async function importRows(rows: Cells, fileName = '改.xlsx') {
  const { id } = await bureau.keeper.must('document.import', { fileName, content: await xlsx(rows), year })
  const opened = await bureau.keeper.must('draft.open', { documentId: id })
  const review = (await bureau.keeper.query('draft.list', { documentId: id })).body as Any
  return { id: id as string, opened, items: review.items as Any[] }
}

/** An issued list of a year of its own, and what was downloaded of it. */
async function issuedList(): Promise<{ listId: string; rows: Cells }> {
  year++
  const heading = ['序号', '重点任务', '责任单位', '完成时限', '目标要求']
  const tasks = TASKS.map(([title, unit, term], at) => [at + 1, title, unit, term.replace('2026', String(year)), ''])
  const { id } = await importRows([heading, ...tasks], '起草.xlsx')
  await bureau.keeper.must('draft.confirm', { documentId: id, all: true })
  const { listId } = await bureau.keeper.must('draft.assign', { documentId: id })
  await bureau.keeper.must('list.issue', { id: listId })
  return { listId, rows: await given() }
}

async function given(caller = bureau.keeper): Promise<Cells> {
  const file = await caller.query('list.xlsx', { year })
  assert.equal(file.status, 200)
  const [sheet] = await readXlsx(file.raw)
  return sheet!.rows.map((row) => [...row])
}

/** The row of a task, and the place of a column, in what was downloaded. */
const rowOf = (rows: Cells, title: string) => rows.find((cells) => cells.includes(title))!
const column = (rows: Cells, heading: string) => rows[2]!.indexOf(heading)
const listed = async () => ((await bureau.keeper.query('duty.list', { year, sort: 'no' })).body as Any).items as Any[]
const titled = async (title: string) => (await listed()).find((duty) => duty.title === title)
const proposals = (items: Any[]) =>
  items.filter((one) => one.proposal).map((one) => [one.proposal.act, one.proposal.no, one.proposal.differs])

test('a list that comes back proposes what was changed in it; confirmed, each change is an amendment with its number', async () => {
  const { listId, rows } = await issuedList()
  rowOf(rows, '开展供水安全检查')[column(rows, '完成时限')] = `${year}-08-31`
  rowOf(rows, '完善水价公示制度')[column(rows, '牵头单位')] = '建设管理科'
  rowOf(rows, '完善水价公示制度')[column(rows, '目标要求')] = '公示栏每季更新'
  const kept = rows.filter((cells) => !cells.includes('清理历年工程尾款'))
  kept.push([...rowOf(rows, '组织廉政教育参观')])
  kept.at(-1)![column(rows, '责任事项')] = '编印节水知识手册'
  kept.at(-1)![0] = ''
  const before = await listed()
  const { id, opened, items } = await importRows(kept)
  assert.deepEqual([opened.drafts, opened.listed, opened.changed, opened.missing], [5, 1, 2, 1])
  assert.deepEqual(proposals(items).toSorted(), [
    ['change', 1, ['deadline']],
    ['change', 2, ['lead', 'measures']],
    ['withdraw', 3, []],
  ])
  const lead = items.find((one) => one.proposal?.no === 2).proposal
  assert.deepEqual([lead.stands.leadUnit.name, lead.wanted.leadUnit.name], ['办公室', '建设管理科'])
  assert.deepEqual([lead.stands.measures, lead.wanted.measures], [[], ['公示栏每季更新']])
  assert.equal(lead.hindrance, null)
  assert.deepEqual(await listed(), before)

  await bureau.keeper.must('draft.confirm', { documentId: id, all: true })
  const early = await bureau.keeper.verb('draft.assign', { documentId: id, reason: '局务会议定' })
  assert.deepEqual([early.body.code, early.body.details.count], ['draft/unreviewed', 3])
  const ids = items.filter((one) => one.proposal).map((one) => one.id)
  await bureau.keeper.must('draft.confirm', { documentId: id, ids })
  const noReason = await bureau.keeper.verb('draft.assign', { documentId: id })
  assert.equal(noReason.body.code, 'duty/reason-required')
  assert.deepEqual(await listed(), before)

  const done = await bureau.keeper.must('draft.assign', { documentId: id, reason: '局务会议定' })
  assert.deepEqual([done.duties.length, done.changed, done.withdrawn, done.amendments], [1, 2, 1, [1, 2, 3]])
  assert.equal((await titled('开展供水安全检查')).deadline, `${year}-08-31`)
  assert.equal((await titled('完善水价公示制度')).leadUnit.name, '建设管理科')
  assert.equal(await titled('清理历年工程尾款'), undefined)
  assert.equal((await titled('编印节水知识手册')).status, 'draft')
  const list = (await bureau.keeper.query('list.get', { id: listId })).body as Any
  assert.deepEqual(
    list.amendments.map((one: Any) => [one.no, one.act, one.dutyNo, one.reason]).toSorted(),
    [
      [1, 'changed', 1, '局务会议定'],
      [2, 'changed', 2, '局务会议定'],
      [3, 'dropped', 3, '局务会议定'],
    ].toSorted(),
  )
  const again = await importRows(await given(), '再来.xlsx')
  assert.deepEqual([again.opened.drafts, again.opened.listed], [4, 4])
})

test('rows that were sorted and numbered anew are known by what they say; a row under an old number that says another thing is not', async () => {
  const { rows } = await issuedList()
  const items = rows.slice(3).toReversed()
  for (const [at, cells] of items.entries()) cells[0] = at + 1
  rowOf(items, '完善水价公示制度')[column(rows, '责任事项')] = '完善水价公示和听证制度'
  rowOf(items, '清理历年工程尾款')[column(rows, '责任事项')] = '节约用水进校园'
  const { opened, items: drafts } = await importRows([...rows.slice(0, 3), ...items])
  assert.deepEqual([opened.listed, opened.changed, opened.missing], [2, 1, 1])
  assert.deepEqual(proposals(drafts).toSorted(), [
    ['change', 2, ['title']],
    ['withdraw', 3, []],
  ])
  assert.equal(drafts.find((one) => one.title === '节约用水进校园').proposal, null)
})

test('what the list changed since it was given out is not undone, and what both changed is refused', async () => {
  const { rows } = await issuedList()
  const [checks, prices, debts] = await listed()
  await bureau.keeper.must('duty.amend', { id: checks.id, dueOn: `${year}-07-31`, reason: '延后一个月' })
  await bureau.keeper.must('duty.amend', { id: prices.id, cadence: '每季度', reason: '改为按季' })
  await bureau.keeper.must('duty.amend', { id: debts.id, cadence: '每月', reason: '改为按月' })
  rowOf(rows, checks.title)[column(rows, '完成时限')] = `${year}-12-31`
  rowOf(rows, prices.title)[column(rows, '完成时限')] = `${year}-12-31`
  const kept = rows.filter((cells) => !cells.includes(debts.title))
  const { id, items } = await importRows(kept)
  const by = (no: number) => items.find((one) => one.proposal?.no === no)
  assert.deepEqual([by(1).proposal.hindrance, by(1).proposal.overtaken], ['overtaken', ['deadline']])
  assert.deepEqual([by(2).proposal.hindrance, by(2).proposal.differs], [null, ['deadline']])
  assert.equal(by(3).proposal.hindrance, 'overtaken')
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: [by(1).id, by(2).id, by(3).id] })
  const before = await listed()
  const refused = await bureau.keeper.verb('draft.assign', { documentId: id, reason: '调整' })
  assert.equal(refused.body.code, 'draft/overtaken')
  assert.match(refused.body.title, /第 3 项.*频次|第 1 项.*时限/)
  assert.doesNotMatch(refused.body.title, /\{\w+\}/)
  assert.deepEqual(await listed(), before)
  await bureau.keeper.must('draft.reject', { documentId: id, ids: [by(3).id] })
  await bureau.keeper.must('draft.amend', { documentId: id, id: by(1).id, changes: { deadline: `${year}-07-31` } })
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: [by(1).id] })
  const done = await bureau.keeper.must('draft.assign', { documentId: id, reason: '调整' })
  assert.deepEqual([done.changed, done.withdrawn, done.amendments], [1, 0, [4]])
  const now = await titled(prices.title)
  assert.deepEqual([now.deadline, now.cadence], [`${year}-12-31`, '每季度'])
  assert.equal((await titled(checks.title)).deadline, `${year}-07-31`)
})

test('a name that means nothing here, a due day taken away and an owner taken away are refused; nothing is carried out', async () => {
  const { rows } = await issuedList()
  rowOf(rows, '开展供水安全检查')[column(rows, '牵头单位')] = '水利三科'
  rowOf(rows, '完善水价公示制度')[column(rows, '完成时限')] = ''
  rowOf(rows, '组织廉政教育参观')[column(rows, '牵头单位')] = ''
  rowOf(rows, '组织廉政教育参观')[column(rows, '责任领导')] = ''
  rowOf(rows, '清理历年工程尾款')[column(rows, '责任主体')] = '协作层'
  const { id, items } = await importRows(rows)
  const by = (no: number) => items.find((one) => one.proposal?.no === no)
  assert.deepEqual(
    [1, 2, 3, 4].map((no) => by(no).proposal.hindrance),
    ['names-unknown', 'deadline-kept', 'names-unknown', 'unowned'],
  )
  assert.deepEqual([by(1).fields.unresolved, by(3).fields.unresolved], [['水利三科'], ['协作层']])
  const before = await listed()
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: items.map((one) => one.id) })
  for (const [no, code] of [
    [1, 'draft/names-unknown'],
    [2, 'draft/deadline-kept'],
    [3, 'draft/names-unknown'],
    [4, 'duty/unowned'],
  ] as const) {
    const refused = await bureau.keeper.verb('draft.assign', { documentId: id, ids: [by(no).id], reason: '调整' })
    assert.deepEqual([refused.status, refused.body.code], [422, code], refused.body.title)
    assert.doesNotMatch(refused.body.title, /\{\w+\}/)
  }
  assert.deepEqual(await listed(), before)
  await bureau.keeper.must('draft.amend', {
    documentId: id,
    id: by(1).id,
    changes: { leadUnitId: bureau.unit('办公室') },
  })
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: [by(1).id] })
  const done = await bureau.keeper.must('draft.assign', { documentId: id, ids: [by(1).id], reason: '调整' })
  assert.deepEqual(done.amendments, [1])
})

test('a closed duty is neither changed nor taken out; a list that holds part, or hides rows, proposes nothing to be taken out', async () => {
  const { rows } = await issuedList()
  const [first] = await listed()
  await bureau.keeper.must('duty.take-on', { ids: [first.id] })
  await bureau.keeper.must('duty.submit', { id: first.id, text: '已查完' })
  const verified = await (await bureau.as('周予安')).verb('duty.verify', { id: first.id })
  assert.equal(verified.status, 200, verified.body.title)
  const without = rows.filter((cells) => !cells.includes(first.title))
  assert.equal((await importRows(without)).opened.missing, 0)
  rowOf(rows, first.title)[column(rows, '完成时限')] = `${year}-12-31`
  const { id, items } = await importRows(rows)
  assert.equal(items.find((one) => one.proposal)?.proposal.hindrance, 'not-in-state')
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: [items.find((one) => one.proposal).id] })
  const refused = await bureau.keeper.verb('draft.assign', { documentId: id, reason: '调整' })
  assert.equal(refused.body.code, 'duty/not-in-state')

  const theirs = await given(app.as(actorOf(app, 'department-head', [bureau.unit('办公室')])))
  assert.match(String(theirs[1]), /part〕/)
  assert.equal((await importRows(theirs.slice(0, 4), '部分.xlsx')).opened.missing, 0)
})

test('a proposal is not merged, split or moved, and a mark of another year or bureau makes no proposals', async () => {
  const { rows } = await issuedList()
  rowOf(rows, '开展供水安全检查')[column(rows, '完成时限')] = `${year}-08-31`
  const kept = rows.filter((cells) => !cells.includes('清理历年工程尾款'))
  const { id, items } = await importRows(kept)
  const [gone, change] = ['withdraw', 'change'].map((act) => items.find((one) => one.proposal?.act === act))
  for (const [verb, input] of [
    ['draft.merge', { ids: [gone.id, change.id] }],
    ['draft.split', { id: change.id, at: [change.start + 2] }],
    ['draft.span', { id: change.id, start: change.start, end: change.end - 1 }],
    ['draft.amend', { id: gone.id, changes: { title: '另一件事' } }],
  ] as const) {
    const refused = await bureau.keeper.verb(verb, { documentId: id, ...input })
    assert.deepEqual([refused.status, refused.body.code], [409, 'draft/of-listed'], verb)
  }
  await bureau.keeper.must('draft.reject', { documentId: id, ids: [gone.id, change.id] })
  const nothing = await bureau.keeper.verb('draft.assign', { documentId: id, reason: '调整' })
  assert.equal(nothing.body.code, 'draft/nothing-confirmed')
  const mark = String(kept[1]![0])
  kept[1]![0] = mark.replace(`/${year}/`, `/${year - 1}/`)
  assert.deepEqual((await importRows(kept, '别的年份.xlsx')).opened.changed, 0)
  kept[1]![0] = mark.replace('〔demo/', '〔other/')
  assert.deepEqual((await importRows(kept, '别的单位.xlsx')).opened.changed, 0)
})

test('whoever keeps no lists can neither see nor carry out what a list proposes', async () => {
  const { rows } = await issuedList()
  rowOf(rows, '开展供水安全检查')[column(rows, '完成时限')] = `${year}-08-31`
  const { id, items } = await importRows(rows)
  const [one] = items.filter(({ proposal }) => proposal)
  await bureau.keeper.must('draft.confirm', { documentId: id, ids: [one.id] })
  for (const role of roles.filter((each) => each !== 'office')) {
    const other = app.as(actorOf(app, role))
    assert.equal((await other.verb('draft.assign', { documentId: id, reason: '调整' })).status, 404, role)
    const reads = (await other.query('draft.list', { documentId: id })).status
    assert.equal(reads, role === 'supervision-reader' ? 200 : 404, role)
  }
  assert.equal((await titled('开展供水安全检查')).deadline, `${year}-06-30`)
})
