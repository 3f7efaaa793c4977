import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { readXlsx } from '../../platform/office/xlsx.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Any = any

before(async () => {
  app = await openTestApp('workbook', { modules })
  bureau = await makeBureau(app)
  const record = (kind: string, unit: string, happenedOn: string, title: string) =>
    bureau.keeper.must('activity.record', {
      kind,
      unitId: bureau.unit(unit),
      happenedOn,
      title,
      numbers: { present: 5, expected: 6 },
    })
  await record('theme-party-day', '第一党支部', '2026-02-10', '=HYPERLINK("主题党日")')
  await record('theme-party-day', '第二党支部', '2026-03-10', '节水宣传')
})
after(() => app?.close())

const rowsOf = async (answer: Any) => (await readXlsx(answer.raw))[0]!.rows

test('the ledger of activities holds the lines of the list in order of time, and no cell of it is a formula', async () => {
  const answer = await bureau.keeper.query('activity.xlsx', { from: '2026-01-01', to: '2026-12-31' })
  assert.equal(answer.status, 200)
  const listed = (await bureau.keeper.query('activity.list', { from: '2026-01-01', to: '2026-12-31', limit: 500 }))
    .body as Any
  const [title, , heading, ...lines] = await rowsOf(answer)
  assert.deepEqual(title, ['活动台账'])
  assert.deepEqual(heading?.slice(0, 5), ['序号', '日期', '组织单位', '活动类别', '主题'])
  assert.equal(lines.length, listed.total)
  assert.deepEqual(
    lines.map((line) => [line[1], line[4]]),
    [...listed.items].reverse().map((item: Any) => [item.happenedOn, item.title ?? '']),
  )
  assert.ok(lines.some((line) => line[4] === '=HYPERLINK("主题党日")'))
})

test('a branch secretary finds only what the list shows him', async () => {
  const theirs = await bureau.as('梁叙文')
  const listed = (await theirs.query('activity.list', { limit: 500 })).body as Any
  const [, , , ...lines] = await rowsOf(await theirs.query('activity.xlsx', {}))
  assert.equal(lines.length, listed.total)
  assert.deepEqual([...new Set(lines.map((line) => line[2]))], ['第一党支部'])
})

test('the table of obligations holds units by rules, and no rule whose fulfilment tells of persons', async () => {
  const year = 2026
  const answer = await bureau.keeper.query('obligation.xlsx', { year })
  assert.equal(answer.status, 200)
  const shown = (await bureau.keeper.query('obligation.matrix', { year, limit: 500 })).body as Any
  const [, , heading = [], ...lines] = await rowsOf(answer)
  const open = shown.rules.filter((rule: Any) => rule.visibility === 'unit').map((rule: Any) => rule.words.zh)
  const closed = shown.rules.filter((rule: Any) => rule.visibility !== 'unit').map((rule: Any) => rule.words.zh)
  assert.ok(open.length > 0 && closed.length > 0)
  assert.deepEqual(heading.slice(2), open)
  for (const words of closed) assert.ok(!heading.includes(words), words)
  const branch = lines.find((line) => line[1] === '第一党支部')
  assert.ok(branch?.some((cell) => /^\d+\/\d+\n/.test(cell)))
})

test('a column that is too far away is refused before anything is written', async () => {
  const refused = await bureau.keeper.query('obligation.xlsx', { year: 1999 })
  assert.equal(refused.status, 400)
  assert.equal((await bureau.keeper.query('activity.xlsx', { kind: 'x'.repeat(200) })).status, 400)
})

test('the table of hours holds the people whose hours the reader may see, in the order of the list', async () => {
  const answer = await bureau.keeper.query('hours.xlsx', { year: 2026 })
  assert.equal(answer.status, 200)
  const listed = (await bureau.keeper.query('hours.list', { year: 2026, limit: 500 })).body as Any
  const [, , , ...lines] = await rowsOf(answer)
  assert.deepEqual(
    lines.map((line) => line[1]),
    listed.items.map((item: Any) => item.name ?? ''),
  )
  const theirs = await bureau.as('梁叙文')
  const few = (await theirs.query('hours.list', { year: 2026, limit: 500 })).body as Any
  const [, , , ...own] = await rowsOf(await theirs.query('hours.xlsx', { year: 2026 }))
  assert.equal(own.length, few.total)
  assert.ok(own.length < lines.length)
  assert.equal((await (await bureau.as('顾明棠')).query('hours.xlsx', {})).status, 404)
})

test('the roster comes out in the form in which it is imported, and goes into an empty bureau as the same roster', async () => {
  const book = await bureau.keeper.query('roster.xlsx', {})
  assert.equal(book.status, 200)
  const file = book.raw.toString('base64')
  const other = await openTestApp('roster-again', { modules })
  try {
    const keeper = other.as(actorOf(other, 'office'))
    const taken = await keeper.must('roster.import', { file })
    const sheets = new Map((await readXlsx(book.raw)).map((sheet) => [sheet.name, sheet.rows.length - 1]))
    assert.deepEqual(
      [taken.units, taken.persons, taken.memberships],
      ['机构', '人员', '党员'].map((name) => sheets.get(name)),
    )
    const again = await keeper.query('roster.xlsx', {})
    const words = async (answer: Any) =>
      (await readXlsx(answer.raw)).map((sheet) => sheet.rows.map((row) => row.join('|')).sort())
    assert.deepEqual(await words(again), await words(book))
  } finally {
    await other.close()
  }
  assert.equal((await (await bureau.as('梁叙文')).query('roster.xlsx', {})).status, 404)
})
