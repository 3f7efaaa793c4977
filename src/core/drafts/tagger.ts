import type { Chars } from '../text/chars.ts'

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
/** No duty goes on at the start of a sentence, nor behind a segment that belongs to none. */
const starts = [0, impossible, 0]
const [inside, outside] = [1, 2]

/** The steps of a model of labels, without those that cannot be. */
export function labelSteps(model: Linear): number[] {
  const steps = [...model.steps]
  steps[outside * labels.length + inside] = Number.NEGATIVE_INFINITY
  return steps
}

/** The best labels of the sentence `[from, to)`, as places in the list of labels, by the scores of the segments. */
export function tag(scores: Float64Array, steps: readonly number[], from: number, to: number): number[] {
  return bestChain(scores, { classes: labels.length, steps }, from, to, starts)
}

/**
 * The best classes of the chain `[start, end)` by Viterbi's algorithm. `scores` has one number per place and class, which becomes that of
 * the best chain up to there; `first` is what each class costs at the start, `links` says of which sort the joint before each place is.
 */
export function bestChain(
  scores: Float64Array,
  { classes, steps }: Pick<Linear, 'classes' | 'steps'>,
  start: number,
  end: number,
  first: readonly number[] = [],
  links: readonly number[] = [],
): number[] {
  if (start === end) return []
  const from = new Array<number>((end - start) * classes).fill(0)
  for (let label = 0; label < classes; label++) scores[start * classes + label]! += first[label] ?? 0
  for (let at = start + 1; at < end; at++) {
    const joint = (links[at] ?? 0) * classes * classes
    const last = (at - 1) * classes
    for (let label = 0; label < classes; label++) {
      let most = Number.NEGATIVE_INFINITY
      let origin = 0
      for (let before = 0; before < classes; before++) {
        const sum = scores[last + before]! + steps[joint + before * classes + label]!
        if (sum <= most) continue
        most = sum
        origin = before
      }
      scores[at * classes + label]! += most
      from[(at - start) * classes + label] = origin
    }
  }
  return trace(scores, from, classes, end)
}

/** The way back from the best class of the last place before `end`. */
function trace(scores: Float64Array, from: readonly number[], classes: number, end: number): number[] {
  const places = from.length / classes
  const found = new Array<number>(places).fill(0)
  const last = (end - 1) * classes
  let label = 0
  for (let other = 1; other < classes; other++) if (scores[last + other]! > scores[last + label]!) label = other
  for (let at = places - 1; at >= 0; at--) {
    found[at] = label
    label = from[at * classes + label]!
  }
  return found
}

/** Folds a template's number and a value into a bucket. */
const bucketOf = (kind: number, value: number, shift: number) =>
  (Math.imul(kind ^ (value + 0x7f4a7c15), 0x85ebca6b) >>> 0) >>> shift

/** Hashed features of one thing: each is a template with a value, folded into as many buckets as the model has. */
export class Features {
  #ids = new Int32Array(256)
  #size = 0
  readonly #shift: number

  constructor(bits: number) {
    this.#shift = 32 - bits
  }

  /** The buckets in the order in which they were added. */
  get ids(): number[] {
    const ids: number[] = []
    for (let at = 0; at < this.#size; at++) ids.push(this.#ids[at]!)
    return ids
  }

  /** Forgets all features, so that one bag serves many things. */
  clear(): void {
    this.#size = 0
  }

  /** Adds a feature with a number as value. */
  add(template: number, value: number): void {
    this.put(bucketOf(Math.imul(template + 1, 0x9e3779b1), value, this.#shift))
  }

  /** Adds a feature for every bit that is set: `factor` times its place, plus `more`. */
  bits(template: number, bits: number, factor = 1, more = 0): void {
    for (let rest = bits; rest !== 0; rest &= rest - 1)
      this.add(template, (31 - Math.clz32(rest & -rest)) * factor + more)
  }

  /** Adds a feature with the units of `text[start, end)` as value. */
  words(template: number, text: string, start: number, end: number): void {
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    this.add(template, hash)
  }

  /** Adds a feature for every pair of neighbouring units of `text[start, end)`, but for those that one of the marks begins. */
  pairs(template: number, text: string, start: number, end: number, marks: Chars | null = null): void {
    if (end - start < 2) return
    this.#makeRoom(end - start)
    const ids = this.#ids
    const kind = Math.imul(template + 1, 0x9e3779b1)
    const shift = this.#shift
    let size = this.#size
    let unit = text.charCodeAt(start)
    for (let at = start + 1; at < end; at++) {
      const next = text.charCodeAt(at)
      if (marks === null || !marks.has(unit))
        ids[size++] = bucketOf(kind, Math.imul(Math.imul(0x811c9dc5 ^ unit, 0x01000193) ^ next, 0x01000193), shift)
      unit = next
    }
    this.#size = size
  }

  /** Adds the buckets of a list as they are. */
  putAll(ids: readonly number[]): void {
    for (let at = 0; at < ids.length; at++) this.put(ids[at]!)
  }

  /** Adds a bucket as it is. */
  put(id: number): void {
    this.#makeRoom(1)
    this.#ids[this.#size++] = id
  }

  #makeRoom(more: number): void {
    if (this.#size + more <= this.#ids.length) return
    const larger = new Int32Array((this.#size + more) * 2)
    larger.set(this.#ids)
    this.#ids = larger
  }

  /** Adds the weights of all features to the scores of the classes, which begin at `offset`. */
  score({ classes, weights }: Pick<Linear, 'classes' | 'weights'>, scores: Float64Array, offset: number): void {
    if (classes === 3) {
      this.#scoreThree(weights, scores, offset)
      return
    }
    const ids = this.#ids
    const size = this.#size
    let at = 0
    // Four at a time, one behind the other: the sums are the same, but a score is taken up and put down a fourth as often.
    for (; at + 4 <= size; at += 4) {
      const [a, b] = [ids[at]! * classes, ids[at + 1]! * classes]
      const [c, d] = [ids[at + 2]! * classes, ids[at + 3]! * classes]
      for (let label = 0; label < classes; label++)
        scores[offset + label] =
          scores[offset + label]! +
          weights[a + label]! +
          weights[b + label]! +
          weights[c + label]! +
          weights[d + label]!
    }
    for (; at < size; at++) {
      const row = ids[at]! * classes
      for (let label = 0; label < classes; label++) scores[offset + label]! += weights[row + label]!
    }
  }

  /** The same for three classes, as two of the models have: their sums need not be put down before the end. */
  #scoreThree(weights: ArrayLike<number>, scores: Float64Array, offset: number): void {
    const ids = this.#ids
    const size = this.#size
    let first = scores[offset]!
    let second = scores[offset + 1]!
    let third = scores[offset + 2]!
    for (let at = 0; at < size; at++) {
      const row = ids[at]! * 3
      first += weights[row]!
      second += weights[row + 1]!
      third += weights[row + 2]!
    }
    scores[offset] = first
    scores[offset + 1] = second
    scores[offset + 2] = third
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
