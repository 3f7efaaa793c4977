import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import { answer } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { overviewObligations, type Tally } from './obligation.contract.ts'
import { namesOf, orderOf, owedSeen, ruleLine, tallyOf, whenOf } from './reading.ts'

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

export const overviewing = answer(overviewObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    const when = await whenOf(ctx, input)
    const year = input.year ?? Number(when.on.slice(0, 4))
    const order = await orderOf(ctx, when)
    const top = input.unitId ?? order.units.find(({ parentId }) => parentId === null)?.unitId
    if (top === undefined) throw new Refusal('record/not-found')
    const owed = await owedSeen(ctx, { ...when, span: { from: `${year}-01-01`, to: `${year}-12-31` }, unitId: top })
    const whole = new Sums()
    const parts = new Map<string, Sums>()
    const rules = new Map<string, ActiveRule>()
    for (const one of owed) {
      const numbers = tallyOf([one])
      rules.set(one.rule, one.by)
      whole.add(one.rule, numbers)
      const part = order.below(top, one.subject.unitId)
      if (part === null) continue
      const sums = parts.get(part) ?? new Sums()
      sums.add(one.rule, numbers)
      parts.set(part, sums)
    }
    const names = await namesOf(ctx, [])
    const below = order.units.filter(({ parentId, unitId }) => parentId === top && parts.has(unitId))
    return {
      year,
      on: when.on,
      unitId: top,
      rules: [...rules.values()].map((rule) => ({ ...ruleLine(rule, when.on), tally: whole.byRule.get(rule.id)! })),
      units: below.map(({ unitId, kind }) => ({
        unitId,
        name: names.unit(unitId),
        kind,
        tallies: [...parts.get(unitId)!.byRule].map(([rule, tally]) => ({ rule, tally })),
      })),
    }
  },
})
