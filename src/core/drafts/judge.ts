import { Chars, Opening } from '../text/chars.ts'
import type { Clause } from '../text/clauses.ts'
import { bestKind, bestKinds, KindScores, kindScores, namesKind } from './kinds.ts'
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
  explains: boolean
  actor: Actor | null
  force: 'record' | 'carry' | 'soft' | null
  atHead: boolean
  scores: KindScores
  kind: string | null
  kindScore: number
  strictTail: boolean
  strongStance: boolean
  stance: number
  slot: boolean
  indicator: string | null
  firm: boolean
  manner: boolean
  timed: boolean
  completes: boolean
}

/** Facts known before the words are judged: figures, titles and owners that stand in the clause. */
export type Marks = {
  slot: boolean
  indicator: string | null
  cite: boolean
  owners: boolean
  term: boolean
  timed: boolean
  rate: boolean
  from: number
}

/** Judges one clause by its head (actor, need, manner, verb) and the words in it. */
export function judge(text: string, mask: Uint8Array, clause: Clause, marks: Marks, vocabulary: Vocabulary): Judged {
  const end = stops.trimEnd(text, clause.start, clause.end)
  const start = Math.min(end, marks.from)
  const actor = actorAt(text, start, end, vocabulary)
  const head = headOf(text, actor?.end ?? start, end, vocabulary)
  const scores = kindScores(text, clause.start, end, vocabulary)
  const best = bestKind(scores)
  const act = forceOf(text, mask, head.at, end, vocabulary)
  const stances = vocabulary.stances.count(text, clause.start, end)
  let hints = 0
  for (let hit = vocabulary.hints.first(text, clause.start, end); hit; hit = vocabulary.hints.first(text, hit.end, end))
    if (!mask[hit.start]) hints++
  const judged: Judged = {
    clause,
    words: text.slice(start, end),
    role: 'idle',
    need: head.need && !head.explains,
    explains: head.explains || explaining.at(text, start, end),
    actor,
    force: act.force,
    atHead: act.atHead,
    scores,
    kind: best && best.score >= namesKind ? best.kind : null,
    kindScore: best?.score ?? 0,
    strictTail: false,
    strongStance: stances > 0,
    stance: stances + hints * 0.4,
    slot: marks.slot,
    indicator: marks.indicator,
    manner: head.at > head.afterNeed || head.need,
    timed: marks.timed,
    completes: marks.rate || (marks.term && completion.test(text.slice(start, end))),
    firm: marks.slot || marks.owners || marks.term || (marks.cite && act.force !== null),
  }
  judged.role = roleOf(judged, signsOf(text, head, start, end, vocabulary))
  judged.strictTail = judged.role === 'tail' && vocabulary.tails.at(text, head.at)?.value === 'tail.result'
  return judged
}

const completion =
  /^[^，]{0,14}?(?:以?前|之前|内|底)(?:要|须|全部|基本|务必|全面|一律)*(?:完成|到位|销号|办结|结束|建成|落实到位|见效|达标)[^，]{0,6}$/

const stops = new Chars('，。；：！？ \n')

const explaining = new Opening(/^(?:其中|包括|分别)/, '其包分')

type Head = { at: number; afterNeed: number; need: boolean; explains: boolean }

const explained = new Chars('是')

/** Skips need words and manners from the head of a clause to the verb. */
function headOf(text: string, start: number, end: number, vocabulary: Vocabulary): Head {
  // Behind eight others the words that explain may begin: 就是, 关键是, 重点是.
  const may = explained.in(text, start, Math.min(end, start + 11))
  const lead = may ? /^[^，。；“《]{0,8}?(?:就是要?|关键是要?|重点是要?)/.exec(text.slice(start, end))?.[0] : undefined
  let at = start + (lead?.length ?? 0)
  let afterNeed = at
  let need = lead !== undefined
  let lastAct = -1
  while (at < end) {
    const needed = vocabulary.needs.at(text, at)
    const manner = vocabulary.manners.at(text, at)
    const act = vocabulary.acts.at(text, at)
    const word = needed ?? manner
    if (!word || (act && act.end > word.end)) break
    if (act && act.value !== 'soft') lastAct = at
    at = word.end
    if (needed) {
      need = true
      afterNeed = at
    }
  }
  if (lastAct >= 0 && !vocabulary.acts.stands(text, at)) at = lastAct
  return { at: Math.min(at, end), afterNeed, need, explains: lead?.startsWith('就是') ?? false }
}

/** Which words of structure stand at the head of a clause. */
type Signs = { opener: 'basis' | 'frame' | 'open' | null; tail: string | null; abstract: boolean }

function signsOf(text: string, head: Head, start: number, end: number, vocabulary: Vocabulary): Signs {
  const words = text.slice(head.afterNeed, end)
  const opener = vocabulary.openers.at(text, head.afterNeed) ?? vocabulary.openers.at(text, head.at)
  const act = vocabulary.acts.at(text, head.at)
  const { tails } = vocabulary
  const tail = tails.at(text, head.at) ?? tails.at(text, head.afterNeed) ?? tails.at(text, start)
  const overruled =
    tail !== null && act !== null && act.value !== 'soft' && act.end >= tail.end && tail.value !== 'tail.result'
  return {
    opener: frames(words) ? 'frame' : opener ? (vocabulary.bases.at(text, opener.start) ? 'basis' : 'open') : null,
    tail: overruled ? null : (tail?.value ?? null),
    abstract: vocabulary.abstractEnds.at(text, end),
  }
}

const framing = new Chars('在当始坚牢')

/** Frames that lead to an act whatever they name: 在…中, 坚持…相结合, 坚持把…作为. */
function frames(words: string): boolean {
  if (!framing.at(words, 0)) return false
  if (/^(?:在|当).*(?:上|下|中|前|后|时|功夫|基础|过程)$/.test(words)) return true
  return /^(?:始终|坚持)*坚持.*(?:结合|并重|统一|为本|优先|导向|原则)$|^(?:始终|坚持|牢牢)+(?:把|将).*作为/.test(words)
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
  let found: Judged['force'] = null
  const { acts } = vocabulary
  for (let hit = acts.first(text, at, end); hit !== null; hit = acts.first(text, hit.end, end)) {
    const { start, value } = hit
    if (mask[start] || value === 'soft') continue
    found = value === 'record' ? value : (found ?? value)
    if (found === 'record') break
  }
  if (found !== null) return { force: found, atHead: false }
  return { force: head ? 'soft' : null, atHead: head !== null }
}

function roleOf(judged: Judged, signs: Signs): Role {
  const { force, kind, kindScore, stance, firm, strongStance } = judged
  if (firm) return 'core'
  if (signs.opener === 'basis' || signs.opener === 'frame')
    return strongStance && signs.opener === 'frame' ? 'stance' : 'opener'
  if (signs.tail === 'tail.result') return 'tail'
  if (signs.tail === 'tail.serve') return strongStance ? 'stance' : 'tail'
  if (signs.tail === 'tail.growth' && signs.abstract) return 'tail'
  const special = kind !== null && kindScore >= 3 && stance < 1
  if (signs.opener && !(kind && force && force !== 'soft') && !special) return stance >= 1 ? 'stance' : 'opener'
  if (signs.opener && force === null) return 'opener'
  if (signs.tail && !special) return 'tail'
  if (kind && force) return stance >= 1 && kindScore <= 3 * stance && force !== 'record' ? 'stance' : 'core'
  if (special && (force || judged.manner || judged.actor || /^[把将对与以由]/.test(judged.words))) return 'core'
  if (signs.tail) return 'tail'
  if (force && force !== 'soft' && (judged.actor || judged.timed) && !strongStance) return 'core'
  if ((judged.actor || judged.timed) && (judged.need || force === null) && !strongStance) return 'opener'
  if (stance >= 0.4 && force !== 'record') return 'stance'
  if (force && force !== 'soft' && judged.atHead) return 'core'
  return stance > 0 ? 'stance' : 'idle'
}

/** The kinds of several clauses together: acts count full, openers and tails less. */
export function kindsTogether(members: readonly Judged[]): { kind: string; score: number }[] {
  const [first] = members
  if (members.length === 1 && first!.role === 'core') return bestKinds(first!.scores)
  const sum = new KindScores()
  for (const { completes, role, scores } of members)
    if (!completes || members.length === 1) sum.addAll(scores, role === 'core' ? 1 : role === 'opener' ? 0.6 : 0.3)
  return bestKinds(sum)
}
