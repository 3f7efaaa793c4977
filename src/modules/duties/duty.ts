import { sql } from 'kysely'
import type { DutyEventName } from '../../core/duties/status.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { amendLists, neededReason } from './amendment.ts'
import { mayAccept, mayAnswerFor, mayDirect, mayKeepLists, mayReport } from './duty.access.ts'
import {
  declineDuty,
  extendDuty,
  openDuty,
  postponeDuty,
  reopenDuty,
  reportDuty,
  resumeDuty,
  returnDuty,
  submitDuty,
  suspendDuty,
  takeOnDuties,
  verifyDuty,
} from './duty.contract.ts'
import { append, type DutyLife, dayOfEvent, lockLife, lockLives, refuseSameHand, settle } from './life.ts'
import { openTasks } from './task.ts'

const one = (ctx: Context, input: { id: string }) => lockLife(ctx, input.id)

export const openDutyAction = action(openDuty, {
  may: mayKeepLists,
  run: async (ctx, input) => {
    const { year: given, instructionId, listId, reason: said, onDay: day, ...task } = input
    const instruction = instructionId === undefined ? null : await instructionOf(ctx, instructionId)
    const list = listId === undefined ? null : await listForUpdate(ctx, listId)
    const isAddition = list !== null && list.version_no > 0
    const reason = neededReason(isAddition, said)
    if (reason !== null) ctx.because(reason)
    const onDay = dayOfEvent(ctx, day)
    const year = list?.year ?? given ?? Number(ctx.today.slice(0, 4))
    const place = list === null ? {} : isAddition ? { listId: list.id } : { draftOf: list.id }
    const origin = instruction === null ? null : ({ noun: 'instruction', id: instruction.id } as const)
    const [life] = await openTasks(ctx, [task], origin, { year, onDay, quote: instruction?.wording ?? null, ...place })
    const added = isAddition ? [{ life: life!, act: 'added' as const, changes: null }] : []
    const [amendment] = await amendLists(ctx, added, reason, onDay)
    return { id: life!.row.id, no: life!.row.no, year, status: life!.fold.status, amendment: amendment ?? null }
  },
})

async function instructionOf(ctx: Context, id: string): Promise<{ id: string; wording: string | null }> {
  const found = await ctx.tx.first(sql<{ id: string; wording: string | null }>`select id, wording from instructions
    where org_id = ${ctx.org.orgId} and id = ${id} and superseded_idx = ${sql.raw(CURRENT)}`)
  if (found === null) throw new Refusal('instruction/unknown', { id })
  return found
}

async function listForUpdate(ctx: Context, id: string): Promise<{ id: string; year: number; version_no: number }> {
  const found = await ctx.tx.first(sql<{
    id: string
    year: number
    version_no: number
  }>`select id, year, version_no from duty_lists
    where org_id = ${ctx.org.orgId} and id = ${id} and superseded_idx = ${sql.raw(CURRENT)} for no key update`)
  if (found === null) throw new Refusal('list/unknown', { id })
  return found
}

export const takeOnDutiesAction = action(takeOnDuties, {
  subject: (ctx: Context, input: { ids: string[] }) => lockLives(ctx, input.ids),
  may: {
    grounds: mayAnswerFor.grounds.map((ground) => ({
      says: `${ground.says}, of each`,
      test: (actor, lives: DutyLife[], input) => lives.every((life) => ground.test(actor, life, input)),
    })),
  },
  run: async (ctx, input, lives: DutyLife[]) => {
    const onDay = dayOfEvent(ctx, input.onDay)
    return { duties: lives.map((life) => settle(ctx, append(ctx, life, { event: 'taken-on', onDay }))) }
  },
})

/** An act that appends one event with a text; most acts on a duty are such. */
function happens(
  ctx: Writing,
  life: DutyLife,
  event: DutyEventName,
  input: { onDay?: string | undefined; reason?: string | undefined; dueOn?: string | undefined },
) {
  if (input.reason !== undefined) ctx.because(input.reason)
  const after = append(ctx, life, {
    event,
    onDay: dayOfEvent(ctx, input.onDay),
    note: input.reason,
    dueOn: input.dueOn ?? null,
  })
  return settle(ctx, after)
}

export const declineDutyAction = action(declineDuty, {
  subject: one,
  may: mayAnswerFor,
  run: async (ctx, input, life: DutyLife) => happens(ctx, life, 'declined', input),
})

export const reportDutyAction = action(reportDuty, {
  subject: one,
  may: mayReport,
  run: async (ctx, input, life: DutyLife) => {
    const { milestone, origin } = input
    const known = life.row.milestones?.length ?? 0
    if (milestone !== undefined && milestone >= known) throw new Refusal('duty/milestone-unknown', { known })
    const detail = { ...(milestone === undefined ? {} : { milestone }), ...(origin === undefined ? {} : { origin }) }
    const onDay = dayOfEvent(ctx, input.onDay, 'free')
    return settle(
      ctx,
      append(ctx, life, {
        event: 'reported',
        onDay,
        note: input.text,
        detail: Object.keys(detail).length > 0 ? detail : null,
      }),
    )
  },
})

export const submitDutyAction = action(submitDuty, {
  subject: one,
  may: mayAnswerFor,
  run: async (ctx, input, life: DutyLife) => {
    const measures = life.row.measures ?? []
    const shownBy = input.shownBy ?? []
    // A proof for each measure is what the measure is for; a duty without measures needs words alone.
    if (shownBy.length < measures.length)
      throw new Refusal('duty/proof-missing', { measure: measures[shownBy.length], count: measures.length })
    const detail = shownBy.length > 0 ? { shownBy } : null
    return settle(
      ctx,
      append(ctx, life, { event: 'submitted', onDay: dayOfEvent(ctx, input.onDay), note: input.text, detail }),
    )
  },
})

/** The standing submission, or the refusal that there is none. */
function submissionOf(life: DutyLife, event: DutyEventName): number {
  if (life.fold.submission === null || life.fold.status !== 'submitted') {
    throw new Refusal('duty/not-in-state', { no: life.row.no, status: life.fold.status, event })
  }
  return life.fold.submission
}

export const verifyDutyAction = action(verifyDuty, {
  subject: one,
  may: mayAccept,
  run: async (ctx, input, life: DutyLife) => {
    await refuseSameHand(ctx, life, submissionOf(life, 'verified'))
    return settle(ctx, append(ctx, life, { event: 'verified', onDay: dayOfEvent(ctx, input.onDay), note: input.text }))
  },
})

export const returnDutyAction = action(returnDuty, {
  subject: one,
  may: mayAccept,
  run: async (ctx, input, life: DutyLife) => {
    await refuseSameHand(ctx, life, submissionOf(life, 'returned'))
    return happens(ctx, life, 'returned', input)
  },
})

export const postponeDutyAction = action(postponeDuty, {
  subject: one,
  may: mayAnswerFor,
  run: async (ctx, input, life: DutyLife) => {
    const due = life.fold.dueOn
    if (due !== null && input.dueOn <= due) throw new Refusal('duty/due-not-later', { dueOn: due })
    return happens(ctx, life, 'extension-asked', input)
  },
})

export const extendDutyAction = action(extendDuty, {
  subject: one,
  may: mayAccept,
  run: async (ctx, input, life: DutyLife) => {
    if (life.fold.askedDueOn === null) throw new Refusal('duty/nothing-asked', { no: life.row.no })
    const asked = life.events.findLast((event) => event.event === 'extension-asked')!
    await refuseSameHand(ctx, life, asked.seq)
    if (!input.approve && input.reason === undefined) throw new Refusal('duty/reason-required')
    const { dueOn: given, ...rest } = input
    if (!input.approve) return happens(ctx, life, 'extension-refused', rest)
    return happens(ctx, life, 'extended', { ...rest, dueOn: given ?? life.fold.askedDueOn })
  },
})

export const suspendDutyAction = action(suspendDuty, {
  subject: one,
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => happens(ctx, life, 'suspended', input),
})

export const resumeDutyAction = action(resumeDuty, {
  subject: one,
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => happens(ctx, life, 'resumed', input),
})

export const reopenDutyAction = action(reopenDuty, {
  subject: one,
  may: mayDirect,
  run: async (ctx, input, life: DutyLife) => happens(ctx, life, 'reopened', input),
})
