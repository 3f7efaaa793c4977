import { sql } from 'kysely'
import type * as z from 'zod'
import { holds } from '../../core/access/actor.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { offsetOf, pageOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayReadInstructions } from './duty.access.ts'
import { readable } from './duty.queries.ts'
import { getSheet, listInstructions } from './list.contract.ts'
import { namesOf } from './order.ts'
import { type ListedDuty, listedColumns, listedFrom, shown } from './shown.ts'

interface Given {
  id: string
  givenOn: string
  leaderPostId: string
  wording: string | null
  source: string | null
  total: number
}

type Row = z.input<typeof listInstructions.output>['items'][number]

/** A leader of the team reads his own instructions; the office, the secretary and supervision read all. */
function visible(ctx: ReadContext) {
  if (holds(ctx.actor, 'office') || holds(ctx.actor, 'secretary') || holds(ctx.actor, 'supervision-reader'))
    return sql`true`
  const posts = ctx.actor.holdings.flatMap((held) => (held.postId === null ? [] : [held.postId]))
  return sql`i.leader_post_id = any(${posts}::uuid[])`
}

function given(
  ctx: ReadContext,
  input: { leaderPostId?: string | undefined; from?: string | undefined; to?: string | undefined },
  limit: number,
  offset: number,
) {
  return ctx.tx.all(sql<Given>`select i.id, i.given_on "givenOn", i.leader_post_id "leaderPostId", i.wording, i.source, count(*) over () as total
    from instructions i where i.org_id = ${ctx.org.orgId} and i.superseded_idx = ${sql.raw(CURRENT)} and ${visible(ctx)}
      and (${input.leaderPostId ?? null}::uuid is null or i.leader_post_id = ${input.leaderPostId ?? null}::uuid)
      and i.given_on between ${input.from ?? '-infinity'}::date and ${input.to ?? 'infinity'}::date
    order by i.given_on desc, i.id desc limit ${limit} offset ${offset}`)
}

async function withDuties(ctx: ReadContext, rows: readonly Given[]): Promise<(Row & { total: number })[]> {
  const ids = rows.map((row) => row.id)
  const duties = await ctx.tx.all(
    sql<{
      id: string
      no: number
      title: string | null
      status: string
      origin: string
    }>`select d.id, d.no, d.title, s.status, d.origin_id origin
      from ${listedFrom} where ${readable(ctx)} and d.origin_noun = 'instruction' and d.origin_id = any(${ids}::uuid[]) order by d.year, d.no`,
  )
  const names = await namesOf(
    ctx,
    [],
    rows.map((row) => row.leaderPostId),
  )
  return rows.map((row) => ({
    id: row.id,
    givenOn: row.givenOn,
    leader: names.post(row.leaderPostId),
    wording: row.wording,
    source: row.source,
    duties: duties.filter((duty) => duty.origin === row.id).map(({ origin: _origin, ...duty }) => duty),
    total: row.total,
  }))
}

export const listInstructionsAnswer = answer(listInstructions, {
  may: mayReadInstructions,
  run: async (ctx, input) => {
    const limit = input.limit ?? 50
    const rows = await withDuties(ctx, await given(ctx, input, limit + 1, offsetOf(input.cursor)))
    return pageOf(rows, limit, input.cursor)
  },
})

const SHEET_MAX = 500

export const getSheetAnswer = answer(getSheet, {
  may: mayReadInstructions,
  run: async (ctx, input) => {
    const own = ctx.actor.holdings.some((held) => held.postId === input.postId)
    const keeps = holds(ctx.actor, 'office') || holds(ctx.actor, 'secretary') || holds(ctx.actor, 'supervision-reader')
    const scope = readable(ctx)
    const names = await namesOf(ctx, [], [input.postId])
    const leader = names.post(input.postId)
    if ((!own && !keeps) || leader === null || leader.title === '') throw new Refusal('record/not-found')
    const quarter = input.quarter ?? Math.ceil(Number(ctx.today.slice(5, 7)) / 3)
    const month = (quarter - 1) * 3 + 1
    const from = `${input.year}-${String(month).padStart(2, '0')}-01`
    const to = new Date(Date.UTC(input.year, month + 2, 0)).toISOString().slice(0, 10)
    // Owed in the quarter: issued by its end and neither closed nor taken out before it began.
    const rows =
      await ctx.tx.all(sql<ListedDuty>`select ${listedColumns} from ${listedFrom} where ${scope} and d.leader_post_id = ${input.postId}
      and (s.closed_on is null or s.closed_on >= ${from}) and s.status not in ('draft', 'withdrawn')
      and exists (select 1 from duty_events e where e.org_id = d.org_id and e.duty_id = d.id and e.event = 'issued' and e.on_day <= ${to})
      order by s.due_on nulls last, d.no limit ${SHEET_MAX}`)
    const duties = await shown(ctx, rows)
    const instructions = await withDuties(ctx, await given(ctx, { leaderPostId: input.postId, from, to }, SHEET_MAX, 0))
    const count = (claim: (duty: (typeof duties)[number]) => boolean) => duties.filter(claim).length
    return {
      leader,
      from,
      to,
      duties,
      instructions: instructions.map(({ total: _total, ...row }) => row),
      counts: {
        owed: duties.length,
        closed: count((duty) => duty.status === 'closed'),
        late: count((duty) => duty.mark === 'late'),
        madeGoodLate: count((duty) => duty.mark === 'made-good-late'),
      },
    }
  },
})
