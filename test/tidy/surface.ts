import type pg from 'pg'
import { parse } from 'yaml'
import * as z from 'zod'
import type { Registry } from '../../src/platform/action/action.ts'
import { openapiOf } from '../../src/platform/http/openapi.ts'
import { loadWords } from '../../src/platform/i18n/words.ts'
import { filesUnder, read, type Source, sources } from './sources.ts'

/** A column of a table, as the database describes it. */
export interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly default: string | null
}

/** A field of an input or an output: where it stands, what it is called, its JSON schema. */
export interface Field {
  readonly at: string
  readonly name: string
  readonly side: 'input' | 'output'
  readonly required: boolean
  readonly schema: Readonly<Record<string, unknown>>
}

/** Everything by which the product shows what it keeps, asks and says. */
export interface Surface {
  readonly tables: readonly { readonly name: string; readonly kind: 'table' | 'view' }[]
  readonly columns: readonly Column[]
  /** Names of acts and reads. */
  readonly acts: readonly string[]
  readonly fields: readonly Field[]
  /** Texts for the user, by file. */
  readonly texts: readonly { readonly at: string; readonly text: string }[]
  readonly sources: readonly Source[]
  readonly talkKinds: readonly { readonly id: string; readonly shape: string }[]
  readonly metrics: readonly { readonly id: string; readonly where?: object; readonly aggregate: object }[]
  readonly activityKinds: readonly { readonly id: string; readonly fields?: readonly { readonly id: string }[] }[]
  readonly demo: string
  /** Text of the web pages: program, styles and pages. */
  readonly web: readonly { readonly at: string; readonly text: string }[]
  readonly packages: readonly string[]
}

type Schema = Readonly<Record<string, unknown>>

/** Every field of an input or output schema, however deep. */
export function fieldsOf(at: string, side: 'input' | 'output', schema: Schema): Field[] {
  const found: Field[] = []
  const required = (schema['required'] ?? []) as string[]
  for (const [name, inner] of Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)) {
    found.push({ at: `${at}.${name}`, name, side, required: required.includes(name), schema: inner })
    found.push(...fieldsOf(`${at}.${name}`, side, inner))
  }
  const inside = [
    schema['items'],
    schema['additionalProperties'],
    ...((schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[]),
  ]
  for (const one of inside)
    if (typeof one === 'object' && one !== null) found.push(...fieldsOf(at, side, one as Schema))
  return found
}

/** Collects the surface of the program over a migrated database. */
export async function surfaceOf(owner: pg.Client, registry: Registry): Promise<Surface> {
  const rows = async <T>(text: string) => (await owner.query(text)).rows as T[]
  const yaml = <T>(path: string) => parse(read(path)) as T
  const words = loadWords()
  const json = (schema: z.ZodType, io: 'input' | 'output') =>
    z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema
  const { paths } = openapiOf(registry, words, 'test') as { paths: object }
  return {
    tables: await rows(`select relname as name, case relkind when 'v' then 'view' else 'table' end as kind from pg_class
      where relkind in ('r', 'p', 'v') and relnamespace = 'public'::regnamespace order by 1`),
    columns: await rows(`select table_name as table, column_name as column, data_type as type, column_default as default
      from information_schema.columns where table_schema = 'public'`),
    acts: Object.keys(paths).map((path) => path.replace('/api/v1/', '')),
    fields: registry.descriptors.flatMap(({ name, input, output }) => [
      ...fieldsOf(name, 'input', json(input, 'input')),
      ...fieldsOf(name, 'output', json(output, 'output')),
    ]),
    texts: filesUnder('catalogue')
      .filter((path) => /catalogue\/(words|kinds|metrics)\//.test(path))
      .concat(filesUnder('web/words'))
      .map((at) => ({ at, text: read(at) })),
    sources: sources(),
    talkKinds: yaml('catalogue/kinds/talks.yaml'),
    activityKinds: yaml('catalogue/kinds/activities.yaml'),
    metrics: filesUnder('catalogue/metrics').flatMap((path) => yaml<Surface['metrics']>(path)),
    demo: filesUnder('catalogue/demo').map(read).join('\n'),
    web: filesUnder('web')
      .filter((at) => !/\.test\.|vite\.config/.test(at))
      .map((at) => ({ at, text: read(at) })),
    packages: Object.keys((JSON.parse(read('package.json')) as { dependencies: object }).dependencies),
  }
}

/** The single words of a name: `read_at`, `readAt` and `read-at` are `read` and `at`. */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
}

/** Where one of the words names a table, a column, an act, a field or an own field of a kind. */
export function namedWith(surface: Surface, words: readonly string[], except: readonly string[] = []): string[] {
  const hit = (name: string) => {
    const single = wordsIn(name)
    return words.some((word) =>
      word.split(' ').every((part, index, all) => {
        const at = single.indexOf(all[0]!)
        return at >= 0 && single[at + index] === part
      }),
    )
  }
  const places = [
    ...surface.tables.filter(({ name }) => hit(name)).map(({ name }) => name),
    ...surface.columns.filter(({ column }) => hit(column)).map(({ table, column }) => `${table}.${column}`),
    ...surface.acts.filter(hit),
    ...surface.fields.filter(({ name }) => hit(name)).map(({ at }) => at),
    ...surface.activityKinds.flatMap(({ id, fields = [] }) =>
      fields.filter((one) => hit(one.id)).map((one) => `${id}.${one.id}`),
    ),
  ]
  return [...new Set(places)].filter((place) => !except.includes(place))
}

/** Texts for the user with one of the words, unless they say that it is not so. */
export function saidWith(surface: Surface, words: readonly string[]): string[] {
  const pattern = new RegExp(`(?<![不无没未])(?:${words.join('|')})`, 'u')
  return surface.texts.flatMap(({ at, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${at}:${index + 1} ${pattern.exec(line)![0]}`] : [])),
  )
}
