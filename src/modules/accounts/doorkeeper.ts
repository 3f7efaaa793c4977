import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import type { Actor, Holding } from '../../core/access/actor.ts'
import { NOTHING, type Scopes, union } from '../../core/access/scope.ts'
import type { Org } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import type { Stage } from '../../platform/action/perform.ts'
import { preambleOf, type Reads, transact } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { type Doorkeeper, guestOf, NOBODY } from '../../platform/http/server.ts'
import { orgOfToken, secretHash } from '../../platform/http/token.ts'
import { audit } from '../../platform/journal/audit.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { actorHoldings, mandateFor, nameJoin, scopesOf } from '../organisation/organisation.ts'

/** How long an answer about a token may be used again: what is withdrawn is felt within this time (goal: 5 s). */
const KEPT_MS = 4000
const KEPT_MAX = 5000
/** A session that nobody uses ends after 30 minutes, an administrator's after 10. */
const IDLE_MS = 30 * 60_000
const IDLE_ADMINISTRATOR_MS = 10 * 60_000
const SEEN_EVERY_MS = 60_000

type Known = { org: Org; actor: Actor }

const kept = new Map<string, { until: number; account: string; known: Known }>()
const tokenHashes = new WeakMap<Actor, Buffer>()

/** The hash of the token by which an actor came in; null for one who has no session. */
export function tokenHashOf(actor: Actor): Buffer | null {
  return tokenHashes.get(actor) ?? null
}

/** Forgets what is known of an account's tokens, so that what was just withdrawn is felt at once in this process. */
export function forgetAccount(accountId: string): void {
  for (const [key, { account }] of kept) if (account === accountId) kept.delete(key)
}

interface SessionRow {
  accountId: string
  userName: string | null
  pid: string | null
  person: string | null
  administrator: Holding['role'] | null
  seenAt: string
  expiresAt: string
}

const orgColumns = sql`o.org_id "orgId", o.code, o.name, o.suite, o.go_live_on "goLiveOn", o.demo`

/** The session of a token and who stands behind it today, or null. Rights are read anew every four seconds. */
export async function authenticate(
  stage: Stage,
  token: string,
  onBehalfOf: string | null = null,
): Promise<Known | null> {
  const orgId = orgOfToken(token)
  if (orgId === null) return null
  const hash = secretHash(token)
  const key = `${hash.toString('base64url')} ${onBehalfOf ?? ''}`
  const now = performance.now()
  const before = kept.get(key)
  if (before && before.until > now) return before.known
  const known = await readSession(stage, orgId, hash, onBehalfOf)
  kept.delete(key)
  if (known === null) return null
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!)
  kept.set(key, { until: now + KEPT_MS, account: known.actor.accountId, known })
  tokenHashes.set(known.actor, hash)
  return known
}

async function readSession(
  stage: Stage,
  orgId: number,
  hash: Buffer,
  onBehalfOf: string | null,
): Promise<Known | null> {
  const at = stage.clock.now()
  const found = await transact(stage.pool, preambleOf('read only', orgId, {}), async (tx) => {
    const [orgs, sessions] = await Promise.all([
      tx.all(sql<Org>`select ${orgColumns} from orgs o where o.org_id = ${orgId}`),
      tx.all(sql<SessionRow>`select a.id "accountId", a.user_name "userName", a.pid, p.name person, a.administrator,
          s.seen_at "seenAt", s.expires_at "expiresAt"
        from sessions s join accounts a on a.org_id = s.org_id and a.id = s.account_id and ${knownAt('a')} ${nameJoin('a.pid')}
        where s.org_id = ${orgId} and s.token_hash = ${hash} and s.ended_at is null and a.status = 'open'`),
    ])
    const [org, session] = [orgs[0], sessions[0]]
    if (org === undefined || session === undefined || isOver(session, at)) return null
    const actor = await actorOf(stage, tx, org, session, civilDay(at), onBehalfOf)
    return { org, actor, stale: at.getTime() - Date.parse(session.seenAt) > SEEN_EVERY_MS }
  })
  if (found === null) return null
  if (found.stale) await touch(stage, orgId, hash, at)
  return { org: found.org, actor: found.actor }
}

function isOver(session: SessionRow, at: Date): boolean {
  const idle = session.administrator === null ? IDLE_MS : IDLE_ADMINISTRATOR_MS
  return at.getTime() >= Date.parse(session.expiresAt) || at.getTime() - Date.parse(session.seenAt) >= idle
}

async function touch(stage: Stage, orgId: number, hash: Buffer, at: Date): Promise<void> {
  await transact(stage.pool, preambleOf('read write', orgId, {}), (tx) =>
    tx.send({
      text: 'update sessions set seen_at = greatest(seen_at, $3) where org_id = $1 and token_hash = $2',
      values: [orgId, hash, at.toISOString()],
    }),
  )
}

/** What an account holds on a day: an administrator his one role, a person what his posts and his branch give. */
export async function holdingsOf(
  stage: Pick<Stage, 'catalogues'>,
  tx: Reads,
  orgId: number,
  account: { pid: string | null; administrator: Holding['role'] | null },
  today: string,
): Promise<{ holdings: readonly Holding[]; scopes: Scopes }> {
  if (account.administrator !== null) {
    return {
      holdings: [{ role: account.administrator, postId: null, units: 'all' }],
      scopes: { general: NOTHING, talks: NOTHING },
    }
  }
  if (account.pid === null) return { holdings: [], scopes: scopesOf(null, []) }
  return actorHoldings(tx, orgId, account.pid, today, stage.catalogues.catalogue)
}

async function actorOf(
  stage: Stage,
  tx: Reads,
  { orgId }: Org,
  session: SessionRow,
  today: string,
  principal: string | null,
): Promise<Actor> {
  const { accountId, pid } = session
  const own = await holdingsOf(stage, tx, orgId, session, today)
  const name = session.person ?? session.userName ?? ''
  if (principal === null) return { orgId, accountId, pid, name, ...own, onBehalfOf: null }
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  const mandate = pid !== null && uuid.test(principal) ? await mandateFor(tx, orgId, pid, principal, today) : null
  if (mandate === null) throw new Refusal('mandate/not-in-force')
  const theirs = await actorHoldings(tx, orgId, principal, today, stage.catalogues.catalogue)
  return {
    orgId,
    accountId,
    pid,
    name,
    holdings: [...own.holdings, ...theirs.holdings],
    scopes: {
      general: union(own.scopes.general, theirs.scopes.general),
      talks: union(own.scopes.talks, theirs.scopes.talks),
    },
    onBehalfOf: { pid: principal, mandateId: mandate.mandateId, holdings: theirs.holdings },
  }
}

/** The bureau of a code, or the only bureau where no code is given; else null. */
export async function bureauOf(stage: Pick<Stage, 'pool'>, code: string | null): Promise<Org | null> {
  const orgs = await transact(stage.pool, preambleOf('read only', 0, {}), (tx) =>
    tx.all(
      sql<Org>`select ${orgColumns} from orgs o where ${code}::text is null or o.code = ${code} order by o.org_id limit 2`,
    ),
  )
  return orgs.length === 1 ? orgs[0]! : null
}

/** Knows who knocks, by the accounts of the database. */
export function openDoorkeeper(stage: Stage): Doorkeeper {
  return {
    authenticate: (token, onBehalfOf) => authenticate(stage, token, onBehalfOf),
    guest: async (code) => {
      const org = await bureauOf(stage, code)
      return org === null ? null : { org, actor: guestOf(org) }
    },
    audit: ({ org, actor, source, event, outcome, code }) =>
      audit(stage, {
        orgId: org.orgId,
        accountId: actor.accountId === NOBODY ? null : actor.accountId,
        source,
        event,
        outcome,
        code: code ?? null,
      }),
  }
}
