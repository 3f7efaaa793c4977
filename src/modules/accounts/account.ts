import { sql } from 'kysely'
import { and, anyOf, holds, role } from '../../core/access/actor.ts'
import { action, answer, type Context, type Writing } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { secretHash } from '../../platform/http/token.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { alsoErase, personNames } from '../organisation/organisation.ts'
import {
  closeAccount,
  listAccounts,
  openAccounts,
  openAdministrator,
  printSlips,
  resetAccount,
} from './account.contract.ts'
import { type AccountRow, accountRecord, accountsWhere } from './account.queries.ts'
import { nameKey, newCode } from './secrets.ts'
import { endCodes, endSessions, keepPassword } from './session.ts'
import { slipsPage } from './slips.ts'

/** A slip is good for 14 days. */
const CODE_MS = 14 * 24 * 3600_000

const lockAccount = (ctx: Context, accountId: string): Promise<AccountRow | null> =>
  ctx.tx.first(sql<AccountRow>`${accountsWhere(ctx.org.orgId, sql`a.id = ${accountId}`)} for no key update of a`)

/** Gives an account a new one-time code. */
function slipFor(ctx: Writing, accountId: string): { token: string; expiresAt: string } {
  const token = newCode()
  const expiresAt = new Date(Date.parse(ctx.now) + CODE_MS).toISOString()
  ctx.side({
    text: 'insert into account_codes (org_id, code_hash, account_id, expires_at) values ($1, $2, $3, $4)',
    values: [ctx.org.orgId, secretHash(token), accountId, expiresAt],
  })
  return { token, expiresAt }
}

async function namesTaken(ctx: Context): Promise<Set<string>> {
  const rows = await ctx.tx.all(
    sql<{ user_key: string }>`select a.user_key from accounts a where a.org_id = ${ctx.org.orgId} and a.status = 'open'
      and a.user_key is not null and ${knownAt('a')}`,
  )
  return new Set(rows.map((row) => row.user_key))
}

/** Prepares an account and its first slip. */
function addAccount(ctx: Writing, name: string, pid: string | null, administrator: string | null) {
  const userName = name.normalize('NFC').trim()
  const accountId = ctx.add(accountRecord, {
    status: 'open',
    administrator,
    pid,
    user_name: userName,
    user_key: nameKey(name),
  })
  return { accountId, name: userName, personId: pid, ...slipFor(ctx, accountId) }
}

/** A name that is free: the wanted one, of namesakes with a number behind. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`
    if (!taken.has(nameKey(name))) return name
  }
}

/** Opens accounts for persons. */
export const open = action(openAccounts, {
  may: anyOf(role('office', 'system-admin')),
  run: async (ctx, input) => {
    const pids = input.persons.map(({ personId }) => personId)
    const { orgId } = ctx.org
    const [names, taken, present] = await Promise.all([
      personNames(ctx.tx, orgId, pids),
      namesTaken(ctx),
      ctx.tx.all(sql<{
        pid: string
      }>`select a.pid from accounts a where a.org_id = ${orgId} and a.status = 'open' and ${knownAt('a')}
        and a.pid = any(${pids}::uuid[])`),
    ])
    if (present.length > 0 || new Set(pids).size < pids.length)
      throw new Refusal('account/present', {
        name: names.get(present[0]?.pid ?? pids[0]!) ?? '',
        count: present.length,
      })
    const slips = input.persons.map(({ personId, name }) => {
      const person = names.get(personId) ?? null
      if (person === null) throw new Refusal('person/unknown')
      if (name !== undefined && taken.has(nameKey(name))) throw new Refusal('account/name-taken', { name })
      const slip = addAccount(ctx, name ?? freeName(person, taken), personId, null)
      taken.add(nameKey(slip.name))
      return slip
    })
    return { slips }
  },
})

/** Opens an administrator's account. */
export const openAdmin = action(openAdministrator, {
  may: anyOf(role('system-admin')),
  run: async (ctx, input) => {
    if ((await namesTaken(ctx)).has(nameKey(input.name))) throw new Refusal('account/name-taken', { name: input.name })
    return addAccount(ctx, input.name, null, input.role)
  },
})

const keepers = anyOf<AccountRow, unknown>(
  role('system-admin'),
  and(role<AccountRow, unknown>('office'), 'not an administrator', (_actor, account) => account.administrator === null),
)

/** Ends password and sessions of an account and gives a new slip. */
export const reset = action(resetAccount, {
  subject: (ctx, input) => lockAccount(ctx, input.accountId),
  may: keepers,
  run: async (ctx, _input, account) => {
    if (account.status === 'closed') throw new Refusal('account/closed')
    keepPassword(ctx, account.id, null)
    endCodes(ctx, account.id)
    endSessions(ctx, account.id)
    return { accountId: account.id, name: account.user_name ?? '', personId: account.pid, ...slipFor(ctx, account.id) }
  },
})

/** Closes an account; the last system administrator stays. */
export const close = action(closeAccount, {
  subject: (ctx, input) => lockAccount(ctx, input.accountId),
  may: keepers,
  run: async (ctx, _input, account) => {
    if (account.status === 'closed') throw new Refusal('account/closed')
    if (account.administrator === 'system-admin') {
      const others = await ctx.tx.all(
        sql<AccountRow>`${accountsWhere(
          ctx.org.orgId,
          sql`a.administrator = 'system-admin' and a.status = 'open' and a.id <> ${account.id}`,
        )} for no key update of a`,
      )
      if (others.length === 0) throw new Refusal('account/last-administrator')
    }
    shut(ctx, account, {})
    return { accountId: account.id }
  },
})

function shut(ctx: Writing, account: AccountRow, changes: Record<string, unknown>): void {
  ctx.revise(accountRecord, account, { status: 'closed', ...changes })
  keepPassword(ctx, account.id, null)
  endCodes(ctx, account.id)
  endSessions(ctx, account.id)
}

/** New slips for accounts that nobody has taken into use. */
export const print = action(printSlips, {
  may: anyOf(role('office', 'system-admin')),
  run: async (ctx, input) => {
    // An administrator's slip is printed when he is named, and by the system administrator alone.
    const named = input.accountIds !== undefined && holds(ctx.actor, 'system-admin')
    const all = await ctx.tx.all(
      accountsWhere(
        ctx.org.orgId,
        sql`a.status = 'open' and (a.administrator is null or ${named}) and s.password_hash is null order by p.name, a.id`,
      ),
    )
    const wanted = input.accountIds === undefined ? all : all.filter(({ id }) => input.accountIds!.includes(id))
    if (wanted.length === 0) throw new Refusal('slip/none')
    const slips = wanted.map((account) => {
      endCodes(ctx, account.id)
      const slip = slipFor(ctx, account.id)
      return {
        accountId: account.id,
        name: account.user_name ?? '',
        personId: account.pid,
        person: account.person,
        ...slip,
      }
    })
    const lastDay = (at: string) => civilDay(new Date(at))
    return { slips, html: slipsPage(ctx.org.name, slips, ctx.catalogues.words, lastDay) }
  },
})

/** Accounts of the bureau. */
export const list = answer(listAccounts, {
  may: anyOf(role('office', 'system-admin', 'security-admin', 'audit-admin')),
  run: async (ctx) => {
    ctx.unscoped('accounts, for those who keep or check them')
    const rows = await ctx.tx.all(
      accountsWhere(ctx.org.orgId, sql`true order by p.name nulls first, a.user_name, a.id`),
    )
    const items = rows.map((row) => ({
      accountId: row.id,
      name: row.user_name,
      personId: row.pid,
      person: row.person,
      administrator: row.administrator,
      status: row.status,
      redeemed: row.password_hash !== null,
    }))
    return { items, total: items.length }
  },
})

// The account of a person who is erased is shut; his name goes with the other fields.
alsoErase(async (ctx, pid) => {
  const rows = await ctx.tx.all(
    sql<AccountRow>`${accountsWhere(ctx.org.orgId, sql`a.pid = ${pid}`)} for no key update of a`,
  )
  for (const row of rows) if (row.status === 'open') shut(ctx, row, { user_name: null, user_key: null })
})
