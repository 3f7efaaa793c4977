import { sql } from 'kysely'
import type * as z from 'zod'
import type { Access } from '../../core/access/actor.ts'
import { topicKey } from '../../core/catalogue/catalogue.ts'
import type { ActivityKind } from '../../core/catalogue/kinds.ts'
import type { Metric } from '../../core/catalogue/metrics.ts'
import { isLate } from '../../core/figures/late.ts'
import { type FigureWhere, type MetricQuery, metricQuery } from '../../core/figures/query.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { countFacts } from '../../platform/facts/facts.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { type PersonOn, subtreeOf } from '../organisation/organisation.facts.ts'
import { record } from './activity.access.ts'
import { previewActivity } from './activity.contract.ts'
import { activityFacts } from './activity.facts.ts'
import { type Counts, countsFrom, countsTyped, everybodyInOrder, NOT_COUNTED } from './roster.ts'
import { kindOf, type StatedRow, statedRow } from './statement.ts'

type Input = z.output<typeof previewActivity.input>

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
    const value = activityFacts.fields[field] !== undefined ? common[field] : row.countable[field]
    return value !== undefined && values.includes(value as Values[number])
  })
}

/** The figure without and with the draft; null for ways of counting that a single record cannot foretell. */
async function countBoth(
  ctx: ReadContext,
  query: Pick<MetricQuery, 'where' | 'aggregate'>,
  counts: Counts,
  presentIds: readonly string[],
): Promise<{ before: number; after: number } | null> {
  const { aggregate } = query
  const count = async () =>
    (await countFacts(ctx.tx, ctx.facts, ctx.org.orgId, query, null, { trace: false })).value ?? 0
  if (aggregate.op === 'count') {
    const before = await count()
    return { before, after: before + 1 }
  }
  if (aggregate.op === 'sum' && aggregate.field === 'present') {
    const before = await count()
    return { before, after: before + (counts.present ?? 0) }
  }
  if (aggregate.op !== 'distinct' || presentIds.length === 0) return null
  const [before, known] = await Promise.all([count(), countedAmong(ctx, query, aggregate.status, presentIds)])
  return { before, after: before + presentIds.length - known }
}

/** How many of some persons the figure counts already. */
async function countedAmong(
  ctx: ReadContext,
  { where }: Pick<MetricQuery, 'where'>,
  statuses: readonly string[],
  pids: readonly string[],
): Promise<number> {
  const [from, to] = where.day ?? ['1900-01-01', '9999-12-31']
  const kinds = where.kind ?? []
  const units = where.unit === undefined ? sql`true` : sql`f.unit_id = any(${where.unit as string[]}::uuid[])`
  const row = await ctx.tx.first(
    sql<{ n: number }>`select count(distinct t.pid) as n from attendance_facts t
      join activity_facts f on f.org_id = t.org_id and f.activity_id = t.activity_id
      where t.org_id = ${ctx.org.orgId} and t.pid = any(${pids as string[]}::uuid[]) and t.status = any(${statuses as string[]})
        and t.superseded_idx = ${sql.raw(CURRENT)} and f.superseded_idx = ${sql.raw(CURRENT)}
        and f.happened_on between ${from}::date and ${to}::date and ${units}
        and (f.kind = any(${kinds as string[]}) or f.also_kinds && ${kinds as string[]})`,
    { named: false },
  )
  return row?.n ?? 0
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
        const where = over === 'unit' ? { ...query.where, unit: below } : query.where
        const both = await countBoth(ctx, { where, aggregate: query.aggregate }, counts, [...new Set(input.presentIds)])
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
    const roster = await everybodyInOrder(ctx, kind, input.unitId, input.happenedOn)
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
