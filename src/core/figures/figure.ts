import type { Aggregate } from '../ledger/aggregate.ts'
import type { FigureWhere } from './query.ts'

/** The point at which a figure stands: journal size, the civil day whose organisation counts, and its days, first and last counted. */
export interface AsOf {
  readonly size: number
  readonly organisationDay: string
  readonly from: string
  readonly to: string
}

/** How a figure came about: metric with parameters, filter, way of counting, catalogue, and the journal indexes of the record versions that it counts. */
export interface Trace {
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  readonly where: FigureWhere
  readonly aggregate: Aggregate
  readonly catalogue: string
  readonly entries: readonly number[]
}

declare const traced: unique symbol

/** A number that can show where it came from. Only `makeFigure` makes one, and not without its trace. */
export interface Figure {
  readonly value: number
  readonly unit: string
  readonly asOf: AsOf
  readonly trace: Trace
  readonly [traced]: true
}

/** Joins a value with its trace; throws where they contradict each other, which is a defect and never a user's mistake. */
export function makeFigure(parts: {
  readonly value: number
  readonly unit: string
  readonly asOf: AsOf
  readonly trace: Trace
}): Figure {
  const { value, asOf, trace } = parts
  if (!Number.isFinite(value)) throw new Error(`figure ${trace.metric}: ${value} is no number`)
  if (asOf.from > asOf.to) throw new Error(`figure ${trace.metric}: ends before it begins`)
  if (trace.catalogue === '') throw new Error(`figure ${trace.metric}: names no catalogue`)
  if (trace.aggregate.op === 'count' && trace.entries.length !== value) {
    throw new Error(`figure ${trace.metric}: ${value} counted, ${trace.entries.length} traced`)
  }
  if (trace.entries.length === 0 && value !== 0) throw new Error(`figure ${trace.metric}: ${value} without a record`)
  if (new Set(trace.entries).size !== trace.entries.length)
    throw new Error(`figure ${trace.metric}: a record counts twice`)
  if (trace.entries.some((idx) => idx < 0 || idx >= asOf.size)) {
    throw new Error(`figure ${trace.metric}: a record beyond journal size ${asOf.size}`)
  }
  return Object.freeze({ ...parts }) as Figure
}
