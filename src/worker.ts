import pg from 'pg'
import type { Assembled } from './assemble.ts'
import { EVERYTHING } from './core/access/scope.ts'
import { bureauOf, guestOf } from './modules/accounts/accounts.ts'
import { registry } from './modules/index.ts'
import { perform } from './platform/action/perform.ts'
import type { Log } from './platform/log/log.ts'

const DAY_MS = 24 * 3600_000

/**
 * What time ends (catalogue/privacy.yaml says how long each is kept): answers kept for repeated submissions, sessions and
 * one-time codes that are over, the audit after 190 days. Records are none of these; nothing a figure reads is touched.
 */
const ends: Readonly<Record<string, string>> = {
  idempotency_keys: "at < now() - interval '1 day'",
  sessions: "coalesce(ended_at, expires_at) < now() - interval '1 day'",
  account_codes: "coalesce(ended_at, expires_at) < now() - interval '1 day'",
  audit_events: "at < now() - interval '190 days'",
}

/** Ends what is over, as owner of the database, and empties the talk pairs whose cycle has run out (decision 18). */
export async function runDaily(program: Assembled): Promise<void> {
  const owner = new pg.Client(program.database.owner)
  await owner.connect()
  try {
    for (const [table, over] of Object.entries(ends)) await owner.query(`delete from ${table} where ${over}`)
    const { rows } = await owner.query('select code from orgs order by org_id')
    for (const { code } of rows as { code: string }[]) await emptyTalkPairs(program, code)
  } finally {
    await owner.end()
  }
}

async function emptyTalkPairs({ stage }: Assembled, code: string): Promise<void> {
  const org = await bureauOf(stage, code)
  const act = registry.actions.get('talk.erase')
  if (org === null || act === undefined) return
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

/** Runs the daily work now and then every day; a failure is logged and tried again the next day. Returns how to stop it. */
export function startDaily(program: Assembled, log: Log): () => void {
  const run = () => runDaily(program).catch((error: unknown) => log.error('daily/failed', { error }))
  void run()
  const timer = setInterval(run, DAY_MS)
  return () => clearInterval(timer)
}
