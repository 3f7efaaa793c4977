import { sql } from 'kysely'
import type pg from 'pg'
import type { Actor } from '../../core/access/actor.ts'
import type { Action, Org } from '../../platform/action/action.ts'
import { type Clock, newUuid, systemClock } from '../../platform/action/clock.ts'
import { perform, type Stage } from '../../platform/action/perform.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { guestOf } from '../../platform/http/server.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { openAdmin } from './account.ts'

/** A bureau to be made. */
export interface NewBureau {
  /** Lower-case letters, digits and dashes, such as `shuiwu`. */
  readonly code: string
  readonly name: string
  /** Records of days before this day enter as opening import. */
  readonly goLiveOn: string
  readonly suite?: 'sha256' | 'sm3'
  readonly demo?: boolean
}

/** Makes a bureau with an empty journal, as owner of the database; the one thing that no verb can do. */
export async function createBureau(owner: pg.ClientBase, bureau: NewBureau, clock: Clock = systemClock): Promise<Org> {
  const { code, name, goLiveOn, suite = 'sha256', demo = false } = bureau
  await owner.query('begin')
  try {
    // Two starters at once: the second waits here and then takes the next number.
    await owner.query('lock table orgs in share row exclusive mode')
    const { rows } = await owner.query('select coalesce(max(org_id), 0) + 1 as next from orgs')
    const orgId = (rows[0] as { next: number }).next
    await owner.query(
      'insert into orgs (org_id, id, code, name, suite, go_live_on, demo) values ($1, $2, $3, $4, $5, $6, $7)',
      [orgId, newUuid(clock.now()), code, name, suite, goLiveOn, demo],
    )
    await owner.query('insert into journal_heads (org_id) values ($1)', [orgId])
    await owner.query('commit')
    return { orgId, code, name, suite, goLiveOn, demo }
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}

/** The program itself at set-up: may open accounts, belongs to nobody. */
export function operatorOf(org: Org): Actor {
  return { ...guestOf(org), name: 'operator', holdings: [{ role: 'system-admin', postId: null, units: 'all' }] }
}

/** The slip of the first system administrator, or null where the bureau has one already. There is no default password. */
export async function openFirstAdministrator(
  stage: Stage,
  org: Org,
  name = 'admin',
): Promise<{ name: string; token: string; expiresAt: string } | null> {
  const present = await transact(stage.pool, preambleOf('read only', org.orgId, {}), (tx) =>
    tx.all(
      sql<{ id: string }>`select a.id from accounts a where a.org_id = ${org.orgId} and a.administrator = 'system-admin'
        and a.status = 'open' and ${knownAt('a')} limit 1`,
    ),
  )
  if (present.length > 0) return null
  const slip = await perform(stage, openAdmin as unknown as Action, {
    org,
    actor: operatorOf(org),
    input: { role: 'system-admin', name },
  })
  return slip as { name: string; token: string; expiresAt: string }
}
