import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64url, toBase64url } from './base64url.ts'
import { canonicalBytes } from './canonical.ts'
import { parseEnv } from './entry.ts'
import type { FindingCode } from './findings.ts'
import { hashes, suites } from './hash.ts'
import { openJournalCheck, readJournal, recountFigure, verifyJournal } from './journal-export.ts'
import { leavesOf, makeExport, makeJournal, makePacket } from './make.ts'
import { rootOf } from './tree.ts'

const journal = makeJournal(5, 80)
const lines = makeExport(journal)
const codes = (changed: readonly string[]): FindingCode[] => verifyJournal(changed).findings.map((one) => one.code)
const edit = (line: string, change: (fields: { idx: number; at: string; env: string }) => void): string => {
  const fields = JSON.parse(line)
  change(fields)
  return JSON.stringify(fields)
}
const editEnv = (line: string, change: object): string =>
  edit(line, (fields) => {
    fields.env = toBase64url(canonicalBytes({ ...parseEnv(fromBase64url(fields.env)), ...change } as never))
  })

test('an honest export holds, in either suite, for every small size', () => {
  for (const suite of suites) {
    for (let size = 0; size < 20; size++) {
      const verdict = verifyJournal([...makeExport(makeJournal(2, size, suite)), ''])
      assert.deepEqual(verdict.findings, [])
      assert.equal(verdict.checked.entries, size)
    }
  }
})

test('the roots at wanted sizes are the roots of those beginnings', () => {
  const check = openJournalCheck(hashes, [0, 1, 33, 80, 99])
  for (const line of lines) check.takeLine(line)
  const { roots } = check.finish()
  assert.deepEqual([...roots.keys()], [0, 1, 33, 80])
  for (const [size, root] of roots)
    assert.equal(root, toBase64url(rootOf(hashes.sha256, leavesOf(journal).slice(0, size))))
})

test('any one entry changed, dropped, doubled or moved is refused', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 79 }),
      fc.constantFrom('drop', 'double', 'swap', 'edit', 'time', 'index'),
      (at, attack) => {
        const line = lines[at]!
        const changed = {
          drop: () => lines.toSpliced(at, 1),
          double: () => lines.toSpliced(at, 0, line),
          swap: () => lines.with(at, lines[at + 1]!).with(at + 1, line),
          edit: () => lines.with(at, editEnv(line, { d: { changed: true } })),
          time: () =>
            lines.with(
              at,
              edit(line, (fields) => Object.assign(fields, { at: fields.at.replace(/\d{6}Z/, '123457Z') })),
            ),
          index: () =>
            lines.with(
              at,
              edit(line, (fields) => Object.assign(fields, { idx: fields.idx + 1 })),
            ),
        }[attack]()
        const found = codes(changed)
        assert.ok(found.includes('journal/root'))
        if (attack !== 'edit' && attack !== 'time') assert.ok(found.includes('journal/gap'))
        if (attack === 'drop' || attack === 'double') assert.ok(found.includes('journal/size'))
      },
    ),
    { numRuns: 100 },
  )
})

test('a cut export and a changed first line are refused', () => {
  assert.deepEqual(codes(lines.slice(0, -3)), ['journal/size', 'journal/root'])
  const header = JSON.parse(lines[0]!)
  assert.deepEqual(codes(lines.with(0, JSON.stringify({ ...header, root: toBase64url(new Uint8Array(32)) }))), [
    'journal/root',
  ])
  assert.ok(codes(lines.with(0, JSON.stringify({ ...header, suite: 'sm3' }))).includes('journal/suite'))
  for (const first of [
    '',
    '{}',
    'x',
    JSON.stringify({ ...header, format: 'luze-journal/2' }),
    JSON.stringify({ ...header, more: 1 }),
  ]) {
    assert.deepEqual(codes(lines.with(0, first || '{}')), ['journal/format'])
  }
  assert.deepEqual(codes([]), ['journal/format'])
})

test('a whole journal rewritten to fit itself still shows falling times, broken version chains and senseless erasures', () => {
  const rewritten = (change: (at: number) => object, time = (at: string) => at): FindingCode[] => {
    const entries = journal.entries.map((entry, i) => ({
      ...entry,
      at: i === 40 ? time(entry.at) : entry.at,
      env: canonicalBytes({ ...parseEnv(entry.env), ...change(i) } as never),
    }))
    return codes(makeExport({ ...journal, entries }))
  }
  assert.deepEqual(
    rewritten(() => ({})),
    [],
  )
  assert.deepEqual(
    rewritten(
      () => ({}),
      () => '2025-01-01T00:00:00.000000Z',
    ),
    ['journal/time'],
  )
  const fresh = journal.entries.findIndex((entry) => parseEnv(entry.env).v === 1 && parseEnv(entry.env).t === 'talk')
  assert.deepEqual(
    rewritten((i) => (i === fresh ? { v: 3 } : {})),
    ['journal/chain'],
  )
  const erasure = {
    t: 'erasure',
    id: '01900000-0000-7000-8000-00000000aaaa',
    v: 1,
    p: undefined,
    e: undefined,
    c: [],
    f: [],
  }
  const withErasure = (d: object): FindingCode[] =>
    codes(
      makeExport({
        ...journal,
        entries: [
          ...journal.entries,
          {
            idx: 80,
            at: journal.entries.at(-1)!.at,
            env: canonicalBytes(JSON.parse(JSON.stringify({ ...erasure, s: 'sha256', d }))),
          },
        ],
      }),
    )
  const titled = journal.entries.findIndex((entry) => parseEnv(entry.env).f.length > 0)
  assert.deepEqual(withErasure({ basis: 'x', fields: [[titled, 1]] }), [])
  for (const d of [{ basis: 'x', fields: [[titled, 2]] }, { basis: 'x', fields: [[80, 0]] }, { basis: 'x' }]) {
    assert.deepEqual(withErasure(d), ['journal/erasure'])
  }
})

test('an unreadable line is named and the rest is still checked', () => {
  const found = verifyJournal(lines.with(80, 'x')).findings
  assert.deepEqual(
    found.map((one) => [one.code, one.idx]),
    [
      ['journal/line', 79],
      ['journal/size', undefined],
      ['journal/root', undefined],
    ],
  )
})

test('figures recount from an export as of any size, whatever was corrected, withdrawn or erased since', () => {
  for (const asOf of [0, 1, 30, 80]) {
    const { packet } = makePacket(journal, asOf)
    for (const figure of packet.figures) {
      const { value, idxs } = recountFigure(figure, readJournal(lines), asOf)
      assert.equal(value, figure.value)
      assert.deepEqual(
        idxs,
        figure.stubs.map((stub) => stub.idx),
      )
    }
  }
  const now = makePacket(journal, 80).packet.figures[1]!
  assert.notEqual(recountFigure(now, readJournal(lines), 40).value, now.value)
})

test('of a record only its latest version below the size counts', () => {
  const entries = [...readJournal(lines)]
  const newer = entries.find((entry) => entry.env.v === 2 && entry.env.d.withdrawn === true)!
  const all = { where: { type: 'activity' }, aggregate: { op: 'count' } } as const
  const older = entries.find((entry) => entry.env.id === newer.env.id && entry.env.v === 1)!
  assert.ok(recountFigure(all, entries, newer.idx).idxs.includes(older.idx))
  const after = recountFigure(all, entries, newer.idx + 1).idxs
  assert.ok(!after.includes(older.idx) && !after.includes(newer.idx))
})
