import { mayStand } from '../text/hints.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How strongly a text speaks of each kind of duty, in the order in which the kinds were met: few, so that a list finds them fastest. */
export class KindScores {
  kinds: string[] = []
  scores: number[] = []

  /** The score of a kind; 0 for one that was not met. */
  get(kind: string): number {
    const at = this.kinds.indexOf(kind)
    return at < 0 ? 0 : this.scores[at]!
  }

  /** Adds to the score of a kind. */
  add(kind: string, score: number): void {
    const at = this.kinds.indexOf(kind)
    if (this.kinds.length === 0) {
      // Lists that begin with their first entry have no room to spare: many have one.
      this.kinds = [kind]
      this.scores = [score]
    } else if (at < 0) {
      this.kinds.push(kind)
      this.scores.push(score)
    } else this.scores[at]! += score
  }

  /** Adds other scores, weighted. */
  addAll(other: KindScores, weight: number): void {
    for (let at = 0; at < other.kinds.length; at++) this.add(other.kinds[at]!, other.scores[at]! * weight)
  }
}

/** What words speak of that speak of no kind. */
export const noKinds = new KindScores()

/** The least score that names a kind by itself: one strong word of an umbrella kind. */
export const namesKind = 2

/** Scores the kinds that the words of `[start, end)` speak of; each word counts once, words inside titles half. */
export function kindScores(text: string, start: number, end: number, vocabulary: Vocabulary): KindScores {
  const hits = vocabulary.kinds.all(text, start, end)
  const may = vocabulary.kindHints.in(text, start, end)
  if (hits.length === 0 && may === 0) return noKinds
  const scores = new KindScores()
  const words = text.slice(start, end)
  const titled = words.includes('《')
  for (let index = 0; index < hits.length; index++) {
    const { start: at, value } = hits[index]!
    if (stoodBefore(hits, index)) continue
    const place = titled ? placeWeight(words, at - start) : 1
    for (let which = 0; which < value.length; which++) {
      const { kind, weight } = value[which]!
      scores.add(kind, weight * place)
    }
  }
  if (may === 0) return scores
  const slice = titled ? words.replace(/《[^》]*》/g, '') : words
  const { kindPatterns } = vocabulary
  for (let index = 0; index < kindPatterns.length; index++) {
    const { kind, weight, pattern } = kindPatterns[index]!
    if (mayStand(may, index) && pattern.test(slice)) scores.add(kind, weight)
  }
  return scores
}

/** Each word has a value of its own. */
function stoodBefore(hits: readonly { value: unknown }[], index: number): boolean {
  const { value } = hits[index]!
  for (let at = 0; at < index; at++) if (hits[at]!.value === value) return true
  return false
}

/** A word inside a title that opens in the same words weighs less. */
function placeWeight(words: string, at: number): number {
  return words.lastIndexOf('《', at) > words.lastIndexOf('》', at) ? 0.7 : 1
}

/** The two best kinds with their scores, best first; ties keep the order of the lexicon's hits. */
export function bestKinds({ kinds, scores }: KindScores): { kind: string; score: number }[] {
  if (kinds.length === 1) return [{ kind: kinds[0]!, score: scores[0]! }]
  let best = -1
  let second = -1
  for (let at = 0; at < kinds.length; at++) {
    if (best < 0 || scores[at]! > scores[best]!) {
      second = best
      best = at
    } else if (second < 0 || scores[at]! > scores[second]!) second = at
  }
  const found: { kind: string; score: number }[] = []
  if (best >= 0) found.push({ kind: kinds[best]!, score: scores[best]! })
  if (second >= 0) found.push({ kind: kinds[second]!, score: scores[second]! })
  return found
}

/** The best kind alone, or null. */
export function bestKind({ kinds, scores }: KindScores): { kind: string; score: number } | null {
  let best = 0
  for (let at = 1; at < kinds.length; at++) if (scores[at]! > scores[best]!) best = at
  return kinds.length === 0 ? null : { kind: kinds[best]!, score: scores[best]! }
}
