import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { Json } from '../../core/ledger/canonical.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { personNames, unitNames } from '../organisation/organisation.facts.ts'
import { personsInOrder, ranged } from '../organisation/organisation.ts'
import { mayKeep, maySeeAttendance } from './activity.access.ts'
import { type ActivityLine, getActivity, listActivities, type Version } from './activity.contract.ts'
import { cameLate } from './activity.facts.ts'

interface LineRow {
  id: string
  version: number
  kind: string
  also_kinds: string[]
  happened_on: string
  unit_id: string
  title: string | null
  hours: number | null
  expected: number | null
  voters: number | null
  present: number | null
  topics: string[]
  recorded_at: string
  recorded_idx: number
  opening: boolean
  late: boolean
  withdrawn: boolean
}

const current = sql.raw(`superseded_idx = ${CURRENT}`)
const LATE = cameLate('a.happened_on', 'e.at', 'a.opening')
/** The entry of version 1 tells when the record was made. */
const ENTERED = sql`join journal_entries e on e.org_id = a.org_id and e.idx = coalesce(a.first_idx, a.recorded_idx)`

function lineOf(row: LineRow, units: ReadonlyMap<string, string>): z.input<typeof ActivityLine> {
  return {
    activityId: row.id,
    version: row.version,
    kind: row.kind,
    alsoKinds: row.also_kinds,
    happenedOn: row.happened_on,
    unitId: row.unit_id,
    unitName: units.get(row.unit_id) ?? null,
    title: row.title,
    hours: row.hours,
    expected: row.expected,
    voters: row.voters,
    present: row.present,
    topics: row.topics,
    recordedAt: row.recorded_at,
    entry: row.recorded_idx,
    mark: row.opening ? 'opening' : row.late ? 'late' : null,
    withdrawn: row.withdrawn,
  }
}

type Wanted = z.output<typeof listActivities.input>

function conditionsOf(ctx: ReadContext, input: Wanted): RawBuilder<unknown> {
  const all = [
    sql`a.org_id = ${ctx.org.orgId}`,
    sql`a.${current}`,
    ctx.within({ unit: 'a.unit_id', people: ['a.host_pid'] }),
  ]
  all.push(sql`a.withdrawn = ${input.withdrawn ?? false}`)
  if (input.unitId) all.push(sql`a.unit_id = ${input.unitId}`)
  if (input.kind) all.push(sql`(a.kind = ${input.kind} or ${input.kind} = any(a.also_kinds))`)
  if (input.from) all.push(sql`a.happened_on >= ${input.from}`)
  if (input.to) all.push(sql`a.happened_on <= ${input.to}`)
  if (input.late !== undefined) all.push(input.late ? LATE : sql`not ${LATE}`)
  if (input.attendedByMe) {
    all.push(sql`exists (select 1 from attendance t where t.org_id = a.org_id and t.activity_id = a.id
      and t.pid = ${ctx.actor.pid} and t.status = any(${presentStatuses(ctx)}::text[]) and t.${current})`)
  }
  return sql.join(all, sql` and `)
}

function presentStatuses(ctx: ReadContext): string[] {
  const statuses = ctx.catalogues.catalogue.attendanceStatuses.rows
  return statuses.filter((row) => row.counts_as === 'present').map((row) => row.id)
}

/** A cursor is the day and id of the last line seen. */
function cursorOf(row: LineRow): string {
  return `${row.happened_on}_${row.id}`
}

function afterCursor(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const parts = /^(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(cursor)
  if (parts === null) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  return sql`(a.happened_on, a.id) < (${parts[1]}::date, ${parts[2]}::uuid)`
}

export const listing = answer(listActivities, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const limit = input.limit ?? 50
    const conditions = conditionsOf(ctx, input)
    const needsEntry = input.late === undefined ? sql`` : ENTERED
    const [rows, total, units] = await Promise.all([
      ctx.tx.all(sql<LineRow>`select a.id, a.version, a.kind, a.also_kinds, a.happened_on, a.unit_id, a.title, a.hours, a.expected,
          a.voters, a.present, a.topics, a.recorded_idx, a.opening, a.withdrawn, e.at as recorded_at, ${LATE} as late
        from activities a ${ENTERED} where ${conditions} and ${afterCursor(input.cursor)}
        order by a.happened_on desc, a.id desc limit ${limit + 1}`),
      ctx.tx.first(sql<{ n: number }>`select count(*) as n from activities a ${needsEntry} where ${conditions}`),
      unitNames(ctx.tx, ctx.org.orgId, ctx.today),
    ])
    const items = rows.slice(0, limit)
    const next = rows.length > limit ? cursorOf(items.at(-1)!) : null
    return { items: items.map((row) => lineOf(row, units)), total: total?.n ?? 0, next }
  },
})

interface VersionRow extends LineRow {
  body: string
  audience: string | null
  countable: Record<string, string | number | boolean>
  host_pid: string | null
  host_name: string | null
  content: string | null
  proof: string | null
  fields: Record<string, string | number | boolean> | null
  at: string
  verb: string
  by_pid: string | null
  on_behalf_pid: string | null
  reason: string | null
}

interface AttendanceRow {
  pid: string
  status: string
  note: string | null
  recorded_idx: number
  superseded_idx: number
  current: boolean
}

/** The fields whose changes the history tells, by their names outside and in the row. */
const TOLD: readonly [string, keyof VersionRow][] = [
  ['kind', 'kind'],
  ['alsoKinds', 'also_kinds'],
  ['happenedOn', 'happened_on'],
  ['unitId', 'unit_id'],
  ['title', 'title'],
  ['hostId', 'host_pid'],
  ['hostName', 'host_name'],
  ['hours', 'hours'],
  ['expected', 'expected'],
  ['voters', 'voters'],
  ['present', 'present'],
  ['topics', 'topics'],
  ['audience', 'audience'],
  ['content', 'content'],
  ['proof', 'proof'],
  ['countable', 'countable'],
  ['fields', 'fields'],
  ['withdrawn', 'withdrawn'],
]

type Change = { field: string; before: Json; after: Json }

function changesOf(before: VersionRow, after: VersionRow): Change[] {
  return TOLD.flatMap(([field, column]) => {
    const [was, is] = [before[column] ?? null, after[column] ?? null] as [Json, Json]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was, after: is }]
  })
}

/** How a person's attendance changed at an entry; told by name, only to those who see the whole attendance. */
function attendanceChanges(
  idx: number,
  rows: readonly AttendanceRow[],
  nameOf: (pid: string) => string | null,
): Change[] {
  const changes = new Map<string, Change>()
  for (const row of rows) {
    const change = changes.get(row.pid) ?? { field: `attendance: ${nameOf(row.pid) ?? '—'}`, before: null, after: null }
    if (row.superseded_idx === idx) changes.set(row.pid, { ...change, before: row.status })
    else if (row.recorded_idx === idx) changes.set(row.pid, { ...change, after: row.status })
  }
  return [...changes.values()].filter((change) => change.before !== change.after)
}

function loadVersions(ctx: ReadContext, activityId: string): Promise<VersionRow[]> {
  return ctx.tx.all(sql<VersionRow>`select a.id, a.version, a.kind, a.also_kinds, a.happened_on, a.unit_id, a.body, a.title, a.hours,
      a.expected, a.voters, a.present, a.topics, a.audience, a.countable, a.host_pid, a.host_name, a.content, a.proof, a.fields,
      a.recorded_idx, a.opening, a.withdrawn, e.at as recorded_at, ${LATE} as late, w.at, c.verb, c.by_pid, c.on_behalf_pid, c.reason
    from activities a ${ENTERED}
    join journal_entries w on w.org_id = a.org_id and w.idx = a.recorded_idx
    join acts c on c.org_id = w.org_id and c.id = w.act_id
    where a.org_id = ${ctx.org.orgId} and a.id = ${activityId}
      and exists (select 1 from activities n where n.org_id = a.org_id and n.id = a.id and n.${current}
        and ${ctx.within({ unit: 'n.unit_id', people: ['n.host_pid'] })})
    order by a.version`)
}

export const getting = answer(getActivity, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const [versions, rows, units] = await Promise.all([
      loadVersions(ctx, input.activityId),
      ctx.tx.all(
        sql<AttendanceRow>`select pid, status, note, recorded_idx, superseded_idx, ${current} as current
          from attendance where org_id = ${ctx.org.orgId} and activity_id = ${input.activityId} order by pid, version`,
      ),
      unitNames(ctx.tx, ctx.org.orgId, ctx.today),
    ])
    const now = versions.at(-1)
    if (now === undefined) throw new Refusal('record/not-found')
    const whole = maySeeAttendance(ctx.actor, now.unit_id)
    const keeps = mayKeep(ctx.actor, [now.unit_id])
    const shown = whole ? rows : rows.filter((row) => row.pid === ctx.actor.pid)
    const standing = shown.filter((row) => row.current)
    const order =
      standing.length > 1 ? await personsInOrder(ctx.tx, ctx.org.orgId, now.happened_on, ctx.catalogues.catalogue) : []
    const people = versions
      .flatMap((one) => [one.by_pid, one.on_behalf_pid, one.host_pid])
      .filter((pid) => pid !== null)
    const names = await personNames(ctx.tx, ctx.org.orgId, [...people, ...shown.map((row) => row.pid)])
    const nameOf = (pid: string) => names.get(pid) ?? null
    const person = (pid: string | null) => (pid === null ? null : { personId: pid, name: nameOf(pid) })
    const history = versions.map((one, index): z.input<typeof Version> => {
      const before = versions[index - 1]
      const told = before
        ? [...changesOf(before, one), ...(whole ? attendanceChanges(one.recorded_idx, rows, nameOf) : [])]
        : []
      return {
        version: one.version,
        entry: one.recorded_idx,
        at: one.at,
        verb: one.verb,
        by: person(one.by_pid),
        onBehalfOf: person(one.on_behalf_pid),
        reason: one.reason,
        changes: told as z.input<typeof Version>['changes'],
      }
    })
    const host =
      now.host_pid === null && now.host_name === null
        ? null
        : { personId: now.host_pid, name: now.host_name ?? names.get(now.host_pid ?? '') ?? null }
    return {
      ...lineOf(now, units),
      body: now.body,
      audience: now.audience,
      host,
      content: now.content,
      proof: now.proof,
      fields: { ...now.countable, ...now.fields },
      attendance: ranged(order, standing).map((row) => ({
        personId: row.pid,
        name: nameOf(row.pid),
        status: row.status,
        note: row.note,
      })),
      attendanceWhole: whole,
      mayChange: keeps && !now.withdrawn,
      versions: history,
    }
  },
})

export const activityQueries = [listing, getting]
