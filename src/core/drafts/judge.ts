import type { Clause } from '../text/clauses.ts'
import { addScores, bestKinds, type KindScores, kindScores, namesKind } from './kinds.ts'
import { type Actor, actorAt } from './subject.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a clause does in its sentence: names an act, leads to one, follows one, states a principle, or none of these. */
export type Role = 'core' | 'opener' | 'tail' | 'stance' | 'idle'

/** Facts about one clause that decide its role; offsets are of the folded text. */
export type Judged = {
  clause: Clause
  words: string
  role: Role
  need: boolean
  actor: Actor | null
  force: 'record' | 'carry' | 'soft' | null
  atHead: boolean
  scores: KindScores
  kind: string | null
  kindScore: number
  strictTail: boolean
  stance: number
  slot: boolean
  firm: boolean
}

/** Facts known before the words are judged: figures, titles and owners that stand in the clause. */
export type Marks = { slot: boolean; cite: boolean; owners: boolean; term: boolean }

/** Judges one clause by its head (actor, need, manner, verb) and the words in it. */
export function judge(text: string, mask: Uint8Array, clause: Clause, marks: Marks, vocabulary: Vocabulary): Judged {
  const end = trimEnd(text, clause)
  const actor = actorAt(text, clause.start, end, vocabulary)
  const head = headOf(text, actor?.end ?? clause.start, end, vocabulary)
  const scores = kindScores(text, clause.start, end, vocabulary)
  const best = bestKinds(scores)[0]
  const act = forceOf(text, mask, head.at, end, vocabulary)
  const stance = stanceOf(text, mask, clause.start, end, vocabulary)
  const tail = vocabulary.tails.at(text, head.at) ?? vocabulary.tails.at(text, clause.start)
  const opener = vocabulary.openers.at(text, head.at) ?? vocabulary.openers.at(text, clause.start)
  const judged: Judged = {
    clause,
    words: text.slice(clause.start, end),
    role: 'idle',
    need: head.need,
    actor,
    force: act.force,
    atHead: act.atHead,
    scores,
    kind: best && best.score >= namesKind ? best.kind : null,
    kindScore: best?.score ?? 0,
    strictTail: tail?.value === 'tail.result' || tail?.value === 'tail.serve',
    stance,
    slot: marks.slot,
    firm: marks.slot || marks.owners || marks.term || (marks.cite && act.force !== null),
  }
  judged.role = roleOf(judged, { tail: tail !== null, opener: opener !== null })
  return judged
}

function trimEnd(text: string, clause: Clause): number {
  let end = clause.end
  while (end > clause.start && /[，。；：！？\s]/.test(text.charAt(end - 1))) end--
  return end
}

/** Skips need words and manners from the head of a clause to the verb. */
function headOf(text: string, start: number, end: number, vocabulary: Vocabulary): { at: number; need: boolean } {
  let at = start
  let need = false
  while (at < end) {
    const needed = vocabulary.needs.at(text, at)
    const manner = vocabulary.manners.at(text, at)
    const act = vocabulary.acts.at(text, at)
    const word = needed ?? manner
    if (!word || (act && act.end > word.end)) break
    if (needed) need = true
    at = word.end
  }
  return { at: Math.min(at, end), need }
}

function forceOf(
  text: string,
  mask: Uint8Array,
  at: number,
  end: number,
  vocabulary: Vocabulary,
): Pick<Judged, 'force' | 'atHead'> {
  const head = vocabulary.acts.at(text, at)
  if (head && head.value !== 'soft') return { force: head.value, atHead: true }
  const later = vocabulary.acts.all(text, at, end).filter((hit) => !mask[hit.start] && hit.value !== 'soft')
  const found = later.find((hit) => hit.value === 'record') ?? later[0]
  if (found) return { force: found.value, atHead: false }
  return { force: head ? 'soft' : null, atHead: head !== null }
}

function stanceOf(text: string, mask: Uint8Array, start: number, end: number, vocabulary: Vocabulary): number {
  const strong = vocabulary.stances.all(text, start, end).filter((hit) => text.charAt(hit.start - 1) !== '《').length
  return strong + vocabulary.hints.all(text, start, end).filter((hit) => !mask[hit.start]).length * 0.4
}

function roleOf(judged: Judged, signs: { tail: boolean; opener: boolean }): Role {
  const { force, kind, kindScore, stance, firm } = judged
  if (firm) return 'core'
  if (judged.strictTail) return 'tail'
  if (signs.opener && !(kind && force && force !== 'soft') && !(kind && kindScore >= 3 && stance < 1)) {
    return stance >= 1 ? 'stance' : 'opener'
  }
  if (kind && force) {
    if (stance >= 1 && kindScore <= 3 * stance && force !== 'record') return 'stance'
    if (signs.tail && kindScore < 3) return 'tail'
    return 'core'
  }
  if (kind && kindScore >= 3 && stance < 1) return 'core'
  if (signs.tail) return 'tail'
  if (stance >= 0.4 && force !== 'record') return 'stance'
  if (force && force !== 'soft' && judged.atHead) return 'core'
  return stance > 0 ? 'stance' : 'idle'
}

/** The kinds of several clauses together: acts count full, openers and tails less. */
export function kindsTogether(members: readonly Judged[]): { kind: string; score: number }[] {
  const sum: KindScores = new Map()
  for (const member of members) addScores(sum, member.scores, member.role === 'core' ? 1 : 0.3)
  return bestKinds(sum)
}
