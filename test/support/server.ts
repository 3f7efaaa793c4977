import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type FolderLock, lockDataFolder } from '../../src/platform/db/data-folder.ts'
import { type EmbeddedServer, openEmbedded } from '../../src/platform/db/embedded.ts'
import { embeddedLogins } from '../../src/platform/db/open.ts'
import { ensureRoles } from '../../src/platform/db/roles.ts'
import { Refusal } from '../../src/platform/errors/refusal.ts'
import { silentLog } from '../../src/platform/log/log.ts'

/** Where test servers keep their clusters and templates between runs. */
export const testCache = join(import.meta.dirname, '../../node_modules/.cache/luze-test')
const slots = 16

/** Runs `work` on one connection of its own. */
export async function asOwner<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function takeSlot(): FolderLock {
  mkdirSync(testCache, { recursive: true })
  for (let slot = 0; ; slot++) {
    try {
      return lockDataFolder(join(testCache, String(slot)), 'test')
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
    await ensureRoles(owner)
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
