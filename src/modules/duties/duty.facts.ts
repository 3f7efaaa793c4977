import { type DutyEvent, foldDuty } from '../../core/duties/status.ts'
import type { FactView } from '../../platform/facts/facts.ts'
import type { Refold } from '../../platform/journal/fsck.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { isMarkedLate, stateOf } from './life.ts'

/**
 * The facts that figures read: `duty_facts` holds one row per issued duty as of any journal size (`recorded_idx < N and
 * superseded_idx >= N`) with org_id, duty_id, year, kind, layer, lead_unit_id, leader_post_id, common, due_on (as
 * stated), status, late; `duty_event_facts` holds every event. duties.total counts rows of a year,
 * duties.closed those of status `closed`.
 */
export const dutyFacts: FactView = {
  type: 'duty',
  view: 'duty_facts',
  key: 'duty_id',
  columns: { kind: 'kind', unit: 'lead_unit_id' },
  fields: { year: 'year', status: 'status', late: 'late', layer: 'layer' },
}

interface EventRow {
  duty_id: string
  seq: number
  event: DutyEvent['event']
  on_day: string
  due_on: string | null
  status: string
  late: boolean
}

type StateRow = ReturnType<typeof stateOf> & { duty_id: string }

/**
 * Folds the events of every duty of a bureau again and says where a stated or kept status differs, and where the units
 * that see a duty are kept wrongly (fsck). Nothing is mended.
 */
export const refoldDuties: Refold = async (client, org) => {
  const read = async <R>(text: string) => (await client.query(text, [org.orgId])).rows as R[]
  const events = await read<EventRow>(
    'select duty_id, seq, event, on_day, due_on, status, late from duty_events where org_id = $1 order by duty_id, seq',
  )
  const states =
    await read<StateRow>(`select duty_id, status, since, due_on, submitted_on, closed_on, asked_due_on, late, reopened,
    extended, last_seq, last_on, last_event from duty_states where org_id = $1`)
  const current = await read<{ id: string; status: string; late: boolean }>(
    `select id, status, late from duties where org_id = $1 and superseded_idx = ${CURRENT}`,
  )
  const seen = await read<{
    id: string
  }>(`select d.id from duties d where d.org_id = $1 and d.superseded_idx = ${CURRENT}
    and array(select distinct unnest(d.unit_ids) order by 1)
      is distinct from array(select u.unit_id from duty_units u where u.org_id = $1 and u.duty_id = d.id order by 1)`)
  const rows = new Map(current.map((row) => [row.id, row]))
  const kept = new Map(states.map(({ duty_id, ...state }) => [duty_id, state]))
  const findings = seen.map(({ id }) => `duty ${id}: the units that see it are kept wrongly`)
  for (const [dutyId, own] of byDuty(events)) {
    findings.push(...refold(dutyId, own, kept.get(dutyId)))
    const last = own.at(-1)!
    const row = rows.get(dutyId)
    if (row?.status !== last.status || row.late !== last.late)
      findings.push(`duty ${dutyId}: its row says ${row?.status}, its events ${last.status}`)
    kept.delete(dutyId)
  }
  for (const dutyId of kept.keys()) findings.push(`duty ${dutyId}: a state is kept and no event stands`)
  return findings.map((says) => ({ org: org.code, idx: null, says }))
}

function byDuty(events: readonly EventRow[]): Map<string, EventRow[]> {
  const duties = new Map<string, EventRow[]>()
  for (const event of events) {
    const own = duties.get(event.duty_id)
    if (own === undefined) duties.set(event.duty_id, [event])
    else own.push(event)
  }
  return duties
}

function refold(dutyId: string, rows: readonly EventRow[], kept: ReturnType<typeof stateOf> | undefined): string[] {
  const findings: string[] = []
  const events = rows.map((row) => ({ seq: row.seq, event: row.event, onDay: row.on_day, dueOn: row.due_on }))
  try {
    for (const [index, row] of rows.entries()) {
      const fold = foldDuty(events.slice(0, index + 1))!
      if (row.seq !== index + 1) findings.push(`duty ${dutyId}: event ${index + 1} is missing`)
      if (row.status !== fold.status)
        findings.push(`duty ${dutyId}: event ${row.seq} says ${row.status}, folds to ${fold.status}`)
      if (row.late !== isMarkedLate(fold)) findings.push(`duty ${dutyId}: event ${row.seq} is marked late wrongly`)
    }
    const state = stateOf(foldDuty(events)!)
    for (const [column, value] of Object.entries(state)) {
      const stored = (kept as Record<string, unknown> | undefined)?.[column] ?? null
      if (stored !== value)
        findings.push(`duty ${dutyId}: kept ${column} is ${String(stored)}, folds to ${String(value)}`)
    }
  } catch (error) {
    findings.push(`duty ${dutyId}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return findings
}
