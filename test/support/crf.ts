/** One training sequence: the hashed features and the right class of each place. */
export type Sequence = { features: number[][]; classes: number[] }

/** What training finds: a weight for every bucket and class, and one for every pair of neighbouring classes. */
export type Trained = { weights: Float64Array; steps: Float64Array }

const rounds = 15
const rate = 0.05
/** How strongly weights are drawn to nothing at every step. */
const pull = 2e-4

/** A generator of numbers in [0, 1) that gives the same ones for the same seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Trains a linear-chain conditional random field by stochastic gradient ascent with per-weight rates (AdaGrad).
 * `allowed` says which class may follow which (-1: the start). The same input and seed give the same weights.
 */
export function trainChain(
  sequences: readonly Sequence[],
  bits: number,
  classes: number,
  allowed: (before: number, label: number) => boolean,
  seed = 7,
): Trained {
  const weights = new Float64Array((1 << bits) * classes)
  const steps = new Float64Array(classes * classes)
  const squares = new Float64Array(weights.length).fill(1)
  const stepSquares = new Float64Array(steps.length).fill(1)
  const order = sequences.map((_, index) => index)
  const random = numbersFrom(seed)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const index of order) {
      const sequence = sequences[index]!
      const { marginals, pairs } = expect(sequence, weights, steps, classes, allowed)
      for (const [at, features] of sequence.features.entries()) {
        for (let label = 0; label < classes; label++) {
          const slope = (sequence.classes[at] === label ? 1 : 0) - marginals[at * classes + label]!
          if (Math.abs(slope) < 1e-6) continue
          for (const feature of features) climb(weights, squares, feature * classes + label, slope)
        }
        if (at === 0) continue
        const right = sequence.classes[at - 1]! * classes + sequence.classes[at]!
        for (let pair = 0; pair < classes * classes; pair++)
          climb(steps, stepSquares, pair, (pair === right ? 1 : 0) - pairs[(at - 1) * classes * classes + pair]!)
      }
    }
  }
  return { weights, steps }
}

function climb(weights: Float64Array, squares: Float64Array, at: number, slope: number): void {
  const drawn = slope - pull * weights[at]! * 10
  squares[at]! += drawn * drawn
  weights[at]! += (rate * drawn) / Math.sqrt(squares[at]!)
}

/** Puts a list in another order, the same for the same numbers. */
export function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
}

/** Probabilities of every class at every place, and of every pair of neighbours, by the forward-backward algorithm. */
function expect(
  sequence: Sequence,
  weights: Float64Array,
  steps: Float64Array,
  classes: number,
  allowed: (before: number, label: number) => boolean,
): { marginals: Float64Array; pairs: Float64Array } {
  const size = sequence.features.length
  const own = new Float64Array(size * classes)
  for (const [at, features] of sequence.features.entries())
    for (const feature of features)
      for (let label = 0; label < classes; label++) own[at * classes + label]! += weights[feature * classes + label]!
  const forward = new Float64Array(size * classes).fill(Number.NEGATIVE_INFINITY)
  const backward = new Float64Array(size * classes)
  const parts = new Float64Array(classes)
  for (let label = 0; label < classes; label++) if (allowed(-1, label)) forward[label] = own[label]!
  for (let at = 1; at < size; at++)
    for (let label = 0; label < classes; label++) {
      for (let before = 0; before < classes; before++)
        parts[before] = allowed(before, label)
          ? forward[(at - 1) * classes + before]! + steps[before * classes + label]!
          : Number.NEGATIVE_INFINITY
      forward[at * classes + label] = logSum(parts) + own[at * classes + label]!
    }
  for (let at = size - 2; at >= 0; at--)
    for (let before = 0; before < classes; before++) {
      for (let label = 0; label < classes; label++)
        parts[label] = allowed(before, label)
          ? steps[before * classes + label]! + own[(at + 1) * classes + label]! + backward[(at + 1) * classes + label]!
          : Number.NEGATIVE_INFINITY
      backward[at * classes + before] = logSum(parts)
    }
  const whole = logSum(forward.slice((size - 1) * classes))
  const marginals = forward.map((value, index) => Math.exp(value + backward[index]! - whole))
  const pairs = new Float64Array(Math.max(0, size - 1) * classes * classes)
  for (let at = 1; at < size; at++)
    for (let before = 0; before < classes; before++)
      for (let label = 0; label < classes; label++) {
        if (!allowed(before, label)) continue
        const sum =
          forward[(at - 1) * classes + before]! +
          steps[before * classes + label]! +
          own[at * classes + label]! +
          backward[at * classes + label]!
        pairs[((at - 1) * classes + before) * classes + label] = Math.exp(sum - whole)
      }
  return { marginals, pairs }
}

function logSum(parts: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const part of parts) if (part > most) most = part
  if (most === Number.NEGATIVE_INFINITY) return most
  let sum = 0
  for (const part of parts) sum += Math.exp(part - most)
  return most + Math.log(sum)
}
