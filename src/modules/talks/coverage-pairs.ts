import type { Role } from '../../core/access/actor.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { pairTypes } from '../../core/catalogue/kinds.ts'

/** A post as somebody holds it on the day. */
export interface Held {
  readonly pid: string
  readonly name: string | null
  readonly postId: string
  readonly unitId: string
  readonly kind: string
  readonly title: string | null
}

/** The bureau on the day: posts in the order of the bureau, lines of work, members by branch. */
export interface Standing {
  readonly held: readonly Held[]
  readonly charges: readonly { postId: string; unitId: string }[]
  readonly members: readonly { pid: string; name: string | null; branchId: string }[]
}

export type PairType = (typeof pairTypes)[number]

/** Somebody as a pair shows him. */
export interface Side {
  readonly pid: string
  readonly name: string | null
  readonly title: string | null
}

/** A pair that is looked at. `any` holds those of whom one is enough; `unitId` is the head's unit or the branch. */
export interface Pair {
  readonly type: PairType
  readonly any: readonly Side[]
  readonly other: Side
  readonly unitId: string | null
}

/** All pairs that are looked at, in the order of the bureau. */
export function pairsOf(standing: Standing, catalogue: Catalogue): Pair[] {
  const roleOf = (one: Held): Role => catalogue.postKinds.find(one.kind)?.role ?? 'member'
  const isHead = (one: Held) => catalogue.postKinds.find(one.kind)?.single ?? false
  const side = (one: Held): Side => ({
    pid: one.pid,
    name: one.name,
    title: one.title ?? catalogue.postKinds.find(one.kind)?.words.zh ?? null,
  })
  const of = (...roles: Role[]) => standing.held.filter((one) => roles.includes(roleOf(one)))
  const secretaries = once(of('secretary'))
  const members = once(of('team-member'))
  const leading = new Set([...secretaries, ...members].map(({ pid }) => pid))
  const pairs: Pair[] = []
  const add = (type: PairType, one: Held, other: Held, unitId: string | null) => {
    if (one.pid !== other.pid) pairs.push({ type, any: [side(one)], other: side(other), unitId })
  }
  for (const secretary of secretaries) {
    for (const member of members) add('secretary-members', secretary, member, null)
  }
  for (const leader of of('secretary', 'team-member')) {
    for (const { unitId } of standing.charges.filter(({ postId }) => postId === leader.postId)) {
      for (const head of standing.held) {
        if (head.unitId === unitId && isHead(head)) add('leader-heads', leader, head, unitId)
      }
    }
  }
  for (const secretary of secretaries) {
    const heads = once(of('department-head').filter((head) => isHead(head) && !leading.has(head.pid)))
    for (const head of heads) add('secretary-heads', secretary, head, head.unitId)
  }
  return [...distinct(pairs), ...committees(standing, of('branch-secretary', 'branch-officer'), side)]
}

/** A member of a branch needs one talk with any of its committee, never with each (reading of article 19). */
function committees(standing: Standing, officers: readonly Held[], side: (one: Held) => Side): Pair[] {
  return standing.members.flatMap(({ pid, name, branchId }) => {
    const committee = once(officers.filter((one) => one.unitId === branchId))
    if (committee.length === 0 || committee.some((one) => one.pid === pid)) return []
    return [
      {
        type: 'committee-members',
        any: committee.map(side),
        other: { pid, name, title: null },
        unitId: branchId,
      } as const,
    ]
  })
}

/** Each person once, by the first post. */
function once(held: readonly Held[]): Held[] {
  const seen = new Set<string>()
  return held.filter(({ pid }) => !seen.has(pid) && seen.add(pid))
}

function distinct(pairs: readonly Pair[]): Pair[] {
  const seen = new Set<string>()
  return pairs.filter(({ type, any, other, unitId }) => {
    const key = `${type} ${any[0]!.pid} ${other.pid} ${type === 'leader-heads' ? unitId : ''}`
    return !seen.has(key) && seen.add(key)
  })
}
