import { unitAt } from './chars.ts'

/** Buckets for the first two units of words. */
export const buckets = 0x8000

/** The bucket of words that begin with two units. */
export const bucketOf = (first: number, second: number) => (Math.imul(first, 0x9e35) ^ second) & (buckets - 1)

/** Marks the length of a word that is the last of its bucket. */
const last = 0x80

/** The words of several lists, numbered from 1 and packed side by side: what is looked at for every place of a text must lie close together. */
export class Packed {
  /** A bit for each list that holds the word or one that it begins with. */
  readonly bits: Int32Array
  /** For each list the longest of its words that a word begins with, by its place there. */
  readonly places: readonly Uint16Array[]
  /** A bit for every bucket that holds a word, and for every unit that is one: most places need no look at more. */
  readonly #filled = new Uint32Array(buckets / 32)
  readonly #single = new Uint32Array(0x10000 / 32)
  /** The first word of every bucket; those of a bucket follow one another, the longest first. */
  readonly #heads = new Uint16Array(buckets)
  /** The words of one unit, by that. */
  readonly #alone = new Uint16Array(0x10000)
  readonly #lengths: Uint8Array
  readonly #begins: Int32Array
  readonly #units: Uint16Array

  constructor(lists: readonly (readonly string[])[]) {
    const words = byBucket(lists.flat())
    this.bits = new Int32Array(words.length)
    this.places = lists.map(() => new Uint16Array(words.length))
    this.#lengths = Uint8Array.from(words, (word) => word.length)
    this.#begins = new Int32Array(words.length)
    this.#units = Uint16Array.from(words.join(''), (unit) => unit.charCodeAt(0))
    let begin = 0
    for (const [number, word] of words.entries()) {
      this.#begins[number] = begin
      begin += word.length
      const bucket = bucketOf(unitAt(word, 0), unitAt(word, 1))
      if (word.length === 1) {
        this.#alone[unitAt(word, 0)] = number
        this.#single[unitAt(word, 0) >>> 5]! |= 1 << (unitAt(word, 0) & 31)
      } else if (word !== '' && this.#heads[bucket] === 0) {
        this.#heads[bucket] = number
        this.#filled[bucket >>> 5]! |= 1 << (bucket & 31)
      }
      const next = words[number + 1] ?? ''
      if (bucket !== bucketOf(unitAt(next, 0), unitAt(next, 1))) this.#lengths[number]! |= last
    }
    for (const [list, known] of lists.entries()) this.#place(list, known, words)
  }

  /** Finds for every word the longest one of a list that it begins with; of words that stand twice in a list the first counts. */
  #place(list: number, known: readonly string[], words: readonly string[]): void {
    const placeOf = new Map(known.map((word, place) => [word, place] as const).reverse())
    for (const [number, word] of words.entries())
      for (let length = 1; length <= word.length; length++) {
        const place = placeOf.get(word.slice(0, length))
        if (place === undefined) continue
        this.bits[number]! |= 1 << list
        this.places[list]![number] = place
      }
  }

  /** The longest word that stands exactly at `index`, by its number; 0 for none. */
  longestAt(text: string, index: number): number {
    const first = text.charCodeAt(index)
    const bucket = bucketOf(first, unitAt(text, index + 1))
    if (((this.#filled[bucket >>> 5]! >>> (bucket & 31)) & 1) === 1) {
      let word = this.#heads[bucket]!
      while (word !== 0) {
        if (this.#standsAt(text, index, word)) return word
        word = this.#lengths[word]! >= last ? 0 : word + 1
      }
    }
    return ((this.#single[first >>> 5]! >>> (first & 31)) & 1) === 1 ? this.#alone[first]! : 0
  }

  #standsAt(text: string, index: number, word: number): boolean {
    const length = this.#lengths[word]! & (last - 1)
    const begin = this.#begins[word]!
    if (index + length > text.length) return false
    for (let at = 0; at < length; at++) if (text.charCodeAt(index + at) !== this.#units[begin + at]) return false
    return true
  }
}

/** Each of some words once behind an empty one: those of one unit first, then bucket by bucket, the longest first. */
function byBucket(words: readonly string[]): string[] {
  const found = new Map<number, string[]>([[-1, ['']]])
  for (const word of new Set(words)) {
    const bucket = word.length === 1 ? -1 : bucketOf(unitAt(word, 0), unitAt(word, 1))
    const list = found.get(bucket)
    if (list) list.push(word)
    else found.set(bucket, [word])
  }
  return [...found.entries()].flatMap(([bucket, list]) =>
    bucket < 0 ? list : list.sort((a, b) => b.length - a.length),
  )
}
