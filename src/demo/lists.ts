import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Day } from '../core/contract.ts'
import type { Company } from './company.ts'
import { dayAfter } from './days.ts'
import { type Life, type Living, live } from './life.ts'
import { type Row, reviewText } from './review.ts'
import { demoFolder, readDemoFile } from './year.ts'

const When = z.string().regex(/^(\d{4}-\d{2}-\d{2}|today[+-]\d+)$/)
const LifeOf = z.array(
  z.tuple([When, z.string()]).rest(z.union([z.string(), z.record(z.string(), z.union([z.string(), z.number()]))])),
)
const Owners = {
  lead: z.string(),
  support: z.array(z.string()).default([]),
  leader: z.string().optional(),
  watcher: z.string().optional(),
  layer: z.string().optional(),
  measures: z.array(z.string()).optional(),
  life: LifeOf,
}
const Amendment = z.strictObject({ measures: z.array(z.string()), reason: z.string() })
const List = z.strictObject({
  year: z.int(),
  document: z.strictObject({ file: z.string(), fileName: z.string(), title: z.string() }),
  title: z.string(),
  issuedOn: Day,
  accepted: z.string(),
  shownBy: z.string(),
  merge: z.array(z.tuple([z.string(), z.string()])),
  split: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      ...Owners,
      has: z.string(),
      title: z.string().optional(),
      deadline: Day.optional(),
      milestones: z.array(z.strictObject({ title: z.string(), dueOn: Day })).optional(),
      amend: Amendment.optional(),
    }),
  ),
  instructions: z.array(
    z.strictObject({
      leader: z.string(),
      on: When,
      wording: z.string(),
      source: z.string(),
      tasks: z.array(z.strictObject({ ...Owners, title: z.string(), kind: z.string(), dueOn: When })),
    }),
  ),
})

/** A year's list of the demonstration as the catalogue tells it. */
export type ListPlan = z.output<typeof List>

/** Reads the list of a year; throws where the file is not as it should be. */
export function readListPlan(year: 2025 | 2026): ListPlan {
  return readDemoFile(`duties-${year}.yaml`, List)
}

/** The civil day that a plan means: a day, or one counted from the day of the first start. */
export function dayMeant(when: string, today: string): string {
  return when.startsWith('today') ? dayAfter(today, Number(when.slice(5))) : when
}

/** Takes the text of a year in, reviews it, issues the list and lets its duties live up to today. */
export async function enterList(company: Company, plan: ListPlan): Promise<void> {
  if (plan.issuedOn > company.today) return
  const clerk = await company.as(company.clerk)
  const text = readFileSync(join(demoFolder, plan.document.file))
  const { id: documentId } = await clerk.act('document.import', {
    fileName: plan.document.fileName,
    title: plan.document.title,
    content: text.toString('base64'),
    year: plan.year,
    kind: 'plan',
  })
  const { id: listId } = await clerk.act('list.open', { year: plan.year, title: plan.title })
  const rows = plan.rows.map((row): Row => ({ has: row.has, changes: changesOf(company, row) }))
  const duties = await reviewText(clerk, documentId, text.toString('utf8'), plan, rows)
  await clerk.act('list.issue', { id: listId, onDay: plan.issuedOn })
  for (const [index, row] of plan.rows.entries()) {
    const id = duties[index]!
    await live(company, livingOf(id, plan, row, row.leader ?? null), lifeOf(company, row.life))
    if (row.amend) await clerk.act('duty.amend', { id, ...row.amend })
  }
  for (const instruction of plan.instructions) await instruct(company, plan, instruction)
}

function livingOf(
  id: string,
  { accepted, shownBy }: ListPlan,
  { lead, measures }: { lead: string; measures?: string[] | undefined },
  leader: string | null,
): Living {
  return { id, lead, leader, measures: measures ?? [], words: { accepted, shownBy } }
}

function lifeOf({ today }: Company, life: z.output<typeof LifeOf>): Life {
  return life.map(([when, act, ...rest]) => {
    const words = rest.find((one) => typeof one === 'string') ?? null
    const more = rest.find((one) => typeof one === 'object') ?? {}
    return { on: dayMeant(when, today), act, words, more }
  })
}

function ownersOf(
  company: Company,
  row: {
    support: string[]
    lead: string
    leader?: string | undefined
    watcher?: string | undefined
    layer?: string | undefined
    measures?: string[] | undefined
  },
) {
  const post = (key: string | undefined) => (key === undefined ? undefined : company.post(key))
  return {
    leadUnitId: company.unit(row.lead),
    supportUnitIds: row.support.map(company.unit),
    leaderPostId: post(row.leader),
    watcherPostId: post(row.watcher),
    layer: row.layer,
    measures: row.measures ?? [],
  }
}

function changesOf(company: Company, row: ListPlan['rows'][number]) {
  const leader = row.leader === undefined ? { leaderPostId: null } : {}
  return {
    ...defined(ownersOf(company, row)),
    ...leader,
    ...defined({ title: row.title, deadline: row.deadline, milestones: row.milestones }),
  }
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

async function instruct(
  company: Company,
  plan: ListPlan,
  instruction: ListPlan['instructions'][number],
): Promise<void> {
  const givenOn = dayMeant(instruction.on, company.today)
  if (givenOn > company.today) return
  const agent = company.demo.mandates.find((one) => one.principal === instruction.leader)?.agent ?? company.clerk
  const hand = await company.as(agent, instruction.leader)
  const tasks = instruction.tasks.map(({ title, kind, dueOn, life: _, ...owners }) => ({
    title,
    kind,
    dueOn: dayMeant(dueOn, company.today),
    ...defined(ownersOf(company, owners)),
  }))
  const { wording, source } = instruction
  const leaderPostId = company.post(instruction.leader)
  const { duties } = await hand.act('instruction.record', { leaderPostId, givenOn, wording, source, tasks })
  for (const [index, task] of instruction.tasks.entries()) {
    const duty = livingOf(duties[index].id, plan, task, task.leader ?? instruction.leader)
    await live(company, duty, lifeOf(company, task.life))
  }
}
