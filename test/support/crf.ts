/**
 * One training sequence: the hashed features and the right class of each place (-1: nobody said), and for every place how it
 * is joined to the one before it.
 */
export type Sequence = { features: number[][]; classes: number[]; links?: number[] }

/** What training finds: a weight for every bucket and class, and for every sort of joint one for every pair of neighbouring classes. */
export type Trained = { weights: Float64Array; steps: Float64Array }

/** What a chain may look like, and how it is learned. */
export type Chain = {
  bits: number
  classes: number
  /** Sorts of joints between neighbours; 1 when they are all alike. */
  joints?: number
  /** Which class may follow which (-1: the start). */
  allowed?: (before: number, label: number) => boolean
  rounds?: number
  /** How strongly weights are drawn to nothing at every step. */
  pull?: number
  seed?: number
}

type Shape = { classes: number; allowed: (before: number, label: number) => boolean }
type Weights = { weights: Float64Array; steps: Float64Array }
type Expected = { marginals: Float64Array; pairs: Float64Array }

const rate = 0.05

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
 * Trains a linear-chain conditional random field by stochastic gradient ascent with per-weight rates (AdaGrad). Places that nobody
 * judged take whatever class fits their neighbours. The same input and seed give the same weights.
 */
export function trainChain(sequences: readonly Sequence[], chain: Chain): Trained {
  const { bits, classes, joints = 1, allowed = () => true, rounds = 15, pull = 2e-3, seed = 7 } = chain
  const shape: Shape = { classes, allowed }
  const now: Weights = {
    weights: new Float64Array((1 << bits) * classes),
    steps: new Float64Array(joints * classes * classes),
  }
  const squares = new Float64Array(now.weights.length).fill(1)
  const stepSquares = new Float64Array(now.steps.length).fill(1)
  const order = sequences.map((_, index) => index)
  const random = numbersFrom(seed)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const index of order) {
      const sequence = sequences[index]!
      const found = expect(sequence, now, shape, false)
      const right = expect(sequence, now, shape, true)
      for (const [at, features] of sequence.features.entries()) {
        for (let label = 0; label < classes; label++) {
          const slope = right.marginals[at * classes + label]! - found.marginals[at * classes + label]!
          if (Math.abs(slope) < 1e-6) continue
          for (const feature of features) climb(now.weights, squares, feature * classes + label, slope, pull)
        }
        if (at === 0) continue
        const [own, step] = [(at - 1) * classes * classes, (sequence.links?.[at] ?? 0) * classes * classes]
        for (let pair = 0; pair < classes * classes; pair++)
          climb(now.steps, stepSquares, step + pair, right.pairs[own + pair]! - found.pairs[own + pair]!, pull)
      }
    }
  }
  return now
}

function climb(weights: Float64Array, squares: Float64Array, at: number, slope: number, pull: number): void {
  const drawn = slope - pull * weights[at]!
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

/** Probabilities of every class at every place, and of every pair of neighbours, by the forward-backward algorithm; `held` keeps what people said. */
function expect(sequence: Sequence, { weights, steps }: Weights, { classes, allowed }: Shape, held: boolean): Expected {
  const size = sequence.features.length
  const own = new Float64Array(size * classes)
  for (const [at, features] of sequence.features.entries())
    for (let label = 0; label < classes; label++) {
      const said = sequence.classes[at]!
      if (held && said >= 0 && said !== label) {
        own[at * classes + label] = Number.NEGATIVE_INFINITY
        continue
      }
      for (const feature of features) own[at * classes + label]! += weights[feature * classes + label]!
    }
  const joint = (at: number, before: number, label: number) =>
    allowed(before, label)
      ? steps[((sequence.links?.[at] ?? 0) * classes + before) * classes + label]!
      : Number.NEGATIVE_INFINITY
  const forward = new Float64Array(size * classes).fill(Number.NEGATIVE_INFINITY)
  const backward = new Float64Array(size * classes)
  const parts = new Float64Array(classes)
  for (let label = 0; label < classes; label++) if (allowed(-1, label)) forward[label] = own[label]!
  for (let at = 1; at < size; at++)
    for (let label = 0; label < classes; label++) {
      for (let before = 0; before < classes; before++)
        parts[before] = forward[(at - 1) * classes + before]! + joint(at, before, label)
      forward[at * classes + label] = logSum(parts) + own[at * classes + label]!
    }
  for (let at = size - 2; at >= 0; at--)
    for (let before = 0; before < classes; before++) {
      for (let label = 0; label < classes; label++)
        parts[label] =
          joint(at + 1, before, label) + own[(at + 1) * classes + label]! + backward[(at + 1) * classes + label]!
      backward[at * classes + before] = logSum(parts)
    }
  const whole = logSum(forward.slice((size - 1) * classes))
  const marginals = forward.map((value, index) => Math.exp(value + backward[index]! - whole))
  const pairs = new Float64Array(Math.max(0, size - 1) * classes * classes)
  for (let at = 1; at < size; at++)
    for (let before = 0; before < classes; before++)
      for (let label = 0; label < classes; label++) {
        const sum =
          forward[(at - 1) * classes + before]! +
          joint(at, before, label) +
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
