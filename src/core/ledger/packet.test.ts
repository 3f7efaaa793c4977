import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64url, toBase64url } from './base64url.ts'
import { canonicalBytes } from './canonical.ts'
import { parseEnv } from './entry.ts'
import type { FindingCode } from './findings.ts'
import { hashes, suites } from './hash.ts'
import { recountFigure } from './journal-export.ts'
import { makeJournal, makePacket } from './make.ts'
import { type Figure, PACKET_FORMAT, type Packet } from './packet.ts'
import { verifyPacket } from './packet-check.ts'

const journal = makeJournal(1, 60)
const honest = makePacket(journal, 50).packet
const frozen = makePacket(journal, 50, true).packet

/** A copy of a packet after an attack on it. */
const attacked = (attack: (packet: Packet) => void, packet = honest): unknown => {
  const copy = structuredClone(packet)
  attack(copy)
  return copy
}
const figure = (packet: Packet, no: number): Figure => packet.figures.find((one) => one.no === no)!
const codes = (input: unknown): FindingCode[] => verifyPacket(input).findings.map((one) => one.code)
const refuses = (code: FindingCode, attack: (packet: Packet) => void, packet = honest): void => {
  assert.ok(codes(attacked(attack, packet)).includes(code), `${code} in ${codes(attacked(attack, packet))}`)
}
const rewrite = (env: string, change: (env: ReturnType<typeof parseEnv>) => void): string => {
  const read = parseEnv(fromBase64url(env))
  change(read)
  return toBase64url(canonicalBytes(read as never))
}

test('an honest packet holds, in either suite, with and without the entry that froze it', () => {
  for (const suite of suites) {
    for (const freeze of [false, true]) {
      const { packet } = makePacket(makeJournal(3, 60, suite), 50, freeze)
      const verdict = verifyPacket(JSON.parse(JSON.stringify(packet)))
      assert.deepEqual(verdict.findings, [])
      assert.ok(verdict.ok && verdict.checked.stubs > 30)
      assert.equal(verdict.checked.proofs, verdict.checked.stubs + (freeze ? 1 : 0))
      assert.equal(verdict.notProven.length, freeze ? 3 : 4)
    }
  }
})

test('a native hash gives the same verdict', () => {
  const native = (suite: string) => (bytes: Uint8Array) => new Uint8Array(createHash(suite).update(bytes).digest())
  assert.ok(verifyPacket(frozen, { sha256: native('sha256'), sm3: native('sm3') }).ok)
})

test('packets of random journals hold and recount to the same values', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (seed, size, asOf) => {
      const made = makePacket(makeJournal(seed, Math.max(size, asOf)), asOf, seed % 2 === 0)
      assert.deepEqual(verifyPacket(made.packet).findings, [])
    }),
    { numRuns: 25 },
  )
})

test('an edited record is refused, whatever in it was edited', () => {
  const edits: ((env: ReturnType<typeof parseEnv>) => void)[] = [
    (env) => Object.assign(env.d, { hours: 99 }),
    (env) => Object.assign(env.d, { on: '2025-06-01' }),
    (env) => Object.assign(env, { id: '01900000-0000-7000-8000-999999999999' }),
    (env) => Object.assign(env, { v: 7 }),
    (env) => Object.assign(env, { c: [...env.c].reverse() }),
    (env) => Object.assign(env, { p: { attendance: [['x', 'present']] } }),
  ]
  for (const edit of edits) {
    refuses('stub/proof', (packet) => {
      const stub = figure(packet, 2).stubs[3]!
      stub.env = rewrite(stub.env, edit)
    })
  }
})

test('an unreadable record is refused', () => {
  refuses('stub/env', (packet) => Object.assign(figure(packet, 2).stubs[0]!, { env: '*' }))
  refuses('stub/env', (packet) =>
    Object.assign(figure(packet, 2).stubs[0]!, { env: toBase64url(new TextEncoder().encode('{ }')) }),
  )
})

test('a dropped record is refused, for the value no longer fits', () => {
  refuses('figure/value', (packet) => figure(packet, 1).stubs.splice(1, 1))
})

test('a dropped record with an adjusted value is refused by the entry that froze the report', () => {
  const attack = (packet: Packet): void => {
    const one = figure(packet, 1)
    one.stubs.pop()
    one.value = one.stubs.length
    one.printed = `${one.value}次`
  }
  assert.ok(verifyPacket(attacked(attack)).ok, 'nothing inside an unfrozen packet can show it')
  assert.deepEqual(codes(attacked(attack, frozen)), ['freeze/digest'])
})

test('a record counted twice is refused', () => {
  refuses('stub/twice', (packet) => figure(packet, 1).stubs.push(structuredClone(figure(packet, 1).stubs.at(-1)!)))
  refuses('stub/order', (packet) => figure(packet, 1).stubs.push(structuredClone(figure(packet, 1).stubs.at(-1)!)))
})

test('an older version of a record beside its newer one is refused', () => {
  const isCorrection = (entry: { env: Uint8Array }): boolean =>
    parseEnv(entry.env).v === 2 && parseEnv(entry.env).d.withdrawn !== true
  const corrected = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((seed) => makeJournal(seed, 40))
    .find((one) => one.entries.some(isCorrection))!
  const newer = corrected.entries.find(isCorrection)!
  const older = corrected.entries.find((entry) => parseEnv(entry.env).id === parseEnv(newer.env).id)!
  const before = makePacket(corrected, older.idx + 1).packet
  const stub = figure(before, 2).stubs.find((one) => one.idx === older.idx)!
  const after = makePacket(corrected).packet
  const beside = (packet: Packet): void => {
    figure(packet, 2).stubs = [...figure(packet, 2).stubs, structuredClone(stub)].sort((a, b) => a.idx - b.idx)
  }
  refuses('stub/twice', beside, after)
  refuses('stub/versions', (packet) => Object.assign(figure(packet, 1), { stubs: [structuredClone(stub)] }), after)
})

test('a changed value or printed text is refused', () => {
  refuses('figure/value', (packet) => Object.assign(figure(packet, 1), { value: figure(packet, 1).value! + 1 }))
  refuses('figure/value', (packet) => Object.assign(figure(packet, 2), { value: null, printed: '*' }))
  refuses('figure/wording', (packet) => Object.assign(figure(packet, 1), { printed: '99次' }))
  refuses('figure/wording', (packet) =>
    Object.assign(figure(packet, 3), { printed: `${figure(packet, 3).value! + 10}余` }),
  )
  refuses('figure/wording', (packet) => Object.assign(figure(packet, 3), { approx: null }))
})

test('a changed root, size or suite of the checkpoint is refused', () => {
  refuses('stub/proof', (packet) =>
    Object.assign(packet.checkpoint, { root: toBase64url(hashes.sha256(new Uint8Array(1))) }),
  )
  refuses('stub/proof', (packet) => Object.assign(packet.checkpoint, { size: packet.checkpoint.size * 2 }))
  refuses('stub/suite', (packet) => Object.assign(packet.checkpoint, { suite: 'sm3' }))
  refuses('checkpoint/size', (packet) => Object.assign(packet, { asOf: packet.checkpoint.size + 1 }))
  refuses('checkpoint/time', (packet) => Object.assign(packet.checkpoint, { at: '2025-01-01T00:00:00.000000Z' }))
  refuses('packet/format', (packet) =>
    Object.assign(packet.checkpoint, { root: `${packet.checkpoint.root.slice(0, 42)}` }),
  )
})

test('a wrong index or time of a record is refused', () => {
  refuses('stub/proof', (packet) => {
    figure(packet, 2).stubs[0]!.idx += 1
  })
  refuses('stub/proof', (packet) =>
    Object.assign(figure(packet, 2).stubs[4]!, { at: figure(packet, 2).stubs[3]!.at.replace(/\d{6}Z/, '999998Z') }),
  )
  refuses('stub/time', (packet) => Object.assign(figure(packet, 2).stubs[4]!, { at: '2025-01-01T00:00:00.000000Z' }))
  refuses('stub/outside', (packet) => Object.assign(packet, { asOf: 5 }))
  refuses('packet/format', (packet) => Object.assign(figure(packet, 2).stubs[4]!, { at: '2025-01-01' }))
})

test('records out of order and proofs of other records are refused', () => {
  refuses('stub/order', (packet) => figure(packet, 2).stubs.reverse())
  refuses('stub/proof', (packet) => {
    const [a, b] = figure(packet, 2).stubs as [Figure['stubs'][0], Figure['stubs'][0]]
    ;[a.proof, b.proof] = [b.proof, a.proof]
  })
  refuses('stub/proof', (packet) => figure(packet, 2).stubs[0]!.proof.pop())
})

test('a record that the filter does not cover is refused, and so is a filter that covers another period', () => {
  refuses('stub/filter', (packet) => Object.assign(figure(packet, 1).where, { kind: ['visit'] }))
  refuses('stub/filter', (packet) => {
    figure(packet, 1).stubs = structuredClone(figure(packet, 3).stubs)
  })
  refuses('figure/period', (packet) => Object.assign(figure(packet, 1).where, { day: ['2024-01-01', '2025-12-31'] }))
  refuses('figure/period', (packet) => Object.assign(figure(packet, 8).period, { to: '2026-01-31' }))
})

test('marks of late entry and opening import cannot be taken off or put on', () => {
  const { packet } = makePacket(makeJournal(0, 22))
  const marks = packet.figures.flatMap((one) => one.stubs)
  assert.ok(marks.some((stub) => stub.late) && marks.some((stub) => stub.opening))
  packet.figures.forEach((one, no) => {
    one.stubs.forEach((_, i) => {
      const turned = (change: (stub: Figure['stubs'][0]) => void): unknown =>
        attacked((copy) => change(copy.figures[no]!.stubs[i]!), packet)
      assert.ok(codes(turned((stub) => Object.assign(stub, { opening: !stub.opening }))).includes('stub/opening'))
      const isTalk = parseEnv(fromBase64url(one.stubs[i]!.env)).t === 'talk'
      if (!isTalk) assert.ok(codes(turned((stub) => Object.assign(stub, { late: !stub.late }))).includes('stub/late'))
    })
  })
})

test('without days stated for the kind, a late mark still needs an entry after the day it happened', () => {
  const { lateAfterDays: _, ...rest } = honest
  const talk = (late: boolean): unknown =>
    attacked((packet) => Object.assign(figure(packet, 8).stubs.at(-1)!, { late }), rest as Packet)
  const stub = figure(honest, 8).stubs.at(-1)!
  const isPast = String(parseEnv(fromBase64url(stub.env)).d.month) < stub.at.slice(0, 7)
  assert.equal(verifyPacket(talk(true)).ok, isPast)
  assert.ok(verifyPacket(talk(false)).ok)
})

test('nothing but the proofs can be altered in a frozen packet without its seal failing', () => {
  const attacks: ((packet: Packet) => void)[] = [
    (packet) => Object.assign(packet, { title: '别的报告' }),
    (packet) => Object.assign(packet, { bureau: '别的局' }),
    (packet) => Object.assign(figure(packet, 1).definition, { zh: '别的口径' }),
    (packet) => packet.unbound.pop(),
    (packet) => Object.assign(packet.lateAfterDays!, { study: 400 }),
    (packet) => Object.assign(packet, { organisationDay: '2025-12-30' }),
  ]
  for (const attack of attacks) refuses('freeze/digest', attack, frozen)
  refuses('freeze/proof', (packet) => packet.freeze!.proof.pop(), frozen)
  refuses('freeze/proof', (packet) => Object.assign(packet.freeze!, { env: figure(packet, 1).stubs[0]!.env }), frozen)
})

test('unknown versions, unknown fields and things that are no packet are refused in words', () => {
  assert.deepEqual(codes({ ...honest, format: 'luze-evidence/2' }), ['packet/version'])
  for (const input of [
    null,
    7,
    'x',
    [],
    {},
    { ...honest, extra: 1 },
    { ...honest, figures: [{ ...honest.figures[0], extra: 1 }] },
  ]) {
    assert.deepEqual(codes(input), ['packet/format'])
  }
  refuses('figure/number', (packet) => Object.assign(figure(packet, 2), { no: 1 }))
  for (const { message } of verifyPacket({ ...honest, format: PACKET_FORMAT, asOf: 1 }).findings)
    assert.ok(message.zh.endsWith('。') && message.en.endsWith('.'))
})

test('records that cannot be counted in the stated way are refused', () => {
  refuses('figure/records', (packet) => Object.assign(figure(packet, 2), { aggregate: { op: 'sum', field: 'unit' } }))
})

test('any one letter changed in any record, proof or root is refused', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.constantFrom('env', 'proof', 'root'), (pick, at, what) => {
      const turn = (text: string): string => {
        const i = at % text.length
        return text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1)
      }
      const input = attacked((packet) => {
        const stubs = packet.figures.flatMap((one) => one.stubs)
        const stub = stubs[pick % stubs.length]!
        if (what === 'root') packet.checkpoint.root = turn(packet.checkpoint.root)
        else if (what === 'env') stub.env = turn(stub.env)
        else stub.proof = stub.proof.with(pick % stub.proof.length, turn(stub.proof[pick % stub.proof.length]!))
      })
      assert.equal(verifyPacket(input).ok, false)
    }),
    { numRuns: 60 },
  )
})

test('a recount over the whole journal finds what was left out', () => {
  const one = figure(honest, 1)
  const entries = journal.entries.map((entry) => ({ ...entry, env: parseEnv(entry.env) }))
  const recount = recountFigure(one, entries, 50)
  assert.equal(recount.value, one.value)
  assert.deepEqual(
    recount.idxs,
    one.stubs.map((stub) => stub.idx),
  )
})
