import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach } from 'node:test'
import pg from 'pg'
import { ownerName } from '../../src/platform/db/embedded.ts'
import { migrate, migrationsHash } from '../../src/platform/db/migrate.ts'
import { type DatabaseLogins, embeddedLogins, serverLogins } from '../../src/platform/db/open.ts'
import { changeServerUrl } from '../../src/platform/db/server-url.ts'
import { jobsFingerprint, prepareJobs } from '../../src/platform/jobs/prepare.ts'
import { asOwner, startTestServer, testCache } from './server.ts'

/** A migrated database of one test file. */
export interface TestDatabase extends DatabaseLogins {
  name: string
  /** Ends the file's use: drops the database, or keeps it when a test failed or KEEP_DB is set. */
  drop(): Promise<void>
}

let failed = false
// Registered while the file loads, so it stands above all of its tests.
afterEach((context) => {
  if ((context as unknown as { passed?: boolean }).passed === false) failed = true
})

interface TestServer {
  logins(database: string): Promise<DatabaseLogins>
  end(): Promise<void>
}

async function openServer(): Promise<TestServer> {
  const url = process.env.LUZE_TEST_DATABASE_URL
  if (url !== undefined && url !== '') {
    const dir = join(testCache, 'server')
    mkdirSync(dir, { recursive: true })
    const logins = (database: string) => serverLogins(changeServerUrl(url, { database }), dir)
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

/** Name of the template with today's migrations and queues, made by whichever file comes first. */
async function template(server: TestServer, client: pg.Client): Promise<string> {
  const made = createHash('sha256').update(`${migrationsHash()} ${await jobsFingerprint()}`)
  const name = `template_${made.digest('hex').slice(0, 16)}`
  const exists = async () => (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount !== 0
  if (await exists()) return name
  await client.query('select pg_advisory_lock(720155)')
  try {
    if (await exists()) return name
    const making = `making_${process.pid}`
    await client.query(`drop database if exists ${making}`)
    await client.query(`create database ${making}`)
    try {
      const { owner } = await server.logins(making)
      await migrate(owner)
      await prepareJobs(owner)
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

async function clone(server: TestServer, client: pg.Client, name: string, empty: boolean): Promise<void> {
  if (empty) {
    await client.query(`create database ${pg.escapeIdentifier(name)}`)
    return
  }
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
 * A database of its own for a test file, cloned from the migrated template or, on wish, without any table. Uses LUZE_TEST_DATABASE_URL (an address
 * whose login may create databases and roles), else the run's server (LUZE_TEST_SOCKET), else starts one for this file.
 */
export async function testDatabase(
  name = basename(process.argv[1] ?? 'test', '.test.ts'),
  options: { empty?: boolean } = {},
): Promise<TestDatabase> {
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
    await asOwner(maintenance, (client) => clone(server, client, database, options.empty ?? false))
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
