import { Chars } from './chars.ts'

/** One word found in a text, with the value that its row carries; offsets are UTF-16 units, end exclusive. */
export type Hit<T> = { readonly start: number; readonly end: number; readonly word: string; readonly value: T }

type Entry<T> = { readonly word: string; readonly value: T }

/** Buckets for the first two units of words. */
const buckets = 0x8000

const bucketOf = (first: number, second: number) => (Math.imul(first, 0x9e35) ^ second) & (buckets - 1)

/** A key for two units; past the end of a text stands 0, which is in no word. */
const keyOf = (first: number, second: number) => (first << 16) | second

/**
 * Finders that are asked about the same text: one look at it says for all of them where their words may begin. So nearly all places are
 * passed by with a look at one number, whatever the number of finders.
 */
export class Finders {
  /** A bit for each finder with a word that begins with two units of a bucket, or that is this unit alone. */
  readonly #pairs = new Int32Array(buckets)
  readonly #units = new Int32Array(0x10000)
  #size = 0
  #text = ''
  #marks = new Int32Array(0)

  /** Gives the words of a finder its bit; 0 where all bits are taken: that finder looks at texts by itself. */
  join(words: Iterable<string>): number {
    if (this.#size === 32) return 0
    const bit = 1 << this.#size++
    for (const word of words) {
      if (word.length === 1) this.#units[word.charCodeAt(0)]! |= bit
      else this.#pairs[bucketOf(word.charCodeAt(0), word.charCodeAt(1))]! |= bit
    }
    return bit
  }

  /** Looks at the text that the finders will be asked about, until it is told of another. */
  see(text: string): void {
    const [pairs, units, last] = [this.#pairs, this.#units, text.length - 1]
    const marks = new Int32Array(text.length)
    let first = text.charCodeAt(0)
    for (let index = 0; index < last; index++) {
      const second = text.charCodeAt(index + 1)
      marks[index] = pairs[bucketOf(first, second)]! | units[first]!
      first = second
    }
    if (last >= 0) marks[last] = units[first]!
    this.#text = text
    this.#marks = marks
  }

  /** For every place of a text the bits of the finders with a word that may begin there; null for another text than was seen. */
  marksOf(text: string): Int32Array | null {
    return text === this.#text ? this.#marks : null
  }
}

/** Finds the words of a list in a text, longest first at each place, without overlap. */
export class WordFinder<T> {
  /** A bit for every bucket in which a word begins, and the units that are a word alone. */
  readonly #begins = new Uint32Array(buckets / 32)
  readonly #alone: Chars | null
  /** The words by their first two units, those of one unit by that. */
  readonly #entries = new Map<number, Entry<T>[]>()
  readonly #finders: Finders | null
  readonly #bit: number

  constructor(entries: Iterable<readonly [word: string, value: T]>, finders: Finders | null = null) {
    const words: string[] = []
    for (const [word, value] of entries) {
      words.push(word)
      const key = keyOf(word.charCodeAt(0), word.charCodeAt(1))
      const list = this.#entries.get(key)
      if (list) list.push({ word, value })
      else this.#entries.set(key, [{ word, value }])
      const bucket = bucketOf(word.charCodeAt(0), word.charCodeAt(1))
      if (word.length > 1) this.#begins[bucket >>> 5]! |= 1 << (bucket & 31)
    }
    const alone = words.filter((word) => word.length === 1).join('')
    this.#alone = alone === '' ? null : new Chars(alone)
    for (const list of this.#entries.values()) if (list.length > 1) list.sort((a, b) => b.word.length - a.word.length)
    this.#bit = finders?.join(words) ?? 0
    this.#finders = this.#bit === 0 ? null : finders
  }

  /** The longest word that stands exactly at `index`, where one may begin. */
  #entryAt(text: string, index: number): Entry<T> | null {
    const first = text.charCodeAt(index)
    const list = this.#entries.get(keyOf(first, text.charCodeAt(index + 1)))
    if (list !== undefined)
      for (let at = 0; at < list.length; at++) {
        const entry = list[at]!
        if (entry.word.length === 2 || text.startsWith(entry.word, index)) return entry
      }
    return this.#alone?.has(first) ? this.#entries.get(keyOf(first, 0))![0]! : null
  }

  /** The longest word that stands exactly at `index`, or null; past the end of a text there is none. */
  at(text: string, index: number): Hit<T> | null {
    const marks = this.#finders?.marksOf(text) ?? null
    if (marks === null ? !this.#mayBegin(text, index) : (marks[index]! & this.#bit) === 0) return null
    const entry = this.#entryAt(text, index)
    return entry === null ? null : hitOf(entry, index)
  }

  #mayBegin(text: string, index: number): boolean {
    const first = text.charCodeAt(index)
    const bucket = bucketOf(first, text.charCodeAt(index + 1))
    return ((this.#begins[bucket >>> 5]! >>> (bucket & 31)) & 1) === 1 || this.#alone?.has(first) === true
  }

  /** The first place in `[start, end)` where a word may begin, or `end`. */
  #next(text: string, marks: Int32Array | null, start: number, end: number): number {
    if (marks !== null) {
      const bit = this.#bit
      for (let index = start; index < end; index++) if ((marks[index]! & bit) !== 0) return index
      return end
    }
    for (let index = start; index < end; index++) if (this.#mayBegin(text, index)) return index
    return end
  }

  /** Every word in `[start, end)` from left to right. */
  all(text: string, start = 0, end = text.length): Hit<T>[] {
    const hits: Hit<T>[] = []
    const marks = this.#finders?.marksOf(text) ?? null
    for (
      let index = this.#next(text, marks, start, end);
      index < end;
      index = this.#next(text, marks, index + 1, end)
    ) {
      const entry = this.#entryAt(text, index)
      if (entry === null || index + entry.word.length > end) continue
      hits.push(hitOf(entry, index))
      index += entry.word.length - 1
    }
    return hits
  }

  /** The first word in `[start, end)`, or null. */
  first(text: string, start = 0, end = text.length): Hit<T> | null {
    const marks = this.#finders?.marksOf(text) ?? null
    for (
      let index = this.#next(text, marks, start, end);
      index < end;
      index = this.#next(text, marks, index + 1, end)
    ) {
      const entry = this.#entryAt(text, index)
      if (entry !== null && index + entry.word.length <= end) return hitOf(entry, index)
    }
    return null
  }

  /** Whether any word stands in `[start, end)`. */
  in(text: string, start = 0, end = text.length): boolean {
    const marks = this.#finders?.marksOf(text) ?? null
    for (
      let index = this.#next(text, marks, start, end);
      index < end;
      index = this.#next(text, marks, index + 1, end)
    ) {
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
export function finderOf(words: Iterable<string>, finders: Finders | null = null): WordFinder<string> {
  return new WordFinder(
    Array.from(words, (word) => [word, word] as const),
    finders,
  )
}
