import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { readDocx } from './docx.ts'
import { readMarkdown } from './markdown.ts'
import { OfficeRefusal, type OfficeRefusalCode } from './office-refusal.ts'
import { officeLimits, unzipBounded } from './unzip.ts'
import { readXlsx, writeXlsx } from './xlsx.ts'

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const types = '<?xml version="1.0" encoding="UTF-8"?><Types/>'

function docxOf(body: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': types,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${word}><w:body>${body}</w:body></w:document>`,
    ...more,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ),
  )
}

const p = (text: string, properties = ''): string => `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`

function refused(code: OfficeRefusalCode, act: () => unknown): void {
  assert.throws(act, (error) => error instanceof OfficeRefusal && error.code === code)
}

test('an archive is judged by the bytes that come out and not by its headers', () => {
  const zeros = new Uint8Array(8_000_000)
  const bomb = zipSync({ 'word/document.xml': zeros })
  const started = performance.now()
  refused('office/bomb', () => unzipBounded(bomb))
  assert.ok(performance.now() - started < 500)
  const lying = bomb.slice()
  const view = new DataView(lying.buffer)
  for (let at = 0; at < lying.length - 30; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
  }
  refused('office/bomb', () => unzipBounded(lying))
  const noise = new Uint8Array(randomBytes(300_000))
  refused('office/too-large', () =>
    unzipBounded(zipSync({ a: noise, b: noise }), { ...officeLimits, totalBytes: 400_000 }),
  )
  refused('office/too-large', () => unzipBounded(zipSync({ a: noise }), { ...officeLimits, fileBytes: 1000 }))
  const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`f${i}`, new Uint8Array(0)]))
  refused('office/bomb', () => unzipBounded(zipSync(many)))
})

test('an archive with strange names, damage or entries over one another is refused', () => {
  for (const name of ['../x.xml', '/etc/x', 'a\\b', 'a/../../b', 'c:x', 'a\u0000b', 'a\u202eb', 'x'.repeat(300)]) {
    refused('office/unreadable', () => unzipBounded(zipSync({ [name]: strToU8('x') })))
  }
  const good = zipSync({ a: strToU8('abcabcabc'.repeat(50)) })
  const damaged = good.slice()
  damaged[40] = damaged[40]! ^ 0xff
  refused('office/unreadable', () => unzipBounded(damaged))
  refused('office/unreadable', () => unzipBounded(new Uint8Array(0)))
  refused('office/unreadable', () =>
    unzipBounded(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])),
  )
  refused('office/bomb', () => unzipBounded(overlapping()))
})

/** Two directory entries that both point at the one stored entry. */
function overlapping(): Uint8Array {
  const one = zipSync({ a: strToU8('hello') }, { level: 0 })
  const view = new DataView(one.buffer, one.byteOffset, one.byteLength)
  const end = one.length - 22
  const directory = view.getUint32(end + 16, true)
  const local = one.slice(0, directory)
  const entry = one.slice(directory, end)
  const second = entry.slice()
  const b = Buffer.concat([local, local, entry, second, one.slice(end)])
  const names = new DataView(b.buffer, b.byteOffset, b.byteLength)
  b[local.length + 30] = 0x62
  b[2 * local.length + entry.length + 46] = 0x62
  names.setUint32(2 * local.length + entry.length + 42, local.length, true)
  names.setUint32(2 * local.length + 20, local.length + 5, true)
  names.setUint16(b.length - 22 + 8, 2, true)
  names.setUint16(b.length - 22 + 10, 2, true)
  names.setUint32(b.length - 22 + 16, 2 * local.length, true)
  return b
}

test('whatever bytes come, the answer is parts or a refusal', () => {
  const seed = docxOf(p('一句话'))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = seed.slice()
      for (const [at, value] of changes) bytes[at] = value
      try {
        readDocx(bytes)
      } catch (error) {
        assert.ok(error instanceof OfficeRefusal, String(error))
      }
    }),
    { numRuns: 2000 },
  )
})

test('a document with a DOCTYPE, a macro or a fetched part is refused, and a hyperlink is not', () => {
  const doctype = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w/>'
  refused('office/doctype', () => readDocx(docxOf(p('x'), { 'word/styles.xml': doctype })))
  refused('office/macro', () => readDocx(docxOf(p('x'), { 'word/vbaProject.bin': 'x' })))
  refused('office/macro', () =>
    readDocx(
      docxOf(p('x'), {
        '[Content_Types].xml':
          '<Types><Default ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      }),
    ),
  )
  const rel = (type: string) =>
    `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="http://example.invalid/t" TargetMode="External"/></Relationships>`
  refused('office/external', () =>
    readDocx(docxOf(p('x'), { 'word/_rels/settings.xml.rels': rel('attachedTemplate') })),
  )
  refused('office/external', () => readDocx(docxOf(p('x'), { 'word/_rels/document.xml.rels': rel('image') })))
  assert.equal(readDocx(docxOf(p('x'), { 'word/_rels/document.xml.rels': rel('hyperlink') })).text, 'x')
  const utf16 = Buffer.from(`\ufeff<w:styles ${word}/>`, 'utf16le')
  refused('office/unreadable', () => readDocx(docxOf(p('x'), { 'word/styles.xml': utf16 })))
  refused('office/unreadable', () => readDocx(docxOf('<w:p><w:r>')))
  refused('office/unreadable', () => readDocx(docxOf('<w:sdt>'.repeat(400) + '</w:sdt>'.repeat(400))))
})

test('a document gives its paragraphs with automatic numbers, and leaves out what was deleted', () => {
  const numbered = (level: number) => `<w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr></w:pPr>`
  const level = (at: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
  const numbering = `<w:numbering ${word}><w:abstractNum w:abstractNumId="7">${level(0, 'chineseCounting', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
  const body = [
    p('同志们：'),
    p('抓学习', numbered(0)),
    p('集体学', numbered(1)),
    p('个人学', numbered(1)),
    p('抓作风', numbered(0)),
    p('下基层', numbered(1)),
    '<w:p><w:r><w:t xml:space="preserve">甲 &amp; 乙</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>',
  ].join('')
  assert.deepEqual(readDocx(docxOf(body, { 'word/numbering.xml': numbering })).paragraphs, [
    '同志们：',
    '一、抓学习',
    '（一）集体学',
    '（二）个人学',
    '二、抓作风',
    '（一）下基层',
    '甲 & 乙增',
  ])
})

test('a table gives rows of cells, merged ones empty after the first', () => {
  const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`
  const rows = [
    `<w:tr>${cell('类别', '<w:vMerge w:val="restart"/>')}${cell('事项', '<w:gridSpan w:val="2"/>')}</w:tr>`,
    `<w:tr>${cell('', '<w:vMerge/>')}${cell('甲')}${cell('乙')}</w:tr>`,
  ]
  const read = readDocx(docxOf(`${p('前')}<w:tbl>${rows.join('')}</w:tbl>${p('后')}`))
  assert.deepEqual(read.tables, [
    [
      ['类别', '事项', ''],
      ['', '甲', '乙'],
    ],
  ])
  assert.equal(read.text, '前\n类别\t事项\t\n\t甲\t乙\n后')
})

test('words in a workbook come back as the same words, and no cell is a formula', async () => {
  const lead = fc.constantFrom('=', '+', '-', '@', '\t', '＝', '＋', '－', '＠', '', '_x0041_', "'")
  const plain = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text))
  const cell = fc.oneof(
    fc.tuple(lead, plain).map(([a, b]) => a + b),
    fc.constant('=cmd|"/c calc"!A1'),
    fc.constant('=1+1'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 40 }),
      async (rows) => {
        const bytes = await writeXlsx([{ name: '表/一', rows }])
        const sheet = new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet1.xml'])
        assert.ok(!/<f[ >]/.test(sheet))
        const read = (await readXlsx(bytes))[0]!
        const trim = (row: readonly string[]): string => row.join('\n').replace(/\n+$/, '')
        assert.deepEqual(
          rows.map((_, i) => trim(read.rows[i] ?? [])),
          rows.map(trim),
        )
      },
    ),
    { numRuns: 40 },
  )
})

test('numbers, days and results of formulas come back as words', async () => {
  const bytes = await writeXlsx([
    { name: 'a', rows: [['序号', 1, null, 2.5]], widths: [6, 30] },
    { name: 'A', rows: [] },
  ])
  const sheets = await readXlsx(bytes)
  assert.deepEqual(
    sheets.map((sheet) => sheet.name),
    ['a', 'A 2'],
  )
  assert.deepEqual(sheets[0]!.rows, [['序号', '1', '', '2.5']])
  const parts = unzipSync(bytes)
  const sheet = new TextDecoder()
    .decode(parts['xl/worksheets/sheet1.xml'])
    .replace('<c r="B1"><v>1</v>', '<c r="B1"><f>HYPERLINK("http://x")</f><v>7</v>')
  const read = await readXlsx(zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) }))
  assert.deepEqual(read[0]!.rows, [['序号', '7', '', '2.5']])
})

test('a sheet whose two cells span a giant rectangle is refused before it is built', async () => {
  const parts = unzipSync(await writeXlsx([{ name: 'a', rows: [['x']] }]))
  const far = new TextDecoder()
    .decode(parts['xl/worksheets/sheet1.xml'])
    .replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
  await assert.rejects(
    readXlsx(zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(far) })),
    (error) => error instanceof OfficeRefusal && error.code === 'office/too-large',
  )
})

test('a markdown file stays as it is', () => {
  assert.equal(readMarkdown(strToU8('# 一级\r\n正文')), '# 一级\r\n正文')
  refused('office/unreadable', () => readMarkdown(Uint8Array.from([0xff, 0xfe, 0x00])))
})
