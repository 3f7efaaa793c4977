import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { rulesAndCalendar } from './ground.ts'
import { overviewObligations, type Tally } from './obligation.contract.ts'
import { type Owed, owedBy } from './owed.ts'
import { namesOf, type Order, orderOf, owedSeen, ruleLine, tallyOf, type Wanted, whenOf } from './reading.ts'
import { codeOfAll, patternsOf } from './tally.facts.ts'
import { type TallyNumbers, tallyNumbers } from './tally.queries.ts'
import { tallyState } from './tally.ts'
import { talliedIn } from './tally-standing.ts'

type Numbers = z.input<typeof Tally>

/** Numbers by rule, added up. */
class Sums {
  readonly byRule = new Map<string, Numbers>()

  add(rule: string, numbers: Numbers): void {
    const sum = this.byRule.get(rule) ?? tallyOf([])
    for (const outcome of Object.keys(sum) as (keyof Numbers)[]) sum[outcome] += numbers[outcome]
    this.byRule.set(rule, sum)
  }
}

/** What an overview is read from: obligations one by one, and numbers that tallies answer. */
interface Read {
  readonly owed: readonly Owed[]
  readonly numbers: readonly TallyNumbers[]
}

/** How many units may be asked one by one beside the tallies. */
const IRREGULAR_MAX = 500

/**
 * Reads the year of a unit and all below it from tallies, as far as they answer: for whoever sees the whole bureau, as
 * known now and on today's day, while the tallies hold. Null where they do not.
 */
async function byTallies(
  ctx: ReadContext,
  order: Order,
  top: string,
  wanted: Wanted,
  year: number,
): Promise<Read | null> {
  const { orgId, goLiveOn } = ctx.org
  if (ctx.actor.scopes.general.units !== 'all' || wanted.size !== null || wanted.on !== ctx.today) return null
  const [state, { rules }] = await Promise.all([tallyState(ctx.tx, orgId), rulesAndCalendar(ctx, null)])
  if (state === null || state.stale || state.code !== codeOfAll(patternsOf(rules))) return null
  const tallied = talliedIn(rules, year).filter(({ rule }) => rule.visibility === 'unit')
  const below = order.units.flatMap(({ unitId }) => {
    const part = unitId === top ? top : order.below(top, unitId)
    return part === null ? [] : [[unitId, part] as const]
  })
  const goLive = new Map([[orgId, goLiveOn]])
  const ask = { goLive, year, on: wanted.on, rules: tallied, groups: new Map(below) }
  const { numbers, irregular } = await tallyNumbers(ctx.tx, ask)
  if (irregular.length > IRREGULAR_MAX) return null
  const ids = new Set(tallied.map(({ rule }) => rule.id))
  const others = rules.flatMap(({ id }) => (ids.has(id) ? [] : [id]))
  const units = irregular.map(({ unitId }) => unitId)
  const [rest, changed] = await Promise.all([
    owedSeen(ctx, { ...wanted, rules: others }),
    units.length === 0 ? [] : owedBy(ctx, { ...wanted, rules: [...ids], units }),
  ])
  const rulesOf = new Map(irregular.map((one) => [one.unitId, one.rules]))
  return { owed: [...rest, ...changed.filter(({ subject, rule }) => rulesOf.get(subject.unitId)?.has(rule))], numbers }
}

export const overviewing = answer(overviewObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    const when = await whenOf(ctx, input)
    const year = input.year ?? Number(when.on.slice(0, 4))
    const order = await orderOf(ctx, when)
    const top = input.unitId ?? order.units.find(({ parentId }) => parentId === null)?.unitId
    if (top === undefined) throw new Refusal('record/not-found')
    const wanted: Wanted = { ...when, span: { from: `${year}-01-01`, to: `${year}-12-31` }, unitId: top }
    const read =
      (await byTallies(ctx, order, top, wanted, year)) ?? ({ owed: await owedSeen(ctx, wanted), numbers: [] } as Read)
    const whole = new Sums()
    const parts = new Map<string, Sums>()
    const add = (part: string | null, rule: string, numbers: Numbers) => {
      whole.add(rule, numbers)
      if (part === null || part === top) return
      const sums = parts.get(part) ?? new Sums()
      sums.add(rule, numbers)
      parts.set(part, sums)
    }
    for (const one of read.owed) add(order.below(top, one.subject.unitId), one.rule, tallyOf([one]))
    for (const { group, rule, numbers } of read.numbers) add(group, rule, { ...tallyOf([]), ...numbers })
    const { rules } = await rulesAndCalendar(ctx, when.size)
    const names = await namesOf(ctx, [])
    const below = order.units.filter(({ parentId, unitId }) => parentId === top && parts.has(unitId))
    return {
      year,
      on: when.on,
      unitId: top,
      rules: rules
        .filter(({ id }) => whole.byRule.has(id))
        .map((rule) => ({ ...ruleLine(rule, when.on), tally: whole.byRule.get(rule.id)! })),
      units: below.map(({ unitId, kind }) => ({
        unitId,
        name: names.unit(unitId),
        kind,
        tallies: rules.flatMap(({ id }) => {
          const tally = parts.get(unitId)!.byRule.get(id)
          return tally === undefined ? [] : [{ rule: id, tally }]
        }),
      })),
    }
  },
})
