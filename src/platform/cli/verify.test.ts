import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeExport, makeJournal, makePacket } from '../../core/ledger/make.ts'
import { verifyCommand } from './verify.ts'

const { packet, journal } = makePacket(makeJournal(21, 30), 28, true)
const lines = makeExport(journal)
let folder: string
const at = (name: string): string => join(folder, name)

const run = async (...argv: string[]): Promise<{ code: number; out: string; errors: string[] }> => {
  const out: string[] = []
  const errors: string[] = []
  const code = await verifyCommand(argv, { log: (line) => out.push(line), error: (line) => errors.push(line) })
  return { code, out: out.join('\n'), errors }
}
const save = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text)
  return at(name)
}
const inPage = (text: string): string =>
  `<html><script type="application/json" id="luze-packet">${text}</script></html>`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luze-verify-'))
})
after(() => rm(folder, { recursive: true }))

test('an honest packet verifies from an evidence file and on its own, and says what it does not show', async () => {
  for (const file of [
    await save('ok.html', inPage(JSON.stringify(packet))),
    await save('ok.json', JSON.stringify(packet)),
  ]) {
    const { code, out, errors } = await run(file)
    assert.deepEqual([code, errors], [0, []])
    assert.match(out, /核对一致：8 项数字/)
    assert.match(out, /不证明没有遗漏/)
  }
})

test('an honest journal export verifies, whatever the file is called', async () => {
  for (const name of ['ok.jsonl', 'ok.txt']) {
    const { code, out } = await run(await save(name, `${lines.join('\n')}\n`))
    assert.equal(code, 0)
    assert.match(out, /31 条日志/)
  }
})

test('with the whole journal the packet is recounted, and nothing was left out', async () => {
  const file = await save('packet.json', JSON.stringify(packet))
  const { code, out } = await run(file, '--journal', await save('journal.jsonl', lines.join('\n')))
  assert.equal(code, 0)
  assert.doesNotMatch(out, /不证明没有遗漏/)
})

test('what was left out is found with the whole journal', async () => {
  const open = makePacket(makeJournal(21, 30)).packet
  const figure = open.figures[0]!
  figure.stubs.pop()
  figure.value = figure.stubs.length
  figure.printed = `${figure.value}次`
  const file = await save('left-out.json', JSON.stringify(open))
  const whole = await save('whole.jsonl', makeExport(makeJournal(21, 30)).join('\n'))
  assert.equal((await run(file)).code, 0)
  const { code, errors } = await run('--journal', whole, file)
  assert.equal(code, 1)
  assert.match(errors[0]!, /^\[journal\/recount\] 第1项数字：/)
})

test('a tampered file gives one line per finding and exit code 1', async () => {
  const bad = {
    ...packet,
    figures: packet.figures.map((figure) => ({ ...figure, value: 999, printed: '999次', approx: null })),
  }
  const { code, errors } = await run(await save('bad.json', JSON.stringify(bad)))
  assert.equal(code, 1)
  assert.equal(errors.filter((line) => line.startsWith('[figure/value]')).length, 8)
  assert.ok(errors.every((line) => !line.includes('\n')))
  assert.equal((await run(await save('cut.jsonl', lines.slice(0, -1).join('\n')))).code, 1)
  assert.equal((await run(await save('none.html', '<html></html>'))).code, 1)
  assert.equal((await run(await save('empty', ''))).code, 1)
})

test('the answer as JSON holds the verdict, the findings and what was checked', async () => {
  const { code, out } = await run(await save('json.json', JSON.stringify({ ...packet, title: 'x' })), '--json')
  const answer = JSON.parse(out)
  assert.equal(code, 1)
  assert.equal(answer.ok, false)
  assert.deepEqual(
    answer.findings.map((one: { code: string }) => one.code),
    ['freeze/digest'],
  )
  assert.equal(answer.checked.figures, 8)
})

test('wrong usage and absent files give exit code 2', async () => {
  assert.equal((await run()).code, 2)
  assert.equal((await run('a', 'b')).code, 2)
  assert.equal((await run('--what')).code, 2)
  assert.equal((await run('a', '--journal')).code, 2)
  assert.equal((await run(at('absent.json'))).code, 2)
  assert.equal((await run('--help')).code, 0)
})
