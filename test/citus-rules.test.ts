import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { policyText, type ScopeColumns } from '../src/core/access/scope.ts'
import { modules } from '../src/modules/index.ts'
import { readMigrations } from '../src/platform/db/migrate.ts'
import { appRole } from '../src/platform/db/roles.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { HOLE, parseSource, program, type Source } from './tidy/sources.ts'

/** Tables without a bureau in their keys, and why: both are small and the same for every bureau. */
const exempt: Readonly<Record<string, string>> = {
  orgs: 'the list of bureaus itself, a reference table',
  schema_migrations: 'belongs to the database, not to a bureau',
}

/** Tables whose rows are seen by units or persons, and the columns by which. */
const scoped: Readonly<Record<string, ScopeColumns>> = {
  follow_orders: { label: 'general', units: 'unit_ids' },
  notice_lines: { label: 'general', people: ['pid'] },
  mail_addresses: { label: 'general', people: ['pid'] },
  duties: { label: 'general', units: 'unit_ids' },
  activities: { label: 'general', unit: 'unit_id', people: ['host_pid'] },
  talk_pairs: { label: 'talks', unit: 'unit_id', people: ['initiator_pid', 'counterpart_pid'] },
  statements: { label: 'talks', people: ['pid'] },
  excuses: { label: 'general', unit: 'unit_id' },
  person_excuses: { label: 'talks', unit: 'unit_id', people: ['pid'] },
  plans: { label: 'general', units: 'unit_ids' },
}

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

async function rows<T>(text: string): Promise<T[]> {
  return (await owner.query(text)).rows as T[]
}

const none = (faults: readonly string[]) => assert.equal(faults.length, 0, `\n${faults.join('\n')}`)

const TABLES = `select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`

/** Statements of the dialect that a distributed table refuses, in migrations. */
const refusedInSchema: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i, instead: 'write it in the verb' },
  {
    pattern: /\b(small|big)?serial\b|\bcreate\s+sequence\b|\bas\s+identity\b/i,
    instead: 'uuid version 7 or the journal index',
  },
  { pattern: /\bcreate\s+(or\s+replace\s+)?(function|procedure|rule)\b/i, instead: 'core or the query itself' },
  { pattern: /\bexclude\s+using\b/i, instead: 'a check in the verb under the lock of its subject' },
  { pattern: /\bcreate\s+materialized\s+view\b/i, instead: 'a view over facts' },
  { pattern: /\bsecurity\s+definer\b/i, instead: 'the rights of the application' },
  { pattern: /\bon\s+delete\s+cascade\b/i, instead: 'records are never deleted' },
]

const schemaFaults = (text: string) =>
  refusedInSchema.filter(({ pattern }) => pattern.test(text.replace(/--.*$/gm, ''))).map(({ instead }) => instead)

describe('the schema', () => {
  test('migrations use nothing that a distributed table refuses', () => {
    none(
      readMigrations().flatMap(({ number, title, text }) =>
        schemaFaults(text).map((instead) => `migrations/${number}-${title}: use ${instead}`),
      ),
    )
    assert.equal(schemaFaults('create table a (id bigserial)').length, 1)
    assert.equal(schemaFaults('create trigger t before insert on a execute function f()').length, 1)
  })
  test('no trigger, sequence or function stands in the migrated database', async () => {
    assert.deepEqual(await rows('select tgname from pg_trigger where not tgisinternal'), [])
    assert.deepEqual(await rows(`select relname from pg_class where relkind = 'S'`), [])
    assert.deepEqual(await rows(`select proname from pg_proc where pronamespace = 'public'::regnamespace`), [])
  })
  test('every table carries its bureau, first in every primary and unique key', async () => {
    const keys = await rows<{ relname: string; key: string; first: string }>(`
      select c.relname, i.indexrelid::regclass::text as key, a.attname as first
        from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where i.indisunique and c.relnamespace = 'public'::regnamespace`)
    none(
      keys
        .filter(({ relname, first }) => first !== 'org_id' && !(relname in exempt))
        .map(({ relname, key }) => `${relname}: key ${key} starts with org_id`),
    )
    const all = await rows<{ relname: string }>(TABLES)
    const keyed = new Set(keys.map(({ relname }) => relname))
    none(all.filter(({ relname }) => !keyed.has(relname)).map(({ relname }) => `${relname}: give it a primary key`))
  })
  test('every foreign key stays inside one bureau, whose number it starts with', async () => {
    const links = await rows<{ name: string; near: string; far: string }>(`
      select conrelid::regclass::text || '.' || conname as name, a.attname as near, f.attname as far from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        join pg_attribute f on f.attrelid = k.confrelid and f.attnum = k.confkey[1] where contype = 'f'
         and connamespace = 'public'::regnamespace`)
    assert.ok(links.length > 10)
    none(
      links
        .filter(({ near, far }) => near !== 'org_id' || far !== 'org_id')
        .map(({ name }) => `${name}: foreign key (org_id, …) references … (org_id, …)`),
    )
  })
})

describe('row-level security', () => {
  test('every table shows the application one bureau only', async () => {
    const found = await rows<{ relname: string; on: boolean; text: string | null }>(`
      select c.relname, c.relrowsecurity as on, pg_get_expr(p.polqual, p.polrelid) as text from pg_class c
        left join pg_policy p on p.polrelid = c.oid and p.polname = 'one_bureau' and p.polpermissive and p.polcmd = '*'
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`)
    const wanted = "(org_id = (NULLIF(current_setting('app.org_id'::text, true), ''::text))::integer)"
    none(
      found
        .filter(({ relname, on, text }) => !(relname in exempt) && !(on && text === wanted))
        .map(({ relname }) => `${relname}: enable row level security and create the policy one_bureau`),
    )
  })
  test('tables seen by unit or person carry the text that the scope algebra generates, and no other table does', async () => {
    const found = await rows<{ relname: string; text: string; permissive: boolean; cmd: string }>(`
      select polrelid::regclass::text as relname, pg_get_expr(polqual, polrelid) as text, polpermissive as permissive, polcmd as cmd
        from pg_policy where polname <> 'one_bureau' order by 1`)
    assert.deepEqual(
      found.map(({ relname }) => relname),
      Object.keys(scoped).sort(),
      'scoped tables of this test',
    )
    for (const { relname, text, permissive, cmd } of found) {
      assert.deepEqual([relname, permissive, cmd], [relname, false, 'r'], 'restrictive, for select')
      assert.equal(text, await normalised(relname, policyText(scoped[relname]!, 'postgres')), relname)
    }
  })
  test('the texts for a distributed database hold no sub-select', () => {
    for (const columns of Object.values(scoped)) assert.doesNotMatch(policyText(columns, 'citus'), /select/)
  })
  test('the application owns nothing, and views read with its own rights', async () => {
    assert.deepEqual(await rows(`select relname from pg_class where relowner = '${appRole}'::regrole`), [])
    const open = await rows<{ relname: string }>(`select relname from pg_class where relkind = 'v'
      and relnamespace = 'public'::regnamespace and not coalesce(reloptions, '{}') @> '{security_invoker=true}'`)
    none(open.map(({ relname }) => `${relname}: create view … with (security_invoker = true)`))
  })
  test('the application deletes no record and changes nothing of it but its end and what an erasure empties', async () => {
    const records = modules.flatMap((module) => module.records)
    const granted = await rows<{ table: string; column: string; act: string }>(`
      select table_name as table, column_name as column, privilege_type as act from information_schema.column_privileges
       where grantee = '${appRole}' and privilege_type in ('UPDATE')
      union all select table_name, '', privilege_type from information_schema.table_privileges
       where grantee = '${appRole}' and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')`)
    const faults: string[] = []
    for (const record of records) {
      const part = record.part
      const may = new Map([[record.table, new Set(['superseded_idx', ...record.sealed])]])
      if (part) may.set(part.table, new Set(['superseded_idx', part.note]))
      for (const { table, column, act } of granted) {
        if (may.has(table) && !may.get(table)!.has(column)) faults.push(`${table}: revoke ${act} ${column}`)
      }
    }
    for (const { table, act } of granted) {
      if (act !== 'UPDATE' && act !== 'DELETE') faults.push(`${table}: revoke ${act}`)
      if (act === 'DELETE' && /^(journal_|acts$|erasures$|audit_events$|orgs$)/.test(table))
        faults.push(`${table}: revoke delete`)
    }
    assert.ok(records.length > 0)
    none(faults)
  })
})

/** A policy's text as PostgreSQL writes it down. */
async function normalised(table: string, text: string): Promise<string> {
  await owner.query('begin')
  try {
    await owner.query(`create policy as_generated on ${table} as restrictive for select using (${text})`)
    const [row] = await rows<{ text: string }>(
      `select pg_get_expr(polqual, polrelid) as text from pg_policy where polname = 'as_generated'`,
    )
    return row!.text
  } finally {
    await owner.query('rollback')
  }
}

/** What a distributed table refuses in a statement, or answers wrongly. */
const refusedInQueries: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\binsert\s+into\b[^;]*\bselect\b/i, instead: 'read first, then insert values' },
  {
    pattern: /\bas\s+(materialized\s+)?\(\s*(insert|update|delete)\b/i,
    instead: 'a statement of its own for each write',
  },
  {
    pattern: /^\s*with\b[\s\S]*\)\s*(insert\s+into|update\s+\w+\s+set|delete\s+from)\b/i,
    instead: 'a write without a CTE',
  },
  { pattern: /\bupdate\s+\w+\s+set\b[^;]*\bselect\b/i, instead: 'read first; an update takes no sub-select' },
  { pattern: /\bdelete\s+from\b[^;]*\bselect\b/i, instead: 'read first; a delete takes no sub-select' },
  { pattern: /\bmerge\s+into\b/i, instead: 'insert … on conflict with values' },
  { pattern: /(?<!no key )\bfor update\b/i, instead: 'for no key update' },
  { pattern: /\bskip\s+locked\b/i, instead: 'the queue of the database of the coordinator' },
  { pattern: /\bclock_timestamp\b/i, instead: 'statement_timestamp()' },
  { pattern: /\bpg_(try_)?advisory/i, instead: 'the row lock of the subject' },
  { pattern: /\bset\s+local\s+app\.|\bset_config\(/i, instead: 'preambleOf of platform/db/pool.ts' },
  { pattern: /\bset\s+org_id\s*=/i, instead: 'a new record in the other bureau' },
]

/** Where one of these stands by its nature. */
const queryExceptions: Readonly<Record<string, string>> = {
  'src/platform/db/pool.ts': 'the one place that writes the settings',
  'src/platform/jobs/prepare.ts': 'the queue lives on the coordinator alone (decision 22)',
}

function queryFaults(source: Source): string[] {
  return source.literals.flatMap(({ text, line }) => [
    ...refusedInQueries
      .filter(({ pattern }) => pattern.test(text))
      .map(({ instead }) => `${source.path}:${line} use ${instead}`),
    ...armFaults(text).map((says) => `${source.path}:${line} ${says}`),
  ])
}

/** Arms of a recursive query that name no bureau. */
function armFaults(text: string): string[] {
  const body = /^[\s\S]*?\bas\s*\(([\s\S]*?)\bunion(?:\s+all)?\b([\s\S]*)$/i.exec(text)
  const name = /(?:with\s+recursive\s+|^\s*)(\w+)\s*(?:\([^)]*\))?\s+as\s*\(/i.exec(text)?.[1]
  if (!body || !name || !new RegExp(`\\b(from|join)\\s+${name}\\b`, 'i').test(body[2]!)) return []
  const bound = new RegExp(`org_id = (\\$\\d|${HOLE})`)
  return bound.test(body[1]!) && bound.test(body[2]!) ? [] : ['each arm of a recursion states org_id = its bureau']
}

describe('the queries', () => {
  test('no statement asks for what a distributed table refuses', () => {
    none(
      program()
        .filter(({ path }) => !(path in queryExceptions))
        .flatMap(queryFaults),
    )
    const planted = (sql: string) => queryFaults(parseSource('src/x.ts', `const q = \`${sql}\``)).length
    assert.equal(planted('insert into acts (id) select id from acts'), 1)
    assert.ok(planted('with a as (insert into acts values (1) returning id) select 1 from a') > 0)
    assert.equal(planted('update journal_heads set size = (select 1)'), 1)
    assert.equal(planted('select 1 from units for update'), 1)
    assert.equal(planted('select 1 from units for no key update'), 0)
    assert.equal(
      planted('with recursive t as (select 1 from u where org_id = $1 union select 1 from u join t on true)'),
      1,
    )
    assert.equal(
      planted(
        'with recursive t as (select 1 from u where org_id = $1 union select 1 from u join t on true where org_id = $1)',
      ),
      0,
    )
  })
  test('every statement over a table names its bureau', async () => {
    const tables = (
      await rows<{ relname: string }>(`${TABLES} union select relname from pg_class
      where relkind = 'v' and relnamespace = 'public'::regnamespace`)
    ).map(({ relname }) => relname)
    const bounded = tables.filter((name) => !(name in exempt))
    none(program().flatMap((source) => unbounded(source, bounded)))
    const planted = (code: string) => unbounded(parseSource('src/x.ts', code), bounded).length
    assert.equal(planted("const q = 'select id from units where id = $1'"), 1)
    assert.equal(planted("const q = build.selectFrom('units').select('id')"), 1)
    assert.equal(planted("const q = build.selectFrom('units').where('org_id', '=', 1)"), 0)
  })
})

/** Statements over one of the tables in which org_id does not occur, nor in the conditions that the file composes. */
function unbounded(source: Source, tables: readonly string[]): string[] {
  const from = new RegExp(`\\b(?:from|join|update|into)\\s+(?:${tables.join('|')})\\b`, 'i')
  const composes = source.literals.some(({ text }) => new RegExp(`^(\\w\\.)?org_id = ${HOLE}`).test(text))
  const composed = new RegExp(`where ${HOLE}`)
  const faults = source.literals
    .filter(({ text }) => from.test(text) && !/\borg_id\b/.test(text) && !(composes && composed.test(text)))
    .map(({ line }) => `${source.path}:${line} state org_id = the bureau`)
  for (const node of source.nodes) {
    if (!/^(selectFrom|updateTable|deleteFrom|insertInto)$/.test(node['callee']?.property?.name ?? '')) continue
    const whole = source.nodes.filter(
      (one) => /Statement$|Declaration$/.test(one.type) && one.start <= node.start && one.end >= node.end,
    )
    const near = whole.at(-1)!
    if (!/\borg_id\b|\.\.\.keys/.test(source.text.slice(near.start, near.end)))
      faults.push(`${source.path}:${source.lineOf(node.start)} state org_id = the bureau`)
  }
  return faults
}
