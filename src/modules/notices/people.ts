import { sql } from 'kysely'
import { type Order, postInCharge } from '../../core/duties/owner.ts'
import type { Ladder } from '../../core/notices/ladder.ts'
import type { Context } from '../../platform/action/action.ts'
import { inForce, knownAt, type UnitOn } from '../organisation/organisation.facts.ts'
import { bodyOn, memberKinds, membersOf, rosterOn, unitsOn } from '../organisation/organisation.ts'

interface PostRow {
  readonly postId: string
  readonly unitId: string
  readonly kind: string
  readonly title: string | null
  readonly pids: readonly string[]
}

/** Who holds what in the bureau on a day, and in which order the bureau names its units and posts. */
export interface Bureau {
  readonly units: readonly UnitOn[]
  readonly posts: ReadonlyMap<string, PostRow>
  /** Whoever holds a post; nobody where it is vacant. */
  holders(postId: string | null): readonly string[]
  /** Whoever heads a unit: the holders of the first of its head posts that is held. */
  head(unitId: string | null): { readonly postId: string; readonly pids: readonly string[] } | null
  /** The post in charge (分管) of a unit. */
  inCharge(unitId: string | null): string | null
  /** Where a unit stands in the order of the bureau; what stands nowhere comes last. */
  place(unitId: string | null): number
}

/** Reads the bureau as it stands on a day. */
export async function bureauOn(ctx: Context, day: string): Promise<Bureau> {
  const { orgId } = ctx.org
  const [units, posts, charges] = await Promise.all([
    unitsOn(ctx.tx, orgId, day),
    ctx.tx.all(sql<PostRow>`select s.id "postId", s.unit_id "unitId", s.kind, s.title,
        array(select a.pid from appointments a where a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')}
          and ${inForce('a', day)} and a.pid is not null order by a.valid_from, a.id) pids
      from posts s where s.org_id = ${orgId} and ${knownAt('s')} and ${inForce('s', day)} order by s.position, s.id`),
    ctx.tx.all(sql<{ postId: string; unitId: string }>`select c.post_id "postId", c.unit_id "unitId" from charges c
      where c.org_id = ${orgId} and ${knownAt('c')} and ${inForce('c', day)}`),
  ])
  return bureauOf(ctx.catalogues.ladder, { units, posts, charges })
}

function bureauOf(
  ladder: Ladder,
  read: { units: readonly UnitOn[]; posts: readonly PostRow[]; charges: Order['charges'] },
): Bureau {
  const posts = new Map(read.posts.map((post) => [post.postId, post]))
  const kinds = new Map(read.units.map((unit) => [unit.unitId, unit.kind]))
  const places = new Map(inOrder(read.units).map((unitId, place) => [unitId, place]))
  const byUnit = Map.groupBy(read.posts, (post) => post.unitId)
  return {
    units: read.units,
    posts,
    holders: (postId) => (postId === null ? [] : (posts.get(postId)?.pids ?? [])),
    head: (unitId) => {
      if (unitId === null) return null
      const own = byUnit.get(unitId) ?? []
      for (const kind of ladder.heads[kinds.get(unitId) ?? ''] ?? []) {
        const held = own.find((post) => post.kind === kind && post.pids.length > 0)
        if (held !== undefined) return held
      }
      return null
    },
    inCharge: (unitId) => postInCharge(unitId, read),
    place: (unitId) => (unitId === null ? places.size : (places.get(unitId) ?? places.size)),
  }
}

/** Ids of units as the bureau names them: each before those below it, side by side by position. */
function inOrder(units: readonly UnitOn[]): string[] {
  const known = new Set(units.map((unit) => unit.unitId))
  const below = Map.groupBy(units, (unit) =>
    unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null,
  )
  const walk = (parent: string | null): string[] =>
    (below.get(parent) ?? []).flatMap((unit) => [unit.unitId, ...walk(unit.unitId)])
  return walk(null)
}

/**
 * For what somebody is told or reminded: the units that he heads or for which he answers in the leadership, and as subjects
 * himself and the posts that he holds.
 */
export function answersFor(bureau: Bureau, pid: string): { units: string[]; subjects: string[] } {
  const units = bureau.units.flatMap(({ unitId }) => {
    const told = [...(bureau.head(unitId)?.pids ?? []), ...bureau.holders(bureau.inCharge(unitId))]
    return told.includes(pid) ? [unitId] : []
  })
  const posts = [...bureau.posts.values()].filter(({ pids }) => pids.includes(pid))
  return { units, subjects: [pid, ...posts.map(({ postId }) => postId)] }
}

/** The groups to which a reminder goes: units with everybody in and below them, and audiences that the roster makes out. */
export interface Groups {
  readonly unitIds: readonly string[]
  readonly audiences: readonly string[]
}

/** Who belongs to the groups on a day, each once. */
export async function membersOfGroups(ctx: Context, groups: Groups, day: string): Promise<string[]> {
  const { orgId } = ctx.org
  const { catalogue, ladder } = ctx.catalogues
  const units = groups.audiences.length === 0 ? [] : await unitsOn(ctx.tx, orgId, day)
  const all = units.map((unit) => unit.unitId)
  const holding = memberKinds(catalogue)
  const branches = units.filter((unit) => holding.has(unit.kind)).map((unit) => unit.unitId)
  const audiences = groups.audiences.map((audience) => {
    const reach = ladder.groups.find((group) => group.audience === audience)?.reach
    if (reach === undefined) return []
    if (reach === 'members') return membersOf(ctx.tx, orgId, branches, day)
    if (reach !== 'everybody') return bodyOn(ctx.tx, orgId, all, day, reach.posts)
    return Promise.all([membersOf(ctx.tx, orgId, branches, day), bodyOn(ctx.tx, orgId, all, day)]).then((two) =>
      two.flat(),
    )
  })
  const found = await Promise.all([
    ...groups.unitIds.map((unitId) => rosterOn(ctx.tx, orgId, unitId, day, catalogue)),
    ...audiences,
  ])
  return [...new Set(found.flat().map((person) => person.pid))]
}
