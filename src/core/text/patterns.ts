/** Several patterns that are looked for together: one pattern of them all is tried first, since most places hold none. */
export class Patterns<T extends { readonly pattern: string }> {
  readonly #anywhere: RegExp
  readonly #here: RegExp
  readonly #each: readonly { row: T; pattern: RegExp }[]

  constructor(rows: readonly T[]) {
    const any = rows.map((row) => `(?:${row.pattern})`).join('|')
    this.#anywhere = new RegExp(any, 'gu')
    this.#here = new RegExp(any, 'uy')
    this.#each = rows.map((row) => ({ row, pattern: new RegExp(row.pattern, 'uy') }))
  }

  /** What begins at an offset: a match for each row that has one there. */
  at(text: string, index: number): { row: T; match: RegExpExecArray }[] {
    const found: { row: T; match: RegExpExecArray }[] = []
    this.#here.lastIndex = index
    if (!this.#here.test(text)) return found
    for (const { row, pattern } of this.#each) {
      pattern.lastIndex = index
      const match = pattern.exec(text)
      if (match) found.push({ row, match })
    }
    return found
  }

  /** The matches of every row in a text, those of one row without overlap, by their beginnings. */
  all(text: string): { row: T; start: number; end: number }[] {
    const found: { row: T; start: number; end: number }[] = []
    const behind = this.#each.map(() => 0)
    this.#anywhere.lastIndex = 0
    for (let any = this.#anywhere.exec(text); any !== null; any = this.#anywhere.exec(text)) {
      const start = any.index
      for (const [index, { row, pattern }] of this.#each.entries()) {
        pattern.lastIndex = start
        if (start < behind[index]! || !pattern.test(text)) continue
        const end = pattern.lastIndex
        found.push({ row, start, end })
        behind[index] = end
      }
      this.#anywhere.lastIndex = start + 1
    }
    return found
  }
}
