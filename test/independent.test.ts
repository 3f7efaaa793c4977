import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { fromBase64url, toBase64url } from '../src/core/ledger/base64url.ts'
import { canonicalBytes, canonicalText, type Json } from '../src/core/ledger/canonical.ts'
import { parseEnv } from '../src/core/ledger/entry.ts'
import { suites } from '../src/core/ledger/hash.ts'
import { readJournal, recountFigure, verifyJournal } from '../src/core/ledger/journal-export.ts'
import { makeExport, makeJournal, makePacket, restrictPacket } from '../src/core/ledger/make.ts'
import type { Packet } from '../src/core/ledger/packet.ts'
import { verifyPacket } from '../src/core/ledger/packet-check.ts'

const verifier = fileURLToPath(new URL('./independent/verify.py', import.meta.url))
const hasPython = spawnSync('python3', ['--version']).status === 0
const skip = hasPython ? false : 'python3 is not installed, so the independent verifier cannot run'

type Request = { readonly packet?: unknown; readonly lines?: readonly string[] }
type Answer = {
  readonly ok: boolean
  readonly findings: readonly string[]
  readonly values: Readonly<Record<string, number | null>>
}

/** What the independent verifier says to each request. */
function ask(requests: readonly Request[]): Answer[] {
  const run = spawnSync('python3', [verifier, '--batch'], {
    input: requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  assert.equal(run.status, 0, run.stderr)
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** As many samples as wanted, the same in every run. */
function samples<T>(of: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(of, { numRuns: count, seed: 20260101 })
}

test('the independent verifier agrees with honest packets and recounts the same values from the journal', {
  skip,
}, () => {
  const made = samples(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 60 }), fc.nat(20), fc.boolean()), 24).map(
    ([seed, asOf, more, freeze], i) =>
      makePacket(makeJournal(seed, asOf + more, suites[i % 6 === 0 ? 1 : 0]), asOf, freeze),
  )
  const answers = ask(made.map(({ packet, journal }) => ({ packet, lines: makeExport(journal) })))
  answers.forEach((answer, i) => {
    assert.deepEqual(answer.findings, [])
    assert.deepEqual(
      answer.values,
      Object.fromEntries(made[i]!.packet.figures.map((figure) => [figure.no, figure.value])),
    )
  })
})

test('both verifiers give the same verdict on packets with any one thing altered', { skip }, () => {
  const base = [true, false].map((freeze) => makePacket(makeJournal(11, 26), 24, freeze).packet)
  base.push(restrictPacket(base[0]!))
  const altered = samples(fc.tuple(fc.constantFrom(...base), fc.nat(), fc.nat()), 400).map(([packet, where, how]) =>
    alter(packet, where, how),
  )
  const answers = ask(altered.map((one) => ({ packet: one.packet })))
  let refused = 0
  answers.forEach((answer, i) => {
    const ours = verifyPacket(altered[i]!.packet)
    assert.equal(
      answer.ok,
      ours.ok,
      `${altered[i]!.what}: ${answer.findings} / ${ours.findings.map((one) => one.code)}`,
    )
    if (!ours.ok) refused += 1
  })
  assert.ok(refused > 300, `${refused} refused`)
})

test('both verifiers refuse each known attack for the same reasons', { skip }, () => {
  const honest = makePacket(makeJournal(12, 40), 36, true).packet
  const cases = Object.entries(attacks).map(([what, attack]) => {
    const packet = structuredClone(honest)
    attack(packet)
    return { what, packet }
  })
  const answers = ask(cases.map(({ packet }) => ({ packet })))
  answers.forEach((answer, i) => {
    const ours = [...new Set(verifyPacket(cases[i]!.packet).findings.map((one) => one.code))].sort()
    assert.deepEqual(answer.findings, ours, cases[i]!.what)
    assert.equal(answer.ok, false, cases[i]!.what)
  })
})

test('a restricted packet says what its records committed to, and nothing else', { skip }, () => {
  const packet = restrictPacket(makePacket(makeJournal(17, 40), 36, true).packet)
  const open = () => structuredClone(packet)
  const stub = (of: Packet) => of.figures[1]!.stubs.find(({ opened }) => opened)!
  const cases: Record<string, (of: Packet) => void> = {
    'another title': (of) => Object.assign(stub(of).opened!['title']!, { value: '另一次会' }),
    'another salt': (of) =>
      Object.assign(stub(of).opened!['title']!, { salt: turnLetter(stub(of).opened!['title']!.salt, 3) }),
    'a field that the record has not': (of) =>
      Object.assign(stub(of).opened!, { content: structuredClone(stub(of).opened!['title']) }),
    'opened in a packet that is not restricted': (of) => {
      delete of.restricted
    },
  }
  const altered = Object.values(cases).map((change) => {
    const of = open()
    change(of)
    return of
  })
  const [honest, ...answers] = ask([packet, ...altered].map((one) => ({ packet: one })))
  assert.deepEqual(honest!.findings, [])
  assert.deepEqual(verifyPacket(packet).findings, [])
  for (const [i, answer] of answers.entries()) {
    assert.deepEqual(answer.findings, ['stub/opened'], Object.keys(cases)[i])
    assert.deepEqual([...new Set(verifyPacket(altered[i]!).findings.map(({ code }) => code))], ['stub/opened'])
  }
})

test('both verifiers give the same verdict on journals with any one line altered', { skip }, () => {
  const lines = makeExport(makeJournal(13, 40))
  const altered = samples(fc.tuple(fc.nat(), fc.nat()), 150).map(([where, how]) => alterLines(lines, where, how))
  const answers = ask(altered.map((one) => ({ lines: one })))
  answers.forEach((answer, i) => {
    const ours = [...new Set(verifyJournal(altered[i]!).findings.map((one) => one.code))].sort()
    assert.deepEqual(answer.findings, ours)
    assert.equal(answer.ok, false)
  })
})

test('what was left out of a packet with an adjusted value is found with the journal', { skip }, () => {
  const { packet, journal } = makePacket(makeJournal(14, 50))
  const figure = packet.figures[0]!
  figure.stubs.pop()
  figure.value = figure.stubs.length
  figure.printed = `${figure.value}次`
  const [alone, whole] = ask([{ packet }, { packet, lines: makeExport(journal) }])
  assert.ok(alone!.ok)
  assert.deepEqual(whole!.findings, ['journal/recount'])
  assert.notEqual(recountFigure(figure, readJournal(makeExport(journal)), packet.asOf).value, figure.value)
})

test('a journal that does not lead to the checkpoint of the packet is refused', { skip }, () => {
  const { packet } = makePacket(makeJournal(15, 30))
  const [answer] = ask([{ packet, lines: makeExport(makeJournal(16, 30)) }])
  assert.ok(answer!.findings.includes('journal/checkpoint'))
})

test('both write canonical JSON alike, numbers included', { skip }, () => {
  const values: Json[] = [
    ...samples(fc.double({ noNaN: true, noDefaultInfinity: true }), 300).filter((n) => !Object.is(n, -0)),
    ...samples(fc.integer(), 100),
    1e21,
    1e20,
    123456789012345680000,
    1e-6,
    1e-7,
    5e-324,
    0.1,
    100,
    1.5,
    ...(samples(fc.jsonValue({ stringUnit: 'binary' }), 100) as Json[]).filter(
      (value) => !canonicalText(value).includes('-0'),
    ),
  ]
  const program = `import sys; sys.path.insert(0, sys.argv[1]); import verify
for line in sys.stdin.buffer.read().decode().split("\\n"):
    if line: sys.stdout.buffer.write((verify.canonical(verify.read_json(line)) + "\\n").encode())`
  const input = values.map((value) => `${JSON.stringify(value)}\n`).join('')
  const run = spawnSync('python3', ['-B', '-c', program, fileURLToPath(new URL('./independent', import.meta.url))], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  assert.equal(run.status, 0, run.stderr)
  assert.deepEqual(run.stdout.split('\n').slice(0, -1), values.map(canonicalText))
})

type Figure = Packet['figures'][number]
const turnLetter = (text: string, at: number): string => {
  const i = at % text.length
  return text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1)
}
const editEnv = (packet: Packet, change: object): void => {
  const stub = packet.figures[1]!.stubs[2]!
  const env = parseEnv(fromBase64url(stub.env))
  stub.env = toBase64url(canonicalBytes({ ...env, d: { ...env.d, ...change } } as never))
}
const inFigure = (change: (figure: Figure) => void) => (packet: Packet) => change(packet.figures[1]!)

const attacks: Readonly<Record<string, (packet: Packet) => void>> = {
  'edited record': (packet) => editEnv(packet, { hours: 99 }),
  'record moved to another day': (packet) => editEnv(packet, { on: '2025-06-06' }),
  'record of another year': (packet) => editEnv(packet, { on: '2024-06-06' }),
  'unreadable record': inFigure((figure) => Object.assign(figure.stubs[0]!, { env: 'e30' })),
  'dropped record': inFigure((figure) => figure.stubs.splice(1, 2)),
  'doubled record': inFigure((figure) => figure.stubs.push(structuredClone(figure.stubs.at(-1)!))),
  'changed value': inFigure((figure) => Object.assign(figure, { value: 1, printed: '1次' })),
  'changed print': inFigure((figure) => Object.assign(figure, { printed: '7次' })),
  'false rounding word': inFigure((figure) =>
    Object.assign(figure, { approx: { word: '突破', base: 100000 }, printed: '突破100000' }),
  ),
  'changed root': (packet) => Object.assign(packet.checkpoint, { root: turnLetter(packet.checkpoint.root, 5) }),
  'changed size': (packet) => Object.assign(packet.checkpoint, { size: 4096 }),
  'other suite': (packet) => Object.assign(packet.checkpoint, { suite: 'sm3' }),
  'checkpoint before its entries': (packet) => Object.assign(packet.checkpoint, { at: '2025-01-01T00:00:00.000000Z' }),
  'wrong index': inFigure((figure) => Object.assign(figure.stubs.at(-1)!, { idx: figure.stubs.at(-1)!.idx + 1 })),
  'wrong time': inFigure((figure) => Object.assign(figure.stubs[1]!, { at: '2025-01-02T00:00:00.000001Z' })),
  'records out of order': inFigure((figure) => figure.stubs.reverse()),
  'proofs changed about': inFigure((figure) => {
    const [a, b] = figure.stubs as [Figure['stubs'][0], Figure['stubs'][0]]
    ;[a.proof, b.proof] = [b.proof, a.proof]
  }),
  'cut proof': inFigure((figure) => figure.stubs[0]!.proof.shift()),
  'longer proof': inFigure((figure) => figure.stubs[0]!.proof.push(figure.stubs[0]!.proof[0]!)),
  'wider filter': inFigure((figure) => Object.assign(figure.where, { day: ['2024-01-01', '2025-12-31'] })),
  'other filter': inFigure((figure) => Object.assign(figure.where, { kind: ['visit'] })),
  'other way of counting': inFigure((figure) => Object.assign(figure, { aggregate: { op: 'sum', field: 'unit' } })),
  'late mark changed': inFigure((figure) => Object.assign(figure.stubs[0]!, { late: !figure.stubs[0]!.late })),
  'opening mark changed': inFigure((figure) => Object.assign(figure.stubs[0]!, { opening: !figure.stubs[0]!.opening })),
  'earlier point of counting': (packet) => Object.assign(packet, { asOf: 3 }),
  'later point of counting': (packet) => Object.assign(packet, { asOf: 99 }),
  'changed definition': inFigure((figure) => Object.assign(figure.definition, { zh: '别的口径' })),
  'changed freeze': (packet) => Object.assign(packet.freeze!, { at: '2025-01-03T00:00:00.000000Z' }),
  'one number twice': inFigure((figure) => Object.assign(figure, { no: 1 })),
}

/** Every place of a packet where altering is worth a verdict, as a list of keys. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const members = Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))
  return Array.isArray(value) ? [path, ...members] : members
}

function alter(packet: Packet, where: number, how: number): { packet: unknown; what: string } {
  const copy = structuredClone(packet)
  const inside = ['figures', 'checkpoint', 'asOf', 'freeze', 'lateAfterDays', 'title']
  const places = placesIn(copy).filter((path) => path.length > 0 && inside.includes(path[0]!))
  const path = places[where % places.length]!
  const key = path.at(-1)!
  const parent = path
    .slice(0, -1)
    .reduce((at, name) => at[name] as Record<string, unknown>, copy as unknown as Record<string, unknown>)
  parent[key] = altered(parent[key], how)
  return { packet: copy, what: `${path.join('.')} (${how % 7})` }
}

function altered(value: unknown, how: number): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return [value + 1, value * 2 + 1, Math.max(0, value - 1)][how % 3]
  if (typeof value === 'string') return value === '' ? 'A' : turnLetter(value, how)
  if (!Array.isArray(value)) return 1
  const at = value.length === 0 ? 0 : how % value.length
  if (value.length === 0) return value
  return [value.toSpliced(at, 1), value.toSpliced(at, 0, value[at]), value.toReversed()][how % 3]
}

function alterLines(lines: readonly string[], where: number, how: number): readonly string[] {
  const at = 1 + (where % (lines.length - 2))
  const line = lines[at]!
  const fields = JSON.parse(line)
  const choices = [
    () => lines.toSpliced(at, 1),
    () => lines.toSpliced(at, 0, line),
    () => lines.with(at, lines[at + 1]!).with(at + 1, line),
    () => lines.with(at, JSON.stringify({ ...fields, idx: fields.idx + 1 })),
    () => lines.with(at, JSON.stringify({ ...fields, at: '2025-01-01T00:00:00.000000Z' })),
    () => lines.with(at, JSON.stringify({ ...fields, env: turnLetter(fields.env, how) })),
    () => lines.slice(0, at),
    () => lines.with(0, lines[0]!.replace(/"root":"./, '"root":"_')),
  ]
  return choices[how % choices.length]!()
}
