import { sql } from 'kysely'
import type * as z from 'zod'
import {
  addWorkingDays,
  type Calendar,
  isWorkday,
  nextWorkday,
  workingDaysBetween,
} from '../../core/calendar/calendar.ts'
import { type LineName, readLine } from '../../core/notices/ladder.ts'
import { answer, type Context, fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { dutiesById } from '../duties/owed.facts.ts'
import { unitNames } from '../organisation/organisation.ts'
import { mayReadOwn } from './notice.access.ts'
import { digestOfDay, digestPaper, listNotices, type NoticeLine } from './notice.contract.ts'
import { digestPage } from './paper.ts'
import type { Asked } from './sources.ts'
import { festivalWords, type Inbox, type Standing, standingToday } from './standing.ts'

type Line = z.input<typeof NoticeLine>

/** The hour at which digests are made: the bureau's own, else the ladder's. */
export async function hourOf(ctx: Pick<Context, 'tx' | 'org' | 'catalogues'>): Promise<number> {
  const own = await ctx.tx.first(sql<{ hour: number }>`select h.hour from notice_hours h
    where h.org_id = ${ctx.org.orgId} and h.superseded_idx = ${sql.raw(CURRENT)}`)
  return own?.hour ?? ctx.catalogues.ladder.hour
}

/** The actor's own lines; somebody who is no person of the bureau has none. */
function ownAsked(ctx: ReadContext): Asked {
  return { pid: ctx.actor.pid ?? '', within: (column) => ctx.within({ units: column }) as never }
}

async function ownInbox(ctx: ReadContext): Promise<Inbox> {
  const asked = ownAsked(ctx)
  if (ctx.actor.pid !== null) return standingToday(ctx, asked)
  ctx.unscoped('an account that is no person has no inbox')
  return { calendar: ctx.catalogues.calendar, bureau: null as never, lines: [] }
}

/** When each of the actor's lines was new, by name. */
async function toldLines(ctx: ReadContext, day: string | null): Promise<Map<string, string>> {
  const rows = await ctx.tx.all(sql<{ line: string; on: string }>`select n.line, n.on_day "on" from notice_lines n
    where n.org_id = ${ctx.org.orgId} and n.pid = ${ctx.actor.pid}::uuid and (${day}::date is null or n.on_day = ${day}::date)`)
  return new Map(rows.map((row) => [row.line, row.on]))
}

interface Shown {
  readonly names: ReadonlyMap<string, string>
  readonly calendar: Calendar
  readonly today: string
  readonly told: ReadonlyMap<string, string>
}

/** The record that a line leads to: a milestone stands in its duty. */
function aboutOf({ noun, id }: Pick<LineName, 'noun' | 'id'>): Pick<Line, 'noun' | 'recordId'> {
  return noun === 'milestone' ? { noun: 'duty', recordId: id.split('/')[0]! } : { noun, recordId: id }
}

function shown(line: Standing, { names, calendar, today, told }: Shown): Line {
  const { noun, stage, part, id, no, year, title, words, unitId, dueOn } = line
  return {
    ...aboutOf({ noun, id }),
    stage,
    part,
    no,
    year,
    title,
    words,
    unit: unitId === null ? null : { id: unitId, name: names.get(unitId) ?? '' },
    dueOn,
    workingDays: dueOn === null ? null : workingDaysBetween(calendar, today, dueOn).days,
    newOn: told.get(line.line) ?? null,
    standing: true,
  }
}

export const listNoticesAnswer = answer(listNotices, {
  may: mayReadOwn,
  // What rules ask is judged on all records; a line goes to whom it concerns.
  stubs: true,
  run: async (ctx) => {
    const { calendar, lines } = await ownInbox(ctx)
    const [told, names, hour, made] = await Promise.all([
      toldLines(ctx, null),
      unitNames(ctx.tx, ctx.org.orgId, ctx.today),
      hourOf(ctx),
      ctx.tx.first(
        sql<{
          n: number
        }>`select 1 n from notice_mornings m where m.org_id = ${ctx.org.orgId} and m.on_day = ${ctx.today}::date`,
      ),
    ])
    const items = lines.map((line) => shown(line, { names, calendar, today: ctx.today, told }))
    const nextDigestOn =
      made === null ? nextWorkday(calendar, ctx.today).day : addWorkingDays(calendar, ctx.today, 1).day
    return { items, total: items.length, next: null, nextDigestOn, hour }
  },
})

/** The digest of a day: what was new then, whether or not it still stands. */
async function digest(ctx: ReadContext, day: string) {
  if (day > ctx.today) throw new Refusal('digest/day-ahead', { day, today: ctx.today })
  const inbox = await ownInbox(ctx)
  const [told, names] = await Promise.all([toldLines(ctx, day), unitNames(ctx.tx, ctx.org.orgId, ctx.today)])
  const still = inbox.lines.filter(({ line }) => told.has(line))
  const place = { names, calendar: inbox.calendar, today: ctx.today, told }
  const gone = [...told.keys()].filter((line) => !still.some((one) => one.line === line))
  const items = [...still.map((line) => shown(line, place)), ...(await describeGone(ctx, gone.map(readLine), day))]
  const { workday } = isWorkday(inbox.calendar, day)
  return { day, workday, items, others: inbox.lines.length - still.length }
}

/** Lines of an earlier digest that stand no longer: what they were about, as it is called now. */
async function describeGone(ctx: ReadContext, gone: readonly LineName[], day: string): Promise<Line[]> {
  const about = gone.map((name) => ({ ...name, ...aboutOf(name) }))
  const ids = (noun: Line['noun']) => about.filter((one) => one.noun === noun).map(({ recordId }) => recordId)
  const [duties, orders, reminders] = await Promise.all([
    ids('duty').length === 0 ? [] : dutiesById(ctx, ids('duty'), ctx.within({ units: 'd.unit_ids' }) as never),
    ids('order').length === 0 ? [] : ordersById(ctx, ids('order')),
    ids('reminder').length === 0 ? [] : remindersById(ctx, ids('reminder')),
  ])
  const byId = new Map([...duties, ...orders, ...reminders].map((one) => [one.id, one]))
  return about.map(({ noun, stage, part, recordId }): Line => {
    const one: (Described & { words?: Line['words'] }) | undefined = byId.get(recordId)
    return {
      noun,
      recordId,
      stage,
      part,
      no: one?.no ?? null,
      year: one?.year ?? null,
      title: one?.title ?? null,
      words: noun === 'obligation' ? ruleWords(ctx, recordId) : (one?.words ?? null),
      unit: null,
      dueOn: null,
      workingDays: null,
      newOn: day,
      standing: false,
    }
  })
}

function ruleWords(ctx: Context, obligationId: string) {
  return ctx.catalogues.catalogue.rules.find(obligationId.split('/')[0]!)?.words ?? null
}

interface Described {
  readonly id: string
  readonly no: number | null
  readonly year: number | null
  readonly title: string | null
}

function ordersById(ctx: ReadContext, ids: readonly string[]): Promise<Described[]> {
  return ctx.tx.all(sql<Described>`select o.id, o.no, o.year, d.title from follow_orders o
    join duties d on d.org_id = o.org_id and d.id = o.duty_id and d.superseded_idx = ${sql.raw(CURRENT)}
    where o.org_id = ${ctx.org.orgId} and o.superseded_idx = ${sql.raw(CURRENT)} and o.id = any(${ids as string[]}::uuid[])
      and ${ctx.within({ units: 'o.unit_ids' })}`)
}

async function remindersById(ctx: Context, ids: readonly string[]) {
  const rows = await ctx.tx.all(sql<{ id: string; festival: string; year: number }>`select r.id, r.festival, r.year
    from festival_reminders r where r.org_id = ${ctx.org.orgId} and r.superseded_idx = ${sql.raw(CURRENT)}
      and r.id = any(${ids as string[]}::uuid[])`)
  return rows.map((row) => ({ ...row, no: null, title: null, words: festivalWords(ctx, row.festival) }))
}

export const digestOfDayAnswer = answer(digestOfDay, {
  may: mayReadOwn,
  stubs: true,
  run: async (ctx, input) => digest(ctx, input.day ?? ctx.today),
})

export const digestPaperAnswer = fileAnswer(digestPaper, {
  may: mayReadOwn,
  stubs: true,
  run: async (ctx, input) => digestPage(ctx, await digest(ctx, input.day ?? ctx.today)),
})
