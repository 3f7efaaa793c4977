import type { Vocabulary } from './vocabulary.ts'

/** How strongly a text speaks of each kind of duty. */
export type KindScores = Map<string, number>

/** The least score that names a kind by itself: one strong word of an umbrella kind. */
export const namesKind = 2

/** Scores the kinds that the words of `[start, end)` speak of; each word counts once, words inside titles half. */
export function kindScores(text: string, start: number, end: number, vocabulary: Vocabulary): KindScores {
  const scores: KindScores = new Map()
  const seen = new Set<string>()
  for (const hit of vocabulary.kinds.all(text, start, end)) {
    if (seen.has(hit.word)) continue
    seen.add(hit.word)
    for (const { kind, weight } of hit.value) add(scores, kind, weight * placeWeight(text, start, hit.start))
  }
  const words = text.slice(start, end)
  const slice = words.includes('《') ? words.replace(/《[^》]*》/g, '') : words
  for (const { kind, weight, pattern } of vocabulary.kindPatterns) if (pattern.test(slice)) add(scores, kind, weight)
  return scores
}

/** A word in the object of a purpose or modifier weighs less than one at the head. */
function placeWeight(text: string, start: number, at: number): number {
  return text.lastIndexOf('《', at) > Math.max(start - 1, text.lastIndexOf('》', at)) ? 0.7 : 1
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
  return [...scores.entries()]
    .map(([kind, score]) => ({ kind, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 2)
}
