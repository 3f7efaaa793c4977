import type { Judged } from './judge.ts'
import { actorKey } from './subject.ts'

/** Clauses that make one row: the act, what opens it, what follows it. */
export type Group = { members: Judged[]; core: Judged; mode: 'done' | 'do' }

type Bond = { modeOf: (judged: Judged) => 'done' | 'do'; closes: (judged: Judged) => boolean }

/** Groups the judged clauses of one sentence into rows: an opener joins the act behind it, a tail the act before it. */
export function groupSentence(sentence: readonly Judged[], bond: Bond): Group[] {
  const groups: Group[] = []
  let waiting: Judged[] = []
  for (const judged of sentence) {
    const group = groups.length === 0 ? undefined : groups[groups.length - 1]
    const touching = group !== undefined && touches(group, waiting[0] ?? judged)
    if (group && touching && (judged.explains || judged.completes) && waiting.length === 0) group.members.push(judged)
    else if (judged.role === 'core') {
      if (group && touching && merges(group, judged, waiting, bond)) group.members.push(...waiting, judged)
      else {
        const members = waiting.length === 0 ? [judged] : [...openersFor(judged, waiting), judged]
        groups.push({ members, core: judged, mode: bond.modeOf(judged) })
      }
      if (waiting.length > 0) waiting = []
    } else if (group && touching && joinsAsTail(group, judged, waiting)) {
      group.members.push(...waiting, judged)
      if (waiting.length > 0) waiting = []
    } else waiting.push(judged)
  }
  if (groups.length === 0 || waiting.length === 0) return groups
  const last = groups[groups.length - 1]!
  const rest = waiting.filter((judged) => judged.role === 'opener')
  if (rest.length === waiting.length && touches(last, rest[0]) && fitsTail(last, rest)) last.members.push(...rest)
  return groups
}

function touches(group: Group, judged: Judged | undefined): boolean {
  return judged !== undefined && group.members[group.members.length - 1]!.clause.end >= judged.clause.start - 1
}

/** Of the clauses that wait before an act, those that lead to it: from the first opener or like-minded clause after the last principle. */
function openersFor(core: Judged, waiting: readonly Judged[]): Judged[] {
  const leads = (judged: Judged) =>
    judged.role === 'opener' || (judged.role !== 'tail' && !judged.strongStance && sharesTopic(judged, core))
  const lastStance = waiting.findLastIndex((judged) => !leads(judged) && judged.role !== 'idle')
  const after = waiting.slice(lastStance + 1)
  const other = after.findLastIndex(
    (judged) => judged.actor && core.actor && actorKey(judged.actor) !== actorKey(core.actor),
  )
  const near = after.slice(other + 1)
  const first = near.findIndex(leads)
  return first < 0 ? [] : near.slice(first)
}

function sharesTopic(judged: Judged, core: Judged): boolean {
  return core.kind !== null && judged.scores.get(core.kind) > 0
}

/** Whether a further act belongs to the row before it: one owner could close both with one record. */
function merges(group: Group, judged: Judged, waiting: readonly Judged[], bond: Bond): boolean {
  const before = group.members.at(-1)
  if (judged.indicator !== null && judged.indicator === group.core.indicator) return true
  const mode = bond.modeOf(judged)
  if (judged.need || waiting.some((opener) => opener.need) || mode !== group.mode) return false
  if (judged.actor && actorKey(judged.actor) !== actorKey(group.core.actor)) return false
  if (before && bond.closes(before)) return false
  if (waiting.some((opener) => opener.strongStance) && judged.kind !== group.core.kind) return false
  if (mode === 'done') {
    const leads = group.members.every((member) => !member.slot && member.force !== 'record')
    return leads && sharesKind(group, judged) && judged.force !== 'carry'
  }
  if (group.members.some((member) => member.slot) && (judged.slot || (judged.force === 'record' && judged.atHead)))
    return false
  if (
    judged.timed &&
    judged.force !== null &&
    group.members.some((member) => member.timed || member.force === 'record')
  ) {
    return false
  }
  return sharesKind(group, judged)
}

function sharesKind(group: Group, judged: Judged): boolean {
  if (judged.force === null) return true
  const kind = judged.kind
  if (kind === null) return judged.force !== 'record' || !judged.atHead || group.core.kind === null
  const cores = group.members.filter((member) => member.role === 'core')
  return cores.some(
    (member) => member.kind === null || member.kind === kind || member.scores.get(kind) >= member.kindScore,
  )
}

function joinsAsTail(group: Group, judged: Judged, waiting: readonly Judged[]): boolean {
  const added = [...waiting, judged]
  if (waiting.some((member) => member.strongStance)) return false
  if (waiting.some((member) => member.role === 'stance' || member.role === 'opener')) {
    return judged.strictTail && fitsTail(group, added)
  }
  if (judged.role === 'tail') return judged.strictTail || fitsTail(group, added)
  if (judged.role === 'idle') return fitsTail(group, added)
  return judged.role === 'stance' && !judged.strongStance && sharesTopic(judged, group.core)
}

const shortTail = 24

/** A tail longer than the act it follows is more likely a principle of its own. */
function fitsTail(group: Group, added: readonly Judged[]): boolean {
  let acts = 0
  let tails = 0
  for (let at = 0; at < group.members.length; at++) {
    const { role, clause } = group.members[at]!
    if (role === 'tail' || role === 'idle') tails += clause.end - clause.start
    else acts += clause.end - clause.start
  }
  for (let at = 0; at < added.length; at++) tails += added[at]!.clause.end - added[at]!.clause.start
  return tails <= Math.max(acts * 1.3, shortTail)
}
