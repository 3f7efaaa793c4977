import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { addDays } from '../../core/calendar/days.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { type Plan, plansOf } from '../plans/plan.facts.ts'
import { inboxObligations, type WorkGroup, type WorkLine } from './inbox.contract.ts'
import { owesHimself } from './obligation.access.ts'
import { planFor } from './obligation.queries.ts'
import type { Owed } from './owed.ts'
import { inOrder, lineOf, namesOf, orderOf, owedSeen, type SubjectNames } from './reading.ts'

const SOON_DAYS = 14
const YEAR_DAYS = 365
const LINES = 12

/** What asks for something; everything else is not even held. */
const ASKING = ['open', 'unmet', 'undetermined'] as const

/** By which record something is met first: a kind of activity or of talk. */
function recordFor(one: Owed): { activityKind: string | null; talkKind: string | null } {
  const version = one.by.versions.find(({ from }) => from === one.version)
  const pattern = version?.need[0]?.of
  return {
    activityKind: pattern !== undefined && 'activity' in pattern ? (pattern.activity[0] ?? null) : null,
    talkKind: pattern !== undefined && 'talk' in pattern ? (pattern.talk[0] ?? null) : null,
  }
}

/** Lines with what a page needs to act on them at once. */
export function workLine(one: Owed, names: SubjectNames, plans: readonly Plan[]): z.input<typeof WorkLine> {
  const plan = one.outcome === 'open' || one.outcome === 'upcoming' ? planFor(one, plans) : null
  return {
    ...lineOf(one, names),
    ...recordFor(one),
    plan: plan && { planId: plan.planId, plannedOn: plan.plannedOn, kind: plan.kind },
  }
}

/** Plans of the months of a span that the actor may see. */
export async function plansSeen(ctx: ReadContext, span: { from: string; to: string }): Promise<Plan[]> {
  const plans = await plansOf(ctx.tx, ctx.org.orgId, span)
  const { units } = ctx.actor.scopes.general
  return units === 'all' ? plans : plans.filter(({ unitId }) => units.includes(unitId))
}

/** Obligations of one rule and window together, the first due first. */
function groupsOf(owed: readonly Owed[], line: (one: Owed) => z.input<typeof WorkLine>, limit: number) {
  const groups = [...Map.groupBy(owed, ({ rule, window }) => `${rule} ${window.from}`).values()].map((all) => {
    const [first] = all as [Owed]
    const { rule, by, expected, window, dueOn } = first
    const lines = all.slice(0, limit).map(line)
    return {
      rule,
      words: by.words,
      expected,
      windowFrom: window.from,
      windowTo: window.to,
      dueOn,
      count: all.length,
      lines,
    }
  })
  return { total: owed.length, groups: groups satisfies z.input<typeof WorkGroup>[] }
}

export const inbox = answer(inboxObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, { on = ctx.today, unitId, soonDays = SOON_DAYS, limit = LINES }) => {
    const when = { on, size: null }
    const soonest = addDays(on, soonDays)
    const [seen, order, plans] = await Promise.all([
      owedSeen(ctx, { ...when, span: { from: addDays(on, -YEAR_DAYS), to: on }, unitId, outcomes: ASKING }),
      orderOf(ctx, when),
      plansSeen(ctx, { from: on.slice(0, 4).concat('-01-01'), to: soonest }),
    ])
    const asking = inOrder(seen, order)
    const names = await namesOf(
      ctx,
      asking.map(({ subject }) => subject),
    )
    const line = (one: Owed) => workLine(one, names, plans)
    const byDue = (a: Owed, b: Owed) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)
    const soon = asking.filter(({ outcome, dueOn }) => outcome === 'open' && dueOn <= soonest).sort(byDue)
    const over = asking.filter(({ outcome }) => outcome === 'unmet').sort((a, b) => byDue(b, a))
    const part = (owed: readonly Owed[]) => groupsOf(owed, line, limit)
    return {
      on,
      soonDays,
      soon: part(soon),
      late: part(over.filter(({ expected }) => !expected)),
      expected: part(over.filter(({ expected }) => expected)),
      unknown: part(
        asking.filter(({ outcome, dueOn }) => outcome === 'undetermined' && dueOn < on).sort((a, b) => byDue(b, a)),
      ),
      own: part(asking.filter((one) => one.outcome !== 'undetermined' && owesHimself(ctx.actor, one)).sort(byDue)),
    }
  },
})
