import { sql } from 'kysely'
import type { Holding, Role } from '../../core/access/actor.ts'
import type { Scope, Scopes } from '../../core/access/scope.ts'
import { union } from '../../core/access/scope.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { inForce, knownAt, memberKinds, subtreesOf } from './organisation.facts.ts'

/** How far a role reaches: the whole bureau, the lines that the post is in charge of, the subtree of its unit, or the unit alone. */
type Reach = 'bureau' | 'line' | 'subtree' | 'unit'

const REACH: Record<Role, Reach> = {
  secretary: 'bureau',
  'team-member': 'line',
  office: 'bureau',
  discipline: 'bureau',
  'department-head': 'subtree',
  'branch-secretary': 'subtree',
  'branch-officer': 'subtree',
  member: 'unit',
  'supervision-reader': 'bureau',
  'system-admin': 'unit',
  'security-admin': 'unit',
  'audit-admin': 'unit',
}

/** What a person holds on a day, and what he sees by it. */
export interface Holdings {
  readonly holdings: readonly Holding[]
  readonly scopes: Scopes
}

interface PostHeld {
  postId: string
  kind: string
  unitId: string
  charged: string[]
}

/** Posts and memberships of a person on a day as rights: each post's role over its reach in today's tree. */
export async function actorHoldings(
  tx: Reads,
  orgId: number,
  pid: string,
  today: string,
  catalogue: Catalogue,
): Promise<Holdings> {
  const [posts, branches] = await Promise.all([
    postsHeld(tx, orgId, pid, today),
    branchesOf(tx, orgId, pid, today, memberKinds(catalogue)),
  ])
  const starts = [...posts.flatMap((post) => [post.unitId, ...post.charged]), ...branches]
  const trees = await subtreesOf(tx, orgId, [...new Set(starts)], today)
  const below = (units: readonly string[]) => [...new Set(units.flatMap((unit) => trees.get(unit) ?? []))]
  const holdings: Holding[] = posts.map(({ postId, kind, unitId, charged }) => {
    const role = catalogue.postKinds.find(kind)?.role ?? 'member'
    return { role, postId, units: unitsOf(REACH[role], unitId, charged, below) }
  })
  if (branches.length > 0) holdings.push({ role: 'member', postId: null, units: below(branches) })
  return { holdings, scopes: scopesOf(pid, holdings) }
}

function unitsOf(
  reach: Reach,
  unitId: string,
  charged: readonly string[],
  below: (units: readonly string[]) => string[],
): Holding['units'] {
  if (reach === 'bureau') return 'all'
  if (reach === 'line') return [...new Set([unitId, ...below(charged)])]
  return reach === 'subtree' ? below([unitId]) : [unitId]
}

/**
 * What holdings let a person see. Talks with pairs are seen by the two, the branch secretary and the Party office
 * (decision 18), so only these two roles bring units to that label.
 */
export function scopesOf(pid: string | null, holdings: readonly Holding[]): Scopes {
  const own: Scope = { units: [], pid }
  const over = (held: readonly Holding[]) => held.reduce<Scope>((scope, { units }) => union(scope, { units, pid }), own)
  return {
    general: over(holdings),
    talks: over(holdings.filter(({ role }) => role === 'office' || role === 'branch-secretary')),
  }
}

async function postsHeld(tx: Reads, orgId: number, pid: string, today: string): Promise<PostHeld[]> {
  return tx.all(sql<PostHeld>`select s.id "postId", s.kind, s.unit_id "unitId",
      array(select c.unit_id from charges c where c.org_id = s.org_id and c.post_id = s.id and ${knownAt('c')} and ${inForce('c', today)})
        charged
    from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} and ${inForce('s', today)}
    where a.org_id = ${orgId} and a.pid = ${pid} and ${knownAt('a')} and ${inForce('a', today)} order by s.position, s.id`)
}

/** The branches to which a person belongs; who is enrolled in a subgroup belongs to the branch above it. */
async function branchesOf(
  tx: Reads,
  orgId: number,
  pid: string,
  today: string,
  holding: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await tx.all(
    sql<{
      unitId: string
      parentId: string | null
      above: string | null
    }>`select u.unit_id "unitId", u.parent_id "parentId", b.kind above
    from memberships m
    join unit_facts u on u.org_id = m.org_id and u.unit_id = m.branch_id and ${knownAt('u')} and ${inForce('u', today)}
    left join units b on b.org_id = u.org_id and b.id = u.parent_id and ${knownAt('b')}
    where m.org_id = ${orgId} and m.pid = ${pid} and ${knownAt('m')} and ${inForce('m', today)}`,
  )
  return rows.map(({ unitId, parentId, above }) =>
    parentId !== null && above !== null && holding.has(above) ? parentId : unitId,
  )
}
