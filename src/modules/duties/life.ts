import { sql } from 'kysely'
import { type DutyEvent, type DutyEventName, type DutyFold, foldDuty, mayFollow } from '../../core/duties/status.ts'
import type { Context, Writing } from '../../platform/action/action.ts'
import { build } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType, type Row, type Stored } from '../../platform/journal/record.ts'
import { actingPost, type OwnedDuty } from './duty.access.ts'

/** A duty: whose it is and until when in the clear, what it says sealed. */
export const dutyRecord: RecordType = {
  type: 'duty',
  table: 'duties',
  clear: [
    'list_id',
    'year',
    'no',
    'kind',
    'layer',
    'lead_unit_id',
    'support_ids',
    'unit_ids',
    'leader_post_id',
    'watcher_post_id',
    'deadline',
    'cadence',
    'origin_noun',
    'origin_id',
    'common',
    'uncounted',
    'status',
    'late',
  ],
  sealed: ['title', 'measures', 'milestones', 'quote', 'span'],
  json: ['measures', 'milestones', 'span'],
  // Entries call what no figure counts `withdrawn`.
  names: { lead_unit_id: 'unit', uncounted: 'withdrawn' },
}

/** One thing that happened to a duty; never revised. */
export const dutyEventRecord: RecordType = {
  type: 'duty-event',
  table: 'duty_events',
  clear: ['duty_id', 'seq', 'event', 'on_day', 'due_on', 'status', 'late', 'by_post_id'],
  sealed: ['note', 'detail'],
  json: ['detail'],
}

/** A stored duty. */
export interface DutyStored extends Stored {
  list_id: string | null
  year: number
  no: number
  kind: string
  layer: string
  lead_unit_id: string | null
  support_ids: string[]
  unit_ids: string[]
  leader_post_id: string | null
  watcher_post_id: string | null
  deadline: string | null
  cadence: string | null
  origin_noun: string
  origin_id: string | null
  common: boolean
  uncounted: boolean
  status: string
  late: boolean
  title: string | null
  measures: string[] | null
  milestones: { title: string; dueOn: string | null }[] | null
  quote: string | null
  span: { start: number; end: number } | null
}

interface LivedEvent extends DutyEvent {
  readonly byPostId: string | null
  /** Its journal index; null while the act that records it runs. */
  readonly recordedIdx: number | null
  readonly note: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

/** A duty under an act: locked, with its events and what they fold to. Nothing is written before `settle`. */
export interface DutyLife extends OwnedDuty {
  /** What it says, changes of this act included. */
  readonly row: DutyStored
  /** What is stored; null for a duty that this act opens. */
  readonly stored: DutyStored | null
  readonly events: readonly LivedEvent[]
  readonly fold: DutyFold
}

interface EventRow {
  duty_id: string
  seq: number
  event: DutyEventName
  on_day: string
  due_on: string | null
  by_post_id: string | null
  recorded_idx: number
}

/** Locks duties in one order and loads their lives; null when one of them is absent or out of the actor's scope. */
export async function lockLives(ctx: Context, ids: readonly string[]): Promise<DutyLife[] | null> {
  const { orgId } = ctx.org
  const wanted = [...new Set(ids)]
  const rows =
    await ctx.tx.all(sql<DutyStored>`select * from duties where org_id = ${orgId} and id = any(${wanted}::uuid[])
    and superseded_idx = ${sql.raw(CURRENT)} order by id for no key update`)
  if (rows.length !== wanted.length) return null
  const events =
    await ctx.tx.all(sql<EventRow>`select duty_id, seq, event, on_day, due_on, by_post_id, recorded_idx from duty_events
    where org_id = ${orgId} and duty_id = any(${wanted}::uuid[]) order by duty_id, seq`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return wanted.map((id) =>
    lifeOf(
      ctx,
      byId.get(id)!,
      events.filter((event) => event.duty_id === id),
    ),
  )
}

function lifeOf(ctx: Context, row: DutyStored, events: readonly EventRow[]): DutyLife {
  const list = events.map((event) => ({
    seq: event.seq,
    event: event.event,
    onDay: event.on_day,
    dueOn: event.due_on,
    byPostId: event.by_post_id,
    recordedIdx: event.recorded_idx,
    note: null,
    detail: null,
  }))
  return { ...ownedBy(ctx, row), row, stored: row, events: list, fold: foldDuty(list)! }
}

/** What rights on a stored duty are judged by. */
export function ownedBy(
  ctx: Context,
  row: Pick<DutyStored, 'lead_unit_id' | 'support_ids' | 'leader_post_id' | 'watcher_post_id' | 'layer'>,
): OwnedDuty {
  return {
    leadUnitId: row.lead_unit_id,
    supportIds: row.support_ids,
    leaderPostId: row.leader_post_id,
    watcherPostId: row.watcher_post_id,
    oversight: ctx.catalogues.catalogue.dutyLayers.find(row.layer)?.responsibility === 'oversight',
  }
}

/** One duty for an act; null when it is absent or out of scope. */
export async function lockLife(ctx: Context, id: string): Promise<DutyLife | null> {
  return (await lockLives(ctx, [id]))?.[0] ?? null
}

/** What an act says about the event that it appends. */
export interface Happening {
  readonly event: DutyEventName
  readonly onDay: string
  readonly dueOn?: string | null
  readonly note?: string | null | undefined
  readonly detail?: Readonly<Record<string, unknown>> | null
}

/** Adds an event to a duty's life, or refuses when it cannot follow; one act may add several. */
export function append(ctx: Context, life: DutyLife, happening: Happening): DutyLife {
  const { event } = happening
  if (!mayFollow(life.fold, event))
    throw new Refusal('duty/not-in-state', { no: life.row.no, status: life.fold.status, event })
  return lived(ctx, life, happening)
}

/** The life of a duty that this act opens. */
export function begin(ctx: Context, row: DutyStored, onDay: string): DutyLife {
  const born = { ...ownedBy(ctx, row), row, stored: null, events: [], fold: null as unknown as DutyFold }
  return lived(ctx, born, { event: 'opened', onDay })
}

function lived(ctx: Context, life: DutyLife, { event, onDay, dueOn, note, detail }: Happening): DutyLife {
  const next: LivedEvent = {
    seq: life.events.length + 1,
    event,
    onDay,
    dueOn: dueOn ?? null,
    byPostId: actingPost(ctx.actor, life),
    recordedIdx: null,
    note: note ?? null,
    detail: detail ?? null,
  }
  const events = [...life.events, next]
  return { ...life, events, fold: foldDuty(events)! }
}

/** The life with other columns of its duty; rights follow from the new ones. */
export function changed(ctx: Context, life: DutyLife, columns: Row): DutyLife {
  const row = { ...life.row, ...columns } as DutyStored
  return { ...life, ...ownedBy(ctx, row), row }
}

/**
 * Writes what became of a duty in this act: the duty's version (its folded status stands in it, so that figures and
 * their proofs need no fold), the events, and the kept state. Called once for a duty. Returns the act's short answer.
 */
export function settle(ctx: Writing, life: DutyLife) {
  const { stored, fold } = life
  const uncounted = fold.status === 'draft' || fold.status === 'withdrawn'
  const row = { ...life.row, status: fold.status, late: isMarkedLate(fold), uncounted }
  if (stored === null) ctx.add(dutyRecord, row)
  else if (differs(stored, row)) ctx.revise(dutyRecord, stored, row)
  for (const [index, event] of life.events.entries()) {
    if (event.recordedIdx !== null) continue
    const then = foldDuty(life.events.slice(0, index + 1))!
    ctx.add(dutyEventRecord, {
      duty_id: row.id,
      seq: event.seq,
      event: event.event,
      on_day: event.onDay,
      due_on: event.dueOn,
      status: then.status,
      late: isMarkedLate(then),
      by_post_id: event.byPostId,
      note: event.note,
      detail: event.detail,
    })
  }
  ctx.side(keepState(ctx.org.orgId, row.id, fold))
  keepUnits(ctx, row, stored)
  return { id: row.id, status: fold.status, dueOn: fold.dueOn, late: row.late }
}

/** Keeps the units that see a duty beside it, when they changed. */
function keepUnits(ctx: Writing, row: DutyStored, stored: DutyStored | null): void {
  const { orgId } = ctx.org
  if (stored !== null) {
    if (JSON.stringify(stored.unit_ids) === JSON.stringify(row.unit_ids)) return
    ctx.side(sql`delete from duty_units where org_id = ${orgId} and duty_id = ${row.id}`)
  }
  if (row.unit_ids.length === 0) return
  const units = [...new Set(row.unit_ids)]
  ctx.side(
    build.insertInto('duty_units').values(units.map((unitId) => ({ org_id: orgId, unit_id: unitId, duty_id: row.id }))),
  )
}

function differs(before: Row, after: Row): boolean {
  return [...dutyRecord.clear, ...dutyRecord.sealed].some(
    (column) => JSON.stringify(before[column] ?? null) !== JSON.stringify(after[column] ?? null),
  )
}

/** Late for ever: a due day passed without a submission, whatever came after. */
export function isMarkedLate(fold: DutyFold): boolean {
  return fold.missed.length > 0 || fold.lateClosed
}

/** The columns of a kept state, from a fold. */
export function stateOf(fold: DutyFold) {
  return {
    status: fold.status,
    since: fold.since,
    due_on: fold.dueOn,
    submitted_on: fold.submittedOn,
    closed_on: fold.closedOn,
    asked_due_on: fold.askedDueOn,
    late: isMarkedLate(fold),
    reopened: fold.reopenedCount,
    extended: fold.extendedCount,
    last_seq: fold.lastSeq,
    last_on: fold.lastOn,
    last_event: fold.lastEvent,
  }
}

function keepState(orgId: number, dutyId: string, fold: DutyFold) {
  const s = stateOf(fold)
  return sql`insert into duty_states (org_id, duty_id, status, since, due_on, submitted_on, closed_on, asked_due_on, late, reopened, extended,
      last_seq, last_on, last_event)
    values (${orgId}, ${dutyId}, ${s.status}, ${s.since}, ${s.due_on}, ${s.submitted_on}, ${s.closed_on}, ${s.asked_due_on}, ${s.late},
      ${s.reopened}, ${s.extended}, ${s.last_seq}, ${s.last_on}, ${s.last_event})
    on conflict (org_id, duty_id) do update set status = excluded.status, since = excluded.since, due_on = excluded.due_on,
      submitted_on = excluded.submitted_on, closed_on = excluded.closed_on, asked_due_on = excluded.asked_due_on, late = excluded.late,
      reopened = excluded.reopened, extended = excluded.extended, last_seq = excluded.last_seq, last_on = excluded.last_on,
      last_event = excluded.last_event`
}

/**
 * The day of an event: today, or the day given. A day ahead is refused. A day past is refused where it could hide
 * lateness, except for what happened before the go-live day (opening import) and in a demonstration bureau.
 */
export function dayOfEvent(ctx: Context, given: string | undefined, past: 'free' | 'opening' = 'opening'): string {
  if (given === undefined || given === ctx.today) return ctx.today
  if (given > ctx.today) throw new Refusal('duty/day-ahead', { day: given, today: ctx.today })
  if (past === 'free' || given < ctx.org.goLiveOn || ctx.org.demo) return given
  throw new Refusal('duty/day-past', { day: given, today: ctx.today })
}

/** Who performed the act that recorded an entry. */
async function actorOfEntry(ctx: Context, idx: number) {
  return ctx.tx.first(
    sql<{
      by_account_id: string
      by_pid: string | null
      on_behalf_pid: string | null
    }>`select a.by_account_id, a.by_pid, a.on_behalf_pid
      from journal_entries e join acts a on a.org_id = e.org_id and a.id = e.act_id where e.org_id = ${ctx.org.orgId} and e.idx = ${idx}`,
  )
}

/** What is known of whoever recorded an event. */
export interface Hand {
  readonly by_account_id: string
  readonly by_pid: string | null
  readonly on_behalf_pid: string | null
  readonly by_post_id: string | null
}

/**
 * Claims that the actor is the same hand as whoever recorded an event (decision 14): the same account or person, the
 * same principal on either side, or the same post, unless the post is one that several people hold side by side.
 */
export async function isSameHand(ctx: Context, duty: OwnedDuty, hand: Hand): Promise<boolean> {
  const { actor } = ctx
  const theirs = [hand.by_pid, hand.on_behalf_pid].filter((pid) => pid !== null)
  const mine = [actor.pid, actor.onBehalfOf?.pid ?? null].filter((pid) => pid !== null)
  if (hand.by_account_id === actor.accountId || mine.some((pid) => theirs.includes(pid))) return true
  const post = actingPost(actor, duty)
  if (post === null || post !== hand.by_post_id) return false
  const stored = await ctx.tx.first(sql<{
    kind: string
  }>`select kind from posts where org_id = ${ctx.org.orgId} and id = ${post}
    and superseded_idx = ${sql.raw(CURRENT)}`)
  return ctx.catalogues.catalogue.postKinds.find(stored?.kind ?? '')?.single ?? true
}

/** Refuses when the actor is the same hand as whoever recorded the event at `seq`. */
export async function refuseSameHand(ctx: Context, life: DutyLife, seq: number): Promise<void> {
  const event = life.events.find((one) => one.seq === seq)
  if (event === undefined || event.recordedIdx === null) return
  const by = await actorOfEntry(ctx, event.recordedIdx)
  if (by !== null && (await isSameHand(ctx, life, { ...by, by_post_id: event.byPostId }))) {
    throw new Refusal('duty/same-hand', { no: life.row.no })
  }
}
