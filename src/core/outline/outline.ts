import { Chars } from '../text/chars.ts'
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
const stops = new Chars('。；：，！？')
/** Where a title may end. */
const ends = new Chars('\n。！？”；：，')

/**
 * Reads the numbered headings of a folded text by their signs (`signsOf`), their order and the stack of open levels. `lines` are
 * headings without numbers that stand among them, `parts` where papers begin that are attached.
 */
export function outlineOf(
  text: string,
  mask: Uint8Array,
  signs: readonly Candidate[],
  lines: readonly Candidate[] = [],
  parts: readonly number[] = [],
): OutlineNode[] {
  const all = [...signs, ...lines].sort((a, b) => a.start - b.start)
  const found: OutlineNode[] = []
  for (const [index, start] of [0, ...parts].entries()) {
    const end = parts[index] ?? text.length
    const own = all.filter((one) => one.start >= start && one.start < end)
    const before = found.length
    for (const node of nodesOf(text, mask, ranked(own, end - start), trimmedEnd(text, end)))
      found.push(node.parent === null ? node : { ...node, parent: node.parent + before })
  }
  return found
}

/** The headings of one paper, which ends at `last`. */
function nodesOf(text: string, mask: Uint8Array, candidates: readonly Candidate[], last: number): OutlineNode[] {
  const nodes: OutlineNode[] = []
  const stack: Open[] = []
  for (const [index, candidate] of candidates.entries()) {
    if (!fits(candidate, stack, candidates, index)) continue
    if (!nests(text, candidate, stack, nodes) && !inside(text, candidate, stack, candidates, index))
      unwind(text, candidate, stack)
    const parent = stack.at(-1)?.node ?? null
    const end =
      candidate.family.startsWith('line') || isTitleLine(text, candidate)
        ? lineEnd(text, candidate.end)
        : titleEnd(text, mask, candidate.end)
    const line = text.slice(candidate.end, end).trimEnd()
    const title = stops.at(line, line.length - 1) ? line.slice(0, -1) : line
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

/** A number continues its list, or opens a list that goes on later. */
function fits(candidate: Candidate, stack: readonly Open[], all: readonly Candidate[], index: number): boolean {
  if (candidate.number === 0) return true
  const open = stack.findLast((entry) => entry.family === candidate.family)
  if (open && candidate.number === open.number + 1) return true
  // 最后 closes a list of any length.
  if (open && candidate.family === 'word' && candidate.number === 4) return true
  if (candidate.lineStart && candidate.rank <= 6)
    return candidate.number === 1 || open === undefined || candidate.number >= open.number
  const next = nextOf(candidate.family, all, index)
  if (candidate.number === 1) return candidate.lineStart || next?.number === 2
  return candidate.lineStart && !open && (index === 0 || next?.number === candidate.number + 1)
}

/** The next sign of a family behind one. */
function nextOf(family: string, all: readonly Candidate[], index: number): Candidate | undefined {
  for (let at = index + 1; at < all.length; at++) if (all[at]!.family === family) return all[at]
  return undefined
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
  const next = nextOf(open.family, all, index)
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
  const before = dashed.exec(text.slice(from, from + 200))
  if (before) return from + before[0].length
  let clause = -1
  for (let index = from; index < text.length; index++) {
    if (!ends.at(text, index)) continue
    const char = text.charAt(index)
    if (char === '\n') {
      const goesOn = wraps(text, from, index)
      if (goesOn < 0) return cutLong(text, from, index, clause)
      index = goesOn
      continue
    }
    if (endsSentence(text, mask, index)) return cutLong(text, from, index + 1, clause)
    if (!mask[index] && (char === '；' || char === '：')) return cutLong(text, from, index + 1, clause)
    if (clause < 0 && !mask[index] && char === '，') clause = index + 1
  }
  return cutLong(text, from, text.length, clause)
}

/** Where the second line of a title ends that was broken behind a comma (一、回头看，/ 在肯定成绩中看清问题); -1 where none is. */
function wraps(text: string, from: number, at: number): number {
  const first = text.slice(from, at).trimEnd()
  if (!first.endsWith('，') || first.length > 24) return -1
  const next = /^\n *[^ \n。；：！？、（）0-9]{4,24}(?= *\n)/.exec(text.slice(at, at + 40))
  return next === null ? -1 : at + next[0].length - 1
}

/** Items that are put as 招标不插手——不打招呼，…。 or 【解决看病贵】…。 have what stands before the dash, or in brackets, as title. */
const dashed = /^(?:【[^【】]{4,14}】(?=[^\n])|[^，。；：！？\n—]{2,16}(?=——[^—\n]{4,}[。；]))/

function cutLong(text: string, from: number, end: number, clause: number): number {
  const stop = from + text.slice(from, end).trimEnd().length
  if (stop - from <= longestTitle || clause < 0 || clause - from > longestTitle) return stop
  return clause
}

function closeBodies(nodes: OutlineNode[], last: number): void {
  for (const [index, node] of nodes.entries()) {
    let next = index + 1
    while (next < nodes.length && nodes[next]!.level > node.level) next++
    node.bodyEnd = nodes[next]?.start ?? last
  }
}

function trimmedEnd(text: string, from: number): number {
  let end = from
  while (end > 0 && isBlank(text.charAt(end - 1))) end--
  return end
}
