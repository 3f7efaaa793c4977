/**
 * The UTF-16 units that any set of a process asks about, counted from 1; all others are 0. One table for all sets, so that what a set has
 * of its own is small and all of it stays in the processor's cache.
 */
export const alphabet = new Uint16Array(0x10000)
/** How many units the sets of a process may ask about; those shipped ask about some 600. */
export const alphabetSize = 0x2000
let known = 0

/** The number of a unit, given to it when a set first asks about it. */
export function numberOf(unit: number): number {
  if (alphabet[unit] === 0) {
    if (++known === alphabetSize) throw new Error('the sets of characters ask about too many')
    alphabet[unit] = known
  }
  return alphabet[unit]!
}

/** The unit at an offset of a text; 0, which is in no set, past either end: code that asks a string there for one stays slow ever after. */
export function unitAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? text.charCodeAt(index) : 0
}

/**
 * A set of UTF-16 units, asked for by code. A code is a number: taking a Chinese character out of a text as a string makes a new
 * string each time, which a look at every character cannot afford.
 */
export class Chars {
  readonly #bits = new Uint32Array(alphabetSize / 32)

  constructor(chars: string) {
    for (let at = 0; at < chars.length; at++) {
      const number = numberOf(chars.charCodeAt(at))
      this.#bits[number >>> 5]! |= 1 << (number & 31)
    }
  }

  /** Whether a unit is in the set. */
  has(unit: number): boolean {
    const number = alphabet[unit & 0xffff]!
    return ((this.#bits[number >>> 5]! >>> (number & 31)) & 1) === 1
  }

  /** Whether the unit at an offset of a text is in the set. */
  at(text: string, index: number): boolean {
    return this.has(unitAt(text, index))
  }

  /** Whether any unit of `text[start, end)` is in the set. */
  in(text: string, start: number, end: number): boolean {
    const stop = Math.min(end, text.length)
    for (let at = start; at < stop; at++) if (this.has(text.charCodeAt(at))) return true
    return false
  }

  /** Where the first unit of the set stands in `text[start, end)`, or `end`. */
  next(text: string, start: number, end: number): number {
    let at = start
    while (at < end && !this.has(text.charCodeAt(at))) at++
    return at
  }

  /** The passages between units of the set, without the blanks around them; those that are empty too. */
  split(text: string): string[] {
    const parts: string[] = []
    for (let start = 0; start <= text.length; ) {
      const stop = this.next(text, start, text.length)
      parts.push(text.slice(start, stop).trim())
      start = stop + 1
    }
    return parts
  }

  /** Where `text[start, end)` ends without the units of the set at its end. */
  trimEnd(text: string, start: number, end: number): number {
    let at = end
    while (at > start && this.has(text.charCodeAt(at - 1))) at--
    return at
  }
}

/** A pattern for what a passage begins with, and the characters of which one must come first: most passages need no second look. */
export class Opening {
  readonly #pattern: RegExp
  readonly #chars: Chars

  /** The pattern is anchored at the beginning and matches no empty passage. */
  constructor(pattern: RegExp, chars: string) {
    this.#pattern = pattern
    this.#chars = new Chars(chars)
  }

  /** Whether `text[start, end)` begins so. */
  at(text: string, start: number, end: number): boolean {
    return start < end && this.#chars.has(unitAt(text, start)) && this.#pattern.test(text.slice(start, end))
  }

  /** How many units of `text[start, end)` are what it begins with; 0 where it begins otherwise. */
  length(text: string, start: number, end: number): number {
    if (start >= end || !this.#chars.has(unitAt(text, start))) return 0
    return this.#pattern.exec(text.slice(start, end))?.[0].length ?? 0
  }
}
