import { sql } from 'kysely'
import type * as z from 'zod'
import { isLate } from '../../core/figures/late.ts'
import { canonicalText, type Json } from '../../core/ledger/canonical.ts'
import { action, type Context, type Module, type Writing } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type PartRow, type Row, type Stored, type StoredPart } from '../../platform/journal/record.ts'
import { amend, importing, record, withdraw } from './activity.access.ts'
import { amendActivity, importActivities, recordActivity, withdrawActivity } from './activity.contract.ts'
import { activityFacts, activityRecord } from './activity.facts.ts'
import { activityQueries } from './activity.queries.ts'
import { draftsOf, templating } from './import.ts'
import { activityPapers } from './papers.ts'
import { previewing } from './preview.ts'
import {
  attendanceRows,
  type Counts,
  countsFrom,
  countsTyped,
  expectedAt,
  knownPersons,
  NOT_COUNTED,
} from './roster.ts'
import { kindOf, type Stated, statedRow } from './statement.ts'
import { type Change, type Counted, tellChanges } from './tally.facts.ts'
import { activityWorkbook } from './workbook.ts'

/*
 * Who sees an activity: whoever's scope holds the unit that held it, and the person who led it. Attendance names no unit
 * and would put persons into the clear of the row, so it carries the wall between bureaus only and is read through the
 * activity. An activity of the whole bureau is seen by all where the scope of everybody holds the bureau's own unit.
 */

type Recorded = z.output<typeof recordActivity.input>
type Amended = z.output<typeof amendActivity.input>

/** A stored activity with its attendance, locked for change. */
interface Kept {
  readonly unit_id: string
  readonly row: Stored & StoredColumns
  readonly parts: readonly StoredPart[]
  readonly firstAt: string
}

interface StoredColumns {
  kind: string
  also_kinds: string[]
  happened_on: string
  unit_id: string
  expected: number | null
  voters: number | null
  present: number | null
  topics: string[]
  audience: string | null
  countable: Record<string, string | number | boolean>
  fields: Record<string, string | number | boolean> | null
  withdrawn: boolean
  first_idx: number | null
  recorded_idx: number
}

async function loadKept(ctx: Context, input: { activityId: string }): Promise<Kept | null> {
  const { orgId } = ctx.org
  const row = await ctx.tx.first(
    sql<Stored & StoredColumns>`select * from activities where org_id = ${orgId} and id = ${input.activityId}
      and superseded_idx = ${sql.raw(CURRENT)} for no key update`,
  )
  if (row === null) return null
  const [parts, entry] = await Promise.all([
    ctx.tx.all(
      sql<StoredPart>`select distinct on (pid) pid as key, status, note, version, superseded_idx = ${sql.raw(CURRENT)} as current
        from attendance where org_id = ${orgId} and activity_id = ${input.activityId} order by pid, version desc`,
    ),
    ctx.tx.first(
      sql<{
        at: string
      }>`select at from journal_entries where org_id = ${orgId} and idx = ${row.first_idx ?? row.recorded_idx}`,
    ),
  ])
  return { unit_id: row.unit_id, row, parts, firstAt: entry!.at }
}

function markOf(ctx: Context, happenedOn: string, enteredOn: string): 'late' | 'opening' | null {
  if (happenedOn < ctx.org.goLiveOn) return 'opening'
  return isLate(happenedOn, enteredOn, ctx.org.goLiveOn) ? 'late' : null
}

/** Numbers and attendance of a new record. */
async function counted(
  ctx: Context,
  input: Pick<Recorded, 'kind' | 'unitId' | 'happenedOn' | 'attendance' | 'numbers'>,
) {
  const kind = kindOf(ctx, input.kind)
  const attendance = input.attendance ?? []
  if (attendance.length > 0 && input.numbers) throw new Refusal('activity/two-counts')
  if (kind.attendance === 'none' && (attendance.length > 0 || input.numbers)) {
    throw new Refusal('activity/takes-no-attendance', { kind: kind.words.zh })
  }
  if (attendance.length === 0) return { counts: input.numbers ? countsTyped(input.numbers) : NOT_COUNTED, parts: [] }
  const roster = await expectedAt(ctx, kind, input.unitId, input.happenedOn, false)
  const parts = await attendanceRows(ctx, attendance, roster)
  return { counts: countsFrom(ctx, kind, roster, attendance), parts }
}

async function prepare(ctx: Writing, input: Recorded, unitsAt?: Parameters<typeof statedRow>[2]) {
  // Reads that do not wait for each other go to the database in one packet.
  const [stated, { counts, parts }] = await Promise.all([
    statedRow(ctx, input, unitsAt),
    counted(ctx, input),
    input.host?.personId ? knownPersons(ctx, [input.host.personId]) : null,
  ])
  const row: Row = {
    ...stated,
    ...counts,
    hours: input.hours ?? null,
    withdrawn: false,
    title: input.title ?? null,
    host_pid: input.host?.personId ?? null,
    host_name: input.host?.name ?? null,
    content: input.content ?? null,
    proof: input.proof ?? null,
  }
  return { row, parts, counts, mark: markOf(ctx, input.happenedOn, ctx.today) }
}

/** What of a row others count by. */
const counting = (row: Row) => row as unknown as Counted
const added = (row: Row): Change => ({ before: null, after: counting(row) })

/** Records an activity inside an act of another module (decision 13); refuses what `activity.record` refuses. Returns its id. */
export async function appendActivity(ctx: Writing, input: Recorded): Promise<string> {
  const { row, parts } = await tellChanges(ctx, prepare(ctx, input), (one) => [added(one.row)])
  return ctx.add(activityRecord, row, parts)
}

const recording = action(recordActivity, {
  may: record,
  together: true,
  run: async (ctx, input) => {
    const { row, parts, counts, mark } = await tellChanges(ctx, prepare(ctx, input), (one) => [added(one.row)])
    return { activityId: ctx.add(activityRecord, row, parts), version: 1, ...counts, mark }
  },
})

/** What is stated after the correction: what it says, else what is stored. */
function statedAfter(ctx: Context, { row }: Kept, input: Amended): Stated {
  const kind = kindOf(ctx, input.kind ?? row.kind)
  const own = kind.fields.find((field) => field.type === 'choice' && field.list === 'audiences')?.id
  const fields = { ...(input.fields ?? (kind.id === row.kind ? { ...row.countable, ...row.fields } : {})) }
  const restated = own !== undefined && input.fields !== undefined
  if (own !== undefined && input.audience !== undefined) delete fields[own]
  const audience = input.audience === undefined ? (restated ? undefined : row.audience) : input.audience
  return {
    kind: kind.id,
    alsoKinds: input.alsoKinds ?? row.also_kinds,
    happenedOn: input.happenedOn ?? row.happened_on,
    unitId: input.unitId ?? row.unit_id,
    topics: input.topics ?? row.topics,
    audience: audience ?? undefined,
    fields,
  }
}

/** Numbers and attendance after the correction; both stay frozen unless it touches them, or day, unit or kind under them. */
async function countedAfter(
  ctx: Context,
  kept: Kept,
  input: Amended,
  stated: Stated,
): Promise<{ counts: Counts; parts: PartRow[] }> {
  const stored = kept.parts.filter((part) => part.current).map(({ key, status, note }) => ({ key, status, note }))
  const { attendance, numbers } = input
  if (attendance !== undefined || numbers !== undefined) {
    return counted(ctx, { ...stated, attendance, numbers: numbers ?? undefined })
  }
  const moved = (['kind', 'happenedOn', 'unitId'] as const).some((name) => input[name] !== undefined)
  if (!moved || stored.length === 0) {
    const { expected, voters, present } = kept.row
    return { counts: { expected, voters, present }, parts: stored }
  }
  const kind = kindOf(ctx, stated.kind)
  const roster = await expectedAt(ctx, kind, stated.unitId, stated.happenedOn, false)
  const rows = stored.map(({ key, status }) => ({ personId: key, status }))
  return { counts: countsFrom(ctx, kind, roster, rows), parts: stored }
}

/** Columns of the plain texts that the correction names; null empties, absent leaves. */
function textChanges(input: Amended): Row {
  const changes: Row = {}
  for (const name of ['title', 'hours', 'content', 'proof'] as const) {
    if (input[name] !== undefined) changes[name] = input[name]
  }
  if (input.host !== undefined) {
    changes['host_pid'] = input.host?.personId ?? null
    changes['host_name'] = input.host?.name ?? null
  }
  return changes
}

function sameAs(kept: Kept, changes: Row, parts: readonly PartRow[]): boolean {
  const plain = (rows: readonly PartRow[]) =>
    rows.map(({ key, status, note }) => [key, status, note] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1))
  const before = plain(kept.parts.filter((part) => part.current))
  const text = (value: unknown) => canonicalText((value ?? null) as Json)
  return (
    text(before) === text(plain(parts)) &&
    Object.entries(changes).every(([column, value]) => text(value) === text(kept.row[column]))
  )
}

const amending = action(amendActivity, {
  subject: loadKept,
  may: amend,
  run: async (ctx, input, kept) => {
    const { row } = kept
    if (row.withdrawn) throw new Refusal('activity/withdrawn')
    if (input.version !== undefined && input.version !== row.version) throw new Refusal('record/changed')
    const stated = statedAfter(ctx, kept, input)
    const statedColumns = await statedRow(ctx, stated)
    const { counts, parts } = await countedAfter(ctx, kept, input, stated)
    if (input.host?.personId) await knownPersons(ctx, [input.host.personId])
    const changes: Row = { ...statedColumns, ...counts, ...textChanges(input) }
    if (sameAs(kept, changes, parts)) throw new Refusal('activity/nothing-changed')
    ctx.because(input.reason)
    const first = { first_idx: row.first_idx ?? row.recorded_idx }
    await tellChanges(ctx, changes, (now) => [{ before: counting(row), after: counting({ ...row, ...now }) }])
    ctx.revise(activityRecord, row, { ...changes, ...first }, { before: kept.parts, after: parts })
    const mark = markOf(ctx, stated.happenedOn, civilDay(new Date(kept.firstAt)))
    return { activityId: row.id, version: row.version + 1, ...counts, mark }
  },
})

const withdrawing = action(withdrawActivity, {
  subject: loadKept,
  may: withdraw,
  run: async (ctx, input, kept) => {
    const { row } = kept
    if (row.withdrawn) throw new Refusal('activity/withdrawn')
    ctx.because(input.reason)
    const after = kept.parts.filter((part) => part.current)
    const first = { first_idx: row.first_idx ?? row.recorded_idx }
    await tellChanges(ctx, row, (before) => [{ before: counting(before), after: null }])
    ctx.revise(activityRecord, row, { withdrawn: true, ...first }, { before: kept.parts, after })
    return { activityId: row.id, version: row.version + 1 }
  },
})

const importingActivities = action(importActivities, {
  may: importing,
  run: async (ctx, input) => {
    const drafts = await draftsOf(ctx, input, (one, unitsAt) => prepare(ctx, one, unitsAt))
    if (!input.check) {
      await tellChanges(ctx, drafts, (all) => all.map(({ row }) => added(row)))
      for (const { row, parts } of drafts) ctx.add(activityRecord, row, parts)
    }
    const marked = (mark: string) => drafts.filter((draft) => draft.mark === mark).length
    return { recorded: input.check ? 0 : drafts.length, late: marked('late'), opening: marked('opening') }
  },
})

/** Activities: recorded once, corrected by a further version, read by whoever the unit concerns. */
export const activities: Module = {
  name: 'activities',
  actions: [recording, amending, withdrawing, importingActivities],
  queries: [...activityQueries, previewing, templating, activityWorkbook, ...activityPapers],
  records: [activityRecord],
  facts: [activityFacts],
}
