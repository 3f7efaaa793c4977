import { Chars } from './chars.ts'

/** One word found in a text, with the value that its row carries; offsets are UTF-16 units, end exclusive. */
export type Hit<T> = { readonly start: number; readonly end: number; readonly word: string; readonly value: T }

type Entry<T> = { readonly word: string; readonly second: number; readonly value: T }

/** What stands for the second unit of a word of one unit. */
const none = -1

/** Buckets for the first two units of words. */
const buckets = 0x8000

const bucketOf = (first: number, second: number) => (Math.imul(first, 0x9e35) ^ second) & (buckets - 1)

/** Finds the words of a list in a text, longest first at each place, without overlap. */
export class WordFinder<T> {
  /** A bit for every bucket in which a word begins, and for every unit that is a word alone: nearly all places of a text where
   *  no word begins are passed by with one look, and the bits of all finders of a lexicon stay in the processor's cache. */
  readonly #begins = new Uint32Array(buckets / 32)
  readonly #alone: Chars | null
  readonly #byFirst = new Map<number, Entry<T>[]>()

  constructor(entries: Iterable<readonly [word: string, value: T]>) {
    let alone = ''
    for (const [word, value] of entries) {
      const first = word.charCodeAt(0)
      const entry = { word, second: word.length > 1 ? word.charCodeAt(1) : none, value }
      const list = this.#byFirst.get(first)
      if (list) list.push(entry)
      else this.#byFirst.set(first, [entry])
      const bucket = bucketOf(first, entry.second)
      if (entry.second === none) alone += word
      else this.#begins[bucket >>> 5]! |= 1 << (bucket & 31)
    }
    this.#alone = alone === '' ? null : new Chars(alone)
    for (const list of this.#byFirst.values()) if (list.length > 1) list.sort((a, b) => b.word.length - a.word.length)
  }

  /** The longest word that stands exactly at `index`; past the end of a text there is none. */
  #entryAt(text: string, index: number): Entry<T> | null {
    const first = text.charCodeAt(index)
    const second = text.charCodeAt(index + 1)
    const bucket = bucketOf(first, second)
    if (
      ((this.#begins[bucket >>> 5]! >>> (bucket & 31)) & 1) === 0 &&
      (this.#alone === null || !this.#alone.has(first))
    )
      return null
    const list = this.#byFirst.get(first)
    if (list === undefined) return null
    for (let at = 0; at < list.length; at++) {
      const entry = list[at]!
      if (entry.second !== second) {
        if (entry.second === none) return entry
      } else if (entry.word.length === 2 || text.startsWith(entry.word, index)) return entry
    }
    return null
  }

  /** The longest word that stands exactly at `index`, or null. */
  at(text: string, index: number): Hit<T> | null {
    const entry = this.#entryAt(text, index)
    return entry === null ? null : hitOf(entry, index)
  }

  /** The first place in `[start, end)` where a word may begin, or `end`. */
  #next(text: string, start: number, end: number): number {
    const begins = this.#begins
    const alone = this.#alone
    let first = text.charCodeAt(start)
    for (let index = start; index < end; index++) {
      const second = text.charCodeAt(index + 1)
      const bucket = bucketOf(first, second)
      if (((begins[bucket >>> 5]! >>> (bucket & 31)) & 1) === 1 || alone?.has(first)) return index
      first = second
    }
    return end
  }

  /** Every word in `[start, end)` from left to right. */
  all(text: string, start = 0, end = text.length): Hit<T>[] {
    const hits: Hit<T>[] = []
    for (let index = this.#next(text, start, end); index < end; index = this.#next(text, index + 1, end)) {
      const entry = this.#entryAt(text, index)
      if (entry === null || index + entry.word.length > end) continue
      hits.push(hitOf(entry, index))
      index += entry.word.length - 1
    }
    return hits
  }

  /** The first word in `[start, end)`, or null. */
  first(text: string, start = 0, end = text.length): Hit<T> | null {
    for (let index = this.#next(text, start, end); index < end; index = this.#next(text, index + 1, end)) {
      const entry = this.#entryAt(text, index)
      if (entry !== null && index + entry.word.length <= end) return hitOf(entry, index)
    }
    return null
  }

  /** Whether any word stands in `[start, end)`. */
  in(text: string, start = 0, end = text.length): boolean {
    for (let index = this.#next(text, start, end); index < end; index = this.#next(text, index + 1, end)) {
      const entry = this.#entryAt(text, index)
      if (entry !== null && index + entry.word.length <= end) return true
    }
    return false
  }
}

function hitOf<T>({ word, value }: Entry<T>, start: number): Hit<T> {
  return { start, end: start + word.length, word, value }
}

/** The finder of plain words, whose value is the word itself. */
export function finderOf(words: Iterable<string>): WordFinder<string> {
  return new WordFinder(Array.from(words, (word) => [word, word] as const))
}
