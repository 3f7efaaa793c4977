import { beginnings } from './beginnings.ts'
import { Chars } from './chars.ts'

/** Several patterns that are looked for together: most places hold none, which their first units or one pattern of them all tell. */
export class Patterns<T extends { readonly pattern: string }> {
  readonly #anywhere: RegExp
  readonly #here: RegExp
  readonly #each: readonly { row: T; pattern: RegExp; first: Chars | null }[]
  /** The units that matches begin with; null where they may begin with any. */
  readonly #first: Chars | null

  constructor(rows: readonly T[]) {
    const any = rows.map((row) => `(?:${row.pattern})`).join('|')
    this.#anywhere = new RegExp(any, 'gu')
    this.#here = new RegExp(any, 'uy')
    this.#each = rows.map((row) => ({ row, pattern: new RegExp(row.pattern, 'uy'), first: firstOf(row.pattern) }))
    this.#first = firstOf(any)
  }

  /** What begins at an offset: a match for each row that has one there. */
  at(text: string, index: number): { row: T; match: RegExpExecArray }[] {
    const found: { row: T; match: RegExpExecArray }[] = []
    if (this.#first?.at(text, index) === false) return found
    this.#here.lastIndex = index
    if (!this.#here.test(text)) return found
    for (const { row, pattern, first } of this.#each) {
      if (first?.at(text, index) === false) continue
      pattern.lastIndex = index
      const match = pattern.exec(text)
      if (match) found.push({ row, match })
    }
    return found
  }

  /** The first place from an offset on where a match begins, or -1. */
  #next(text: string, from: number): number {
    if (this.#first === null) {
      this.#anywhere.lastIndex = from
      return this.#anywhere.exec(text)?.index ?? -1
    }
    const { length } = text
    for (let at = this.#first.next(text, from, length); at < length; at = this.#first.next(text, at + 1, length)) {
      this.#here.lastIndex = at
      if (this.#here.test(text)) return at
    }
    return -1
  }

  /** The matches of every row in a text, those of one row without overlap, by their beginnings. */
  all(text: string): { row: T; start: number; end: number }[] {
    const found: { row: T; start: number; end: number }[] = []
    const behind = this.#each.map(() => 0)
    for (let start = this.#next(text, 0); start >= 0; start = this.#next(text, start + 1)) {
      for (let index = 0; index < this.#each.length; index++) {
        const { row, pattern, first } = this.#each[index]!
        if (start < behind[index]! || first?.at(text, start) === false) continue
        pattern.lastIndex = start
        if (!pattern.test(text)) continue
        const end = pattern.lastIndex
        found.push({ row, start, end })
        behind[index] = end
      }
    }
    return found
  }
}

function firstOf(pattern: string): Chars | null {
  const first = beginnings(pattern)
  return first === null ? null : new Chars(first)
}
