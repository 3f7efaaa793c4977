import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Actor, type Role, roles } from '../../core/access/actor.ts'
import { EVERYTHING } from '../../core/access/scope.ts'
import { documents } from './documents.module.ts'

const TEXT = `2026年供水安全工作要点
一、压实责任
（一）局党组每季度至少开展一次集体学习研讨。按照《供水管理办法》要求，八月底前完成管网普查。
（二）机关纪委每季度开展一次回头看，贯彻落实《廉政风险防控办法》和《供水管理办法》。
`

let app: TestApp
let office: Caller

function actor(role: Role): Actor {
  return {
    orgId: 1,
    accountId: '00000000-0000-7000-8000-000000000001',
    pid: null,
    name: role,
    holdings: [{ role, postId: null, units: 'all' }],
    scopes: { general: EVERYTHING, talks: EVERYTHING },
    onBehalfOf: null,
  }
}

const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`
const LIST = `<w:tbl>${row('序号', '重点任务', '牵头单位', '完成时限')}${row('1', '抓好学习', '办公室', '6月底前')}</w:tbl>`
const docx = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ),
  })

const base64 = (content: string | Uint8Array) => Buffer.from(content as string).toString('base64')

before(async () => {
  app = await openTestApp('document', { modules: [documents] })
  office = app.as(actor('office'))
})
after(() => app?.close())

test('a text is taken in, decoded, read, and what it cites enters the register once', async () => {
  const taken = await office.must('document.import', { fileName: '要点.txt', content: base64(TEXT), year: 2026 })
  assert.equal(taken.encoding, 'utf-8')
  assert.ok(taken.duties >= 2)
  assert.equal(taken.cites, 3)
  const register = await office.query('cite.list')
  assert.deepEqual(
    register.body.items.map((row: { title: string; documents: number }) => [row.title, row.documents]),
    [
      ['供水管理办法', 1],
      ['廉政风险防控办法', 1],
    ],
  )
  const whole = await office.query('document.get', { id: taken.id })
  assert.equal(whole.body.text, TEXT)
  assert.equal(whole.body.cites[0].citeId, register.body.items[0].id)
  const { coverage } = whole.body
  assert.equal(
    coverage.clauses,
    coverage.duty + coverage.principle + coverage.quotation + coverage.background + coverage.undecided,
  )
  const listed = await office.query('document.list', { year: 2026 })
  assert.equal(listed.body.total, 1)
})

test('the same file is not taken in twice for one year', async () => {
  const again = await office.verb('document.import', { fileName: '副本.txt', content: base64(TEXT), year: 2026 })
  assert.equal(again.body.code, 'document/already-imported')
})

test('a text in GB 18030 is decoded and says so', async () => {
  const bytes = Buffer.concat([Buffer.from([0xbe, 0xd6, 0xb5, 0xb3, 0xd7, 0xe9]), Buffer.from([0xa1, 0xa3])])
  const taken = await office.must('document.import', { fileName: '旧稿.txt', content: base64(bytes), year: 2026 })
  assert.equal(taken.encoding, 'gb18030')
})

const refused: [string, string, string | Uint8Array, string][] = [
  ['an empty file', 'a.txt', '', 'document/empty'],
  ['a file of blanks', 'a.txt', ' \n ', 'document/empty'],
  ['a picture', 'a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'document/binary'],
  [
    'an old file of an unknown kind',
    'a.ppt',
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]),
    'document/unsupported-format',
  ],
  ['a broken spreadsheet', 'a.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]), 'document/unreadable'],
  ['a text called xlsx', 'a.xlsx', '局党组', 'document/binary'],
  ['a broken docx', 'a.docx', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]), 'document/unreadable'],
  ['a text called docx', 'a.docx', '局党组', 'document/binary'],
  ['a marked text', 'a.txt', `秘密★一年\n${TEXT}`, 'document/secret-marked'],
  ['a traditional text', 'a.txt', '黨組書記領導責任，組織學習，監督執紀，實際問題，檢查風險。', 'document/traditional'],
  ['a text with pinyin', 'a.txt', '责(zé)任(rèn)清(qīng)单(dān)要(yào)落(luò)实', 'document/pinyin-injected'],
  ['a text over 5 MB', 'a.txt', new Uint8Array(5 * 1024 * 1024 + 1).fill(0x61), 'document/too-long'],
]

for (const [what, fileName, content, code] of refused) {
  test(`${what} is refused with what to do`, async () => {
    const answer = await office.verb('document.import', { fileName, content: base64(content), year: 2026 })
    assert.equal(answer.body.code, code)
    assert.doesNotMatch(answer.body.title, /\{\w+\}/)
  })
}

test('a file tells its words to whoever writes from it, and is kept nowhere', async () => {
  const before = (await office.query('document.list')).body.total
  const speech = base64(docx(`${p('2025年工作讲话')}${p('一年来，召开会议12次。')}`))
  for (const role of ['office', 'secretary'] as const) {
    const asked = { fileName: '讲话.docx', content: speech }
    const answer = await app.as(actor(role)).verb('document.explain', asked, { key: crypto.randomUUID() })
    assert.deepEqual(
      [answer.body.text, answer.body.encoding, answer.body.tables],
      ['2025年工作讲话\n一年来，召开会议12次。', 'docx', []],
    )
  }
  const beside = await office.must('document.explain', {
    fileName: '要点.docx',
    content: base64(docx(`${p('一年来，召开会议12次。')}${LIST}`)),
  })
  assert.match(beside.text, /召开会议12次。\n[\s\S]*抓好学习/)
  assert.equal((await office.query('document.list')).body.total, before)
  const kept = await app.owner.query(`select 1 from idempotency_keys where verb = 'document.explain'`)
  assert.equal(kept.rowCount, 0)
})

test('a file of nothing but tables has no words to write from; one that is not read says why', async () => {
  const listed = await office.must('document.explain', {
    fileName: '清单.docx',
    content: base64(docx(`${p('责任清单')}${LIST}`)),
  })
  assert.deepEqual([listed.text, listed.tables.length], [null, 1])
  const answer = await office.verb('document.explain', { fileName: '讲话.docx', content: base64('讲话') })
  assert.equal(answer.body.code, 'document/binary')
})

test('whoever neither imports nor writes reports is not told what a file holds', async () => {
  for (const role of roles.filter((one) => one !== 'office' && one !== 'secretary')) {
    const asked = { fileName: 'a.txt', content: base64('一') }
    assert.equal((await app.as(actor(role)).verb('document.explain', asked)).status, 404, role)
  }
})

test('two names of one document become one entry, and what rests on it follows', async () => {
  const short = await office.must('cite.record', { title: '供水办法', aliases: ['县供水办法'] })
  const listed = (await office.query('cite.list')).body.items as { id: string; title: string }[]
  const long = listed.find((row) => row.title === '供水管理办法')!
  const merged = await office.must('cite.merge', { id: long.id, intoId: short.id })
  assert.deepEqual(merged.aliases, ['县供水办法', '供水管理办法'])
  const entry = await office.query('cite.get', { id: short.id })
  assert.equal(entry.body.documents, 1)
  assert.equal((await office.query('cite.get', { id: long.id })).status, 200)
  assert.equal((await office.query('cite.list', { q: '供水管理' })).body.total, 1)
  assert.equal(
    (await office.verb('cite.merge', { id: short.id, intoId: short.id })).body.code,
    'cite/merged-into-itself',
  )
})

test('a title or alias that the register knows is not entered again', async () => {
  const answer = await office.verb('cite.record', { title: '关于供水办法' })
  assert.equal(answer.body.code, 'cite/already-recorded')
})

test('an entry is amended: version and day of issue', async () => {
  const [row] = (await office.query('cite.list', { q: '廉政' })).body.items
  await office.must('cite.amend', { id: row.id, versionNote: '2025年修订', issuedOn: '2025-03-01' })
  const [amended] = (await office.query('cite.list', { q: '廉政' })).body.items
  assert.equal(amended.versionNote, '2025年修订')
  assert.equal(amended.issuedOn, '2025-03-01')
})

test('whoever is not of the office neither takes documents in nor keeps the register; to him it looks absent', async () => {
  for (const role of roles.filter((one) => one !== 'office')) {
    const other = app.as(actor(role))
    assert.equal(
      (await other.verb('document.import', { fileName: 'a.txt', content: base64('一'), year: 2026 })).status,
      404,
    )
    assert.equal((await other.verb('cite.record', { title: '甲' })).status, 404)
    assert.equal((await other.query('document.list')).status, role === 'supervision-reader' ? 200 : 404)
  }
})
