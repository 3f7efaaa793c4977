import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { verifyJournal } from '../src/core/ledger/journal-export.ts'
import { registry } from '../src/modules/index.ts'

// Exports of released versions of the demonstration bureau. A later release must still read each of them.
const folder = join(import.meta.dirname, 'fixtures')
const exports = readdirSync(folder).filter((name) => name.endsWith('.zip'))

test('each release left an export', () => {
  assert.ok(exports.includes('export-0.1.0.zip'))
})

for (const name of exports) {
  const files = unzipSync(readFileSync(join(folder, name)))
  const lines = (file: string) =>
    strFromU8(files[file] ?? new Uint8Array(0))
      .split('\n')
      .filter((line) => line !== '')

  test(`${name}: its journal verifies with no database`, () => {
    const verdict = verifyJournal(lines('journal-demo.jsonl'))
    assert.deepEqual(verdict.findings, [])
    assert.ok(verdict.checked.entries > 1000)
  })

  test(`${name}: every entry has its row, and every row its entry`, () => {
    const entries = lines('journal-demo.jsonl').slice(1)
    const counts = new Map<string, number>()
    for (const line of entries) {
      const { env } = JSON.parse(line) as { env: string }
      const { t } = JSON.parse(Buffer.from(env, 'base64url').toString('utf8')) as { t: string }
      counts.set(t, (counts.get(t) ?? 0) + 1)
    }
    for (const [type, count] of counts) {
      const record = registry.records.get(type)
      assert.ok(record, `record type ${type} is still known`)
      assert.equal(lines(`tables/${record.table}.jsonl`).length, count, record.table)
    }
  })

  test(`${name}: holds no secret of an account`, () => {
    for (const secret of ['account_secrets', 'sessions', 'account_codes', 'idempotency_keys']) {
      assert.equal(files[`tables/${secret}.jsonl`], undefined)
    }
  })
}
