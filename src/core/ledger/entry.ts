import { z } from 'zod'
import { toBase64url } from './base64url.ts'
import { canonicalBytes, isCanonical, type Json } from './canonical.ts'
import { commit, joinBytes } from './commitment.ts'
import { type Hash, type Suite, suites } from './hash.ts'

const name = z.string().min(1).max(200)
const parts = z.record(name, z.array(z.tuple([name, name])))

/** Shape of an `env`; see `Env`. */
export const envSchema = z
  .strictObject({
    s: z.enum(suites),
    t: name,
    id: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    v: z.int().min(1),
    d: z.record(z.string(), z.json()),
    p: parts.optional(),
    e: z.array(z.tuple([name, name, z.int().min(1)])).optional(),
    c: z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/)),
    f: z.array(name),
  })
  .refine((env) => env.c.length === env.f.length, 'as many commitments as committed fields')
  .refine((env) => new Set(env.f).size === env.f.length, 'a field is committed to once')
  .refine((env) => Object.values(env.p ?? {}).every(isSortedByKey), 'part rows are sorted by key, each key once')

/**
 * What a journal entry says in the clear, without names or content: suite `s`, record type `t`, id, version `v`, clear fields `d`,
 * part rows `p` as [key, status], ended part rows `e` as [part, key, version], commitments `c` to the fields named in `f`.
 */
export type Env = z.infer<typeof envSchema>

/** A record version about to be sealed; `fields` are the erasable fields in the fixed order of their record type. */
export type EntryDraft = {
  readonly suite: Suite
  readonly type: string
  readonly id: string
  readonly version: number
  readonly clear: { readonly [field: string]: Json }
  readonly parts?: { readonly [part: string]: readonly (readonly [key: string, status: string])[] }
  readonly ended?: readonly (readonly [part: string, key: string, version: number])[]
  readonly fields: readonly (readonly [field: string, value: Json])[]
}

/** Canonical bytes of the `env` of a draft, with a commitment per field made with the salt of the same place. Throws when it is not a valid `env`. */
export function sealEnv(hash: Hash, draft: EntryDraft, salts: readonly Uint8Array[]): Uint8Array {
  if (salts.length !== draft.fields.length) throw new Error('as many salts as committed fields')
  const env = {
    s: draft.suite,
    t: draft.type,
    id: draft.id,
    v: draft.version,
    d: draft.clear,
    ...(draft.parts && { p: sortParts(draft.parts) }),
    ...(draft.ended && { e: draft.ended }),
    c: draft.fields.map(([field, value], i) => toBase64url(commit(hash, salts[i]!, field, value))),
    f: draft.fields.map(([field]) => field),
  }
  envSchema.parse(env)
  return canonicalBytes(env)
}

/** The `env` of stored bytes; throws unless they are the canonical bytes of a valid one, so that no two readers can see different things in them. */
export function parseEnv(bytes: Uint8Array): Env {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const value: Json = JSON.parse(text)
  if (!isCanonical(text, value)) throw new Error('env is not in canonical form')
  return envSchema.parse(value)
}

/** Leaf of the journal's tree: H(0x00 ‖ index, 8 bytes ‖ microseconds since 1970, 8 bytes ‖ env), numbers big-endian. */
export function leafHash(hash: Hash, idx: number, atMicros: bigint, env: Uint8Array): Uint8Array {
  const head = new Uint8Array(17)
  const view = new DataView(head.buffer)
  view.setBigUint64(1, BigInt(idx))
  view.setBigUint64(9, atMicros)
  return hash(joinBytes(head, env))
}

/** Record type of an erasure entry, whose clear fields are `{ basis, fields: [[idx, j], …] }`: the entries and places of the destroyed salts. */
export const ERASURE = 'erasure'

/** Clear fields of an erasure entry. */
export const erasureSchema = z.strictObject({
  basis: z.string(),
  fields: z.array(z.tuple([z.int().min(0), z.int().min(0)])),
})

function sortParts(all: NonNullable<EntryDraft['parts']>): { [part: string]: (readonly [string, string])[] } {
  return Object.fromEntries(Object.entries(all).map(([part, rows]) => [part, [...rows].sort(byKey)]))
}

function byKey(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function isSortedByKey(rows: readonly (readonly [string, string])[]): boolean {
  return rows.every((row, i) => i === 0 || rows[i - 1]![0] < row[0])
}
