import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { sql } from 'kysely'
import { action, answer, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { jobStatement, secretStatement } from '../../platform/jobs/queues.ts'
import { keyFile, SealBroken } from '../../platform/jobs/sealed.ts'
import { CURRENT, type RecordType } from '../../platform/journal/record.ts'
import { mayReach } from '../../platform/outward/reach.ts'
import { closeChannel, type failures, listChannels, openChannel, sendTest } from './channel.contract.ts'
import { type ChannelRow, type ChannelSettings, prepareDeliveries, secretOwner } from './delivery.ts'
import { mayKeepChannels, mayReadChannels } from './notice.access.ts'

/** A way out of the product; where it leads is sealed. */
export const channelRecord: RecordType = {
  type: 'channel',
  table: 'channels',
  clear: ['kind', 'status'],
  sealed: ['settings'],
  json: ['settings'],
}

const lockChannel = (ctx: Context, input: { channelId: string }): Promise<ChannelRow | null> =>
  ctx.tx.first(sql<ChannelRow>`select id, version, kind, status, settings from channels
    where org_id = ${ctx.org.orgId} and id = ${input.channelId} and superseded_idx = ${sql.raw(CURRENT)} for no key update`)

type Needed = readonly (keyof ChannelSettings)[]
const NEEDED: Readonly<Record<ChannelRow['kind'], Needed>> = { mail: ['host', 'sender'], webhook: ['url'] }
const KEPT: Readonly<Record<ChannelRow['kind'], Needed>> = {
  mail: ['address', 'host', 'port', 'security', 'user', 'sender'],
  webhook: ['address', 'url'],
}

export const openChannelAction = action(openChannel, {
  may: mayKeepChannels,
  run: async (ctx, { kind, password, ...given }) => {
    const missing = NEEDED[kind].filter((name) => given[name] === undefined)
    if (missing.length > 0) throw new Refusal('channel/incomplete', { missing: missing.join(', ') })
    const host = kind === 'mail' ? given.host! : new URL(given.url!).hostname.replace(/^\[(.*)\]$/, '$1')
    // A name is looked at again whenever something is sent to it; an address can be refused at once.
    if (isIP(host) !== 0 && !mayReach(host, { ownMachine: kind === 'mail' }))
      throw new Refusal('channel/forbidden-address', { host })
    const there = await ctx.tx.first(sql<{ id: string }>`select id from channels where org_id = ${ctx.org.orgId}
      and superseded_idx = ${sql.raw(CURRENT)} and kind = ${kind} and status = 'open'`)
    if (there !== null) throw new Refusal('channel/open-already')
    const settings = Object.fromEntries(
      KEPT[kind].flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
    )
    const channelId = ctx.add(channelRecord, { kind, status: 'open', settings })
    const secret = kind === 'webhook' ? `luze_${randomBytes(32).toString('base64url')}` : null
    const kept = secret ?? password ?? null
    if (kept !== null) ctx.side(secretStatement(ctx.org.orgId, channelId, sealedBy(ctx, channelId, kept)))
    return { channelId, secret }
  },
})

/** The secret as it is put away. Without a key that can be used nothing is, and no channel is opened. */
function sealedBy(ctx: Context, channelId: string, secret: string): string {
  try {
    if (ctx.secrets === null) throw new SealBroken('key-absent')
    return ctx.secrets.seal(secret, secretOwner(ctx.org.orgId, channelId))
  } catch (error) {
    if (error instanceof SealBroken) throw new Refusal('channel/no-key', { file: keyFile })
    throw error
  }
}

export const closeChannelAction = action(closeChannel, {
  subject: lockChannel,
  may: mayKeepChannels,
  run: async (ctx, _input, channel: ChannelRow) => {
    if (channel.status === 'closed') throw new Refusal('channel/closed')
    const { orgId } = ctx.org
    ctx.revise(channelRecord, channel, { status: 'closed' })
    ctx.side(secretStatement(orgId, channel.id, null))
    ctx.side(sql`update deliveries set state = 'dropped', at = ${ctx.now} where org_id = ${orgId} and channel_id = ${channel.id}
      and state = 'waiting'`)
    return { channelId: channel.id }
  },
})

export const sendTestAction = action(sendTest, {
  subject: lockChannel,
  may: mayKeepChannels,
  run: async (ctx, _input, channel: ChannelRow) => {
    if (channel.status === 'closed') throw new Refusal('channel/closed')
    const id = ctx.newId()
    prepareDeliveries(ctx, channel.id, [{ id, pid: null, items: 0 }])
    ctx.side(jobStatement('deliver', id, { orgId: ctx.org.orgId, deliveryId: id }))
    return { deliveryId: id }
  },
})

interface Listed {
  channelId: string
  kind: ChannelRow['kind']
  status: ChannelRow['status']
  settings: ChannelSettings | null
  openedAt: string
  waiting: number
  sent: number
  failed: number
}

interface Delivered {
  channelId: string
  test: boolean
  state: 'waiting' | 'sent' | 'dropped' | 'failed'
  reason: (typeof failures)[number] | null
  at: string
}

export const listChannelsAnswer = answer(listChannels, {
  may: mayReadChannels,
  run: async (ctx) => {
    ctx.unscoped('ways out of the product, for those who administer; no person and no secret')
    const { orgId } = ctx.org
    const counted = (state: string) =>
      sql`(select count(*) from deliveries d where d.org_id = c.org_id and d.channel_id = c.id and d.on_day = ${ctx.today} and d.state = ${state})`
    const [channels, last] = await Promise.all([
      ctx.tx.all(sql<Listed>`select c.id "channelId", c.kind, c.status, c.settings, e.at "openedAt",
          ${counted('waiting')} waiting, ${counted('sent')} sent, ${counted('failed')} failed
        from channels c join channels f on f.org_id = c.org_id and f.id = c.id and f.version = 1
        join journal_entries e on e.org_id = f.org_id and e.idx = f.recorded_idx
        where c.org_id = ${orgId} and c.superseded_idx = ${sql.raw(CURRENT)} order by c.status desc, e.at desc limit 50`),
      ctx.tx.all(sql<Delivered>`select distinct on (d.channel_id, d.pid is null) d.channel_id "channelId", d.pid is null test,
          d.state, d.reason, d.at
        from deliveries d where d.org_id = ${orgId} and (d.pid is null or d.state = 'failed' or d.reason is not null)
        order by d.channel_id, d.pid is null, d.at desc`),
    ])
    const lastOf = (channelId: string, test: boolean) => {
      const found = last.find((one) => one.channelId === channelId && one.test === test)
      return found === undefined ? null : { state: found.state, reason: found.reason, at: found.at }
    }
    const items = channels.map(({ settings, waiting, sent, failed, ...channel }) => ({
      ...settings,
      ...channel,
      address: settings?.address ?? null,
      today: { day: ctx.today, waiting, sent, failed },
      lastTest: lastOf(channel.channelId, true),
      lastFailure: lastOf(channel.channelId, false),
    }))
    return { items, total: items.length }
  },
})
