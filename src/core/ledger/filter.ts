import { z } from 'zod'
import type { Json } from './canonical.ts'

const word = z.string().min(1)
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
type Scalar = z.infer<typeof scalar>

/** Civil day, YYYY-MM-DD. */
export const daySchema = z.iso.date()

/** Civil month, YYYY-MM. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** Shape of a filter; see `Where`. */
export const whereSchema = z.strictObject({
  type: word,
  kind: z.array(word).min(1).optional(),
  day: z.tuple([daySchema, daySchema]).optional(),
  month: z.tuple([monthSchema, monthSchema]).optional(),
  topic: word.optional(),
  unit: z.array(word).min(1).optional(),
  equals: z.record(word, z.union([scalar, z.array(scalar).min(1)])).optional(),
})

/**
 * The closed filter of a figure over clear fields: record type; `kind` (or one of `also_kinds`) and `unit` in a list; `on` in `day` or `month` in `month` (first and last counted;
 * where both are given, a record needs one of them); `topic` among `topics`; named fields equal to a value, or to one of a list.
 */
export type Where = z.infer<typeof whereSchema>

/** Whether a record of type `t` with clear fields `d` counts under the filter. A withdrawn record (`withdrawn: true`) never does. */
export function matches(where: Where, d: { readonly [field: string]: Json }, t: string): boolean {
  if (t !== where.type || d.withdrawn === true) return false
  if (where.kind && ![d.kind, ...kindsBeside(d.also_kinds)].some((kind) => isAmong(where.kind!, kind))) return false
  if (where.unit && !isAmong(where.unit, d.unit)) return false
  if ((where.day || where.month) && !isBetween(where.day, d.on) && !isBetween(where.month, d.month)) return false
  if (where.topic !== undefined && !(Array.isArray(d.topics) && d.topics.includes(where.topic))) return false
  return Object.entries(where.equals ?? {}).every(
    ([field, value]) => Object.hasOwn(d, field) && equalsAny(value, d[field]),
  )
}

function equalsAny(wanted: Scalar | readonly Scalar[], value: Json | undefined): boolean {
  return Array.isArray(wanted) ? wanted.includes(value as Scalar) : wanted === value
}

/** Further kinds that one record counts as (同时算作). */
function kindsBeside(also: Json | undefined): readonly Json[] {
  return Array.isArray(also) ? also : []
}

function isAmong(list: readonly string[], value: Json | undefined): boolean {
  return typeof value === 'string' && list.includes(value)
}

function isBetween(range: readonly [string, string] | undefined, value: Json | undefined): boolean {
  return range !== undefined && typeof value === 'string' && range[0] <= value && value <= range[1]
}
