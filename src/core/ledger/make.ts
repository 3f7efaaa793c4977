import type { Aggregate } from './aggregate.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type EntryDraft, leafHash, parseEnv, sealEnv } from './entry.ts'
import type { Where } from './filter.ts'
import { hashes, type Suite } from './hash.ts'
import { instantOf, microsOf, shanghaiDayOf } from './instant.ts'
import { JOURNAL_FORMAT, journalEntryLine, journalHeaderLine, recountFigure } from './journal-export.ts'
import { type Figure, makeStub, type Packet, packetDigest, REPORT } from './packet.ts'
import { nodesOf, proveInclusion, rootOf } from './tree.ts'
import type { Rounding } from './wording.ts'

/** A journal entry as it is stored. */
export type StoredEntry = { readonly idx: number; readonly at: string; readonly env: Uint8Array }

/** An invented journal for tests. */
export type MadeJournal = { readonly suite: Suite; readonly entries: readonly StoredEntry[] }

const START = microsOf('2025-01-02T01:00:00.000000Z')
const LATE_AFTER = { study: 15, lecture: 15, training: 30 }

/** An invented journal of `size` entries, the same for the same seed: activities with attendance, talks, corrections, withdrawals, erasures. */
export function makeJournal(seed: number, size: number, suite: Suite = 'sha256'): MadeJournal {
  const pick = dice(seed)
  const drafts: EntryDraft[] = []
  const entries: StoredEntry[] = []
  let micros = START
  for (let idx = 0; idx < size; idx++) {
    const draft = nextDraft(pick, suite, drafts, idx)
    drafts.push(draft)
    micros += BigInt(pick(86_400)) * BigInt(pick(20)) * 1_000_001n
    entries.push(storeEntry(idx, instantOf(micros), draft))
  }
  return { suite, entries }
}

/** An evidence packet with one figure per way of counting, counted over the first `asOf` entries; with `freeze`, a last entry seals its digest. */
export function makePacket(
  journal: MadeJournal,
  asOf = journal.entries.length,
  freeze = false,
): { packet: Packet; journal: MadeJournal } {
  const figures = figuresOf(journal, asOf)
  const last = journal.entries.at(-1)?.at ?? instantOf(START)
  const text = {
    format: 'luze-evidence/1',
    bureau: '示例局',
    title: '二〇二五年度工作报告',
    period: { from: '2025-01-01', to: '2025-12-31' },
    organisationDay: '2025-12-31',
    catalogueHash: 'sha256:0000',
    asOf,
    lateAfterDays: LATE_AFTER,
    names: { kinds: { study: { zh: '集体学习', en: 'Group study' } }, units: { u1: '第一党支部' } },
    unbound: [{ phrase: '走访企业*家', reason: { zh: '没有这项口径', en: 'No metric for it' } }],
    dated: [{ phrase: '今年以来', reason: { zh: '须改写', en: 'To be rewritten' } }],
  } satisfies Partial<Packet>
  const bare = { ...text, figures } satisfies Omit<Packet, 'checkpoint'>
  const draft = draftOf(journal.suite, REPORT, 9_999_999, { digest: packetDigest(hashes[journal.suite], bare) })
  const entries = freeze ? [...journal.entries, storeEntry(journal.entries.length, last, draft)] : journal.entries
  const proven = { suite: journal.suite, entries }
  const prove = proverOf(proven)
  const frozen = entries[journal.entries.length]
  const packet: Packet = {
    ...bare,
    figures: figures.map((one) => ({ ...one, stubs: one.stubs.map((stub) => ({ ...stub, proof: prove(stub.idx) })) })),
    checkpoint: checkpointOf(proven),
    ...(frozen && {
      freeze: { idx: frozen.idx, at: frozen.at, env: toBase64url(frozen.env), proof: prove(frozen.idx) },
    }),
  }
  return { packet, journal: proven }
}

/** The same packet as a restricted export: the titles of activities are opened, with their salts. */
export function restrictPacket(packet: Packet): Packet {
  const figures = packet.figures.map((figure) => ({
    ...figure,
    stubs: figure.stubs.map((stub) => {
      const env = parseEnv(fromBase64url(stub.env))
      if (env.f[0] !== 'title') return stub
      const opened = { title: { salt: toBase64url(saltOf(stub.idx, 0)), value: titleOf(Number(env.id.slice(-12))) } }
      return { ...stub, opened }
    }),
  }))
  return { ...packet, figures, restricted: { by: '周予安', at: packet.checkpoint.at, persons: {} } }
}

const titleOf = (idx: number) => `学习会${idx}\u2028</script>`
const saltOf = (idx: number, field: number) => new Uint8Array(32).fill((idx * 7 + field) % 256)

/** The lines of a journal's export. */
export function makeExport(journal: MadeJournal): readonly string[] {
  const header = { format: JOURNAL_FORMAT, bureau: '示例局', ...checkpointOf(journal) } as const
  return [journalHeaderLine(header), ...journal.entries.map(journalEntryLine)]
}

/** Leaf hashes of a journal. */
export function leavesOf(journal: MadeJournal): readonly Uint8Array[] {
  return journal.entries.map((entry) => leafHash(hashes[journal.suite], entry.idx, microsOf(entry.at), entry.env))
}

function figuresOf(journal: MadeJournal, asOf: number): Figure[] {
  const activity: Where = { type: 'activity', day: ['2025-01-01', '2025-12-31'] }
  const attended = { part: 'attendance', status: ['present'] }
  const first = journal.entries[0]
  const only = first ? parseEnv(first.env).id : ''
  const wanted: readonly (readonly [Aggregate, Where, boolean?])[] = [
    [{ op: 'count' }, { ...activity, kind: ['study'] }],
    [{ op: 'sum', field: 'hours' }, activity],
    [{ op: 'parts', ...attended }, { ...activity, kind: ['training', 'lecture'] }, true],
    [
      { op: 'distinct', ...attended },
      { ...activity, unit: ['u1', 'u2'] },
    ],
    [
      { op: 'values', field: 'unit' },
      { ...activity, topic: 'ideology' },
    ],
    [{ op: 'ratio', met: { type: 'activity', equals: { open: true } }, percent: true, digits: 1 }, activity],
    [
      { op: 'only', field: 'number' },
      { type: 'talk', month: ['2025-01', '2025-12'], equals: { series: only } },
    ],
    [
      { op: 'sum', field: 'number' },
      { type: 'talk', month: ['2025-01', '2025-12'] },
    ],
  ]
  const read = journal.entries.map((entry) => ({ ...entry, env: parseEnv(entry.env) }))
  return wanted.map(([how, where, rounds], i) => {
    const { value, idxs } = recountFigure({ where, aggregate: how }, read, asOf)
    const approx = rounds && value !== null ? roundingOf(value) : null
    return {
      no: i + 1,
      phrase: '开展活动*次',
      metric: `metric.${how.op}`,
      definition: { zh: '定义', en: 'Definition' },
      params: {},
      period: { from: '2025-01-01', to: '2025-12-31' },
      unit: '次',
      value,
      printed: value === null ? '*' : approx ? `${approx.base}余` : `${value}次`,
      approx,
      counted: { zh: '逐条计', en: 'One by one' },
      aggregate: how,
      where,
      stubs: idxs.map((idx) => {
        const entry = journal.entries[idx]!
        return makeStub(entry, [], isLate(entry))
      }),
    }
  })
}

function roundingOf(value: number): Rounding | null {
  const step = value >= 1000 ? 100 : 10
  const base = Math.floor(value / step) * step
  return value > base && base >= 10 ? { word: '余', base } : null
}

function isLate(entry: StoredEntry): boolean {
  const { d } = parseEnv(entry.env)
  const days = LATE_AFTER[d.kind as keyof typeof LATE_AFTER]
  if (d.opening === true || days === undefined) return false
  return Date.parse(shanghaiDayOf(entry.at)) > Date.parse(String(d.on)) + days * 86_400_000
}

function nextDraft(pick: (n: number) => number, suite: Suite, drafts: readonly EntryDraft[], idx: number): EntryDraft {
  const chance = idx === 0 ? 9 : pick(10)
  const before = drafts[pick(Math.max(idx, 1))]
  if (
    before &&
    before.type === 'activity' &&
    chance < 2 &&
    !drafts.some((one) => one.id === before.id && one.version > before.version)
  ) {
    const clear =
      chance === 0 ? { ...before.clear, withdrawn: true } : { ...before.clear, hours: pick(400) / 10, on: dayOf(pick) }
    const ended = before.parts?.attendance?.slice(0, 1).map(([key]) => ['attendance', key, before.version] as const)
    return { ...before, version: before.version + 1, clear, ...(ended && { ended }) }
  }
  if (before && before.fields.length > 0 && chance === 2) {
    return draftOf(suite, 'erasure', idx, { basis: '本人申请', fields: [[drafts.indexOf(before), 0]] })
  }
  if (chance === 9) {
    const series = idx === 0 ? idOf(0) : 'other'
    return draftOf(suite, 'talk', idx, { kind: 'summons', month: dayOf(pick).slice(0, 7), number: 1 + pick(9), series })
  }
  const persons = [...new Set(Array.from({ length: pick(6) }, () => idOf(1000 + pick(12))))]
  const clear = {
    kind: ['study', 'lecture', 'training'][pick(3)]!,
    on: dayOf(pick),
    unit: `u${pick(4)}`,
    hours: pick(5) === 0 ? null : pick(400) / 10,
    open: pick(2) === 0,
    topics: pick(2) === 0 ? ['ideology', '廉洁'] : [],
    opening: pick(9) === 0,
  }
  const attendance = persons.map((key) => [key, pick(3) === 0 ? 'absent' : 'present'] as const)
  return {
    ...draftOf(suite, 'activity', idx, clear),
    parts: { attendance },
    fields: [
      ['title', titleOf(idx)],
      ['host', null],
    ],
  }
}

function draftOf(suite: Suite, type: string, n: number, clear: EntryDraft['clear']): EntryDraft {
  return { suite, type, id: idOf(n), version: 1, clear, fields: [] }
}

function storeEntry(idx: number, at: string, draft: EntryDraft): StoredEntry {
  const salts = draft.fields.map((_, j) => saltOf(idx, j))
  return { idx, at, env: sealEnv(hashes[draft.suite], draft, salts) }
}

function checkpointOf(journal: MadeJournal): Packet['checkpoint'] {
  const { suite, entries } = journal
  const root = toBase64url(rootOf(hashes[suite], leavesOf(journal)))
  const at = instantOf(microsOf(entries.at(-1)?.at ?? instantOf(START)) + 60_000_000n)
  return { origin: 'luze.example/1', suite, size: entries.length, root, at }
}

function proverOf(journal: MadeJournal): (idx: number) => string[] {
  const hash = hashes[journal.suite]
  const read = nodesOf(hash, leavesOf(journal))
  return (idx) => proveInclusion(hash, read, idx, journal.entries.length).map(toBase64url)
}

function dayOf(pick: (n: number) => number): string {
  return `2025-${String(1 + pick(12)).padStart(2, '0')}-${String(1 + pick(28)).padStart(2, '0')}`
}

function idOf(n: number): string {
  return `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

function dice(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}
