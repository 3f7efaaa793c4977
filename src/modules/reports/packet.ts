import { sql } from 'kysely'
import type { FigureWhere } from '../../core/figures/query.ts'
import { printFigure } from '../../core/figures/wording.ts'
import type { Aggregate } from '../../core/ledger/aggregate.ts'
import { toBase64url } from '../../core/ledger/base64url.ts'
import { instantOf } from '../../core/ledger/instant.ts'
import { makeStub, PACKET_FORMAT, type Packet, type Stub } from '../../core/ledger/packet.ts'
import type { Rounding } from '../../core/ledger/wording.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { Context } from '../../platform/action/action.ts'
import type { Transaction } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { proofsOf } from '../../platform/journal/tree.ts'
import { activityRecord } from '../activities/activity.facts.ts'
import { personNames } from '../organisation/organisation.facts.ts'
import type { ReportSlot } from './report.contract.ts'
import { type EntryStub, entryStubs } from './stubs.ts'

/** Sealed words that a restricted export opens, and those of them that are persons' ids. */
const OPENED = ['title', 'host_name', 'host_pid'] as const

const instantNow = (ctx: Context) => instantOf(BigInt(Date.parse(ctx.now)) * 1000n)

/** The words of activities with the salts of their commitments, and the present names of the persons among them. */
async function openedWords(ctx: Context, stubs: readonly EntryStub[]) {
  const ids = stubs.filter(({ env }) => env.t === activityRecord.type).map(({ idx }) => idx)
  type Row = { recorded_idx: number; salts: (Buffer | null)[] } & Record<(typeof OPENED)[number], string | null>
  const rows = await ctx.tx.all(sql<Row>`
    select a.recorded_idx, a.title, a.host_name, a.host_pid, s.salts from activities a
      join journal_salts s on s.org_id = a.org_id and s.idx = a.recorded_idx
     where a.org_id = ${ctx.org.orgId} and a.recorded_idx = any(${ids}::bigint[])`)
  const envs = new Map(stubs.map(({ idx, env }) => [idx, env]))
  const words = new Map<number, NonNullable<Stub['opened']>>()
  for (const row of rows) {
    const opened: NonNullable<Stub['opened']> = {}
    for (const field of OPENED) {
      const salt = row.salts[envs.get(row.recorded_idx)?.f.indexOf(field) ?? -1]
      const value = row[field]
      if (salt && value !== null) opened[field] = { salt: toBase64url(salt), value }
    }
    words.set(row.recorded_idx, opened)
  }
  const pids = rows.flatMap(({ host_pid }) => (host_pid === null ? [] : [host_pid]))
  const names = await personNames(ctx.tx, ctx.org.orgId, [...new Set(pids)])
  const persons = Object.fromEntries([...names].flatMap(([pid, name]) => (name === null ? [] : [[pid, name] as const])))
  return { words, persons }
}

/** A figure as a frozen report keeps it: how it is shown, how it was counted, the entries that it counts. */
export interface StoredFigure {
  readonly view: ReportSlot
  readonly query: { readonly where: FigureWhere; readonly aggregate: Aggregate } | null
  readonly counted: { zh: string; en: string } | null
  readonly records: number
  readonly late: number
  readonly opening: number
  readonly entries: readonly number[]
}

/** What a frozen report keeps beside its figures, so that its evidence stays the same for ever. */
export interface Remarks {
  readonly dated: Reading['dated']
  readonly outline: Reading['outline']
  readonly bureau: string
  readonly names: NonNullable<Packet['names']>
}

/** Where a report stands: title, period, day whose organisation counts, journal size, catalogue. */
export interface Frame {
  readonly title: string
  readonly period: { from: string; to: string }
  readonly organisationDay: string
  readonly asOf: number
  readonly catalogueHash: string
}

/** The packet of a report but for checkpoint and freeze: what its digest is taken over. */
export function packetOf(
  frame: Frame,
  figures: readonly StoredFigure[],
  remarks: Remarks,
  stubsOf: (figure: StoredFigure) => Stub[],
): Omit<Packet, 'checkpoint' | 'freeze'> {
  return {
    format: PACKET_FORMAT,
    bureau: remarks.bureau,
    title: frame.title,
    period: frame.period,
    organisationDay: frame.organisationDay,
    catalogueHash: frame.catalogueHash,
    asOf: frame.asOf,
    names: remarks.names,
    figures: figures.flatMap((figure) => {
      const { view, query, counted } = figure
      if (query === null || counted === null || view.metric === null || view.definition === null) return []
      return [
        {
          no: view.no,
          phrase: view.phrase,
          metric: view.metric,
          definition: view.definition,
          params: view.params,
          period: frame.period,
          unit: view.unit,
          value: view.value,
          printed: view.printed ?? '',
          approx: roundingOf(view),
          counted,
          aggregate: query.aggregate,
          where: query.where,
          stubs: stubsOf(figure),
        },
      ]
    }),
    unbound: figures
      .filter(({ view }) => view.state !== 'filled')
      .map(({ view }) => ({
        phrase: view.phrase,
        // A reason that a person typed stands in his own words.
        reason: view.sentence ?? { zh: view.why ?? '', en: view.why ?? '' },
      })),
    dated: remarks.dated.map((phrase) => ({ phrase: phrase.text, reason: { zh: phrase.why, en: phrase.why } })),
  }
}

function roundingOf(view: ReportSlot): Rounding | null {
  if (view.value === null) return null
  return printFigure({ value: view.value, unit: view.unit, approx: view.approx, phrase: view.phrase }).rounding
}

/** The words for the kinds and units that the stubs name, as of the journal size and today's organisation. */
export async function namesOf(ctx: Context, stubs: readonly EntryStub[], size: number): Promise<Remarks['names']> {
  const { activityKinds, talkKinds } = ctx.catalogues.catalogue
  const kinds: Record<string, { zh: string; en: string }> = {}
  for (const id of new Set(stubs.map((stub) => String(stub.env.d['kind'] ?? '')))) {
    const row = activityKinds.find(id) ?? talkKinds.find(id)
    if (row) kinds[id] = row.words
  }
  const unitIds = [
    ...new Set(stubs.flatMap((stub) => (typeof stub.env.d['unit'] === 'string' ? [stub.env.d['unit']] : []))),
  ]
  const rows = await ctx.tx.all(sql<{ unit_id: string; name: string | null }>`
    select unit_id, name from unit_facts where org_id = ${ctx.org.orgId} and unit_id = any(${unitIds}::uuid[])
      and recorded_idx < ${size} and superseded_idx >= ${size} and ${ctx.today}::date between valid_from and valid_to`)
  const units = Object.fromEntries(rows.map((row) => [row.unit_id, row.name ?? '']))
  return { kinds, units }
}

/** A frozen report as it is stored, with the index and time of its entry. */
export interface FrozenRow {
  id: string
  title: string
  from_on: string
  to_on: string
  organisation_day: string
  as_of: number
  catalogue_hash: string
  digest: string
  figures: StoredFigure[]
  remarks: Remarks
  recorded_idx: number
  frozen_at: string
}

/**
 * The whole evidence of a frozen report: stubs with proofs, checkpoint, and the entry that froze it. `restricted` opens the
 * words of activities that their entries committed to; what was erased has no salt any more and stays closed.
 */
export async function evidencePacket(ctx: Context, report: FrozenRow, restricted = false): Promise<Packet> {
  const tx = ctx.tx as Transaction
  const checkpoint = (
    await tx.send({
      text: 'select size, root, at from journal_checkpoints where org_id = $1 and size > $2 order by size limit 1',
      values: [ctx.org.orgId, report.recorded_idx],
    })
  ).rows[0] as { size: number; root: Buffer; at: string } | undefined
  if (!checkpoint) throw new Refusal('server/unavailable')
  const entries = [...new Set(report.figures.flatMap((figure) => figure.entries))]
  const stubs = new Map((await entryStubs(ctx, [...entries, report.recorded_idx])).map((stub) => [stub.idx, stub]))
  const proofs = await proofsOf(tx, ctx.org, [...entries, report.recorded_idx], checkpoint.size)
  const open = restricted ? await openedWords(ctx, [...stubs.values()]) : null
  const stubOf = (idx: number): Stub => {
    const stub = stubs.get(idx)!
    const words = open?.words.get(idx)
    const made = makeStub({ idx, at: stub.at, env: stub.bytes }, proofs.get(idx)!, stub.late)
    return words === undefined ? made : { ...made, opened: words }
  }
  const frame = {
    title: report.title,
    period: { from: report.from_on, to: report.to_on },
    organisationDay: report.organisation_day,
    asOf: report.as_of,
    catalogueHash: report.catalogue_hash,
  }
  const { idx, at, env, proof } = stubOf(report.recorded_idx)
  return {
    ...packetOf(frame, report.figures, report.remarks, (figure) => figure.entries.map(stubOf)),
    checkpoint: {
      origin: ctx.org.code,
      suite: ctx.org.suite,
      size: checkpoint.size,
      root: toBase64url(checkpoint.root),
      at: checkpoint.at,
    },
    freeze: { idx, at, env, proof },
    ...(open === null ? {} : { restricted: { by: ctx.actor.name, at: instantNow(ctx), persons: open.persons } }),
  }
}
