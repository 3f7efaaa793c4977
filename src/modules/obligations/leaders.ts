import { sql } from 'kysely'
import { type Actor, anyOf, anyone, holds } from '../../core/access/actor.ts'
import { openStatuses, standingOn } from '../../core/duties/status.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { type DutyOn, dutiesOn } from '../duties/standing.facts.ts'
import { inForce, knownAt, nameJoin } from '../organisation/organisation.facts.ts'
import { leadersOwed } from './inbox.contract.ts'
import type { Owed } from './owed.ts'
import { lineOf, namesOf, owedSeen } from './reading.ts'

const SOON_DAYS = 14

interface LeaderPost {
  postId: string
  kind: string
  title: string | null
  pid: string | null
  name: string | null
}

/** The posts of the team today in their order, with who holds them. */
function teamOf(ctx: ReadContext, on: string): Promise<LeaderPost[]> {
  const kinds = ctx.catalogues.catalogue.postKinds.rows.filter(
    ({ role }) => role === 'secretary' || role === 'team-member',
  )
  return ctx.tx.all(sql<LeaderPost>`select s.id "postId", s.kind, s.title, a.pid, p.name from posts s
    left join appointments a on a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')} and ${inForce('a', on)} and a.pid is not null
    ${nameJoin('a.pid')}
    where s.org_id = ${ctx.org.orgId} and ${knownAt('s')} and ${inForce('s', on)} and s.kind = any(${kinds.map(({ id }) => id)})
    order by s.position, s.id, a.valid_from`)
}

/** Claims that the actor may see the line of a leader: the secretary and the Party office all, each leader his own. */
function seesLeader(actor: Actor, { postId, pid }: LeaderPost): boolean {
  if (holds(actor, 'secretary') || holds(actor, 'office')) return true
  return actor.holdings.some((held) => held.postId === postId) || (pid !== null && pid === actor.pid)
}

/** How an open duty stands on a day. */
function markOf(ctx: ReadContext, { fold, kind }: DutyOn, on: string) {
  const soon = ctx.catalogues.catalogue.dutyKinds.find(kind)?.due_soon_days ?? SOON_DAYS
  return standingOn({ ...fold, wasMissed: fold.missed.length > 0 }, on, soon).mark
}

/** Open duties of some kinds by how they stand. */
function sideOf(ctx: ReadContext, duties: readonly DutyOn[], on: string, business: boolean) {
  const kinds = ctx.catalogues.catalogue.dutyKinds
  const marks = duties
    .filter(({ kind }) => (kinds.find(kind)?.business ?? false) === business)
    .map((one) => markOf(ctx, one, on))
  const count = (mark: string) => marks.filter((one) => one === mark).length
  return { open: marks.length, soon: count('due-soon'), late: count('late') }
}

/** The open duty that is due first, or null where none has a day. */
function nextOf(ctx: ReadContext, duties: readonly DutyOn[], on: string) {
  const dated = duties.flatMap((one) => (one.fold.dueOn === null ? [] : [{ one, dueOn: one.fold.dueOn }]))
  const first = dated.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.one.no - b.one.no))[0]
  if (first === undefined) return null
  const { one, dueOn } = first
  return { id: one.id, no: one.no, title: one.title, dueOn, mark: markOf(ctx, one, on) }
}

/** What the post or its holder owes, and what of it comes first. */
function ownOf(owed: readonly Owed[], { postId, pid }: LeaderPost) {
  const own = owed.filter(({ subject }) => subject.id === postId || (pid !== null && subject.id === pid))
  const count = (...outcomes: Owed['outcome'][]) => own.filter(({ outcome }) => outcomes.includes(outcome)).length
  const open = own.filter(({ outcome }) => outcome === 'open').sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return {
    owed: {
      open: open.length,
      late: own.filter((one) => one.outcome === 'unmet' && !one.expected).length,
      met: count('met', 'late'),
    },
    first: open[0] ?? null,
  }
}

export const leadersOwedAnswer = answer(leadersOwed, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    ctx.unscoped('each line of the team is judged by seesLeader')
    const on = ctx.today
    const year = input.year ?? Number(on.slice(0, 4))
    const posts = Map.groupBy(await teamOf(ctx, on), ({ postId }) => postId)
    const team = [...posts.values()].map(([first]) => first!).filter((one) => seesLeader(ctx.actor, one))
    const [owed, duties] = await Promise.all([
      team.length === 0 ? [] : owedSeen(ctx, { on, size: null, span: { from: `${year}-01-01`, to: `${year}-12-31` } }),
      dutiesOn(
        ctx.tx,
        ctx.org.orgId,
        on,
        null,
        sql`d.leader_post_id = any(${team.map(({ postId }) => postId)}::uuid[])`,
      ),
    ])
    const open = duties.filter((one) => one.year === year && openStatuses.includes(one.fold.status))
    const own = team.map((one) => ({ one, ...ownOf(owed, one) }))
    const names = await namesOf(
      ctx,
      own.flatMap(({ first }) => (first === null ? [] : [first.subject])),
    )
    const { postKinds } = ctx.catalogues.catalogue
    return {
      year,
      on,
      items: own.map(({ one, owed: counts, first }) => {
        const led = open.filter(({ leaderPostId }) => leaderPostId === one.postId)
        return {
          postId: one.postId,
          title: one.title ?? postKinds.find(one.kind)?.words.zh ?? one.kind,
          name: one.name,
          business: sideOf(ctx, led, on, true),
          party: sideOf(ctx, led, on, false),
          owed: counts,
          next: first && lineOf(first, names),
          nextDuty: nextOf(ctx, led, on),
        }
      }),
    }
  },
})
