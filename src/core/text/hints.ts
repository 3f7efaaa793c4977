import { beginnings } from './beginnings.ts'
import { alphabet, alphabetSize, numberOf } from './chars.ts'

/** How many patterns of a set have hints; those behind are always tried. */
const hinted = 31

/**
 * Which of some patterns a passage may hold, by characters of which it must have one, and one with which a match begins: one look at every
 * character spares patterns that are costly to try. A pattern without characters may stand anywhere.
 */
export class Hints {
  /** The bits of every unit by its number: of the patterns that need one of some units, and of those that begin with one of some. */
  readonly #bits = new Int32Array(alphabetSize)
  readonly #begins = new Int32Array(alphabetSize)
  readonly #always: number
  readonly #alwaysBegin: number

  constructor(hints: readonly (string | undefined)[], patterns: readonly (string | undefined)[] = []) {
    // Those behind have no bits: the sign bit says that there are some.
    const behind = hints.length > hinted ? 1 << hinted : 0
    const known = hints.slice(0, hinted)
    this.#always = behind | mark(this.#bits, known)
    const first = known.map((_, index) => (patterns[index] === undefined ? null : beginnings(patterns[index])))
    this.#alwaysBegin = behind | mark(this.#begins, first)
  }

  /** A bit for every pattern that may stand in `text[start, end)`; 0 where none may. */
  in(text: string, start = 0, end = text.length): number {
    let found = this.#always
    let begun = this.#alwaysBegin
    const bits = this.#bits
    const begins = this.#begins
    for (let at = start; at < end; at++) {
      const unit = alphabet[text.charCodeAt(at)]!
      found |= bits[unit]!
      begun |= begins[unit]!
    }
    return found & begun
  }
}

/** Marks the units of every pattern; gives the bits of those that have none. */
function mark(bits: Int32Array, units: readonly (string | null | undefined)[]): number {
  let without = 0
  for (const [index, chars] of units.entries()) {
    if (chars === undefined || chars === null) without |= 1 << index
    else for (let at = 0; at < chars.length; at++) bits[numberOf(chars.charCodeAt(at))]! |= 1 << index
  }
  return without
}

/** Whether the pattern of an index may stand where `Hints.in` gave these bits. */
export function mayStand(bits: number, index: number): boolean {
  return index >= hinted || ((bits >>> index) & 1) === 1
}
