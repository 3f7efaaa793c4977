import { z } from 'zod'
import type { Env } from './entry.ts'
import { matches, whereSchema } from './filter.ts'

const field = z.string().min(1)
const status = z.array(z.string().min(1)).min(1)

/** Shape of an aggregate; see `Aggregate`. */
export const aggregateSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('count') }),
  z.strictObject({ op: z.literal('sum'), field }),
  z.strictObject({ op: z.literal('parts'), part: field, status }),
  z.strictObject({ op: z.literal('distinct'), part: field, status }),
  z.strictObject({ op: z.literal('values'), field }),
  z.strictObject({ op: z.literal('ratio'), met: whereSchema, percent: z.boolean(), digits: z.int().min(0).max(4) }),
  z.strictObject({ op: z.literal('only'), field }),
])

/**
 * How records become one number: `count` of records; `sum` of a numeric clear field (null adds nothing); `parts` = part rows with a status; `distinct` keys of
 * such rows (persons); `values` = distinct values of a clear field; `ratio` of records that also match `met`, rounded half up; `only` = the field of the one record.
 */
export type Aggregate = z.infer<typeof aggregateSchema>

/** Value of an aggregate over record versions, each record once; null where there is nothing to divide by or no record to read. Throws when a needed field is missing. */
export function aggregate(how: Aggregate, records: readonly Env[]): number | null {
  switch (how.op) {
    case 'count':
      return records.length
    case 'sum':
      return addDecimals(records.map((record) => numberIn(record, how.field) ?? 0))
    case 'parts':
      return records.reduce((sum, record) => sum + keysIn(record, how).length, 0)
    case 'distinct':
      return new Set(records.flatMap((record) => keysIn(record, how))).size
    case 'values':
      return new Set(records.map((record) => JSON.stringify(valueIn(record, how.field)))).size
    case 'ratio':
      return ratio(how, records.filter((record) => matches(how.met, record.d, record.t)).length, records.length)
    case 'only':
      if (records.length > 1) throw new Error(`one record was expected, there are ${records.length}`)
      return records[0] ? numberIn(records[0], how.field) : null
  }
}

/** Exact decimal sum of numbers as they are written (0.1 + 0.2 = 0.3). */
export function addDecimals(numbers: readonly number[]): number {
  const scaled = numbers.map(decimalOf)
  const places = scaled.reduce((most, one) => Math.max(most, one.places), 0)
  const sum = scaled.reduce((total, one) => total + one.digits * 10n ** BigInt(places - one.places), 0n)
  return Number(`${sum}e-${places}`)
}

function decimalOf(n: number): { digits: bigint; places: number } {
  const [mantissa, exponent] = String(n).split('e') as [string, string | undefined]
  const [whole, fraction = ''] = mantissa.split('.') as [string, string | undefined]
  const places = fraction.length - Number(exponent ?? 0)
  const digits = BigInt(whole + fraction)
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 }
}

function ratio(how: Extract<Aggregate, { op: 'ratio' }>, met: number, all: number): number | null {
  if (all === 0) return null
  const scale = 10n ** BigInt(how.digits) * (how.percent ? 100n : 1n)
  const rounded = (2n * BigInt(met) * scale + BigInt(all)) / (2n * BigInt(all))
  return Number(`${rounded}e-${how.digits}`)
}

function keysIn(record: Env, how: { part: string; status: readonly string[] }): readonly string[] {
  const rows = record.p && Object.hasOwn(record.p, how.part) ? record.p[how.part] : undefined
  if (!rows) throw new Error(`record ${record.id} has no part ${how.part}`)
  return rows.filter((row) => how.status.includes(row[1])).map((row) => row[0])
}

function numberIn(record: Env, name: string): number | null {
  const value = valueIn(record, name)
  if (value !== null && typeof value !== 'number')
    throw new Error(`field ${name} of record ${record.id} is not a number`)
  return value
}

function valueIn(record: Env, name: string): Env['d'][string] | null {
  if (!Object.hasOwn(record.d, name)) throw new Error(`record ${record.id} has no field ${name}`)
  return record.d[name]!
}
