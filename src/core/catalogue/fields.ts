import { z } from 'zod'
import { idSchema, wordsSchema } from './words.ts'

const choiceSchema = z.strictObject({ id: idSchema, words: wordsSchema })

const common = {
  id: idSchema,
  words: wordsSchema,
  /** A figure may filter or add by this field. What a figure reads must outlive an erasure, so it is never sealed. */
  countable: z.boolean().default(false),
  /** The journal holds only a salted commitment of the value, and an erasure may empty it. Free text always is. */
  sealed: z.boolean().default(false),
}

/**
 * One own field of a kind. All own fields are optional: what identifies a record stands in common columns.
 * `number` has an inclusive range; `choice` names its choices, or `list: audiences` to take the shared closed list.
 */
export const fieldSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ ...common, type: z.literal('text'), sealed: z.literal(true), max: z.int().min(1).max(2000) }),
    z.strictObject({
      ...common,
      type: z.literal('number'),
      unit: z.string().min(1).optional(),
      min: z.number().default(0),
      max: z.number(),
      whole: z.boolean().default(true),
    }),
    z.strictObject({ ...common, type: z.literal('day') }),
    z.strictObject({ ...common, type: z.literal('boolean') }),
    z.strictObject({
      ...common,
      type: z.literal('choice'),
      choices: z.array(choiceSchema).min(2).optional(),
      list: z.literal('audiences').optional(),
    }),
  ])
  .refine((field) => !(field.countable && field.sealed), 'a countable field cannot be sealed')
  .refine(
    (field) => field.type !== 'choice' || (field.choices === undefined) !== (field.list === undefined),
    'a choice has either choices or list',
  )
export type Field = z.infer<typeof fieldSchema>

const dayShape = z.iso.date()

function valueSchema(field: Field, audiences: readonly string[]): z.ZodType {
  switch (field.type) {
    case 'text':
      return z.string().trim().min(1).max(field.max)
    case 'number': {
      const number = z.number().min(field.min).max(field.max)
      return field.whole ? number.int() : number
    }
    case 'day':
      return dayShape
    case 'boolean':
      return z.boolean()
    case 'choice':
      return z.enum(field.choices?.map((choice) => choice.id) ?? audiences)
  }
}

/**
 * The schema that checks the jsonb `fields` of a record of this kind: every own field may be left out, an unknown
 * one is refused. `audiences` are the ids of the shared closed list, for fields that take it.
 */
export function fieldsSchema(
  kind: { readonly fields: readonly Field[] },
  audiences: readonly string[],
): z.ZodType<Record<string, unknown>> {
  const before = kept.get(kind)
  if (before?.audiences === audiences) return before.schema
  const schema = z.strictObject(
    Object.fromEntries(kind.fields.map((field) => [field.id, valueSchema(field, audiences).optional()])),
  )
  kept.set(kind, { audiences, schema })
  return schema
}

/** The schema of each kind as last made: making one takes longer than all that it checks in a request. */
const kept = new WeakMap<object, { audiences: readonly string[]; schema: z.ZodType<Record<string, unknown>> }>()
