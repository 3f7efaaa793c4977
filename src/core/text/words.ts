import { unitAt } from './chars.ts'
import { Packed } from './packed.ts'

/** One word found in a text, with the value that its row carries; offsets are UTF-16 units, end exclusive. */
export type Hit<T> = { readonly start: number; readonly end: number; readonly word: string; readonly value: T }

type Entry<T> = { readonly word: string; readonly value: T }

/** A text is also looked at in blocks of 16 units: most finders have no word in most of them. */
const blockBits = 4
const blockLast = (1 << blockBits) - 1

/**
 * Finders that are asked about the same text: one look at it finds for all of them which words begin where. So nearly all places are
 * passed by with a look at one number, whatever the number of finders.
 */
export class Finders {
  /** The words of each finder, by its number. */
  readonly #lists: (readonly string[])[] = []
  #packed: Packed | null = null
  #text = ''
  /** For every place the longest word that begins there, and a bit for each finder with a word there. */
  #found = new Uint16Array(0)
  #marks = new Int32Array(0)
  /** The bits of all places of a block. */
  #blocks = new Int32Array(0)

  /** Takes the words of a finder and gives it a number; -1 where all are taken: that finder looks at texts by itself. */
  join(words: readonly string[]): number {
    if (this.#lists.length === 32) return -1
    this.#packed = null
    return this.#lists.push(words) - 1
  }

  /** Looks at the text that the finders will be asked about, until it is told of another. */
  see(text: string): void {
    this.#packed ??= new Packed(this.#lists)
    const packed = this.#packed
    const found = new Uint16Array(text.length)
    const marks = new Int32Array(text.length)
    const blocks = new Int32Array((text.length >> blockBits) + 1)
    let second = unitAt(text, 0)
    for (let index = 0; index < text.length; index++) {
      const first = second
      second = unitAt(text, index + 1)
      const word = packed.longestOf(text, index, first, second)
      if (word === 0) continue
      const bits = packed.bits[word]!
      found[index] = word
      marks[index] = bits
      blocks[index >> blockBits]! |= bits
    }
    this.#text = text
    this.#found = found
    this.#marks = marks
    this.#blocks = blocks
  }

  /** Whether a text is the one that was seen. */
  saw(text: string): boolean {
    return text === this.#text
  }

  /** The longest word of a finder that begins at a place of the text that was seen, by its place in the finder's list; -1 for none. */
  at(finder: number, index: number): number {
    if (((this.#marks[index]! >>> finder) & 1) === 0) return -1
    return this.#packed!.places[finder]![this.#found[index]!]!
  }

  /** The first place in `[start, end)` of the text that was seen where a word of a finder begins, or `end`. */
  next(finder: number, start: number, end: number): number {
    const marks = this.#marks
    const blocks = this.#blocks
    const bit = 1 << finder
    let index = start
    while (index < end) {
      const stop = Math.min(end, (index | blockLast) + 1)
      if ((blocks[index >> blockBits]! & bit) !== 0)
        for (; index < stop; index++) if ((marks[index]! & bit) !== 0) return index
      index = stop
    }
    return end
  }
}

/** Finds the words of a list in a text, longest first at each place, without overlap. */
export class WordFinder<T> {
  readonly #list: readonly Entry<T>[]
  readonly #own: Packed
  readonly #finders: Finders | null
  readonly #number: number

  constructor(entries: Iterable<readonly [word: string, value: T]>, finders: Finders | null = null) {
    this.#list = Array.from(entries, ([word, value]) => ({ word, value }))
    const words = this.#list.map(({ word }) => word)
    this.#own = new Packed([words])
    this.#number = finders?.join(words) ?? -1
    this.#finders = this.#number < 0 ? null : finders
  }

  /** Those who have seen a text for this finder, or null where it must look by itself. */
  #seenBy(text: string): Finders | null {
    return this.#finders?.saw(text) ? this.#finders : null
  }

  /** The longest word that stands exactly at `index`. */
  #entryAt(text: string, seen: Finders | null, index: number): Entry<T> | null {
    if (seen !== null) {
      const place = seen.at(this.#number, index)
      return place < 0 ? null : this.#list[place]!
    }
    const word = this.#own.longestAt(text, index)
    return word === 0 ? null : this.#list[this.#own.places[0]![word]!]!
  }

  /** The first place in `[start, end)` where a word begins, or `end`. */
  #next(text: string, seen: Finders | null, start: number, end: number): number {
    if (seen !== null) return seen.next(this.#number, start, end)
    let second = unitAt(text, start)
    for (let index = start; index < end; index++) {
      const first = second
      second = unitAt(text, index + 1)
      if (this.#own.longestOf(text, index, first, second) !== 0) return index
    }
    return end
  }

  /** The longest word that stands exactly at `index`, or null; past the end of a text there is none. */
  at(text: string, index: number): Hit<T> | null {
    const entry = this.#entryAt(text, this.#seenBy(text), index)
    return entry === null ? null : hitOf(entry, index)
  }

  /** Whether a word stands exactly at `index`. */
  stands(text: string, index: number): boolean {
    return this.#entryAt(text, this.#seenBy(text), index) !== null
  }

  /** The first word that begins in `[start, end)`, wherever it ends, or null. */
  beginning(text: string, start: number, end: number): Hit<T> | null {
    const seen = this.#seenBy(text)
    for (let index = this.#next(text, seen, start, end); index < end; index = this.#next(text, seen, index + 1, end)) {
      const entry = this.#entryAt(text, seen, index)
      if (entry !== null) return hitOf(entry, index)
    }
    return null
  }

  /** Every word in `[start, end)` from left to right. */
  all(text: string, start = 0, end = text.length): Hit<T>[] {
    let hits: Hit<T>[] | null = null
    const seen = this.#seenBy(text)
    for (let index = this.#next(text, seen, start, end); index < end; index = this.#next(text, seen, index + 1, end)) {
      const entry = this.#entryAt(text, seen, index)
      if (entry === null || index + entry.word.length > end) continue
      // A list that begins with its first word has no room to spare: most have one.
      if (hits === null) hits = [hitOf(entry, index)]
      else hits.push(hitOf(entry, index))
      index += entry.word.length - 1
    }
    return hits ?? []
  }

  /** How many words stand in `[start, end)`. */
  count(text: string, start = 0, end = text.length): number {
    let count = 0
    const seen = this.#seenBy(text)
    for (let index = this.#next(text, seen, start, end); index < end; index = this.#next(text, seen, index + 1, end)) {
      const entry = this.#entryAt(text, seen, index)
      if (entry === null || index + entry.word.length > end) continue
      count++
      index += entry.word.length - 1
    }
    return count
  }

  /** The first word in `[start, end)`, or null. */
  first(text: string, start = 0, end = text.length): Hit<T> | null {
    const seen = this.#seenBy(text)
    for (let index = this.#next(text, seen, start, end); index < end; index = this.#next(text, seen, index + 1, end)) {
      const entry = this.#entryAt(text, seen, index)
      if (entry !== null && index + entry.word.length <= end) return hitOf(entry, index)
    }
    return null
  }

  /** Whether any word stands in `[start, end)`. */
  in(text: string, start = 0, end = text.length): boolean {
    const seen = this.#seenBy(text)
    for (let index = this.#next(text, seen, start, end); index < end; index = this.#next(text, seen, index + 1, end)) {
      const entry = this.#entryAt(text, seen, index)
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
