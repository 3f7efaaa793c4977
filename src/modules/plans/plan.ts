import { sql } from 'kysely'
import type * as z from 'zod'
import { action, type Context, type Module } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Row, Stored } from '../../platform/journal/record.ts'
import { knownAt, subtreeOf } from '../organisation/organisation.facts.ts'
import { type Composed, compose, type Order, orderToday, type Typed } from './composing.ts'
import { planPapers } from './papers.ts'
import { change, importing, mayPlan } from './plan.access.ts'
import { amendPlan, closePlan, importPlans, openPlan, withdrawPlan } from './plan.contract.ts'
import { KEPT_ON, keptJoin, planRecord } from './plan.facts.ts'
import { planQueries } from './plan.queries.ts'

const opening = action(openPlan, {
  subject: async (ctx, input) => compose(ctx, input, await orderToday(ctx)),
  may: change,
  run: async (ctx, _input, { row }) => ({ planId: ctx.add(planRecord, { ...row, withdrawn: false }) }),
})

interface Fault {
  readonly row: number
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

function composedRow(ctx: Context, typed: Typed, order: Order, row: number): Composed | Fault {
  try {
    const composed = compose(ctx, typed, order)
    // What he may not plan is told as an unknown unit: the import is refused as a whole either way.
    return mayPlan(ctx.actor, composed) ? composed : { row, code: 'plan/unknown-unit', details: {} }
  } catch (error) {
    if (error instanceof Refusal) return { row, code: error.code, details: error.details }
    throw error
  }
}

const importingPlans = action(importPlans, {
  may: importing,
  run: async (ctx, input) => {
    const order = await orderToday(ctx)
    const all = input.items.map((typed, index) => composedRow(ctx, typed, order, index + 1))
    const faults = all.filter((one): one is Fault => 'code' in one)
    if (faults.length > 0)
      throw new Refusal('plan/import-rows', { count: faults.length, row: faults[0]!.row, rows: faults })
    const good = all.filter((one): one is Composed => !('code' in one))
    if (!input.check) for (const { row } of good) ctx.add(planRecord, { ...row, withdrawn: false })
    return { planned: input.check ? 0 : good.length }
  },
})

interface PlanRow extends Stored {
  item: Typed['item']
  kind: string | null
  unit_id: string
  month: string
  planned_on: string | null
  title: string | null
  topics: string[]
  initiator_post_id: string | null
  counterpart_post_id: string | null
  withdrawn: boolean
}

interface Kept {
  readonly item: Typed['item']
  readonly unitId: string
  readonly initiatorPostId: string | null
  readonly row: PlanRow
  /** The day on which it was kept, derived from the activity where one kept it. */
  readonly keptOn: string | null
}

async function loadPlan(ctx: Context, input: { planId: string }): Promise<Kept | null> {
  const { orgId } = ctx.org
  const row = await ctx.tx.first(
    sql<PlanRow>`select * from plans p where p.org_id = ${orgId} and p.id = ${input.planId} and ${knownAt('p')} for no key update`,
  )
  if (row === null) return null
  const kept = await ctx.tx.first(
    sql<{ keptOn: string | null }>`select ${KEPT_ON} "keptOn" from plans p ${keptJoin()}
      where p.org_id = ${orgId} and p.id = ${input.planId} and ${knownAt('p')}`,
  )
  const { item, unit_id: unitId, initiator_post_id: initiatorPostId } = row
  return { item, unitId, initiatorPostId, row, keptOn: kept?.keptOn ?? null }
}

function refuseSettled({ row, keptOn }: Kept): void {
  if (row.withdrawn) throw new Refusal('plan/dropped')
  if (keptOn !== null) throw new Refusal('plan/kept', { day: keptOn })
}

type Amended = z.output<typeof amendPlan.input>

/** The plan as it would be typed after the change: what it says, else what is stored. */
function typedAfter(row: PlanRow, input: Amended): Typed {
  const after = <T>(said: T | null | undefined, stored: T | null): T | undefined =>
    (said === undefined ? stored : said) ?? undefined
  const moved = input.month !== undefined && input.plannedOn === undefined
  const plannedOn = moved ? undefined : after(input.plannedOn, row.planned_on)
  const talk = row.item === 'talk'
  const typed = {
    item: row.item,
    kind: after(input.kind, row.kind),
    unitId: talk ? input.unitId : after(input.unitId, row.unit_id),
    month: plannedOn === undefined ? (input.month ?? row.month) : input.month,
    plannedOn,
    title: after(input.title, row.title),
    topics: input.topics ?? row.topics,
    initiatorPostId: after(input.initiatorPostId, row.initiator_post_id),
    counterpartPostId: after(input.counterpartPostId, row.counterpart_post_id),
  }
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as Typed
}

function differs(stored: Row, changes: Row): boolean {
  return Object.entries(changes).some(
    ([column, value]) => JSON.stringify(value ?? null) !== JSON.stringify(stored[column] ?? null),
  )
}

const amending = action(amendPlan, {
  subject: loadPlan,
  may: change,
  run: async (ctx, input, kept) => {
    refuseSettled(kept)
    const composed = compose(ctx, typedAfter(kept.row, input), await orderToday(ctx))
    // The right to the new unit or post is asked for like the right to the old one.
    if (!mayPlan(ctx.actor, composed)) throw new Refusal('plan/unknown-unit')
    if (!differs(kept.row, composed.row)) throw new Refusal('plan/nothing-changed')
    if (input.reason !== undefined) ctx.because(input.reason)
    ctx.revise(planRecord, kept.row, composed.row)
    return { planId: kept.row.id }
  },
})

/** The activity that kept a plan: of its kind, held by its unit or one below it. */
async function activityThatKept(ctx: Context, { row }: Kept, activityId: string): Promise<string> {
  const { orgId } = ctx.org
  const activity = await ctx.tx.first(
    sql<{
      on: string
      kinds: string[]
      unitId: string
    }>`select a.happened_on "on", a.kind || a.also_kinds "kinds", a.unit_id "unitId"
      from activities a where a.org_id = ${orgId} and a.id = ${activityId} and ${knownAt('a')} and not a.withdrawn`,
  )
  if (activity === null) throw new Refusal('plan/unknown-activity')
  const units = await subtreeOf(ctx.tx, orgId, row.unit_id, activity.on)
  if (!activity.kinds.includes(row.kind!) || !units.includes(activity.unitId)) {
    const kind = ctx.catalogues.catalogue.activityKinds.find(row.kind!)?.words
    throw new Refusal('plan/other-activity', { kind: kind?.zh ?? '', kindEn: kind?.en ?? '' })
  }
  return activity.on
}

const closing = action(closePlan, {
  subject: loadPlan,
  may: change,
  run: async (ctx, input, kept) => {
    refuseSettled(kept)
    const byRecord = kept.item === 'activity'
    if (byRecord !== (input.activityId !== undefined) || (byRecord && input.keptOn !== undefined))
      throw new Refusal('plan/kept-by-what')
    if (byRecord) {
      const keptOn = await activityThatKept(ctx, kept, input.activityId!)
      // The day is the record's own and may still be corrected there.
      ctx.revise(planRecord, kept.row, { kept_activity_id: input.activityId, kept_on: null })
      return { planId: kept.row.id, keptOn }
    }
    const keptOn = input.keptOn ?? ctx.today
    if (keptOn > ctx.today) throw new Refusal('plan/future-day', { day: keptOn, today: ctx.today })
    ctx.revise(planRecord, kept.row, { kept_on: keptOn })
    return { planId: kept.row.id, keptOn }
  },
})

const withdrawing = action(withdrawPlan, {
  subject: loadPlan,
  may: change,
  run: async (ctx, input, { row }) => {
    if (row.withdrawn) throw new Refusal('plan/dropped')
    ctx.because(input.reason)
    ctx.revise(planRecord, row, { withdrawn: true })
    return { planId: row.id }
  },
})

/** Plans: what is meant to take place, and what became of it. */
export const plans: Module = {
  name: 'plans',
  actions: [opening, importingPlans, amending, closing, withdrawing],
  queries: [...planQueries, ...planPapers],
  records: [planRecord],
}
