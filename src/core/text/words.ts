/** One word found in a text, with the value that its row carries; offsets are UTF-16 units, end exclusive. */
export type Hit<T> = { readonly start: number; readonly end: number; readonly word: string; readonly value: T }

/** Finds the words of a list in a text, longest first at each place, without overlap. */
export class WordFinder<T> {
  /** A bit for every UTF-16 unit that begins a word: most places of a text are passed by with one look, and the bits of all
   *  finders of a lexicon stay in the processor's cache. */
  readonly #begins = new Uint32Array(0x10000 / 32)
  readonly #byFirst = new Map<number, { word: string; value: T }[]>()

  constructor(entries: Iterable<readonly [word: string, value: T]>) {
    for (const [word, value] of entries) {
      const first = word.charCodeAt(0)
      const list = this.#byFirst.get(first) ?? []
      list.push({ word, value })
      this.#byFirst.set(first, list)
      this.#begins[first >>> 5]! |= 1 << (first & 31)
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.word.length - a.word.length)
  }

  /** NaN, past the end of a text, is looked up as 0, which begins no word. */
  #mayBegin(unit: number): boolean {
    return ((this.#begins[unit >>> 5]! >>> (unit & 31)) & 1) === 1
  }

  /** The longest word that stands exactly at `index`, or null. */
  at(text: string, index: number): Hit<T> | null {
    const first = text.charCodeAt(index)
    if (!this.#mayBegin(first)) return null
    const second = text.charCodeAt(index + 1)
    for (const { word, value } of this.#byFirst.get(first) ?? []) {
      if (word.length > 1 && word.charCodeAt(1) !== second) continue
      if (text.startsWith(word, index)) return { start: index, end: index + word.length, word, value }
    }
    return null
  }

  /** Every word in `[start, end)` from left to right. */
  all(text: string, start = 0, end = text.length): Hit<T>[] {
    const hits: Hit<T>[] = []
    let index = start
    while (index < end) {
      const hit = this.#mayBegin(text.charCodeAt(index)) ? this.at(text, index) : null
      if (hit && hit.end <= end) {
        hits.push(hit)
        index = hit.end
      } else index++
    }
    return hits
  }

  /** The first word in `[start, end)`, or null. */
  first(text: string, start = 0, end = text.length): Hit<T> | null {
    for (let index = start; index < end; index++) {
      if (!this.#mayBegin(text.charCodeAt(index))) continue
      const hit = this.at(text, index)
      if (hit && hit.end <= end) return hit
    }
    return null
  }

  /** Whether any word stands in `[start, end)`. */
  in(text: string, start = 0, end = text.length): boolean {
    return this.first(text, start, end) !== null
  }
}

/** The finder of plain words, whose value is the word itself. */
export function finderOf(words: Iterable<string>): WordFinder<string> {
  return new WordFinder(
    (function* () {
      for (const word of words) yield [word, word] as const
    })(),
  )
}
