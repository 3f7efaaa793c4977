import pg from 'pg'
import type { Assembled } from './assemble.ts'
import { EVERYTHING } from './core/access/scope.ts'
import { bureausOf, guestOf } from './modules/accounts/accounts.ts'
import { registry } from './modules/index.ts'
import { recountTallies } from './modules/obligations/tally.jobs.ts'
import type { Org } from './platform/action/action.ts'
import { perform } from './platform/action/perform.ts'

/**
 * What time ends (catalogue/privacy.yaml says how long each is kept): answers kept for repeated submissions, sessions and
 * one-time codes that are over, the audit after 190 days, what digests told and channels carried. Records are none of
 * these; nothing a figure reads is touched.
 */
const ends: Readonly<Record<string, string>> = {
  idempotency_keys: "at < now() - interval '1 day'",
  sessions: "coalesce(ended_at, expires_at) < now() - interval '1 day'",
  account_codes: "coalesce(ended_at, expires_at) < now() - interval '1 day'",
  audit_events: "at < now() - interval '190 days'",
  deliveries: 'on_day < current_date - 90',
  notice_lines: 'on_day < current_date - 400',
  notice_mornings: 'on_day < current_date - 400',
}

/** Ends what is over, as owner of the database, and empties the talk pairs whose cycle has run out (decision 18). */
export async function runDaily(program: Assembled): Promise<void> {
  const owner = new pg.Client(program.database.owner)
  await owner.connect()
  try {
    for (const [table, over] of Object.entries(ends)) await owner.query(`delete from ${table} where ${over}`)
  } finally {
    await owner.end()
  }
  for (const org of await bureausOf(program.stage)) {
    await emptyTalkPairs(program, org)
    // A new version of the program may bring other rules.
    await recountTallies(program.stage, org)
  }
}

async function emptyTalkPairs({ stage }: Assembled, org: Org): Promise<void> {
  const act = registry.actions.get('talk.erase')
  if (act === undefined) return
  const scopes = { general: EVERYTHING, talks: EVERYTHING }
  const actor = {
    ...guestOf(org),
    name: 'calendar',
    holdings: [{ role: 'office' as const, postId: null, units: 'all' as const }],
    scopes,
  }
  for (let emptied = 1; emptied > 0; ) {
    const answer = (await perform(stage, act, { org, actor, input: {} })) as { emptied: number }
    emptied = answer.emptied
  }
}
