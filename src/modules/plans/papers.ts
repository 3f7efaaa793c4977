import { type RawBuilder, sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import type { ActivityKind } from '../../core/catalogue/kinds.ts'
import { attendanceSheet, noticePaper, whenWords, wholeName } from '../../core/papers/meeting-papers.ts'
import { fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { headGiven } from '../../platform/office/paper/head-given.ts'
import { paperFile, sayer } from '../../platform/office/paper/paper-file.ts'
import { expectedInOrder } from '../activities/activity.facts.ts'
import { knownAt, unitNames } from '../organisation/organisation.facts.ts'
import { attendanceOfPlan, noticeOfPlan } from './paper.contract.ts'
import { mayPlan, type Planned } from './plan.access.ts'

/** Papers of a plan are for those who plan; over which units is judged by the plan. */
const mayPrint = anyOf<undefined>(role('office', 'secretary', 'branch-secretary', 'branch-officer', 'department-head'))

interface PlanRow extends Planned {
  readonly kind: string | null
  readonly month: string
  readonly plannedOn: string | null
  readonly title: string | null
  readonly topics: readonly string[]
  readonly withdrawn: boolean
}

/** A planned activity with the names of its unit and of whom it expects; a plan of anything else has no paper. */
async function plannedActivity(ctx: ReadContext, planId: string) {
  const row =
    await ctx.tx.first(sql<PlanRow>`select p.item, p.kind, p.unit_id "unitId", p.month, p.planned_on "plannedOn", p.title,
      p.topics, p.withdrawn, p.initiator_post_id "initiatorPostId" from plans p
    where p.org_id = ${ctx.org.orgId} and p.id = ${planId} and ${knownAt('p')}
      and ${ctx.within({ units: 'p.unit_ids' }) as unknown as RawBuilder<unknown>}`)
  if (row === null || row.withdrawn || !mayPlan(ctx.actor, row)) throw new Refusal('record/not-found')
  if (row.item !== 'activity' || row.kind === null) throw new Refusal('plan/no-paper')
  const { catalogue } = ctx.catalogues
  const kind = catalogue.activityKinds.get(row.kind)
  const day = row.plannedOn ?? `${row.month}-01`
  const names = await unitNames(ctx.tx, ctx.org.orgId, ctx.today)
  return {
    unit: names.get(row.unitId) ?? '',
    kind: kind.words.zh,
    title: row.title,
    when: row.plannedOn ?? row.month,
    topics: row.topics.map((topic) => catalogue.topics.find(topic)?.words.zh ?? topic),
    names: await namesOf(ctx, kind, row.unitId, day),
    takes: kind.attendance,
  }
}

async function namesOf(ctx: ReadContext, kind: ActivityKind, unitId: string, day: string) {
  const people = await expectedInOrder(ctx, kind, unitId, day)
  return people.map(({ name }) => name)
}

const noticeAnswer = fileAnswer(noticeOfPlan, {
  may: mayPrint,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const head = headGiven(input)
    const planned = await plannedActivity(ctx, input.planId)
    const counted = planned.names.length > 0
    const paper = noticePaper(say, {
      ...planned,
      counted,
      by: wholeName({ bureau: ctx.org.name, unit: planned.unit }),
      on: ctx.today,
    })
    return paperFile(
      ctx.catalogues.words,
      { ...paper, ...head },
      say('notice-title', { what: planned.title ?? planned.kind }),
    )
  },
})

const attendanceAnswer = fileAnswer(attendanceOfPlan, {
  may: mayPrint,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const planned = await plannedActivity(ctx, input.planId)
    if (planned.takes === 'none') throw new Refusal('activity/no-attendance-taken', { kind: planned.kind })
    const name = say('sign-file', { ...planned, day: whenWords(say, planned.when) })
    return paperFile(ctx.catalogues.words, attendanceSheet(say, planned), name)
  },
})

/** Papers of what is planned. */
export const planPapers = [noticeAnswer, attendanceAnswer]
