import { parseEnv } from '../../core/ledger/entry.ts'
import type { Writing } from '../action/action.ts'
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

/** Sealed fields of a stored record, in one version or (without `version`) in all. */
export interface FieldsOf {
  readonly record: RecordType
  readonly id: string
  readonly version?: number
  readonly fields: readonly string[]
}

interface Found {
  readonly idx: number
  readonly places: number[]
}

/**
 * Empties fields of records and destroys the salts of their commitments, in one journalled act (decision 6). Day, unit,
 * kind and numbers stay, so figures recount the same; fsck accepts an emptied field only where this entry names it.
 * Returns how many fields were emptied. An act erases once: all its targets go together.
 */
export async function eraseFields(ctx: Writing, basis: string, targets: readonly FieldsOf[]): Promise<number> {
  return finish(ctx, basis, await emptyFields(ctx, targets))
}

/** Erases a person everywhere that a kind of record says its fields are his: by his pid, by his person id, in his notes. */
export async function eraseEverywhere(
  ctx: Writing,
  basis: string,
  person: { pid: string; personId: string },
): Promise<number> {
  const targets: FieldsOf[] = []
  const found: Found[] = []
  for (const record of ctx.records.values()) {
    for (const { of, by, fields } of record.personal ?? []) {
      const { rows } = await (ctx.tx as Transaction).send({
        text: `select id, version from ${record.table} where org_id = $1 and ${of} = $2`,
        values: [ctx.org.orgId, by === 'pid' ? person.pid : person.personId],
      })
      for (const row of rows as { id: string; version: number }[]) targets.push({ record, ...row, fields })
    }
    if (record.part) found.push(...(await eraseNotes(ctx, ctx.tx as Transaction, record, person.pid)))
  }
  return finish(ctx, basis, [...(await emptyFields(ctx, targets)), ...found])
}

async function emptyFields(ctx: Writing, targets: readonly FieldsOf[]): Promise<Found[]> {
  const tx = ctx.tx as Transaction
  const found: Found[] = []
  for (const { record, id, version, fields } of targets) {
    const which = version === undefined ? '' : ' and version = $3'
    const values = [ctx.org.orgId, id, ...(version === undefined ? [] : [version])]
    const { rows } = await tx.send({
      text: `select recorded_idx from ${record.table} where org_id = $1 and id = $2${which}`,
      values,
    })
    for (const row of rows as { recorded_idx: number }[])
      found.push(...(await placesIn(tx, ctx.org.orgId, row.recorded_idx, fields)))
    const set = fields.map((field) => `${field} = null`).join(', ')
    ctx.side({ text: `update ${record.table} set ${set} where org_id = $1 and id = $2${which}`, values })
  }
  return found
}

async function finish(ctx: Writing, basis: string, found: readonly Found[]): Promise<number> {
  const places = merged(found)
  await destroySalts(ctx, places)
  const fields = [...places].flatMap(([idx, set]) => [...set].map((place) => [idx, place]))
  ctx.add(erasureRecord, { basis, fields })
  return fields.length
}

async function eraseNotes(ctx: Writing, tx: Transaction, record: RecordType, key: string): Promise<Found[]> {
  const part = record.part!
  const { rows } = await tx.send({
    text: `select a.recorded_idx, array_agg(p.${part.key}::text order by p.${part.key}::text collate "C") as keys
      from ${record.table} a join ${part.table} p on p.org_id = a.org_id and p.${part.owner} = a.id
        and p.recorded_idx <= a.recorded_idx and p.superseded_idx > a.recorded_idx
     where a.org_id = $1 and a.id in
      (select n.${part.owner} from ${part.table} n where n.org_id = $1 and n.${part.key} = $2 and n.${part.note} is not null)
     group by a.recorded_idx`,
    values: [ctx.org.orgId, key],
  })
  const found: Found[] = []
  for (const { recorded_idx, keys } of rows as { recorded_idx: number; keys: string[] }[]) {
    const place = keys.indexOf(key)
    if (place >= 0) found.push(...(await placesIn(tx, ctx.org.orgId, recorded_idx, [noteField(part.name, place)])))
  }
  const text = `update ${part.table} set ${part.note} = null where org_id = $1 and ${part.key} = $2 and ${part.note} is not null`
  ctx.side({ text, values: [ctx.org.orgId, key] })
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

async function destroySalts(ctx: Writing, all: ReadonlyMap<number, ReadonlySet<number>>): Promise<void> {
  for (const [idx, places] of all) {
    const { rows } = await (ctx.tx as Transaction).send({
      text: 'select salts from journal_salts where org_id = $1 and idx = $2 for no key update',
      values: [ctx.org.orgId, idx],
    })
    const salts = (rows[0] as { salts: (Buffer | null)[] }).salts.map((salt, place) =>
      places.has(place) ? null : salt,
    )
    ctx.side({
      text: 'update journal_salts set salts = $3 where org_id = $1 and idx = $2',
      values: [ctx.org.orgId, idx, salts],
    })
  }
}

function merged(found: readonly Found[]): Map<number, Set<number>> {
  const all = new Map<number, Set<number>>()
  for (const { idx, places } of found) all.set(idx, new Set([...(all.get(idx) ?? []), ...places]))
  return all
}
