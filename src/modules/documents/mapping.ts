import { sql } from 'kysely'
import { type ColumnField, columnFields } from '../../core/tables/header.ts'
import type { GivenMapping, Remembered, TableFound, TableProblem } from '../../core/tables/take.ts'
import type { Context, Writing } from '../../platform/action/action.ts'
import { fill } from '../../platform/i18n/words.ts'
import { CURRENT, type RecordType, type Stored } from '../../platform/journal/record.ts'

/** What the columns under a heading mean, as a person said it; the heading stands there by a key of its words. */
export const columnMappingRecord: RecordType = {
  type: 'column-mapping',
  table: 'column_mappings',
  clear: ['heading_key'],
  sealed: ['fields'],
  json: ['fields'],
}

interface Kept extends Stored {
  heading_key: string
  fields: (ColumnField | null)[]
}

const keptMappings = (ctx: Context) =>
  ctx.tx.all(sql<Kept>`select id, version, heading_key, fields from column_mappings
    where org_id = ${ctx.org.orgId} and superseded_idx = ${sql.raw(CURRENT)}`)

/** The mappings that the bureau used before, by the key of the heading; fields that are no longer known are dropped. */
export async function rememberedMappings(ctx: Context): Promise<Remembered> {
  const known = new Set<string | null>([null, ...columnFields])
  return new Map(
    (await keptMappings(ctx)).map((row) => [
      row.heading_key,
      row.fields.map((field) => (known.has(field) ? field : null)),
    ]),
  )
}

/** Keeps what a person said of the columns, so that the next list under the same heading is read so. */
export async function rememberMappings(
  ctx: Writing,
  tables: readonly TableFound[],
  given: readonly GivenMapping[],
): Promise<void> {
  if (given.length === 0) return
  const kept = new Map((await keptMappings(ctx)).map((row) => [row.heading_key, row]))
  for (const table of tables) {
    if (!given.some((one) => one.table === table.name)) continue
    const fields = table.columns.map((one) => one.field)
    const before = kept.get(table.headingKey)
    if (before === undefined) ctx.add(columnMappingRecord, { heading_key: table.headingKey, fields })
    else if (JSON.stringify(before.fields) !== JSON.stringify(fields))
      ctx.revise(columnMappingRecord, before, { fields })
    kept.delete(table.headingKey)
  }
}

/** A problem of a row in words. */
export function problemInWords(ctx: Context, problem: TableProblem): TableProblem & { zh: string; en: string } {
  const { messages } = ctx.catalogues.words
  const words = messages.get(`table-problem/${problem.code}`)!
  const named = (language: 'zh' | 'en') => {
    const field = problem.values['field']
    const label = field === undefined ? undefined : messages.get(`column/${field}`)?.[language]
    return { ...problem.values, ...(label === undefined ? {} : { field: label }), column: problem.column ?? '' }
  }
  return { ...problem, zh: fill(words.zh, named('zh')), en: fill(words.en, named('en')) }
}
