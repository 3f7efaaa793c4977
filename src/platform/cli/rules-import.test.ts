import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeApart } from './arguments.ts'
import { Declined } from './connect.ts'
import { importPack } from './rules-import.ts'
import { CliSession } from './session.ts'

/** A session that answers every request alike, and what was asked of it. */
function answering(status: number, body: unknown) {
  const asked: { path: string; input: unknown }[] = []
  const session = new CliSession(async (_method, path, _headers, content) => {
    asked.push({ path, input: JSON.parse(content ?? '{}') })
    return { status, type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) }
  })
  const printed: string[] = []
  const complained: string[] = []
  const out = { write: (text: string) => void printed.push(text), error: (text: string) => void complained.push(text) }
  return { session, asked, printed, complained, out }
}

const file = { file: '本局规定.yaml', text: 'id: own-x\n' }

test('a pack is sent as it stands and what it changes is printed', async () => {
  const words = { zh: '党员大会', en: 'General meeting' }
  const change = {
    rule: 'branch-general-meeting',
    words,
    from: '2026-07-01',
    what: 'count',
    param: null,
    base: 1,
    local: 2,
  }
  const own = { ...change, rule: 'own-x', what: 'own-rule', base: null, local: null }
  const told = { title: '本局规定', pack: 'own-x', from: '2026-07-01', differences: [change, own] }
  const { session, asked, printed, out } = answering(200, told)
  await importPack(file, takeApart(['import', 'F', '--from', '2026-07-01']), session, out)
  assert.deepEqual(asked, [{ path: '/api/v1/rule.import', input: { text: file.text, from: '2026-07-01' } }])
  assert.match(printed.join(''), /本局规定（own-x）.*count: 1 → 2.*本局自定/s)
})

test('a refused pack says every line that is wrong', async () => {
  const problems = [
    { line: 4, zh: '不能减少', en: 'never less' },
    { line: 9, zh: '没有这条规则', en: 'no such rule' },
  ]
  const refusal = { code: 'rule/pack-problems', title: '没有导入', details: { problems } }
  const { session, complained, printed, out } = answering(422, refusal)
  await assert.rejects(importPack(file, takeApart(['import', 'F']), session, out), Declined)
  assert.deepEqual(complained, [
    '本局规定.yaml:4  不能减少 / never less\n',
    '本局规定.yaml:9  没有这条规则 / no such rule\n',
  ])
  assert.deepEqual(printed, [])
})
