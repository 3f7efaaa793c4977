import * as z from 'zod'
import { Day } from '../core/contract.ts'
import { personClasses } from '../core/rules/rule.ts'
import { obligationId } from '../core/rules/slots.ts'
import type { Company } from './company.ts'
import { monthBefore } from './days.ts'
import { dayMeant } from './lists.ts'
import { readDemoFile } from './year.ts'

const Names = z.array(z.union([z.string(), z.array(z.string())])).transform((names) => names.flat())
const ToCome = z.string().regex(/^today\+\d+$/)
const Plan = z.strictObject({
  item: z.enum(['activity', 'talk', 'reading']),
  kind: z.string().optional(),
  unit: z.string().optional(),
  by: z.string().optional(),
  with: z.string().optional(),
  on: ToCome,
  title: z.string().optional(),
  topics: z.array(z.string()).optional(),
})
const Owed = z.strictObject({
  classes: z.record(z.enum(personClasses), z.strictObject({ from: Day, persons: Names })),
  openings: z.strictObject({ rule: z.string(), on: Day, hours: z.record(z.string(), z.number()) }),
  statements: z.array(z.tuple([Day, z.string()])),
  excuses: z.array(
    z.strictObject({ rule: z.string(), unit: z.string(), month: z.string().regex(/^month-\d$/), reason: z.string() }),
  ),
  plans: z.array(Plan),
})

/** What rules need to know of the demonstration beside its records. */
export type OwedPlan = z.output<typeof Owed>

/** Reads it; throws where the file is not as it should be. */
export function readOwedPlan(): OwedPlan {
  return readDemoFile('owed.yaml', Owed)
}

/** States classes, brings hours along, lets persons state what they sent, excuses and plans, each by whoever may. */
export async function enterOwed(company: Company, plan: OwedPlan): Promise<void> {
  const clerk = await company.as(company.clerk)
  for (const [of, { from, persons }] of Object.entries(plan.classes)) {
    for (const name of persons) await clerk.act('class.assign', { personId: company.person(name), class: of, from })
  }
  const { rule, on: upTo, hours } = plan.openings
  for (const [name, amount] of Object.entries(hours)) {
    await clerk.act('opening.record', { personId: company.person(name), rule, amount, on: upTo })
  }
  for (const [on, name] of plan.statements) {
    if (on > company.today) continue
    const stated = { statement: 'personal-matters', year: Number(on.slice(0, 4)), on }
    await (await company.as(name)).act('statement.record', stated)
  }
  for (const { rule: of, unit, month, reason } of plan.excuses) {
    const from = `${monthBefore(company.today, Number(month.slice(6)))}-01`
    await clerk.act('obligation.excuse', { obligationId: obligationId(of, company.unit(unit), from), reason })
  }
  for (const one of plan.plans) await intend(company, one)
}

async function intend(
  company: Company,
  { item, kind, unit, by, with: other, on, title, topics }: z.output<typeof Plan>,
) {
  const hand = await company.as(by ?? company.clerk)
  await hand.act('plan.open', {
    item,
    kind,
    unitId: unit === undefined ? undefined : company.unit(unit),
    initiatorPostId: by === undefined ? undefined : company.post(by),
    counterpartPostId: other === undefined ? undefined : company.post(other),
    plannedOn: dayMeant(on, company.today),
    title,
    topics,
  })
}
