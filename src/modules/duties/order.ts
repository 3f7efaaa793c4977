import { sql } from 'kysely'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Order } from '../../core/duties/owner.ts'
import type { Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { inForce, knownAt, nameJoin, unitsOn } from '../organisation/organisation.facts.ts'

/** Units, posts and lines of work of the bureau on a day, in its own order. */
export async function orderOn(ctx: Pick<Context, 'org' | 'tx'>, day: string): Promise<Order> {
  const { orgId } = ctx.org
  const [units, posts, charges] = await Promise.all([
    unitsOn(ctx.tx, orgId, day),
    ctx.tx.all(sql<{
      postId: string
      unitId: string
      kind: string
      title: string | null
    }>`select s.id "postId", s.unit_id "unitId", s.kind, s.title
      from posts s where s.org_id = ${orgId} and ${knownAt('s')} and ${inForce('s', day)} order by s.position, s.id`),
    ctx.tx.all(sql<{ postId: string; unitId: string }>`select c.post_id "postId", c.unit_id "unitId" from charges c
      where c.org_id = ${orgId} and ${knownAt('c')} and ${inForce('c', day)}`),
  ])
  return { units, posts, charges }
}

/** A post as people read it: its title, and who holds it on the day (null: vacant, or the name is erased). */
export interface PostName {
  readonly postId: string
  readonly title: string
  readonly holder: string | null
}

/** Names of some units and posts on a day, by id. */
export interface Names {
  unit(id: string | null): { id: string; name: string } | null
  post(id: string | null): PostName | null
}

/** Reads the names that a page of duties needs. */
export async function namesOf(
  ctx: Context,
  unitIds: readonly (string | null)[],
  postIds: readonly (string | null)[],
): Promise<Names> {
  const { orgId } = ctx.org
  const day = ctx.today
  const wantedUnits = wanted(unitIds)
  const wantedPosts = wanted(postIds)
  const [units, posts] = await Promise.all([
    wantedUnits.length === 0
      ? []
      : ctx.tx.all(sql<{
          id: string
          name: string | null
        }>`select distinct on (u.unit_id) u.unit_id id, u.name from unit_facts u
          where u.org_id = ${orgId} and u.unit_id = any(${wantedUnits}::uuid[]) and ${knownAt('u')}
          order by u.unit_id, (${inForce('u', day)}) desc, (u.valid_to < ${day}::date) desc, u.valid_from desc`),
    wantedPosts.length === 0
      ? []
      : ctx.tx.all(sql<{
          id: string
          title: string | null
          kind: string
          holder: string | null
        }>`select distinct on (s.id)
            s.id, s.title, s.kind, p.name holder
          from posts s left join appointments a on a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')} and ${inForce('a', day)}
          ${nameJoin('a.pid')}
          where s.org_id = ${orgId} and s.id = any(${wantedPosts}::uuid[]) and ${knownAt('s')} order by s.id, a.valid_from, a.id`),
  ])
  const unitById = new Map(units.map((row) => [row.id, row.name ?? '']))
  const kinds = ctx.catalogues.catalogue.postKinds
  const postById = new Map(
    posts.map((row) => [
      row.id,
      { postId: row.id, title: row.title ?? kinds.find(row.kind)?.words.zh ?? row.kind, holder: row.holder },
    ]),
  )
  return {
    unit: (id) => (id === null ? null : { id, name: unitById.get(id) ?? '' }),
    post: (id) => (id === null ? null : (postById.get(id) ?? { postId: id, title: '', holder: null })),
  }
}

function wanted(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id): id is string => id !== null))]
}

/** Refuses ids that name no unit or post of the bureau on the day. */
export function checkOwners(
  order: Order,
  named: { unitIds: readonly (string | null | undefined)[]; postIds: readonly (string | null | undefined)[] },
): void {
  const units = new Set(order.units.map((unit) => unit.unitId))
  const posts = new Set(order.posts.map((post) => post.postId))
  for (const id of named.unitIds) if (id && !units.has(id)) throw new Refusal('duty/unknown-unit', { unitId: id })
  for (const id of named.postIds) if (id && !posts.has(id)) throw new Refusal('duty/unknown-post', { postId: id })
}

// Posts of these roles see the whole bureau, so a duty needs no further unit for them.
const SEES_ALL: readonly string[] = ['secretary', 'office-clerk']

/**
 * The units by which a duty is seen: lead and supporting ones, and the own unit of the leader and of the watcher where
 * they are not in charge of the lead unit, so that they see what they answer for.
 */
export function seenBy(
  order: Order,
  kinds: Catalogue['postKinds'],
  owner: {
    leadUnitId: string | null
    supportIds: readonly string[]
    leaderPostId: string | null
    watcherPostId: string | null
  },
): string[] {
  const units = new Set([owner.leadUnitId, ...owner.supportIds].filter((id): id is string => id !== null))
  for (const postId of [owner.leaderPostId, owner.watcherPostId]) {
    const post = order.posts.find((one) => one.postId === postId)
    if (post === undefined || SEES_ALL.includes(kinds.find(post.kind)?.role ?? '')) continue
    if (!inCharge(order, post.postId, owner.leadUnitId)) units.add(post.unitId)
  }
  return [...units]
}

function inCharge(order: Order, postId: string, unitId: string | null): boolean {
  const parents = new Map(order.units.map((unit) => [unit.unitId, unit.parentId]))
  const seen = new Set<string>()
  for (let at = unitId; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    seen.add(at)
    if (order.charges.some((charge) => charge.postId === postId && charge.unitId === at)) return true
  }
  return false
}
