import { sql } from 'kysely'
import type { Context, Writing } from '../../platform/action/action.ts'
import { jobId, jobStatement } from '../../platform/jobs/queues.ts'
import { CURRENT, type Stored } from '../../platform/journal/record.ts'
import { insertInto } from '../../platform/journal/write.ts'

/** What an administrator said of a channel; its secret stands elsewhere. */
export interface ChannelSettings {
  readonly address: string
  readonly host?: string
  readonly port?: number
  readonly security?: 'tls' | 'starttls' | 'none'
  readonly user?: string
  readonly sender?: string
  readonly url?: string
}

/** A stored channel. */
export interface ChannelRow extends Stored {
  kind: 'mail' | 'webhook'
  status: 'open' | 'closed'
  settings: ChannelSettings
}

/** Whose secret it is: sealed for one channel it opens for no other. */
export const secretOwner = (orgId: number, channelId: string): string => `${orgId}/${channelId}`

/** The channels that are open. */
export function openChannels(ctx: Context): Promise<ChannelRow[]> {
  return ctx.tx.all(sql<ChannelRow>`select c.id, c.version, c.kind, c.status, c.settings from channels c
    where c.org_id = ${ctx.org.orgId} and c.superseded_idx = ${sql.raw(CURRENT)} and c.status = 'open' order by c.kind`)
}

/**
 * Prepares one message for each person whom the channel reaches: with mail those who gave an address. A person gets one
 * a day over a channel, however often this runs, since the message's id follows from all three.
 */
export async function sendTo(ctx: Writing, channel: ChannelRow, counts: ReadonlyMap<string, number>): Promise<number> {
  const { orgId } = ctx.org
  const reached = channel.kind === 'mail' ? await withAddress(ctx, [...counts.keys()]) : [...counts.keys()]
  const rows = reached.map((pid) => ({
    id: jobId(`${channel.id} ${pid} ${ctx.today}`),
    pid,
    items: counts.get(pid) ?? 0,
  }))
  prepareDeliveries(ctx, channel.id, rows)
  for (const { id } of rows) ctx.side(jobStatement('deliver', id, { orgId, deliveryId: id }))
  return rows.length
}

/** Prepares rows of messages; one that is there already stays as it is. */
export function prepareDeliveries(
  ctx: Writing,
  channelId: string,
  messages: readonly { id: string; pid: string | null; items: number }[],
): void {
  const columns = ['org_id', 'id', 'channel_id', 'pid', 'on_day', 'items', 'state', 'at']
  const rows = messages.map(({ id, pid, items }) => [
    ctx.org.orgId,
    id,
    channelId,
    pid,
    ctx.today,
    items,
    'waiting',
    ctx.now,
  ])
  for (const { text, values } of insertInto('deliveries', columns, rows))
    ctx.side({ text: `${text} on conflict do nothing`, values })
}

async function withAddress(ctx: Context, pids: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.all(sql<{ pid: string }>`select m.pid from mail_addresses m
    where m.org_id = ${ctx.org.orgId} and m.superseded_idx = ${sql.raw(CURRENT)} and m.status = 'open' and m.address is not null
      and m.pid = any(${pids as string[]}::uuid[]) order by m.pid`)
  return rows.map(({ pid }) => pid)
}
