import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { generateTypes } from './generate-types.ts'

let db: TestDatabase
before(async () => {
  db = await testDatabase('types', { empty: true })
  const client = new pg.Client(db.owner)
  await client.connect()
  await client.query(`
    create type mood as enum ('calm', 'tense');
    create table work_items (
      org_id int not null, id uuid not null, size bigint, cost numeric(9, 2) not null default 0, due_on date not null,
      at timestamptz not null default now(), doc jsonb not null, proof bytea, tags text[] not null, mood mood,
      twice int not null generated always as (org_id * 2) stored, primary key (org_id, id, due_on)
    ) partition by range (due_on);
    create table work_items_2026 partition of work_items for values from ('2026-01-01') to ('2027-01-01');
    create view open_items as select org_id, id, size, cost + 1 as more from work_items;
    create view named_items as select id, more from open_items;
    comment on column named_items.more is 'not null: cost is';
    create view paired_items as select o.id, n.id as other from open_items o left join named_items n using (id);
    create table schema_migrations (number int);`)
  await client.end()
})
after(() => db.drop())

test('tables, views, defaults and generated columns become the interface that queries are written against', async () => {
  const text = await generateTypes(db.owner)
  const body = (name: string) =>
    new RegExp(`interface ${name} \\{\\n([^}]*)\\n\\}`).exec(text)?.[1]?.replace(/^ {2}/gm, '')
  assert.equal(
    body('WorkItems'),
    `org_id: number
id: string
size: number | null
cost: Generated<number>
due_on: string
at: Generated<string>
doc: unknown
proof: Buffer | null
tags: string[]
mood: 'calm' | 'tense' | null
twice: ColumnType<number, never, never>`,
  )
  assert.equal(
    body('DB'),
    'named_items: NamedItems\nopen_items: OpenItems\npaired_items: PairedItems\nwork_items: WorkItems',
  )
  assert.match(text, /^import type \{ ColumnType, Generated \} from 'kysely'$/m)
})

test('a view column is certain when it hands a certain column through, or says so', async () => {
  const text = await generateTypes(db.owner)
  const column = (view: string, name: string) =>
    new RegExp(`interface ${view} \\{[^}]*  ${name}: ColumnType<([^,]*),`).exec(text)?.[1]
  assert.equal(column('OpenItems', 'id'), 'string')
  assert.equal(column('OpenItems', 'size'), 'number | null')
  assert.equal(column('OpenItems', 'more'), 'number | null')
  assert.equal(column('NamedItems', 'id'), 'string')
  assert.equal(column('NamedItems', 'more'), 'number')
  assert.equal(column('PairedItems', 'other'), 'string | null')
})
