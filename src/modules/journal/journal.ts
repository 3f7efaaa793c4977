import { sql } from 'kysely'
import { anyOf, holds, role } from '../../core/access/actor.ts'
import { answer, type Module } from '../../platform/action/action.ts'
import { erasureRecord } from '../../platform/journal/erase.ts'
import { listActs, showJournal } from './journal.contract.ts'

const readers = anyOf<undefined, unknown>(
  role('office', 'secretary', 'discipline', 'supervision-reader', 'audit-admin'),
)

const show = answer(showJournal, {
  may: readers,
  async run(ctx) {
    ctx.unscoped('sizes and roots belong to no unit')
    const { orgId, suite, goLiveOn } = ctx.org
    const head = await ctx.tx.first(
      sql<{ size: number; last_at: string }>`select size, last_at from journal_heads where org_id = ${orgId}`,
    )
    const checkpoint = await ctx.tx.first(sql<{ size: number; root: Buffer; at: string }>`
      select size, root, at from journal_checkpoints where org_id = ${orgId} order by size desc limit 1`)
    const types = await ctx.tx.all(sql<{ type: string; entries: number }>`
      select split_part(verb, '.', 1) as type, sum(entries)::int as entries from acts where org_id = ${orgId} group by 1 order by 2 desc, 1`)
    return {
      size: head?.size ?? 0,
      lastAt: head && head.size > 0 ? head.last_at : null,
      suite,
      goLiveOn,
      checkpoint: checkpoint && { size: checkpoint.size, root: checkpoint.root.toString('hex'), at: checkpoint.at },
      types,
    }
  },
})

/** Acts of which the office alone is told by whom: that somebody stated a report as sent is between him and his handler. */
const UNNAMED: ReadonlySet<string> = new Set(['statement.record', 'statement.withdraw'])

interface ActRow {
  id: string
  verb: string
  at: string
  by_name: string | null
  for_name: string | null
  reason: string | null
  first_idx: number
  entries: number
}

const acts = answer(listActs, {
  may: readers,
  async run(ctx, input) {
    ctx.unscoped('acts name who acted and what was done, never what a record says')
    const { orgId } = ctx.org
    const limit = input.limit ?? 50
    const wanted = input.verb === undefined ? sql`true` : sql`a.verb = ${input.verb}`
    const before = input.cursor === undefined ? sql`true` : sql`a.first_idx < ${Number(input.cursor)}`
    const name = (
      pid: string,
    ) => sql`(select p.name from person_ids i join persons p on p.org_id = i.org_id and p.id = i.person_id
      and p.superseded_idx = 9223372036854775807 where i.org_id = ${orgId} and i.pid = ${sql.ref(pid)})`
    const rows = await ctx.tx.all(sql<ActRow>`
      select a.id, a.verb, e.at, ${name('a.by_pid')} as by_name, ${name('a.on_behalf_pid')} as for_name, a.reason, a.first_idx, a.entries
        from acts a join journal_entries e on e.org_id = a.org_id and e.idx = a.first_idx
       where a.org_id = ${orgId} and ${wanted} and ${before} order by a.first_idx desc limit ${limit + 1}`)
    const total = await ctx.tx.first(
      sql<{ n: number }>`select count(*) as n from acts a where a.org_id = ${orgId} and ${wanted}`,
    )
    const items = rows.slice(0, limit)
    const { verbs } = ctx.catalogues.words
    return {
      items: items.map((row) => ({
        id: row.id,
        verb: row.verb,
        name: verbs.get(row.verb) ?? { zh: row.verb, en: row.verb },
        at: row.at,
        by: UNNAMED.has(row.verb) && !holds(ctx.actor, 'office') ? null : row.by_name,
        onBehalfOf: row.for_name,
        reason: row.reason,
        firstIdx: row.first_idx,
        entries: row.entries,
      })),
      total: total?.n ?? 0,
      next: rows.length > limit ? String(items.at(-1)!.first_idx) : null,
    }
  },
})

/** The journal as people read it: where it stands and what was done. */
export const journal: Module = { name: 'journal', actions: [], queries: [show, acts], records: [erasureRecord] }
