import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { answer } from '../../platform/action/action.ts'
import { cursorAt, offsetOf } from '../../platform/action/pages.ts'
import { everybody } from './organisation.access.ts'
import { knownAt } from './organisation.facts.ts'
import { standsIn, unitsOfPersons } from './organisation.queries.ts'
import { findPersons, listPersons } from './person.contract.ts'

/** How many persons a search by name shows. */
const FOUND_MAX = 30

interface PersonLine {
  personId: string
  name: string | null
  staffNo: string | null
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** All persons, for those who keep the roster. */
export const list = answer(listPersons, {
  may: anyOf(role('office', 'system-admin', 'secretary')),
  run: async (ctx, input) => {
    ctx.unscoped('the roster, for those who keep it')
    const on = input.on ?? ctx.today
    const { orgId } = ctx.org
    const start = offsetOf(input.cursor)
    const limit = input.limit ?? 100
    const named = input.name ? sql`p.name like ${like(input.name)}` : sql`true`
    const inUnit = input.unitId ? standsIn(orgId, input.unitId, on) : sql`true`
    const from = sql`from person_ids i join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
      where i.org_id = ${orgId} and ${named} and ${inUnit}`
    const [rows, counted] = await Promise.all([
      ctx.tx.all(
        sql<PersonLine>`select i.pid "personId", p.name, p.staff_no "staffNo" ${from} order by p.name, i.pid offset ${start} limit ${limit}`,
      ),
      ctx.tx.all(sql<{ total: number }>`select count(*) total ${from}`),
    ])
    const total = counted[0]!.total
    const units = await unitsOfPersons(
      ctx,
      rows.map((row) => row.personId),
      on,
    )
    return {
      items: rows.map((row) => ({ ...row, units: units.get(row.personId) ?? [] })),
      total,
      next: start + rows.length < total ? cursorAt(start + rows.length) : null,
    }
  },
})

/** Persons by part of a name. */
export const find = answer(findPersons, {
  may: everybody(),
  run: async (ctx, input) => {
    ctx.unscoped('names and units of colleagues are known to everybody who works in the bureau')
    const rows = await ctx.tx.all(
      sql<{ personId: string; name: string | null }>`select i.pid "personId", p.name from person_ids i
        join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
        where i.org_id = ${ctx.org.orgId} and p.name like ${like(input.name)} order by length(p.name), p.name, i.pid limit ${FOUND_MAX}`,
    )
    const units = await unitsOfPersons(
      ctx,
      rows.map((row) => row.personId),
      input.on ?? ctx.today,
    )
    return { items: rows.map((row) => ({ ...row, units: units.get(row.personId) ?? [] })) }
  },
})
