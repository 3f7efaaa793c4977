import { type RawBuilder, sql } from 'kysely'
import type { MetricQuery } from '../../core/figures/query.ts'
import type { Reads } from '../db/pool.ts'
import { assert } from '../errors/refusal.ts'
import { CURRENT } from '../journal/record.ts'

/**
 * A stable view that figures read (decision 9): which view, and under which columns it keeps what a filter knows.
 * The names of the left side are those of the journal's entries, so that a figure recounts from an export alone.
 */
export interface FactView {
  /** The record type of its entries. */
  readonly type: string
  readonly view: string
  /** The column that identifies a record. */
  readonly key: string
  readonly columns: Readonly<Partial<Record<'kind' | 'on' | 'month' | 'unit' | 'topics', string>>>
  /** A column of further kinds that a record also counts as. */
  readonly also?: string
  /** Columns that `equals` and sums may name, under the names of the entry. */
  readonly fields: Readonly<Record<string, string>>
  /** A jsonb column of further countable fields. */
  readonly countable?: string
  readonly part?: {
    readonly name: string
    readonly view: string
    readonly owner: string
    readonly key: string
    readonly status: string
  }
}

/** At which size of the journal a figure is read; null: as it stands now. */
export type AsOfSize = number | null

/** What a count gave: the value, and the journal indexes of the record versions that it counts. */
export interface Counted {
  readonly value: number | null
  readonly entries: readonly number[]
}

type Query = Pick<MetricQuery, 'where' | 'aggregate'>

/** Counts a metric over facts as of a journal size; without `trace` the indexes are left out. */
export async function countFacts(
  tx: Reads,
  views: ReadonlyMap<string, FactView>,
  orgId: number,
  query: Query,
  asOf: AsOfSize,
  options: { trace: boolean } = { trace: true },
): Promise<Counted> {
  const view = views.get(query.where.type)
  assert(view, `facts of ${query.where.type} are declared`)
  // Figures go unnamed: a generic plan over as-of ranges is many times slower (decision 9).
  const row = await tx.first(statement(view, orgId, query, asOf, options.trace), { named: false })
  assert(row, 'an aggregate answers one row')
  return { value: row.value === null ? null : Number(row.value), entries: row.entries ?? [] }
}

interface CountRow {
  value: number | null
  entries: number[] | null
}

function statement(view: FactView, orgId: number, query: Query, asOf: AsOfSize, trace: boolean): RawBuilder<CountRow> {
  const size = asOf === null ? CURRENT : String(asOf)
  const { aggregate } = query
  const facts = factsOf(view, orgId, query.where, size)
  const entries = trace ? sql`(select array_agg(recorded_idx order by recorded_idx) from a)` : sql`null::bigint[]`
  const value = (expression: RawBuilder<unknown>) => sql<CountRow>`
    with a as materialized (${facts}) select (${expression}) as value, ${entries} as entries`
  switch (aggregate.op) {
    case 'count':
      return value(sql`select count(*) from a`)
    case 'sum':
      return value(sql`select coalesce(sum(${fieldOf(view, aggregate.field, 'a')}), 0) from a`)
    case 'values':
      return value(sql`select count(distinct ${fieldOf(view, aggregate.field, 'a')}) from a`)
    case 'only':
      return value(sql`select ${fieldOf(view, aggregate.field, 'a')} from a limit 1`)
    case 'parts':
    case 'distinct': {
      const part = view.part
      assert(part && part.name === aggregate.part, `${view.type} has parts ${aggregate.part}`)
      const what = aggregate.op === 'distinct' ? sql`count(distinct t.${sql.ref(part.key)})` : sql`count(*)`
      return value(sql`select ${what} from a join ${sql.table(part.view)} t on t.org_id = ${orgId} and t.${sql.ref(part.owner)} = a.${sql.ref(view.key)}
        where t.recorded_idx < ${size}::bigint and t.superseded_idx >= ${size}::bigint and t.${sql.ref(part.status)} = any(${aggregate.status as string[]})`)
    }
    case 'ratio': {
      const met = sql.join(conditionsOf(view, aggregate.met, 'a'), sql` and `)
      const scaled = aggregate.percent ? sql`100.0` : sql`1.0`
      return value(
        sql`select case when count(*) = 0 then null else round(${scaled} * count(*) filter (where ${met}) / count(*), ${aggregate.digits}) end from a`,
      )
    }
  }
}

function factsOf(view: FactView, orgId: number, where: Query['where'], size: string): RawBuilder<unknown> {
  const conditions = [
    sql`f.org_id = ${orgId}`,
    sql`f.recorded_idx < ${size}::bigint`,
    sql`f.superseded_idx >= ${size}::bigint`,
    ...conditionsOf(view, { ...where, kind: undefined }, 'f'),
  ]
  const rest = sql.join(conditions, sql` and `)
  const from = sql`select f.* from ${sql.table(view.view)} f where ${rest}`
  if (where.kind === undefined) return from
  const kind = columnOf(view, 'kind')
  const own = sql`${from} and f.${sql.ref(kind)} = any(${where.kind as string[]})`
  if (view.also === undefined) return own
  // Two branches, so that the index on kind and day serves the first; records of several kinds are few.
  return sql`${own} union all ${from} and f.${sql.ref(view.also)} <> '{}' and f.${sql.ref(view.also)} && ${where.kind as string[]}
    and not f.${sql.ref(kind)} = any(${where.kind as string[]})`
}

function columnOf(view: FactView, name: 'kind' | 'on' | 'month' | 'unit' | 'topics'): string {
  const column = view.columns[name]
  assert(column, `${view.view} has ${name}`)
  return column
}

type Filter = { [K in keyof Query['where']]?: Query['where'][K] | undefined }

function conditionsOf(view: FactView, where: Filter, alias: string): RawBuilder<unknown>[] {
  const column = (name: 'kind' | 'on' | 'month' | 'unit' | 'topics') => sql.ref(`${alias}.${columnOf(view, name)}`)
  const conditions: RawBuilder<unknown>[] = []
  if (where.kind) conditions.push(sql`${column('kind')} = any(${where.kind as string[]})`)
  if (where.unit) conditions.push(sql`${column('unit')} = any(${where.unit as string[]}::uuid[])`)
  if (where.day) conditions.push(sql`${column('on')} between ${where.day[0]}::date and ${where.day[1]}::date`)
  if (where.month) conditions.push(sql`${column('month')} between ${where.month[0]} and ${where.month[1]}`)
  if (where.topic !== undefined) conditions.push(sql`${column('topics')} @> ${[where.topic]}::text[]`)
  for (const [name, wanted] of Object.entries(where.equals ?? {})) {
    const values = (Array.isArray(wanted) ? wanted : [wanted]).map(String)
    conditions.push(sql`${fieldOf(view, name, alias)}::text = any(${values})`)
  }
  return conditions.length === 0 ? [sql`true`] : conditions
}

function fieldOf(view: FactView, name: string, alias: string): RawBuilder<unknown> {
  const column = view.fields[name]
  if (column !== undefined) return sql`${sql.ref(`${alias}.${column}`)}`
  assert(view.countable, `${view.view} has no countable field ${name}`)
  return sql`(${sql.ref(`${alias}.${view.countable}`)} ->> ${name})`
}
