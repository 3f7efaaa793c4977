import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { readDocxApart, readXlsxApart } from './apart.ts'
import { convertLimits, convertOld, findOffice } from './convert.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { readXlsx, writeXlsx } from './xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'luze-apart-'))
after(() => rmSync(folder, { recursive: true }))

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const docxOf = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${word}><w:body>${body}</w:body></w:document>`),
  })

const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof OfficeRefusal, String(error))
  return error.code === wanted
}

test('a file is read in a process of its own, and a refusal comes back as the same refusal', async () => {
  const bytes = await writeXlsx([{ name: '表', rows: [['甲', 1]] }])
  assert.deepEqual(await readXlsxApart(bytes), await readXlsx(bytes))
  assert.equal((await readDocxApart(docxOf('<w:p><w:r><w:t>甲</w:t></w:r></w:p>'))).text, '甲')
  await assert.rejects(readDocxApart(docxOf('<w:p>')), code('office/unreadable'))
  await assert.rejects(readXlsxApart(strToU8('PK')), code('office/unreadable'))
})

test('the process is ended when it takes too long', async () => {
  const body = '<w:p><w:r><w:t>甲</w:t></w:r></w:p>'.repeat(100_000)
  await assert.rejects(readDocxApart(docxOf(body), { seconds: 0.001, heapMegabytes: 64 }), code('office/too-heavy'))
})

test('the process is ended when it takes too much memory', async () => {
  const cells = Array.from({ length: 250_000 }, (_, n) => `<w:tc><w:p><w:r><w:t>${n * 7919}甲</w:t></w:r></w:p></w:tc>`)
  const answer = readDocxApart(docxOf(`<w:tbl><w:tr>${cells.join('')}</w:tr></w:tbl>`), {
    seconds: 20,
    heapMegabytes: 16,
  })
  await assert.rejects(answer, code('office/too-heavy'))
})

/** A converter of our own: a script that does what `does` says with the folder for the outcome in `$out`. */
function converter(name: string, does: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\nout="$2"\nsource="$3"\n${does}\n`)
  chmodSync(path, 0o755)
  return path
}

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('luze-office-'))

test('a conversion runs in a folder and with a profile of its own, which are gone afterwards', async () => {
  const seen = join(folder, 'seen.txt')
  const made = join(folder, 'made.docx')
  writeFileSync(made, docxOf('<w:p><w:r><w:t>转换</w:t></w:r></w:p>'))
  const does = `{ echo "$HOME"; cat "$HOME/profile/user/registrymodifications.xcu"; } > ${seen}\ncp ${made} "$out/source.docx"`
  const before = left()
  const bytes = await convertOld(strToU8('{\\rtf1 }'), 'rtf', converter('works', does))
  assert.equal((await readDocxApart(bytes)).text, '转换')
  const [home = '', ...profile] = readFileSync(seen, 'utf8').split('\n')
  assert.match(home, /luze-office-/)
  assert.equal(existsSync(home), false)
  assert.match(profile.join('\n'), /DisableMacrosExecution.*true/)
  assert.deepEqual(left(), before)
})

test('a converter that gives nothing, too much, or never ends is a refusal, and nothing of it stays', async () => {
  const bytes = strToU8('%PDF-1.4')
  await assert.rejects(convertOld(bytes, 'pdf', converter('nothing', 'exit 1')), code('office/unreadable'))
  await assert.rejects(
    convertOld(bytes, 'pdf', converter('much', 'head -c 5000 /dev/zero > "$out/a.docx"'), {
      ...convertLimits,
      fileBytes: 4000,
    }),
    code('office/unreadable'),
  )
  const started = Date.now()
  await assert.rejects(
    convertOld(bytes, 'pdf', converter('slow', 'sleep 60'), { ...convertLimits, seconds: 1 }),
    code('office/too-heavy'),
  )
  assert.ok(Date.now() - started < 20_000)
  await assert.rejects(convertOld(bytes, 'pdf', null), code('office/no-converter'))
})

test('LUZE_SOFFICE names the converter or switches it off', () => {
  const path = converter('mine', 'exit 0')
  assert.equal(findOffice({ LUZE_SOFFICE: path, PATH: '' }), path)
  assert.equal(findOffice({ LUZE_SOFFICE: 'off', PATH: process.env['PATH'] }), null)
  assert.equal(findOffice({ LUZE_SOFFICE: join(folder, 'absent') }), null)
})

test('a workbook of the older form becomes one that is read', { skip: findOffice() === null }, async () => {
  // SYLK is a text table that LibreOffice takes under the older ending.
  const sylk = 'ID;PLUZE\nC;Y1;X1;K"NO"\nC;Y1;X2;K"DUTY"\nC;Y2;X1;K1\nC;Y2;X2;K"STUDY"\nE\n'
  const sheets = await readXlsxApart(await convertOld(strToU8(sylk), 'xls'))
  assert.deepEqual(sheets[0]?.rows, [
    ['NO', 'DUTY'],
    ['1', 'STUDY'],
  ])
})
