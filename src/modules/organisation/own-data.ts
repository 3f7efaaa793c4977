import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '../../core/access/actor.ts'
import type { PrivacyColumn } from '../../core/catalogue/papers.ts'
import { answer, type Context, fileAnswer } from '../../platform/action/action.ts'
import type { Row } from '../../platform/journal/record.ts'
import { personNames, unitNames } from './organisation.facts.ts'
import { copyPerson, keptOfPerson } from './own-data.contract.ts'
import { type CopiedTable, copyAsHtml } from './own-data-page.ts'

/** The most rows of one table in a copy. */
const ROWS_MAX = 20_000

/** Columns that say whose row it is, by pid or by account. */
const byPid = /(^|_)pid$|^opened_by$/
const byAccount = /(^|_)account_id$/

/** What a copy leaves out: numbers of the program, and what opens an account. */
const left = /^(org_id|v1|superseded_idx|salts|env|answer|request_hash)$|_hash$/

/** The person himself, acting for nobody else. */
const himself = anyOf<unknown>({
  says: 'a person, his own',
  test: (actor) => actor.pid !== null && actor.onBehalfOf === null,
})

interface KeptTable {
  readonly table: string
  readonly columns: readonly PrivacyColumn[]
  /** The condition on alias `t` under which a row is about the person. */
  readonly his: RawBuilder<unknown>
}

/** The tables in which rows can be his, in the order of the catalogue. */
async function tablesOf(ctx: Context, pid: string): Promise<KeptTable[]> {
  const { orgId } = ctx.org
  const [map, account] = await Promise.all([
    ctx.tx.first(
      sql<{
        personId: string | null
      }>`select person_id "personId" from person_ids where org_id = ${orgId} and pid = ${pid}`,
    ),
    ctx.tx.first(
      sql<{
        id: string
      }>`select a.id from accounts a where a.org_id = ${orgId} and a.pid = ${pid} order by a.version desc limit 1`,
    ),
  ])
  const said = Map.groupBy(ctx.catalogues.catalogue.privacy, ({ table }) => table)
  return [...said].flatMap(([table, columns]): KeptTable[] => {
    const names = columns.map(({ column }) => column)
    const pids = names.filter((name) => byPid.test(name))
    if (table === 'persons') return [{ table, columns, his: sql`t.id = ${map?.personId ?? null}` }]
    if (pids.length > 0)
      return [
        {
          table,
          columns,
          his: sql.join(
            pids.map((name) => sql`t.${sql.ref(name)} = ${pid}`),
            sql` or `,
          ),
        },
      ]
    const accounts = names.filter((name) => byAccount.test(name))
    if (accounts.length === 0) return []
    const ids = accounts.map((name) => sql`t.${sql.ref(name)} = ${account?.id ?? null}`)
    return [{ table, columns, his: sql.join(ids, sql` or `) }]
  })
}

const wordsOf = (ctx: Context, table: string) =>
  ctx.catalogues.words.messages.get(`kept-table/${table}`) ?? { zh: table, en: table }

/** What is kept of the caller, counted. */
export const kept = answer(keptOfPerson, {
  may: himself,
  stubs: true,
  run: async (ctx) => {
    ctx.unscoped('rows of the caller himself, counted by table')
    const pid = ctx.actor.pid!
    const items = []
    for (const { table, columns, his } of await tablesOf(ctx, pid)) {
      const found = await ctx.tx.first(
        sql<{
          rows: number
        }>`select count(*)::int "rows" from ${sql.table(table)} t where t.org_id = ${ctx.org.orgId} and (${his})`,
      )
      const said = columns.map(({ column, purpose, basis, retention, erasure }) => ({
        column,
        purpose,
        basis,
        retention,
        erasure,
      }))
      items.push({ table, words: wordsOf(ctx, table), rows: found?.rows ?? 0, columns: said })
    }
    return { personId: pid, on: ctx.today, items }
  },
})

/** Ids of other persons and of units in the rows, in place of which the copy shows names. */
async function namesIn(ctx: Context, tables: readonly { rows: readonly Row[] }[]): Promise<Map<string, string>> {
  const pids = new Set<string>()
  for (const { rows } of tables)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (byPid.test(column) && typeof value === 'string') pids.add(value)
  const [persons, units] = await Promise.all([
    personNames(ctx.tx, ctx.org.orgId, [...pids]),
    unitNames(ctx.tx, ctx.org.orgId, ctx.today),
  ])
  const named = [...persons].flatMap(([id, name]) => (name === null ? [] : [[id, name] as const]))
  return new Map([...units, ...named])
}

/** A row as the copy shows it: without what is left out, bytes and empty columns; names in place of ids. */
function shown(row: Row, names: ReadonlyMap<string, string>): Row {
  const all = Object.entries(row).filter(
    ([column, value]) => !left.test(column) && value !== null && !(value instanceof Uint8Array),
  )
  return Object.fromEntries(
    all.map(([column, value]) => {
      const name = /(^|_)(pid|unit_id|branch_id)$/.test(column) ? names.get(String(value)) : undefined
      return name === undefined ? [column, value] : [column, { id: value, name }]
    }),
  )
}

/** Everything that is kept of the caller, as a file. */
export const copy = fileAnswer(copyPerson, {
  may: himself,
  stubs: true,
  run: async (ctx, { format = 'json', language = 'zh' }) => {
    ctx.unscoped('rows of the caller himself')
    const pid = ctx.actor.pid!
    const raw = []
    for (const { table, columns, his } of await tablesOf(ctx, pid)) {
      const rows = await ctx.tx.all(
        sql<Row>`select t.* from ${sql.table(table)} t where t.org_id = ${ctx.org.orgId} and (${his}) limit ${ROWS_MAX}`,
      )
      if (rows.length > 0) raw.push({ table, columns, rows })
    }
    const names = await namesIn(ctx, raw)
    const tables = raw.map(
      ({ table, columns, rows }): CopiedTable => ({
        table,
        words: wordsOf(ctx, table),
        purposes: columns.map(({ column, purpose, retention }) => ({ column, purpose, retention })),
        rows: rows.map((row) => shown(row, names)),
      }),
    )
    const whole = {
      bureau: { code: ctx.org.code, name: ctx.org.name },
      person: { personId: pid, name: names.get(pid) ?? null },
      madeAt: ctx.now,
      tables,
    }
    const title = ctx.catalogues.words.messages.get('kept/title')?.[language] ?? 'copy'
    const text =
      format === 'json' ? JSON.stringify(whole, null, 2) : copyAsHtml(whole, language, ctx.catalogues.words.messages)
    return {
      bytes: new TextEncoder().encode(text),
      mediaType: format === 'json' ? 'application/json' : 'text/html; charset=utf-8',
      fileName: `${title}-${ctx.today}.${format}`,
    }
  },
})
