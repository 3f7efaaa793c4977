import { mayStand } from '../text/hints.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How strongly a text speaks of each kind of duty. */
export type KindScores = Map<string, number>

/** The least score that names a kind by itself: one strong word of an umbrella kind. */
export const namesKind = 2

/** Scores the kinds that the words of `[start, end)` speak of; each word counts once, words inside titles half. */
export function kindScores(text: string, start: number, end: number, vocabulary: Vocabulary): KindScores {
  const scores: KindScores = new Map()
  const words = text.slice(start, end)
  const titled = words.includes('《')
  const hits = vocabulary.kinds.all(text, start, end)
  for (let index = 0; index < hits.length; index++) {
    const hit = hits[index]!
    if (stoodBefore(hits, index)) continue
    const place = titled ? placeWeight(words, hit.start - start) : 1
    for (const { kind, weight } of hit.value) add(scores, kind, weight * place)
  }
  const may = vocabulary.kindHints.in(words)
  const slice = titled ? words.replace(/《[^》]*》/g, '') : words
  for (const [index, { kind, weight, pattern }] of vocabulary.kindPatterns.entries())
    if (mayStand(may, index) && pattern.test(slice)) add(scores, kind, weight)
  return scores
}

function stoodBefore(hits: readonly { word: string }[], index: number): boolean {
  const { word } = hits[index]!
  for (let at = 0; at < index; at++) if (hits[at]!.word === word) return true
  return false
}

/** A word inside a title that opens in the same words weighs less. */
function placeWeight(words: string, at: number): number {
  return words.lastIndexOf('《', at) > words.lastIndexOf('》', at) ? 0.7 : 1
}

function add(scores: KindScores, kind: string, weight: number): void {
  scores.set(kind, (scores.get(kind) ?? 0) + weight)
}

/** Adds one score list to another, weighted. */
export function addScores(into: KindScores, from: KindScores, weight: number): void {
  for (const [kind, score] of from) add(into, kind, score * weight)
}

/** The two best kinds with their scores, best first; ties keep the order of the lexicon's hits. */
export function bestKinds(scores: KindScores): { kind: string; score: number }[] {
  let best: { kind: string; score: number } | null = null
  let second: { kind: string; score: number } | null = null
  for (const [kind, score] of scores) {
    if (best === null || score > best.score) {
      second = best
      best = { kind, score }
    } else if (second === null || score > second.score) second = { kind, score }
  }
  return best === null ? [] : second === null ? [best] : [best, second]
}
