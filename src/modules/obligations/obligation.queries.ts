import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { daysBetween } from '../../core/calendar/days.ts'
import type { FactPattern } from '../../core/rules/rule.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { type Plan, plansOf } from '../plans/plan.facts.ts'
import { owesHimself } from './obligation.access.ts'
import { type Cell, listObligations, matrixObligations } from './obligation.contract.ts'
import { type Owed, yearOfDay } from './owed.ts'
import { inOrder, lineOf, namesOf, orderOf, owedSeen, pageOf, ruleLine, tallyOf, whenOf } from './reading.ts'

/** Windows of more than this cannot be asked for at once. */
const SPAN_DAYS_MAX = 1100

const listing = answer(listObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    const when = await whenOf(ctx, input)
    const year = yearOfDay(when.on)
    const span = {
      from: input.from ?? (input.to && input.to < year.from ? yearOfDay(input.to).from : year.from),
      to: input.to ?? year.to,
    }
    if (span.to < span.from || daysBetween(span.from, span.to) > SPAN_DAYS_MAX)
      throw new Refusal('obligation/span-too-long', { days: SPAN_DAYS_MAX })
    const rules = input.rule === undefined ? undefined : [input.rule]
    const [owed, order] = await Promise.all([
      owedSeen(ctx, { ...when, span, rules, unitId: input.unitId }),
      orderOf(ctx, when),
    ])
    const mine = input.mine === true ? owed.filter((one) => owesHimself(ctx.actor, one)) : owed
    const chosen = mine.filter(({ outcome }) => input.outcome === undefined || input.outcome.includes(outcome))
    const { items, next } = pageOf(inOrder(chosen, order), ({ id }) => id, input)
    const names = await namesOf(
      ctx,
      items.map(({ subject }) => subject),
    )
    return {
      items: items.map((one) => lineOf(one, names)),
      total: chosen.length,
      next,
      on: when.on,
      tally: tallyOf(mine),
    }
  },
})

/** Which outcome stands for a cell: the one that asks for most. */
const URGENCY = ['unmet', 'open', 'undetermined', 'late', 'upcoming', 'excused', 'met'] as const

const dayOf = ({ plannedOn, month }: Plan) => plannedOn ?? `${month}-01`

/** The first plan that will meet an obligation; null where nothing is planned for its window. */
export function planFor(one: Owed, plans: readonly Plan[]): Plan | null {
  const version = one.by.versions.find(({ from }) => from === one.version)
  const patterns = version?.need.map(({ of }) => of) ?? []
  const first = one.window.from.slice(0, 8).concat('01')
  const fitting = plans
    .filter((plan) => plan.state === 'planned' && patterns.some((pattern) => fits(pattern, plan, one.subject)))
    .filter((plan) => dayOf(plan) >= first && dayOf(plan) <= one.window.to)
  return fitting.sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1))[0] ?? null
}

/** The day on which something planned will meet an obligation; null where nothing is planned for its window. */
export function plannedFor(one: Owed, plans: readonly Plan[]): string | null {
  const plan = planFor(one, plans)
  return plan && dayOf(plan)
}

function fits(pattern: FactPattern, plan: Plan, subject: Owed['subject']): boolean {
  if (plan.kind === null) return false
  if (plan.item === 'talk')
    return (
      'talk' in pattern &&
      pattern.talk.includes(plan.kind) &&
      [plan.initiatorPostId, plan.counterpartPostId].includes(subject.id)
    )
  if (!('activity' in pattern) || !pattern.activity.includes(plan.kind)) return false
  const topics = pattern.topics === undefined || pattern.topics.some((topic) => plan.topics.includes(topic))
  return topics && (pattern.by === 'bureau' || (subject.type === 'unit' && plan.unitId === subject.id))
}

function cellOf(rule: string, owed: readonly Owed[], on: string, plans: readonly Plan[]): z.input<typeof Cell> {
  const due = owed.filter(({ dueOn }) => dueOn <= on)
  const done = (list: readonly Owed[]) => list.filter(({ outcome }) => outcome === 'met' || outcome === 'late').length
  const ahead = owed.filter(({ dueOn, outcome }) => dueOn > on && outcome !== 'met' && outcome !== 'excused')
  const needsPlan = (one: Owed) => one.outcome === 'open' || one.outcome === 'upcoming'
  return {
    rule,
    outcome: URGENCY.find((outcome) => owed.some((one) => one.outcome === outcome))!,
    due: due.length,
    done: done(due),
    nextDueOn: ahead.map(({ dueOn }) => dueOn).sort()[0] ?? null,
    tally: tallyOf(owed),
    marks: owed.slice(0, 120).map((one) => ({
      obligationId: one.id,
      windowFrom: one.window.from,
      windowTo: one.window.to,
      dueOn: one.dueOn,
      outcome: one.outcome,
      plannedOn: needsPlan(one) ? plannedFor(one, plans) : null,
    })),
  }
}

function grouped<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

async function plansSeen(ctx: ReadContext, year: number, size: number | null): Promise<Plan[]> {
  const plans = await plansOf(ctx.tx, ctx.org.orgId, { from: `${year}-01-01`, to: `${year}-12-31` }, size)
  const { units } = ctx.actor.scopes.general
  return units === 'all' ? plans : plans.filter(({ unitId }) => units.includes(unitId))
}

/** Units by rules for a year. */
export const matrix = answer(matrixObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    const when = await whenOf(ctx, input)
    const year = input.year ?? Number(when.on.slice(0, 4))
    const span = { from: `${year}-01-01`, to: `${year}-12-31` }
    const [owed, order, plans] = await Promise.all([
      owedSeen(ctx, { ...when, span, unitId: input.unitId }),
      orderOf(ctx, when),
      plansSeen(ctx, year, when.size),
    ])
    const byUnit = grouped(inOrder(owed, order), ({ subject }) => subject.unitId)
    const { items, next } = pageOf([...byUnit], ([unitId]) => unitId, { limit: 200, ...input })
    const names = await namesOf(ctx, [])
    const kinds = new Map(order.units.map(({ unitId, kind }) => [unitId, kind]))
    const rules = new Map(owed.map(({ by }) => [by.id, by]))
    return {
      year,
      on: when.on,
      rules: [...rules.values()].map((rule) => ruleLine(rule, when.on)),
      items: items.map(([unitId, all]) => ({
        unitId,
        name: names.unit(unitId),
        kind: kinds.get(unitId) ?? '',
        cells: [...grouped(all, ({ rule }) => rule)].map(([rule, list]) => cellOf(rule, list, when.on, plans)),
      })),
      total: byUnit.size,
      next,
    }
  },
})

export const obligationLists = [listing, matrix]
