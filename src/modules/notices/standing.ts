import type { Calendar } from '../../core/calendar/calendar.ts'
import { addWorkingDays } from '../../core/calendar/calendar.ts'
import { type LineName, type Part, rungOn, writeLine } from '../../core/notices/ladder.ts'
import type { Context } from '../../platform/action/action.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import { type Bureau, bureauOn, membersOfGroups } from './people.ts'
import {
  type Asked,
  dutiesOwed,
  type Owing,
  obligationsOwed,
  orderOwed,
  ordersWaiting,
  remindersShown,
  type ShownReminder,
  type WaitingOrder,
} from './sources.ts'

/** A line that stands in somebody's inbox today, with what it says. */
export interface Standing extends LineName {
  readonly line: string
  readonly pid: string
  readonly no: number | null
  readonly year: number | null
  readonly title: string | null
  readonly words: { readonly zh: string; readonly en: string } | null
  readonly unitId: string | null
  readonly dueOn: string | null
}

/** Everything that stands today, in the order in which the bureau names its units, then by day. */
export interface Inbox {
  readonly calendar: Calendar
  readonly bureau: Bureau
  readonly lines: readonly Standing[]
}

/** Works out from the facts who has which lines today: of the whole bureau, or of what one person's scope shows. */
export async function standingToday(ctx: Context, asked: Asked): Promise<Inbox> {
  const calendar = await calendarFor(ctx.tx, ctx.org.orgId, ctx.catalogues)
  const { ladder } = ctx.catalogues
  const dueTo = addWorkingDays(calendar, ctx.today, ladder.before.working_days).day
  const people = bureauOn(ctx, ctx.today)
  const [bureau, duties, obligations, orders, reminders] = await Promise.all([
    people,
    dutiesOwed(ctx, asked, dueTo),
    people.then((bureau) => obligationsOwed(ctx, asked, bureau)),
    ordersWaiting(ctx, asked),
    remindersShown(ctx),
  ])
  const lines = [
    ...[...duties, ...obligations].flatMap((owing) => climbing(ctx, calendar, bureau, owing)),
    ...orders.flatMap((order) => ofOrder(ctx, calendar, bureau, order)),
    ...(await Promise.all(reminders.map((reminder) => ofReminder(ctx, reminder)))).flat(),
  ].filter(({ pid }) => asked.pid === null || asked.pid === pid)
  const place = (line: Standing) => bureau.place(line.unitId)
  const day = (line: Standing) => line.dueOn ?? ''
  const sorted = lines.toSorted(
    (a, b) => place(a) - place(b) || compare(day(a), day(b)) || (a.no ?? 0) - (b.no ?? 0) || compare(a.line, b.line),
  )
  return { calendar, bureau, lines: sorted }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The lines of something owed by the ladder; who is told as owner is not told again as leader or watcher. */
function climbing(ctx: Context, calendar: Calendar, bureau: Bureau, owing: Owing): Standing[] {
  const rung = rungOn(ctx.catalogues.ladder, owing, calendar, ctx.today)
  if (rung === null) return []
  const told = new Set<string>()
  return rung.to.flatMap((part) =>
    addressees(bureau, owing, part).flatMap(({ pid, unitId }) => {
      if (told.has(pid)) return []
      told.add(pid)
      return [lineOf(owing, { noun: owing.noun, stage: rung.stage, part, id: owing.id }, pid, unitId)]
    }),
  )
}

function lineOf(owing: Owing, name: LineName, pid: string, unitId: string | null): Standing {
  const { no, year, title, words, dueOn } = owing
  return { ...name, line: writeLine(name), pid, no, year, title, words, unitId, dueOn }
}

/** The persons of a part on the day. Where a unit has no head today, whoever answers for it in the leadership is told. */
function addressees(bureau: Bureau, owing: Owing, part: Part): { pid: string; unitId: string | null }[] {
  const unit = owing.units[0] ?? (owing.postId === null ? null : (bureau.posts.get(owing.postId)?.unitId ?? null))
  const of = (postId: string | null) => bureau.holders(postId).map((pid) => ({ pid, unitId: unit }))
  const leader = owing.leaderPostId ?? bureau.inCharge(unit)
  if (part === 'leader') return of(leader)
  if (part === 'watcher') return of(owing.watcherPostId)
  if (owing.person !== null) return [{ pid: owing.person, unitId: unit }]
  if (owing.postId !== null) return of(owing.postId)
  const heads = owing.units.flatMap((unitId) => (bureau.head(unitId)?.pids ?? []).map((pid) => ({ pid, unitId })))
  return heads.length > 0 ? heads : of(leader)
}

/** A drafted order waits for its approver; one that was given is new to its owner at once and then climbs. */
function ofOrder(ctx: Context, calendar: Calendar, bureau: Bureau, order: WaitingOrder): Standing[] {
  const owing = orderOwed(order)
  if (order.status === 'draft') {
    const name = { noun: 'order', stage: 'confirm', part: 'approver', id: order.id } as const
    return bureau.holders(order.approverPostId).map((pid) => lineOf(owing, name, pid, order.unitId))
  }
  const climbed = climbing(ctx, calendar, bureau, owing)
  if (climbed.length > 0) return climbed
  const name = { noun: 'order', stage: 'given', part: 'owner', id: order.id } as const
  return addressees(bureau, owing, 'owner').map(({ pid, unitId }) => lineOf(owing, name, pid, unitId))
}

async function ofReminder(ctx: Context, reminder: ShownReminder): Promise<Standing[]> {
  const { id, year } = reminder
  const name = { noun: 'reminder', stage: 'reminder', part: 'group', id } as const
  const words = festivalWords(ctx, reminder.festival)
  const pids = await membersOfGroups(ctx, reminder, reminder.sentOn)
  return pids.map((pid) => ({
    ...name,
    line: writeLine(name),
    pid,
    no: null,
    year,
    title: null,
    words,
    unitId: null,
    dueOn: null,
  }))
}

/** The kind of activity as which reminders before festivals are recorded, and the field of it that names the festival. */
export function reminderKind(ctx: Context): { kind: string; field: string; bodies: readonly string[] } {
  const row = ctx.catalogues.catalogue.activityKinds.rows.find(({ reminds }) => reminds !== undefined)
  if (row?.reminds === undefined) throw new Error('no kind of activity says that it reminds')
  return { kind: row.id, field: row.reminds, bodies: row.bodies }
}

/** What a festival of the civil calendar is called. */
export function festivalWords(ctx: Context, festival: string): { zh: string; en: string } | null {
  return ctx.catalogues.words.messages.get(`festival/${festival}`) ?? null
}
