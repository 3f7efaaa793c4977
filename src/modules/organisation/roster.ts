import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { action, type Context, fileAnswer, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { readXlsxApart } from '../../platform/office/apart.ts'
import { writeXlsx } from '../../platform/office/xlsx.ts'
import { classesKept, writeClass } from './class.ts'
import { OPEN_END } from './dated.ts'
import { membershipRecord } from './membership.ts'
import { keepers } from './organisation.access.ts'
import { knownAt, unitsOn } from './organisation.facts.ts'
import { addPerson } from './person.ts'
import { appointmentRecord, chargeRecord, postRecord } from './post.ts'
import { importRoster, rosterTemplate } from './roster.contract.ts'
import { type Present, planRoster, type RosterPlan } from './roster-plan.ts'
import { COLUMNS, type Fault, rosterSheets, type Sheet } from './roster-sheets.ts'
import { unitPeriodRecord, unitRecord } from './unit.ts'

/** How many faulty rows a refusal lists; the count tells them all. */
const FAULTS_SHOWN = 200

/** Takes a roster in: all rows or none, every fault with its row. */
export const importAll = action(importRoster, {
  may: keepers(),
  run: async (ctx, input) => {
    const faults: Fault[] = []
    const sheets = rosterSheets(await readSheets(input.file), faults)
    const plan = planRoster(sheets, await presentOf(ctx), ctx.catalogues.catalogue, faults)
    if (faults.length > 0) throw wrongRows(ctx, faults)
    if (
      plan.units.length + plan.persons.length + plan.posts.length + plan.members.length === 0 &&
      sheets.人员.length === 0
    )
      throw new Refusal('roster/empty')
    if (!input.check) writePlan(ctx, plan)
    const count = (list: keyof PlannedLists) => plan.posts.reduce((sum, post) => sum + post[list].length, 0)
    return {
      units: plan.units.length,
      persons: plan.persons.length,
      posts: plan.posts.length,
      appointments: count('holders'),
      charges: count('charges'),
      memberships: plan.members.length,
      classes: plan.classes.length,
    }
  },
})

type PlannedLists = Pick<RosterPlan['posts'][number], 'holders' | 'charges'>

async function readSheets(base64: string): Promise<readonly Sheet[]> {
  try {
    return await readXlsxApart(Buffer.from(base64, 'base64'))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('roster/unreadable')
  }
}

function wrongRows(ctx: Context, faults: readonly Fault[]): Refusal {
  const sheetsInOrder = Object.keys(COLUMNS)
  const sorted = [...faults].sort(
    (a, b) => sheetsInOrder.indexOf(a.sheet) - sheetsInOrder.indexOf(b.sheet) || a.row - b.row,
  )
  const rows = sorted.slice(0, FAULTS_SHOWN).map(({ sheet, row, code, facts }) => {
    const words = ctx.catalogues.words.messages.get(code)
    return { sheet, row, code, zh: fill(words?.zh ?? code, facts), en: fill(words?.en ?? code, facts) }
  })
  const first = rows[0]!
  return new Refusal('roster/rows-wrong', {
    count: faults.length,
    sheet: first.sheet,
    row: first.row,
    first: first.zh,
    rows,
  })
}

async function presentOf(ctx: Context): Promise<Present> {
  const { orgId } = ctx.org
  const [units, persons, posts, memberships, classes] = await Promise.all([
    unitsOn(ctx.tx, orgId, ctx.today),
    ctx.tx.all(
      sql<{
        pid: string
        name: string
        staffNo: string | null
      }>`select i.pid, p.name, p.staff_no "staffNo" from person_ids i
        join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')} where i.org_id = ${orgId} and p.name is not null`,
    ),
    ctx.tx.all(
      sql<{
        unitId: string
        kind: string
        title: string | null
      }>`select s.unit_id "unitId", s.kind, s.title from posts s
        where s.org_id = ${orgId} and ${knownAt('s')} and s.valid_to >= ${ctx.today}::date`,
    ),
    ctx.tx.all(
      sql<{
        pid: string
        from: string
        to: string
      }>`select m.pid, m.valid_from "from", m.valid_to "to" from memberships m
        where m.org_id = ${orgId} and ${knownAt('m')} and m.pid is not null`,
    ),
    classesKept(ctx),
  ])
  return {
    units: units.map(({ unitId, name, kind }) => ({ unitId, name: name ?? '', kind, from: '0001-01-01' })),
    persons,
    posts,
    memberships,
    classes,
    goLiveOn: ctx.org.goLiveOn,
  }
}

/** Prepares all rows of a plan, parents first. */
function writePlan(ctx: Writing, plan: RosterPlan): void {
  const ids = new Map<string, string>()
  const idOf = (ref: string) => ids.get(ref) ?? ref
  for (const [index, unit] of plan.units.entries()) {
    const unitId = ctx.add(unitRecord, { kind: unit.kind, code: unit.code })
    ids.set(unit.ref, unitId)
    const parent = unit.parent === null ? null : idOf(unit.parent)
    ctx.add(unitPeriodRecord, {
      unit_id: unitId,
      parent_id: parent,
      position: index + 1,
      name: unit.name,
      valid_from: unit.from,
      valid_to: OPEN_END,
    })
  }
  for (const person of plan.persons) ids.set(person.ref, addPerson(ctx, person.name, person.staffNo))
  for (const [index, post] of plan.posts.entries()) {
    const period = { valid_from: post.from, valid_to: OPEN_END }
    const row = { unit_id: idOf(post.unit), kind: post.kind, position: index + 1, title: post.title, ...period }
    const postId = ctx.add(postRecord, row)
    for (const { person, period: held } of post.holders)
      ctx.add(appointmentRecord, { post_id: postId, pid: idOf(person), valid_from: held.from, valid_to: held.to })
    for (const { unit, period: led } of post.charges)
      ctx.add(chargeRecord, { post_id: postId, unit_id: idOf(unit), valid_from: led.from, valid_to: led.to })
  }
  for (const { person, branch, standing, period } of plan.members)
    ctx.add(membershipRecord, {
      branch_id: idOf(branch),
      pid: idOf(person),
      standing,
      valid_from: period.from,
      valid_to: period.to,
    })
  for (const { person, class: stated, from, running } of plan.classes)
    writeClass(ctx, idOf(person), stated, from, running)
}

/** The empty template: a row that explains each column, then the head row below which people write. */
export const template = fileAnswer(rosterTemplate, {
  may: anyOf(role('office', 'system-admin')),
  run: async (ctx) => {
    ctx.unscoped('an empty form')
    const { messages } = ctx.catalogues.words
    const sheets = Object.entries(COLUMNS).map(([name, columns]) => ({
      name,
      rows: [columns.map((column) => messages.get(`roster/column/${name}/${column}`)?.zh ?? ''), [...columns]],
    }))
    return {
      bytes: await writeXlsx(sheets),
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      fileName: `${messages.get('roster/template')?.zh ?? 'roster'}.xlsx`,
    }
  },
})
