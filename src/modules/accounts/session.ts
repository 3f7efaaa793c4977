import { sql } from 'kysely'
import { anyOf, anyone, type Ground } from '../../core/access/actor.ts'
import { action, answer, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { newToken, secretHash } from '../../platform/http/token.ts'
import { auditStatement } from '../../platform/journal/audit.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { type AccountRow, accountRecord, accountsWhere, sessionOf } from './account.queries.ts'
import { forgetAccount, holdingsOf, tokenHashOf } from './doorkeeper.ts'
import { checkPassword, hashPassword, passwordFault } from './password.ts'
import { codeTyped, nameKey } from './secrets.ts'
import { amendAccount, closeSession, currentSession, openSession, redeemAccount } from './session.contract.ts'
import { SignInGuard } from './sign-in-guard.ts'

/** A session ends 12 hours after it began, whatever is done in it. */
const SESSION_MS = 12 * 3600_000

const everybody: Ground<unknown, unknown> = { says: 'everybody, also who is not signed in', test: () => true }
const guard = new SignInGuard()

const tried = (ctx: Context, key: string) => `${ctx.org.orgId} ${ctx.source ?? ''} ${key}`

/** Keeps a new password of an account. */
export function keepPassword(ctx: Writing, accountId: string, hash: string | null): void {
  ctx.side({
    text: `insert into account_secrets (org_id, account_id, password_hash, changed_at) values ($1, $2, $3, $4)
      on conflict (org_id, account_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`,
    values: [ctx.org.orgId, accountId, hash, ctx.now],
  })
}

/** Ends the sessions of an account, all or all but one; felt at once in this process, in others within four seconds. */
export function endSessions(ctx: Writing, accountId: string, but: Buffer | null = null): void {
  ctx.side({
    text: `update sessions set ended_at = $3 where org_id = $1 and account_id = $2 and ended_at is null
      and ($4::bytea is null or token_hash <> $4)`,
    values: [ctx.org.orgId, accountId, ctx.now, but],
  })
  forgetAccount(accountId)
}

/** Ends the one-time codes of an account. */
export function endCodes(ctx: Writing, accountId: string): void {
  ctx.side({
    text: 'update account_codes set ended_at = $3 where org_id = $1 and account_id = $2 and ended_at is null',
    values: [ctx.org.orgId, accountId, ctx.now],
  })
}

async function runningSessions(ctx: Context, accountId: string): Promise<number> {
  const rows = await ctx.tx.all(
    sql<{ count: number }>`select count(*) count from sessions s
      where s.org_id = ${ctx.org.orgId} and s.account_id = ${accountId} and s.ended_at is null and s.expires_at > ${ctx.now}::timestamptz`,
  )
  return rows[0]!.count
}

/** Opens a session of an account and puts it into words. */
async function begin(ctx: Writing, account: AccountRow, verb: string) {
  const token = newToken(ctx.org.orgId)
  const expiresAt = new Date(Date.parse(ctx.now) + SESSION_MS).toISOString()
  ctx.side({
    text: 'insert into sessions (org_id, token_hash, account_id, opened_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)',
    values: [ctx.org.orgId, secretHash(token), account.id, ctx.now, expiresAt],
  })
  const { orgId } = ctx.org
  const line = { orgId, accountId: account.id, source: ctx.source, event: verb, outcome: 'done' as const }
  ctx.side(auditStatement(line, new Date(ctx.now)))
  const { holdings } = await holdingsOf(ctx, ctx.tx, orgId, account, ctx.today)
  const who = {
    accountId: account.id,
    accountName: account.user_name ?? '',
    pid: account.pid,
    name: account.person ?? account.user_name ?? '',
    holdings,
    onBehalfOf: null,
  }
  return { ...(await sessionOf(ctx.tx, ctx.org, ctx.catalogues, ctx.today, who)), token, expiresAt }
}

/** Checks a password and counts failures; a wrong one and an unknown name look and last alike. */
async function checkOrRefuse(
  ctx: Context,
  key: string,
  password: string,
  account: AccountRow | null,
): Promise<boolean> {
  const at = Date.parse(ctx.now)
  guard.check(tried(ctx, key), at)
  const { right, outdated } = await checkPassword(password, account?.password_hash ?? null)
  if (!right || account === null) throw new Refusal('session/wrong', { left: guard.failed(tried(ctx, key), at) })
  guard.succeeded(tried(ctx, key))
  return outdated
}

/** Signs in. */
export const open = action(openSession, {
  may: anyOf(everybody),
  run: async (ctx, input) => {
    const key = nameKey(input.name)
    const { orgId } = ctx.org
    const account = await ctx.tx.first(accountsWhere(orgId, sql`a.user_key = ${key} and a.status = 'open'`))
    const outdated = await checkOrRefuse(ctx, key, input.password, account)
    if (outdated) keepPassword(ctx, account!.id, await hashPassword(input.password))
    return begin(ctx, account!, 'session.open')
  },
})

/** Signs out. */
export const close = action(closeSession, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const { accountId } = ctx.actor
    const hash = tokenHashOf(ctx.actor)
    if (input.everywhere || hash === null) {
      const ended = await runningSessions(ctx, accountId)
      endSessions(ctx, accountId)
      return { ended }
    }
    ctx.side({
      text: 'update sessions set ended_at = $3 where org_id = $1 and token_hash = $2 and ended_at is null',
      values: [ctx.org.orgId, hash, ctx.now],
    })
    forgetAccount(accountId)
    return { ended: 1 }
  },
})

/** Takes an account into use by the code of its slip. */
export const redeem = action(redeemAccount, {
  may: anyOf(everybody),
  run: async (ctx, input) => {
    const { orgId } = ctx.org
    const code = await ctx.tx.first(
      sql<{ account_id: string }>`select c.account_id from account_codes c where c.org_id = ${orgId}
        and c.code_hash = ${secretHash(codeTyped(input.token))} and c.ended_at is null and c.expires_at > ${ctx.now}::timestamptz
        for no key update`,
    )
    if (code === null) throw new Refusal('account/code-wrong')
    const account = await ctx.tx.first(accountsWhere(orgId, sql`a.id = ${code.account_id} and a.status = 'open'`))
    if (account === null) throw new Refusal('account/code-wrong')
    const name = input.name ?? account.user_name ?? ''
    const fault = passwordFault(input.password, [name, account.person, ctx.org.name])
    if (fault !== null) throw new Refusal(fault)
    if (nameKey(name) !== account.user_key) await rename(ctx, account, name)
    keepPassword(ctx, account.id, await hashPassword(input.password))
    endCodes(ctx, account.id)
    endSessions(ctx, account.id)
    return begin(ctx, { ...account, user_name: name }, 'account.redeem')
  },
})

async function rename(ctx: Writing, account: AccountRow, name: string): Promise<void> {
  const key = nameKey(name)
  const other = await ctx.tx.first(
    sql<{
      id: string
    }>`select a.id from accounts a where a.org_id = ${ctx.org.orgId} and a.user_key = ${key} and a.status = 'open' and ${knownAt('a')}`,
  )
  if (other !== null) throw new Refusal('account/name-taken', { name })
  ctx.revise(accountRecord, account, { user_name: name.normalize('NFC').trim(), user_key: key })
}

/** Changes one's own password. */
export const amend = action(amendAccount, {
  subject: (ctx) =>
    ctx.tx.first(accountsWhere(ctx.org.orgId, sql`a.id = ${ctx.actor.accountId} and a.status = 'open'`)),
  may: anyOf(anyone),
  run: async (ctx, input, account) => {
    await checkOrRefuse(ctx, account.user_key ?? '', input.oldPassword, account)
    const fault = passwordFault(input.password, [account.user_name, account.person, ctx.org.name])
    if (fault !== null) throw new Refusal(fault)
    keepPassword(ctx, account.id, await hashPassword(input.password))
    const ended = (await runningSessions(ctx, account.id)) - (tokenHashOf(ctx.actor) === null ? 0 : 1)
    endSessions(ctx, account.id, tokenHashOf(ctx.actor))
    return { ended }
  },
})

/** Who am I. */
export const current = answer(currentSession, {
  may: anyOf(anyone),
  run: async (ctx) => {
    ctx.unscoped('the asker himself')
    const { actor } = ctx
    const account = await ctx.tx.first(accountsWhere(ctx.org.orgId, sql`a.id = ${actor.accountId}`))
    const who = { ...actor, accountName: account?.user_name ?? actor.name }
    return sessionOf(ctx.tx, ctx.org, ctx.catalogues, ctx.today, who)
  },
})
