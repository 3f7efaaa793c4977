import { sql } from 'kysely'
import { allows } from '../../core/access/actor.ts'
import { festivalsOf } from '../../core/calendar/calendar.ts'
import { addDays } from '../../core/calendar/days.ts'
import { action, answer, type Context, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { CURRENT, type RecordType } from '../../platform/journal/record.ts'
import { appendActivity } from '../activities/activity.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import { unitsOn } from '../organisation/organisation.ts'
import { mayReadOwn, mayRemind } from './notice.access.ts'
import { membersOfGroups } from './people.ts'
import { draftReminders, getReminder, listReminders, sendReminder } from './reminder.contract.ts'
import { festivalWords, reminderKind } from './standing.ts'

/** A reminder that was sent: when, before what, to which groups; its wording is sealed. */
export const reminderRecord: RecordType = {
  type: 'festival-reminder',
  table: 'festival_reminders',
  clear: ['festival', 'year', 'sent_on', 'shown_until', 'unit_ids', 'audiences', 'activity_id'],
  sealed: ['wording'],
}

interface SentRow {
  reminderId: string
  festival: string
  year: number
  sentOn: string
  unitIds: string[]
  audiences: string[]
  text: string | null
  activityId: string
}

const sentColumns =
  sql.raw(`r.id "reminderId", r.festival, r.year, r.sent_on "sentOn", r.unit_ids "unitIds", r.audiences,
  r.wording text, r.activity_id "activityId"`)

function sentIn(ctx: Context, years: readonly number[] | null): Promise<SentRow[]> {
  return ctx.tx.all(sql<SentRow>`select ${sentColumns} from festival_reminders r
    where r.org_id = ${ctx.org.orgId} and r.superseded_idx = ${sql.raw(CURRENT)}
      and (${years as number[] | null}::int[] is null or r.year = any(${years as number[] | null}::int[]))
    order by r.sent_on desc, r.id desc limit 500`)
}

async function festivalAhead(ctx: Context, id: string, year: number) {
  const calendar = await calendarFor(ctx.tx, ctx.org.orgId, ctx.catalogues)
  const festival = festivalsOf(calendar, year).find((one) => one.id === id)
  if (festival === undefined) throw new Refusal('reminder/unknown-festival', { festival: id, year })
  if (festival.to < ctx.today)
    throw new Refusal('reminder/festival-over', { festival: festivalWords(ctx, id)?.zh ?? id, day: festival.to })
  return festival
}

/** Checks the groups: units of today, audiences that the roster makes out, none of which got this reminder before. */
async function checkGroups(
  ctx: Context,
  unitIds: readonly string[],
  audiences: readonly string[],
  sent: readonly SentRow[],
) {
  const { catalogue, ladder } = ctx.catalogues
  if (unitIds.length + audiences.length === 0) throw new Refusal('reminder/no-group')
  const units = new Map((await unitsOn(ctx.tx, ctx.org.orgId, ctx.today)).map((unit) => [unit.unitId, unit]))
  const unknown =
    unitIds.find((id) => !units.has(id)) ??
    audiences.find((id) => !ladder.groups.some((group) => group.audience === id))
  if (unknown !== undefined)
    throw new Refusal('reminder/unknown-group', { group: catalogue.audiences.find(unknown)?.words.zh ?? unknown })
  const again =
    unitIds.find((id) => sent.some((one) => one.unitIds.includes(id))) ??
    audiences.find((id) => sent.some((one) => one.audiences.includes(id)))
  if (again !== undefined)
    throw new Refusal('reminder/sent-already', {
      group: units.get(again)?.name ?? catalogue.audiences.find(again)?.words.zh ?? again,
    })
  return units
}

/** The unit under which the reminder is recorded: the one named, else that of a post of the actor, else the bureau. */
async function recordingUnit(
  ctx: Context,
  units: ReadonlyMap<string, { unitId: string; kind: string; parentId: string | null }>,
  named: string | undefined,
): Promise<string> {
  if (named !== undefined) return named
  const { bodies } = reminderKind(ctx)
  const posts = ctx.actor.holdings.flatMap(({ postId }) => (postId === null ? [] : [postId]))
  const rows = await ctx.tx.all(sql<{ unitId: string }>`select s.unit_id "unitId" from posts s
    where s.org_id = ${ctx.org.orgId} and s.superseded_idx = ${sql.raw(CURRENT)} and s.id = any(${posts}::uuid[]) order by s.position`)
  const own = rows.find(({ unitId }) => bodies.includes(units.get(unitId)?.kind ?? ''))
  return own?.unitId ?? [...units.values()].find((unit) => unit.parentId === null)!.unitId
}

export const sendReminderAction = action(sendReminder, {
  may: mayRemind,
  run: async (ctx, input) => {
    const { festival: id, year, text } = input
    const unitIds = [...new Set(input.unitIds ?? [])]
    const audiences = [...new Set(input.audiences ?? [])]
    const festival = await festivalAhead(ctx, id, year)
    // Two senders at once: the second waits for the row that the first one locks and sees what was sent.
    await ctx.tx.all(sql`select 1 from journal_heads where org_id = ${ctx.org.orgId} for no key update`)
    const sent = (await sentIn(ctx, [year])).filter((one) => one.festival === id)
    const units = await checkGroups(ctx, unitIds, audiences, sent)
    const { kind, field } = reminderKind(ctx)
    const activityId = await appendActivity(ctx, {
      kind,
      happenedOn: ctx.today,
      unitId: await recordingUnit(ctx, units, input.byUnitId),
      content: text,
      fields: { [field]: id },
      ...(audiences.length === 1 ? { audience: audiences[0] } : {}),
    })
    const reminderId = ctx.add(reminderRecord, {
      festival: id,
      year,
      sent_on: ctx.today,
      shown_until: festival.to,
      unit_ids: unitIds,
      audiences,
      activity_id: activityId,
      wording: text,
    })
    const reached = await membersOfGroups(ctx, { unitIds, audiences }, ctx.today)
    return { reminderId, activityId, reached: reached.length }
  },
})

export const draftRemindersAnswer = answer(draftReminders, {
  may: mayRemind,
  run: async (ctx) => {
    ctx.unscoped('festivals of the calendar, and what was sent, for those who send')
    const { catalogue, ladder, words } = ctx.catalogues
    const year = Number(ctx.today.slice(0, 4))
    const [calendar, sent] = await Promise.all([
      calendarFor(ctx.tx, ctx.org.orgId, ctx.catalogues),
      sentIn(ctx, [year, year + 1]),
    ])
    const proposed = words.messages.get('reminder/text')!
    const ahead = [...festivalsOf(calendar, year), ...festivalsOf(calendar, year + 1)].filter(
      (one) => one.to >= ctx.today,
    )
    const items = ahead.slice(0, 4).flatMap(({ id, day, from, to, certain }) => {
      const called = festivalWords(ctx, id)
      if (called === null) return []
      const own = Number(day.slice(0, 4))
      const text = { zh: fill(proposed.zh, { festival: called.zh }), en: fill(proposed.en, { festival: called.en }) }
      const earlier = sent.filter((one) => one.festival === id && one.year === own)
      const sendFrom = addDays(from, -ladder.reminders.days_before)
      return [
        { festival: id, words: called, year: own, day, from, to, certain, sendFrom, text, sent: earlier.map(sentOf) },
      ]
    })
    const audiences = ladder.groups.map(({ audience }) => ({
      id: audience,
      words: catalogue.audiences.get(audience).words,
    }))
    return { items, audiences }
  },
})

function sentOf({ reminderId, sentOn, unitIds, audiences, text }: SentRow) {
  return { reminderId, sentOn, unitIds, audiences, text }
}

export const listRemindersAnswer = answer(listReminders, {
  may: mayRemind,
  run: async (ctx, input) => {
    ctx.unscoped('reminders to groups, for those who send them')
    const rows = await sentIn(ctx, input.year === undefined ? null : [input.year])
    const items = rows.map((row) => ({ ...row, words: festivalWords(ctx, row.festival) }))
    return { items, total: items.length, next: null }
  },
})

export const getReminderAnswer = answer(getReminder, {
  may: mayReadOwn,
  run: async (ctx, input) => {
    ctx.unscoped('judged by the groups to which it went')
    const row = await ctx.tx.first(sql<SentRow>`select ${sentColumns} from festival_reminders r
      where r.org_id = ${ctx.org.orgId} and r.superseded_idx = ${sql.raw(CURRENT)} and r.id = ${input.reminderId}`)
    const sends = allows(mayRemind, ctx.actor, undefined, undefined)
    if (row === null || !(sends || (await cameTo(ctx, row)))) throw new Refusal('record/not-found')
    const { activityId, ...rest } = row
    return { ...rest, words: festivalWords(ctx, row.festival), activityId: sends ? activityId : null }
  },
})

async function cameTo(ctx: ReadContext, row: SentRow): Promise<boolean> {
  return ctx.actor.pid !== null && (await membersOfGroups(ctx, row, row.sentOn)).includes(ctx.actor.pid)
}
