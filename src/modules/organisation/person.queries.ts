import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import { answer } from '../../platform/action/action.ts'
import { cursorAt, offsetOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { OPEN_END } from './dated.ts'
import { everybody } from './organisation.access.ts'
import { knownAt } from './organisation.facts.ts'
import { standsIn, unitsOfPersons } from './organisation.queries.ts'
import { findPersons, getPerson, listPersons } from './person.contract.ts'

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

interface HeldRow {
  unitId: string
  unit: string
  from: string
  to: string | null
}

/** One person, as far as the order of the bureau and the caller's own units show him. */
export const get = answer(getPerson, {
  may: everybody(),
  run: async (ctx, { personId }) => {
    ctx.unscoped('posts of colleagues are known to everybody who works in the bureau; memberships go by the branch')
    const { orgId } = ctx.org
    const known = await ctx.tx.first(sql<{ name: string | null }>`select p.name from person_ids i
      left join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
      where i.org_id = ${orgId} and i.pid = ${personId}`)
    if (known === null) throw new Refusal('record/not-found')
    const unitOf = (column: string) => sql`left join lateral (select u.name from unit_facts u where u.org_id = ${orgId}
      and u.unit_id = ${sql.ref(column)} and ${knownAt('u')} order by u.valid_from desc limit 1) u on true`
    const days = (alias: string) =>
      sql`${sql.ref(`${alias}.valid_from`)} as "from", nullif(${sql.ref(`${alias}.valid_to`)}, ${OPEN_END}::date) as "to"`
    const [posts, memberships] = await Promise.all([
      ctx.tx.all(sql<
        HeldRow & { postId: string; title: string | null; kind: string }
      >`select s.id "postId", s.title, s.kind,
          s.unit_id "unitId", coalesce(u.name, '') as unit, ${days('a')} from appointments a
        join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} ${unitOf('s.unit_id')}
        where a.org_id = ${orgId} and a.pid = ${personId} and ${knownAt('a')} order by a.valid_from desc, s.position, s.id`),
      ctx.tx.all(sql<
        HeldRow & { standing: 'full' | 'probationary' }
      >`select m.branch_id "unitId", coalesce(u.name, '') as unit,
          m.standing, ${days('m')} from memberships m ${unitOf('m.branch_id')}
        where m.org_id = ${orgId} and m.pid = ${personId} and ${knownAt('m')} order by m.valid_from desc, m.id`),
    ])
    const kinds = ctx.catalogues.catalogue.postKinds
    const own = personId === ctx.actor.pid
    return {
      personId,
      name: known.name,
      posts: posts.map(({ kind, title, ...post }) => ({ ...post, title: title ?? kinds.find(kind)?.words.zh ?? kind })),
      memberships: memberships.filter(({ unitId }) => own || within(ctx.scope, [unitId])),
    }
  },
})
