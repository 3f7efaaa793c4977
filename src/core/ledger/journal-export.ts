import { z } from 'zod'
import { aggregate } from './aggregate.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type Env, ERASURE, erasureSchema, leafHash, parseEnv } from './entry.ts'
import { matches } from './filter.ts'
import { type Finding, finding } from './findings.ts'
import { type Hash, type Hashes, hashes as pure } from './hash.ts'
import { microsOf } from './instant.ts'
import { checkpointShape, type Figure } from './packet.ts'
import { appendLeaf, rootOfFrontier } from './tree.ts'

/** Format tag of the journal export. */
export const JOURNAL_FORMAT = 'luze-journal/1'

/** Shape of the first line of a journal export: format, bureau and the checkpoint that the lines below lead to. */
export const journalHeaderSchema = z.strictObject({
  format: z.literal(JOURNAL_FORMAT),
  bureau: z.string(),
  ...checkpointShape,
})

/** First line of a journal export. */
export type JournalHeader = z.infer<typeof journalHeaderSchema>

const lineSchema = z.strictObject({ idx: z.int().min(0), at: z.string(), env: z.string() })

/** One journal entry as read from an export. */
export type JournalEntry = { readonly idx: number; readonly at: string; readonly env: Env }

/** Answer of a journal check; `roots` holds the roots at the sizes that were asked for and reached. */
export type JournalVerdict = {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  readonly checked: { readonly entries: number; readonly records: number }
  readonly roots: ReadonlyMap<number, string>
}

/** First line of an export, without the line end. */
export function journalHeaderLine(header: JournalHeader): string {
  return JSON.stringify(journalHeaderSchema.parse(header))
}

/** Line of one entry of an export, without the line end; `env` are the stored bytes. */
export function journalEntryLine(entry: {
  readonly idx: number
  readonly at: string
  readonly env: Uint8Array
}): string {
  return JSON.stringify({ idx: entry.idx, at: entry.at, env: toBase64url(entry.env) })
}

/** A journal check that takes lines one by one, so that an export of any length needs little memory. */
export type JournalCheck = {
  readonly header: JournalHeader | null
  /** Takes the next line; gives the entry on it, or null for the header and for a line that cannot be read. */
  readonly takeLine: (line: string) => JournalEntry | null
  readonly finish: () => JournalVerdict
}

type State = {
  hash: Hash
  header: JournalHeader | null
  frontier: readonly Uint8Array[]
  taken: number
  next: number
  lastMicros: bigint
  versions: Map<string, number>
  commitments: number[]
  findings: Finding[]
  roots: Map<number, string>
}

const FINDINGS_MAX = 200

/** Opens a check of a journal export; `rootsAt` are sizes whose roots are wanted, for instance those of evidence packets. */
export function openJournalCheck(hashes: Hashes = pure, rootsAt: readonly number[] = []): JournalCheck {
  const state: State = {
    hash: hashes.sha256,
    header: null,
    frontier: [],
    taken: 0,
    next: 0,
    lastMicros: 0n,
    versions: new Map(),
    commitments: [],
    findings: [],
    roots: new Map(),
  }
  const wanted = new Set(rootsAt)
  const noteRoot = (): void => {
    if (wanted.has(state.taken)) state.roots.set(state.taken, toBase64url(rootOfFrontier(state.hash, state.frontier)))
  }
  let isFirst = true
  return {
    get header() {
      return state.header
    },
    takeLine: (line) => {
      if (isFirst) {
        isFirst = false
        takeHeader(state, hashes, line)
        noteRoot()
        return null
      }
      if (!state.header) return null
      const entry = takeEntry(state, line)
      noteRoot()
      return entry
    },
    finish: () => {
      finishCheck(state)
      const { findings, roots } = state
      return {
        ok: findings.length === 0,
        findings,
        checked: { entries: state.taken, records: state.versions.size },
        roots,
      }
    },
  }
}

/** Checks a whole journal export: root, gapless indexes, time that never goes back, version chains, erasures. Empty lines are skipped; never throws. */
export function verifyJournal(lines: Iterable<string>, hashes: Hashes = pure): JournalVerdict {
  const check = openJournalCheck(hashes)
  for (const line of lines) if (line !== '') check.takeLine(line)
  return check.finish()
}

/** The entries of an export's lines that can be read, for recounting. */
export function* readJournal(lines: Iterable<string>): Generator<JournalEntry> {
  const check = openJournalCheck()
  for (const line of lines) {
    const entry = line === '' ? null : check.takeLine(line)
    if (entry) yield entry
  }
}

/** A recount that takes entries one by one in journal order. */
export type Recount = {
  readonly take: (entry: Pick<JournalEntry, 'idx' | 'env'>) => void
  readonly result: () => { readonly value: number | null; readonly idxs: readonly number[] }
}

/** Opens an exact recount of a figure as of `asOf` entries: of each record its highest version below `asOf` counts, if it matches. */
export function openRecount(figure: Pick<Figure, 'where' | 'aggregate'>, asOf: number): Recount {
  const current = new Map<string, { idx: number; env: Env }>()
  return {
    take: ({ idx, env }) => {
      if (idx >= asOf || env.t !== figure.where.type) return
      if (matches(figure.where, env.d, env.t)) current.set(env.id, { idx, env })
      else current.delete(env.id)
    },
    result: () => {
      const counted = [...current.values()].sort((a, b) => a.idx - b.idx)
      return {
        value: aggregate(
          figure.aggregate,
          counted.map((one) => one.env),
        ),
        idxs: counted.map((one) => one.idx),
      }
    },
  }
}

/** Value of a figure counted over the whole journal as of `asOf` entries, with the indexes that count. Throws where a needed field is missing. */
export function recountFigure(
  figure: Pick<Figure, 'where' | 'aggregate'>,
  entries: Iterable<Pick<JournalEntry, 'idx' | 'env'>>,
  asOf: number,
): { readonly value: number | null; readonly idxs: readonly number[] } {
  const recount = openRecount(figure, asOf)
  for (const entry of entries) recount.take(entry)
  return recount.result()
}

function takeHeader(state: State, hashes: Hashes, line: string): void {
  try {
    state.header = journalHeaderSchema.parse(JSON.parse(line))
    state.hash = hashes[state.header.suite]
  } catch {
    report(state, finding('journal/format'))
  }
}

function takeEntry(state: State, line: string): JournalEntry | null {
  const place = { idx: state.next }
  let entry: JournalEntry
  let micros: bigint
  try {
    const { idx, at, env: encoded } = lineSchema.parse(JSON.parse(line))
    const bytes = fromBase64url(encoded)
    micros = microsOf(at)
    entry = { idx, at, env: parseEnv(bytes) }
    state.frontier = appendLeaf(state.hash, state.frontier, state.taken, leafHash(state.hash, idx, micros, bytes))
    state.taken += 1
  } catch {
    report(state, finding('journal/line', place))
    state.next += 1
    return null
  }
  if (entry.idx !== state.next) report(state, finding('journal/gap', { idx: entry.idx }, `${state.next}`))
  state.next = entry.idx + 1
  if (micros < state.lastMicros) report(state, finding('journal/time', { idx: entry.idx }))
  state.lastMicros = micros
  checkEnv(state, entry)
  return entry
}

function checkEnv(state: State, { idx, env }: JournalEntry): void {
  if (env.s !== state.header?.suite) report(state, finding('journal/suite', { idx }))
  const key = `${env.t}/${env.id}`
  const before = state.versions.get(key) ?? 0
  if (env.v !== before + 1) report(state, finding('journal/chain', { idx }, `${before} → ${env.v}`))
  state.versions.set(key, env.v)
  state.commitments[idx] = env.c.length
  if (env.t !== ERASURE) return
  const erasure = erasureSchema.safeParse(env.d)
  const isRight =
    erasure.success && erasure.data.fields.every(([of, j]) => of < idx && j < (state.commitments[of] ?? 0))
  if (!isRight) report(state, finding('journal/erasure', { idx }))
}

function finishCheck(state: State): void {
  const { header } = state
  if (!header) {
    if (state.findings.length === 0) report(state, finding('journal/format'))
    return
  }
  if (state.taken !== header.size) report(state, finding('journal/size', {}, `${state.taken} ≠ ${header.size}`))
  if (toBase64url(rootOfFrontier(state.hash, state.frontier)) !== header.root) report(state, finding('journal/root'))
}

function report(state: State, found: Finding): void {
  if (state.findings.length < FINDINGS_MAX) state.findings.push(found)
}
