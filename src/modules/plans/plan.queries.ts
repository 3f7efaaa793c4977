import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { conditionOf } from '../../platform/action/perform.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { knownAt, unitNames } from '../organisation/organisation.facts.ts'
import { mayPlan } from './plan.access.ts'
import { listPlans, type PlanLine } from './plan.contract.ts'
import { KEPT_ON, keptJoin, stateOn } from './plan.facts.ts'

type Line = z.input<typeof PlanLine>
type Wanted = z.output<typeof listPlans.input>

interface PlanRow {
  planId: string
  item: Line['item']
  kind: string | null
  year: number
  unitId: string
  month: string
  plannedOn: string | null
  title: string | null
  topics: string[]
  initiatorPostId: string | null
  initiatorTitle: string | null
  initiatorKind: string | null
  counterpartPostId: string | null
  counterpartTitle: string | null
  counterpartKind: string | null
  state: Line['state']
  overdue: boolean
  keptOn: string | null
  keptBy: string | null
  keptKind: string | null
  keptTitle: string | null
  reason: string | null
  at: string
}

/** Talks that are planned are seen, as talks are, by the two posts, the branch secretary and the Party office. */
function talksSeen(ctx: ReadContext): RawBuilder<unknown> {
  const posts = ctx.actor.holdings.flatMap(({ postId }) => postId ?? [])
  return sql`(p.item <> 'talk' or p.initiator_post_id = any(${posts}::uuid[]) or p.counterpart_post_id = any(${posts}::uuid[])
    or ${conditionOf(ctx.actor.scopes.talks, { unit: 'p.unit_id' })})`
}

function conditionsOf(ctx: ReadContext, input: Wanted, on: string): RawBuilder<unknown> {
  const all = [
    sql`p.org_id = ${ctx.org.orgId}`,
    knownAt('p'),
    ctx.within({ units: 'p.unit_ids' }) as unknown as RawBuilder<unknown>,
    talksSeen(ctx),
  ]
  if (input.year !== undefined) all.push(sql`p.year = ${input.year}`)
  if (input.unitId !== undefined) all.push(sql`${input.unitId}::uuid = any(p.unit_ids)`)
  if (input.item !== undefined) all.push(sql`p.item = ${input.item}`)
  if (input.kind !== undefined) all.push(sql`p.kind = ${input.kind}`)
  if (input.state !== undefined) all.push(sql`${stateOn(on)} = ${input.state}`)
  return sql.join(all, sql` and `)
}

const ORDER = sql`(p.month, coalesce(p.planned_on, '9999-12-31'::date), p.id)`

function afterCursor(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const parts = /^(\d{4}-\d\d)_(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(cursor)
  if (parts === null) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  return sql`${ORDER} > (${parts[1]}, ${parts[2]}::date, ${parts[3]}::uuid)`
}

function lineOf(ctx: ReadContext, row: PlanRow, units: ReadonlyMap<string, string>): Line {
  const post = (postId: string | null, title: string | null, kind: string | null) =>
    postId === null
      ? null
      : { postId, title: title ?? ctx.catalogues.catalogue.postKinds.find(kind ?? '')?.words.zh ?? '' }
  return {
    planId: row.planId,
    item: row.item,
    kind: row.kind,
    year: row.year,
    unitId: row.unitId,
    unitName: units.get(row.unitId) ?? null,
    month: row.month,
    plannedOn: row.plannedOn,
    title: row.title,
    topics: row.topics,
    initiator: post(row.initiatorPostId, row.initiatorTitle, row.initiatorKind),
    counterpart: post(row.counterpartPostId, row.counterpartTitle, row.counterpartKind),
    state: row.state,
    overdue: row.overdue,
    keptOn: row.keptOn,
    keptBy:
      row.keptBy === null
        ? null
        : { activityId: row.keptBy, kind: row.keptKind!, happenedOn: row.keptOn!, title: row.keptTitle },
    reason: row.reason,
    at: row.at,
    mayChange: row.state !== 'dropped' && mayPlan(ctx.actor, row),
  }
}

const listing = answer(listPlans, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const { orgId } = ctx.org
    const limit = input.limit ?? 100
    const on = input.on ?? ctx.today
    const conditions = conditionsOf(ctx, input, on)
    const ended = sql`coalesce(p.planned_on, ((p.month || '-01')::date + interval '1 month' - interval '1 day')::date) < ${on}::date`
    const post = (alias: string, column: string) =>
      sql`left join posts ${sql.ref(alias)} on ${sql.ref(`${alias}.org_id`)} = p.org_id and ${sql.ref(`${alias}.id`)} = ${sql.ref(`p.${column}`)}
        and ${knownAt(alias)}`
    const [rows, total, units] = await Promise.all([
      ctx.tx.all(sql<PlanRow>`select p.id "planId", p.item, p.kind, p.year, p.unit_id "unitId", p.month, p.planned_on "plannedOn", p.title,
          p.topics, p.initiator_post_id "initiatorPostId", i.title "initiatorTitle", i.kind "initiatorKind",
          p.counterpart_post_id "counterpartPostId", c.title "counterpartTitle", c.kind "counterpartKind", ${stateOn(on)} "state",
          (${stateOn(on)} = 'planned' and ${ended}) "overdue", ${KEPT_ON} "keptOn", k.id "keptBy", k.kind "keptKind", k.title "keptTitle",
          a.reason, j.at
        from plans p ${keptJoin()} ${post('i', 'initiator_post_id')} ${post('c', 'counterpart_post_id')}
        join journal_entries j on j.org_id = p.org_id and j.idx = p.recorded_idx
        join acts a on a.org_id = j.org_id and a.id = j.act_id
        where ${conditions} and ${afterCursor(input.cursor)} order by ${ORDER} limit ${limit + 1}`),
      ctx.tx.first(sql<{ n: number }>`select count(*)::int n from plans p ${keptJoin()} where ${conditions}`),
      unitNames(ctx.tx, orgId, ctx.today),
    ])
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const next = rows.length > limit && last ? `${last.month}_${last.plannedOn ?? '9999-12-31'}_${last.planId}` : null
    return { items: items.map((row) => lineOf(ctx, row, units)), total: total?.n ?? 0, next }
  },
})

/** What can be read of plans. */
export const planQueries = [listing]
