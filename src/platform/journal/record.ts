/** The index that stands for "still current": the largest bigint. Kept as text, since a JavaScript number cannot hold it. */
export const CURRENT = '9223372036854775807'

/** Rows that belong to a record and are versioned with it, such as the attendance of an activity. */
export interface PartType {
  readonly name: string
  readonly table: string
  /** The column that names the record. */
  readonly owner: string
  /** The column that identifies a part row within its record (a person's id in this bureau). */
  readonly key: string
  /** The column whose value the entry states for each row. */
  readonly status: string
  /** A free text of the row, committed to on its own when present, erasable. */
  readonly note: string
}

/**
 * How a kind of record stands in its table and in the journal: which columns its entry states in the clear, which it
 * only commits to with a salt (names, content), and which of those are personal and of whom (decisions 1 and 6).
 * Clear and sealed columns together are all columns but the keys and the journal's own.
 */
export interface RecordType {
  readonly type: string
  readonly table: string
  readonly clear: readonly string[]
  readonly sealed: readonly string[]
  /** Names in the entry where they differ from the columns: filters of figures know `on`, `month`, `unit`, `kind`, `topics`. */
  readonly names?: Readonly<Record<string, string>>
  /** Columns stored as jsonb. */
  readonly json?: readonly string[]
  readonly part?: PartType
  /** The entry states the part rows in the clear: only kinds with a figure over distinct persons (decision 6). */
  readonly partInClear?: (row: Readonly<Record<string, unknown>>) => boolean
  /** Sealed columns that are emptied when the person whom column `of` names (by pid, or by person id) is erased. */
  readonly personal?: readonly {
    readonly of: string
    readonly by: 'pid' | 'person'
    readonly fields: readonly string[]
  }[]
}

export type Row = Record<string, unknown>

/** One part row as a verb states it: whose, how it stands, and a note that an erasure may empty. */
export interface PartRow {
  key: string
  status: string
  note: string | null
}

/** A version that a verb wants written; sealed before and written after the journal head is locked. */
export interface Prepared {
  readonly record: RecordType
  readonly id: string
  readonly version: number
  /** Version that this one supersedes. */
  readonly replaces: number | null
  readonly row: Row
  /** The whole state of the parts after this version. */
  readonly parts: readonly PartRow[] | null
  readonly partChanges: readonly PartChange[]
}

/** What becomes of one part row: written anew, and the version that it supersedes. */
export interface PartChange {
  readonly key: string
  readonly version: number
  readonly replaces: number | null
  /** Null: the row ends without a successor. */
  readonly row: PartRow | null
}

/** A stored version as read for correction: the row with `id` and `version`. */
export type Stored = Row & { id: string; version: number }

/** The latest stored version of a part row; `current` is false where it ended without a successor. */
export type StoredPart = PartRow & { version: number; current: boolean }

/** The changes that lead from the stored part rows to the wanted state. */
export function partChanges(before: readonly StoredPart[], after: readonly PartRow[]): PartChange[] {
  const old = new Map(before.map((row) => [row.key, row]))
  const changes: PartChange[] = []
  for (const row of after) {
    const was = old.get(row.key)
    old.delete(row.key)
    if (was === undefined) changes.push({ key: row.key, version: 1, replaces: null, row })
    else if (!was.current) changes.push({ key: row.key, version: was.version + 1, replaces: null, row })
    else if (was.status !== row.status || was.note !== row.note) {
      changes.push({ key: row.key, version: was.version + 1, replaces: was.version, row })
    }
  }
  for (const gone of old.values()) {
    if (gone.current) changes.push({ key: gone.key, version: gone.version, replaces: gone.version, row: null })
  }
  return changes
}
