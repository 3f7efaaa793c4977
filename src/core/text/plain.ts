import { Chars } from './chars.ts'

/** A copy of a text for matching: punctuation, digits and blanks folded one to one, hard-wrapped lines joined; offsets lead back. */
export type Plain = {
  readonly text: string
  /** Offset in the original of the plain unit at `index`. */
  at(index: number): number
  /** Offset in the original just after the plain unit before `index`. */
  endAt(index: number): number
  /** What was cleared away as no part of the text, in offsets of the original and in order. */
  readonly cleared: readonly { readonly start: number; readonly end: number }[]
}

const folded = new Map<string, string>()
for (const [from, to] of [
  [',;:!?()[]', '，；：！？（）［］'],
  ['＊﹡∗✱％．＿', '****%._'],
  ['\t\u00a0\u3000\ufeff\u200b\r\f\v', '        '],
] as const) {
  for (let i = 0; i < from.length; i++) folded.set(from.charAt(i), to.charAt(i))
}
for (let digit = 0; digit < 10; digit++) folded.set(String.fromCharCode(0xff10 + digit), String(digit))
for (let letter = 0; letter < 26; letter++) {
  folded.set(String.fromCharCode(0xff21 + letter), String.fromCharCode(65 + letter))
  folded.set(String.fromCharCode(0xff41 + letter), String.fromCharCode(97 + letter))
}
const lookalikes = new Map([
  ['ー', '一'],
  ['ニ', '二'],
])

/** What may stand otherwise in the copy. */
const changing = new Chars([...folded.keys(), ...lookalikes.keys(), '"＂\n,，:.'].join(''))

/**
 * Folds a text for matching without moving any offset, then joins lines that were wrapped at a fixed width. `cleared` puts blanks in the
 * place of what is no part of the text.
 */
export function plainOf(original: string, cleared: (folded: string) => string = (folded) => folded): Plain {
  const typed = withStops(fold(original))
  const dropped = wrapBreaks(typed)
  const text = cleared(typed)
  const gone = text === typed ? [] : clearedIn(typed, text)
  if (dropped.size === 0) return { text, at: (index) => index, endAt: (index) => index, cleared: gone }
  const map: number[] = []
  let joined = ''
  for (let index = 0; index < text.length; index++) {
    if (dropped.has(index)) continue
    map.push(index)
    joined += text.charAt(index)
  }
  return {
    text: joined,
    at: (index) => map[index] ?? text.length,
    endAt: (index) => (index === 0 ? 0 : (map[index - 1] ?? text.length - 1) + 1),
    cleared: gone,
  }
}

/** A copy in which more was cleared away: `text` has blanks in its place, so that no offset moves. */
export function withoutCells(plain: Plain, text: string): Plain {
  if (text === plain.text) return plain
  const more = clearedIn(plain.text, text).map(({ start, end }) => ({ start: plain.at(start), end: plain.endAt(end) }))
  return { ...plain, text, cleared: [...plain.cleared, ...more].sort((a, b) => a.start - b.start) }
}

/** Where words of a text stand no more in its cleared copy: line by line, blanks between them counted in. */
function clearedIn(typed: string, text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  let joined = false
  for (let at = 0; at < typed.length; at++) {
    const unit = typed.charAt(at)
    if (unit === '\n') joined = false
    if (unit === ' ' || unit === '\n') continue
    if (unit === text.charAt(at)) joined = false
    else if (joined) spans[spans.length - 1]!.end = at + 1
    else {
      spans.push({ start: at, end: at + 1 })
      joined = true
    }
  }
  return spans
}

/** 建强组织“桥头堡”O一是压实责任: where a page was read by machine the ring of a full stop may have become a letter. */
const ring = /(?<=[一-鿿”）》])O(?=[一二三四五六七八九十]{1,2}[是要、]|[（(][一二三四五六七八九十]{1,2}[）)]|\n|$)/gu
const ringed = /(?<=[”）》])O(?=[一-鿿])/gu

/** Rings where a text has several of them at the ends of sentences. */
function withStops(text: string): string {
  if (!text.includes('O') || (text.match(ring)?.length ?? 0) < 2) return text
  return text.replace(ring, '。').replace(ringed, '。')
}

/** Most units stay as they are: what lies between those that change is taken over in one piece. */
function fold(original: string): string {
  const parts: string[] = []
  let from = 0
  let open = false
  // By a pattern: the engine may move a call of includes, which it knows to be pure, into the loop and make it quadratic.
  const typed = !/。/.test(original)
  for (let index = 0; index < original.length; index++) {
    if (!changing.at(original, index)) continue
    const char = original.charAt(index)
    let to = folded.get(char) ?? char
    if (char === '"' || char === '＂') {
      open = !open
      to = open ? '“' : '”'
    } else if (char === '\n') open = false
    else if (char === ',' || char === '，') to = betweenDigits(original, index) ? ',' : '，'
    else if (char === ':') to = betweenDigits(original, index) ? ':' : '：'
    else if (char === '.' && typed && closes(original, index)) to = '。'
    else if (lookalikes.has(char) && /[、）)]/.test(original.charAt(index + 1))) to = lookalikes.get(char) ?? char
    if (to === char) continue
    parts.push(original.slice(from, index), to)
    from = index + 1
  }
  if (from === 0) return original
  parts.push(original.slice(from))
  return parts.join('')
}

/** In a text typed without full stops of its own a dot behind words closes a sentence; behind a number it is part of a sign. */
function closes(text: string, index: number): boolean {
  const next = text.charAt(index + 1)
  if (!/[一-鿿）)》”"%\]］]/.test(text.charAt(index - 1)) || /[0-9a-zA-Z.]/.test(next)) return false
  const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index).trim()
  return !/^[（(]?(?:第?[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]?$/.test(line)
}

function betweenDigits(text: string, index: number): boolean {
  return (
    digits.at(text, index - 1) &&
    digits.at(text, index + 1) &&
    digits.at(text, index + 2) &&
    digits.at(text, index + 3) &&
    !digits.at(text, index + 4)
  )
}

const digits = new Chars('0123456789０１２３４５６７８９')

/**
 * Offsets to leave out: line ends inside a paragraph that was wrapped at one width, blanks beside them, and the page numbers between its
 * lines.
 */
function wrapBreaks(text: string): Set<number> {
  const dropped = new Set<number>()
  const lines = linesOf(text)
  const words = lines.map((line) => text.slice(line.start, line.end))
  const measured = [words.map((line) => line.length), words.map(printed)]
  const widths = measured.map((lengths) => wrapWidth(words, lengths))
  // Where digits and blanks are half as wide as words, the lines of one width differ in length.
  const by = widths.findIndex((width) => width !== null)
  const [width, lengths] = [widths[by], measured[by]]
  if (width == null || lengths === undefined) return dropped
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]!
    if (lengths[i]! < width - 2 || /[。！？：]$/.test(words[i]!.trimEnd())) continue
    let to = i + 1
    let paged = false
    for (; to < lines.length && (words[to]!.trim() === '' || pageNumber.test(words[to]!)); to++)
      paged ||= words[to]!.trim() !== ''
    if (to > i + 1 && !paged) continue
    const next = words[to]
    if (next === undefined || beginsAnew.test(next)) continue
    // 第三页 between two lines of one sentence goes with them; blanks before the next line may be its margin there.
    for (let at = line.end; at < lines[to]!.start; at++) dropped.add(at)
    for (let at = line.end - 1; at > line.start && text.charAt(at) === ' '; at--) dropped.add(at)
    if (paged) i = to - 1
  }
  return dropped
}

const pageNumber =
  /^ *(?:[-－—–·] *)?(?:[0-9]{1,3}|第 *[0-9]{1,3} *页(?:[ ，]*共 *[0-9]{1,3} *页)?|[0-9]{1,3} *\/ *[0-9]{1,3})(?: *[-－—–·])? *$/
/** What the first line of a paragraph begins with. */
const beginsAnew = /^(?: {2}|[一二三四五六七八九十]+、|（[一二三四五六七八九十0-9]+）|[0-9]{1,2}(?:[．、]|\.(?![0-9])))/

function linesOf(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = []
  let start = 0
  while (start <= text.length) {
    const end = text.indexOf('\n', start)
    lines.push({ start, end: end < 0 ? text.length : end })
    if (end < 0) break
    start = end + 1
  }
  return lines
}

/** How wide a line is where digits, letters and blanks take half a place. */
function printed(line: string): number {
  let halves = 0
  for (let at = 0; at < line.length; at++) halves += line.charCodeAt(at) < 0x80 ? 1 : 2
  return Math.ceil(halves / 2)
}

/** The one width of the lines that end within a sentence, or of most full lines; null when the text is not hard-wrapped. */
function wrapWidth(lines: readonly string[], widths: readonly number[]): number | null {
  const filled = [...lines.keys()].filter((index) => lines[index]!.trim() !== '' && !pageNumber.test(lines[index]!))
  if (filled.length < 6) return null
  const open = [...lines.keys()].filter((index) => {
    const [line, next] = [lines[index]!, lines[index + 1] ?? '']
    return widths[index]! >= 15 && !/[。！？：；]$/.test(line.trimEnd()) && next.trim() !== '' && !beginsAnew.test(next)
  })
  const byOpen = open.length >= 5 ? commonWidth(open.map((index) => widths[index]!)) : null
  const lengths = filled.map((index) => widths[index]!)
  const found =
    byOpen && byOpen.near >= open.length * 0.75 ? byOpen : commonWidth(lengths, Math.ceil(lengths.length * 0.5))
  if (found === null || found.width < 15 || found.width > 60) return null
  return lengths.filter((length) => length > found.width + 2).length > filled.length * 0.05 ? null : found.width
}

/** The width that most of some lines have, up to two characters less, and how many have it. */
function commonWidth(lengths: readonly number[], least = 1): { width: number; near: number } | null {
  const counts = new Map<number, number>()
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  let best = { width: 0, near: 0 }
  for (const width of counts.keys()) {
    const near = [-2, -1, 0].reduce((sum, delta) => sum + (counts.get(width + delta) ?? 0), 0)
    if (near > best.near || (near === best.near && width > best.width)) best = { width, near }
  }
  return best.near < least ? null : best
}
