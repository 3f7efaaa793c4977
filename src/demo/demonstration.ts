import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import * as z from 'zod'
import { correctActivities, recordActivities } from './activities.ts'
import { type Company, type Ground, gather } from './company.ts'
import { enterList, readListPlan } from './lists.ts'
import { giveNotice } from './notices.ts'
import { giveOrders } from './orders.ts'
import { enterOwed, readOwedPlan } from './owed.ts'
import { readTalkPlan, recordTalks } from './talks.ts'
import { demoFolder, readActivityPlan, readDemoFile } from './year.ts'

/**
 * Enters the invented bureau into an empty database through the program's own verbs: people, activities and talks of
 * 2025 and 2026 up to today, both years' lists, a frozen report of 2025 and a draft for 2026, and what rules need to know. What is from before
 * the month before enters as opening import, later things as they are entered: late where they are.
 */
export async function enterBureau(ground: Ground, owner: pg.ClientBase): Promise<Company> {
  const company = await gather(ground, owner)
  const activities = readActivityPlan()
  const recorded = await recordActivities(company, activities)
  // What was entered so far is what the planner has to know of this database.
  await owner.query('analyze')
  await recordTalks(company, readTalkPlan(), activities.quiet)
  for (const year of [2025, 2026] as const) await enterList(company, readListPlan(year))
  await enterOwed(company, readOwedPlan())
  await giveOrders(company)
  await giveNotice(company)
  await report(company)
  // These come after the report, so that it can be seen to stay as it was frozen.
  await correctActivities(company, activities, recorded)
  await company.leave()
  await owner.query('analyze')
  return company
}

const Head = z.strictObject({ title: z.string(), year: z.int() })
const Reports = z.strictObject({ text: z.string(), frozen: Head, draft: Head })

async function report(company: Company): Promise<void> {
  const plan = readDemoFile('reports.yaml', Reports)
  const clerk = await company.as(company.clerk)
  const text = readFileSync(join(demoFolder, plan.text), 'utf8')
  const { id: draftId } = await clerk.act('report.open', { ...plan.frozen, text })
  await clerk.act('report.freeze', { draftId, leaveUnbound: true })
  await clerk.act('report.open', { ...plan.draft, text })
}
