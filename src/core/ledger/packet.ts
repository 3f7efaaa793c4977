import { z } from 'zod'
import { aggregateSchema } from './aggregate.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { canonicalBytes, type Json } from './canonical.ts'
import { parseEnv } from './entry.ts'
import { daySchema, whereSchema } from './filter.ts'
import { type Hash, suites } from './hash.ts'
import { microsOf } from './instant.ts'
import { roundingSchema } from './wording.ts'

/** Format tag of the evidence packet. */
export const PACKET_FORMAT = 'luze-evidence/1'

const text = z.string()
const words = z.strictObject({ zh: text, en: text })
const size = z.int().min(0)
const hash32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const instant = z.string().refine(isInstant, 'an instant in UTC with microseconds')
const period = z.strictObject({ from: daySchema, to: daySchema })

/** Fields of a checkpoint: the root over the first `size` entries, made at `at`; `signatures` are lines of a C2SP signed note. */
export const checkpointShape = {
  origin: text,
  suite: z.enum(suites),
  size,
  root: hash32,
  at: instant,
  signatures: z.array(text).optional(),
}

const proofShape = { idx: size, at: instant, env: text, proof: z.array(hash32).max(64) }
const opened = z.strictObject({ salt: hash32, value: text })
const stub = z.strictObject({
  ...proofShape,
  late: z.boolean(),
  opening: z.boolean(),
  opened: z.record(text, opened).optional(),
})

const figure = z.strictObject({
  no: z.int().min(1),
  phrase: text,
  metric: text,
  definition: words,
  params: z.record(text, z.union([text, z.number()])),
  period,
  unit: text,
  value: z.number().nullable(),
  printed: text,
  approx: roundingSchema.nullable(),
  counted: words,
  aggregate: aggregateSchema,
  where: whereSchema,
  stubs: z.array(stub),
})

const remark = z.strictObject({ phrase: text, reason: words })

/** Shape of an evidence packet; unknown fields are refused, since nobody would check them. */
export const packetSchema = z.strictObject({
  format: z.literal(PACKET_FORMAT),
  bureau: text,
  title: text,
  period,
  organisationDay: daySchema,
  catalogueHash: text,
  asOf: size,
  checkpoint: z.strictObject(checkpointShape),
  freeze: z.strictObject(proofShape).optional(),
  lateAfterDays: z.record(text, size).optional(),
  names: z.strictObject({ kinds: z.record(text, words), units: z.record(text, text) }).optional(),
  restricted: z.strictObject({ by: text, at: instant, persons: z.record(text, text) }).optional(),
  figures: z.array(figure),
  unbound: z.array(remark),
  dated: z.array(remark),
})

/**
 * Evidence of a frozen report: its figures, counted over the first `asOf` journal entries, each with the record stubs it counts and their proofs against the
 * checkpoint. `freeze` is the entry that sealed the packet's digest; `lateAfterDays` says per kind from which day on an entry is late; `names` are for display. A restricted packet says who exported it and
 * when, and opens sealed words of some records (`opened`: the salt of the commitment and the value); never of talks.
 */
export type Packet = z.infer<typeof packetSchema>

/** One figure of a packet. */
export type Figure = z.infer<typeof figure>

/** One counted record version: index, entry time, `env` and inclusion proof in base64url, its two marks, words opened. */
export type Stub = z.infer<typeof stub>

/** A stub of an entry for a packet; the mark of an opening import is read from the entry itself. */
export function makeStub(
  entry: { readonly idx: number; readonly at: string; readonly env: Uint8Array },
  proof: readonly Uint8Array[],
  late: boolean,
): Stub {
  return {
    idx: entry.idx,
    at: entry.at,
    env: toBase64url(entry.env),
    proof: proof.map(toBase64url),
    late,
    opening: parseEnv(entry.env).d.opening === true,
  }
}

/**
 * Digest that freezing a report seals in its entry (type `report`, clear field `digest`), base64url: over the canonical packet without checkpoint, freeze and
 * the mark of a restricted export, with the indexes in place of the stubs, so that it can be computed before there is a proof.
 */
export function packetDigest(hash: Hash, packet: Omit<Packet, 'checkpoint' | 'freeze'>): string {
  const { checkpoint: _checkpoint, freeze: _freeze, restricted: _restricted, ...sealed } = packet as Packet
  const figures = sealed.figures.map((one) => ({ ...one, stubs: one.stubs.map((stub) => stub.idx) }))
  return toBase64url(hash(canonicalBytes(withoutUndefined({ ...sealed, figures }))))
}

/** Record type of the entry that freezes a report. */
export const REPORT = 'report'
/** Record type whose words no packet opens (decision 18). */
export const TALK = 'talk'

/** Bytes of base64url, or null where the text is not base64url. */
export function bytesOf(encoded: string): Uint8Array | null {
  try {
    return fromBase64url(encoded)
  } catch {
    return null
  }
}

function withoutUndefined(value: object): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Json
}

function isInstant(at: string): boolean {
  try {
    microsOf(at)
    return true
  } catch {
    return false
  }
}
