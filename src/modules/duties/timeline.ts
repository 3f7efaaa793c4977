import { sql } from 'kysely'
import type * as z from 'zod'
import { allows } from '../../core/access/actor.ts'
import { daysBetween } from '../../core/calendar/days.ts'
import {
  type DutyEvent,
  type DutyEventName,
  type DutyFold,
  type DutyStatus,
  foldDuty,
  mayFollow,
} from '../../core/duties/status.ts'
import { isLate } from '../../core/figures/late.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { mayAccept, mayAnswerFor, mayDirect, mayReadDuties, mayReport, type OwnedDuty } from './duty.access.ts'
import { getDuty, type offered } from './duty.contract.ts'
import { readable } from './duty.queries.ts'
import { isSameHand, ownedBy } from './life.ts'
import { namesOf } from './order.ts'
import { type ListedDuty, listedColumns, listedFrom, shown } from './shown.ts'

type Page = z.input<typeof getDuty.output>

interface Whole extends ListedDuty {
  quote: string | null
  origin_noun: string
  origin_id: string | null
  span: { start: number; end: number } | null
}

interface Happened {
  seq: number
  event: DutyEventName
  on_day: string
  due_on: string | null
  status: DutyStatus
  by_post_id: string | null
  note: string | null
  detail: Record<string, unknown> | null
  at: string
  by_account_id: string
  by_pid: string | null
  by_name: string | null
  on_behalf_pid: string | null
  on_behalf_name: string | null
}

export const getDutyAnswer = answer(getDuty, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const which =
      input.id === undefined
        ? sql`d.no = ${input.no ?? 0} and d.year = ${input.year ?? Number(ctx.today.slice(0, 4))}`
        : sql`d.id = ${input.id}`
    // The course of a duty named by its id travels with the duty, and is dropped where the duty may not be read.
    const [row, known] = await Promise.all([
      ctx.tx.first(sql<Whole>`select ${listedColumns}, d.quote, d.origin_noun, d.origin_id, d.span
        from ${listedFrom} where ${readable(ctx)} and ${which}`),
      input.id === undefined ? null : courseOf(ctx, input.id),
    ])
    if (row === null) throw new Refusal('record/not-found')
    const { events, amendments } = known ?? (await courseOf(ctx, row.id))
    const [origin, listed, posts] = await Promise.all([originOf(ctx, row), shown(ctx, [row]), postsOf(ctx, events)])
    const fold = foldDuty(
      events.map((one): DutyEvent => ({ seq: one.seq, event: one.event, onDay: one.on_day, dueOn: one.due_on })),
    )!
    const owned = ownedBy(ctx, row)
    return {
      ...listed[0]!,
      quote: row.quote,
      origin,
      span: row.span,
      timetable: timetableOf(row, events),
      since: fold.since,
      reopened: fold.reopenedCount,
      extended: fold.extendedCount,
      missed: [...fold.missed],
      askedDueOn: fold.askedDueOn,
      timeline: timelineOf(ctx, events, posts),
      amendments,
      next: nextOf(fold, ctx.today),
      may: await offersTo(ctx, owned, fold, events),
    }
  },
})

interface Course {
  readonly events: readonly Happened[]
  readonly amendments: Page['amendments']
}

/** Everything that happened to a duty, and what was amended in its list. */
async function courseOf(ctx: ReadContext, dutyId: string): Promise<Course> {
  const { orgId } = ctx.org
  const [events, amendments] = await Promise.all([
    ctx.tx.all(sql<Happened>`select e.seq, e.event, e.on_day, e.due_on, e.status, e.by_post_id, e.note, e.detail, j.at, a.by_account_id,
        a.by_pid, bp.name by_name, a.on_behalf_pid, fp.name on_behalf_name
      from duty_events e join journal_entries j on j.org_id = e.org_id and j.idx = e.recorded_idx
      join acts a on a.org_id = j.org_id and a.id = j.act_id
      left join person_ids bi on bi.org_id = a.org_id and bi.pid = a.by_pid
      left join persons bp on bp.org_id = bi.org_id and bp.id = bi.person_id and ${knownAt('bp')}
      left join person_ids fi on fi.org_id = a.org_id and fi.pid = a.on_behalf_pid
      left join persons fp on fp.org_id = fi.org_id and fp.id = fi.person_id and ${knownAt('fp')}
      where e.org_id = ${orgId} and e.duty_id = ${dutyId} order by e.seq`),
    ctx.tx.all(sql<Page['amendments'][number]>`select no, act, on_day "onDay", reason from duty_amendments
      where org_id = ${orgId} and duty_id = ${dutyId} order by no desc`),
  ])
  return { events, amendments }
}

async function originOf(ctx: ReadContext, row: Whole): Promise<Page['origin']> {
  const { orgId } = ctx.org
  const noun = row.origin_noun
  if (noun === 'none' || row.origin_id === null) return { noun, id: null, title: null, on: null }
  const current = sql`org_id = ${orgId} and id = ${row.origin_id} and superseded_idx = 9223372036854775807`
  const found =
    noun === 'document'
      ? await ctx.tx.first(
          sql<{
            title: string | null
            on: string | null
          }>`select title, null::date as "on" from documents where ${current}`,
        )
      : noun === 'instruction'
        ? await ctx.tx.first(
            sql<{
              title: string | null
              on: string | null
            }>`select source as title, given_on as "on" from instructions where ${current}`,
          )
        : null
  return { noun, id: row.origin_id, title: found?.title ?? null, on: found?.on ?? null }
}

function timetableOf(row: Whole, events: readonly Happened[]): Page['timetable'] {
  return (row.milestones ?? []).map((milestone, index) => {
    const reached = events.find((one) => one.event === 'reported' && one.detail?.['milestone'] === index)
    return { title: milestone.title, dueOn: milestone.dueOn, doneOn: reached?.on_day ?? null }
  })
}

function postsOf(ctx: ReadContext, events: readonly Happened[]): ReturnType<typeof namesOf> {
  return namesOf(
    ctx,
    [],
    events.map((one) => one.by_post_id),
  )
}

function timelineOf(
  ctx: ReadContext,
  events: readonly Happened[],
  names: Awaited<ReturnType<typeof namesOf>>,
): Page['timeline'] {
  const nameOf = (pid: string | null, name: string | null) =>
    pid === null ? null : (name ?? ctx.catalogues.words.messages.get('person/erased-name')?.zh ?? null)
  return events.toReversed().map((one) => ({
    seq: one.seq,
    event: one.event,
    onDay: one.on_day,
    recordedAt: one.at,
    lateEntry: isLate(one.on_day, civilDay(new Date(one.at)), ctx.org.goLiveOn),
    opening: one.on_day < ctx.org.goLiveOn,
    dueOn: one.due_on,
    status: one.status,
    by: nameOf(one.by_pid, one.by_name),
    onBehalfOf: nameOf(one.on_behalf_pid, one.on_behalf_name),
    post: names.post(one.by_post_id),
    note: one.note,
    detail: one.detail,
  }))
}

type Turn = NonNullable<Page['next']>

const turns: Readonly<Record<DutyStatus, Pick<Turn, 'turn' | 'to'>>> = {
  draft: { turn: 'office', to: 'issue' },
  issued: { turn: 'owner', to: 'take-on' },
  'taken-on': { turn: 'owner', to: 'work' },
  declined: { turn: 'office', to: 'arbitrate' },
  'in-progress': { turn: 'owner', to: 'work' },
  submitted: { turn: 'office', to: 'verify' },
  returned: { turn: 'owner', to: 'work' },
  closed: { turn: 'nobody', to: 'none' },
  suspended: { turn: 'office', to: 'resume' },
  withdrawn: { turn: 'nobody', to: 'none' },
}

/** Whose turn it is and for how long; a request for more time comes first, since work may wait for it. */
function nextOf(fold: DutyFold, today: string): Turn | null {
  const turn = fold.askedDueOn === null ? turns[fold.status] : ({ turn: 'office', to: 'decide-extension' } as const)
  if (turn.turn === 'nobody') return null
  return { ...turn, since: fold.since, waitedDays: Math.max(0, daysBetween(fold.since, today)) }
}

type Offer = (typeof offered)[number]

/** What each offered verb would record; the others change what the duty says. */
const wouldRecord: Readonly<Record<Offer, DutyEventName>> = {
  assign: 'amended',
  amend: 'amended',
  withdraw: 'withdrawn',
  'take-on': 'taken-on',
  decline: 'declined',
  report: 'reported',
  submit: 'submitted',
  verify: 'verified',
  return: 'returned',
  postpone: 'extension-asked',
  extend: 'extended',
  suspend: 'suspended',
  resume: 'resumed',
  transfer: 'transferred',
  reopen: 'reopened',
}

const rightOf = (offer: Offer) => {
  if (offer === 'verify' || offer === 'return' || offer === 'extend') return mayAccept
  if (offer === 'report') return mayReport
  if (offer === 'take-on' || offer === 'decline' || offer === 'submit' || offer === 'postpone') return mayAnswerFor
  return mayDirect
}

/** What a page may offer: the right, the state of the duty, and for acceptance another hand than the submitter's. */
async function offersTo(
  ctx: ReadContext,
  owned: OwnedDuty,
  fold: DutyFold,
  events: readonly Happened[],
): Promise<Page['may']> {
  const sameHand = async (event: Happened | undefined) => event !== undefined && isSameHand(ctx, owned, event)
  const submitted = await sameHand(events.find((one) => one.seq === fold.submission))
  const asked = await sameHand(events.findLast((one) => one.event === 'extension-asked'))
  const offers = Object.entries(wouldRecord).map(([offer, event]) => {
    const could = mayFollow(fold, event) && allows(rightOf(offer as Offer), ctx.actor, owned, undefined)
    const blocked = offer === 'verify' || offer === 'return' ? submitted : offer === 'extend' && asked
    return [offer, could && !blocked]
  })
  return Object.fromEntries(offers) as Page['may']
}
