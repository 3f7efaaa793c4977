import type { Suite } from '../../core/ledger/hash.ts'
import type { Statement } from '../db/batch.ts'
import type { Transaction } from '../db/pool.ts'
import { assert } from '../errors/refusal.ts'
import type { Prepared, RecordType, Row } from './record.ts'
import { type ActStatement, seal } from './seal.ts'

const LOCK = 'select 1 from journal_heads where org_id = $1 for no key update'
// Two statements in one packet: the clock of the second is read after the wait for the first (decision 4).
const ADVANCE =
  'update journal_heads set size = size + $2, last_at = greatest(last_at, statement_timestamp()) where org_id = $1 returning size, last_at'

/**
 * Seals what a verb prepared, locks the journal head of the bureau as the last lock, and writes rows, entries and
 * salts with their index known. The caller commits. Returns the first index, or null when nothing was prepared.
 */
export async function writePrepared(
  tx: Transaction,
  org: { orgId: number; suite: Suite },
  act: ActStatement,
  prepared: readonly Prepared[],
  indexed: readonly ((firstIdx: number) => Statement)[] = [],
): Promise<{ firstIdx: number; at: string } | null> {
  if (prepared.length === 0) return null
  const sealed = prepared.map((one) => seal(one, act, org.suite))
  const locked = tx.send({ text: LOCK, values: [org.orgId], name: 'journal-lock' })
  const advanced = tx.send({ text: ADVANCE, values: [org.orgId, prepared.length], name: 'journal-advance' })
  const [, answer] = await settled([locked, advanced])
  const head = answer!.rows[0] as { size: number; last_at: string } | undefined
  assert(head, `bureau ${org.orgId} has a journal head`)
  const firstIdx = head.size - prepared.length
  const sent: Promise<unknown>[] = []
  for (const [index, one] of prepared.entries()) sent.push(...supersede(tx, org.orgId, one, firstIdx + index))
  for (const statement of insertRows(org.orgId, prepared, firstIdx)) sent.push(tx.send(statement))
  const entries = prepared.map((_, index) => [org.orgId, firstIdx + index, head.last_at, act.id, sealed[index]!.env])
  const salts = prepared.map((_, index) => [org.orgId, firstIdx + index, sealed[index]!.salts])
  for (const s of insertInto('acts', ACT_COLUMNS, [actRow(org.orgId, act, firstIdx, prepared.length)]))
    sent.push(tx.send(s))
  for (const s of insertInto('journal_entries', ['org_id', 'idx', 'at', 'act_id', 'env'], entries))
    sent.push(tx.send(s))
  for (const s of insertInto('journal_salts', ['org_id', 'idx', 'salts'], salts)) sent.push(tx.send(s))
  for (const statement of indexed) sent.push(tx.send(statement(firstIdx)))
  // The bureau waits for this lock, so the commit travels with the rows where no count has to be looked at before it.
  if (prepared.every(endsNothing)) tx.sendCommit()
  await settled(sent)
  return { firstIdx, at: head.last_at }
}

function endsNothing(one: Prepared): boolean {
  return one.replaces === null && one.partChanges.every((change) => change.replaces === null)
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

const PARAMETERS_MAX = 60_000

/** Multi-row inserts, split so that none nears PostgreSQL's 65,535 parameters. One-row texts are named and parsed once. */
export function* insertInto(
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Generator<Statement> {
  const perStatement = Math.max(1, Math.floor(PARAMETERS_MAX / columns.length))
  for (let start = 0; start < rows.length; start += perStatement) {
    const slice = rows.slice(start, start + perStatement)
    const width = columns.length
    const tuples = slice.map((_, row) => `(${columns.map((__, column) => `$${row * width + column + 1}`).join(',')})`)
    const text = `insert into ${table} (${columns.join(',')}) values ${tuples.join(',')}`
    yield slice.length <= 16
      ? { text, values: slice.flat(), name: `in-${table}-${width}-${slice.length}` }
      : { text, values: slice.flat() }
  }
}
