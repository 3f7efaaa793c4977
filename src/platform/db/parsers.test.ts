import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { parseInstant } from './parsers.ts'

let db: TestDatabase
let client: pg.Client
before(async () => {
  db = await testDatabase('parsers', { empty: true })
  client = new pg.Client(db.app)
  await client.connect()
})
after(async () => {
  await client.end()
  await db.drop()
})

test('columns arrive as the generated schema types them', async () => {
  const { rows } = await client.query(`select 7::bigint as big, 2.50::numeric as dec, date '2026-02-28' as day,
    timestamptz '2026-01-02 03:04:05.123456+08' as at, timestamptz '-infinity' as ever, interval '1 day' as span,
    array[1, null]::bigint[] as bigs, array[date '2026-01-01'] as days, array[timestamptz '2026-01-01 00:00Z'] as ats,
    '\\x00ff'::bytea as bytes, '{"a":[1]}'::jsonb as doc, true as yes, array['甲','乙'] as words`)
  assert.deepEqual(rows[0], {
    big: 7,
    dec: 2.5,
    day: '2026-02-28',
    at: '2026-01-01T19:04:05.123456Z',
    ever: '-infinity',
    span: '1 day',
    bigs: [1, null],
    days: ['2026-01-01'],
    ats: ['2026-01-01T00:00:00.000000Z'],
    bytes: Buffer.from([0, 255]),
    doc: { a: [1] },
    yes: true,
    words: ['甲', '乙'],
  })
})

test('an instant is told in UTC whatever the session speaks', async () => {
  assert.equal(parseInstant('2026-01-01 08:00:00+08'), '2026-01-01T00:00:00.000000Z')
  assert.equal(parseInstant('2026-01-01 00:00:00.5-05:30'), '2026-01-01T05:30:00.500000Z')
  await client.query("begin; set local timezone = 'Asia/Shanghai'")
  const { rows } = await client.query("select timestamptz '2026-06-30 16:00:00.000001Z' as at")
  await client.query('rollback')
  assert.equal(rows[0].at, '2026-06-30T16:00:00.000001Z')
})

test('the reading of other connections stays as it was', () => {
  assert.equal(pg.types.getTypeParser(pg.types.builtins.INT8)('7'), '7')
})
