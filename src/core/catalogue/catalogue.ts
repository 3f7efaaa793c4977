import type { YearRow } from '../calendar/year.ts'
import type { Pack } from '../rules/rule.ts'
import type {
  ActivityKind,
  AttendanceStatus,
  Audience,
  DutyKind,
  DutyLayer,
  Indicator,
  PostKind,
  TalkKind,
  Topic,
  UnitKind,
} from './kinds.ts'
import type { Metric } from './metrics.ts'
import type { Glossary, Mechanism, PrivacyColumn } from './papers.ts'
import type { PackedRule, Strictness } from './rules.ts'

/** Rows of one sort with look-up by id, in the order in which they are shipped. */
export interface Table<Row> {
  readonly name: string
  readonly rows: readonly Row[]
  readonly ids: readonly string[]
  /** The row, or undefined where there is none. */
  find(id: string): Row | undefined
  /** The row; throws where there is none, for ids that were checked when they were recorded. */
  get(id: string): Row
}

/** Builds a table; throws when an id stands twice. */
export function tableOf<Row extends { readonly id: string }>(name: string, rows: readonly Row[]): Table<Row> {
  const byId = new Map<string, Row>()
  for (const row of rows) {
    if (byId.has(row.id)) throw new Error(`${name}: the id ${row.id} stands twice`)
    byId.set(row.id, row)
  }
  return Object.freeze({
    name,
    rows,
    ids: [...byId.keys()],
    find: (id: string) => byId.get(id),
    get: (id: string) => {
      const row = byId.get(id)
      if (row === undefined) throw new Error(`${name}: no row ${id}`)
      return row
    },
  })
}

/** Everything a catalogue holds as rows, by section. */
export interface Sections {
  readonly activityKinds: readonly ActivityKind[]
  readonly talkKinds: readonly TalkKind[]
  readonly dutyKinds: readonly DutyKind[]
  readonly dutyLayers: readonly DutyLayer[]
  readonly unitKinds: readonly UnitKind[]
  readonly postKinds: readonly PostKind[]
  readonly attendanceStatuses: readonly AttendanceStatus[]
  readonly audiences: readonly Audience[]
  readonly topics: readonly Topic[]
  readonly indicators: readonly Indicator[]
  readonly metrics: readonly Metric[]
  readonly calendar: readonly YearRow[]
  readonly packs: readonly Pack[]
  readonly rules: readonly PackedRule[]
  readonly strictness: readonly Strictness[]
  readonly mechanisms: readonly Mechanism[]
  readonly privacy: readonly PrivacyColumn[]
  readonly glossary: Glossary
}

/** A catalogue as core and modules see it: deeply frozen tables, and the hash that every result names. */
export interface Catalogue {
  readonly activityKinds: Table<ActivityKind>
  readonly talkKinds: Table<TalkKind>
  readonly dutyKinds: Table<DutyKind>
  readonly dutyLayers: Table<DutyLayer>
  readonly unitKinds: Table<UnitKind>
  readonly postKinds: Table<PostKind>
  readonly attendanceStatuses: Table<AttendanceStatus>
  readonly audiences: Table<Audience>
  readonly topics: Table<Topic>
  readonly indicators: Table<Indicator>
  readonly metrics: Table<Metric>
  /** The years of the civil calendar as shipped; acts read the `Calendar` made of them. */
  readonly calendar: readonly YearRow[]
  /** Regulations, and their rules in the order of packs and file names. */
  readonly packs: Table<Pack>
  readonly rules: Table<PackedRule>
  /** How each duty that the sources name binds, and what the product does with it. */
  readonly strictness: Table<Strictness>
  readonly mechanisms: readonly Mechanism[]
  readonly privacy: readonly PrivacyColumn[]
  readonly glossary: Glossary
  /** The reading words, when they were laid in with `withLexicon`; null before. */
  readonly lexicon: unknown
  /** SHA-256 in hex over the canonical content of all rows, overlay and lexicon included. */
  readonly hash: string
}

/** The sections that a bureau may add rows to. Its ids start with `own-`, so that a later release never meets them. */
export const overlaySections = ['activityKinds', 'dutyKinds', 'unitKinds', 'postKinds', 'topics'] as const
export type OverlaySection = (typeof overlaySections)[number]

function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s“”"'‘’《》〈〉「」]/g, '')
    .toLowerCase()
}

/** Whether two words for a thing are the same word, whatever blanks, quotation marks or width they are typed with. */
export function sameWords(a: string, b: string): boolean {
  return squeeze(a) === squeeze(b)
}

interface Named {
  readonly id: string
  readonly words: { readonly zh: string; readonly en: string }
  readonly also: readonly string[]
}

/** The row that a word means: by id, by its words in either language, or by another name of it. */
export function rowMeant<Row extends Named>(table: Table<Row>, text: string): Row | undefined {
  const wanted = squeeze(text)
  return (
    table.find(text) ??
    table.rows.find((row) => [row.words.zh, row.words.en, ...row.also].some((word) => squeeze(word) === wanted))
  )
}

/** What a record stores for a topic that a person typed: the row's id where a row means it, else the trimmed words. */
export function topicKey(topics: Table<Topic>, text: string): string {
  return rowMeant(topics, text)?.id ?? text.trim()
}

/** Every way in which records may carry the topic `text`: a filter takes those records that carry any of them. */
export function topicForms(topics: Table<Topic>, text: string): readonly string[] {
  const row = rowMeant(topics, text)
  const words = row === undefined ? [text.trim()] : [row.id, row.words.zh, row.words.en, ...row.also, text.trim()]
  return [...new Set(words)]
}

/** Ids of the audiences that count for the one that `text` means, itself first; empty where no row means it. */
export function audiencesWithin(audiences: Table<Audience>, text: string): readonly string[] {
  const start = rowMeant(audiences, text)
  const found: string[] = []
  const open = start === undefined ? [] : [start.id]
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (found.includes(id)) continue
    found.push(id)
    open.push(...audiences.get(id).includes)
  }
  return found
}
