/**
 * A set of UTF-16 units, asked for by code. A code is a number: taking a Chinese character out of a text as a string makes a new
 * string each time, which a look at every character cannot afford.
 */
export class Chars {
  readonly #bits = new Uint32Array(0x10000 / 32)

  constructor(chars: string) {
    for (let at = 0; at < chars.length; at++) {
      const unit = chars.charCodeAt(at)
      this.#bits[unit >>> 5]! |= 1 << (unit & 31)
    }
  }

  /** Whether a unit is in the set; NaN, past either end of a text, is looked up as 0, which is in none. */
  has(unit: number): boolean {
    return ((this.#bits[unit >>> 5]! >>> (unit & 31)) & 1) === 1
  }

  /** Whether the unit at an offset of a text is in the set. */
  at(text: string, index: number): boolean {
    return this.has(text.charCodeAt(index))
  }

  /** Where `text[start, end)` ends without the units of the set at its end. */
  trimEnd(text: string, start: number, end: number): number {
    let at = end
    while (at > start && this.has(text.charCodeAt(at - 1))) at--
    return at
  }
}
