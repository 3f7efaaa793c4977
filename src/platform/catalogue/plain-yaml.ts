/**
 * Reads the part of YAML that the lexicon keeps to: mappings and lists by indentation, and values of one line, plain, quoted or in
 * brackets. Null where a text goes beyond it or is no YAML at all: then the YAML library has the word. It is there for speed alone: the
 * library takes most of the time in which a program starts that reads one document.
 */
export function readPlainYaml(text: string): unknown {
  if (/[\t\r]/.test(text)) return null
  const lines: Line[] = []
  for (const whole of text.split('\n')) {
    const words = whole.trim()
    if (words !== '' && !words.startsWith('#')) lines.push({ indent: whole.length - whole.trimStart().length, words })
  }
  try {
    const reader = new Reader(lines)
    const value = lines.length === 0 ? beyond() : reader.block(lines[0]!.indent)
    return reader.done ? value : null
  } catch (error) {
    if (error instanceof Beyond) return null
    throw error
  }
}

type Line = { readonly indent: number; readonly words: string }
class Beyond extends Error {}

function beyond(): never {
  throw new Beyond()
}

class Reader {
  #at = 0
  readonly #lines: readonly Line[]

  constructor(lines: readonly Line[]) {
    this.#lines = lines
  }

  get done(): boolean {
    return this.#at === this.#lines.length
  }

  /** The mapping or list whose lines begin at `indent`. */
  block(indent: number): unknown {
    return this.#words(indent)?.startsWith('- ') ? this.#list(indent) : this.#mapping(indent, {})
  }

  /** The words of the next line where it belongs to the block of an indent; a line between two indents belongs to none. */
  #words(indent: number): string | undefined {
    const line = this.#lines[this.#at]
    if (line === undefined || line.indent < indent) return undefined
    return line.indent === indent ? line.words : beyond()
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = []
    for (let words = this.#words(indent); words?.startsWith('- '); words = this.#words(indent)) {
      this.#at++
      const item = words.slice(2).trimStart()
      const inner = indent + words.length - item.length
      list.push(pair.test(item) ? this.#mapping(inner, this.#pair(item, inner, {})) : lineValue(item))
    }
    return list
  }

  #mapping(indent: number, into: Record<string, unknown>): Record<string, unknown> {
    for (let words = this.#words(indent); words !== undefined; words = this.#words(indent)) {
      if (words.startsWith('- ')) beyond()
      this.#at++
      this.#pair(words, indent, into)
    }
    return into
  }

  #pair(words: string, indent: number, into: Record<string, unknown>): Record<string, unknown> {
    const [, key = beyond(), rest = ''] = pair.exec(words) ?? []
    if (key in into) beyond()
    const next = this.#lines[this.#at]
    if (rest !== '') into[key] = lineValue(rest)
    else into[key] = next !== undefined && next.indent > indent ? this.block(next.indent) : beyond()
    return into
  }
}

const pair = /^([a-z_][a-zA-Z0-9_-]*):(?: +(.*))?$/

/** A value that fills the rest of its line. */
function lineValue(words: string): unknown {
  const flow = new Flow(words)
  const plain = !/^[[{'"]/.test(words)
  const value = plain ? scalarOf(words) : flow.value()
  return plain || flow.done ? value : beyond()
}

/** Reads values in brackets and quotes. */
class Flow {
  #at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  get done(): boolean {
    return this.#at === this.#text.length
  }

  value(): unknown {
    const sign = this.#text.charAt(this.#at)
    if (sign === '[') return this.#list()
    if (sign === '{') return this.#mapping()
    if (sign === "'" || sign === '"') return this.#quoted(sign)
    return scalarOf(this.#until(/[,[\]{}]|$/g).trimEnd())
  }

  #list(): unknown[] {
    const list: unknown[] = []
    this.#at++
    while (!this.#closes(']')) {
      list.push(this.value())
      this.#separates(']')
    }
    return list
  }

  #mapping(): Record<string, unknown> {
    const into: Record<string, unknown> = {}
    this.#at++
    while (!this.#closes('}')) {
      const key = this.#until(/:/g)
      if (!/^[a-z_][a-zA-Z0-9_-]*$/.test(key) || key in into || this.#text.charAt(this.#at + 1) !== ' ') beyond()
      this.#at++
      this.#blanks()
      into[key] = this.value()
      this.#separates('}')
    }
    return into
  }

  /** The words up to a sign. */
  #until(sign: RegExp): string {
    sign.lastIndex = this.#at
    const end = sign.exec(this.#text)?.index ?? beyond()
    const words = this.#text.slice(this.#at, end)
    this.#at = end
    return words
  }

  #quoted(sign: string): string {
    const from = this.#at + 1
    let end = this.#text.indexOf(sign, from)
    while (sign === "'" && end >= 0 && this.#text.charAt(end + 1) === "'") end = this.#text.indexOf(sign, end + 2)
    const words = end < 0 ? beyond() : this.#text.slice(from, end)
    if (sign === '"' && words.includes('\\')) beyond()
    this.#at = end + 1
    return sign === "'" ? words.replaceAll("''", "'") : words
  }

  #blanks(): void {
    while (this.#text.charAt(this.#at) === ' ') this.#at++
  }

  #closes(sign: string): boolean {
    this.#blanks()
    if (this.#text.charAt(this.#at) !== sign) return false
    this.#at++
    return true
  }

  #separates(close: string): void {
    this.#blanks()
    const sign = this.#text.charAt(this.#at)
    if (sign === ',') this.#at++
    else if (sign !== close) beyond()
  }
}

/** A value without quotes: a number, a truth, or its words, where nothing in them has a meaning of its own. */
function scalarOf(words: string): unknown {
  if (words === 'true') return true
  if (words === 'false') return false
  if (/^[-+]?[0-9]+(?:\.[0-9]+)?$/.test(words)) return Number(words)
  if (/^[-+.]?[0-9.]/.test(words) && /^[-+]?(?:0[ox]|\.|[0-9.]+(?:[eE]|$))/.test(words)) beyond()
  if (/^(?:$|~|null$|true$|false$|\.|[-?:,[\]{}#&*!|>'"%@`])|: |:$| #/i.test(words)) beyond()
  return words
}
