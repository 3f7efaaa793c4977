import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import type { Access } from '../../core/access/actor.ts'
import { topicKey } from '../../core/catalogue/catalogue.ts'
import type { ActivityKind } from '../../core/catalogue/kinds.ts'
import type { Metric } from '../../core/catalogue/metrics.ts'
import { type FigureWhere, metricQuery, type Period } from '../../core/figures/query.ts'
import type { Aggregate } from '../../core/ledger/aggregate.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { type PersonOn, subtreeOf } from '../organisation/organisation.facts.ts'
import { record } from './activity.access.ts'
import { previewActivity } from './activity.contract.ts'
import { activitiesCountedAs, isLate } from './activity.facts.ts'
import { type Counts, countsFrom, countsTyped, expectedAt, NOT_COUNTED } from './roster.ts'
import { kindOf, type StatedRow, statedRow } from './statement.ts'

type Input = z.output<typeof previewActivity.input>

/** Columns of the fact that a metric may compare; everything else is a countable field of the kind. */
const COMMON = new Set(['audience', 'body', 'hours', 'expected', 'voters', 'present'])

/** A figure that the draft would change, counted over a unit and below, or over the bureau. */
interface Change {
  metric: string
  over: 'unit' | 'bureau'
  before: number
  after: number
  topic: string | null
}

type Values = readonly (string | number | boolean | null)[]

function equalsOf(where: FigureWhere): [string, Values][] {
  return Object.entries(where.equals ?? {}).map(([field, value]) => [field, Array.isArray(value) ? value : [value]])
}

/** Claims that the draft passes the filter of a metric. */
function passes(where: FigureWhere, row: StatedRow, counts: Counts): boolean {
  const kinds = [row.kind, ...row.also_kinds]
  if (where.kind && !where.kind.some((kind) => kinds.includes(kind))) return false
  if (where.topic !== undefined && !row.topics.includes(where.topic)) return false
  const common: Record<string, unknown> = { ...row, ...counts }
  return equalsOf(where).every(([field, values]) => {
    const value = COMMON.has(field) ? common[field] : row.countable[field]
    return value !== undefined && values.includes(value as Values[number])
  })
}

function counting(
  where: FigureWhere,
  orgId: number,
  period: Period,
  units: readonly string[] | null,
): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`]
  if (units !== null) parts.push(sql`unit_id = any(${units as string[]}::uuid[])`)
  if (where.topic !== undefined) parts.push(sql`${where.topic} = any(topics)`)
  for (const [field, values] of equalsOf(where)) {
    const wanted = values.map((value) => JSON.stringify(value))
    const column = COMMON.has(field) ? sql`to_jsonb(${sql.ref(field)})` : sql`countable -> ${field}`
    parts.push(sql`${column} = any(${wanted}::jsonb[])`)
  }
  const rows = activitiesCountedAs(orgId, where.kind ?? [], period.from, period.to, CURRENT)
  return sql`with f as materialized (select * from (${rows}) a where ${sql.join(parts, sql` and `)})`
}

/** The figure without and with the draft; null for ways of counting that a single record cannot foretell. */
async function countBoth(
  ctx: ReadContext,
  how: Aggregate,
  from: RawBuilder<unknown>,
  counts: Counts,
  presentIds: readonly string[],
): Promise<{ before: number; after: number } | null> {
  const one = async (value: RawBuilder<unknown>) =>
    (await ctx.tx.first(sql<{ n: number }>`${from} ${value}`, { named: false }))?.n ?? 0
  if (how.op === 'count') {
    const before = await one(sql`select count(*) as n from f`)
    return { before, after: before + 1 }
  }
  if (how.op === 'sum' && how.field === 'present') {
    const before = await one(sql`select coalesce(sum(present), 0) as n from f`)
    return { before, after: before + (counts.present ?? 0) }
  }
  if (how.op !== 'distinct' || presentIds.length === 0) return null
  const row = await ctx.tx.first(
    sql<{ before: number; also: number }>`${from}, p as (select distinct t.pid from f join attendance_facts t
        on t.org_id = ${ctx.org.orgId} and t.activity_id = f.activity_id and t.superseded_idx = ${sql.raw(CURRENT)}
          and t.status = any(${how.status as string[]}::text[]))
      select count(*) as before, count(*) filter (where pid = any(${presentIds as string[]}::uuid[])) as also from p`,
    { named: false },
  )
  const { before, also } = row ?? { before: 0, also: 0 }
  return { before, after: before + presentIds.length - also }
}

async function changesBy(ctx: ReadContext, input: Input, row: StatedRow, counts: Counts): Promise<Change[]> {
  const year = input.happenedOn.slice(0, 4)
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  const { catalogue } = ctx.catalogues
  const topics = [...new Set((input.topics ?? []).map((text) => topicKey(catalogue.topics, text)))]
  const drafts = catalogue.metrics.rows
    .filter((metric) => metric.available && (metric.facts === 'activity' || metric.facts === 'attendance'))
    .flatMap((metric) => paramsOf(metric, topics).map((params) => ({ metric, params })))
    .flatMap(({ metric, params }) => {
      const query = metricQuery(catalogue, metric.id, params, period)
      return 'unfilled' in query || !passes(query.where, row, counts) ? [] : [{ metric, params, query }]
    })
  // A figure of the bureau is told to whoever sees the whole bureau; the row policy would hide part of it from others.
  const overs: ('unit' | 'bureau')[] = ctx.scope.units === 'all' ? ['unit', 'bureau'] : ['unit']
  const below = await subtreeOf(ctx.tx, ctx.org.orgId, input.unitId, input.happenedOn)
  const changes = await Promise.all(
    drafts.flatMap(({ metric, params, query }) =>
      overs.map(async (over) => {
        const from = counting(query.where, ctx.org.orgId, period, over === 'unit' ? below : null)
        const both = await countBoth(ctx, query.aggregate, from, counts, input.presentIds ?? [])
        return both && { metric: metric.id, over, ...both, topic: params.topic ?? null }
      }),
    ),
  )
  return changes.filter((change) => change !== null && change.after !== change.before) as Change[]
}

/** A metric with a topic is foretold for each topic of the draft; other parameters stay open. */
function paramsOf(metric: Metric, topics: readonly string[]): { topic?: string }[] {
  return metric.params.topic === undefined ? [{}] : topics.map((topic) => ({ topic }))
}

function countsOf(ctx: ReadContext, input: Input, kind: ActivityKind, roster: readonly PersonOn[]): Counts {
  if (kind.attendance === 'none') return NOT_COUNTED
  const present = ctx.catalogues.catalogue.attendanceStatuses.rows.find((one) => one.counts_as === 'present')!
  if (input.presentIds) {
    return countsFrom(
      ctx,
      kind,
      roster,
      [...new Set(input.presentIds)].map((personId) => ({ personId, status: present.id })),
    )
  }
  return input.present === undefined
    ? { ...countsFrom(ctx, kind, roster, []), present: null }
    : countsTyped({ present: input.present })
}

/** Counts nothing yet, yet tells who is expected; what it counts before and after is told under the actor's own scope. */
export const previewing = answer(previewActivity, {
  may: record as Access<undefined, Input>,
  run: async (ctx, input) => {
    ctx.unscoped('counts under the row policy, over a unit whose records the actor keeps')
    const kind = kindOf(ctx, input.kind)
    const row = await statedRow(ctx, input)
    const roster = await expectedAt(ctx, kind, input.unitId, input.happenedOn)
    const counts = countsOf(ctx, input, kind, roster)
    const figures = await changesBy(ctx, input, row, counts)
    return {
      roster: roster.map(({ pid, name, standing }) => ({ personId: pid, name, standing })),
      ...counts,
      mark:
        input.happenedOn < ctx.org.goLiveOn
          ? ('opening' as const)
          : isLate(input.happenedOn, ctx.today, ctx.org.goLiveOn)
            ? ('late' as const)
            : null,
      figures,
    }
  },
})
