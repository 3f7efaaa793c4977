import { sql } from 'kysely'
import type { Actor } from '../../core/access/actor.ts'
import { EVERYTHING, type Scopes, scopeSettings } from '../../core/access/scope.ts'
import type { Action, Org } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { perform, type Stage } from '../../platform/action/perform.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { NOBODY } from '../../platform/http/server.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { codeOfAll, patternsOf } from './tally.facts.ts'
import { restoringTallies, saysWhoOwes, tallyState } from './tally.ts'

const WHOLE: Scopes = { general: EVERYTHING, talks: EVERYTHING }

/** From so many units on overviews are read from tallies without anybody asking for them. */
const UNITS_MIN = 100

/**
 * Counts the tallies of a bureau anew where its rules, the rules that are shipped, or those of whom they ask have changed since; of
 * a bureau with many units also for the first time. Answers whether they were counted. Doing it twice does no harm.
 */
export async function recountTallies(stage: Stage, org: Org): Promise<boolean> {
  const { orgId } = org
  const due = await transact(stage.pool, preambleOf('read only', orgId, scopeSettings(WHOLE)), async (tx) => {
    const [state, rules, units] = await Promise.all([
      tallyState(tx, orgId),
      rulesFor(tx, orgId, stage.catalogues.catalogue),
      tx.first(sql<{ n: number }>`select count(*)::int n from units u where u.org_id = ${orgId} and ${knownAt('u')}`),
    ])
    if (state === null) return (units?.n ?? 0) >= UNITS_MIN
    if (state.stale || state.code !== codeOfAll(patternsOf(rules))) return true
    return !(await saysWhoOwes(tx, orgId, state, Number(civilDay(stage.clock.now()).slice(0, 4))))
  })
  if (!due) return false
  const holdings = [{ role: 'office' as const, postId: null, units: 'all' as const }]
  const actor: Actor = {
    orgId,
    accountId: NOBODY,
    pid: null,
    name: 'calendar',
    holdings,
    scopes: WHOLE,
    onBehalfOf: null,
  }
  await perform(stage, restoringTallies as unknown as Action, { org, actor, input: {} })
  return true
}
