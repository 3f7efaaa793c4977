import { sql } from 'kysely'
import { within } from '../../core/access/scope.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { daysAfter, endOrNull } from './dated.ts'
import { listMandates } from './mandate.contract.ts'
import { personsInOrder, ranged } from './order.ts'
import { everybody } from './organisation.access.ts'
import { inForce, knownAt, memberKinds, nameJoin, rosterOn, treeOf, unitNames } from './organisation.facts.ts'
import { listHandovers, listPosts } from './post.contract.ts'
import { unitRoster, unitTree } from './unit.contract.ts'

const ORDER_IS_KNOWN = 'the order of the bureau is known to everybody who works in it'

/** The tree as of a day. */
export const tree = answer(unitTree, {
  may: everybody(),
  run: async (ctx, input) => {
    ctx.unscoped(ORDER_IS_KNOWN)
    const on = input.on ?? ctx.today
    const rows = await ctx.tx.all(
      sql<{
        unitId: string
        parentId: string | null
        kind: string
        name: string | null
        code: string | null
        position: number
        from: string
        to: string
      }>`select p.unit_id "unitId", p.parent_id "parentId", u.kind, p.name, u.code, p.position, p.valid_from "from", p.valid_to "to"
        from unit_periods p join units u on u.org_id = p.org_id and u.id = p.unit_id and ${knownAt('u')}
        where p.org_id = ${ctx.org.orgId} and ${knownAt('p')} and ${inForce('p', on)} order by p.position, p.unit_id`,
    )
    const kinds = ctx.catalogues.catalogue.unitKinds
    const holding = memberKinds(ctx.catalogues.catalogue)
    const items = parentsFirst(rows).map((row) => {
      const kind = kinds.get(row.kind)
      return {
        ...row,
        to: endOrNull(row.to),
        kindWords: kind.words,
        line: kind.line,
        holdsMembers: holding.has(row.kind),
      }
    })
    return { on, items }
  },
})

function parentsFirst<T extends { unitId: string; parentId: string | null }>(rows: readonly T[]): T[] {
  const known = new Set(rows.map((row) => row.unitId))
  const below = Map.groupBy(rows, (row) => (row.parentId !== null && known.has(row.parentId) ? row.parentId : null))
  const walk = (parent: string | null): T[] => (below.get(parent) ?? []).flatMap((row) => [row, ...walk(row.unitId)])
  return walk(null)
}

/** The roster of a unit in the order of the bureau, for those who see the unit's records. */
export const roster = answer(unitRoster, {
  may: everybody(),
  run: async (ctx, input) => {
    ctx.unscoped('judged by the unit asked for')
    if (!within(ctx.scope, [input.unitId])) throw new Refusal('record/not-found')
    const on = input.on ?? ctx.today
    const { orgId } = ctx.org
    const { catalogue } = ctx.catalogues
    const [listed, order] = await Promise.all([
      rosterOn(ctx.tx, orgId, input.unitId, on, catalogue),
      personsInOrder(ctx.tx, orgId, on, catalogue),
    ])
    const people = ranged(order, listed)
    const pids = people.map((person) => person.pid)
    const [memberships, titles] = await Promise.all([membershipsOn(ctx, pids, on), titlesOn(ctx, pids, on)])
    const items = people.map(({ pid, name, standing }) => ({
      personId: pid,
      name,
      standing,
      mayVote: standing === 'full',
      membershipId: memberships.get(pid)?.id ?? null,
      branchId: memberships.get(pid)?.branch_id ?? null,
      titles: titles.get(pid) ?? [],
    }))
    const count = (standing: string) => items.filter((item) => item.standing === standing).length
    return {
      unitId: input.unitId,
      on,
      items,
      total: items.length,
      full: count('full'),
      probationary: count('probationary'),
    }
  },
})

async function membershipsOn(ctx: ReadContext, pids: readonly string[], on: string) {
  const rows = await ctx.tx.all(
    sql<{ id: string; branch_id: string; pid: string }>`select m.id, m.branch_id, m.pid from memberships m
      where m.org_id = ${ctx.org.orgId} and m.pid = any(${pids as string[]}::uuid[]) and ${knownAt('m')} and ${inForce('m', on)}`,
  )
  return new Map(rows.map((row) => [row.pid, row]))
}

async function titlesOn(ctx: ReadContext, pids: readonly string[], on: string) {
  const rows = await ctx.tx.all(
    sql<{ pid: string; title: string | null; kind: string }>`select a.pid, s.title, s.kind from appointments a
      join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')}
      where a.org_id = ${ctx.org.orgId} and a.pid = any(${pids as string[]}::uuid[]) and ${knownAt('a')} and ${inForce('a', on)}
      order by s.position, s.id`,
  )
  const titles = new Map<string, string[]>()
  for (const row of rows) titles.set(row.pid, [...(titles.get(row.pid) ?? []), titleOf(ctx, row)])
  return titles
}

/** How a post is called: its own title, else the words of its kind. */
function titleOf(ctx: ReadContext, post: { title: string | null; kind: string }): string {
  return post.title ?? ctx.catalogues.catalogue.postKinds.find(post.kind)?.words.zh ?? post.kind
}

interface PostLine {
  postId: string
  unitId: string
  kind: string
  title: string | null
  position: number
  from: string
  to: string
}

async function postsOn(ctx: ReadContext, on: string, unitId: string | undefined): Promise<PostLine[]> {
  const ofUnit = unitId === undefined ? sql`true` : sql`s.unit_id = ${unitId}`
  return ctx.tx.all(
    sql<PostLine>`select s.id "postId", s.unit_id "unitId", s.kind, s.title, s.position, s.valid_from "from", s.valid_to "to" from posts s
      where s.org_id = ${ctx.org.orgId} and ${ofUnit} and ${knownAt('s')} and ${inForce('s', on)} order by s.position, s.id`,
  )
}

/** Posts with holders and charges on a day. */
export const posts = answer(listPosts, {
  may: everybody(),
  run: async (ctx, input) => {
    ctx.unscoped(ORDER_IS_KNOWN)
    const on = input.on ?? ctx.today
    const { orgId } = ctx.org
    const [rows, holders, charges, names] = await Promise.all([
      postsOn(ctx, on, input.unitId),
      ctx.tx.all(sql<{
        postId: string
        appointmentId: string
        personId: string
        name: string | null
        from: string
        to: string
      }>`
        select a.post_id "postId", a.id "appointmentId", a.pid "personId", p.name, a.valid_from "from", a.valid_to "to"
        from appointments a ${nameJoin('a.pid')}
        where a.org_id = ${orgId} and ${knownAt('a')} and ${inForce('a', on)} and a.pid is not null order by a.valid_from, a.id`),
      ctx.tx.all(sql<{ postId: string; chargeId: string; unitId: string; from: string; to: string }>`
        select c.post_id "postId", c.id "chargeId", c.unit_id "unitId", c.valid_from "from", c.valid_to "to" from charges c
        where c.org_id = ${orgId} and ${knownAt('c')} and ${inForce('c', on)} order by c.valid_from, c.id`),
      unitNames(ctx.tx, orgId, on),
    ])
    const held = Map.groupBy(holders, (row) => row.postId)
    const charged = Map.groupBy(charges, (row) => row.postId)
    const items = rows.map((row) => ({
      ...row,
      to: endOrNull(row.to),
      title: titleOf(ctx, row),
      role: ctx.catalogues.catalogue.postKinds.find(row.kind)?.role ?? 'member',
      holders: (held.get(row.postId) ?? []).map(({ postId: _, ...one }) => ({ ...one, to: endOrNull(one.to) })),
      charges: (charged.get(row.postId) ?? []).map(({ postId: _, ...one }) => ({
        ...one,
        name: names.get(one.unitId) ?? '',
        to: endOrNull(one.to),
      })),
    }))
    return { on, items }
  },
})

/** What a handover must look at. */
export const handovers = answer(listHandovers, {
  may: everybody(),
  run: async (ctx, input) => {
    ctx.unscoped(ORDER_IS_KNOWN)
    const on = input.on ?? ctx.today
    const { orgId } = ctx.org
    const until = daysAfter(on, input.days ?? 60)
    const [ending, vacant, names] = await Promise.all([
      ctx.tx.all(sql<{
        appointmentId: string
        postId: string
        title: string | null
        kind: string
        unitId: string
        personId: string
        name: string | null
        to: string
      }>`
        select a.id "appointmentId", s.id "postId", s.title, s.kind, s.unit_id "unitId", a.pid "personId", p.name, a.valid_to "to"
        from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} ${nameJoin('a.pid')}
        where a.org_id = ${orgId} and ${knownAt('a')} and ${inForce('a', on)} and a.valid_to <= ${until}::date and a.pid is not null
        order by a.valid_to, a.id`),
      ctx.tx.all(sql<{ postId: string; title: string | null; kind: string; unitId: string; last: string | null }>`
        select s.id "postId", s.title, s.kind, s.unit_id "unitId",
          (select max(a.valid_to) from appointments a where a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')} and a.valid_to < ${on}::date) last
        from posts s where s.org_id = ${orgId} and ${knownAt('s')} and ${inForce('s', on)}
          and not exists (select 1 from appointments a where a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')} and ${inForce('a', on)})
        order by s.position, s.id`),
      unitNames(ctx.tx, orgId, on),
    ])
    const place = (row: { unitId: string; title: string | null; kind: string }) => ({
      title: titleOf(ctx, row),
      unitId: row.unitId,
      unit: names.get(row.unitId) ?? '',
    })
    return {
      on,
      ending: ending.map((row) => ({
        appointmentId: row.appointmentId,
        postId: row.postId,
        personId: row.personId,
        name: row.name,
        to: row.to,
        ...place(row),
      })),
      vacant: vacant.map((row) => ({
        postId: row.postId,
        since: row.last === null ? null : daysAfter(row.last, 1),
        ...place(row),
      })),
    }
  },
})

/** Mandates of the asker, or all for those who keep the roster. */
export const mandates = answer(listMandates, {
  may: everybody(),
  run: async (ctx, input) => {
    const on = input.on ?? ctx.today
    const rows = await ctx.tx.all(
      sql<{
        mandateId: string
        principalId: string
        principal: string | null
        agentId: string
        agent: string | null
        from: string
        to: string
        purpose: string | null
        revoked: boolean
      }>`select m.id "mandateId", m.principal_pid "principalId", p.name principal, m.agent_pid "agentId", ap.name agent,
        m.valid_from "from", m.valid_to "to", m.purpose, m.revoked
      from mandates m ${nameJoin('m.principal_pid')}
      left join person_ids ai on ai.org_id = m.org_id and ai.pid = m.agent_pid
      left join persons ap on ap.org_id = ai.org_id and ap.id = ai.person_id and ${knownAt('ap')}
      where m.org_id = ${ctx.org.orgId} and ${knownAt('m')} and m.valid_to >= ${on}::date
        and ${ctx.within({ people: ['m.principal_pid', 'm.agent_pid'] })}
      order by m.valid_from desc, m.id`,
    )
    const items = rows.map(({ revoked, ...row }) => ({ ...row, inForce: !revoked && row.from <= on && on <= row.to }))
    return { on, items }
  },
})

/** Units in which persons stand on a day, by pid: their posts and their branch. */
export async function unitsOfPersons(
  ctx: ReadContext,
  pids: readonly string[],
  on: string,
): Promise<Map<string, { unitId: string; name: string }[]>> {
  const rows = await ctx.tx.all(
    sql<{
      pid: string
      unitId: string
      name: string | null
    }>`select distinct x.pid, x.unit_id "unitId", u.name, u.position from (
        select a.pid, s.unit_id from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')}
          where a.org_id = ${ctx.org.orgId} and ${knownAt('a')} and ${inForce('a', on)}
        union select m.pid, m.branch_id from memberships m where m.org_id = ${ctx.org.orgId} and ${knownAt('m')} and ${inForce('m', on)}
      ) x join unit_facts u on u.org_id = ${ctx.org.orgId} and u.unit_id = x.unit_id and ${knownAt('u')} and ${inForce('u', on)}
      where x.pid = any(${pids as string[]}::uuid[]) order by u.position, x.unit_id`,
  )
  const found = new Map<string, { unitId: string; name: string }[]>()
  for (const { pid, unitId, name } of rows) found.set(pid, [...(found.get(pid) ?? []), { unitId, name: name ?? '' }])
  return found
}

/** The condition that a person stands in a unit or below it on a day. */
export function standsIn(orgId: number, unitId: string, on: string) {
  return sql<boolean>`i.pid in (with recursive ${treeOf(orgId, [unitId], on)}
    select a.pid from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')}
      join tree t on t.unit_id = s.unit_id where a.org_id = ${orgId} and ${knownAt('a')} and ${inForce('a', on)}
    union select m.pid from memberships m join tree t on t.unit_id = m.branch_id
      where m.org_id = ${orgId} and ${knownAt('m')} and ${inForce('m', on)})`
}
