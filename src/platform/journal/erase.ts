import { parseEnv } from '../../core/ledger/entry.ts'
import type { Plain, Writing } from '../action/action.ts'
import type { Transaction } from '../db/pool.ts'
import type { RecordType } from './record.ts'
import { noteField } from './seal.ts'

/** The record of an erasure: on which ground, and which commitments (entry index, place) lost their salt. No name. */
export const erasureRecord: RecordType = {
  type: 'erasure',
  table: 'erasures',
  clear: ['basis', 'fields'],
  sealed: [],
  json: ['fields'],
}

/** Sealed fields of one stored version. */
export interface FieldsOf {
  readonly record: RecordType
  readonly id: string
  readonly fields: readonly string[]
}

interface Found {
  readonly idx: number
  readonly places: number[]
}

/**
 * Empties fields of records in every version and destroys the salts of their commitments, in one journalled act
 * (decision 6). Day, unit, kind and numbers stay, so figures recount the same; fsck accepts an emptied field only where
 * this entry names it.
 */
export async function eraseFields(
  ctx: Writing,
  basis: string,
  targets: readonly FieldsOf[],
  notesOf?: NotesOf,
): Promise<number> {
  const orgId = ctx.org.orgId
  const tx = ctx.tx as Transaction
  const found: Found[] = []
  for (const target of targets) {
    const { rows } = await tx.send({
      text: `select recorded_idx from ${target.record.table} where org_id = $1 and id = $2`,
      values: [orgId, target.id],
    })
    for (const row of rows as { recorded_idx: number }[])
      found.push(...(await placesIn(tx, orgId, row.recorded_idx, target.fields)))
    const set = target.fields.map((field) => `${field} = null`).join(', ')
    ctx.side({
      text: `update ${target.record.table} set ${set} where org_id = $1 and id = $2`,
      values: [orgId, target.id],
    })
  }
  if (notesOf) found.push(...(await eraseNotes(ctx, tx, notesOf)))
  await destroySalts(ctx, tx, found)
  const fields = found.flatMap(({ idx, places }) => places.map((place) => [idx, place]))
  ctx.add(erasureRecord, { basis, fields })
  return fields.length
}

/** The notes of one person among the parts of a kind of record. */
export interface NotesOf {
  readonly record: RecordType
  readonly key: string
}

async function eraseNotes(ctx: Writing, tx: Transaction, of: NotesOf): Promise<Found[]> {
  const part = of.record.part!
  const { rows } = await tx.send({
    text: `select a.recorded_idx, array_agg(p.${part.key}::text order by p.${part.key}::text collate "C") as keys
      from ${of.record.table} a join ${part.table} p on p.org_id = a.org_id and p.${part.owner} = a.id
        and p.recorded_idx <= a.recorded_idx and p.superseded_idx > a.recorded_idx
     where a.org_id = $1 and a.id in
      (select n.${part.owner} from ${part.table} n where n.org_id = $1 and n.${part.key} = $2 and n.${part.note} is not null)
     group by a.recorded_idx`,
    values: [ctx.org.orgId, of.key],
  })
  const found: Found[] = []
  for (const { recorded_idx, keys } of rows as { recorded_idx: number; keys: string[] }[]) {
    const place = keys.indexOf(of.key)
    if (place >= 0) found.push(...(await placesIn(tx, ctx.org.orgId, recorded_idx, [noteField(part.name, place)])))
  }
  ctx.side({
    text: `update ${part.table} set ${part.note} = null where org_id = $1 and ${part.key} = $2 and ${part.note} is not null`,
    values: [ctx.org.orgId, of.key],
  })
  return found
}

async function placesIn(tx: Transaction, orgId: number, idx: number, fields: readonly string[]): Promise<Found[]> {
  const { rows } = await tx.send({
    text: 'select env from journal_entries where org_id = $1 and idx = $2',
    values: [orgId, idx],
  })
  const env = parseEnv((rows[0] as { env: Buffer }).env)
  const places = fields.map((field) => env.f.indexOf(field)).filter((place) => place >= 0)
  return places.length === 0 ? [] : [{ idx, places }]
}

async function destroySalts(ctx: Writing, tx: Transaction, found: readonly Found[]): Promise<void> {
  for (const [idx, places] of merged(found)) {
    const { rows } = await tx.send({
      text: 'select salts from journal_salts where org_id = $1 and idx = $2 for no key update',
      values: [ctx.org.orgId, idx],
    })
    const salts = (rows[0] as { salts: (Buffer | null)[] }).salts.map((salt, place) =>
      places.has(place) ? null : salt,
    )
    const statement: Plain = {
      text: 'update journal_salts set salts = $3 where org_id = $1 and idx = $2',
      values: [ctx.org.orgId, idx, salts],
    }
    ctx.side(statement)
  }
}

function merged(found: readonly Found[]): Map<number, Set<number>> {
  const all = new Map<number, Set<number>>()
  for (const { idx, places } of found) all.set(idx, new Set([...(all.get(idx) ?? []), ...places]))
  return all
}
