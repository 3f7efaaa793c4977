import { realpathSync } from 'node:fs'
import pg from 'pg'
import { Refusal } from '../errors/refusal.ts'
import { prepareJobs } from '../jobs/prepare.ts'
import type { Log } from '../log/log.ts'
import { type FolderLock, folderHolder, lockDataFolder } from './data-folder.ts'
import { type EmbeddedServer, openEmbedded, runningServer } from './embedded.ts'
import { migrate } from './migrate.ts'
import { pgTypes } from './parsers.ts'
import { appRole, assertWeakRole, ensureRoles, jobsRole, rolePassword } from './roles.ts'
import { changeServerUrl } from './server-url.ts'

/** Connection settings of the owner, who migrates, of the application, which works, and of the job queue. */
export interface DatabaseLogins {
  owner: pg.ClientConfig
  app: pg.ClientConfig
  jobs: pg.ClientConfig
}

/** An open, migrated database and the data folder that this process holds. */
export interface Database extends DatabaseLogins {
  lock: FolderLock
  /** The embedded server, or null on a server database. */
  server: EmbeddedServer | null
  /** Ends the embedded server and gives the data folder free; pools must be ended before. */
  stop(): Promise<void>
}

/** Which database is opened: the one embedded in a data folder, or a server's by its address. */
export interface DatabaseOptions {
  dataDir: string
  databaseUrl?: string | null
  log: Log
  /** Folder of the migrations, for tests; the program's own by default. */
  migrations?: string
  /** What holds the folder, shown to whoever is refused: serve, import, fill… */
  purpose?: string
}

const databaseName = 'luze'

/** Logins to one database of an embedded server. */
export function embeddedLogins(
  server: Pick<EmbeddedServer, 'socketDir' | 'port' | 'user'>,
  database: string,
): DatabaseLogins {
  const place = { host: server.socketDir, port: server.port, database, types: pgTypes }
  const { user } = server
  return { owner: { ...place, user }, app: { ...place, user: appRole }, jobs: { ...place, user: jobsRole } }
}

/** Logins to a server database given by its owner's address; makes the program's roles and their passwords. */
export async function serverLogins(url: string, dataDir: string): Promise<DatabaseLogins> {
  const place = { types: pgTypes, options: '-c timezone=UTC -c datestyle=ISO' }
  const owner = { ...place, connectionString: url }
  await ensureRoles(owner)
  const login = async (role: string, file: 'app-password' | 'jobs-password') => {
    const asRole = (password: string) => ({
      ...place,
      connectionString: changeServerUrl(url, { user: role, password }),
    })
    return asRole(await rolePassword(owner, { dataDir, file, role }, asRole))
  }
  return { owner, app: await login(appRole, 'app-password'), jobs: await login(jobsRole, 'jobs-password') }
}

/** Makes a database of the embedded server if it is absent. */
async function ensureDatabase(server: EmbeddedServer, name: string): Promise<void> {
  const client = new pg.Client(embeddedLogins(server, 'postgres').owner)
  await client.connect()
  try {
    const there = await client.query('select 1 from pg_database where datname = $1', [name])
    if (there.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/**
 * Holds the data folder, starts the embedded server in it (or uses `databaseUrl`), makes the program's roles, brings the
 * schema and the job queue forward and checks that the program's logins own nothing.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, log } = options
  const lock = lockDataFolder(options.dataDir, options.purpose)
  let server: EmbeddedServer | null = null
  const stop = async () => {
    await server?.stop()
    lock.release()
  }
  try {
    let logins: DatabaseLogins
    if (databaseUrl === undefined || databaseUrl === null) {
      server = await openEmbedded({ dataDir: lock.dir, log })
      await ensureDatabase(server, databaseName)
      logins = embeddedLogins(server, databaseName)
      await ensureRoles(logins.owner)
    } else logins = await serverLogins(databaseUrl, lock.dir)
    await migrate(logins.owner, { log, ...(options.migrations === undefined ? {} : { dir: options.migrations }) })
    await prepareJobs(logins.owner)
    await assertWeakRole(logins.app, appRole)
    await assertWeakRole(logins.jobs, jobsRole)
    return { ...logins, lock, server, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Logins for an operator's command: of the embedded server that a running process holds, else of the database opened for
 * the time of the command (decision 15). Ends only what it started.
 */
export async function joinDatabase(options: DatabaseOptions): Promise<DatabaseLogins & { stop(): Promise<void> }> {
  const dir = realpathSync(options.dataDir)
  if (folderHolder(dir) === null) return openDatabase(options)
  const stop = async () => undefined
  if (options.databaseUrl) return { ...(await serverLogins(options.databaseUrl, dir)), stop }
  const running = runningServer(dir)
  if (running === null)
    throw new Refusal('data-folder/in-use', { dir, pid: folderHolder(dir)?.pid, purpose: folderHolder(dir)?.purpose })
  return { ...embeddedLogins(running, databaseName), stop }
}
