import { sql } from 'kysely'
import type { Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType } from '../../platform/journal/record.ts'
import type { DutyLife } from './life.ts'

/** A numbered change of an issued list: which duty came in, changed or went, and why. */
export const amendmentRecord: RecordType = {
  type: 'duty-amendment',
  table: 'duty_amendments',
  clear: ['list_id', 'duty_id', 'no', 'act', 'on_day'],
  sealed: ['reason', 'changes'],
  json: ['changes'],
}

/** One change that gets a number. `changes` gives old and new value by field. */
export interface Amendment {
  readonly life: DutyLife
  readonly act: 'added' | 'changed' | 'dropped'
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>> | null
}

/** The reason of a change after issue; a change of something that is still a draft needs none. */
export function neededReason(issued: boolean, reason: string | undefined): string | null {
  if (issued && reason === undefined) throw new Refusal('duty/reason-required')
  return reason ?? null
}

/**
 * Numbers amendments of issued lists, each list counting on its own under the lock of its row. Duties outside any list
 * and drafts get no number. Returns the numbers in the order of the amendments, null where there is none.
 */
export async function amendLists(
  ctx: Writing,
  amendments: readonly Amendment[],
  reason: string | null,
  onDay: string,
): Promise<(number | null)[]> {
  const lists = [...new Set(amendments.map(({ life }) => life.row.list_id).filter((id) => id !== null))].sort()
  const next = new Map<string, number>()
  for (const listId of lists) {
    const list = await ctx.tx.first(sql<{
      version_no: number
    }>`select version_no from duty_lists where org_id = ${ctx.org.orgId}
      and id = ${listId} and superseded_idx = ${sql.raw(CURRENT)} for no key update`)
    if (list === null || list.version_no === 0) continue
    const last = await ctx.tx.first(sql<{ no: number | null }>`select max(no) as no from duty_amendments
      where org_id = ${ctx.org.orgId} and list_id = ${listId}`)
    next.set(listId, (last?.no ?? 0) + 1)
  }
  return amendments.map(({ life, act, changes }) => {
    const listId = life.row.list_id
    const no = listId === null ? undefined : next.get(listId)
    if (listId === null || no === undefined) return null
    next.set(listId, no + 1)
    ctx.add(amendmentRecord, { list_id: listId, duty_id: life.row.id, no, act, on_day: onDay, reason, changes })
    return no
  })
}
