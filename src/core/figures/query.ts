import { audiencesWithin, type Catalogue, topicKey } from '../catalogue/catalogue.ts'
import type { Metric } from '../catalogue/metrics.ts'
import type { Words } from '../catalogue/words.ts'
import type { Aggregate } from '../ledger/aggregate.ts'
import type { Where } from '../ledger/filter.ts'

type Scalar = string | number | boolean | null

/** The ledger's closed filter; a list under `equals` stands for any of its values. */
export type FigureWhere = Where

/** A metric made ready to count: filter, way of counting, the usual unit, its definition. */
export interface MetricQuery {
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  readonly where: FigureWhere
  readonly aggregate: Aggregate
  readonly unit: string
  readonly definition: Words
  /** Smaller values than this are shown to the secretary and the discipline body alone; null where all may see. */
  readonly maskedBelow: number | null
}

/** Why a bound slot stays unfilled. `sentence` is there where the metric itself says it. */
export interface Unfilled {
  readonly unfilled:
    | 'figure/no-metric'
    | 'figure/no-facts'
    | 'figure/param-missing'
    | 'figure/param-unknown'
    | 'figure/talk-period'
  readonly sentence: Words | null
}

/** Days first and last counted. */
export interface Period {
  readonly from: string
  readonly to: string
}

const noFacts = (sentence: Words | null = null): Unfilled => ({ unfilled: 'figure/no-facts', sentence })

/**
 * The metric with its parameters over a period, or why it cannot be counted: unknown metric, no facts yet, a parameter missing or unknown,
 * or talks over a period that is not whole months of one year.
 */
export function metricQuery(
  catalogue: Catalogue,
  id: string,
  params: Readonly<Record<string, string | undefined>>,
  period: Period,
): MetricQuery | Unfilled {
  const metric = catalogue.metrics.find(id)
  if (metric === undefined) return { unfilled: 'figure/no-metric', sentence: null }
  if (!metric.available) return noFacts(metric.missing ?? null)
  for (const [name, need] of Object.entries(metric.params)) {
    if (need === 'required' && params[name] === undefined) return { unfilled: 'figure/param-missing', sentence: null }
  }
  if (metric.facts === 'talk' && !isWholeMonths(period)) return { unfilled: 'figure/talk-period', sentence: null }
  const { aggregate } = metric
  const over = aggregate.op === 'ratio' ? catalogue.metrics.get(aggregate.over) : metric
  const where = whereOf(catalogue, over, params, period)
  if (where === null) return { unfilled: 'figure/param-unknown', sentence: null }
  const how = aggregateOf(catalogue, metric, params, period)
  if (how === null) return noFacts()
  return {
    metric: id,
    params: Object.fromEntries(
      Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    where,
    aggregate: how,
    unit: metric.units[0]!,
    definition: metric.means,
    maskedBelow: metric.facts === 'talk' ? maskOf(catalogue, metric) : null,
  }
}

function whereOf(
  catalogue: Catalogue,
  metric: Metric,
  params: Readonly<Record<string, string | undefined>>,
  period: Period,
): FigureWhere | null {
  const where: FigureWhere = { type: metric.facts === 'attendance' ? 'activity' : metric.facts }
  if (metric.where.kinds !== undefined) where.kind = [...metric.where.kinds]
  const equals: Record<string, Scalar | Scalar[]> = {}
  if (metric.facts === 'talk') where.month = [period.from.slice(0, 7), period.to.slice(0, 7)]
  else if (metric.facts === 'duty') equals.year = Number(period.from.slice(0, 4))
  else where.day = [period.from, period.to]
  if (metric.facts === 'duty' && metric.where.status !== undefined) equals.status = anyOf(metric.where.status)
  if (metric.params.topic !== undefined && params.topic !== undefined)
    where.topic = topicKey(catalogue.topics, params.topic)
  for (const [field, value] of Object.entries(metric.where.equals)) {
    const values =
      typeof value === 'string' && value.startsWith('$') ? paramValues(catalogue, params, value.slice(1)) : [value]
    if (values === undefined) continue
    if (values.length === 0) return null
    equals[field] = anyOf(values)
  }
  if (Object.keys(equals).length > 0) where.equals = equals
  return where
}

function anyOf<T extends Scalar>(values: readonly T[]): T | T[] {
  return values.length === 1 ? values[0]! : [...values]
}

/** Values that a parameter stands for: undefined when it was not given, empty when nothing in the catalogue means it. */
function paramValues(
  catalogue: Catalogue,
  params: Readonly<Record<string, string | undefined>>,
  name: string,
): readonly string[] | undefined {
  const text = params[name]
  if (text === undefined) return undefined
  return name === 'audience' ? audiencesWithin(catalogue.audiences, text) : [text]
}

function aggregateOf(
  catalogue: Catalogue,
  metric: Metric,
  params: Readonly<Record<string, string | undefined>>,
  period: Period,
): Aggregate | null {
  const { aggregate } = metric
  switch (aggregate.op) {
    case 'count':
      return { op: 'count' }
    case 'sum':
      return { op: 'sum', field: aggregate.field }
    case 'distinct': {
      const counted = metric.where.status ?? ['present']
      const statuses = catalogue.attendanceStatuses.rows.filter((row) => counted.includes(row.counts_as))
      return { op: 'distinct', part: 'attendance', status: statuses.map((row) => row.id) }
    }
    case 'ratio': {
      const met = whereOf(catalogue, catalogue.metrics.get(aggregate.of), params, period)
      return met === null ? null : { op: 'ratio', met, percent: true, digits: 1 }
    }
    case 'value':
      return { op: 'only', field: aggregate.field }
  }
}

function maskOf(catalogue: Catalogue, metric: Metric): number | null {
  const bounds = (metric.where.kinds ?? []).flatMap((kind) => catalogue.talkKinds.get(kind).masked_below ?? [])
  return bounds.length === 0 ? null : Math.max(...bounds)
}

/** Whether a period is whole months within one year: the only periods over which talks are counted. */
export function isWholeMonths({ from, to }: Period): boolean {
  const [year, month] = to.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return from <= to && from.slice(0, 4) === to.slice(0, 4) && from.endsWith('-01') && to.endsWith(`-${last}`)
}
