/**
 * Which of up to 31 patterns a passage may hold, by characters of which it must have one: one look at every character spares
 * patterns that are costly to try. A pattern without characters may stand anywhere.
 */
export class Hints {
  readonly #bits = new Map<number, number>()
  readonly #always: number

  constructor(hints: readonly (string | undefined)[]) {
    if (hints.length > 31) throw new RangeError('a set of hints has 31 patterns at most')
    let always = 0
    for (const [index, chars] of hints.entries()) {
      if (chars === undefined) always |= 1 << index
      for (const char of chars ?? '') {
        const code = char.charCodeAt(0)
        this.#bits.set(code, (this.#bits.get(code) ?? 0) | (1 << index))
      }
    }
    this.#always = always
  }

  /** A bit for every pattern that may stand in `text[start, end)`. */
  in(text: string, start = 0, end = text.length): number {
    let found = this.#always
    for (let at = start; at < end; at++) found |= this.#bits.get(text.charCodeAt(at)) ?? 0
    return found
  }
}
