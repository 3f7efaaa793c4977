import { openStatuses } from '../../core/duties/status.ts'
import { action, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Row } from '../../platform/journal/record.ts'
import { amendLists, neededReason } from './amendment.ts'
import { mayDirect } from './duty.access.ts'
import { amendDuty, assignDuties, transferDuty, withdrawDuty } from './duty.contract.ts'
import { append, changed, type DutyLife, type DutyStored, dayOfEvent, lockLife, lockLives, settle } from './life.ts'
import { checkOwners, orderOn } from './order.ts'
import { checkedKind, checkedLayer, isOwned, unitsThatSee } from './task.ts'

interface Owners {
  leadUnitId?: string | null | undefined
  supportUnitIds?: string[] | undefined
  leaderPostId?: string | null | undefined
  watcherPostId?: string | null | undefined
}

type Order = Awaited<ReturnType<typeof orderOn>>
type Changes = Record<string, [unknown, unknown]>

/** The columns of a duty after owners were set, refusing units and posts that do not exist and a duty without owner. */
function ownersSet(ctx: Context, order: Order, row: DutyStored, owners: Owners): Row {
  const leadUnitId = owners.leadUnitId === undefined ? row.lead_unit_id : owners.leadUnitId
  const leaderPostId = owners.leaderPostId === undefined ? row.leader_post_id : owners.leaderPostId
  const supportIds = (owners.supportUnitIds ?? row.support_ids).filter((id) => id !== leadUnitId)
  checkOwners(order, {
    unitIds: [owners.leadUnitId, ...(owners.supportUnitIds ?? [])],
    postIds: [owners.leaderPostId, owners.watcherPostId],
  })
  if (!isOwned({ leadUnitId, leaderPostId, common: row.common }))
    throw new Refusal('duty/unowned', { title: row.title, no: row.no })
  const watcherPostId = owners.watcherPostId === undefined ? row.watcher_post_id : owners.watcherPostId
  return {
    lead_unit_id: leadUnitId,
    support_ids: supportIds,
    leader_post_id: leaderPostId,
    watcher_post_id: watcherPostId,
    unit_ids: unitsThatSee(ctx, order, {
      leadUnitId,
      supportIds,
      leaderPostId,
      watcherPostId,
      common: row.common,
      layer: row.layer,
    }),
  }
}

/** Old and new value of every column that differs; the units of sight follow from the owners and are left out. */
export function changesOf(row: DutyStored, columns: Row): Changes {
  const changes: Changes = {}
  for (const [column, value] of Object.entries(columns)) {
    const before = (row as Row)[column] ?? null
    if (column !== 'unit_ids' && JSON.stringify(before) !== JSON.stringify(value ?? null))
      changes[column] = [before, value ?? null]
  }
  return changes
}

/** An issued duty may be changed while it is owed or suspended; a draft always. */
export function checkChangeable(life: DutyLife): boolean {
  const { status } = life.fold
  if (status === 'draft') return false
  if (!openStatuses.includes(status) && status !== 'suspended')
    throw new Refusal('duty/not-in-state', { no: life.row.no, status, event: 'amended' })
  return true
}

export const assignDutiesAction = action(assignDuties, {
  subject: (ctx: Context, input: { ids: string[] }) => lockLives(ctx, input.ids),
  may: mayDirectAll(),
  run: async (ctx, input, lives: DutyLife[]) => {
    const order = await orderOn(ctx, ctx.today)
    const reason = neededReason(
      lives.some((life) => life.fold.status !== 'draft'),
      input.reason,
    )
    if (reason !== null) ctx.because(reason)
    const done = lives.map((life) => {
      const issued = checkChangeable(life)
      const columns = ownersSet(ctx, order, life.row, input)
      const changes = changesOf(life.row, columns)
      if (Object.keys(changes).length === 0) return { life, issued: false, changes }
      const moved =
        issued &&
        changes['lead_unit_id'] !== undefined &&
        life.fold.status !== 'submitted' &&
        life.fold.status !== 'suspended'
      const next = changed(ctx, life, columns)
      const after = issued
        ? append(ctx, next, {
            event: moved ? 'transferred' : 'amended',
            onDay: ctx.today,
            note: reason,
            detail: { changes },
          })
        : next
      return { life: after, issued, changes }
    })
    const amendments = done
      .filter((one) => one.issued)
      .map(({ life, changes }) => ({ life, act: 'changed' as const, changes }))
    const numbers = await amendLists(ctx, amendments, reason, ctx.today)
    return { duties: done.map((one) => settle(ctx, one.life)), amendments: numbers.filter((no) => no !== null) }
  },
})

function mayDirectAll() {
  return {
    grounds: mayDirect.grounds.map((ground) => ({
      says: ground.says,
      test: (actor: Parameters<typeof ground.test>[0], lives: DutyLife[]) =>
        lives.every((life) => ground.test(actor, life, undefined)),
    })),
  }
}

export const amendDutyAction = action(amendDuty, {
  subject: (ctx: Context, input: { id: string }) => lockLife(ctx, input.id),
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => {
    const issued = checkChangeable(life)
    const reason = neededReason(issued, input.reason)
    const columns: Row = {
      ...(input.title === undefined ? {} : { title: input.title }),
      ...(input.kind === undefined ? {} : { kind: checkedKind(ctx, input.kind) }),
      ...(input.layer === undefined ? {} : { layer: checkedLayer(ctx, input.layer) }),
      ...(input.measures === undefined ? {} : { measures: input.measures }),
      ...(input.milestones === undefined ? {} : { milestones: input.milestones }),
      ...(input.cadence === undefined ? {} : { cadence: input.cadence }),
      ...(input.common === undefined ? {} : { common: input.common }),
      ...(input.dueOn === undefined ? {} : { deadline: input.dueOn }),
    }
    if (input.common !== undefined || input.layer !== undefined) {
      const { lead_unit_id: leadUnitId, support_ids: supportIds, leader_post_id: leaderPostId } = life.row
      const common = input.common ?? life.row.common
      if (issued && !isOwned({ leadUnitId, leaderPostId, common }))
        throw new Refusal('duty/unowned', { title: life.row.title })
      const order = await orderOn(ctx, ctx.today)
      columns['unit_ids'] = unitsThatSee(ctx, order, {
        leadUnitId,
        supportIds,
        leaderPostId,
        watcherPostId: life.row.watcher_post_id,
        common,
        layer: input.layer ?? life.row.layer,
      })
    }
    const changes = changesOf(life.row, columns)
    if (Object.keys(changes).length === 0) return { ...settle(ctx, life), amendment: null }
    const next = changed(ctx, life, columns)
    if (!issued) return { ...settle(ctx, next), amendment: null }
    ctx.because(reason!)
    const after = append(ctx, next, {
      event: 'amended',
      onDay: ctx.today,
      dueOn: input.dueOn ?? null,
      note: reason,
      detail: { changes },
    })
    const [amendment] = await amendLists(ctx, [{ life: after, act: 'changed', changes }], reason, ctx.today)
    return { ...settle(ctx, after), amendment: amendment ?? null }
  },
})

export const withdrawDutyAction = action(withdrawDuty, {
  subject: (ctx: Context, input: { id: string }) => lockLife(ctx, input.id),
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => {
    const issued = life.fold.status !== 'draft'
    const reason = neededReason(issued, input.reason)
    if (reason !== null) ctx.because(reason)
    const after = append(ctx, life, {
      event: 'withdrawn',
      onDay: ctx.today,
      note: reason,
    })
    const [amendment] = issued
      ? await amendLists(ctx, [{ life: after, act: 'dropped', changes: null }], reason, ctx.today)
      : [null]
    return { ...settle(ctx, after), amendment: amendment ?? null }
  },
})

export const transferDutyAction = action(transferDuty, {
  subject: (ctx: Context, input: { id: string }) => lockLife(ctx, input.id),
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => {
    ctx.because(input.reason)
    const onDay = dayOfEvent(ctx, input.onDay)
    const columns = ownersSet(ctx, await orderOn(ctx, ctx.today), life.row, input)
    const changes = changesOf(life.row, columns)
    const next = Object.keys(changes).length > 0 ? changed(ctx, life, columns) : life
    const detail = { changes }
    return settle(
      ctx,
      append(ctx, next, { event: 'transferred', onDay, dueOn: input.dueOn ?? null, note: input.reason, detail }),
    )
  },
})
