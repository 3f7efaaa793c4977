import * as z from 'zod'

/**
 * One thing that a person or a program may ask of Luze, declared once. HTTP route, command, OpenAPI entry, access
 * table and typed web client all derive from it (docs/decisions/0012).
 */
export interface Descriptor<
  Kind extends 'verb' | 'query' | 'file' = 'verb' | 'query' | 'file',
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly kind: Kind
  /** `noun.verb` for acts, `noun.question` for reads. */
  readonly name: string
  readonly input: Input
  readonly output: Output
  /** Codes `noun/reason` that the act may answer beside the general ones. */
  readonly refusals: readonly string[]
  /** True where nobody needs to be signed in; such a descriptor is listed in `test/access.golden.txt`. */
  readonly open: boolean
  /** True where the answer carries a token or a code: it is never kept beside an idempotency key. */
  readonly secret: boolean
  /**
   * A path beside the usual one, with `{secret}` for what stands for whoever asks: for programs that know nothing but an
   * address, such as a calendar.
   */
  readonly address: string | null
}

export type Verb<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Descriptor<'verb', I, O>
export type Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Descriptor<'query', I, O>
export type FileQuery<I extends z.ZodType = z.ZodType> = Descriptor<'file', I, z.ZodType>

interface Parts<I extends z.ZodType, O extends z.ZodType> {
  input: I
  output: O
  refusals?: readonly string[]
  open?: boolean
  secret?: boolean
}

/** Declares an act that changes records. */
export function verb<I extends z.ZodType, O extends z.ZodType>(name: string, parts: Parts<I, O>): Verb<I, O> {
  return {
    kind: 'verb',
    name,
    input: parts.input,
    output: parts.output,
    refusals: parts.refusals ?? [],
    open: parts.open ?? false,
    secret: parts.secret ?? false,
    address: null,
  }
}

/** Declares a read. */
export function query<I extends z.ZodType, O extends z.ZodType>(name: string, parts: Parts<I, O>): Query<I, O> {
  return {
    kind: 'query',
    name,
    input: parts.input,
    output: parts.output,
    refusals: parts.refusals ?? [],
    open: parts.open ?? false,
    secret: parts.secret ?? false,
    address: null,
  }
}

/** Declares a read that answers with a file (bytes, media type, file name) instead of JSON. */
export function file<I extends z.ZodType>(
  name: string,
  parts: { input: I; refusals?: readonly string[]; address?: `/${string}/{secret}.${string}` },
): FileQuery<I> {
  return {
    kind: 'file',
    name,
    input: parts.input,
    output: z.unknown(),
    refusals: parts.refusals ?? [],
    open: false,
    secret: false,
    address: parts.address ?? null,
  }
}

/** A civil day, `YYYY-MM-DD`, Asia/Shanghai. */
export const Day = z.iso.date().describe('civil day YYYY-MM-DD')
/** A month, `YYYY-MM`. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .describe('month YYYY-MM')
/** A public id (uuid version 7). */
export const Id = z.uuid()
/** An instant, RFC 3339 in UTC. */
export const Instant = z.string().describe('instant, RFC 3339, UTC')
/** Words in both languages. */
export const Both = z.object({ zh: z.string(), en: z.string() })
/** A one-line text typed by a person; direction marks and control characters are refused. */
export const Line = (max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u)
/** A text of several lines typed by a person. */
export const Text = (max = 4000) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cf}]|[\n\r\t])*$/u)

/** The shape of every list: `total` is exact, `next` is the cursor of the next page or null. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int(), next: z.string().nullable() })

/** What every list takes: a cursor from an earlier answer and a page size. */
export const paging = { cursor: z.string().max(400).optional(), limit: z.number().int().min(1).max(500).optional() }
