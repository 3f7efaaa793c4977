import { sql } from 'kysely'
import type * as z from 'zod'
import { topicKey } from '../../core/catalogue/catalogue.ts'
import type { Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Row } from '../../platform/journal/record.ts'
import { inForce, knownAt, type UnitOn, unitsOn } from '../organisation/organisation.facts.ts'
import type { Planned } from './plan.access.ts'
import type { PlanInput } from './plan.contract.ts'

/** A plan as it is typed, whole. */
export type Typed = z.output<typeof PlanInput>

/** Units and posts of today, against which plans are checked. */
export interface Order {
  readonly units: ReadonlyMap<string, UnitOn>
  readonly posts: ReadonlyMap<string, { readonly unitId: string }>
}

/** The columns of a plan with what rights are judged by. */
export interface Composed extends Planned {
  readonly row: Row
}

/** Units and posts as they stand today. */
export async function orderToday(ctx: Context): Promise<Order> {
  const { orgId } = ctx.org
  const [units, posts] = await Promise.all([
    unitsOn(ctx.tx, orgId, ctx.today),
    ctx.tx.all(
      sql<{ id: string; unitId: string }>`select s.id, s.unit_id "unitId" from posts s
        where s.org_id = ${orgId} and ${knownAt('s')} and ${inForce('s', ctx.today)}`,
    ),
  ])
  return { units: new Map(units.map((one) => [one.unitId, one])), posts: new Map(posts.map((one) => [one.id, one])) }
}

/** What each item asks for and what else it takes; anything more is refused. */
const ASKED: Record<Typed['item'], { needs: readonly (keyof Typed)[]; takes: readonly (keyof Typed)[] }> = {
  activity: { needs: ['kind', 'unitId'], takes: ['title', 'topics'] },
  reading: { needs: ['unitId', 'title'], takes: ['topics'] },
  talk: { needs: ['kind', 'initiatorPostId', 'counterpartPostId'], takes: [] },
}

function checkParts(ctx: Context, typed: Typed): void {
  const { needs, takes } = ASKED[typed.item]
  const given = (Object.keys(typed) as (keyof Typed)[]).filter((name) => {
    const value = typed[name]
    return value !== undefined && !(Array.isArray(value) && value.length === 0)
  })
  const known = new Set<keyof Typed>(['item', 'month', 'plannedOn', ...needs, ...takes])
  if (given.some((name) => !known.has(name)) || needs.some((name) => typed[name] === undefined)) {
    const words = ctx.catalogues.words.messages.get(`plan-parts/${typed.item}`)
    throw new Refusal('plan/parts-of-item', { parts: words?.zh ?? '', partsEn: words?.en ?? '' })
  }
}

/** The month and, where known, the day; a day of another month than the one named is refused. */
function whenOf({ month, plannedOn }: Typed): { month: string; year: number; planned_on: string | null } {
  const named = month ?? plannedOn?.slice(0, 7)
  if (named === undefined || (plannedOn !== undefined && !plannedOn.startsWith(named))) throw new Refusal('plan/no-day')
  return { month: named, year: Number(named.slice(0, 4)), planned_on: plannedOn ?? null }
}

function composeTalk(ctx: Context, typed: Typed, order: Order): Omit<Composed, 'item'> {
  const kind = ctx.catalogues.catalogue.talkKinds.find(typed.kind!)
  if (kind === undefined) throw new Refusal('plan/unknown-kind', { kind: typed.kind })
  const [initiatorPostId, counterpartPostId] = [typed.initiatorPostId!, typed.counterpartPostId!]
  if (initiatorPostId === counterpartPostId) throw new Refusal('plan/with-oneself')
  const [initiator, counterpart] = [order.posts.get(initiatorPostId), order.posts.get(counterpartPostId)]
  if (initiator === undefined || counterpart === undefined) throw new Refusal('plan/unknown-post')
  const row = {
    kind: kind.id,
    unit_id: counterpart.unitId,
    unit_ids: [...new Set([initiator.unitId, counterpart.unitId])],
    title: null,
    topics: [],
    initiator_post_id: initiatorPostId,
    counterpart_post_id: counterpartPostId,
  }
  return { row, unitId: counterpart.unitId, initiatorPostId }
}

function composeOther(ctx: Context, typed: Typed, order: Order): Omit<Composed, 'item'> {
  const { catalogue } = ctx.catalogues
  const unit = order.units.get(typed.unitId!)
  if (unit === undefined) throw new Refusal('plan/unknown-unit')
  const kind = typed.kind === undefined ? null : catalogue.activityKinds.find(typed.kind)
  if (kind === undefined) throw new Refusal('plan/unknown-kind', { kind: typed.kind })
  if (kind !== null && !kind.bodies.includes(unit.kind))
    throw new Refusal('plan/wrong-body', { kind: kind.words.zh, kindEn: kind.words.en, unit: unit.name ?? '' })
  const row = {
    kind: kind?.id ?? null,
    unit_id: unit.unitId,
    unit_ids: [unit.unitId],
    title: typed.title ?? null,
    topics: [...new Set((typed.topics ?? []).map((text) => topicKey(catalogue.topics, text)))],
    initiator_post_id: null,
    counterpart_post_id: null,
  }
  return { row, unitId: unit.unitId, initiatorPostId: null }
}

/** The columns of a plan, checked against the catalogue and today's units and posts. */
export function compose(ctx: Context, typed: Typed, order: Order): Composed {
  // Product rule 7: only kinds that keep a pair may be planned; said first, whatever else is missing.
  const pairless = typed.item === 'talk' && ctx.catalogues.catalogue.talkKinds.find(typed.kind ?? '')
  if (pairless && pairless.shape !== 'pair')
    throw new Refusal('plan/no-target-for-talks', { kind: pairless.words.zh, kindEn: pairless.words.en })
  checkParts(ctx, typed)
  const rest = typed.item === 'talk' ? composeTalk(ctx, typed, order) : composeOther(ctx, typed, order)
  return { ...rest, item: typed.item, row: { item: typed.item, ...whenOf(typed), ...rest.row } }
}
