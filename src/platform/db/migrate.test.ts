import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { Refusal } from '../errors/refusal.ts'
import { migrate, readMigrations } from './migrate.ts'

let holder: TestDatabase
let db: TestDatabase
let dir: string
before(async () => {
  holder = await testDatabase('migrate-holder', { empty: true })
})
beforeEach(async () => {
  db = await testDatabase('migrate', { empty: true })
  dir = mkdtempSync(join(tmpdir(), 'luze-migrate-'))
  put('0001-first.sql', 'create table first (n int primary key);\ncreate index on first (n);')
  put('0002-second.sql', 'insert into first select generate_series(1, 1000);\nselect pg_sleep(0.1);')
})
afterEach(async () => {
  rmSync(dir, { recursive: true })
  await db.drop()
})
after(async () => {
  await holder.drop()
})

const put = (name: string, text: string) => writeFileSync(join(dir, name), text)
const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

async function ask(text: string): Promise<unknown> {
  const client = new pg.Client(db.owner)
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return Object.values(rows[0] ?? {})[0]
}

test('several starters at once bring an empty database forward exactly once', async () => {
  const done = await Promise.all([1, 2, 3, 4].map(() => migrate(db.owner, { dir })))
  assert.deepEqual(done.flat().sort(), [1, 2])
  assert.equal(await ask('select count(*) from first'), 1000)
  assert.deepEqual(await migrate(db.owner, { dir }), [])
})

test('a migration that was edited after it was applied is refused by name', async () => {
  await migrate(db.owner, { dir })
  put('0001-first.sql', 'create table first (n int primary key, added int);')
  await assert.rejects(
    migrate(db.owner, { dir }),
    (error) => refusal('database/edited-migration')(error) && (error as Refusal).details.file === '0001-first.sql',
  )
})

test('other line ends do not count as an edit', async () => {
  await migrate(db.owner, { dir })
  put('0001-first.sql', 'create table first (n int primary key);\r\ncreate index on first (n);')
  assert.deepEqual(await migrate(db.owner, { dir }), [])
})

test('a database newer than the program is refused', async () => {
  put('0003-third.sql', 'create table third ()')
  await migrate(db.owner, { dir })
  rmSync(join(dir, '0003-third.sql'))
  await assert.rejects(migrate(db.owner, { dir }), refusal('database/newer'))
})

test('a migration numbered below one that was applied is refused', async () => {
  put('0004-fourth.sql', 'create table fourth ()')
  await migrate(db.owner, { dir })
  put('0003-third.sql', 'create table third ()')
  await assert.rejects(migrate(db.owner, { dir }), refusal('database/late-migration'))
})

test('a migration that fails leaves nothing of itself, keeps those before it and names its line', async () => {
  put('0003-third.sql', 'create table third ();\n\nselect wrong from first;')
  await assert.rejects(migrate(db.owner, { dir }), /migration 3-third, line 3: column "wrong" does not exist/)
  assert.equal(await ask("select to_regclass('third')"), null)
  assert.equal(await ask('select max(number) from schema_migrations'), 2)
  put('0003-third.sql', 'create table third ();')
  assert.deepEqual(await migrate(db.owner, { dir }), [3])
})

test('file names keep to one form and numbers are used once', () => {
  put('0002-other.sql', '')
  assert.throws(() => readMigrations(dir), /number 2 is used twice/)
  rmSync(join(dir, '0002-other.sql'))
  put('3-Third.sql', '')
  assert.throws(() => readMigrations(dir), /named NNNN-title/)
})
