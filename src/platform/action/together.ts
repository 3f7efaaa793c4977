import type { RawBuilder } from 'kysely'
import type pg from 'pg'
import type { Statement } from '../db/batch.ts'
import { preambleOf, type Transaction, transact } from '../db/pool.ts'
import { type Assumed, saidBy } from '../db/remembered.ts'
import { type Collected, insertInto, writeActs } from '../journal/write.ts'
import type { Org } from './action.ts'

/*
 * Acts that only add records need nothing of each other, and only the journal of their bureau puts them in order. While one
 * transaction writes, the next ones wait here, and then go in one transaction together: one wait for the head, one statement
 * for the rows of a table, one flush of the log. Acts that lock something go alone, as ever: none of them waits here, so no
 * lock of the database is held by whoever does (decision 41).
 */

/** A row of `idempotency_keys`. */
export type KeyRow = [orgId: number, account: string, key: string, verb: string, hash: Buffer, answer: string]

/** An act as it is written, with the key that was sent with it. */
export interface Keyed extends Collected {
  readonly key: KeyRow | null
  /** What it went by without asking; it is asked behind the lock. */
  readonly assumed?: readonly Assumed[]
}

/** Something of which an act went by is not so any more. */
class Overtaken extends Error {}

/** Asks again what acts went by, each question once. Behind the lock of the head nothing of it changes any more. */
async function stillHolds(tx: Transaction, acts: readonly Keyed[]): Promise<void> {
  const assumed = new Map(acts.flatMap((act) => act.assumed ?? []).map((one) => [one.query.key, one]))
  const said = new Map<string, string>()
  await Promise.all(
    Array.from(assumed.values(), async ({ query }) =>
      said.set(query.key, saidBy(await tx.all(query as unknown as RawBuilder<Record<string, unknown>>))),
    ),
  )
  for (const { query, said: before } of acts.flatMap((act) => act.assumed ?? []))
    if (said.get(query.key) !== before) throw new Overtaken()
}

const KEY_COLUMNS = ['org_id', 'account_id', 'key', 'verb', 'request_hash', 'answer']

/** Sends keys and side statements, then writes the acts behind the lock of the journal head. */
export async function write(
  tx: Transaction,
  org: Org,
  sides: readonly Statement[],
  acts: readonly Keyed[],
): Promise<void> {
  const keys = acts.flatMap(({ key }) => (key === null ? [] : [key]))
  const pending: Promise<unknown>[] = []
  for (const statement of insertInto('idempotency_keys', KEY_COLUMNS, keys)) pending.push(tx.send(statement))
  for (const side of sides) pending.push(tx.send(side))
  // The first failure in the pipeline is the cause; what fails after it only follows.
  const results = Promise.allSettled(pending)
  const written = writeActs(tx, org, acts, () => stillHolds(tx, acts)).then(
    () => null,
    (error: unknown) => ({ error }),
  )
  const failed = (await results).find((one) => one.status === 'rejected')
  const lost = await written
  if (failed) throw failed.reason
  if (lost) throw lost.error
}

interface Waiting {
  readonly act: Keyed
  readonly done: (written: boolean) => void
  readonly fail: (error: unknown) => void
}

/** At most so many acts and entries in one transaction: whoever comes next waits for all of them. */
const ACTS_MAX = 16
const ENTRIES_MAX = 48

/** The acts of each bureau that wait to be written, first come first; a bureau that is here is being written for. */
const waiting = new WeakMap<pg.Pool, Map<number, Waiting[]>>()

/**
 * Writes an act with the others of its bureau that wait. True once it is committed; false where it was not written because
 * one of several failed, or went by what is no longer so, and nobody asks which. What stopped an act that went alone is thrown,
 * as is a lost connection.
 */
export function writtenTogether(pool: pg.Pool, org: Org, act: Keyed): Promise<boolean> {
  const bureaus = waiting.get(pool) ?? new Map<number, Waiting[]>()
  waiting.set(pool, bureaus)
  return new Promise((done, fail) => {
    const queue = bureaus.get(org.orgId)
    if (queue !== undefined) queue.push({ act, done, fail })
    else {
      const own = [{ act, done, fail }]
      bureaus.set(org.orgId, own)
      void writeAll(pool, org, own, () => bureaus.delete(org.orgId))
    }
  })
}

async function writeAll(pool: pg.Pool, org: Org, queue: Waiting[], over: () => void): Promise<void> {
  while (queue.length > 0) {
    let group: readonly Waiting[] = []
    const writing = transact(pool, preambleOf('read write', org.orgId, {}), (tx) => {
      // Taken now that there is a connection: whoever came while none was free goes with the others.
      group = nextOf(queue)
      return write(
        tx,
        org,
        [],
        group.map(({ act }) => act),
      )
    })
    await writing.then(
      () => {
        for (const one of group) one.done(true)
      },
      (error: unknown) => {
        for (const one of group.length === 0 ? queue.splice(0) : group) {
          if (error instanceof Overtaken || (group.length > 1 && rolledBack(error))) one.done(false)
          else one.fail(error)
        }
      },
    )
  }
  over()
}

function nextOf(queue: Waiting[]): Waiting[] {
  let entries = 0
  const rest = queue.findIndex(({ act }, index) => {
    entries += act.prepared.length
    return index > 0 && (index === ACTS_MAX || entries > ENTRIES_MAX)
  })
  return queue.splice(0, rest === -1 ? queue.length : rest)
}

/** Claims that the database refused a statement; after a lost connection nobody knows what was committed. */
function rolledBack(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|58|XX)/.test(code)
}
