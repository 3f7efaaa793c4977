import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import { type Answer, Batch, type Statement } from './batch.ts'
import { pgTypes } from './parsers.ts'
import { type OfBureau, remember } from './remembered.ts'
import type { DB } from './schema.generated.ts'

/** Builds queries, typed by the generated schema; it never runs them. */
export const build = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

type RowOf<Q> = Q extends { execute(...args: never[]): Promise<(infer R)[]> }
  ? R
  : Q extends { execute(...args: never[]): Promise<{ rows: (infer R)[] }> }
    ? R
    : never

/** Anything that `all` can run: a kysely builder, a `sql` template or a ready statement. */
export type Runnable = {
  compile(provider: typeof build): { readonly sql: string; readonly parameters: readonly unknown[] }
}

const names = new Map<string, string>()

/** The statement of a builder, named by its text so that a connection parses it once. */
export function statementOf(query: Runnable, named = true): Statement {
  const { sql, parameters } = query.compile(build)
  if (!named) return { text: sql, values: parameters as unknown[] }
  let name = names.get(sql)
  if (name === undefined) {
    name = createHash('sha1').update(sql).digest('base64url')
    // A runaway of distinct texts would keep memory on both sides: then go unnamed.
    if (names.size > 2000) return { text: sql, values: parameters as unknown[] }
    names.set(sql, name)
  }
  return { text: sql, values: parameters as unknown[], name }
}

/**
 * A query of which the bureau's number is the only value, compiled once: for marks and states that every act or read asks, and
 * that every row policy lets the whole bureau see, since what one was told is remembered for all (`remembered.ts`).
 */
export function ofBureau<T>(query: (orgId: number) => RawBuilder<T>): (orgId: number) => RawBuilder<T> {
  const { sql, parameters } = query(0).compile(build)
  if (parameters.some((value) => value !== 0)) throw new Error(`more than the bureau is bound: ${sql}`)
  const number = made++
  return (orgId) => {
    const compiled: OfBureau = {
      key: `${number} ${orgId}`,
      compile: () => ({ sql, parameters: parameters.map(() => orgId) }),
    }
    return compiled as unknown as RawBuilder<T>
  }
}

let made = 0

/**
 * A pool of pipelining connections. Nothing of a caller's scope ever stays on a connection (decision 22). Two cores are
 * busy with eight, and each connection more is a process with plans of its own.
 */
export function openPool(config: pg.PoolConfig, size = 8): pg.Pool {
  const pool = new pg.Pool({
    max: size,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    types: pgTypes,
    pipeline: true,
    ...config,
    options: `${config.options ?? ''} -c plan_cache_mode=force_generic_plan`.trim(),
  } as pg.PoolConfig)
  // A connection that breaks, idle or at work, is dropped; its request is told by its own query. Without a listener the
  // event would end the whole program.
  const dropped = () => undefined
  pool.on('error', dropped)
  pool.on('connect', (client) => client.on('error', dropped))
  return pool
}

/** Reads inside one transaction that sees one bureau and one scope. */
export interface Reads {
  all<Q extends Runnable>(query: Q, options?: { named?: boolean }): Promise<RowOf<Q>[]>
  /** The first row or null. */
  first<Q extends Runnable>(query: Q, options?: { named?: boolean }): Promise<RowOf<Q> | null>
}

/**
 * One transaction on one connection; `begin` and the settings travel in one packet with the first statement. Statements sent in one go,
 * without waiting for each other's answers, travel in one packet.
 */
export class Transaction implements Reads {
  private readonly pool: pg.Pool
  private readonly client: pg.PoolClient
  private readonly preamble: readonly string[]
  /** Each packet is a transaction of its own, whose commit travels with it: for reads that need not hold together. */
  private readonly packets: boolean
  private unanswered = 0
  private started = false
  private failure: unknown = null
  private plansAnew = false
  private ending: Promise<Answer> | null = null
  private batch: Batch | null = null

  constructor(pool: pg.Pool, client: pg.PoolClient, preamble: readonly string[], packets = false) {
    this.pool = pool
    this.client = client
    this.preamble = preamble
    this.packets = packets
  }

  /** Sends a statement without waiting for those before it; the first failure is the one reported. */
  send(statement: Statement | string): Promise<Answer> {
    this.batch ??= this.open()
    return this.batch.add(typeof statement === 'string' ? wordsOf(statement) : statement).catch((error: unknown) => {
      this.fail(error)
      throw this.failure
    })
  }

  /** A batch that leaves after everything that now runs has sent what it has to send; the first one begins the transaction. */
  private open(): Batch {
    const batch = new Batch()
    process.nextTick(() => this.flush())
    if (this.started && !this.packets) return batch
    this.started = true
    this.plansAnew = false
    for (const text of this.preamble) batch.add(wordsOf(text)).catch((error: unknown) => this.fail(error))
    return batch
  }

  private flush(): void {
    const batch = this.batch
    if (batch === null) return
    this.batch = null
    if (this.packets) this.endPacket(batch)
    this.client.query(batch)
  }

  private endPacket(batch: Batch): void {
    this.unanswered++
    batch.add(wordsOf('commit')).then(
      () => this.unanswered--,
      (error: unknown) => this.fail(error),
    )
  }

  async all<Q extends Runnable>(query: Q, options: { named?: boolean } = {}): Promise<RowOf<Q>[]> {
    // A figure is planned for its own values (decision 9); everything else reuses the plan of its text.
    this.batch ??= this.open()
    if (options.named === false && !this.plansAnew) {
      this.plansAnew = true
      this.send('set local plan_cache_mode = force_custom_plan').catch(() => undefined)
    }
    const { rows } = await this.send(statementOf(query, options.named ?? true))
    remember(this.pool, query, rows)
    return rows as RowOf<Q>[]
  }

  async first<Q extends Runnable>(query: Q, options: { named?: boolean } = {}): Promise<RowOf<Q> | null> {
    return (await this.all(query, options))[0] ?? null
  }

  /** Sends the commit behind the statements already sent; `commit` then only waits for its answer. */
  sendCommit(): void {
    this.ending = this.send('commit')
    this.ending.catch(() => undefined)
  }

  /** Commits and proves it: after a failure inside a pipeline PostgreSQL answers COMMIT with ROLLBACK. */
  async commit(): Promise<void> {
    if (!this.started) return
    const answer = await (this.ending ?? this.send('commit'))
    if (answer.command !== 'COMMIT') throw this.failure ?? new Error('commit answered ROLLBACK')
  }

  async rollback(): Promise<void> {
    this.flush()
    if (this.packets && this.unanswered === 0 && this.failure === null) return
    if (this.started) await this.client.query('rollback').catch(() => undefined)
  }

  private fail(error: unknown): void {
    // 25P02 only says that an earlier statement of the pipeline failed.
    if (this.failure === null && (error as { code?: string }).code !== '25P02') this.failure = error
    else if (this.failure === null) this.failure = error
  }
}

/** A command without parameters: its name is its text, where the server keeps names so long and the texts are few. */
function wordsOf(text: string): Statement {
  return text.length < 64 && !text.startsWith(SETTING) ? { text, values: [], name: text } : { text, values: [] }
}

const SETTING = 'set local app.'

/** `begin` and the settings of one bureau and scope, each a command: integers, uuids, commas and `*` only. */
export function preambleOf(
  mode: 'read only' | 'read write',
  orgId: number,
  settings: Readonly<Record<string, string>>,
): string[] {
  const commands = [
    `begin ${mode}`,
    "set local citus.propagate_set_commands = 'local'",
    `${SETTING}org_id = '${Math.trunc(orgId)}'`,
  ]
  for (const [name, value] of Object.entries(settings)) {
    // Unset and empty say the same to every policy: nothing is seen.
    if (value === '') continue
    if (!/^[0-9a-f,*-]*$/.test(value) || !/^app\.[a-z_]+$/.test(name)) throw new Error(`unsafe setting ${name}`)
    commands.push(`set local ${name} = '${value}'`)
  }
  return commands
}

/** Runs `work` in one transaction and commits it; a connection that comes back in any doubt is destroyed, not reused. */
export async function transact<T>(
  pool: pg.Pool,
  preamble: readonly string[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const tx = new Transaction(pool, client, preamble)
  try {
    const result = await work(tx)
    await tx.commit()
    return result
  } catch (error) {
    await tx.rollback()
    throw error
  } finally {
    giveBack(client)
  }
}

/**
 * Runs reads in one transaction, or each packet of them in its own where `packets` is said. Its end changes nothing, so the
 * answer does not wait for it; the connection does.
 */
export async function transactReads<T>(
  pool: pg.Pool,
  preamble: readonly string[],
  work: (tx: Transaction) => Promise<T>,
  { packets = false } = {},
): Promise<T> {
  const client = await pool.connect()
  const tx = new Transaction(pool, client, preamble, packets)
  try {
    return await work(tx)
  } finally {
    void tx.rollback().then(() => giveBack(client))
  }
}

function giveBack(client: pg.PoolClient): void {
  const status = (client as unknown as { getTransactionStatus(): string | null }).getTransactionStatus()
  client.release(status === 'I' || status === null ? undefined : new Error('connection came back inside a transaction'))
}
