/** What a segment is in its sentence: it begins a duty, goes on with one, or belongs to none. */
export type Label = 'begin' | 'inside' | 'outside'
/** The labels in the order of the model's classes. */
export const labels: readonly Label[] = ['begin', 'inside', 'outside']

/** A linear model over hashed features: for each bucket one weight per class, and one per pair of neighbouring classes. */
export type Linear = {
  readonly bits: number
  readonly classes: number
  readonly weights: ArrayLike<number>
  readonly steps: readonly number[]
}

const impossible = -1e9

/** The best labels of one sentence; the first segment cannot go on with a duty, nor can one after a gap. */
export function tag(features: readonly (readonly number[])[], model: Linear): Label[] {
  const goesOn = (before: number, label: number) => label !== 1 || before === 0 || before === 1
  return bestChain(features, model, goesOn).map((label) => labels[label]!)
}

/**
 * The best classes of a chain by Viterbi's algorithm; `allowed` says which class may follow which (-1: the start), `links` of which
 * sort the joint before each place is.
 */
export function bestChain(
  features: readonly (readonly number[])[],
  model: Linear,
  allowed: (before: number, label: number) => boolean = () => true,
  links: readonly number[] = [],
): number[] {
  const { classes, steps } = model
  const back: Int8Array[] = []
  let score = new Float64Array(classes)
  for (let at = 0; at < features.length; at++) {
    const own = emissions(features[at]!, model)
    const next = new Float64Array(classes)
    const from = new Int8Array(classes)
    const joint = (links[at] ?? 0) * classes * classes
    for (let label = 0; label < classes; label++) {
      let best = at === 0 ? (allowed(-1, label) ? 0 : impossible) : Number.NEGATIVE_INFINITY
      for (let before = 0; at > 0 && before < classes; before++) {
        if (!allowed(before, label)) continue
        const sum = score[before]! + steps[joint + before * classes + label]!
        if (sum > best) {
          best = sum
          from[label] = before
        }
      }
      next[label] = best + own[label]!
    }
    back.push(from)
    score = next
  }
  return trace(score, back)
}

function trace(score: Float64Array, back: readonly Int8Array[]): number[] {
  const found: number[] = new Array(back.length)
  let label = 0
  for (let other = 1; other < score.length; other++) if (score[other]! > score[label]!) label = other
  for (let at = back.length - 1; at >= 0; at--) {
    found[at] = label
    label = back[at]![label]!
  }
  return found
}

/** The score of every class for one set of features. */
export function emissions(features: readonly number[], model: Linear): Float64Array {
  const { classes, weights } = model
  const sums = new Float64Array(classes)
  for (const feature of features) {
    const at = feature * classes
    for (let label = 0; label < classes; label++) sums[label]! += weights[at + label]!
  }
  return sums
}

/** Hashed features of one thing: each is a template with a value, folded into as many buckets as the model has. */
export class Features {
  readonly ids: number[] = []
  readonly #shift: number

  constructor(bits: number) {
    this.#shift = 32 - bits
  }

  /** Adds a feature with a number as value. */
  add(template: number, value: number): void {
    this.ids.push(
      (Math.imul(Math.imul(template + 1, 0x9e3779b1) ^ (value + 0x7f4a7c15), 0x85ebca6b) >>> 0) >>> this.#shift,
    )
  }

  /** Adds a feature with the units of `text[start, end)` as value. */
  words(template: number, text: string, start: number, end: number): void {
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    this.add(template, hash)
  }
}

/** The weights of a model as they are kept: base64 of signed bytes, each one `scale` of a weight. */
export function unpack(packed: string, scale: number): Float32Array {
  const bytes = atob(packed)
  const weights = new Float32Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes.charCodeAt(at)
    weights[at] = (code > 127 ? code - 256 : code) * scale
  }
  return weights
}
