import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { Batch } from './batch.ts'
import { openPool } from './pool.ts'
import { wireValue } from './wire.ts'

let database: TestDatabase
let pool: pg.Pool
let client: pg.PoolClient

before(async () => {
  database = await testDatabase('batch')
  pool = openPool(database.app as pg.PoolConfig, 1)
  client = await pool.connect()
})
after(async () => {
  client.release()
  await pool.end()
  await database.drop()
})

const together = async (...statements: { text: string; values?: unknown[]; name?: string }[]) => {
  const batch = new Batch()
  const sent = statements.map(({ values = [], ...rest }) => batch.add({ values, ...rest }))
  client.query(batch)
  return Promise.allSettled(sent)
}
const rowsOf = (settled: PromiseSettledResult<{ rows: unknown }>) =>
  settled.status === 'fulfilled' ? settled.value.rows : String(settled.reason)

test('values arrive as they were sent, and columns are read as the schema types them', async () => {
  const text = `select $1::int4 a, $2::int8 b, $3::text c, $4::bytea d, $5::text[] e, $6::jsonb f, $7::date g, $8::bool h, $9::bytea[] i, $10::uuid j`
  const bytes = Buffer.from([0, 1, 255, 92])
  const list = ['a"b\\c', null, '', 'NULL', '，{}']
  const values = [7, 8, '字\n', bytes, list, { k: [1] }, '2026-01-31', true, [bytes, bytes], null]
  const row = {
    a: 7,
    b: 8,
    c: '字\n',
    d: bytes,
    e: list,
    f: { k: [1] },
    g: '2026-01-31',
    h: true,
    i: [bytes, bytes],
    j: null,
  }
  for (let turn = 0; turn < 2; turn++) {
    const [first] = await together({ text, values, name: 'all-types' })
    assert.deepEqual(rowsOf(first!), [row], 'parsed now, or known from before')
  }
  assert.equal(wireValue(new Date(0)), '1970-01-01T00:00:00.000Z')
  const long = '长'.repeat(5000)
  const many = Array.from({ length: 60_000 }, (_, index) => index)
  const sum = many.map((_, index) => `$${index + 1}::int`).join(',')
  const [all] = await together({ text: `select cardinality(array[${sum}]) n`, values: many })
  assert.deepEqual(rowsOf(all!), [{ n: 60_000 }], 'as many parameters as one statement takes')
  const [answer] = await together({ text: 'select $1 as long', values: [long] })
  assert.deepEqual(rowsOf(answer!), [{ long }], 'longer than the first buffer')
})

test('the first failure ends the batch: what came before is answered, what comes after fails with it', async () => {
  const settled = await together(
    { text: 'select 1 as one', name: 'one' },
    { text: 'select 1 / $1::int as half', values: [0], name: 'half' },
    { text: 'select 3 as three', name: 'three' },
  )
  assert.deepEqual(
    settled.map(rowsOf).map((one) => (typeof one === 'string' ? one.replace(/^.*?: /, '') : one)),
    [[{ one: 1 }], 'division by zero', 'division by zero'],
  )
})

test('names stay usable whether or not a failed batch had come to parse them', async () => {
  await together({ text: 'select nonsense', name: 'wrong' }, { text: 'select 4 as four', name: 'four' })
  const settled = await together(
    { text: 'select 1 / $1::int as half', values: [1], name: 'half' },
    { text: 'select 3 as three', name: 'three' },
    { text: 'select 4 as four', name: 'four' },
  )
  assert.deepEqual(settled.map(rowsOf), [[{ half: 1 }], [{ three: 3 }], [{ four: 4 }]])
  const [again] = await together({ text: 'select 5 as five', name: 'four' })
  assert.match(String(rowsOf(again!)), /stands for another statement/)
})

test('several batches at once on one connection each get their own answers', async () => {
  const rounds = Array.from({ length: 30 }, (_, index) =>
    together(
      { text: 'select $1::int as n', values: [index], name: 'n' },
      { text: 'select n from generate_series(1, $1::int) n', values: [index % 3], name: 'series' },
    ),
  )
  for (const [index, settled] of (await Promise.all(rounds)).entries()) {
    assert.deepEqual(settled.map(rowsOf), [[{ n: index }], [1, 2].slice(0, index % 3).map((n) => ({ n }))])
  }
})
