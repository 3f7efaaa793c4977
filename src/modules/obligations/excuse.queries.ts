import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { conditionOf } from '../../platform/action/perform.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { personNames, unitNames } from '../organisation/organisation.facts.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { mayExcuse, type Owed } from './excuse.access.ts'
import { type ExcuseLine, listExcuses } from './excuse.contract.ts'

interface ExcuseRow {
  excuseId: string
  rule: string
  type: Owed['type']
  subjectId: string
  title: string | null
  unitId: string | null
  windowFrom: string
  until: string | null
  reason: string | null
  withdrawn: boolean
  idx: number
  at: string
  byPid: string | null
  behalfPid: string | null
  total: number
}

type Wanted = z.output<typeof listExcuses.input>

/** Reasons of units and posts under the general scope, of persons under that of talks. */
function rowsSeen(ctx: ReadContext, rules: readonly ActiveRule[]): RawBuilder<unknown> {
  const { orgId } = ctx.org
  const posts = ctx.actor.holdings.flatMap(({ postId }) => postId ?? [])
  const guarded = rules.filter(({ visibility }) => visibility !== 'unit').map(({ id }) => id)
  const current = sql.raw(`superseded_idx = ${CURRENT}`)
  const talks = (columns: Parameters<typeof conditionOf>[1]) => conditionOf(ctx.actor.scopes.talks, columns)
  return sql`select x.org_id, x.id, x.rule, x.subject_type as type, x.subject_id, x.unit_id, x.window_from, x.until_on, x.reason,
      x.withdrawn from excuses x
    where x.org_id = ${orgId} and x.${current} and ${ctx.within({ unit: 'x.unit_id' })}
      and (not x.rule = any(${guarded}) or x.subject_id = any(${posts}::uuid[]) or ${talks({ unit: 'x.unit_id' })})
    union all
    select p.org_id, p.id, p.rule, 'person', p.pid, p.unit_id, p.window_from, p.until_on, p.reason, p.withdrawn from person_excuses p
    where p.org_id = ${orgId} and p.${current} and ${talks({ unit: 'p.unit_id', people: ['p.pid'] })}`
}

function filtersOf(input: Wanted): RawBuilder<unknown> {
  const all = [sql`s.withdrawn = ${input.withdrawn ?? false}`]
  if (input.obligationId !== undefined) {
    const [rule, subject, from] = input.obligationId.split('/')
    all.push(sql`s.rule = ${rule} and s.subject_id = ${subject}::uuid and s.window_from = ${from}::date`)
  }
  if (input.rule !== undefined) all.push(sql`s.rule = ${input.rule}`)
  if (input.unitId !== undefined) all.push(sql`s.unit_id = ${input.unitId}::uuid`)
  if (input.from !== undefined) all.push(sql`s.window_from >= ${input.from}::date`)
  if (input.to !== undefined) all.push(sql`s.window_from <= ${input.to}::date`)
  return sql.join(all, sql` and `)
}

function placeOf(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  return sql`idx < ${cursor}::bigint`
}

/** The names that the lines show, by id. */
interface Names {
  readonly rules: ReadonlyMap<string, ActiveRule>
  readonly units: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string | null>
}

function lineOf(ctx: ReadContext, row: ExcuseRow, names: Names): z.input<typeof ExcuseLine> {
  const rule = names.rules.get(row.rule)
  const owed: Owed = {
    rule: row.rule,
    visibility: rule?.visibility ?? 'unit',
    expected: rule?.expected ?? false,
    type: row.type,
    subjectId: row.subjectId,
    unitId: row.unitId,
  }
  const person = (pid: string | null) => ({
    personId: pid,
    name: pid === null ? null : (names.people.get(pid) ?? null),
  })
  const subject = {
    unit: names.units.get(row.subjectId) ?? null,
    post: row.title,
    person: names.people.get(row.subjectId) ?? null,
  }[row.type]
  return {
    excuseId: row.excuseId,
    obligationId: `${row.rule}/${row.subjectId}/${row.windowFrom}`,
    rule: row.rule,
    ruleWords: rule?.words ?? null,
    subjectType: row.type,
    subjectId: row.subjectId,
    subject,
    unitId: row.unitId,
    windowFrom: row.windowFrom,
    until: row.until,
    reason: row.reason,
    at: row.at,
    by: person(row.byPid),
    onBehalfOf: row.behalfPid === null ? null : person(row.behalfPid),
    withdrawn: row.withdrawn,
    mayWithdraw: !row.withdrawn && mayExcuse(ctx.actor, owed),
  }
}

const listing = answer(listExcuses, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const { orgId } = ctx.org
    const limit = input.limit ?? 50
    const rules = await rulesFor(ctx.tx, orgId, ctx.catalogues.catalogue)
    const [rows, units] = await Promise.all([
      ctx.tx.all(sql<ExcuseRow>`with seen as (select * from (${rowsSeen(ctx, rules)}) s where ${filtersOf(input)}),
        told as (select s.id "excuseId", s.rule, s.type, s.subject_id "subjectId", t.title, s.unit_id "unitId",
            s.window_from "windowFrom", s.until_on "until", s.reason, s.withdrawn, j.idx, j.at, a.by_pid "byPid",
            a.on_behalf_pid "behalfPid", count(*) over ()::int as total
          from seen s
          join (select org_id, id, recorded_idx from excuses where version = 1
            union all select org_id, id, recorded_idx from person_excuses where version = 1) f
            on f.org_id = s.org_id and f.id = s.id
          join journal_entries j on j.org_id = f.org_id and j.idx = f.recorded_idx
          join acts a on a.org_id = j.org_id and a.id = j.act_id
          left join posts t on s.type = 'post' and t.org_id = s.org_id and t.id = s.subject_id
            and ${sql.raw(`t.superseded_idx = ${CURRENT}`)})
        select * from told where ${placeOf(input.cursor)} order by idx desc limit ${limit + 1}`),
      unitNames(ctx.tx, orgId, ctx.today),
    ])
    const items = rows.slice(0, limit)
    const pids = items.flatMap((row) => [row.byPid, row.behalfPid, row.type === 'person' ? row.subjectId : null])
    const people = await personNames(
      ctx.tx,
      orgId,
      pids.filter((pid) => pid !== null),
    )
    const names = { rules: new Map(rules.map((rule) => [rule.id, rule])), units, people }
    const next = rows.length > limit ? String(items.at(-1)!.idx) : null
    return { items: items.map((row) => lineOf(ctx, row, names)), total: rows[0]?.total ?? 0, next }
  },
})

/** What can be read of excuses. */
export const excuseQueries = [listing]
