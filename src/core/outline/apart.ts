import { Chars } from '../text/chars.ts'
import type { Span } from '../text/clauses.ts'
import { type Line, linesOf } from './sentences.ts'

/**
 * What stands apart from the running text, so that no sign or line in it is a heading: the lines below the title (——在…上的讲话), a table
 * of contents or an agenda whose lines come back as headings, lists of attachments, and the titles of what is attached.
 */
export function apartOf(text: string): Span[] {
  const lines = linesOf(text)
  return [
    ...belowTitle(text, lines),
    ...contentsOf(text, lines),
    ...attachmentsOf(text, lines),
    ...paperTitles(text, lines),
    ...lines.filter(({ start, end }) => isGathered(text.slice(start, end))),
  ]
}

/** Whether an offset stands in one of some spans. */
export function standsIn(spans: readonly Span[], at: number): boolean {
  return spans.some(({ start, end }) => start <= at && at < end)
}

const numbering =
  /^(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}(?:部分|[章节条]|[）)]|[、.．：])[、.．： ]*|[一-鿿]{0,2}[一二三四五六七八九十0-9]{1,2}[、.．：] *|[①-⑳⒈-⒛㈠-㈩] *)+/u

const digits = new Chars('0123456789')
const leaders = new Chars(' .…·．—-。；')

/** The words of a line without its number, dots and page. */
function bare(words: string): string {
  let end = words.length
  while (digits.at(words, end - 1)) end--
  return words
    .slice(0, leaders.trimEnd(words, 0, end))
    .replace(numbering, '')
    .trim()
}

/** Lines above the first sentence that a dash begins. */
function belowTitle(text: string, lines: readonly Line[]): Span[] {
  const first = lines.findIndex(({ start, end }) => /[。：；]$/.test(text.slice(start, end)))
  return lines.slice(1, Math.max(1, first)).filter(({ start }) => /[—–－-]/.test(text.charAt(start)))
}

/** Two lines and more in a row whose words all come back further down. */
function contentsOf(text: string, lines: readonly Line[]): Span[] {
  const words = lines.map(({ start, end }) => bare(text.slice(start, end)))
  const last = new Map(words.map((said, index) => [said, index]))
  const found: Span[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from
    while (to < lines.length && words[to]!.length >= 3 && last.get(words[to]!)! > to) to++
    if (to - from >= 2 && goesDown(words.slice(from, to), last)) found.push(...lines.slice(from, to))
    from = Math.max(to, from + 1)
  }
  return found
}

/** Whether words come back in their order. */
function goesDown(words: readonly string[], last: ReadonlyMap<string, number>): boolean {
  return words.every((said, index) => index === 0 || last.get(said)! > last.get(words[index - 1]!)!)
}

/** 附件：1.… and the numbered lines that go on with it. */
function attachmentsOf(text: string, lines: readonly Line[]): Span[] {
  const found: Span[] = []
  for (const [index, line] of lines.entries()) {
    if (!/^附[件表录]?： *(?:$|[0-9一]{1,2}[.．、])/.test(text.slice(line.start, line.end))) continue
    let to = index + 1
    while (to < lines.length && /^[0-9]{1,2}[.．、]/.test(text.slice(lines[to]!.start, lines[to]!.end))) to++
    found.push(...lines.slice(index, to))
  }
  return found
}

/** Where papers begin that are attached (附件1 in a line of its own) or gathered on one page: each has an outline of its own. */
export function attachedFrom(text: string): number[] {
  const attached = text.matchAll(/(?<=\n) *附[件表录] *[0-9一二三四五六七八九十]{0,2}：? *(?=\n)/g)
  const papers = linesOf(text).filter(({ start, end }) => isGathered(text.slice(start, end)))
  return [...Array.from(attached, ({ index }) => index), ...papers.map(({ start }) => start)].sort((a, b) => a - b)
}

/** The title of a paper in a collection: 第二篇：某局2031年工作总结. */
const gathered =
  /^(?:第 *[一二三四五六七八九十0-9]{1,3} *篇|[范例]文 *[一二三四五六七八九十0-9]{1,3}|篇[一二三四五六七八九十0-9]{1,3})[：、 ][^。；，]{6,50}(?:总结|计划|要点|方案|报告|汇报|讲话稿?|发言稿?|意见|通知|材料|党课|体会|范文|20[0-9x_*×]{1,2}年?) *(?:（[^（）]*）)?$/

/** Whether a line is the title of one of several papers on a page. */
export function isGathered(words: string): boolean {
  return words.length < 80 && gathered.test(words)
}

/** The title of an attached paper: below 附件1, or named in 《》 elsewhere. */
function paperTitles(text: string, lines: readonly Line[]): Span[] {
  const named = new Set(Array.from(text.matchAll(/《([^《》\n]{6,60})》/g), (match) => match[1]!))
  return lines.filter(
    ({ start, end }, index) =>
      named.has(text.slice(start, end)) ||
      (index > 0 &&
        /^附[件表录] *[0-9一二三四五六七八九十]{0,2}[：]?$/.test(
          text.slice(lines[index - 1]!.start, lines[index - 1]!.end),
        )),
  )
}
