import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { registryOf } from '../action/action.ts'
import { readDocx } from '../office/docx.ts'
import { openOoxml } from '../office/ooxml.ts'
import { UsageError } from './arguments.ts'
import { paperCommand } from './paper.ts'

const folder = mkdtempSync(join(tmpdir(), 'luze-paper-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'out.docx')
const noProgram = () => Promise.reject(new Error('no database is opened for a text'))

async function run(...argv: string[]): Promise<{ code: number; said: string; complained: string }> {
  let [said, complained] = ['', '']
  const streams = {
    write: (text: string) => {
      said += text
    },
    error: (text: string) => {
      complained += text
    },
  }
  const code = await paperCommand(argv, streams, noProgram, registryOf([]))
  return { code, said, complained }
}

test('a text becomes a paper without any database: title, addressee, levels, attachment, signature, imprint', async () => {
  const text = join(folder, 'a.txt')
  const list = join(folder, 'b.txt')
  writeFileSync(text, '关于报送总结的通知\n各科室：\n一、内容\n写明办了什么。\n二、时间\n月底前报送。\n')
  writeFileSync(list, '报送要目\n一份。\n')
  const options = ['--by', '云溪市林业和草原局', '--on', '2026-11-05', '--sealed', '--attach', list]
  const { code } = await run(
    'notice',
    text,
    ...options,
    '--printed-by',
    '局办公室',
    '--copies',
    '各支部。',
    '--out',
    out,
  )
  assert.equal(code, 0)
  const lines = readDocx(readFileSync(out)).paragraphs.filter((line) => line.trim() !== '')
  assert.deepEqual(lines.slice(0, 6), [
    '关于报送总结的通知',
    '各科室：',
    '一、内容',
    '写明办了什么。',
    '二、时间',
    '月底前报送。',
  ])
  assert.deepEqual(lines.slice(6, 10), ['附件：报送要目', '云溪市林业和草原局', '2026年11月5日', '附件'])
  assert.ok(lines.some((line) => line.startsWith('抄送：各支部。')))
  assert.match(openOoxml(readFileSync(out), 'word').get('word/document.xml')!, /<w:pStyle w:val="Heading1"\/>/)
})

test('a wrong kind, a missing file or a day that is none is said, and nothing is written', async () => {
  const { code, complained } = await run('poem', 'x.txt')
  assert.deepEqual([code, complained.includes('luze paper')], [2, true])
  assert.equal((await run('speech', '--help')).code, 0)
  await assert.rejects(run('speech', join(folder, 'none.txt'), '--out', out), UsageError)
  await assert.rejects(run('speech', '--out', out), UsageError)
  await assert.rejects(run('brief', 'x.txt', '--out', out), UsageError)
  await assert.rejects(run('speech', join(folder, 'a.txt'), '--on', 'morgen', '--out', out), UsageError)
  await assert.rejects(run('list', '--year', '2026'), UsageError)
})
