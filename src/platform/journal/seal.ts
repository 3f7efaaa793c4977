import { createHash, randomBytes } from 'node:crypto'
import type { Json } from '../../core/ledger/canonical.ts'
import { sealEnv } from '../../core/ledger/entry.ts'
import type { Suite } from '../../core/ledger/hash.ts'
import type { Prepared, RecordType, Row } from './record.ts'

/** The native digests; core computes the same in pure TypeScript (decision 23). */
export const nativeHashes: Record<Suite, (bytes: Uint8Array) => Uint8Array> = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
}

/** An entry before its index and time are known: the canonical envelope and the salt of each commitment. */
export interface Sealed {
  readonly env: Buffer
  readonly salts: Buffer[]
}

/** What each entry commits to about the act: who, for whom, by which verb. */
export interface ActStatement {
  readonly id: string
  readonly verb: string
  readonly by: string | null
  readonly account: string
  readonly onBehalfOf: string | null
  readonly mandate: string | null
  readonly reason: string | null
}

/** The fields that an entry commits to, in their fixed order: the act, the sealed columns, the part state, the notes. */
export function committedFields(
  prepared: Pick<Prepared, 'record' | 'row' | 'parts'>,
  act: ActStatement,
): [string, Json][] {
  const fields: [string, Json][] = [
    ['act', [act.id, act.verb, act.account, act.by, act.onBehalfOf, act.mandate, act.reason]],
  ]
  for (const column of prepared.record.sealed) fields.push([column, (prepared.row[column] ?? null) as Json])
  const { part, partInClear } = prepared.record
  if (part && prepared.parts) {
    if (!partInClear?.(prepared.row)) fields.push([part.name, partState(prepared.parts)])
    for (const row of byKey(prepared.parts)) if (row.note !== null) fields.push([`${part.name}/${row.key}`, row.note])
  }
  return fields
}

/** What an entry states in the clear, under the names that filters know. */
export function clearOf(record: RecordType, row: Row): Record<string, Json> {
  const clear: Record<string, Json> = {}
  for (const column of record.clear) clear[record.names?.[column] ?? column] = (row[column] ?? null) as Json
  return clear
}

/** Seals one version: clear facts, part state and salted commitments as canonical bytes. */
export function seal(prepared: Prepared, act: ActStatement, suite: Suite): Sealed {
  const { record, row } = prepared
  const fields = committedFields(prepared, act)
  const pool = randomBytes(32 * fields.length)
  const salts = fields.map((_, index) => pool.subarray(index * 32, index * 32 + 32))
  const ended = prepared.partChanges.filter((change) => change.replaces !== null)
  const env = sealEnv(
    nativeHashes[suite],
    {
      suite,
      type: record.type,
      id: prepared.id,
      version: prepared.version,
      clear: clearOf(record, row),
      ...(record.part && prepared.parts && record.partInClear?.(row)
        ? { parts: { [record.part.name]: partState(prepared.parts) } }
        : {}),
      ...(ended.length > 0
        ? { ended: ended.map((change) => [record.part!.name, change.key, change.replaces!] as const) }
        : {}),
      fields,
    },
    salts,
  )
  return { env: Buffer.from(env.buffer, env.byteOffset, env.byteLength), salts }
}

function byKey<T extends { key: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function partState(rows: readonly { key: string; status: string }[]): [string, string][] {
  return byKey(rows).map((row) => [row.key, row.status])
}
