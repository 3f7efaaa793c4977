import type * as z from 'zod'
import { anyOf, anyone, role } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import { around } from '../../core/rules/around.ts'
import { judgedIn } from '../../core/rules/engine.ts'
import { explain } from '../../core/rules/explain.ts'
import { organisationOf } from '../../core/rules/history.ts'
import type { ActivityFact, Explained, Obligation } from '../../core/rules/obligation.ts'
import { fieldWords, type NameOf } from '../../core/rules/sentences.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { subtreeOf, unitNames } from '../organisation/organisation.facts.ts'
import { personNames, personsInOrder } from '../organisation/organisation.ts'
import { groundOf, rulesAndCalendar } from './ground.ts'
import { getHours, type HoursStand, listHours } from './hours.contract.ts'
import { owedBy } from './owed.ts'
import { loadWorld } from './world.ts'

/** The rules that add up study or training of a person. */
function hoursRules(rules: readonly ActiveRule[]): ActiveRule[] {
  const adds = ({ versions }: ActiveRule) => versions.some(({ need }) => need.some((measure) => 'sum' in measure))
  return rules.filter((rule) => rule.visibility === 'training' && adds(rule))
}

function standOf(owed: Obligation, { words, expected, unconfirmed }: ActiveRule): z.input<typeof HoursStand> {
  const { rule, window, dueOn, outcome, needed, counted, of } = owed
  const short = Math.max(0, Math.round((needed - counted) * 100) / 100)
  const numbers = { needed, counted, short, of }
  return {
    rule,
    words,
    expected,
    unconfirmed,
    windowFrom: window.from,
    windowTo: window.to,
    dueOn,
    outcome,
    ...numbers,
  }
}

/** The year asked for and the day on which it is judged; a year that has not begun has no hours. */
function yearOf(ctx: ReadContext, year: number | undefined) {
  const asked = year ?? Number(ctx.today.slice(0, 4))
  return { year: asked, on: ctx.today, span: { from: `${asked}-01-01`, to: `${asked}-12-31` } }
}

/** Claims that the reader may open a record; of others he is told day, kind and hours. */
const mayOpen = (ctx: ReadContext, fact: ActivityFact) =>
  within(ctx.actor.scopes.general, [fact.unitId], [fact.hostPid])

const getting = answer(getHours, {
  may: anyOf(anyone),
  label: 'talks',
  stubs: true,
  run: async (ctx, input) => {
    ctx.unscoped('judged by the person asked for: himself, his branch secretary, the training handler')
    const pid = input.personId ?? ctx.actor.pid
    if (pid === null) throw new Refusal('hours/no-person')
    const { orgId } = ctx.org
    const { year, on, span } = yearOf(ctx, input.year)
    const people = await personsInOrder(ctx.tx, orgId, on, ctx.catalogues.catalogue)
    const place = people.find((one) => one.pid === pid)
    if (!within(ctx.scope, [place?.branchId ?? null], [pid])) throw new Refusal('record/not-found')
    const ground = await groundOf(ctx, null)
    const of = around(organisationOf(ground.history), [pid])
    const slice = { ...ground, rules: hoursRules(ground.rules), span, on, size: null, of }
    const [world, names] = await Promise.all([loadWorld(ctx, slice), personNames(ctx.tx, orgId, [pid])])
    const judged = judgedIn(world, span, on, { subjects: [pid] })
    const owed = judged.map(({ obligation, rule }) => ({ rule, found: explain(world, obligation.id, on)! }))
    return {
      personId: pid,
      name: names.get(pid) ?? null,
      year,
      on,
      rules: owed.map(({ rule, found }) => ruleLine(ctx, world, rule, found)),
      records: recordsOf(
        ctx,
        world,
        pid,
        span,
        owed.map(({ found }) => found),
      ),
    }
  },
})

const activities = (world: World): ActivityFact[] =>
  world.facts.filter((fact): fact is ActivityFact => fact.type === 'activity')

/** A rule with what counted for it: the opening balance apart from the records. */
function ruleLine(ctx: ReadContext, world: World, rule: ActiveRule, found: Explained) {
  const facts = new Map(activities(world).map((fact) => [fact.id, fact]))
  const version = rule.versions.find(({ from }) => from === found.version)
  const counted = found.metBy.flatMap(({ id, on, amount }) => {
    const fact = facts.get(id)
    if (fact === undefined) return []
    return [{ activityId: mayOpen(ctx, fact) ? id : null, on, kind: fact.kinds[0]!, amount }]
  })
  return {
    ...standOf(found, rule),
    article: version?.article ?? null,
    source: rule.source,
    opening: found.metBy.flatMap(({ type, on, amount }) => (type === 'opening' ? [{ on, amount }] : [])),
    records: counted,
    missing: [...found.missing],
    unstated: found.unstated.flatMap(({ id, on, field }) => {
      const fact = facts.get(id)
      if (fact === undefined || field === undefined) return []
      const words = fieldWords('near', field, ctx.catalogues.words.messages, fieldNames(ctx))
      return [{ activityId: mayOpen(ctx, fact) ? id : null, on, kind: fact.kinds[0]!, words }]
    }),
  }
}

/** Names of the fields of records. */
const fieldNames =
  (ctx: ReadContext): NameOf =>
  (sort, id) => {
    const fields = ctx.catalogues.catalogue.activityKinds.rows.flatMap((kind) => kind.fields)
    return sort === 'field' ? fields.find((field) => field.id === id)?.words : undefined
  }

/** Every record of the year at which the person was present, whether or not a rule counts it. */
function recordsOf(
  ctx: ReadContext,
  world: World,
  pid: string,
  span: { from: string; to: string },
  found: readonly Explained[],
) {
  const his = activities(world).filter(({ on, attended }) => span.from <= on && on <= span.to && attended.includes(pid))
  return his.map((fact) => ({
    activityId: mayOpen(ctx, fact) ? fact.id : null,
    on: fact.on,
    kind: fact.kinds[0]!,
    hours: fact.hours,
    rules: found.filter(({ metBy }) => metBy.some(({ id }) => id === fact.id)).map(({ rule }) => rule),
  }))
}

/** Hours of everybody whose hours the actor may see. */
export const listing = answer(listHours, {
  may: anyOf(role('office', 'branch-secretary')),
  label: 'talks',
  stubs: true,
  run: async (ctx, input) => {
    ctx.unscoped('limited to the branches of the secretary; the training handler has the whole bureau')
    const { orgId } = ctx.org
    const { year, on, span } = yearOf(ctx, input.year)
    const { units } = ctx.scope
    const [people, names, below, { rules }] = await Promise.all([
      personsInOrder(ctx.tx, orgId, on, ctx.catalogues.catalogue),
      unitNames(ctx.tx, orgId, on),
      input.unitId === undefined ? null : subtreeOf(ctx.tx, orgId, input.unitId, on),
      rulesAndCalendar(ctx, null),
    ])
    const mine = people.filter(
      ({ branchId, unitId }) =>
        (units === 'all' || (branchId !== null && units.includes(branchId))) &&
        (below === null || [branchId, unitId].some((one) => one !== null && below.includes(one))),
    )
    const start = Number(input.cursor ?? 0)
    if (!Number.isInteger(start) || start < 0) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
    const shown = mine.slice(start, start + (input.limit ?? 200))
    const listed = units === 'all' && below === null ? undefined : [...new Set(mine.map(listedUnder))]
    const asked = { on, span, rules: hoursRules(rules).map(({ id }) => id), units: listed }
    const owed = Map.groupBy(await owedBy(ctx, asked), ({ subject }) => subject.id)
    const items = shown.map(({ pid, name, branchId, unitId }) => ({
      personId: pid,
      name,
      unitId: branchId ?? unitId,
      unitName: names.get(branchId ?? unitId ?? '') ?? null,
      rules: (owed.get(pid) ?? []).map((one) => standOf(one, one.by)),
    }))
    const next = start + shown.length < mine.length ? String(start + shown.length) : null
    return { year, on, items, total: mine.length, next }
  },
})

const listedUnder = ({ branchId, unitId }: { branchId: string | null; unitId: string | null }) => branchId ?? unitId!

/** Hours as a view over records. */
export const hoursReads = [getting, listing]
