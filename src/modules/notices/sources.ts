import { type RawBuilder, sql } from 'kysely'
import type { Owed } from '../../core/notices/ladder.ts'
import type { Context } from '../../platform/action/action.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { type OwedDuty, owedDuties, owedMilestones } from '../duties/owed.facts.ts'
import { owedOn } from '../obligations/owed.facts.ts'
import { answersFor, type Bureau } from './people.ts'

/** Whose things are asked for: the condition on the units by which records are seen, and the person where it is one. */
export interface Asked {
  /** Condition on a column of unit ids. */
  within(column: string): RawBuilder<unknown>
  /** Null: the whole bureau's. */
  readonly pid: string | null
}

/** Something owed with everything that decides who is told of it. */
export interface Owing extends Owed {
  readonly id: string
  readonly no: number | null
  readonly year: number | null
  readonly title: string | null
  readonly words: { readonly zh: string; readonly en: string } | null
  /** Who owes: heads of units, holders of a post, or a person. */
  readonly units: readonly string[]
  readonly postId: string | null
  readonly person: string | null
  readonly leaderPostId: string | null
  readonly watcherPostId: string | null
}

/** Duties that come due by a day, and their milestones; a common one without a lead unit is owed by each unit of its layer. */
export async function dutiesOwed(ctx: Context, asked: Asked, dueTo: string): Promise<Owing[]> {
  const scope = asked.within('d.unit_ids')
  const [duties, milestones] = await Promise.all([owedDuties(ctx, dueTo, scope), owedMilestones(ctx, dueTo, scope)])
  return [
    ...duties.map((duty) => dutyOwing(duty, duty.id, duty.title, duty.dueOn!)),
    ...milestones.map(({ step, stepTitle, stepDueOn, ...duty }) => {
      const title = duty.title === null ? null : `${duty.title}：${stepTitle}`
      // The duty is not late by it, so nobody but its owner is told of a milestone that has passed.
      return { ...dutyOwing(duty, `${duty.id}/${step}`, title, stepDueOn), noun: 'milestone', personal: true } as const
    }),
  ]
}

function dutyOwing(duty: OwedDuty, id: string, title: string | null, dueOn: string): Owing {
  const alone = duty.leadUnitId === null && duty.leaderPostId !== null
  return {
    noun: 'duty',
    id,
    no: duty.no,
    year: duty.year,
    title,
    words: null,
    dueOn,
    hard: true,
    personal: false,
    units: duty.leadUnitId !== null ? [duty.leadUnitId] : alone ? [] : duty.unitIds,
    postId: alone ? duty.leaderPostId : null,
    person: null,
    leaderPostId: duty.leaderPostId,
    watcherPostId: duty.watcherPostId,
  }
}

/**
 * What rules ask of units, posts and persons and nothing has met yet. The transaction must see the whole bureau; a line
 * goes to whoever owes it or answers for it and to nobody else. What the rule keeps to the person stays with him.
 */
export async function obligationsOwed(ctx: Context, { pid }: Asked, bureau: Bureau): Promise<Owing[]> {
  const owed = await owedOn(ctx, ctx.today, pid === null ? 'all' : answersFor(bureau, pid))
  return owed.map(({ id, subject, dueOn, expected, by }) => ({
    noun: 'obligation',
    id,
    no: null,
    year: null,
    title: null,
    words: by.words,
    dueOn,
    hard: !expected,
    personal: subject.type === 'person' || by.visibility !== 'unit',
    units: [subject.unitId],
    postId: subject.type === 'post' ? subject.id : null,
    person: subject.type === 'person' ? subject.id : null,
    leaderPostId: null,
    watcherPostId: null,
  }))
}

/** A follow-up order that waits for its approver or for an answer, with its duty. */
export interface WaitingOrder {
  readonly id: string
  readonly no: number
  readonly year: number
  readonly status: 'draft' | 'issued'
  readonly dueOn: string
  readonly title: string | null
  readonly unitId: string | null
  readonly approverPostId: string
  readonly leaderPostId: string | null
  readonly watcherPostId: string | null
}

/** Orders that wait for their approver or for an answer. */
export function ordersWaiting(ctx: Context, asked: Asked): Promise<WaitingOrder[]> {
  return ctx.tx.all(sql<WaitingOrder>`select o.id, o.no, o.year, o.status, o.due_on "dueOn", d.title, o.unit_id "unitId",
      o.approver_post_id "approverPostId", d.leader_post_id "leaderPostId", d.watcher_post_id "watcherPostId"
    from follow_orders o join duties d on d.org_id = o.org_id and d.id = o.duty_id and d.superseded_idx = ${sql.raw(CURRENT)}
    where o.org_id = ${ctx.org.orgId} and o.superseded_idx = ${sql.raw(CURRENT)} and o.status in ('draft', 'issued')
      and ${asked.within('o.unit_ids')} order by o.year, o.no`)
}

/** An order that was given as something owed until its day. */
export function orderOwed(order: WaitingOrder): Owing {
  return {
    noun: 'order',
    id: order.id,
    no: order.no,
    year: order.year,
    title: order.title,
    words: null,
    dueOn: order.dueOn,
    hard: true,
    personal: false,
    units: order.unitId === null ? [] : [order.unitId],
    postId: order.unitId === null ? order.leaderPostId : null,
    person: null,
    leaderPostId: order.leaderPostId,
    watcherPostId: order.watcherPostId,
  }
}

/** A reminder before a festival that is still shown. */
export interface ShownReminder {
  readonly id: string
  readonly festival: string
  readonly year: number
  readonly sentOn: string
  readonly unitIds: readonly string[]
  readonly audiences: readonly string[]
}

/** Reminders that are shown on a day; to whom is decided by their groups. */
export function remindersShown(ctx: Context): Promise<ShownReminder[]> {
  return ctx.tx.all(sql<ShownReminder>`select r.id, r.festival, r.year, r.sent_on "sentOn", r.unit_ids "unitIds", r.audiences
    from festival_reminders r where r.org_id = ${ctx.org.orgId} and r.superseded_idx = ${sql.raw(CURRENT)}
      and r.shown_until >= ${ctx.today}::date order by r.sent_on, r.id`)
}
