import * as z from 'zod'

/** Reads the text values of an address as the types that the schema of a read asks for; what does not fit is left as text. */
export function fromQuery(schema: z.ZodType, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {}
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(params)) {
    const wanted = shape[name]
    input[name] = wanted === undefined ? value : convert(unwrap(wanted), value)
  }
  return input
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap() as z.ZodType)
  }
  return schema
}

function convert(schema: z.ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodArray) {
    const element = unwrap(schema.element as z.ZodType)
    return (Array.isArray(value) ? value : [value]).map((one) => convert(element, one))
  }
  if (typeof value !== 'string') return value
  if (schema instanceof z.ZodNumber) return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value)
  if (schema instanceof z.ZodBoolean) return value === 'true' ? true : value === 'false' ? false : value
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) {
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }
  return value
}
