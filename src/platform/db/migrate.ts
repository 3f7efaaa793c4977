import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../errors/refusal.ts'
import { type Log, silentLog } from '../log/log.ts'

/** One file of `migrations/`: its number, its name without number, its text with plain line ends and their SHA-256. */
export interface Migration {
  number: number
  title: string
  text: string
  sha256: string
}

/** The folder with this program's migrations. */
export const migrationsDir = join(import.meta.dirname, '../../../migrations')

/** Reads `NNNN-title.sql` files in the order of their numbers; another name or a number used twice is an error. */
export function readMigrations(dir = migrationsDir): Migration[] {
  const migrations = readdirSync(dir)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const parts = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(name)
      if (parts === null) throw new Error(`migrations/${name}: a migration is named NNNN-title.sql`)
      const text = readFileSync(join(dir, name), 'utf8').replaceAll('\r\n', '\n')
      const sha256 = createHash('sha256').update(text).digest('hex')
      return { number: Number(parts[1]), title: parts[2] as string, text, sha256 }
    })
  for (const [i, migration] of migrations.entries())
    if (migrations[i - 1]?.number === migration.number)
      throw new Error(`migrations: number ${migration.number} is used twice`)
  return migrations
}

/** One hash over all migrations, which names the schema that they make. */
export function migrationsHash(migrations: readonly Migration[] = readMigrations()): string {
  const hash = createHash('sha256')
  for (const { number, sha256 } of migrations) hash.update(`${number} ${sha256}\n`)
  return hash.digest('hex')
}

const ledger = `create table if not exists schema_migrations (
  number int primary key,
  title text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`

async function makeLedger(client: pg.Client): Promise<void> {
  try {
    await client.query(ledger)
  } catch (error) {
    // Two starters may both find no table; the second then meets the first one's catalogue rows.
    if (!['23505', '42P07', '42710'].includes((error as { code?: string }).code ?? '')) throw error
    await client.query(ledger)
  }
}

/** Refuses a database that holds migrations which this program does not know, or knows otherwise. */
function assertSameHistory(applied: { number: number; title: string; sha256: string }[], known: readonly Migration[]) {
  const byNumber = new Map(known.map((migration) => [migration.number, migration]))
  const last = known.at(-1)?.number ?? 0
  for (const row of applied) {
    const migration = byNumber.get(row.number)
    const file = `${String(row.number).padStart(4, '0')}-${row.title}.sql`
    if (row.number > last) throw new Refusal('database/newer', { file, last })
    if (migration === undefined || migration.sha256 !== row.sha256)
      throw new Refusal('database/edited-migration', { file })
  }
  const newest = Math.max(0, ...applied.map((row) => row.number))
  const there = new Set(applied.map((row) => row.number))
  const late = known.find((migration) => migration.number < newest && !there.has(migration.number))
  if (late) throw new Refusal('database/late-migration', { file: `${late.number}-${late.title}`, newest })
}

async function apply(client: pg.Client, migration: Migration): Promise<boolean> {
  await client.query('begin')
  try {
    // The number goes in first: a second starter waits here until the first has committed, and then has nothing to do.
    const mine = await client.query(
      'insert into schema_migrations (number, title, sha256) values ($1, $2, $3) on conflict (number) do nothing',
      [migration.number, migration.title, migration.sha256],
    )
    if (mine.rowCount === 1) await client.query(migration.text)
    await client.query('commit')
    return mine.rowCount === 1
  } catch (error) {
    await client.query('rollback')
    const { message, position, where } = error as Error & { position?: string; where?: string }
    const line = position ? `, line ${migration.text.slice(0, Number(position)).split('\n').length}` : ''
    const context = where ? ` (${where})` : ''
    throw new Error(`migration ${migration.number}-${migration.title}${line}: ${message}${context}`, { cause: error })
  }
}

/**
 * Brings a database forward, each migration in a transaction of its own, as the owner; several starters may do so at
 * once. Returns the numbers that this call applied. Refusals: `database/newer`, `database/edited-migration`,
 * `database/late-migration`.
 */
export async function migrate(owner: pg.ClientConfig, options: { dir?: string; log?: Log } = {}): Promise<number[]> {
  const { log = silentLog } = options
  const known = readMigrations(options.dir)
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await makeLedger(client)
    const history = async () =>
      assertSameHistory((await client.query('select number, title, sha256 from schema_migrations')).rows, known)
    await history()
    const there = new Set(
      (await client.query<{ number: number }>('select number from schema_migrations')).rows.map((row) => row.number),
    )
    const done: number[] = []
    for (const migration of known) {
      if (there.has(migration.number) || !(await apply(client, migration))) continue
      done.push(migration.number)
      log.info('database/migrated', { number: migration.number, title: migration.title })
    }
    if (there.size + done.length < known.length) await history()
    return done
  } finally {
    await client.end()
  }
}
