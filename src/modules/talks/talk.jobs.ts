import { sql } from 'kysely'
import type { Context, Writing } from '../../platform/action/action.ts'
import { eraseFields } from '../../platform/journal/erase.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { emptiedOfPair, talkPairRecord } from './talk.facts.ts'

const BATCH = 500

/** Pairs whose cycle has run out on `today` by the months that their kind gives; at most one batch. */
export function expiredPairs(ctx: Context): Promise<{ id: string }[]> {
  const kinds = ctx.catalogues.catalogue.talkKinds.rows.filter((kind) => kind.pair_months !== undefined)
  const months = kinds.map((kind) => kind.pair_months!)
  return ctx.tx.all(
    sql<{ id: string }>`select p.id from talk_pairs p
      join talks t on t.org_id = p.org_id and t.id = p.talk_id and t.superseded_idx = ${sql.raw(CURRENT)}
      join unnest(${kinds.map((kind) => kind.id)}::text[], ${months}::int[]) c(kind, months) on c.kind = t.kind
      where p.org_id = ${ctx.org.orgId} and p.superseded_idx = ${sql.raw(CURRENT)} and p.shape = 'pair' and p.held_on is not null
        and p.held_on < ${ctx.today}::date - make_interval(months => c.months)
      order by p.held_on limit ${BATCH}`,
  )
}

/** Empties expired pairs with their salts in one journalled act (decision 18); the numbers stay. Returns how many. */
export async function emptyExpiredPairs(ctx: Writing): Promise<number> {
  const pairs = await expiredPairs(ctx)
  if (pairs.length === 0) return 0
  const targets = pairs.map(({ id }) => ({ record: talkPairRecord, id, fields: emptiedOfPair }))
  await eraseFields(ctx, 'talk-cycle', targets)
  return pairs.length
}
