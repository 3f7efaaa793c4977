import { alphabet, alphabetSize, numberOf } from './chars.ts'

/** How many patterns of a set have hints; those behind are always tried. */
const hinted = 31

/**
 * Which of some patterns a passage may hold, by characters of which it must have one: one look at every character spares patterns
 * that are costly to try. A pattern without characters may stand anywhere.
 */
export class Hints {
  /** The bits of every unit by its number. */
  readonly #bits = new Int32Array(alphabetSize)
  readonly #always: number

  constructor(hints: readonly (string | undefined)[]) {
    // Those behind have no bits: the sign bit says that there are some.
    let always = hints.length > hinted ? 1 << hinted : 0
    for (const [index, chars] of hints.slice(0, hinted).entries()) {
      if (chars === undefined) always |= 1 << index
      for (const char of chars ?? '') this.#bits[numberOf(char.charCodeAt(0))]! |= 1 << index
    }
    this.#always = always
  }

  /** A bit for every pattern that may stand in `text[start, end)`; 0 where none may. */
  in(text: string, start = 0, end = text.length): number {
    let found = this.#always
    const bits = this.#bits
    for (let at = start; at < end; at++) found |= bits[alphabet[text.charCodeAt(at)]!]!
    return found
  }
}

/** Whether the pattern of an index may stand where `Hints.in` gave these bits. */
export function mayStand(bits: number, index: number): boolean {
  return index >= hinted || ((bits >>> index) & 1) === 1
}
