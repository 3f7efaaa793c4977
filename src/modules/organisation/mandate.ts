import { sql } from 'kysely'
import { and, anyOf, role, self } from '../../core/access/actor.ts'
import { action } from '../../platform/action/action.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { daysAfter, overlaps, periodOf } from './dated.ts'
import { grantMandate, revokeMandate } from './mandate.contract.ts'
import { inForce, knownAt } from './organisation.facts.ts'
import { personOrRefuse } from './person.ts'

/** A dated permission to act for somebody (代办授权). */
export const mandateRecord: RecordType = {
  type: 'mandate',
  table: 'mandates',
  clear: ['valid_from', 'valid_to', 'revoked'],
  sealed: ['principal_pid', 'agent_pid', 'purpose'],
  personal: [
    { of: 'principal_pid', by: 'pid', fields: ['purpose'] },
    { of: 'agent_pid', by: 'pid', fields: ['purpose'] },
  ],
}

/** A mandate runs one year at most, so that it is looked at again. */
const DAYS_MAX = 366

type MandateRow = Stored & {
  principal_pid: string
  agent_pid: string
  purpose: string | null
  valid_from: string
  valid_to: string
  revoked: boolean
}

interface Wanted {
  principalId: string
  agentId: string
}

/** Grants a mandate: the principal himself, the secretary, or the office for an agent other than who grants. */
export const grant = action(grantMandate, {
  may: anyOf(
    self('principal', (_subject, input: Wanted) => [input.principalId]),
    role('secretary'),
    and(
      role<unknown, Wanted>('office'),
      'agent is somebody else',
      (actor, _subject, input) => actor.pid !== input.agentId,
    ),
  ),
  run: async (ctx, input) => {
    if (input.principalId === input.agentId) throw new Refusal('mandate/to-oneself')
    const wanted = periodOf(input.from, input.to)
    if (wanted.to > daysAfter(wanted.from, DAYS_MAX - 1)) throw new Refusal('mandate/too-long', { days: DAYS_MAX })
    // In the order of ids: two grants between the same two people then wait for one another.
    for (const pid of [input.principalId, input.agentId].sort()) await personOrRefuse(ctx, pid)
    const rows = await ctx.tx.all(
      sql<{
        valid_from: string
        valid_to: string
      }>`select m.valid_from, m.valid_to from mandates m where m.org_id = ${ctx.org.orgId}
        and m.principal_pid = ${input.principalId} and m.agent_pid = ${input.agentId} and not m.revoked and ${knownAt('m')}`,
    )
    const crossing = rows.find((row) => overlaps({ from: row.valid_from, to: row.valid_to }, wanted))
    if (crossing) throw new Refusal('mandate/overlaps', { from: crossing.valid_from, to: crossing.valid_to })
    const mandateId = ctx.add(mandateRecord, {
      principal_pid: input.principalId,
      agent_pid: input.agentId,
      purpose: input.purpose ?? null,
      valid_from: wanted.from,
      valid_to: wanted.to,
      revoked: false,
    })
    return { mandateId }
  },
})

/** Withdraws a mandate at once. */
export const revoke = action(revokeMandate, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<MandateRow>`select m.id, m.version, m.principal_pid, m.agent_pid, m.purpose, m.valid_from, m.valid_to, m.revoked from mandates m
        where m.org_id = ${ctx.org.orgId} and m.id = ${input.mandateId} and ${knownAt('m')} for no key update`,
    ),
  may: anyOf(
    self('principal or agent', (mandate: MandateRow) => [mandate.principal_pid, mandate.agent_pid]),
    role('secretary', 'office'),
  ),
  run: async (ctx, _input, mandate) => {
    if (mandate.revoked) throw new Refusal('mandate/revoked')
    ctx.revise(mandateRecord, mandate, { revoked: true })
    return { mandateId: mandate.id }
  },
})

/** The mandate under which `agent` may act for `principal` on a day, or null. */
export async function mandateFor(
  tx: Reads,
  orgId: number,
  agent: string,
  principal: string,
  day: string,
): Promise<{ mandateId: string } | null> {
  return tx.first(
    sql<{
      mandateId: string
    }>`select m.id "mandateId" from mandates m where m.org_id = ${orgId} and m.agent_pid = ${agent}
      and m.principal_pid = ${principal} and not m.revoked and ${knownAt('m')} and ${inForce('m', day)} limit 1`,
  )
}
