import { sql } from 'kysely'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { inForce, knownAt, memberKinds, nameJoin, unitsOn } from './organisation.facts.ts'

/** A person in the bureau's own order on a day: the unit of his first post, and the branch that he belongs to. */
export interface PersonInOrder {
  readonly pid: string
  readonly name: string | null
  /** Null for members who hold no post. */
  readonly unitId: string | null
  /** The branch, or the branch above the subgroup; null for who is no member. */
  readonly branchId: string | null
}

interface HeldRow {
  pid: string
  name: string | null
  unitId: string
  position: number | null
}

/**
 * Everybody with a post or a membership on a day, in the order of the tree, within a unit in the order of posts, then by
 * name: the order of every list of persons, so that no list is a board.
 */
export async function personsInOrder(
  tx: Reads,
  orgId: number,
  day: string,
  catalogue: Catalogue,
): Promise<PersonInOrder[]> {
  const [units, rows] = await Promise.all([
    unitsOn(tx, orgId, day),
    tx.all(sql<HeldRow>`select a.pid, p.name, s.unit_id "unitId", s.position from appointments a
        join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} and ${inForce('s', day)} ${nameJoin('a.pid')}
        where a.org_id = ${orgId} and ${knownAt('a')} and ${inForce('a', day)} and a.pid is not null
      union all
      select m.pid, p.name, m.branch_id, null::int from memberships m ${nameJoin('m.pid')}
        where m.org_id = ${orgId} and ${knownAt('m')} and ${inForce('m', day)} and m.pid is not null`),
  ])
  const below = Map.groupBy(units, (unit) => unit.parentId)
  const walk = (parent: string | null): string[] =>
    (below.get(parent) ?? []).flatMap(({ unitId }) => [unitId, ...walk(unitId)])
  const places = new Map(walk(null).map((unitId, index) => [unitId, index]))
  const unitOf = new Map(units.map((unit) => [unit.unitId, unit]))
  const holding = memberKinds(catalogue)
  const branchAt = (unitId: string) => {
    const above = unitOf.get(unitOf.get(unitId)?.parentId ?? '')
    return above !== undefined && holding.has(above.kind) ? above.unitId : unitId
  }
  const people = [...Map.groupBy(rows, (row) => row.pid)].map(([pid, held]) => {
    const posts = held.filter((one) => one.position !== null)
    const place = (one: HeldRow) => (places.get(one.unitId) ?? places.size) * 10_000 + (one.position ?? 9_999)
    const first = [...(posts.length > 0 ? posts : held)].sort((a, b) => place(a) - place(b))[0]!
    const member = held.find((one) => one.position === null)
    const branchId = member === undefined ? null : branchAt(member.unitId)
    return { pid, name: first.name, unitId: posts.length > 0 ? first.unitId : null, branchId, at: place(first) }
  })
  const named = (one: { name: string | null; pid: string }) => `${one.name ?? '\uffff'} ${one.pid}`
  people.sort((a, b) => a.at - b.at || (named(a) < named(b) ? -1 : 1))
  return people.map(({ at: _, ...person }) => person)
}

/** Some persons in an order of all; whoever is not in it stands last, as given. */
export function ranged<T extends { readonly pid: string }>(order: readonly PersonInOrder[], people: readonly T[]): T[] {
  const places = new Map(order.map(({ pid }, place) => [pid, place]))
  const place = ({ pid }: T) => places.get(pid) ?? places.size
  return [...people].sort((a, b) => place(a) - place(b))
}
