import { z } from 'zod'

const span = { start: z.int(), end: z.int() }
const goldSlot = z.looseObject({
  ...span,
  phrase: z.string(),
  metric: z.union([z.string(), z.null(), z.looseObject({})]).optional(),
  params: z.record(z.string(), z.string()).optional(),
  role: z.string().optional(),
})

/** What of a document a person looked at when he marked it. */
export const goldParts = ['outline', 'duties', 'slots'] as const

/**
 * An annotated document: spans of the named text file that a person marked; older files carry older field names. Without
 * `judges` everything was judged; `unjudged` passages may hold duties that nobody spoke of.
 */
export const Gold = z.looseObject({
  doc: z.string(),
  outline: z
    .array(z.looseObject({ level: z.int(), title: z.string(), ...span, parent: z.int().nullable() }))
    .default([]),
  duties: z
    .array(
      z.looseObject({
        ...span,
        mode: z.enum(['do', 'done', 'problem']),
        kind: z.string(),
        subject: z.array(z.string()).default([]),
        subjectExplicit: z.boolean().optional(),
        subjectSource: z.string().optional(),
        cadence: z.string().nullable().default(null),
        deadline: z.string().nullable().optional(),
        recipient: z.string().optional(),
        leadUnit: z.string().nullable().optional(),
        supportUnits: z.array(z.string()).optional(),
        targets: z
          .array(
            z.looseObject({
              indicator: z.string(),
              role: z.string(),
              op: z.string(),
              value: z.number(),
              unit: z.string(),
            }),
          )
          .optional(),
      }),
    )
    .default([]),
  principles: z.array(z.looseObject(span)).default([]),
  judges: z.array(z.enum(goldParts)).optional(),
  unjudged: z.array(z.looseObject(span)).optional(),
  slots: z.array(goldSlot).default([]),
})
export type Gold = z.infer<typeof Gold>

/** Metric and parameters of gold slots kept beside the gold files, by document number. */
export const GoldMetrics = z.record(
  z.string(),
  z.array(
    z.looseObject({ ...span, metric: z.string().nullable(), params: z.record(z.string(), z.string()).default({}) }),
  ),
)
export type GoldMetrics = z.infer<typeof GoldMetrics>

/** A gold slot with the metric that it should be bound to. */
export type GoldSlot = { start: number; end: number; metric: string | null; params: Record<string, string> }

/** The slots of a gold document with metric ids, from the file itself or from the metrics kept beside it. */
export function goldSlots(gold: Gold, metrics: GoldMetrics, name: string): GoldSlot[] {
  return gold.slots.map((slot) => {
    const beside = metrics[name]?.find((entry) => entry.start === slot.start && entry.end === slot.end)
    if (beside) return { start: slot.start, end: slot.end, metric: beside.metric, params: beside.params }
    const metric = typeof slot.metric === 'string' ? slot.metric : null
    return { start: slot.start, end: slot.end, metric, params: slot.params ?? {} }
  })
}
