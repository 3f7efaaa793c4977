import { sql } from 'kysely'
import { type Actor, anyOf, type Ground, role } from '../../core/access/actor.ts'
import { addDays } from '../../core/calendar/days.ts'
import {
  action,
  answer,
  type Bearer,
  type Context,
  fileAnswer,
  type Org,
  type Tried,
  type Writing,
} from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import type { Stage } from '../../platform/action/perform.ts'
import { preambleOf, type Reads, transact } from '../../platform/db/pool.ts'
import { assert, Refusal } from '../../platform/errors/refusal.ts'
import { newToken, orgOfToken, secretHash } from '../../platform/http/token.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { type Owed, owedBy } from '../obligations/owed.facts.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { actorHoldings, alsoErase, nameJoin } from '../organisation/organisation.ts'
import { closeFeed, getFeed, grantFeeds, openFeed, readFeed, revokeFeeds } from './feed.contract.ts'
import { feedCalendar } from './feed-calendar.ts'
import { answersFor, type Bureau, bureauOn } from './people.ts'

/** Whether the bureau allows feeds; there is none before an administrator said so. */
export const feedSettingRecord: RecordType = {
  type: 'feed-setting',
  table: 'feed_settings',
  clear: ['allowed'],
  sealed: [],
}

type Setting = Stored & { allowed: boolean }
type Language = 'zh' | 'en'

const mayAllow = anyOf<unknown>(role('system-admin'))
const own: Ground<unknown, unknown> = { says: 'a person, his own', test: (actor) => actor.pid !== null }
const mayHaveOwn = anyOf<unknown>(own)

/** How far a feed looks back for what is still owed, and ahead. */
const BACK_DAYS = 31
const AHEAD_DAYS = 366

const settingOf = (ctx: Context, lock: boolean): Promise<Setting | null> =>
  ctx.tx.first(sql<Setting>`select f.id, f.version, f.allowed from feed_settings f
    where f.org_id = ${ctx.org.orgId} and ${knownAt('f')} ${lock ? sql`for no key update` : sql``}`)

interface FeedRow {
  language: Language
  openedAt: string
}

const ownFeed = (ctx: Context): Promise<FeedRow | null> =>
  ctx.tx.first(sql<FeedRow>`select f.language, f.opened_at "openedAt" from feeds f
    where f.org_id = ${ctx.org.orgId} and f.pid = ${ctx.actor.pid}::uuid`)

function say(ctx: Writing, setting: Setting | null, allowed: boolean): void {
  if (setting === null) ctx.add(feedSettingRecord, { allowed })
  else ctx.revise(feedSettingRecord, setting, { allowed })
}

export const grantFeedsAction = action(grantFeeds, {
  may: mayAllow,
  run: async (ctx) => {
    const setting = await settingOf(ctx, true)
    if (setting?.allowed) throw new Refusal('feed/allowed-already')
    say(ctx, setting, true)
    return { allowed: true as const }
  },
})

export const revokeFeedsAction = action(revokeFeeds, {
  may: mayAllow,
  run: async (ctx) => {
    const setting = await settingOf(ctx, true)
    if (!setting?.allowed) throw new Refusal('feed/not-allowed')
    const open = await ctx.tx.first(sql<{ n: number }>`select count(*) n from feeds where org_id = ${ctx.org.orgId}`)
    say(ctx, setting, false)
    ctx.side({ text: 'delete from feeds where org_id = $1', values: [ctx.org.orgId] })
    return { allowed: false as const, closed: open?.n ?? 0 }
  },
})

export const openFeedAction = action(openFeed, {
  may: mayHaveOwn,
  run: async (ctx, input) => {
    const [setting, before] = await Promise.all([settingOf(ctx, false), ownFeed(ctx)])
    if (!setting?.allowed) throw new Refusal('feed/not-allowed')
    const secret = newToken(ctx.org.orgId)
    ctx.side({
      text: `insert into feeds (org_id, pid, token_hash, language, opened_at) values ($1, $2, $3, $4, $5)
        on conflict (org_id, pid) do update
          set token_hash = excluded.token_hash, language = excluded.language, opened_at = excluded.opened_at`,
      values: [ctx.org.orgId, ctx.actor.pid, secretHash(secret), input.language ?? 'zh', ctx.now],
    })
    assert(readFeed.address !== null, 'a feed has an address')
    return { path: readFeed.address.replace('{secret}', secret), replaced: before !== null }
  },
})

const closeOf = (ctx: Writing, pid: string | null) =>
  ctx.side({ text: 'delete from feeds where org_id = $1 and pid = $2', values: [ctx.org.orgId, pid] })

export const closeFeedAction = action(closeFeed, {
  may: mayHaveOwn,
  run: async (ctx) => {
    if ((await ownFeed(ctx)) === null) throw new Refusal('feed/none')
    closeOf(ctx, ctx.actor.pid)
    return { closed: true as const }
  },
})

// Whoever is erased has no feed any more.
alsoErase(async (ctx, pid) => closeOf(ctx, pid))

export const getFeedAnswer = answer(getFeed, {
  may: anyOf<unknown>(own, role('system-admin')),
  run: async (ctx) => {
    ctx.unscoped('the own feed of whoever asks')
    const [setting, own] = await Promise.all([settingOf(ctx, false), ownFeed(ctx)])
    return { allowed: setting?.allowed ?? false, openedAt: own?.openedAt ?? null, language: own?.language ?? null }
  },
})

/** Claims that a person is the one who owes: himself, as holder of the post, or as head of the unit (as the digests say it). */
function owes(bureau: Bureau, pid: string, { subject }: Owed): boolean {
  if (subject.type === 'person') return subject.id === pid
  if (subject.type === 'post') return bureau.holders(subject.id).includes(pid)
  const head = bureau.head(subject.id)?.pids ?? []
  return (head.length > 0 ? head : bureau.holders(bureau.inCharge(subject.id))).includes(pid)
}

/**
 * What a person still owes, a month back and a year ahead. A calendar program is outside the product, so what only the
 * person and one handler may know of (visibility `personal`) stays out.
 */
async function stillOwed(ctx: Context, pid: string): Promise<Owed[]> {
  const span = { from: addDays(ctx.today, -BACK_DAYS), to: addDays(ctx.today, AHEAD_DAYS) }
  const bureau = await bureauOn(ctx, ctx.today)
  const outcomes = ['upcoming', 'open', 'unmet'] as const
  const all = await owedBy(ctx, { on: ctx.today, span, outcomes, ...answersFor(bureau, pid) })
  return all.filter(
    (one) =>
      one.by.visibility !== 'personal' && span.from <= one.dueOn && one.dueOn <= span.to && owes(bureau, pid, one),
  )
}

const orgColumns = sql.raw('o.org_id "orgId", o.code, o.name, o.suite, o.go_live_on "goLiveOn", o.demo')

/**
 * The person and bureau for whom a secret stands: while feeds are allowed and his account is open. Else the bureau that the secret
 * names, so that its audit says that somebody tried; null where there is no such bureau.
 */
async function bearerOf(stage: Stage, secret: string): Promise<Bearer | Tried | null> {
  const orgId = orgOfToken(secret)
  if (orgId === null) return null
  return transact(stage.pool, preambleOf('read only', orgId, {}), async (tx) => {
    const found = await tx.first(sql<Org & { pid: string; accountId: string; person: string; language: Language }>`
      select ${orgColumns}, f.pid, f.language, a.id "accountId", p.name person
      from feeds f join orgs o on o.org_id = f.org_id
        join feed_settings s on s.org_id = f.org_id and ${knownAt('s')} and s.allowed
        join accounts a on a.org_id = f.org_id and a.pid = f.pid and ${knownAt('a')} and a.status = 'open' ${nameJoin('f.pid')}
      where f.org_id = ${orgId} and f.token_hash = ${secretHash(secret)}`)
    if (found === null) {
      const org = await tx.first(sql<Org>`select ${orgColumns} from orgs o where o.org_id = ${orgId}`)
      return org && { org, actor: null }
    }
    const { pid, accountId, person, language, ...org } = found
    return { org, actor: await actorOf(stage, tx, { orgId, pid, accountId, name: person ?? '' }), input: { language } }
  })
}

async function actorOf(
  stage: Stage,
  tx: Reads,
  who: Pick<Actor, 'orgId' | 'accountId' | 'name'> & { pid: string },
): Promise<Actor> {
  const today = civilDay(stage.clock.now())
  const held = await actorHoldings(tx, who.orgId, who.pid, today, stage.catalogues.catalogue)
  return { ...who, ...held, onBehalfOf: null }
}

export const readFeedAnswer = fileAnswer(readFeed, {
  may: mayHaveOwn,
  stubs: true,
  bearer: bearerOf,
  run: async (ctx, input) => {
    ctx.unscoped('what the person himself owes: the title of the rule and the day')
    const language = input.language ?? 'zh'
    const owed = await stillOwed(ctx, ctx.actor.pid!)
    const days = owed.map(({ id, by, dueOn }) => ({ id, title: by.words[language], dueOn }))
    const name = ctx.catalogues.words.messages.get('feed/name')
    assert(name !== undefined, 'the name of a feed is worded')
    const text = feedCalendar({ org: ctx.org.code, name: name[language], language, today: ctx.today, days })
    return { bytes: new TextEncoder().encode(text), mediaType: 'text/calendar; charset=utf-8', fileName: 'luze.ics' }
  },
})

/** Acts and reads of feeds, for the list of the module. */
export const feedActions = [grantFeedsAction, revokeFeedsAction, openFeedAction, closeFeedAction]
export const feedQueries = [getFeedAnswer, readFeedAnswer]
