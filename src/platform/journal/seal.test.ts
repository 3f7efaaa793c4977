import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseEnv, sealEnv } from '../../core/ledger/entry.ts'
import type { RecordType } from './record.ts'
import { committedFields, nativeHashes, partsInClear, seal } from './seal.ts'

const record: RecordType = {
  type: 'gathering',
  table: 'gatherings',
  clear: ['kind', 'happened_on', 'present'],
  sealed: ['title', 'fields'],
  names: { happened_on: 'on' },
  part: { name: 'attendance', table: 'attendance', owner: 'gathering_id', key: 'pid', status: 'status', note: 'note' },
  partInClear: (row) => row['kind'] === 'counted',
}
const act = {
  id: randomUUID(),
  verb: 'gathering.record',
  by: null,
  account: randomUUID(),
  onBehalfOf: null,
  mandate: null,
  reason: null,
}

test('sealing by native means gives the bytes that core gives, and they read as a valid entry', () => {
  const parts = fc.uniqueArray(
    fc.record({ key: fc.uuid(), status: fc.constantFrom('present', 'absent'), note: fc.option(fc.string()) }),
    {
      selector: (row) => row.key,
      maxLength: 6,
    },
  )
  const row = fc.record({
    kind: fc.constantFrom('counted', 'other'),
    happened_on: fc.constant('2026-06-16'),
    present: fc.option(fc.nat()),
    title: fc.option(fc.string()),
    fields: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
  })
  fc.assert(
    fc.property(row, parts, fc.constantFrom('sha256' as const, 'sm3' as const), (values, rows, suite) => {
      const partChanges = rows.map((one, index) => ({
        key: one.key,
        version: 2,
        replaces: index % 2 ? 1 : null,
        row: one,
      }))
      const prepared = { record, id: randomUUID(), version: 1, replaces: null, row: values, parts: rows, partChanges }
      const { env, salts } = seal(prepared, act, suite)
      const ended = partChanges.flatMap((one): [string, number][] =>
        one.replaces === null ? [] : [[one.key, one.replaces]],
      )
      const [p, e] = partsInClear(record, values, rows, ended)
      const clear = { kind: values.kind, on: values.happened_on, present: values.present }
      const fields = committedFields(prepared, act, ended)
      const draft = {
        suite,
        type: record.type,
        id: prepared.id,
        version: 1,
        clear,
        ...(p ? { parts: p } : {}),
        ...(e ? { ended: e } : {}),
        fields,
      }
      assert.equal(env.toString('utf8'), Buffer.from(sealEnv(nativeHashes[suite], draft, salts)).toString('utf8'))
      assert.equal(parseEnv(env).id, prepared.id)
    }),
    { numRuns: 200 },
  )
})
