import { type KindModel, type Seen, scoresOf, votesPerKind } from '../../src/core/drafts/kind-choice.ts'
import { numbersFrom, shuffle } from './crf.ts'

/** One row with the class that people chose. */
export type Choice = { seen: Seen; right: number }

const rounds = 25
const rate = 0.1
const wordPull = 0.003
const votePull = 0.0005

/** Trains the choice of kinds: votes of the lexicon weighed alike for all kinds, words by hashed features of their own. Same input, same weights. */
export function trainChoice(choices: readonly Choice[], names: readonly string[], bits: number, seed = 11): KindModel {
  const classes = names.length
  const weights = new Float64Array((1 << bits) * classes)
  const votes = new Array<number>(votesPerKind).fill(0)
  const model: KindModel = { bits, classes, weights, steps: [], names, votes }
  const squares = new Float64Array(weights.length).fill(1)
  const voteSquares = new Float64Array(votesPerKind).fill(1)
  const random = numbersFrom(seed)
  const order = choices.map((_, index) => index)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const index of order) {
      const { seen, right } = choices[index]!
      const shares = sharesOf(scoresOf(seen, model))
      const slopes = shares.map((share, kind) => (kind === right ? 1 : 0) - share)
      for (let kind = 0; kind < classes; kind++) {
        if (Math.abs(slopes[kind]!) < 1e-4) continue
        for (const feature of seen.features) climb(weights, squares, feature * classes + kind, slopes[kind]!, wordPull)
      }
      for (const [at, place] of seen.votes.entries()) {
        const slope = slopes[(place / votesPerKind) | 0]!
        if (Math.abs(slope) < 1e-4) continue
        climb(votes, voteSquares, place % votesPerKind, slope * seen.weights[at]!, votePull)
      }
    }
  }
  return model
}

function climb(weights: Float64Array | number[], squares: Float64Array, at: number, slope: number, pull: number): void {
  const drawn = slope - pull * weights[at]!
  squares[at]! += drawn * drawn
  weights[at]! += (rate * drawn) / Math.sqrt(squares[at]!)
}

function sharesOf(scores: Float64Array): Float64Array {
  const most = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const all = raised.reduce((a, b) => a + b, 0)
  return raised.map((value) => value / all)
}
