/** How many patterns of a set have hints; those behind are always tried. */
const hinted = 31

/**
 * Which of some patterns a passage may hold, by characters of which it must have one: one look at every character spares patterns
 * that are costly to try. A pattern without characters may stand anywhere.
 */
export class Hints {
  readonly #bits = new Map<number, number>()
  readonly #always: number

  constructor(hints: readonly (string | undefined)[]) {
    let always = 0
    for (const [index, chars] of hints.slice(0, hinted).entries()) {
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

/** Whether the pattern of an index may stand where `Hints.in` gave these bits. */
export function mayStand(bits: number, index: number): boolean {
  return index >= hinted || ((bits >>> index) & 1) === 1
}
