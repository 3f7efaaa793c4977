import { unitAt } from './chars.ts'

/** How many buckets there are for every word: most places of a text then meet an empty one. */
const roomEach = 8

/** Marks the length of a word that is the last of its bucket. */
const last = 0x80

/** The words of several lists, numbered from 1 and packed side by side: what is looked at for every place of a text must lie close together. */
export class Packed {
  /** A bit for each list that holds the word or one that it begins with. */
  readonly bits: Int32Array
  /** For each list the longest of its words that a word begins with, by its place there. */
  readonly places: readonly Uint16Array[]
  /** Buckets for the first two units of words, and for the only one of those that have no second. */
  readonly #mask: number
  /** Whether there are words of one unit. */
  readonly #single: boolean
  /** A bit for every bucket that holds a word. */
  readonly #filled: Uint32Array
  /** The first word of every bucket; those of a bucket follow one another, the longest first. */
  readonly #heads: Uint16Array
  readonly #lengths: Uint8Array
  readonly #begins: Int32Array
  readonly #units: Uint16Array

  constructor(lists: readonly (readonly string[])[]) {
    const known = [...new Set(lists.flat())]
    this.#mask = 2 ** Math.ceil(Math.log2(Math.max(4, known.length) * roomEach)) - 1
    this.#single = known.some((word) => word.length === 1)
    this.#filled = new Uint32Array(Math.ceil((this.#mask + 1) / 32))
    this.#heads = new Uint16Array(this.#mask + 1)
    const words = ['', ...known.sort((a, b) => this.#bucketOfWord(a) - this.#bucketOfWord(b) || b.length - a.length)]
    this.bits = new Int32Array(words.length)
    this.places = lists.map(() => new Uint16Array(words.length))
    this.#lengths = Uint8Array.from(words, (word) => word.length)
    this.#begins = new Int32Array(words.length)
    this.#units = new Uint16Array(words.reduce((sum, word) => sum + word.length, 0))
    let begin = 0
    for (const [number, word] of words.entries()) {
      this.#begins[number] = begin
      for (let at = 0; at < word.length; at++) this.#units[begin++] = word.charCodeAt(at)
      if (number > 0) this.#file(number, this.#bucketOfWord(word), this.#bucketOfWord(words[number + 1] ?? ''))
    }
    for (const [list, mine] of lists.entries()) this.#place(list, mine, words)
  }

  #bucketOf(first: number, second: number): number {
    return (Math.imul(first, 0x9e35) ^ second) & this.#mask
  }

  #bucketOfWord(word: string): number {
    return word === '' ? -1 : this.#bucketOf(unitAt(word, 0), unitAt(word, 1))
  }

  /** Files a word in its bucket; the next word tells whether it is the last there. */
  #file(number: number, bucket: number, next: number): void {
    if (!this.#isFilled(bucket)) this.#heads[bucket] = number
    this.#filled[bucket >>> 5]! |= 1 << (bucket & 31)
    if (next !== bucket) this.#lengths[number]! |= last
  }

  #isFilled(bucket: number): boolean {
    return ((this.#filled[bucket >>> 5]! >>> (bucket & 31)) & 1) === 1
  }

  /** Finds for every word the longest one of a list that it begins with; of words that stand twice in a list the first counts. */
  #place(list: number, mine: readonly string[], words: readonly string[]): void {
    const placeOf = new Map(mine.map((word, place) => [word, place] as const).reverse())
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
    return this.longestOf(text, index, unitAt(text, index), unitAt(text, index + 1))
  }

  /** The same, where the two units that stand at `index` are known. */
  longestOf(text: string, index: number, first: number, second: number): number {
    const word = this.#inBucket(text, index, this.#bucketOf(first, second))
    return word === 0 && this.#single ? this.#inBucket(text, index, this.#bucketOf(first, 0)) : word
  }

  /** The longest word of a bucket that stands at `index`. */
  #inBucket(text: string, index: number, bucket: number): number {
    if (!this.#isFilled(bucket)) return 0
    for (let word = this.#heads[bucket]!; ; word++) {
      if (this.#standsAt(text, index, word)) return word
      if (this.#lengths[word]! >= last) return 0
    }
  }

  #standsAt(text: string, index: number, word: number): boolean {
    const length = this.#lengths[word]! & (last - 1)
    const begin = this.#begins[word]!
    if (index + length > text.length) return false
    for (let at = 0; at < length; at++) if (text.charCodeAt(index + at) !== this.#units[begin + at]) return false
    return true
  }
}
