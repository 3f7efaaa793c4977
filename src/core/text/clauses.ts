/** A half-open range of a text. */
export type Span = { readonly start: number; readonly end: number }
/** The smallest unit that is judged: a part of a sentence up to a comma, semicolon or colon, with its mark. */
export type Clause = Span & { readonly sentence: number; readonly paragraph: number }

const closers = new Map([
  ['《', '》'],
  ['“', '”'],
  ['‘', '’'],
  ['（', '）'],
  ['【', '】'],
  ['〔', '〕'],
  ['［', '］'],
])
const longestQuote = 400

/** Marks every unit that stands inside title marks, quotation marks or brackets closed on the same line. */
export function maskOf(text: string): Uint8Array {
  const mask = new Uint8Array(text.length)
  let index = 0
  while (index < text.length) {
    const end = !isHan(text, index) && closers.has(text.charAt(index)) ? closeOf(text, index) : -1
    if (end < 0) index++
    else {
      mask.fill(1, index, end)
      index = end
    }
  }
  return mask
}

/** Offset just after the mark that closes the one at `open`, nested marks of its kind counted, or -1. */
function closeOf(text: string, open: number): number {
  const opener = text.charAt(open)
  const closer = closers.get(opener)
  let depth = 0
  const limit = Math.min(text.length, open + longestQuote)
  for (let index = open; index < limit; index++) {
    const char = text.charAt(index)
    if (char === '\n') return -1
    if (char === opener) depth++
    else if (char === closer && --depth === 0) return index + 1
  }
  return -1
}

/** Cuts a folded text into clauses at its marks and at the given offsets; blanks between clauses belong to none. */
export function clausesOf(text: string, mask: Uint8Array, cuts: ReadonlySet<number>): Clause[] {
  const clauses: Clause[] = []
  let sentence = 0
  let paragraph = 0
  let start = 0
  const cutAt = [...cuts].sort((a, b) => a - b)
  let cut = 0
  const close = (end: number) => {
    let [from, to] = [start, end]
    while (from < to && isBlank(text.charAt(from))) from++
    while (to > from && isBlank(text.charAt(to - 1))) to--
    if (to > from) clauses.push({ start: from, end: to, sentence, paragraph })
    start = end
  }
  for (let index = 0; index < text.length; index++) {
    while (cutAt[cut]! < index) cut++
    if (cutAt[cut] === index) {
      close(index)
      sentence++
    }
    if (isHan(text, index)) continue
    const char = text.charAt(index)
    if (char === '\n') {
      close(index)
      sentence++
      paragraph++
    } else if (endsSentence(text, mask, index)) {
      close(index + 1)
      sentence++
    } else if (!mask[index] && (char === '，' || char === '；' || char === '：')) close(index + 1)
  }
  close(text.length)
  return clauses
}

/** Whether a sentence ends with the unit at `index`: a full stop outside quotes, or the quote that closes one. */
export function endsSentence(text: string, mask: Uint8Array, index: number): boolean {
  const char = text.charAt(index)
  if (!mask[index]) return (char === '。' || char === '！' || char === '？') && text.charAt(index + 1) !== '”'
  if (char !== '”' || mask[index + 1]) return false
  return /[。！？]/.test(text.charAt(index - 1)) && !/[，。；、：！？]/.test(text.charAt(index + 1))
}

/** Whether the unit at `index` is a common Chinese character: most are, and none of them cuts anything. */
function isHan(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= 0x4e00 && code <= 0x9fff
}

/** Whether a unit is a blank or a line end. */
export function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === ''
}
