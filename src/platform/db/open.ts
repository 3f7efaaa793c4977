import pg from 'pg'
import type { Log } from '../log/log.ts'
import { type FolderLock, lockDataFolder } from './data-folder.ts'
import { type EmbeddedServer, openEmbedded } from './embedded.ts'
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
