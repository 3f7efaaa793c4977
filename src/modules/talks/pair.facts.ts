import { type RawBuilder, sql } from 'kysely'
import type { TalkFact } from '../../core/rules/obligation.ts'
import { compiledFor, type Places } from '../../platform/db/compiled.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'

/** Which pairs are wanted: kinds of talk with the first day of each, a last day, and the persons on either side (all where absent). */
export interface PairsWanted {
  readonly kinds: readonly { readonly kinds: readonly string[]; readonly from: string }[]
  readonly to: string
  readonly pids?: readonly string[] | undefined
}

type Pair = Omit<TalkFact, 'type'>

interface Values {
  readonly orgId: number
  readonly to: string
  readonly pids: readonly string[]
}

/** As pairsHeld, where the values stand in places. */
function held(kinds: PairsWanted['kinds'], of: 'all' | 'some', at: Places<Values>, size: KnownAt): RawBuilder<Pair> {
  const between =
    of === 'all'
      ? sql`true`
      : sql`(p.initiator_pid = any(${at.pids}::uuid[]) or p.counterpart_pid = any(${at.pids}::uuid[]))`
  const wanted = kinds.map(({ kinds: ids, from }) => sql`t.kind = any(${ids}) and p.held_on >= ${from}::date`)
  return sql<Pair>`select t.talk_id id, p.held_on "on", t.kind, p.initiator_pid initiator, p.counterpart_pid counterpart
    from talk_pairs p join talk_facts t on t.org_id = p.org_id and t.talk_id = p.talk_id and ${knownAt('t', size)}
    where p.org_id = ${at.orgId} and ${knownAt('p', size)} and (${sql.join(wanted, sql` or `)}) and p.held_on <= ${at.to}::date
      and p.initiator_pid is not null and p.counterpart_pid is not null and ${between}
    order by p.held_on, t.talk_id`
}

const heldNow = compiledFor<PairsWanted['kinds'], 'all' | 'some', Values, Pair>((kinds, of, at) =>
  held(kinds, of, at, null),
)

/**
 * Talks whose pair is still kept, by day, as known at a journal size. The row policy of pairs applies: the two, the branch
 * secretary and the Party office (decision 18); whoever else reads finds none.
 */
export async function pairsHeld(
  tx: Reads,
  orgId: number,
  wanted: PairsWanted,
  size: KnownAt = null,
): Promise<TalkFact[]> {
  const { kinds, to, pids } = wanted
  if (kinds.length === 0) return []
  const of = pids === undefined ? 'all' : 'some'
  const values = { orgId, to, pids: pids ?? [] }
  const rows = await tx.all(size === null ? heldNow(kinds, of, values) : held(kinds, of, values, size))
  return rows.map((row) => ({ type: 'talk', ...row }))
}
