import { LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'
import { type LocalPack, localPackSchema } from '../../core/rules/rule.ts'
import { type SchemaFault, schemaFaults } from './schema-faults.ts'

/** What is wrong in a text, and in which of its lines (counted from 1). `path` is empty for a fault of the writing itself. */
export interface TextProblem {
  readonly line: number
  readonly path: string
  readonly says: string
  /** The wording is `schema-problem/<code>` with these values. */
  readonly code: SchemaFault['code'] | 'unreadable'
  readonly values: Readonly<Record<string, string>>
}

export type ReadText<T> =
  | { readonly value: T; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | { readonly problems: readonly TextProblem[] }

/** A pack that somebody writes by hand is shorter; a longer text is a mistake. */
export const PACK_CHARS_MAX = 200_000

/** Reads YAML against a schema, all or nothing; every fault names the line in which it stands. */
export function readYamlText<S extends z.ZodType>(text: string, schema: S): ReadText<z.output<S>> {
  const counter = new LineCounter()
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, lineCounter: counter, prettyErrors: false })
  const lineAt = (offset: number) => counter.linePos(offset).line
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => {
      return { line: lineAt(pos[0]), path: '', says: message, code: 'unreadable' as const, values: { says: message } }
    })
    return { problems }
  }
  // A place that is missing has no line of its own: the nearest one above it that is there.
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] | null }
        | undefined
      if (node?.range) return lineAt(node.range[0])
    }
    return 1
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (parsed.success) return { value: parsed.data, lineOf }
  const problems = schemaFaults(parsed.error.issues).map(({ path, code, values }) => ({
    line: lineOf(path),
    path: path.map(String).join('.'),
    says: [code, ...Object.values(values)].join(': '),
    code,
    values,
  }))
  return { problems: problems.sort((a, b) => a.line - b.line) }
}

/** Reads a bureau's own pack: YAML of `localPackSchema`. */
export function readPackText(text: string): ReadText<LocalPack> {
  return readYamlText(text, localPackSchema)
}
