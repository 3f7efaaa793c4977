import { sql } from 'kysely'
import type { TalkFact } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { CURRENT } from '../../platform/journal/record.ts'

/** Which pairs are wanted: kinds of talk, days, and the persons on either side (all where absent). */
export interface PairsWanted {
  readonly kinds: readonly string[]
  readonly from: string
  readonly to: string
  readonly pids?: readonly string[] | undefined
}

/** The condition that the version of `alias` is the one known at a journal size; null is now. */
const known = (alias: string, size: number | null) => {
  const at = size === null ? CURRENT : String(size)
  return sql<boolean>`${sql.ref(`${alias}.recorded_idx`)} < ${at}::bigint and ${sql.ref(`${alias}.superseded_idx`)} >= ${at}::bigint`
}

/**
 * Talks whose pair is still kept, by day, as known at a journal size. The row policy of pairs applies: the two, the branch
 * secretary and the Party office (decision 18); whoever else reads finds none.
 */
export async function pairsHeld(
  tx: Reads,
  orgId: number,
  wanted: PairsWanted,
  size: number | null = null,
): Promise<TalkFact[]> {
  const { pids } = wanted
  const between =
    pids === undefined
      ? sql`true`
      : sql`(p.initiator_pid = any(${pids as string[]}::uuid[]) or p.counterpart_pid = any(${pids as string[]}::uuid[]))`
  const rows = await tx.all(sql<Omit<TalkFact, 'type'>>`select t.talk_id id, p.held_on "on", t.kind,
      p.initiator_pid initiator, p.counterpart_pid counterpart
    from talk_pairs p join talk_facts t on t.org_id = p.org_id and t.talk_id = p.talk_id and ${known('t', size)}
    where p.org_id = ${orgId} and ${known('p', size)} and t.kind = any(${wanted.kinds as string[]})
      and p.held_on between ${wanted.from}::date and ${wanted.to}::date
      and p.initiator_pid is not null and p.counterpart_pid is not null and ${between}
    order by p.held_on, t.talk_id`)
  return rows.map((row) => ({ type: 'talk', ...row }))
}
