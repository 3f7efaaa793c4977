import { hash as digest, randomFillSync } from 'node:crypto'
import { canonicalText, type Json } from '../../core/ledger/canonical.ts'
import type { Suite } from '../../core/ledger/hash.ts'
import type { PartRow, Prepared, RecordType, Row } from './record.ts'

/** The native digests; core computes the same in pure TypeScript (decision 23). */
export const nativeHashes: Record<Suite, (bytes: Uint8Array) => Uint8Array> = {
  sha256: (bytes) => digest('sha256', bytes, 'buffer'),
  sm3: (bytes) => digest('sm3', bytes, 'buffer'),
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

/** A part row that ends with an entry: its key and the version that ends. */
export type Ended = readonly [key: string, version: number]

/**
 * The fields that an entry commits to, in their fixed order: the act, the sealed columns, the part state, the notes.
 * Where the parts are not stated in the clear, no person's id stands in the entry: notes go by their place in the state
 * and the rows that end are part of the sealed state (decision 6).
 */
export function committedFields(
  prepared: Pick<Prepared, 'record' | 'row' | 'parts'>,
  act: ActStatement,
  ended: readonly Ended[],
): [string, Json][] {
  const fields: [string, Json][] = [
    ['act', [act.id, act.verb, act.account, act.by, act.onBehalfOf, act.mandate, act.reason]],
  ]
  for (const column of prepared.record.sealed) fields.push([column, (prepared.row[column] ?? null) as Json])
  const { part, partInClear } = prepared.record
  if (part && prepared.parts) {
    if (!partInClear?.(prepared.row))
      fields.push([part.name, { rows: partState(prepared.parts), ended: inOrder(ended) }])
    for (const [place, row] of byKey(prepared.parts).entries()) {
      if (row.note !== null) fields.push([noteField(part.name, place), row.note])
    }
  }
  return fields
}

/** The name of the commitment to the note of the part row at a place in the state, which is in the order of the keys. */
export function noteField(part: string, place: number): string {
  return `${part}/${place}`
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
  const ended = prepared.partChanges.flatMap((change): Ended[] =>
    change.replaces === null ? [] : [[change.key, change.replaces]],
  )
  const fields = committedFields(prepared, act, ended)
  const [parts, endings] = partsInClear(record, row, prepared.parts ?? [], ended)
  const salts = fields.map(newSalt)
  // The same bytes as core's sealEnv, which checks what it makes and hashes in plain TypeScript; here both cost too much.
  const env = canonicalText({
    s: suite,
    t: record.type,
    id: prepared.id,
    v: prepared.version,
    d: clearOf(record, row),
    ...(parts === null ? {} : { p: parts }),
    ...(endings === null ? {} : { e: endings }),
    c: fields.map((field, index) => commitNative(suite, salts[index]!, field)),
    f: fields.map(([field]) => field),
  })
  return { env: Buffer.from(env), salts }
}

const SALT_BYTES = 32
const drawn = Buffer.allocUnsafeSlow(SALT_BYTES * 256)
let left = 0

/** A salt from the generator of the system, which is asked for many at once. */
function newSalt(): Buffer {
  if (left === 0) left = randomFillSync(drawn).length
  left -= SALT_BYTES
  return Buffer.from(drawn.subarray(left, left + SALT_BYTES))
}

const scratch = Buffer.allocUnsafeSlow(4096)

function commitNative(suite: Suite, salt: Buffer, field: [string, Json]): string {
  const text = canonicalText(field)
  if (SALT_BYTES + text.length * 3 > scratch.length)
    return digest(suite, Buffer.concat([salt, Buffer.from(text)]), 'base64url')
  scratch.set(salt)
  const end = SALT_BYTES + scratch.write(text, SALT_BYTES)
  return digest(suite, scratch.subarray(0, end), 'base64url')
}

/** What an entry states of its part rows in the clear: state and endings, or neither. */
export function partsInClear(
  record: RecordType,
  row: Row,
  state: readonly PartRow[],
  ended: readonly Ended[],
): [{ [part: string]: [string, string][] } | null, [string, string, number][] | null] {
  const { part, partInClear } = record
  if (!part || !partInClear?.(row)) return [null, null]
  return [{ [part.name]: partState(state) }, inOrder(ended).map(([key, version]) => [part.name, key, version])]
}

function byKey<T extends { key: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function partState(rows: readonly { key: string; status: string }[]): [string, string][] {
  return byKey(rows).map((row) => [row.key, row.status])
}

function inOrder(ended: readonly Ended[]): [string, number][] {
  return [...ended].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, version]) => [key, version])
}
