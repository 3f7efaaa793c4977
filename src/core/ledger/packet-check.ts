import { aggregate } from './aggregate.ts'
import { toBase64url } from './base64url.ts'
import { commit } from './commitment.ts'
import { type Env, leafHash, parseEnv } from './entry.ts'
import { matches } from './filter.ts'
import { type Finding, finding, notProven, textNotSealed, type Words } from './findings.ts'
import { type Hash, type Hashes, hashes as pure } from './hash.ts'
import { microsOf, shanghaiDayOf } from './instant.ts'
import {
  bytesOf,
  type Figure,
  PACKET_FORMAT,
  type Packet,
  packetDigest,
  packetSchema,
  REPORT,
  type Stub,
  TALK,
} from './packet.ts'
import { verifyInclusion } from './tree.ts'
import { printedSays } from './wording.ts'

/** Answer of a packet check: what was looked at, what does not hold, and what no packet shows. */
export type PacketVerdict = {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  readonly checked: { readonly figures: number; readonly stubs: number; readonly proofs: number }
  readonly notProven: readonly Words[]
}

/**
 * Checks an evidence packet by itself, with no database: every proof against the checkpoint, every stub against the figure's filter, every value by counting
 * again, every rounding word. Takes any value; never throws.
 */
export function verifyPacket(input: unknown, hashes: Hashes = pure): PacketVerdict {
  const refused = (found: Finding): PacketVerdict => ({
    ok: false,
    findings: [found],
    checked: { figures: 0, stubs: 0, proofs: 0 },
    notProven,
  })
  const format = typeof input === 'object' && input !== null ? (input as { format?: unknown }).format : undefined
  if (typeof format === 'string' && format.startsWith('luze-evidence/') && format !== PACKET_FORMAT) {
    return refused(finding('packet/version', {}, format))
  }
  const parsed = packetSchema.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refused(finding('packet/format', {}, issue ? `${issue.path.join('.')} ${issue.message}` : ''))
  }

  const packet = parsed.data
  const hash = hashes[packet.checkpoint.suite]
  const readings = packet.figures.map((figure) => readStubs(hash, packet, figure))
  const findings = [
    ...checkFrame(hash, packet),
    ...packet.figures.flatMap((figure, i) => checkFigure(packet, figure, readings[i]!)),
    ...readings.flat().flatMap((reading) => checkOpened(hash, packet, reading)),
    ...checkAcross(packet, readings.flat()),
  ]
  const stubs = readings.flat()
  const freezes = packet.freeze ? 1 : 0
  return {
    ok: findings.length === 0,
    findings,
    checked: { figures: packet.figures.length, stubs: stubs.length, proofs: stubs.length + freezes },
    notProven: packet.freeze ? notProven : [...notProven, textNotSealed],
  }
}

type Reading = { readonly figure: number; readonly stub: Stub; readonly env: Env | null; readonly proven: boolean }

function readStubs(hash: Hash, packet: Packet, figure: Figure): readonly Reading[] {
  return figure.stubs.map((stub) => {
    const bytes = bytesOf(stub.env)
    const env = bytes && readEnv(bytes)
    return { figure: figure.no, stub, env, proven: bytes !== null && isIncluded(hash, packet, stub, bytes) }
  })
}

function readEnv(bytes: Uint8Array): Env | null {
  try {
    return parseEnv(bytes)
  } catch {
    return null
  }
}

function isIncluded(hash: Hash, packet: Packet, stub: Pick<Stub, 'idx' | 'at' | 'proof'>, env: Uint8Array): boolean {
  const proof = stub.proof.map(bytesOf)
  const root = bytesOf(packet.checkpoint.root)
  if (!root || !proof.every((step) => step !== null)) return false
  return verifyInclusion(
    hash,
    leafHash(hash, stub.idx, microsOf(stub.at), env),
    stub.idx,
    packet.checkpoint.size,
    proof,
    root,
  )
}

function checkFrame(hash: Hash, packet: Packet): readonly Finding[] {
  const found: Finding[] = []
  if (packet.checkpoint.size < packet.asOf)
    found.push(finding('checkpoint/size', {}, `${packet.checkpoint.size} < ${packet.asOf}`))
  const numbers = packet.figures.map((figure) => figure.no)
  numbers.forEach((no, i) => {
    if (numbers.indexOf(no) !== i) found.push(finding('figure/number', { figure: no }))
  })
  if (packet.freeze) found.push(...checkFreeze(hash, packet, packet.freeze))
  return found
}

function checkFreeze(hash: Hash, packet: Packet, freeze: NonNullable<Packet['freeze']>): readonly Finding[] {
  const bytes = bytesOf(freeze.env)
  const env = bytes && readEnv(bytes)
  const place = { idx: freeze.idx }
  if (!bytes || !env || freeze.idx < packet.asOf || !isIncluded(hash, packet, freeze, bytes))
    return [finding('freeze/proof', place)]
  const found: Finding[] = []
  if (env.s !== packet.checkpoint.suite) found.push(finding('stub/suite', place))
  if (freeze.at > packet.checkpoint.at) found.push(finding('checkpoint/time', place))
  if (env.t !== REPORT || env.d.digest !== packetDigest(hash, packet)) found.push(finding('freeze/digest', place))
  return found
}

function checkFigure(packet: Packet, figure: Figure, readings: readonly Reading[]): readonly Finding[] {
  const found: Finding[] = []
  const { where, period } = figure
  const isPeriod =
    (!where.day || (where.day[0] === period.from && where.day[1] === period.to)) &&
    (!where.month || (where.month[0] === period.from.slice(0, 7) && where.month[1] === period.to.slice(0, 7)))
  if (!isPeriod || period.from > period.to) found.push(finding('figure/period', { figure: figure.no }))
  found.push(...readings.flatMap((reading) => checkStub(packet, figure, reading)))
  if (readings.some((reading, i) => i > 0 && readings[i - 1]!.stub.idx >= reading.stub.idx)) {
    found.push(finding('stub/order', { figure: figure.no }))
  }
  found.push(...checkTwice(figure, readings), ...checkValue(figure, readings), ...checkWording(figure))
  return found
}

function checkStub(packet: Packet, figure: Figure, { stub, env, proven }: Reading): readonly Finding[] {
  const at = { figure: figure.no, idx: stub.idx }
  if (!env) return [finding('stub/env', at)]
  const found: Finding[] = []
  if (!proven) found.push(finding('stub/proof', at))
  if (stub.idx >= packet.asOf) found.push(finding('stub/outside', at))
  if (env.s !== packet.checkpoint.suite) found.push(finding('stub/suite', at))
  if (!matches(figure.where, env.d, env.t)) found.push(finding('stub/filter', at))
  if (stub.at > packet.checkpoint.at) found.push(finding('checkpoint/time', at))
  if (stub.opening !== (env.d.opening === true)) found.push(finding('stub/opening', at))
  if (!isLateMarkRight(packet, stub, env)) found.push(finding('stub/late', at))
  return found
}

/** Words opened in a restricted packet must be those that the record committed to; a talk opens none. */
function checkOpened(hash: Hash, packet: Packet, { figure, stub, env }: Reading): readonly Finding[] {
  if (stub.opened === undefined || env === null) return []
  const open = Object.entries(stub.opened)
  const right =
    packet.restricted !== undefined &&
    env.t !== TALK &&
    open.every(([field, { salt, value }]) => {
      const bytes = bytesOf(salt)
      const place = env.f.indexOf(field)
      return bytes?.length === 32 && place >= 0 && toBase64url(commit(hash, bytes, field, value)) === env.c[place]
    })
  return right ? [] : [finding('stub/opened', { figure, idx: stub.idx })]
}

/** Late by the days stated for the kind where there are any; else a late mark needs at least an entry day after the event. */
function isLateMarkRight(packet: Packet, stub: Stub, env: Env): boolean {
  const happened = lastDayOf(env)
  if (happened === null || env.d.opening === true) return !stub.late
  const entered = shanghaiDayOf(stub.at)
  const kind = typeof env.d.kind === 'string' ? env.d.kind : env.t
  const days =
    packet.lateAfterDays && Object.hasOwn(packet.lateAfterDays, kind) ? packet.lateAfterDays[kind] : undefined
  if (days === undefined) return !stub.late || entered > happened
  return stub.late === Date.parse(entered) > Date.parse(happened) + days * 86_400_000
}

function lastDayOf(env: Env): string | null {
  if (typeof env.d.on === 'string' && !Number.isNaN(Date.parse(env.d.on))) return env.d.on
  if (typeof env.d.month !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(env.d.month)) return null
  const [year, month] = env.d.month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

function checkTwice(figure: Figure, readings: readonly Reading[]): readonly Finding[] {
  const seen = new Set<string>()
  return readings.flatMap(({ stub, env }) => {
    if (!env) return []
    const key = `${env.t}/${env.id}`
    if (seen.has(key)) return [finding('stub/twice', { figure: figure.no, idx: stub.idx })]
    seen.add(key)
    return []
  })
}

function checkValue(figure: Figure, readings: readonly Reading[]): readonly Finding[] {
  const at = { figure: figure.no }
  try {
    const counted = aggregate(
      figure.aggregate,
      readings.flatMap((reading) => reading.env ?? []),
    )
    if (counted === figure.value) return []
    return [finding('figure/value', at, `${counted ?? '–'} ≠ ${figure.value ?? '–'}`)]
  } catch (error) {
    return [finding('figure/records', at, error instanceof Error ? error.message : '')]
  }
}

function checkWording(figure: Figure): readonly Finding[] {
  const holds =
    figure.value === null
      ? figure.approx === null && !/\d/.test(figure.printed)
      : printedSays(figure.printed, figure.value, figure.approx)
  return holds ? [] : [finding('figure/wording', { figure: figure.no }, figure.printed)]
}

function checkAcross(packet: Packet, readings: readonly Reading[]): readonly Finding[] {
  const found: Finding[] = []
  const versions = new Map<string, number>()
  for (const { figure, stub, env } of readings) {
    if (!env) continue
    const key = `${env.t}/${env.id}`
    if ((versions.get(key) ?? env.v) !== env.v) found.push(finding('stub/versions', { figure, idx: stub.idx }))
    versions.set(key, env.v)
  }
  const entries = [...readings.map(({ stub }) => stub), ...(packet.freeze ? [packet.freeze] : [])].sort(
    (a, b) => a.idx - b.idx,
  )
  entries.forEach((entry, i) => {
    const before = entries[i - 1]
    if (before && (before.at > entry.at || (before.idx === entry.idx && before.at !== entry.at))) {
      found.push(finding('stub/time', { idx: entry.idx }))
    }
  })
  return found
}
