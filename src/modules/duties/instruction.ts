import { action } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType } from '../../platform/journal/record.ts'
import { mayKeepLists } from './duty.access.ts'
import { dayOfEvent } from './life.ts'
import { recordInstruction } from './list.contract.ts'
import { checkOwners, orderOn } from './order.ts'
import { openTasks } from './task.ts'

/** A leader's instruction (批示): who gave it by which post and when; wording and source are sealed. */
export const instructionRecord: RecordType = {
  type: 'instruction',
  table: 'instructions',
  clear: ['given_on', 'leader_post_id'],
  sealed: ['wording', 'source'],
}

export const recordInstructionAction = action(recordInstruction, {
  may: mayKeepLists,
  run: async (ctx, input) => {
    if (input.givenOn > ctx.today) throw new Refusal('duty/day-ahead', { day: input.givenOn, today: ctx.today })
    checkOwners(await orderOn(ctx, input.givenOn), { unitIds: [], postIds: [input.leaderPostId] })
    const id = ctx.add(instructionRecord, {
      given_on: input.givenOn,
      leader_post_id: input.leaderPostId,
      wording: input.wording,
      source: input.source ?? null,
    })
    // The leader who gave the instruction answers for its tasks unless another is named.
    const tasks = (input.tasks ?? []).map((task) => ({
      ...task,
      leaderPostId: task.leaderPostId ?? input.leaderPostId,
    }))
    const place = {
      year: Number(input.givenOn.slice(0, 4)),
      onDay: dayOfEvent(ctx, input.givenOn, 'free'),
      quote: input.wording,
    }
    const lives = await openTasks(ctx, tasks, { noun: 'instruction', id }, place)
    return { id, duties: lives.map((life) => ({ id: life.row.id, no: life.row.no })) }
  },
})
