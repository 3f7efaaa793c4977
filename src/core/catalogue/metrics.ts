import { z } from 'zod'
import { aliasesSchema, exampleSchema, idSchema, wordsSchema } from './words.ts'

/** The sorts of fact that a metric may count. */
export const factTypes = ['activity', 'attendance', 'talk', 'duty', 'decision', 'problem', 'risk', 'indicator'] as const
export type FactType = (typeof factTypes)[number]

/** What a slot may say more precisely about a metric. */
export const paramNames = ['topic', 'audience', 'indicator', 'role'] as const
export type ParamName = (typeof paramNames)[number]

const metricIdSchema = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/, 'a metric id is words joined by dots')

/** What a metric does with the facts that pass: count them, add a field, count distinct persons, or divide two metrics. */
export const metricAggregateSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('count') }),
  z.strictObject({ op: z.literal('sum'), field: idSchema }),
  z.strictObject({ op: z.literal('distinct'), field: z.literal('person') }),
  z.strictObject({ op: z.literal('ratio'), of: metricIdSchema, over: metricIdSchema }),
  z.strictObject({ op: z.literal('value'), field: idSchema }),
])
export type MetricAggregate = z.infer<typeof metricAggregateSchema>

/**
 * The closed filter of a metric. `kinds` are rows of the fact's own kind list; `status` is a folded status (duty) or
 * what an attendance status counts as; `equals` compares common columns or countable fields, `$audience` standing
 * for the parameter of that name. A topic parameter needs no entry: where a metric has one it filters by it.
 */
export const metricWhereSchema = z.strictObject({
  kinds: z.array(idSchema).min(1).optional(),
  status: z.array(idSchema).min(1).optional(),
  equals: z.record(idSchema, z.union([z.string(), z.number(), z.boolean()])).default({}),
})

/**
 * One metric: what a figure counts. `means` defines it in a sentence; `units` are the units in which a text may print
 * it, the usual one first; `phrases` are words near a slot that mean it. With `available: false` no facts exist yet:
 * slots bind and stay unfilled, and `missing` is the sentence that says so.
 */
export const metricSchema = z
  .strictObject({
    id: metricIdSchema,
    words: wordsSchema,
    means: wordsSchema,
    units: z.array(z.string().min(1)).min(1),
    facts: z.enum(factTypes),
    where: metricWhereSchema.default({ equals: {} }),
    aggregate: metricAggregateSchema,
    params: z.partialRecord(z.enum(paramNames), z.enum(['required', 'optional'])).default({}),
    phrases: z.array(z.string().trim().min(1)).min(1),
    also: aliasesSchema,
    available: z.boolean().default(true),
    missing: wordsSchema.optional(),
    example: exampleSchema,
  })
  .refine(
    (metric) => metric.available === (metric.missing === undefined),
    'missing is said when, and only when, not available',
  )
export type Metric = z.infer<typeof metricSchema>
