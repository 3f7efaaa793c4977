import { sql } from 'kysely'
import type * as z from 'zod'
import type { Compared } from '../../core/duties/differing.ts'
import { layerOfUnit, type Order } from '../../core/duties/owner.ts'
import type { Context, Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Task } from './duty.contract.ts'
import { append, begin, type DutyLife, type DutyStored, settle } from './life.ts'
import { checkOwners, orderOn, seenBy } from './order.ts'

/** What a duty is made of; whatever is not said is null or empty. */
export interface NewDuty extends Compared {
  readonly listId: string | null
  readonly year: number
  readonly no: number
  readonly milestones: readonly { title: string; dueOn: string | null }[]
  readonly origin: { readonly noun: 'document' | 'instruction' | 'decision' | 'problem'; readonly id: string } | null
  readonly quote: string | null
  readonly span: { readonly start: number; readonly end: number } | null
}

/** A draft duty with its first event; `settle` writes it. */
export function newDuty(ctx: Writing, order: Order, duty: NewDuty, onDay: string): DutyLife {
  const id = ctx.newId()
  const row = {
    list_id: duty.listId,
    year: duty.year,
    no: duty.no,
    kind: duty.kind,
    layer: duty.layer,
    lead_unit_id: duty.leadUnitId,
    support_ids: [...duty.supportIds],
    unit_ids: unitsThatSee(ctx, order, duty),
    leader_post_id: duty.leaderPostId,
    watcher_post_id: duty.watcherPostId,
    deadline: duty.deadline,
    cadence: duty.cadence,
    origin_noun: duty.origin?.noun ?? 'none',
    origin_id: duty.origin?.id ?? null,
    common: duty.common,
    uncounted: true,
    status: 'draft',
    late: false,
    title: duty.title,
    measures: [...duty.measures],
    milestones: [...duty.milestones],
    quote: duty.quote,
    span: duty.span,
  }
  const whole: DutyStored = { ...row, id, version: 1 }
  return begin(ctx, whole, onDay)
}

/** Units by which a duty is seen; a common one without a lead unit is seen by all units of its layer. */
export function unitsThatSee(
  ctx: Context,
  order: Order,
  duty: Pick<NewDuty, 'leadUnitId' | 'supportIds' | 'leaderPostId' | 'watcherPostId' | 'common' | 'layer'>,
): string[] {
  const { catalogue } = ctx.catalogues
  const seen = seenBy(order, catalogue.postKinds, duty)
  if (!duty.common || duty.leadUnitId !== null) return seen
  const layer = order.units.filter((unit) => layerOfUnit(unit, catalogue) === duty.layer).map((unit) => unit.unitId)
  return [...new Set([...seen, ...layer])]
}

/**
 * Gives the next `count` numbers of a year and returns the first. The row stays locked until the act is done, so that
 * two acts never give one number; a rolled-back act gives none.
 */
export async function takeNumbers(ctx: Context, year: number, count: number): Promise<number> {
  const row = await ctx.tx.first(sql<{
    last_no: number
  }>`insert into duty_numbers (org_id, year, last_no) values (${ctx.org.orgId}, ${year}, ${count})
    on conflict (org_id, year) do update set last_no = duty_numbers.last_no + excluded.last_no returning last_no`)
  return row!.last_no - count + 1
}

/** The kind that is named, or the refusal that there is none. */
export function checkedKind(ctx: Context, kind: string): string {
  if (!ctx.catalogues.catalogue.dutyKinds.find(kind)) throw new Refusal('duty/unknown-kind', { kind })
  return kind
}

/** The layer that is named, or the refusal that there is none. */
export function checkedLayer(ctx: Context, layer: string): string {
  if (!ctx.catalogues.catalogue.dutyLayers.find(layer)) throw new Refusal('duty/unknown-layer', { layer })
  return layer
}

/** The layer under which a duty stands when nobody says it: that of its lead unit, else of leaders, else the first. */
export function layerByOwner(
  ctx: Context,
  order: Order,
  leadUnitId: string | null,
  leaderPostId: string | null,
): string {
  const { catalogue } = ctx.catalogues
  const unit = order.units.find((one) => one.unitId === leadUnitId)
  const own = unit === undefined ? null : layerOfUnit(unit, catalogue)
  const first = catalogue.dutyLayers.rows[0]!.id
  return own ?? (leaderPostId === null ? first : (catalogue.dutyLayers.find('leader')?.id ?? first))
}

/** Claims that somebody owes the duty: a lead unit, a responsible post, or everybody of the layer. */
export function isOwned(duty: { leadUnitId: string | null; leaderPostId: string | null; common: boolean }): boolean {
  return duty.leadUnitId !== null || duty.leaderPostId !== null || duty.common
}

/**
 * Opens and issues single duties, for verbs of this and other modules (`{noun, id}` says what they came from): outside
 * the list, or as additions to an issued one (`listId`); with `draftOf` they are draft duties of a list that is not
 * issued yet. Refuses when nobody would owe one.
 */
export async function openTasks(
  ctx: Writing,
  tasks: readonly z.output<typeof Task>[],
  origin: NewDuty['origin'],
  place: { year: number; onDay: string; quote: string | null; draftOf?: string; listId?: string },
): Promise<DutyLife[]> {
  if (tasks.length === 0) return []
  const order = await orderOn(ctx, ctx.today)
  const first = await takeNumbers(ctx, place.year, tasks.length)
  return tasks.map((task, index) => {
    const supportIds = (task.supportUnitIds ?? []).filter((id) => id !== task.leadUnitId)
    const unitIds = [task.leadUnitId, ...supportIds]
    checkOwners(order, { unitIds, postIds: [task.leaderPostId, task.watcherPostId] })
    const owner = {
      leadUnitId: task.leadUnitId ?? null,
      leaderPostId: task.leaderPostId ?? null,
      common: task.common ?? false,
    }
    if (!isOwned(owner)) throw new Refusal('duty/unowned', { title: task.title })
    const layer = task.layer ?? layerByOwner(ctx, order, owner.leadUnitId, owner.leaderPostId)
    const duty: NewDuty = {
      ...owner,
      supportIds,
      listId: place.draftOf ?? place.listId ?? null,
      year: place.year,
      no: first + index,
      title: task.title,
      kind: checkedKind(ctx, task.kind ?? 'other'),
      layer: checkedLayer(ctx, layer),
      watcherPostId: task.watcherPostId ?? null,
      deadline: task.dueOn ?? null,
      cadence: task.cadence ?? null,
      measures: task.measures ?? [],
      milestones: task.milestones ?? [],
      origin,
      quote: place.quote,
      span: null,
    }
    const life = newDuty(ctx, order, duty, place.onDay)
    const issued =
      place.draftOf === undefined
        ? append(ctx, life, { event: 'issued', onDay: place.onDay, dueOn: duty.deadline })
        : life
    settle(ctx, issued)
    return issued
  })
}
