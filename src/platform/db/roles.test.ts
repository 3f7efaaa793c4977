import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { Refusal } from '../errors/refusal.ts'
import { silentLog } from '../log/log.ts'
import { type EmbeddedServer, openEmbedded } from './embedded.ts'
import { openDatabase, serverLogins } from './open.ts'
import { appRole, assertWeakRole } from './roles.ts'
import { changeServerUrl } from './server-url.ts'

let dir: string
let server: EmbeddedServer
let url: string
const migrations = () => join(dir, 'migrations')

async function ask(config: pg.ClientConfig, text: string): Promise<unknown> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** A server that asks the application for its password, as a server database does. */
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'luze-roles-'))
  server = await openEmbedded({ dataDir: join(dir), log: silentLog, durable: false })
  writeFileSync(join(dir, 'postgres/pg_hba.conf'), 'local all luze_app scram-sha-256\nlocal all all trust\n')
  url = `postgres://${server.user}@/postgres?host=${encodeURIComponent(server.socketDir)}`
  await ask({ connectionString: url }, 'select pg_reload_conf()')
  await ask({ connectionString: url }, 'create database luze')
  url = changeServerUrl(url, { database: 'luze' })
  mkdirSync(migrations())
  writeFileSync(join(migrations(), '0001-notes.sql'), 'create table notes (n int); grant select on notes to luze_app')
})
after(async () => {
  await server.stop()
  rmSync(dir, { recursive: true })
})

test('on a server database the application gets a password that only its data folder knows', async () => {
  const dataDir = join(dir, 'data')
  for (let start = 0; start < 2; start++) {
    const db = await openDatabase({ dataDir, databaseUrl: url, log: silentLog, migrations: migrations() })
    assert.equal(db.server, null)
    assert.equal(await ask(db.app, 'select current_user'), 'luze_app')
    assert.equal(await ask(db.app, 'show timezone'), 'UTC')
    assert.equal(await ask(db.app, 'select count(*)::bigint from notes'), 0)
    await assert.rejects(ask(db.app, 'create table mine (n int)'), /permission denied/)
    await db.stop()
  }
  assert.equal(statSync(join(dataDir, 'app-password')).mode & 0o777, 0o600)
  const wrong = changeServerUrl(url, { user: 'luze_app', password: 'guess' })
  await assert.rejects(ask({ connectionString: wrong }, 'select 1'), /password authentication failed/)
})

test('a password that works is left as it is, and one that no longer works is set again', async () => {
  const dataDir = join(dir, 'data')
  const before = readFileSync(join(dataDir, 'app-password'), 'utf8')
  await ask({ connectionString: url }, "alter role luze_app password 'changed'")
  const { app } = await serverLogins(url, dataDir)
  assert.equal(await ask(app, 'select 1'), 1)
  assert.equal(readFileSync(join(dataDir, 'app-password'), 'utf8'), before)
})

test('an application login that could step around row-level security is refused', async () => {
  const { app } = await serverLogins(url, join(dir, 'data'))
  await assertWeakRole(app, appRole)
  for (const [strong, weak] of [
    ['alter role luze_app bypassrls', 'alter role luze_app nobypassrls'],
    ['alter table notes owner to luze_app', `alter table notes owner to ${server.user}`],
  ] as const) {
    await ask({ connectionString: url }, strong)
    await assert.rejects(
      assertWeakRole(app, appRole),
      (error) => error instanceof Refusal && error.code === 'database/app-role-too-strong',
    )
    await ask({ connectionString: url }, weak)
  }
})

test('a server address takes another login and another database in each of its forms', () => {
  const login = { user: 'luze_app', password: 'p&/x', database: 'other' }
  for (const at of [
    'postgres://boss:secret@db.example:5433/luze?sslmode=require',
    'postgresql://boss@/luze?host=/run/pg',
    'postgres://boss@%2Frun%2Fpg/luze',
  ]) {
    const client = new pg.Client({ connectionString: changeServerUrl(at, login) })
    assert.deepEqual([client.user, client.password, client.database], ['luze_app', 'p&/x', 'other'])
    assert.match(client.host, /^(db\.example|\/run\/pg)$/)
  }
})
