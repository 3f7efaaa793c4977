import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { lockDataFolder } from '../src/platform/db/data-folder.ts'
import { openEmbedded } from '../src/platform/db/embedded.ts'
import { migrationsHash } from '../src/platform/db/migrate.ts'
import { embeddedLogins, openDatabase } from '../src/platform/db/open.ts'
import { silentLog } from '../src/platform/log/log.ts'

/** How many records the measured bureau holds. */
export interface Sizes {
  readonly units: number
  readonly people: number
  readonly duties: number
  readonly activities: number
  readonly attendance: number
  readonly talks: number
}

/** The sizes that the figures are meant for; attendance is asked for on the command line. */
export const fullSizes: Sizes = {
  units: 2000,
  people: 50_000,
  duties: 100_000,
  activities: 500_000,
  attendance: 1_000_000,
  talks: 20_000,
}

const folder = join(import.meta.dirname, 'data')
const cache = join(import.meta.dirname, '../node_modules/.cache/luze-bench')
const texts = () =>
  readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))

/** Where the data of these sizes lie: another generator or schema means another folder. */
export function dataFolder(sizes: Sizes): string {
  const hash = createHash('sha256').update(JSON.stringify([sizes, migrationsHash(), texts()]))
  return join(cache, hash.digest('hex').slice(0, 12))
}

/** Puts numbers into a script in place of `:name`, leaving casts alone. */
function withNumbers(text: string, numbers: Readonly<Record<string, number>>): string {
  return text.replace(/(?<!:):([a-z]+)\b/g, (whole, name: string) => (name in numbers ? String(numbers[name]) : whole))
}

/** Loads the data where they are not there yet; says how long it took, or null where they were kept from an earlier run. */
export async function loadData(
  sizes: Sizes,
  say: (text: string) => void,
): Promise<{ dir: string; seconds: number | null }> {
  const dir = dataFolder(sizes)
  const done = join(dir, 'loaded')
  if (existsSync(done)) return { dir, seconds: null }
  rmSync(dir, { recursive: true, force: true })
  const began = performance.now()
  const database = await openDatabase({ dataDir: dir, log: silentLog, purpose: 'bench' })
  await database.stop()
  const lock = lockDataFolder(dir, 'bench')
  // Safety against a crash only costs time here: a broken load is made again.
  const server = await openEmbedded({ dataDir: lock.dir, log: silentLog, durable: false })
  const client = new pg.Client(embeddedLogins(server, 'luze').owner)
  await client.connect()
  try {
    await fill(client, sizes, say)
  } finally {
    await client.end()
    await server.stop()
    lock.release()
  }
  writeFileSync(done, new Date().toISOString())
  return { dir, seconds: (performance.now() - began) / 1000 }
}

async function fill(client: pg.Client, sizes: Sizes, say: (text: string) => void): Promise<void> {
  // Rows are consistent by their making, so keys between tables need no check; settings end with this connection.
  await client.query(
    "set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '256MB'",
  )
  const script = async (name: string, numbers: Readonly<Record<string, number>> = {}) => {
    const began = performance.now()
    await client.query(withNumbers(readFileSync(join(folder, name), 'utf8'), { ...sizes, ...numbers }))
    say(`  ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  }
  const next = async (tables: readonly string[]) => {
    const parts = tables.map((table) => `select max(recorded_idx) as idx from ${table}`)
    const { rows } = await client.query(
      `select coalesce(max(idx) + 1, 0) as next from (${parts.join(' union all ')}) t`,
    )
    return Number(rows[0].next)
  }
  await script('organisation.sql', { next: 0 })
  await client.query('analyze')
  await script('duties.sql', { next: await next(['accounts']) })
  const first = await next(['duties', 'duty_events'])
  await withoutIndexes(client, 'activities', () => script('activities.sql', { next: first }))
  await withoutIndexes(client, 'attendance', () => script('attendance.sql', { next: first }))
  const talksFrom = await next(['activities'])
  await script('journal.sql', { next: talksFrom, size: talksFrom + sizes.talks })
  await script('floor.sql')
  await copyTable(client, 'activities')
  await copyTable(client, 'attendance')
  say('  vacuum and analyze')
  await client.query('vacuum (analyze)')
}

/** Runs `work` with a table bare of indexes, key included, and makes them again: much faster than row by row. */
async function withoutIndexes(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const key = await client.query(
    "select conname, pg_get_constraintdef(oid) as def from pg_constraint where conrelid = $1::regclass and contype = 'p'",
    [table],
  )
  const referred = await client.query(
    "select conname, conrelid::regclass::text as t, pg_get_constraintdef(oid) as def from pg_constraint where confrelid = $1::regclass and contype = 'f'",
    [table],
  )
  const name = key.rows[0].conname as string
  const indexes = await client.query(
    'select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def from pg_index where indrelid = $1::regclass and not indisprimary',
    [table],
  )
  for (const one of referred.rows) await client.query(`alter table ${one.t} drop constraint "${one.conname}"`)
  await client.query(`alter table ${table} drop constraint "${name}"`)
  for (const index of indexes.rows) await client.query(`drop index ${index.name}`)
  await work()
  await client.query(`alter table ${table} add constraint "${name}" ${key.rows[0].def}`)
  for (const index of indexes.rows) await client.query(index.def)
  for (const one of referred.rows) await client.query(`alter table ${one.t} add constraint "${one.conname}" ${one.def}`)
}

async function copyTable(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query(
    "select string_agg(column_name, ', ' order by ordinal_position) as columns from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'",
    [table],
  )
  await withoutIndexes(client, `floor.${table}`, async () => {
    await client.query(`insert into floor.${table} (${rows[0].columns}) select ${rows[0].columns} from public.${table}`)
  })
}
