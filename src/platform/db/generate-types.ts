import pg from 'pg'

interface Column {
  relation: string
  kind: 'table' | 'view'
  column: string
  type: string
  isArray: boolean
  labels: string[] | null
  notNull: boolean
  hasDefault: boolean
  alwaysGenerated: boolean
}

const numbers = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'oid'])

// Partitions share the interface of their parent; the list of migrations belongs to the migrator alone.
const columnsQuery = `
select c.relname as relation, case when c.relkind in ('r', 'p') then 'table' else 'view' end as kind,
  a.attname as column, coalesce(be.typname, bt.typname) as type, bt.typelem <> 0 and bt.typcategory = 'A' as "isArray",
  (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = coalesce(be.oid, bt.oid))
    as labels,
  a.attnotnull or t.typnotnull as "notNull",
  a.atthasdef or a.attidentity <> '' as "hasDefault",
  a.attgenerated <> '' or a.attidentity = 'a' as "alwaysGenerated"
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
join pg_type bt on bt.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
left join pg_type be on be.oid = bt.typelem and bt.typcategory = 'A'
where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  and c.relname <> 'schema_migrations'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by c.relname collate "C", a.attnum`

function valueType({ type, labels }: Column): string {
  if (labels !== null) return labels.map((label) => `'${label}'`).join(' | ')
  if (numbers.has(type)) return 'number'
  if (type === 'bool') return 'boolean'
  if (type === 'bytea') return 'Buffer'
  if (type === 'json' || type === 'jsonb') return 'unknown'
  return 'string'
}

function columnType(column: Column, notNull: boolean): string {
  const value = valueType(column)
  const listed = column.isArray ? (value.includes('|') ? `(${value})[]` : `${value}[]`) : value
  const type = notNull || listed === 'unknown' ? listed : `${listed} | null`
  if (column.kind === 'view' || column.alwaysGenerated) return `ColumnType<${type}, never, never>`
  return column.hasDefault ? `Generated<${type}>` : type
}

/** The columns of a view that can never be null, because they hand a not-null column of a table through. */
async function sureColumns(client: pg.Client, view: string, known: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>('select pg_get_viewdef($1::regclass) as text', [
    client.escapeIdentifier(view),
  ])
  const text = (rows[0]?.text ?? '').replace(/;\s*$/, '')
  if (/\b(left|right|full) join\b|\bgrouping sets\b|\brollup\b|\bcube\b/i.test(text)) return []
  const { fields } = await client.query(`select * from (${text}) as v limit 0`)
  return fields.filter((field) => known.has(`${field.tableID}.${field.columnID}`)).map((field) => field.name)
}

/** `view.column` of every view column that is not null by its source, or whose comment begins with 'not null'. */
async function sureViewColumns(client: pg.Client): Promise<Set<string>> {
  const solid = await client.query<{ key: string }>(
    `select a.attrelid || '.' || a.attnum as key from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attnotnull and a.attnum > 0 and c.relkind in ('r', 'p')`,
  )
  const known = new Set(solid.rows.map((row) => row.key))
  // A view can only read older views, so each finds its sources answered when taken in the order of their making.
  const views = await client.query<{ oid: number; name: string; columns: { n: number; name: string; note: string }[] }>(
    `select c.oid, c.relname as name, json_agg(json_build_object('n', a.attnum, 'name', a.attname,
       'note', coalesce(col_description(c.oid, a.attnum), '')) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'public' and c.relkind in ('v', 'm') and a.attnum > 0
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     group by c.oid, c.relname order by c.oid`,
  )
  const sure = new Set<string>()
  for (const { oid, name, columns } of views.rows) {
    const through = new Set(await sureColumns(client, name, known))
    for (const column of columns) {
      if (!through.has(column.name) && !column.note.startsWith('not null')) continue
      known.add(`${oid}.${column.n}`)
      sure.add(`${name}.${column.name}`)
    }
  }
  return sure
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/**
 * TypeScript text with kysely's interface of the migrated schema `public`: one interface per table and view, typed as
 * `pgTypes` reads the columns. A view's column is not null if it hands a not-null column through without an outer join,
 * or if its comment begins with 'not null'.
 */
export async function generateTypes(owner: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    const columns = (await client.query<Column>(columnsQuery)).rows
    const sure = await sureViewColumns(client)
    const relations = Map.groupBy(columns, (column) => column.relation)
    const bodies = [...relations].map(([relation, own]) => {
      const lines = own.map((column) => {
        const notNull = column.notNull || sure.has(`${relation}.${column.column}`)
        return `  ${column.column}: ${columnType(column, notNull)}`
      })
      return `export interface ${pascal(relation)} {\n${lines.join('\n')}\n}\n`
    })
    const list = [...relations.keys()].map((relation) => `  ${relation}: ${pascal(relation)}`)
    const body = [...bodies, `export interface DB {\n${list.join('\n')}\n}\n`].join('\n')
    const imports = ['ColumnType', 'Generated'].filter((name) => body.includes(`${name}<`))
    const head = imports.length > 0 ? `import type { ${imports.join(', ')} } from 'kysely'\n\n` : ''
    return `// Made from the migrations by \`npm run generate\`; a test compares it with them.\n${head}${body}`
  } finally {
    await client.end()
  }
}
