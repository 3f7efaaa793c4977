import { type RawBuilder, sql } from 'kysely'

/**
 * Which version of each of some record tables was written last in a bureau, as one text: two readings that say the same
 * mean that nothing of these tables was added, changed or ended in between, since whatever ends a version writes another.
 * `org` is the bureau's number, or a column that holds it. What is emptied in place by an erasure does not show; whoever reads such columns names `erasures` too.
 */
export function newestOf(org: number | RawBuilder<unknown>, tables: readonly string[]): RawBuilder<string> {
  const parts = tables.map(
    (table) => sql`coalesce((select t.recorded_idx || ' ' || t.id || ' ' || t.version from ${sql.table(table)} t
      where t.org_id = ${org} order by t.recorded_idx desc limit 1), '')`,
  )
  return sql<string>`concat_ws('/', ${sql.join(parts)})`
}
