import type { Answer, Statement } from '../db/batch.ts'
import type { Transaction } from '../db/pool.ts'
import { assert } from '../errors/refusal.ts'
import type { Prepared, RecordType, Row } from './record.ts'
import type { ActStatement, Sealed } from './seal.ts'

const LOCK = 'select 1 from journal_heads where org_id = $1 for no key update'
// Two statements in one packet: the clock of the second is read after the wait for the first (decision 4).
const ADVANCE =
  'update journal_heads set size = size + $2, last_at = greatest(last_at, statement_timestamp()) where org_id = $1 returning size, last_at'

/** One act as it is to be written: what it states of itself, its records sealed, and statements that need its first index. */
export interface Collected {
  readonly act: ActStatement
  readonly prepared: readonly Prepared[]
  readonly sealed: readonly Sealed[]
  readonly indexed: readonly ((firstIdx: number) => Statement & { readonly once?: boolean })[]
}

/**
 * Locks the journal head of a bureau as the last lock, and writes rows, entries and salts of its acts with their index known,
 * act behind act. Where nothing was prepared nothing is written. `underLock` looks, in the packet of the lock and behind it, at what
 * must still hold. The caller commits.
 */
export async function writeActs(
  tx: Transaction,
  org: { orgId: number },
  acts: readonly Collected[],
  underLock: () => Promise<void> = async () => undefined,
): Promise<void> {
  const prepared = acts.flatMap((one) => one.prepared)
  if (prepared.length === 0) return
  const locked = tx.send({ text: LOCK, values: [org.orgId], name: 'journal-lock' })
  const advanced = tx.send({ text: ADVANCE, values: [org.orgId, prepared.length], name: 'journal-advance' })
  const [, answer] = await settled<Answer | undefined>([locked, advanced, underLock().then(() => undefined)])
  const head = answer!.rows[0] as { size: number; last_at: string } | undefined
  assert(head, `bureau ${org.orgId} has a journal head`)
  const firstIdx = head.size - prepared.length
  const sent: Promise<unknown>[] = []
  for (const [index, one] of prepared.entries()) sent.push(...supersede(tx, org.orgId, one, firstIdx + index))
  for (const statement of insertRows(org.orgId, prepared, firstIdx)) sent.push(tx.send(statement))
  for (const statement of insertEntries(org.orgId, acts, firstIdx, head.last_at)) sent.push(tx.send(statement))
  // The bureau waits for this lock, so the commit travels with the rows where no count has to be looked at before it.
  if (prepared.every(endsNothing)) tx.sendCommit()
  await settled(sent)
}

/** Claims that a version is a new record: it ends no version of itself nor of its parts. */
export function endsNothing(one: Prepared): boolean {
  return one.replaces === null && one.partChanges.every((change) => change.replaces === null)
}

/** Acts, entries and salts, and whatever needs the index of an act. */
function* insertEntries(orgId: number, acts: readonly Collected[], firstIdx: number, at: string): Generator<Statement> {
  const rows: unknown[][] = []
  const entries: unknown[][] = []
  const indexed = new Map<string, Statement>()
  const salts: unknown[][] = []
  let idx = firstIdx
  for (const { act, prepared, sealed, indexed: own } of acts) {
    if (prepared.length === 0) continue
    rows.push(actRow(orgId, act, idx, prepared.length))
    for (const make of own) {
      const { once, ...statement } = make(idx)
      indexed.set(once ? JSON.stringify([statement.text, statement.values]) : `${indexed.size}`, statement)
    }
    for (const one of sealed) {
      entries.push([orgId, idx, at, act.id, one.env])
      salts.push([orgId, idx++, one.salts])
    }
  }
  yield* insertInto('acts', ACT_COLUMNS, rows)
  yield* insertInto('journal_entries', ['org_id', 'idx', 'at', 'act_id', 'env'], entries)
  yield* insertInto('journal_salts', ['org_id', 'idx', 'salts'], salts)
  yield* indexed.values()
}

const ACT_COLUMNS = [
  'org_id',
  'id',
  'verb',
  'by_account_id',
  'by_pid',
  'on_behalf_pid',
  'mandate_id',
  'reason',
  'first_idx',
  'entries',
]

function actRow(orgId: number, act: ActStatement, firstIdx: number, entries: number): unknown[] {
  return [orgId, act.id, act.verb, act.account, act.by, act.onBehalfOf, act.mandate, act.reason, firstIdx, entries]
}

/** Waits for all, then throws the first failure: in a pipeline every later one only follows from it. */
async function settled<T>(sent: Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(sent)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return results.map((result) => (result as PromiseFulfilledResult<T>).value)
}

/** Sets `superseded_idx` of what a version replaces; it must be set before the new version is inserted. */
function supersede(tx: Transaction, orgId: number, one: Prepared, idx: number): Promise<void>[] {
  const sent: Promise<void>[] = []
  const exactlyOne = async (statement: Statement, what: string) => {
    const { rowCount } = await tx.send(statement)
    assert(rowCount === 1, `${what} superseded exactly one version`)
  }
  if (one.replaces !== null) {
    const text = `update ${one.record.table} set superseded_idx = $4 where org_id = $1 and id = $2 and version = $3 and superseded_idx = 9223372036854775807`
    sent.push(
      exactlyOne(
        { text, values: [orgId, one.id, one.replaces, idx], name: `end-${one.record.table}` },
        `${one.record.type} ${one.id}`,
      ),
    )
  }
  const part = one.record.part
  for (const change of one.partChanges) {
    if (change.replaces === null || part === undefined) continue
    const text = `update ${part.table} set superseded_idx = $5 where org_id = $1 and ${part.owner} = $2 and ${part.key} = $3 and version = $4 and superseded_idx = 9223372036854775807`
    sent.push(
      exactlyOne(
        { text, values: [orgId, one.id, change.key, change.replaces, idx], name: `end-${part.table}` },
        `${part.name} ${change.key}`,
      ),
    )
  }
  return sent
}

function* insertRows(orgId: number, prepared: readonly Prepared[], firstIdx: number): Generator<Statement> {
  const byRecord = new Map<RecordType, unknown[][]>()
  const parts = new Map<RecordType, unknown[][]>()
  for (const [index, one] of prepared.entries()) {
    const idx = firstIdx + index
    const rows = byRecord.get(one.record) ?? []
    byRecord.set(one.record, rows)
    rows.push([orgId, one.id, one.version, idx, ...values(one.record, one.row)])
    for (const change of one.partChanges) {
      if (change.row === null) continue
      const partRows = parts.get(one.record) ?? []
      parts.set(one.record, partRows)
      partRows.push([orgId, one.id, change.key, change.version, idx, change.row.status, change.row.note])
    }
  }
  for (const [record, rows] of byRecord) {
    yield* insertInto(
      record.table,
      ['org_id', 'id', 'version', 'recorded_idx', ...record.clear, ...record.sealed],
      rows,
    )
  }
  for (const [record, rows] of parts) {
    const part = record.part!
    yield* insertInto(
      part.table,
      ['org_id', part.owner, part.key, 'version', 'recorded_idx', part.status, part.note],
      rows,
    )
  }
}

function values(record: RecordType, row: Row): unknown[] {
  return [...record.clear, ...record.sealed].map((column) => {
    const value = row[column] ?? null
    return value !== null && record.json?.includes(column) ? JSON.stringify(value) : value
  })
}

/** Rows of one statement: few enough that texts are parsed and planned once per connection, many enough to share its cost. */
const ROWS_MAX = 16

/** Multi-row inserts. */
export function* insertInto(
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Generator<Statement> {
  for (let start = 0; start < rows.length; start += ROWS_MAX) {
    const slice = rows.slice(start, start + ROWS_MAX)
    yield {
      text: textOf(table, columns.join(','), columns.length, slice.length),
      values: slice.flat(),
      name: `in-${table}-${columns.length}-${slice.length}`,
    }
  }
}

const texts = new Map<string, string>()

function textOf(table: string, columns: string, width: number, rows: number): string {
  const key = `${table} ${rows} ${columns}`
  let text = texts.get(key)
  if (text === undefined) {
    const row = (at: number) =>
      `(${Array.from({ length: width }, (_, column) => `$${at * width + column + 1}`).join(',')})`
    text = `insert into ${table} (${columns}) values ${Array.from({ length: rows }, (_, at) => row(at)).join(',')}`
    texts.set(key, text)
  }
  return text
}
