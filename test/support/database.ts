import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach } from 'node:test'
import pg from 'pg'
import { type FolderLock, lockDataFolder } from '../../src/platform/db/data-folder.ts'
import { type EmbeddedServer, openEmbedded, ownerName } from '../../src/platform/db/embedded.ts'
import { migrate, migrationsHash } from '../../src/platform/db/migrate.ts'
import { type DatabaseLogins, embeddedLogins, serverLogins } from '../../src/platform/db/open.ts'
import { ensureAppRole } from '../../src/platform/db/roles.ts'
import { Refusal } from '../../src/platform/errors/refusal.ts'
import { silentLog } from '../../src/platform/log/log.ts'

/** A migrated database of one test file. */
export interface TestDatabase extends DatabaseLogins {
  name: string
  /** Ends the file's use: drops the database, or keeps it when a test failed or KEEP_DB is set. */
  drop(): Promise<void>
}

const cache = join(import.meta.dirname, '../../node_modules/.cache/luze-test')
const slots = 16

let failed = false
// Registered while the file loads, so it stands above all of its tests.
afterEach((context) => {
  if ((context as unknown as { passed?: boolean }).passed === false) failed = true
})

interface TestServer {
  logins(database: string): Promise<DatabaseLogins>
  end(): Promise<void>
}

function takeSlot(): FolderLock {
  mkdirSync(cache, { recursive: true })
  for (let slot = 0; ; slot++) {
    try {
      return lockDataFolder(join(cache, String(slot)), 'test')
    } catch (error) {
      if (!(error instanceof Refusal) || slot + 1 === slots) throw error
    }
  }
}

async function dropKept(owner: pg.ClientConfig): Promise<void> {
  await asOwner(owner, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`select datname from pg_database where datname like 't\_%' or datname like 'making\_%'`,
    )
    for (const { datname } of rows) await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`)
  })
}

/** A server for tests in a slot of its own under node_modules/.cache, not safe against crashes, with what it needs to end. */
export async function startTestServer(): Promise<EmbeddedServer> {
  const lock = takeSlot()
  try {
    const server = await openEmbedded({ dataDir: lock.dir, log: silentLog, connections: 120, durable: false })
    const { owner } = embeddedLogins(server, 'postgres')
    await ensureAppRole(owner)
    await dropKept(owner)
    return {
      ...server,
      async stop() {
        await server.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openServer(): Promise<TestServer> {
  const url = process.env.LUZE_TEST_DATABASE_URL
  if (url !== undefined && url !== '') {
    const dir = join(cache, 'server')
    mkdirSync(dir, { recursive: true })
    const logins = (database: string) => {
      const at = new URL(url)
      at.pathname = `/${database}`
      return serverLogins(at.href, dir)
    }
    return { logins, end: async () => undefined }
  }
  const shared = process.env.LUZE_TEST_SOCKET
  const place = shared ? { socketDir: shared, port: 5432, user: ownerName } : null
  const server = place ?? (await startTestServer())
  return {
    logins: async (database) => embeddedLogins(server, database),
    end: async () => {
      if ('stop' in server) await server.stop()
    },
  }
}

async function asOwner<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Name of the template with today's migrations, made by whichever file comes first. */
async function template(server: TestServer, client: pg.Client): Promise<string> {
  const name = `template_${migrationsHash().slice(0, 16)}`
  const exists = async () => (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount !== 0
  if (await exists()) return name
  await client.query('select pg_advisory_lock(720155)')
  try {
    if (await exists()) return name
    const making = `making_${process.pid}`
    await client.query(`drop database if exists ${making}`)
    await client.query(`create database ${making}`)
    try {
      await migrate((await server.logins(making)).owner)
      // It gets its name when whole and when nobody is connected, as cloning demands.
      await client.query(`alter database ${making} rename to ${name}`)
    } catch (error) {
      await client.query(`drop database if exists ${making} with (force)`)
      throw error
    }
    return name
  } finally {
    await client.query('select pg_advisory_unlock(720155)')
  }
}

async function clone(server: TestServer, client: pg.Client, name: string): Promise<void> {
  const from = await template(server, client)
  for (let attempt = 0; ; attempt++) {
    try {
      await client.query(`create database ${pg.escapeIdentifier(name)} template ${from}`)
      return
    } catch (error) {
      // 55006: another file is just cloning the template.
      if ((error as { code?: string }).code !== '55006' || attempt > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

let opened: Promise<TestServer> | null = null
let users = 0
let made = 0

/**
 * A database of its own for a test file, cloned from the migrated template. Uses LUZE_TEST_DATABASE_URL (an address
 * whose login may create databases and roles), else the run's server (LUZE_TEST_SOCKET), else starts one for this file.
 */
export async function testDatabase(name = basename(process.argv[1] ?? 'test', '.test.ts')): Promise<TestDatabase> {
  users++
  opened ??= openServer()
  const server = await opened
  const database = `t_${name.replace(/[^a-z0-9]+/gi, '_').slice(0, 30)}_${process.pid}_${++made}`.toLowerCase()
  const maintenance = (await server.logins('postgres')).owner
  const leave = async () => {
    users--
    if (users > 0) return
    opened = null
    await server.end()
  }
  try {
    await asOwner(maintenance, (client) => clone(server, client, database))
  } catch (error) {
    await leave()
    throw error
  }
  let dropped = false
  return {
    ...(await server.logins(database)),
    name: database,
    async drop() {
      if (dropped) return
      dropped = true
      if (failed || process.env.KEEP_DB) console.error(`kept database ${database}`)
      else
        await asOwner(maintenance, (client) =>
          client.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`),
        )
      await leave()
    },
  }
}
