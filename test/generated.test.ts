import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { registry } from '../src/modules/index.ts'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { glossaryMarkdown } from '../src/platform/catalogue/glossary.ts'
import { generateTypes } from '../src/platform/db/generate-types.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { read } from './tidy/sources.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await testDatabase()
  owner = new pg.Client(database.owner)
  await owner.connect()
})
after(async () => {
  await owner.end()
  await database.drop()
})

const again = 'differs from what it is made of: run npm run generate and commit the file'

test('the types of the schema are those of the migrations', async () => {
  const path = 'src/platform/db/schema.generated.ts'
  assert.ok((await generateTypes(database.owner)) === read(path), `${path} ${again}`)
})

test('the glossary is that of the catalogue', () => {
  assert.ok(glossaryMarkdown(loadCatalogue().glossary) === read('docs/glossary.md'), `docs/glossary.md ${again}`)
})

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await owner.query(
    'select column_name as name from information_schema.columns where table_name = $1',
    [table],
  )
  return (rows as { name: string }[]).map(({ name }) => name).sort()
}

test('each kind of record states or seals every column of its table, and no other', async () => {
  for (const { type, table, clear, sealed } of registry.records.values()) {
    const own = ['org_id', 'id', 'version', 'v1', 'recorded_idx', 'superseded_idx']
    assert.deepEqual([...own, ...clear, ...sealed].sort(), await columnsOf(table), `${type}: columns of ${table}`)
  }
})

test('the parts of a record are its table without a column that the entry does not state', async () => {
  for (const { type, part } of registry.records.values()) {
    if (part === undefined) continue
    const own = [
      'org_id',
      part.owner,
      part.key,
      'version',
      'v1',
      part.status,
      part.note,
      'recorded_idx',
      'superseded_idx',
    ]
    assert.deepEqual(own.sort(), await columnsOf(part.table), `${type}: columns of ${part.table}`)
  }
})

test('every name, json column and personal field of a kind of record is one of its columns', () => {
  for (const { type, clear, sealed, names = {}, json = [], personal = [] } of registry.records.values()) {
    const all = [...clear, ...sealed]
    for (const column of [...Object.keys(names), ...json]) assert.ok(all.includes(column), `${type}: ${column}`)
    for (const { fields } of personal)
      for (const column of fields) assert.ok(sealed.includes(column), `${type}: ${column} is sealed`)
  }
})

test('figures read views that exist, by columns that they have', async () => {
  for (const { type, view, columns, fields, key, also, countable, part } of registry.facts.values()) {
    const there = await columnsOf(view)
    const named = [key, also, countable, ...Object.values(columns), ...Object.values(fields)]
    for (const column of named)
      if (column !== undefined) assert.ok(there.includes(column), `${type}: ${view}.${column}`)
    assert.ok(there.includes('recorded_idx') && there.includes('superseded_idx'), `${view} can be read as of an index`)
    if (part === undefined) continue
    const parts = await columnsOf(part.view)
    for (const column of [part.owner, part.key, part.status])
      assert.ok(parts.includes(column), `${type}: ${part.view}.${column}`)
  }
})
