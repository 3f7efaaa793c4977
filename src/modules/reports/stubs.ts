import { lastDayOfMonth } from '../../core/calendar/days.ts'
import { isLate } from '../../core/figures/late.ts'
import type { Env } from '../../core/ledger/entry.ts'
import { parseEnv } from '../../core/ledger/entry.ts'
import { shanghaiDayOf } from '../../core/ledger/instant.ts'
import type { Context } from '../../platform/action/action.ts'
import type { Transaction } from '../../platform/db/pool.ts'

/** A counted record version as its entry states it, with the marks of its first entry. */
export interface EntryStub {
  readonly idx: number
  readonly at: string
  readonly bytes: Buffer
  readonly env: Env
  readonly late: boolean
  readonly opening: boolean
}

/** The day (or last day of the month) on which the record of an entry happened; null where it states none. */
export function happenedOn(env: Env): string | null {
  if (typeof env.d['on'] === 'string') return env.d['on']
  return typeof env.d['month'] === 'string' ? lastDayOfMonth(env.d['month']) : null
}

/** Reads the entries of the indexes, in their order, and says of each whether it came late. */
export async function entryStubs(ctx: Context, indexes: readonly number[]): Promise<EntryStub[]> {
  if (indexes.length === 0) return []
  const tx = ctx.tx as Transaction
  const read = async (wanted: readonly number[]) =>
    (
      await tx.send({
        text: 'select idx, at, env from journal_entries where org_id = $1 and idx = any($2::bigint[]) order by idx',
        values: [ctx.org.orgId, wanted],
      })
    ).rows as { idx: number; at: string; env: Buffer }[]
  const rows = (await read(indexes)).map((row) => ({ ...row, parsed: parseEnv(row.env) }))
  const firsts = rows.flatMap(({ parsed }) =>
    typeof parsed.d['first_idx'] === 'number' ? [parsed.d['first_idx']] : [],
  )
  const firstAt = new Map(firsts.length === 0 ? [] : (await read([...new Set(firsts)])).map((row) => [row.idx, row.at]))
  return rows.map(({ idx, at, env, parsed }) => {
    const first = parsed.d['first_idx']
    const enteredAt = (typeof first === 'number' ? firstAt.get(first) : undefined) ?? at
    const day = happenedOn(parsed)
    const opening = parsed.d['opening'] === true
    const late = day !== null && !opening && isLate(day, shanghaiDayOf(enteredAt), ctx.org.goLiveOn)
    return { idx, at, bytes: env, env: parsed, late, opening }
  })
}
