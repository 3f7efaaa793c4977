import { realpathSync } from 'node:fs'
import pg from 'pg'
import { Refusal } from '../errors/refusal.ts'
import type { Log } from '../log/log.ts'
import { type FolderLock, folderHolder, lockDataFolder } from './data-folder.ts'
import { type EmbeddedServer, openEmbedded, runningServer } from './embedded.ts'
import { migrate } from './migrate.ts'
import { pgTypes } from './parsers.ts'
import { appPassword, appRole, assertAppRole, ensureAppRole } from './roles.ts'
import { changeServerUrl } from './server-url.ts'

/** Connection settings of the owner, who migrates, and of the application, which works. */
export interface DatabaseLogins {
  owner: pg.ClientConfig
  app: pg.ClientConfig
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
  return { owner: { ...place, user: server.user }, app: { ...place, user: appRole } }
}

/** Logins to a server database given by its owner's address; makes the application's role and password. */
export async function serverLogins(url: string, dataDir: string): Promise<DatabaseLogins> {
  const place = { types: pgTypes, options: '-c timezone=UTC -c datestyle=ISO' }
  const owner = { ...place, connectionString: url }
  await ensureAppRole(owner)
  const asApp = (password: string) => ({
    ...place,
    connectionString: changeServerUrl(url, { user: appRole, password }),
  })
  return { owner, app: asApp(await appPassword(owner, dataDir, asApp)) }
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
 * Holds the data folder, starts the embedded server in it (or uses `databaseUrl`), makes the application's role, brings
 * the schema forward and checks that the application's login owns nothing.
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
      await ensureAppRole(logins.owner)
    } else logins = await serverLogins(databaseUrl, lock.dir)
    await migrate(logins.owner, { log, ...(options.migrations === undefined ? {} : { dir: options.migrations }) })
    await assertAppRole(logins.app)
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
