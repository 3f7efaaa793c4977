import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { lockDataFolder } from '../src/platform/db/data-folder.ts'
import { openEmbedded } from '../src/platform/db/embedded.ts'
import { migrationsHash } from '../src/platform/db/migrate.ts'
import { embeddedLogins, openDatabase } from '../src/platform/db/open.ts'
import { silentLog } from '../src/platform/log/log.ts'

const script = join(import.meta.dirname, 'obligations.sql')
const cache = join(import.meta.dirname, '../node_modules/.cache/luze-bench')

/** How large the province is: bureaus of so many branches, each with a hundred activities in the year. */
export interface Province {
  readonly bureaus: number
  readonly branches: number
}

/** Loads the province where it is not there yet and says in which folder it lies. */
export async function loadProvince(province: Province, say: (text: string) => void): Promise<string> {
  const text = readFileSync(script, 'utf8')
  const hash = createHash('sha256').update(JSON.stringify([province, migrationsHash(), text]))
  const dir = join(cache, `obligations-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(join(dir, 'loaded'))) return dir
  rmSync(dir, { recursive: true, force: true })
  await (await openDatabase({ dataDir: dir, log: silentLog, purpose: 'bench' })).stop()
  const lock = lockDataFolder(dir, 'bench')
  const server = await openEmbedded({ dataDir: lock.dir, log: silentLog, durable: false })
  const client = new pg.Client(embeddedLogins(server, 'luze').owner)
  await client.connect()
  try {
    await client.query(
      "set session_replication_role = replica; set maintenance_work_mem = '256MB'; set work_mem = '128MB'",
    )
    for (const statement of text.split(/;\n/)) {
      const filled = statement.replace(/(?<!:):(bureaus|branches)\b/g, (_, name: keyof Province) =>
        String(province[name]),
      )
      if (filled.trim() === '') continue
      const began = performance.now()
      await client.query(filled)
      const took = performance.now() - began
      if (took > 2000) say(`  ${filled.trim().slice(0, 40)}… ${(took / 1000).toFixed(0)} s`)
    }
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
    await server.stop()
    lock.release()
  }
  writeFileSync(join(dir, 'loaded'), new Date().toISOString())
  return dir
}
