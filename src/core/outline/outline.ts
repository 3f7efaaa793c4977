import type { Lexicon, MarkerRow } from '../reading/lexicon.ts'
import { endsSentence, isBlank } from '../text/clauses.ts'
import { type Candidate, ranked } from './ranks.ts'

/** A numbered heading: level 1 is outermost, `parent` is an index in the list, the body ends where the next node of its level starts. */
export type OutlineNode = {
  level: number
  marker: string
  title: string
  start: number
  end: number
  /** Where the numbering sign ends and the title's words begin and end. */
  titleStart: number
  titleEnd: number
  bodyEnd: number
  parent: number | null
}

type Open = { family: string; rank: number; number: number; node: number; lineStart: boolean; end: number }

const longestTitle = 48

/**
 * Reads the numbered headings of a folded text by their signs, their order and the stack of open levels. `lines` are headings
 * without numbers that stand among them.
 */
export function outlineOf(
  text: string,
  mask: Uint8Array,
  lexicon: Pick<Lexicon, 'markers'>,
  lines: readonly Candidate[] = [],
): OutlineNode[] {
  const signs = ranked(text, candidatesOf(text, mask, lexicon))
  const candidates = [...signs, ...lines].sort((a, b) => a.start - b.start)
  const nodes: OutlineNode[] = []
  const stack: Open[] = []
  const last = trimmedEnd(text)
  for (const [index, candidate] of candidates.entries()) {
    if (!fits(candidate, stack, candidates, index)) continue
    if (!nests(text, candidate, stack, nodes) && !inside(text, candidate, stack, candidates, index))
      unwind(text, candidate, stack)
    const parent = stack.at(-1)?.node ?? null
    const end =
      candidate.family === 'line' || isTitleLine(text, candidate)
        ? lineEnd(text, candidate.end)
        : titleEnd(text, mask, candidate.end)
    const title = text.slice(candidate.end, end).replace(/[。；：，！？]?\s*$/, '')
    const indent = title.length - title.trimStart().length
    nodes.push({
      level: stack.length + 1,
      marker: text.slice(candidate.start, candidate.end).trim(),
      title: title.trim(),
      titleStart: candidate.end + indent,
      titleEnd: candidate.end + title.length,
      start: candidate.start,
      end,
      bodyEnd: last,
      parent,
    })
    stack.push({ ...candidate, node: nodes.length - 1 })
  }
  closeBodies(nodes, last)
  return nodes
}

const cache = new WeakMap<object, { row: MarkerRow; pattern: RegExp }[]>()

function patternsOf({ markers }: Pick<Lexicon, 'markers'>): { row: MarkerRow; pattern: RegExp }[] {
  const known = cache.get(markers) ?? markers.map((row) => ({ row, pattern: new RegExp(row.pattern, 'gu') }))
  cache.set(markers, known)
  return known
}

function candidatesOf(text: string, mask: Uint8Array, lexicon: Pick<Lexicon, 'markers'>): Candidate[] {
  const found: Candidate[] = []
  for (const { row, pattern } of patternsOf(lexicon)) {
    for (const match of text.matchAll(pattern)) {
      const number = numberOf(match.slice(1).find((group) => group !== undefined) ?? '', row.value)
      const place = placeOf(text, mask, match.index)
      if (number === 0 || place === null || (place === 'inline' && !row.inline)) continue
      const end = match.index + match[0].length
      if (isBlank(text.slice(end).charAt(0)) && text.slice(end).trimStart() === '') continue
      found.push({ start: match.index, end, family: row.id, rank: row.rank, number, lineStart: place === 'line' })
    }
  }
  return found.sort((a, b) => a.start - b.start || a.rank - b.rank).filter((c, i, all) => all[i - 1]?.start !== c.start)
}

/** A sign stands at the start of a line, or inline right after a mark that ends or announces. */
function placeOf(text: string, mask: Uint8Array, start: number): 'line' | 'inline' | null {
  let before = start - 1
  while (before >= 0 && text.charAt(before) === ' ') before--
  if (before < 0 || text.charAt(before) === '\n') return 'line'
  if (mask[start] && !(text.charAt(start) === '（' && (!mask[before] || text.charAt(before) === '”'))) return null
  if (text.charAt(before) === '）' && /[①-⑳]/.test(text.charAt(start))) return 'inline'
  return /[。；：！？”]/.test(text.charAt(before)) ? 'inline' : null
}

/** A number continues its list, or opens a list that goes on later. */
function fits(candidate: Candidate, stack: readonly Open[], all: readonly Candidate[], index: number): boolean {
  if (candidate.number === 0) return true
  const open = stack.findLast((entry) => entry.family === candidate.family)
  if (open && candidate.number === open.number + 1) return true
  // 最后 closes a list of any length.
  if (open && candidate.family === 'word' && candidate.number === 4) return true
  if (candidate.lineStart && candidate.rank <= 6)
    return candidate.number === 1 || open === undefined || candidate.number > open.number
  const next = all.slice(index + 1).find((other) => other.family === candidate.family)
  if (candidate.number === 1) return candidate.lineStart || next?.number === 2
  return candidate.lineStart && !open && (index === 0 || next?.number === candidate.number + 1)
}

/** A list that starts anew right under the line of an item of its own family stands inside that item. */
function nests(text: string, candidate: Candidate, stack: readonly Open[], nodes: readonly OutlineNode[]): boolean {
  const open = stack.at(-1)
  const above = open && nodes[open.node]
  if (!above || open.family !== candidate.family || candidate.number !== 1) return false
  return !/[。；，：]$/.test(text.slice(above.start, above.end)) && text.slice(above.end, candidate.start).trim() === ''
}

/** A new list stands inside the open item, whatever their signs, when it runs on in its line, or when the open list goes on behind it. */
function inside(
  text: string,
  candidate: Candidate,
  stack: readonly Open[],
  all: readonly Candidate[],
  index: number,
): boolean {
  const open = stack.at(-1)
  if (!open || candidate.number !== 1 || open.rank < candidate.rank || !open.lineStart) return false
  if (stack.some((entry) => entry.family === candidate.family)) return false
  if (!candidate.lineStart) return !text.slice(open.end, candidate.start).includes('\n')
  const next = all.slice(index + 1).find((other) => other.family === open.family)
  return next?.lineStart === true && next.number === open.number + 1 && open.rank >= 7
}

function unwind(text: string, candidate: Candidate, stack: Open[]): void {
  const same = stack.findLastIndex((entry) => entry.family === candidate.family)
  const outer = stack.findIndex((entry) => entry.family === candidate.family && entry.number + 1 === candidate.number)
  // A list inside an item of its own sign ended where a title goes on with the outer one.
  if (outer >= 0 && outer < same && isShortLine(text, candidate) && !isShortLine(text, stack[same]!))
    stack.length = outer
  else if (same >= 0) stack.length = same
  else while ((stack.at(-1)?.rank ?? 0) >= candidate.rank) stack.pop()
}

/** A numbered line without a stop is a title as a whole: 一、第一季度：开好头. */
function isTitleLine(text: string, { end, lineStart }: Candidate): boolean {
  const words = lineStart ? text.slice(end, lineEnd(text, end)) : ''
  return /^[^。；，：]{1,12}：[^。；：]{1,16}$/.test(words)
}

function lineEnd(text: string, from: number): number {
  const stop = text.indexOf('\n', from)
  return from + text.slice(from, stop < 0 ? text.length : stop).trimEnd().length
}

function isShortLine(text: string, { end }: { end: number }): boolean {
  return /^[^。；，：\n]{2,16}(?:[。：]|\n)/.test(text.slice(end, end + 20))
}

/** A title runs to the first full stop or line end; a longer sentence is cut after its first clause. */
function titleEnd(text: string, mask: Uint8Array, from: number): number {
  let clause = -1
  for (let index = from; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '\n') return cutLong(text, from, index, clause)
    if (endsSentence(text, mask, index)) return cutLong(text, from, index + 1, clause)
    if (!mask[index] && (char === '；' || char === '：')) return cutLong(text, from, index + 1, clause)
    if (clause < 0 && !mask[index] && char === '，') clause = index + 1
  }
  return cutLong(text, from, text.length, clause)
}

function cutLong(text: string, from: number, end: number, clause: number): number {
  const stop = from + text.slice(from, end).trimEnd().length
  if (stop - from <= longestTitle || clause < 0 || clause - from > longestTitle) return stop
  return clause
}

function closeBodies(nodes: OutlineNode[], last: number): void {
  for (const [index, node] of nodes.entries()) {
    const next = nodes.slice(index + 1).find((other) => other.level <= node.level)
    node.bodyEnd = next ? next.start : last
  }
}

function trimmedEnd(text: string): number {
  let end = text.length
  while (end > 0 && isBlank(text.charAt(end - 1))) end--
  return end
}

const digits = '零一二三四五六七八九'

/** The value of a numbering sign such as 十二, 7, ⒊ or ④; 0 when it is none. */
export function numberOf(sign: string, value: MarkerRow['value']): number {
  if (value === 'word') return ['首先', '其次', '再次', '最后'].indexOf(sign) + 1
  if (value === 'formal') return '壹贰叁肆伍陆柒捌玖拾'.indexOf(sign) + 1
  if (value === 'digit') return Number.parseInt(sign, 10) || 0
  if (value === 'digit-dot') return sign.charCodeAt(0) - 0x2488 + 1
  if (value === 'circle') return sign.charCodeAt(0) - 0x2460 + 1
  const ten = sign.indexOf('十')
  if (ten < 0) return sign.length === 1 ? Math.max(0, digits.indexOf(sign)) : 0
  const tens = ten === 0 ? 1 : digits.indexOf(sign.charAt(0))
  const ones = ten === sign.length - 1 ? 0 : digits.indexOf(sign.slice(ten + 1))
  return tens < 0 || ones < 0 ? 0 : tens * 10 + ones
}
