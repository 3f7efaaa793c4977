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
  const numbers = new Map<string, number>()
  for (const [index, candidate] of candidates.entries()) {
    const goesOn =
      candidate.number > 1 &&
      candidate.rank < 7 &&
      candidate.number === (numbers.get(candidate.family) ?? 0) + 1 &&
      (opensBelow(text, candidate, nodes) ||
        nextOf(candidate.family, candidates, index)?.number === candidate.number + 1)
    if (!goesOn && !fits(candidate, stack, candidates, index) && !chained(text, candidates, index)) continue
    numbers.set(candidate.family, candidate.number)
    if (!nests(text, candidate, stack, nodes) && !inside(text, candidate, stack, candidates, index))
      unwind(text, candidate, stack)
    const parent = stack.at(-1)?.node ?? null
    const next = candidates[index + 1]
    const until = next && parts(text, next, numbers) ? trimmedEnd(text, next.start) : text.length
    const end =
      candidate.family.startsWith('line') || isTitleLine(text, candidate)
        ? lineEnd(text, candidate.end)
        : titleEnd(text, mask, candidate, until)
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
  if (candidate.family === 'word' && candidate.number === 4) return open !== undefined
  if (candidate.lineStart && candidate.rank <= 6)
    return candidate.number === 1 || open === undefined || candidate.number >= open.number
  const next = nextOf(candidate.family, all, index)
  if (candidate.number === 1) return candidate.lineStart || next?.number === 2
  return candidate.lineStart && !open && (index === 0 || next?.number === candidate.number + 1)
}

/** Signs numbered one of different lists whose titles follow each other: a text that was cut need not go on with any of them. */
function chained(text: string, all: readonly Candidate[], index: number): boolean {
  const candidate = all[index]!
  if (candidate.number !== 1) return false
  if (candidate.glued) return true
  if (candidate.rank < 4 && announced.test(text.slice(Math.max(0, candidate.start - 16), candidate.start))) return true
  const follows = (upper: number, lower: number) => {
    const [a, b] = [all[upper], all[lower]]
    if (a === undefined || b?.number !== 1 || a.family === b.family) return false
    return onlyTitle.test(text.slice(a.end, b.start)) && (b.rank < 7 || nextOf(b.family, all, lower) === undefined)
  }
  const opens = runsIn.test(text.slice(candidate.end, candidate.end + 30))
  return follows(index, index + 1) || (opens && follows(index - 1, index))
}

/** Whether a sign ends the title before it, with no mark between: one that is glued, or the next of its list behind a blank. */
function parts(text: string, next: Candidate, numbers: ReadonlyMap<string, number>): boolean {
  if (next.glued) return true
  const goesOn = next.number === 1 || next.number === (numbers.get(next.family) ?? 0) + 1
  return goesOn && !next.lineStart && next.rank < 7 && text.charAt(next.start - 1) === ' '
}

/** Right below a title a list may go on that is numbered through the whole paper: 二、抓作风。3.整治形式主义。 */
function opensBelow(text: string, { start, end }: Candidate, nodes: readonly OutlineNode[]): boolean {
  const above = nodes.at(-1)
  if (above === undefined || start - above.start > 60) return false
  return onlyTitle.test(text.slice(above.titleStart, start)) && runsIn.test(text.slice(end, end + 30))
}

const onlyTitle = /^[^。；：！？\n]{2,48}[。：]? *$/
const runsIn = /^[^。；：！？\n]{2,24}。.|^[^ 。；：！？\n]{4,28} +[^ 。；：！？\n]/
/** 下面，我讲三点意见。 */
const announced = /(?:点|意见|要求|方面|如下)[^。：\n]{0,6}[。：] *$/

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
  return (
    /^[^。；，：]{1,12}：[^。；：]{1,16}$/.test(words) ||
    /^(?:反馈|存在|具体|主要)?问题：[^。；：]{4,60}。?$/.test(words)
  )
}

function lineEnd(text: string, from: number): number {
  const stop = text.indexOf('\n', from)
  return from + text.slice(from, stop < 0 ? text.length : stop).trimEnd().length
}

function isShortLine(text: string, { end }: { end: number }): boolean {
  return /^[^。；，：\n]{2,16}(?:[。：]|\n)/.test(text.slice(end, end + 20))
}

/** A title runs to the first full stop or line end; a longer sentence is cut after its first clause. */
function titleEnd(text: string, mask: Uint8Array, candidate: Candidate, until: number): number {
  const from = candidate.end
  const cut = (end: number) => beforeBlank(text, candidate, trimmedEnd(text, end)) || cutLong(text, from, end, clause)
  const named = asked.exec(text.slice(from, from + 90))
  if (named) return from + named[0].length
  const glued = repeated.exec(text.slice(from, from + 60)) ?? usual.exec(text.slice(from, from + 90))
  if (glued && candidate.rank < 4) return from + glued[0].length
  const before = dashed.exec(text.slice(from, from + 200))
  if (before) return from + before[0].length
  let clause = -1
  for (let index = from; index < until; index++) {
    if (!ends.at(text, index)) continue
    const char = text.charAt(index)
    if (char === '\n') {
      const goesOn = wraps(text, from, index)
      if (goesOn < 0) return cut(index)
      index = goesOn
      continue
    }
    if (endsSentence(text, mask, index)) return cut(index + 1)
    if (!mask[index] && (char === '；' || char === '：')) return cut(index + 1)
    if (clause < 0 && !mask[index] && char === '，') clause = index + 1
  }
  return cut(until)
}

/** Where the second line of a title ends that was broken behind a comma (一、回头看，/ 在肯定成绩中看清问题); -1 where none is. */
function wraps(text: string, from: number, at: number): number {
  const first = text.slice(from, at).trimEnd()
  if (!first.endsWith('，') || first.length > 24) return -1
  const next = /^\n *[^ \n。；：！？、（）0-9]{4,24}(?= *\n)/.exec(text.slice(at, at + 40))
  return next === null ? -1 : at + next[0].length - 1
}

/** 反馈问题：学习不深入，联系实际不紧密。 is a title as a whole where what was done about it stands behind. */
const asked = /^(?:反馈|存在|具体|主要)?问题：[^。；：\n]{4,60}。?(?= *(?:\n|整改|$))/

/** A title that was glued to its text, which begins with the same year: 一、2031年工作小结2031年，…. */
const repeated = /^ *(20[0-9x*×]{2}年)[^。；：，\n]{2,16}(?=\1)/

/** One that papers usually have, glued to a sentence: 三、下步打算四季度重点做好检修，…. */
const usual =
  /^ *(?:存在的?(?:主要)?(?:问题|不足|短板|差距)|(?:下一?步|今后|明年|下半年)的?(?:工作)?(?:打算|安排|计划|思路|措施))(?=[一-鿿])(?![的和及与并以整原情])(?=[^。；：\n]{4,30}，[^\n]{10})/

/** Items that are put as 招标不插手——不打招呼，…。 or 【解决看病贵】…。 have what stands before the dash, or in brackets, as title. */
const dashed = /^(?:【[^【】]{4,14}】(?=[^\n])|[^，。；：！？\n—]{2,16}(?=——[^—\n]{4,}[。；]))/

function cutLong(text: string, from: number, end: number, clause: number): number {
  const stop = from + text.slice(from, end).trimEnd().length
  if (stop - from <= longestTitle || clause < 0 || clause - from > longestTitle) return stop
  return clause
}

/** Where a title ends that a blank parts from the sentence behind it (一、总体要求 以…为指导，…。), 0 where none does. */
function beforeBlank(text: string, { start, end: from, lineStart }: Candidate, stop: number): number {
  const blank = /^ *[^ 。；：]{3,42}[一-鿿”）](?= +[一-鿿“《0-9])/u.exec(text.slice(from, Math.min(stop, from + 56)))
  if (blank === null) return 0
  const at = from + blank[0].length
  if (stop - from > longestTitle) return at
  // In running text, where a blank stands for a line end; a line of its own may have blanks within.
  if (lineStart || text.charAt(start - 1) !== ' ' || !stops.at(text, stop - 1)) return 0
  const [title, behind] = [blank[0].trim().length, text.slice(at, stop).trim().length]
  return behind > (title >= 10 ? 5 : title + 3) ? at : 0
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
