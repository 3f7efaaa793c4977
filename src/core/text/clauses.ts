import { Chars, unitAt } from './chars.ts'

/** A half-open range of a text. */
export type Span = { readonly start: number; readonly end: number }
/** The smallest unit that is judged: a part of a sentence up to a comma, semicolon or colon, with its mark. */
export type Clause = Span & { readonly sentence: number; readonly paragraph: number }

const brackets = '《》“”‘’（）【】〔〕［］'
const closers = new Map<number, number>()
for (let at = 0; at < brackets.length; at += 2) closers.set(brackets.charCodeAt(at), brackets.charCodeAt(at + 1))
const longestQuote = 400

/** Marks every unit that stands inside title marks, quotation marks or brackets closed on the same line. */
export function maskOf(text: string): Uint8Array {
  const mask = new Uint8Array(text.length)
  let index = 0
  while (index < text.length) {
    const unit = text.charCodeAt(index)
    const closer = isHan(unit) ? undefined : closers.get(unit)
    const end = closer === undefined ? -1 : closeOf(text, index, unit, closer)
    if (end < 0) index++
    else {
      mask.fill(1, index, end)
      index = end
    }
  }
  return mask
}

/** Offset just after the mark that closes the one at `open`, nested marks of its kind counted, or -1. */
function closeOf(text: string, open: number, opener: number, closer: number): number {
  let depth = 0
  const limit = Math.min(text.length, open + longestQuote)
  for (let index = open; index < limit; index++) {
    const unit = text.charCodeAt(index)
    if (unit === newline) return -1
    if (unit === opener) depth++
    else if (unit === closer && --depth === 0) return index + 1
  }
  return -1
}

const newline = 0x0a
const blanks = new Chars(' \n')
const [cuts, stops, marks] = [new Chars('，；：'), new Chars('。！？'), new Chars('，。；、：！？')]
const closing = '”'.charCodeAt(0)

/** Cuts a folded text into clauses at its marks and at the given offsets; blanks between clauses belong to none. */
export function clausesOf(text: string, mask: Uint8Array, breaks: ReadonlySet<number>): Clause[] {
  const clauses: Clause[] = []
  let sentence = 0
  let paragraph = 0
  let start = 0
  const cutAt = [...breaks].sort((a, b) => a - b)
  let cut = 0
  const close = (end: number) => {
    let [from, to] = [start, end]
    while (from < to && blanks.at(text, from)) from++
    to = blanks.trimEnd(text, from, to)
    if (to > from) clauses.push({ start: from, end: to, sentence, paragraph })
    start = end
  }
  for (let index = 0; index < text.length; index++) {
    while (cutAt[cut]! < index) cut++
    if (cutAt[cut] === index) {
      close(index)
      sentence++
    }
    const unit = text.charCodeAt(index)
    if (isHan(unit)) continue
    if (unit === newline) {
      close(index)
      sentence++
      paragraph++
    } else if (endsSentence(text, mask, index)) {
      close(index + 1)
      sentence++
    } else if (!mask[index] && cuts.has(unit)) close(index + 1)
  }
  close(text.length)
  return clauses
}

/** Whether a sentence ends with the unit at `index`: a full stop outside quotes, or the quote that closes one. */
export function endsSentence(text: string, mask: Uint8Array, index: number): boolean {
  const unit = text.charCodeAt(index)
  if (!mask[index]) return stops.has(unit) && unitAt(text, index + 1) !== closing
  if (unit !== closing || mask[index + 1]) return false
  return stops.at(text, index - 1) && !marks.at(text, index + 1)
}

/** Whether a unit is a common Chinese character: most are, and none of them cuts anything. */
function isHan(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fff
}

/** Whether a unit is a blank or a line end. */
export function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === ''
}
