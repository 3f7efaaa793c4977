import type pg from 'pg'
import type { Clock } from '../action/clock.ts'
import { newUuid } from '../action/clock.ts'
import type { Statement } from '../db/batch.ts'
import { preambleOf, transact } from '../db/pool.ts'

/** One line of the audit: who did what from where, and how it ended. No content, no name that a person typed. */
export interface AuditEvent {
  readonly orgId: number
  /** Null where nobody was signed in. */
  readonly accountId: string | null
  /** The network address from which the request came, or null for the program itself. */
  readonly source: string | null
  /** The verb or read, such as `session.open`. */
  readonly event: string
  /** Id of what it was about, where it is known. */
  readonly object?: string | null
  readonly outcome: 'done' | 'refused' | 'failed'
  /** The code of the refusal. */
  readonly code?: string | null
  /** Host and numbers of a call that left the program; no content. */
  readonly detail?: string | null
}

/** The statement that writes one audit line, for an act that audits itself in its own transaction. */
export function auditStatement(event: AuditEvent, at: Date): Statement {
  return {
    text: `insert into audit_events (org_id, id, at, account_id, source, event, object, outcome, code, detail)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      event.orgId,
      newUuid(at),
      at.toISOString(),
      event.accountId,
      event.source,
      event.event,
      event.object ?? null,
      event.outcome,
      event.code ?? null,
      event.detail ?? null,
    ],
    name: 'audit',
  }
}

/** Writes one audit line in a transaction of its own, so that it stays where the act itself was rolled back (decision 5). */
export async function audit(on: { readonly pool: pg.Pool; readonly clock: Clock }, event: AuditEvent): Promise<void> {
  await transact(on.pool, preambleOf('read write', event.orgId, {}), async (tx) => {
    await tx.send(auditStatement(event, on.clock.now()))
  })
}
