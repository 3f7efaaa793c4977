import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { TalkKind } from '../../core/catalogue/kinds.ts'
import { LATE_AFTER_DAYS } from '../../core/figures/late.ts'
import { maySeeNumber } from '../../core/figures/masking.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { personNames, unitNames } from '../organisation/organisation.facts.ts'
import { counts, mayChange, seesNumberRecords } from './talk.access.ts'
import { countTalks, listTalks, type TalkLine } from './talk.contract.ts'

interface LineRow {
  id: string
  kind: string
  shape: TalkKind['shape']
  month: string
  number: number
  audience: string | null
  opening: boolean
  withdrawn: boolean
  held_on: string | null
  unit_id: string | null
  initiator_pid: string | null
  counterpart_pid: string | null
  recorded_at: string
  late: boolean
}

const current = (alias: string) => sql.raw(`${alias}.superseded_idx = ${CURRENT}`)
const LATE = sql<boolean>`(not t.opening and (e.at at time zone 'Asia/Shanghai')::date
  - coalesce(p.held_on, ((t.month || '-01')::date + interval '1 month' - interval '1 day')::date) > ${sql.lit(LATE_AFTER_DAYS)})`

type Wanted = z.output<typeof listTalks.input>

function conditionsOf(ctx: ReadContext, input: Wanted): RawBuilder<unknown> {
  const own = ctx.within({ unit: 'p.unit_id', people: ['p.initiator_pid', 'p.counterpart_pid'] })
  const numbers = sql.lit(seesNumberRecords(ctx.actor))
  const all = [
    sql`t.org_id = ${ctx.org.orgId}`,
    current('t'),
    sql`(t.shape = 'number' and ${numbers} or t.shape <> 'number' and p.id is not null and ${own})`,
    sql`t.withdrawn = ${input.withdrawn ?? false}`,
  ]
  if (input.kind) all.push(sql`t.kind = ${input.kind}`)
  if (input.from) all.push(sql`t.month >= ${input.from}`)
  if (input.to) all.push(sql`t.month <= ${input.to}`)
  if (input.personId) all.push(sql`${input.personId}::uuid in (p.initiator_pid, p.counterpart_pid)`)
  return sql.join(all, sql` and `)
}

function afterCursor(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const parts = /^(\d{4}-\d\d)_([0-9a-f-]{36})$/.exec(cursor)
  if (parts === null) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  return sql`(t.month, t.id) < (${parts[1]}, ${parts[2]}::uuid)`
}

const rolesOf = (ctx: ReadContext) => ctx.actor.holdings.map((holding) => holding.role)

function lineOf(
  ctx: ReadContext,
  row: LineRow,
  names: ReadonlyMap<string, string | null>,
  units: ReadonlyMap<string, string>,
): z.input<typeof TalkLine> {
  const bound = ctx.catalogues.catalogue.talkKinds.find(row.kind)?.masked_below ?? null
  const shown = maySeeNumber(row.number, bound, rolesOf(ctx))
  const person = (pid: string | null) => (pid === null ? null : { personId: pid, name: names.get(pid) ?? null })
  return {
    talkId: row.id,
    kind: row.kind,
    shape: row.shape,
    month: row.month,
    day: row.held_on,
    number: shown ? row.number : null,
    masked: !shown,
    audience: row.audience,
    unitId: row.unit_id,
    unitName: row.unit_id === null ? null : (units.get(row.unit_id) ?? null),
    initiator: person(row.initiator_pid),
    counterpart: person(row.counterpart_pid),
    recordedAt: row.recorded_at,
    mark: row.opening ? 'opening' : row.late ? 'late' : null,
    withdrawn: row.withdrawn,
    mayChange: !row.withdrawn && mayChange(ctx.actor, { shape: row.shape, initiator: row.initiator_pid }),
  }
}

const listing = answer(listTalks, {
  may: anyOf(anyone),
  label: 'talks',
  run: async (ctx, input) => {
    const limit = input.limit ?? 50
    const conditions = conditionsOf(ctx, input)
    const from = sql`from talks t left join talk_pairs p on p.org_id = t.org_id and p.talk_id = t.id and ${current('p')}`
    const [rows, total, units] = await Promise.all([
      ctx.tx.all(sql<LineRow>`select t.id, t.kind, t.shape, t.month, t.number, t.audience, t.opening, t.withdrawn, p.held_on, p.unit_id,
          p.initiator_pid, p.counterpart_pid, e.at as recorded_at, ${LATE} as late
        ${from} join journal_entries e on e.org_id = t.org_id and e.idx = coalesce(t.first_idx, t.recorded_idx)
        where ${conditions} and ${afterCursor(input.cursor)} order by t.month desc, t.id desc limit ${limit + 1}`),
      ctx.tx.first(sql<{ n: number }>`select count(*) as n ${from} where ${conditions}`),
      unitNames(ctx.tx, ctx.org.orgId, ctx.today),
    ])
    const items = rows.slice(0, limit)
    const pids = items.flatMap((row) => [row.initiator_pid, row.counterpart_pid]).filter((pid) => pid !== null)
    const names = await personNames(ctx.tx, ctx.org.orgId, pids)
    const last = items.at(-1)
    const next = rows.length > limit && last ? `${last.month}_${last.id}` : null
    return { items: items.map((row) => lineOf(ctx, row, names, units)), total: total?.n ?? 0, next }
  },
})

interface MonthRow {
  kind: string
  month: string
  number: number
  sessions: number
}

/** Twelve months of one kind and their sum, with small numbers hidden from those who may not see them. */
function yearOf(ctx: ReadContext, kind: TalkKind, year: number, rows: readonly MonthRow[]) {
  const bound = kind.masked_below ?? null
  const shown = (value: number) => maySeeNumber(value, bound, rolesOf(ctx))
  const group = kind.shape === 'group'
  const months = Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`
    const row = rows.find((one) => one.kind === kind.id && one.month === month)
    const number = row?.number ?? 0
    return { month, number: shown(number) ? number : null, sessions: group ? (row?.sessions ?? 0) : null }
  })
  const of = rows.filter((row) => row.kind === kind.id)
  const total = of.reduce((sum, row) => sum + row.number, 0)
  const hidden = total - months.reduce((sum, one) => sum + (one.number ?? 0), 0)
  // A sum beside the months that are shown would give away what the hidden ones add up to.
  const tells = months.some((one) => one.number === null) ? shown(total) && shown(hidden) : true
  return {
    kind: kind.id,
    shape: kind.shape,
    total: tells ? total : null,
    sessions: group ? of.reduce((sum, row) => sum + row.sessions, 0) : null,
    months,
  }
}

const counting = answer(countTalks, {
  may: counts,
  label: 'talks',
  run: async (ctx, input) => {
    ctx.unscoped('numbers of the whole bureau, no person')
    const rows = await ctx.tx.all(
      sql<MonthRow>`select f.kind, f.month, sum(f.number)::int as number, count(*)::int as sessions from talk_facts f
        where f.org_id = ${ctx.org.orgId} and f.superseded_idx = ${sql.raw(CURRENT)}
          and f.month between ${`${input.year}-01`} and ${`${input.year}-12`} group by f.kind, f.month`,
      { named: false },
    )
    const kinds = ctx.catalogues.catalogue.talkKinds.rows
    return { year: input.year, kinds: kinds.map((kind) => yearOf(ctx, kind, input.year, rows)) }
  },
})

export const talkQueries = [listing, counting]
