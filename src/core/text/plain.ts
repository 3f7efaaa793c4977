import { Chars } from './chars.ts'

/** A copy of a text for matching: punctuation, digits and blanks folded one to one, hard-wrapped lines joined; offsets lead back. */
export type Plain = {
  readonly text: string
  /** Offset in the original of the plain unit at `index`. */
  at(index: number): number
  /** Offset in the original just after the plain unit before `index`. */
  endAt(index: number): number
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

/** Folds a text for matching without moving any offset, then joins lines that were wrapped at a fixed width. */
export function plainOf(original: string): Plain {
  const text = fold(original)
  const dropped = wrapBreaks(text)
  if (dropped.size === 0) return { text, at: (index) => index, endAt: (index) => index }
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
  }
}

/** Most units stay as they are: what lies between those that change is taken over in one piece. */
function fold(original: string): string {
  const parts: string[] = []
  let from = 0
  let open = false
  for (let index = 0; index < original.length; index++) {
    const code = original.charCodeAt(index)
    if (code >= 0x4e00 && code <= 0x9fff) continue
    const char = original.charAt(index)
    let to = folded.get(char) ?? char
    if (char === '"' || char === '＂') {
      open = !open
      to = open ? '“' : '”'
    } else if (char === '\n') open = false
    else if (char === ',' || char === '，') to = betweenDigits(original, index) ? ',' : '，'
    else if (char === ':') to = betweenDigits(original, index) ? ':' : '：'
    else if (lookalikes.has(char) && /[、）)]/.test(original.charAt(index + 1))) to = lookalikes.get(char) ?? char
    if (to === char) continue
    parts.push(original.slice(from, index), to)
    from = index + 1
  }
  if (from === 0) return original
  parts.push(original.slice(from))
  return parts.join('')
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

/** Offsets to leave out: line ends inside a paragraph that was wrapped at one width, and blanks beside them. */
function wrapBreaks(text: string): Set<number> {
  const dropped = new Set<number>()
  const lines = linesOf(text)
  const width = wrapWidth(lines.map((line) => line.end - line.start))
  if (width === null) return dropped
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]
    const next = lines[i + 1]
    if (!line || !next || line.end - line.start < width - 2 || next.end === next.start) continue
    if (/[。！？：]$/.test(text.slice(line.start, line.end).trimEnd())) continue
    if (
      /^(?: {2}|[一二三四五六七八九十]+、|（[一二三四五六七八九十0-9]+）|[0-9]{1,2}(?:[．、]|\.(?![0-9])))/.test(
        text.slice(next.start, next.start + 6),
      )
    )
      continue
    for (let at = line.end; at < next.start; at++) dropped.add(at)
    for (let at = line.end - 1; at > line.start && text.charAt(at) === ' '; at--) dropped.add(at)
  }
  return dropped
}

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

/** The one width of most full lines, or null when the text is not hard-wrapped. */
function wrapWidth(lengths: number[]): number | null {
  const filled = lengths.filter((length) => length > 0)
  if (filled.length < 6) return null
  const counts = new Map<number, number>()
  for (const length of filled) counts.set(length, (counts.get(length) ?? 0) + 1)
  let best = 0
  let bestCount = 0
  for (const width of counts.keys()) {
    const near = [-2, -1, 0].reduce((sum, delta) => sum + (counts.get(width + delta) ?? 0), 0)
    if (near > bestCount || (near === bestCount && width > best)) [best, bestCount] = [width, near]
  }
  if (best < 15 || best > 60 || bestCount < filled.length * 0.5) return null
  return filled.filter((length) => length > best + 2).length > filled.length * 0.05 ? null : best
}
