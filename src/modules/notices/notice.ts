import { sql } from 'kysely'
import { isWorkday, nextWorkday } from '../../core/calendar/calendar.ts'
import { action, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType, type Stored } from '../../platform/journal/record.ts'
import { insertInto } from '../../platform/journal/write.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import { alsoErase } from '../organisation/organisation.ts'
import { openChannels, sendTo } from './delivery.ts'
import { mayAnnounce } from './notice.access.ts'
import { announceDigests, planDigest } from './notice.contract.ts'
import { standingToday } from './standing.ts'

/** The hour at which a bureau's digests are made. */
export const hourRecord: RecordType = { type: 'notice-hour', table: 'notice_hours', clear: ['hour'], sealed: [] }

export const planDigestAction = action(planDigest, {
  may: mayAnnounce,
  run: async (ctx, input) => {
    const stored = await ctx.tx.first(sql<Stored & { hour: number }>`select id, version, hour from notice_hours
      where org_id = ${ctx.org.orgId} and superseded_idx = ${sql.raw(CURRENT)} for no key update`)
    if ((stored?.hour ?? ctx.catalogues.ladder.hour) === input.hour)
      throw new Refusal('digest/nothing-changed', { hour: input.hour })
    if (stored === null) ctx.add(hourRecord, { hour: input.hour })
    else ctx.revise(hourRecord, stored, { hour: input.hour })
    return { hour: input.hour }
  },
})

export const announceDigestsAction = action(announceDigests, {
  may: mayAnnounce,
  run: async (ctx) => {
    const { orgId } = ctx.org
    const calendar = await calendarFor(ctx.tx, orgId, ctx.catalogues)
    if (!isWorkday(calendar, ctx.today).workday)
      throw new Refusal('digest/quiet-day', { day: ctx.today, next: nextWorkday(calendar, ctx.today).day })
    // Two makers of one morning: the second waits here and then finds every line told.
    await ctx.tx.all(sql`insert into notice_mornings (org_id, on_day) values (${orgId}, ${ctx.today})
      on conflict (org_id, on_day) do update set on_day = excluded.on_day`)
    const [{ lines }, told] = await Promise.all([
      standingToday(ctx, { pid: null, within: () => sql`true` }),
      ctx.tx.all(sql<{ pid: string; line: string }>`select pid, line from notice_lines where org_id = ${orgId}`),
    ])
    const before = new Set(told.map(({ pid, line }) => `${pid} ${line}`))
    const fresh = lines.filter(({ pid, line }) => !before.has(`${pid} ${line}`))
    keepLines(ctx, fresh)
    const perPerson = Map.groupBy(fresh, ({ pid }) => pid)
    const messages = await sendNumbers(ctx, new Map([...perPerson].map(([pid, own]) => [pid, own.length])))
    return { day: ctx.today, persons: perPerson.size, lines: fresh.length, messages }
  },
})

function keepLines(ctx: Writing, fresh: readonly { pid: string; line: string }[]): void {
  const { orgId } = ctx.org
  const rows = fresh.map(({ pid, line }) => [orgId, pid, line, ctx.today])
  for (const statement of insertInto('notice_lines', ['org_id', 'pid', 'line', 'on_day'], rows))
    ctx.side({ text: `${statement.text} on conflict do nothing`, values: statement.values })
}

/** One message for each person over each open channel that reaches him; only to whom something is new. */
async function sendNumbers(ctx: Writing, counts: ReadonlyMap<string, number>): Promise<number> {
  if (counts.size === 0) return 0
  const channels = await openChannels(ctx)
  let sent = 0
  for (const channel of channels) sent += await sendTo(ctx, channel, counts)
  return sent
}

// What a person was told, and what was sent to him, goes with him.
alsoErase(async (ctx, pid) => {
  const { orgId } = ctx.org
  ctx.side(sql`delete from notice_lines where org_id = ${orgId} and pid = ${pid}`)
  ctx.side(sql`delete from deliveries where org_id = ${orgId} and pid = ${pid}`)
})
