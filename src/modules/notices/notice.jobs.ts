import { sql } from 'kysely'
import type { Actor } from '../../core/access/actor.ts'
import { EVERYTHING, type Scopes, scopeSettings } from '../../core/access/scope.ts'
import { isWorkday } from '../../core/calendar/calendar.ts'
import type { Action, Org } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { perform, type Stage } from '../../platform/action/perform.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { NOBODY } from '../../platform/http/server.ts'
import { fill } from '../../platform/i18n/words.ts'
import type { Given } from '../../platform/jobs/jobs.ts'
import { SealBroken } from '../../platform/jobs/sealed.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import type { failures } from './channel.contract.ts'
import { type ChannelSettings, secretOwner } from './delivery.ts'
import { sendMail } from './mail.ts'
import { hourOf } from './notice.queries.ts'
import { announceDigestsAction } from './notice.ts'
import { Undelivered } from './reach.ts'
import { post } from './webhook.ts'

const WHOLE: Scopes = { general: EVERYTHING, talks: EVERYTHING }
/** After this hour of the day a morning that was missed is left out; what is new comes with the next one. */
const LATEST_HOUR = 17

/** The hour of the day in Asia/Shanghai, which knows no summer time. */
export function civilHour(at: Date): number {
  return (at.getUTCHours() + 8) % 24
}

/** Who does what time does: nobody's account, the rights of the office. */
function calendarActor({ orgId }: Org): Actor {
  const holdings = [{ role: 'office' as const, postId: null, units: 'all' as const }]
  return { orgId, accountId: NOBODY, pid: null, name: 'calendar', holdings, scopes: WHOLE, onBehalfOf: null }
}

const reading = (org: Org) => preambleOf('read only', org.orgId, scopeSettings(WHOLE))

/**
 * Makes the morning's digests of a bureau if its hour has come, the day is worked, and they are not made yet. Answers
 * whether they were made now.
 */
export async function announceMorning(stage: Stage, org: Org): Promise<boolean> {
  const now = stage.clock.now()
  const today = civilDay(now)
  const hour = civilHour(now)
  const due = await transact(stage.pool, reading(org), async (tx) => {
    const ctx = { tx, org, catalogues: stage.catalogues }
    const [wanted, calendar, made] = await Promise.all([
      hourOf(ctx),
      calendarFor(tx, org.orgId, stage.catalogues),
      tx.first(sql`select 1 from notice_mornings m where m.org_id = ${org.orgId} and m.on_day = ${today}::date`),
    ])
    return made === null && hour >= wanted && hour <= LATEST_HOUR && isWorkday(calendar, today).workday
  })
  if (!due) return false
  await perform(stage, announceDigestsAction as unknown as Action, { org, actor: calendarActor(org), input: {} })
  return true
}

interface Delivery {
  channelId: string
  kind: 'mail' | 'webhook'
  open: boolean
  settings: ChannelSettings
  test: boolean
  pid: string | null
  onDay: string
  items: number
  state: string
  to: string | null
}

/** What the worker on deliveries needs beside the stage; `ownMachine`: a webhook on this machine may be called (tests). */
export interface Outward {
  /** The secret as it was put away, sealed. */
  readonly secretOf: (orgId: number, channelId: string) => Promise<string | null>
  readonly ownMachine: boolean
}

/**
 * Sends one message, or drops it where nobody needs it any more: its channel is closed, the address is taken back, its
 * day is over. What was sent is never sent again; if the process dies between the other side's yes and our note of it,
 * the same message goes out again under the same id, by which the other side knows it.
 */
export async function deliver(stage: Stage, org: Org, job: Given<'deliver'>, outward: Outward): Promise<void> {
  const { deliveryId } = job.data
  const found = await readDelivery(stage, org, deliveryId)
  if (found === null || found.state !== 'waiting') return
  const today = civilDay(stage.clock.now())
  const nowhere = found.kind === 'mail' && found.to === null
  if (!found.open || nowhere || found.onDay < today) return note(stage, org, deliveryId, 'dropped', null)
  try {
    await send(stage, org, deliveryId, found, outward)
  } catch (error) {
    const reason = error instanceof Undelivered ? error.reason : 'other'
    const final = job.last || reason === 'forbidden-address'
    await note(stage, org, deliveryId, final ? 'failed' : 'waiting', reason)
    if (final) return
    throw error
  }
  await note(stage, org, deliveryId, 'sent', null)
}

async function readDelivery(stage: Stage, org: Org, id: string): Promise<Delivery | null> {
  return transact(stage.pool, reading(org), (tx) =>
    tx.first(sql<Delivery>`select d.channel_id "channelId", c.kind, c.status = 'open' open, c.settings, d.pid is null test, d.pid,
        d.on_day "onDay", d.items, d.state, case when d.pid is null then c.settings->>'sender' else m.address end "to"
      from deliveries d join channels c on c.org_id = d.org_id and c.id = d.channel_id and c.superseded_idx = ${sql.raw(CURRENT)}
      left join mail_addresses m on m.org_id = d.org_id and m.pid = d.pid and m.superseded_idx = ${sql.raw(CURRENT)}
        and m.status = 'open'
      where d.org_id = ${org.orgId} and d.id = ${id}`),
  )
}

/** The secret of a channel, opened; null where it has none. One that does not open is never sent without. */
async function secretFor(stage: Stage, org: Org, channelId: string, outward: Outward): Promise<string | null> {
  const sealed = await outward.secretOf(org.orgId, channelId)
  if (sealed === null) return null
  try {
    if (stage.secrets === undefined) throw new SealBroken('key-absent')
    return stage.secrets.open(sealed, secretOwner(org.orgId, channelId))
  } catch (error) {
    throw error instanceof SealBroken ? new Undelivered('no-key') : error
  }
}

async function send(stage: Stage, org: Org, id: string, found: Delivery, outward: Outward): Promise<void> {
  const secret = await secretFor(stage, org, found.channelId, outward)
  const { address } = found.settings
  if (found.kind === 'webhook') {
    const message = {
      id,
      event: found.test ? 'test' : 'digest',
      bureau: org.code,
      recipient: found.pid,
      items: found.items,
      address,
    } as const
    await post(found.settings.url ?? '', secret ?? '', message, {
      now: stage.clock.now(),
      ownMachine: outward.ownMachine,
    })
    return
  }
  const say = (key: string) =>
    fill(stage.catalogues.words.messages.get(`notice/${key}`)?.zh ?? '', { count: found.items, address })
  const text = say(found.test ? 'mail-test' : 'mail-text')
  await sendMail(found.settings, secret, { id, to: found.to!, subject: say('mail-subject'), text })
}

async function note(
  stage: Stage,
  org: Org,
  id: string,
  state: 'waiting' | 'sent' | 'dropped' | 'failed',
  reason: (typeof failures)[number] | null,
): Promise<void> {
  await transact(stage.pool, preambleOf('read write', org.orgId, {}), (tx) =>
    tx.send({
      text: `update deliveries set state = $3, reason = $4, at = $5, tried = tried + 1
        where org_id = $1 and id = $2 and state = 'waiting'`,
      values: [org.orgId, id, state, reason, stage.clock.now().toISOString()],
    }),
  )
}
