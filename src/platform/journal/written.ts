import { sql } from 'kysely'
import { compiledOnce } from '../db/compiled.ts'
import type { Reads } from '../db/pool.ts'

/** How far the journal of a bureau is, and the kinds of the records that were written last. */
export interface Written {
  /** The size of the journal; null where the bureau has none. */
  readonly size: number | null
  /** Whether the transaction sees every record of the bureau. */
  readonly wide: boolean
  /** From which size of the journal on `entries` says everything. */
  readonly since: number
  /** Index and type of each record; a type that cannot be read is null. */
  readonly entries: readonly (readonly [idx: number, type: string | null])[]
}

/** Of so many entries it is said what they are of. */
export const ENTRIES_MAX = 1000

interface Row {
  size: number | null
  wide: boolean
  since: number | null
  entries: [idx: number, end: string][] | null
}

/** An entry is canonical, so type and version stand at its end, behind nothing but ids: to read all of it takes ten times as long. */
const END_BYTES = 64
const typeAt = /"t":"([^"]+)","v":\d+\}$/

const lastWritten = compiledOnce<{ orgId: number; from: number }, Row>(
  (at) => sql<Row>`select h.size, h.since, case when h.size > h.since then (select json_agg(json_build_array(e.idx,
        encode(substr(e.env, greatest(1, length(e.env) - ${END_BYTES})), 'escape')) order by e.idx)
      from journal_entries e where e.org_id = ${at.orgId} and e.idx >= h.since) end entries,
    coalesce(current_setting('app.units', true), '') = '*' and coalesce(current_setting('app.units_talks', true), '') = '*' wide
  from (select 1) one left join (select j.size, greatest(${at.from}::bigint, j.size - ${ENTRIES_MAX}) since
    from journal_heads j where j.org_id = ${at.orgId} offset 0) h on true`,
)

/**
 * Asks how far the journal is and what was written from a size of it on. Every version of a record is an entry, and those of a bureau
 * are written one after the other under its lock: what is not among them did not change.
 */
export async function writtenFrom(tx: Reads, orgId: number, from: number): Promise<Written> {
  const row = (await tx.first(lastWritten({ orgId, from })))!
  const entries = (row.entries ?? []).map(([idx, end]) => [idx, typeAt.exec(end)?.[1] ?? null] as const)
  return { size: row.size, wide: row.wide, since: row.since ?? 0, entries }
}

/** Whether a record of some types was written from a size on; null where it is not known. */
export function wroteSince(
  { size, since, entries }: Written,
  from: number | null,
  types: ReadonlySet<string>,
): boolean | null {
  if (size === null || from === null) return null
  if (size === from) return false
  if (from < since) return null
  return entries.some(([idx, type]) => idx >= from && (type === null || types.has(type)))
}
