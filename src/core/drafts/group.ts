import type { Judged } from './judge.ts'
import { actorKey } from './subject.ts'

/** Clauses that make one row: the act, what opens it, what follows it. */
export type Group = { members: Judged[]; core: Judged; mode: 'done' | 'do' }

/** Groups the judged clauses of one sentence into rows: an opener joins the act behind it, a tail the act before it. */
export function groupSentence(
  sentence: readonly Judged[],
  modeOf: (judged: Judged) => 'done' | 'do',
  joinsBack: (judged: Judged) => boolean,
): Group[] {
  const groups: Group[] = []
  let waiting: Judged[] = []
  for (const judged of sentence) {
    const group = groups.at(-1)
    const touching = group !== undefined && group.members.at(-1)?.clause.end === (waiting[0] ?? judged).clause.start
    if (judged.role === 'core') {
      if (group && touching && merges(group, judged, waiting, modeOf(judged), joinsBack))
        group.members.push(...waiting, judged)
      else groups.push({ members: [...waiting, judged], core: judged, mode: modeOf(judged) })
      waiting = []
    } else if (judged.role === 'opener') waiting.push(judged)
    else if (joinsAsTail(group, judged, touching)) {
      group?.members.push(...waiting, judged)
      waiting = []
    } else waiting = []
  }
  const last = groups.at(-1)
  if (
    last &&
    waiting.length > 0 &&
    last.members.at(-1)?.clause.end === waiting[0]?.clause.start &&
    fitsTail(last, waiting)
  ) {
    last.members.push(...waiting)
  }
  return groups
}

/** Whether a further act belongs to the row before it: one owner could close both with one record. */
function merges(
  group: Group,
  judged: Judged,
  waiting: readonly Judged[],
  mode: 'done' | 'do',
  joinsBack: (judged: Judged) => boolean,
): boolean {
  const before = group.members.at(-1)
  if (judged.need || waiting.some((opener) => opener.need) || mode !== group.mode) return false
  if (judged.actor && actorKey(judged.actor) !== actorKey(group.core.actor)) return false
  if (before?.words !== undefined && joinsBack(before)) return false
  if (mode === 'done') {
    const leads = group.members.every((member) => !member.slot && member.force !== 'record')
    return leads && sharesKind(group, judged) && judged.force !== 'carry'
  }
  if (judged.slot && group.members.some((member) => member.slot))
    return judged.atHead === false && judged.force === null
  return sharesKind(group, judged)
}

function sharesKind(group: Group, judged: Judged): boolean {
  if (judged.kind === null) return judged.force !== 'record' || !judged.atHead || group.core.kind === null
  return group.members.some(
    (member) =>
      member.role === 'core' &&
      (member.kind === null ||
        member.kind === judged.kind ||
        (judged.kind !== null && (member.scores.get(judged.kind) ?? 0) >= 3)),
  )
}

function joinsAsTail(group: Group | undefined, judged: Judged, touching: boolean): boolean {
  if (!group || !touching) return false
  if (judged.role !== 'tail' && judged.role !== 'idle') return false
  return judged.strictTail || fitsTail(group, [judged])
}

/** A tail longer than the act it follows is more likely a principle of its own. */
function fitsTail(group: Group, added: readonly Judged[]): boolean {
  const length = (list: readonly Judged[]) =>
    list.reduce((sum, member) => sum + member.clause.end - member.clause.start, 0)
  const acts = length(group.members.filter((member) => member.role !== 'tail' && member.role !== 'idle'))
  const tails = length(group.members.filter((member) => member.role === 'tail' || member.role === 'idle'))
  return tails + length(added) <= acts * 1.3
}
