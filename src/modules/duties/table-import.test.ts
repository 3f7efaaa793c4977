import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { convertOld, findOffice } from '../../platform/office/convert.ts'
import { readXlsx, writeXlsx } from '../../platform/office/xlsx.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

let app: TestApp
let bureau: Bureau

type Rows = (string | number | null)[][]

const LIST: Rows = [
  ['2026年供水安全责任清单'],
  ['序号', '类别', '重点任务', '责任单位', '责任领导', '完成时限', '目标要求'],
  [1, '理论学习', '开展集体学习研讨', '党组', '', '每季度', '全年不少于四次\n有记录'],
  [2, '', '完成《供水管理办法》要求的管网普查', '供排水科、建设管理科，外单位', '', '8月底前', ''],
  ['序号', '类别', '重点任务', '责任单位', '责任领导', '完成时限', '目标要求'],
  [3, '风险防控', '排查在建项目廉政风险', '各科室', '党组成员、副局长（分管供排水）', '2026-09-30', ''],
  ['注：本表按季更新'],
]
const RECTIFY: Rows = [
  ['序号', '存在问题', '整改措施', '责任单位', '整改时限'],
  [1, '水价公示不及时', '修订公示办法', '办公室', '3月底前'],
]

const xlsx = async (rows: Rows, name = '清单') => Buffer.from(await writeXlsx([{ name, rows }])).toString('base64')
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Any = any

before(async () => {
  app = await openTestApp('table-import', { modules: [organisation, documents, duties] })
  bureau = await makeBureau(app)
})
after(() => app?.close())

test('the mapping is shown before the import, with what each column means and the rows as they would come', async () => {
  const shown = await bureau.keeper.must('document.explain', { fileName: '清单.xlsx', content: await xlsx(LIST) })
  assert.equal(shown.encoding, 'xlsx')
  assert.equal(shown.fits, true)
  const [table] = shown.tables
  assert.equal(table.headerRow, 2)
  assert.deepEqual(
    table.columns.map((one: Any) => [one.column, one.heading, one.field, one.by]),
    [
      ['A', '序号', 'seq', 'alias'],
      ['B', '类别', 'category', 'alias'],
      ['C', '重点任务', 'duty', 'alias'],
      ['D', '责任单位', 'lead', 'alias'],
      ['E', '责任领导', 'leader', 'alias'],
      ['F', '完成时限', 'term', 'alias'],
      ['G', '目标要求', 'standard', 'alias'],
    ],
  )
  assert.equal(table.items, 3)
  assert.deepEqual(table.skipped, { blank: 0, notes: 1, headings: 1, hidden: 0 })
  assert.deepEqual(table.rows[1], {
    row: 4,
    title: '完成《供水管理办法》要求的管网普查',
    lead: '供排水科、建设管理科，外单位',
    leader: '',
    term: '8月底前',
  })
  assert.equal((await bureau.keeper.query('document.list')).body.total, 0)
})

test('a list comes in as drafts: the first unit leads, the others support, terms become days, the row is the source', async () => {
  const taken = await bureau.keeper.must('document.import', {
    fileName: '清单.xlsx',
    content: await xlsx(LIST),
    year: 2026,
  })
  assert.equal(taken.kind, 'list')
  assert.equal(taken.title, '2026年供水安全责任清单')
  assert.equal(taken.tables, 1)
  assert.equal(taken.duties, 3)
  await bureau.keeper.must('draft.open', { documentId: taken.id })
  const review = (await bureau.keeper.query('draft.list', { documentId: taken.id })).body as Any
  assert.equal(review.coverage.undecided, 0)
  const [study, pipes, risks] = review.items
  assert.deepEqual(study.source, { table: '清单', row: 3 })
  assert.equal(study.fields.kind, 'study')
  assert.equal(study.inferred.kind, undefined)
  assert.equal(study.fields.cadence, '每季度')
  assert.deepEqual(study.fields.measures, ['全年不少于四次', '有记录'])
  assert.equal(pipes.title, '完成《供水管理办法》要求的管网普查')
  assert.equal(pipes.fields.leadUnitId, bureau.unit('供排水科'))
  assert.deepEqual(pipes.fields.supportUnitIds, [bureau.unit('建设管理科')])
  assert.deepEqual(pipes.fields.unresolved, ['外单位'])
  assert.equal(pipes.fields.deadline, '2026-08-31')
  assert.equal(pipes.inferred.deadline, 'phrase')
  assert.equal(pipes.fields.leaderPostId, null)
  assert.deepEqual(pipes.fields.cites, ['供水管理办法'])
  assert.equal(risks.fields.common, true)
  assert.equal(risks.fields.leaderPostId, bureau.post('党组/group-member/党组成员、副局长（分管供排水）'))
  assert.equal(risks.fields.deadline, '2026-09-30')
  const text = review.items.map((item: Any) => item.text).join('\n')
  assert.ok(text.includes('外单位') && text.includes('全年不少于四次'))
  await bureau.keeper.must('draft.confirm', { documentId: taken.id, all: true })
  const assigned = await bureau.keeper.must('draft.assign', { documentId: taken.id })
  assert.equal(assigned.duties.length, 3)
})

test('a list that was given out and comes back changes nothing; a row that was changed in it is a draft', async () => {
  const given = await bureau.keeper.query('list.xlsx', { year: 2026 })
  assert.equal(given.status, 200)
  const before = (await bureau.keeper.query('duty.list', { year: 2026 })).body as Any
  const again = await bureau.keeper.must('document.import', {
    fileName: '责任清单.xlsx',
    content: given.raw.toString('base64'),
    year: 2026,
  })
  const opened = await bureau.keeper.must('draft.open', { documentId: again.id })
  assert.deepEqual([opened.drafts, opened.listed], [3, 3])
  const review = (await bureau.keeper.query('draft.list', { documentId: again.id })).body as Any
  assert.deepEqual(
    review.items.map((item: Any) => [item.state, item.fields.unresolved]),
    [
      ['assigned', []],
      ['assigned', []],
      ['assigned', []],
    ],
  )
  const refused = await bureau.keeper.verb('draft.assign', { documentId: again.id })
  assert.equal(refused.body.code, 'draft/nothing-confirmed')
  const after = (await bureau.keeper.query('duty.list', { year: 2026 })).body as Any
  assert.deepEqual(after.items, before.items)

  const [sheet] = await readXlsx(given.raw)
  const rows = sheet!.rows.map((row) => [...row])
  const deadline = rows[2]!.indexOf('完成时限')
  const row = rows.find((cells) => cells.includes('2026-09-30'))!
  row[deadline] = '2026-10-31'
  const changed = await bureau.keeper.must('document.import', {
    fileName: '改.xlsx',
    content: await xlsx(rows),
    year: 2026,
  })
  const reopened = await bureau.keeper.must('draft.open', { documentId: changed.id })
  assert.deepEqual([reopened.drafts, reopened.listed], [3, 2])
})

test('the workbook of drafts keeps duties and problems apart, and whoever reads no reviews finds none', async () => {
  const { items } = (await bureau.keeper.query('document.list')).body as Any
  const book = await bureau.keeper.query('draft.xlsx', { documentId: items.at(-1).id })
  assert.equal(book.status, 200)
  const [sheet] = await readXlsx(book.raw)
  assert.equal(sheet!.name, '责任事项')
  assert.equal(sheet!.rows[2]![3], '责任事项')
  assert.equal(sheet!.rows.length, 6)
  for (const role of roles) {
    const answer = await app.as(actorOf(app, role)).query('draft.xlsx', { documentId: items.at(-1).id })
    assert.equal(answer.status, ['office', 'supervision-reader'].includes(role) ? 200 : 404, role)
  }
})

test('the workbook of the list holds what the reader may see and no more', async () => {
  const head = bureau.unit('供排水科')
  const theirs = await app.as(actorOf(app, 'department-head', [head])).query('list.xlsx', { year: 2026 })
  assert.equal(theirs.status, 200)
  const [sheet] = await readXlsx(theirs.raw)
  const words = sheet!.rows.flat().join('\n')
  // Drafts of the list are for those who keep it; nothing is issued yet.
  assert.doesNotMatch(words, /廉政风险|集体学习/)
  assert.equal((await app.as(actorOf(app, 'security-admin')).query('list.xlsx', { year: 2026 })).status, 404)
})

test('rows of a rectification list become drafts of problems', async () => {
  const taken = await bureau.keeper.must('document.import', {
    fileName: '整改.xlsx',
    content: await xlsx(RECTIFY, '整改'),
    year: 2026,
  })
  await bureau.keeper.must('draft.open', { documentId: taken.id })
  const [item] = ((await bureau.keeper.query('draft.list', { documentId: taken.id })).body as Any).items
  assert.equal(item.mode, 'problem')
  assert.equal(item.title, '水价公示不及时')
  assert.deepEqual(item.fields.measures, ['修订公示办法'])
  assert.equal(item.fields.leadUnitId, bureau.unit('办公室'))
  assert.equal(item.fields.deadline, '2026-03-31')
  assert.equal(item.fields.kind, 'rectify')
})

test('all or nothing: a row at fault keeps the file out and every problem is told by row', async () => {
  const rows: Rows = [
    ...LIST.slice(0, 2),
    [1, '学习', '', '办公室', '', '6月', ''],
    [2, '学习', '#REF!', '办公室', '', '', ''],
  ]
  const content = await xlsx(rows)
  const before = (await bureau.keeper.query('document.list')).body.total
  const refused = await bureau.keeper.verb('document.import', { fileName: '错.xlsx', content, year: 2026 })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.code, 'document/rows-wrong')
  assert.doesNotMatch(refused.body.title, /\{\w+\}/)
  assert.deepEqual(
    refused.body.details.problems.map((one: Any) => [one.table, one.row, one.column, one.code]),
    [
      ['清单', 3, null, 'no-duty'],
      ['清单', 4, 'C', 'cell-error'],
    ],
  )
  for (const one of refused.body.details.problems) assert.doesNotMatch(`${one.zh}${one.en}`, /\{\w+\}/)
  assert.equal((await bureau.keeper.query('document.list')).body.total, before)
})

test('what a person says of the columns is used and remembered for the next list under the same heading', async () => {
  const rows: Rows = [
    ['事由', '谁来办', '到什么时候'],
    ['编制节水手册', '办公室', '年底前'],
  ]
  const content = await xlsx(rows, '杂项')
  const unknown = await bureau.keeper.must('document.explain', { fileName: 'a.xlsx', content })
  assert.equal(unknown.fits, false)
  assert.equal(unknown.problems[0].code, 'no-heading')
  const mappings = [{ table: '杂项', headerRow: 1, headerRows: 1, fields: ['duty', 'lead', 'term'] }]
  const said = await bureau.keeper.must('document.explain', { fileName: 'a.xlsx', content, mappings })
  assert.equal(said.fits, true)
  assert.equal(said.tables[0].rows[0].title, '编制节水手册')
  assert.equal((await bureau.keeper.must('document.explain', { fileName: 'a.xlsx', content })).fits, false)
  await bureau.keeper.must('document.import', { fileName: 'a.xlsx', content, year: 2026, mappings })
  const next = await xlsx([rows[0]!, ['清理水表', '办公室', '6月']], '又一张')
  const remembered = await bureau.keeper.must('document.explain', { fileName: 'b.xlsx', content: next })
  assert.equal(remembered.fits, true)
  assert.deepEqual(
    remembered.tables[0].columns.map((one: Any) => one.by),
    ['remembered', 'remembered', 'remembered'],
  )
})

test('an older format is converted where a converter is installed', { skip: findOffice() === null }, async () => {
  const words = '一、抓好学习。局党组每季度开展一次学习研讨。'
  const rtf = `{\\rtf1\\ansi\\ansicpg936 ${[...words].map((char) => `\\u${char.charCodeAt(0)}?`).join('')}\\par}`
  const content = Buffer.from(rtf).toString('base64')
  const taken = await bureau.keeper.must('document.import', { fileName: '旧稿.rtf', content, year: 2026 })
  assert.equal(taken.encoding, 'rtf')
  assert.ok(taken.duties >= 1)
})

test('without a converter an older format is refused with the menu item that makes one that is read', async () => {
  const before = process.env['LUZE_SOFFICE']
  process.env['LUZE_SOFFICE'] = 'off'
  try {
    for (const [fileName, head] of [
      ['旧稿.doc', 'd0cf11e0'],
      ['旧表.xls', 'd0cf11e0'],
      ['旧稿.wps', 'd0cf11e0'],
      ['公报.pdf', '25504446'],
    ] as const) {
      const content = Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(600)]).toString('base64')
      const refused = await bureau.keeper.verb('document.import', { fileName, content, year: 2026 })
      assert.equal(refused.body.code, 'document/unsupported-format', fileName)
      assert.match(refused.body.title, /另存为.*\.docx.*\.xlsx/)
    }
  } finally {
    if (before === undefined) delete process.env['LUZE_SOFFICE']
    else process.env['LUZE_SOFFICE'] = before
  }
})

test('an older file that holds macros is refused before any program opens it', async () => {
  const bytes = Buffer.concat([Buffer.from('d0cf11e0', 'hex'), Buffer.from('_VBA_PROJECT', 'utf16le')])
  const content = bytes.toString('base64')
  const refused = await bureau.keeper.verb('document.import', { fileName: '宏.xls', content, year: 2026 })
  assert.equal(refused.body.code, 'document/active-content')
  await assert.rejects(convertOld(bytes, 'xls', null), { code: 'office/macro' })
})
