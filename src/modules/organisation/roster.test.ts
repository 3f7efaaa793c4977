import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { readXlsx, writeXlsx } from '../../platform/office/xlsx.ts'
import { organisation } from './organisation.ts'
import { dayTyped } from './roster-sheets.ts'

let app: TestApp
before(async () => {
  app = await openTestApp('roster', { modules: [organisation] })
})
after(() => app.close())

type Cells = (string | number | null)[]

async function filled(rows: Partial<Record<'机构' | '人员' | '职务' | '党员', Cells[]>>): Promise<string> {
  const template = await app.as(actorOf(app, 'system-admin')).query('roster.template')
  assert.equal(template.status, 200)
  const sheets = (await readXlsx(template.raw)).map((sheet) => ({
    name: sheet.name,
    rows: [...sheet.rows.map((row) => [...row] as Cells), ...(rows[sheet.name as '机构'] ?? [])],
  }))
  return Buffer.from(await writeXlsx(sheets)).toString('base64')
}

const units: Cells[] = [
  ['临澜局', '局', '', '2024-01-01', ''],
  ['党办', '科室', '临澜局', '2024/1/1', 'A1'],
  ['机关党委', '机关党委', '临澜局', '2024年1月1日', ''],
  ['一支部', '党支部', '机关党委', 45_292, ''],
]

test('faults are told all together, each with its sheet and row, and nothing is written', async () => {
  const admin = app.as(actorOf(app, 'system-admin'))
  const file = await filled({
    机构: [...units, ['怪处', '大处', '没有的局', '2024-13-01', '']],
    人员: [
      ['甲一', '', ''],
      ['甲一', '', ''],
    ],
    职务: [['党办', '科室负责人', '', '', '乙二', '2024-01-01', '', '']],
    党员: [['甲一', '党办', '群众', '2024-01-01', '']],
  })
  const { status, body } = await admin.verb('roster.import', { file })
  assert.deepEqual([status, body.code], [422, 'roster/rows-wrong'])
  const faults = body.details.rows.map(
    (row: { sheet: string; row: number; code: string }) => `${row.sheet}${row.row} ${row.code}`,
  )
  assert.deepEqual(
    faults.sort(),
    [
      '人员4 roster/person-twice',
      '党员3 roster/no-members',
      '党员3 roster/person-ambiguous',
      '党员3 roster/standing',
      '机构7 roster/no-day',
      '机构7 roster/unit-kind',
      '机构7 roster/unit-unknown',
      '职务3 roster/person-unknown',
    ].sort(),
  )
  assert.deepEqual((await admin.query('unit.tree')).body.items, [])
})

test('a whole roster comes in as one act, and a check writes nothing', async () => {
  const admin = app.as(actorOf(app, 'system-admin'))
  const file = await filled({
    机构: units,
    人员: [
      ['甲一', 'A001', '党办'],
      ['甲一', '', '一支部'],
      ['丙三', '', ''],
    ],
    职务: [
      ['党办', '科室负责人', '主任', '', 'A001', '2024-01-01', '2025-06-30', '一支部'],
      ['党办', '科室负责人', '主任', '', '丙三', '2025-07-01', '', ''],
      ['一支部', '党支部书记', '', '', '甲一（一支部）', '2024-02-01', '', ''],
      ['一支部', '支部委员', '', '', '', '2024-02-01', '', ''],
    ],
    党员: [
      ['丙三', '一支部', '预备', '2024-03-01', ''],
      ['A001', '一支部', '正式', '2024-01-01', ''],
    ],
  })
  const counts = { units: 4, persons: 3, posts: 3, appointments: 3, charges: 1, memberships: 2, classes: 0 }
  assert.deepEqual(await admin.must('roster.import', { file, check: true }), counts)
  assert.deepEqual((await admin.query('unit.tree')).body.items, [])
  assert.deepEqual(await admin.must('roster.import', { file }), counts)
  const posts = (await admin.query('post.list', { on: '2025-06-30' })).body.items
  assert.deepEqual(
    posts.map((post: { holders: { name: string }[] }) => post.holders.map((holder) => holder.name)),
    [['甲一'], ['甲一'], []],
  )
  const again = await admin.verb('roster.import', { file })
  assert.equal(again.body.code, 'roster/rows-wrong')
  const more = await filled({ 人员: [['丁四', '', '']], 党员: [['丁四', '一支部', '正式', '2026-01-01', '']] })
  assert.equal((await admin.must('roster.import', { file: more })).memberships, 1)
})

test('the class of a person comes in with the roster, and the same file may come again', async () => {
  const admin = app.as(actorOf(app, 'system-admin'))
  const office = app.as(actorOf(app, 'office'))
  const of = async (name: string) => {
    const { items } = (await office.query('class.list', { on: '2026-01-01' })).body
    return items
      .filter((one: { name: string }) => one.name === name)
      .map((one: { class: string; from: string }) => [one.class, one.from])
  }
  const first = [
    ['戊五', 'A005', '', '县处级以上', '2023-05-01'],
    ['己六', '', '', '乡科级', ''],
    ['庚七', '', '', '', ''],
  ]
  const { classes, persons } = await admin.must('roster.import', { file: await filled({ 人员: first }) })
  assert.deepEqual([classes, persons], [2, 3])
  assert.deepEqual(
    [await of('戊五'), await of('己六'), await of('庚七')],
    [[['division', '2023-05-01']], [['section', '2025-01-01']], []],
  )
  const again = await filled({ 人员: first.slice(0, 2) })
  assert.deepEqual((await admin.must('roster.import', { file: again })).classes, 0)
  const later = await filled({
    人员: [
      ['己六', '', '', '四级调研员以上', '2025-09-01'],
      ['庚七', '', '', '科级', ''],
    ],
  })
  assert.equal((await admin.must('roster.import', { file: later })).classes, 2)
  assert.deepEqual([await of('己六'), await of('庚七')], [[['division', '2025-09-01']], [['section', '2025-01-01']]])
  const wrong = await filled({
    人员: [
      ['戊五', 'A005', '', '厅级', ''],
      ['己六', '', '', '县处级以上', '2025-03-01'],
      ['庚七', '', '', '县处级以上', '去年'],
    ],
  })
  const codes = (await admin.verb('roster.import', { file: wrong })).body.details.rows.map(
    (row: { code: string }) => row.code,
  )
  assert.deepEqual(codes.sort(), [
    'roster/class',
    'roster/class-later',
    'roster/no-day',
    'roster/person-twice',
    'roster/person-twice',
  ])
})

test('a file that is no workbook, or another workbook, is refused in words', async () => {
  const admin = app.as(actorOf(app, 'system-admin'))
  const code = async (file: string) => (await admin.verb('roster.import', { file })).body.code
  assert.equal(await code(Buffer.from('no workbook').toString('base64')), 'roster/unreadable')
  assert.equal(
    await code(Buffer.from(await writeXlsx([{ name: '机构', rows: [['甲']] }])).toString('base64')),
    'roster/column-missing',
  )
  assert.equal(await code(await filled({})), 'roster/empty')
  const member = app.as(actorOf(app, 'member', []))
  assert.equal((await member.verb('roster.import', { file: await filled({}) })).status, 404)
})

test('a day is read as people type it', () => {
  for (const text of ['2024-01-05', '2024/1/5', '2024.1.5', '2024年1月5日', '45296', '２０２４-0１-05']) {
    assert.equal(dayTyped(text), '2024-01-05', text)
  }
  for (const text of ['2024-02-30', '昨天', '2024', '']) assert.equal(dayTyped(text), null, text)
})
