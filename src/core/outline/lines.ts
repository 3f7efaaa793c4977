import type { Vocabulary } from '../drafts/vocabulary.ts'
import { type Candidate, ranked } from './ranks.ts'
import { type Line, linesOf, titleSentences } from './unmarked.ts'

const longest = 30

/**
 * Headings without numbers in a text that has numbers too: lines of their own over text, where numbers stand only below them or begin
 * anew under them, and the short first sentences of the paragraphs between.
 */
export function lineHeadings(
  text: string,
  mask: Uint8Array,
  signs: readonly Candidate[],
  vocabulary: Vocabulary,
): Candidate[] {
  const lines = linesOf(text)
  const first = lines.findIndex(({ start, end }) => isProse(text.slice(start, end)))
  if (first < 0) return []
  const signed = new Map(signs.map((one) => [one.start, one]))
  const numbered = lines.filter(({ start }) => signed.has(start))
  const heads = lines.filter(
    (line, index) =>
      index > first && !signed.has(line.start) && isHead(text, line, lines[index + 1], signed, vocabulary),
  )
  const outer = outermost(text, ranked(signs, text.length))
  const several = outer === null || outer.restarts || heads.length > 1
  const kept = several ? heads : heads.filter((line) => telling.test(text.slice(line.start, line.end)))
  const over =
    outer === null ||
    outer.restarts ||
    within(outer, kept) ||
    kept.some((line) => outer.firsts.includes(lines[lines.indexOf(line) + 1]?.start ?? -1))
  // No number begins a line, no line is a heading: the paragraphs may begin with theirs, and the numbers stand within.
  if (outer === null && heads.length < 2)
    return heads.length === 0 && signs.length > 1 && !signs.some(({ lineStart }) => lineStart)
      ? titleSentences(text, mask, lines.slice(first), vocabulary).map((found) => candidate(found, 'sentence', 1.5))
      : []
  const sentences = sectionsOf(lines.slice(first), outer === null ? heads : [...numbered, ...kept]).flatMap((body) => {
    const plain = body.filter((line) => !numbered.includes(line))
    const found = titleSentences(text, mask, plain, vocabulary, 12)
    return outer === null || found.length * 10 >= plain.length * 8 || isRun(plain, found) ? found : []
  })
  return [
    ...kept.map((line) => candidate(line, 'line', over ? 1 : outer.rank)),
    ...sentences.map((found) => candidate(found, 'sentence', outer === null ? 1.5 : 6.5)),
  ].sort((a, b) => a.start - b.start)
}

/** Titles that stand in one row, with no more than words of introduction before and of closing behind them. */
function isRun(plain: readonly Line[], found: readonly { start: number }[]): boolean {
  const from = plain.findIndex(({ start }) => start === found[0]?.start)
  return found.length >= 3 && from <= 2 && plain[from + found.length - 1]?.start === found.at(-1)!.start
}

/** What a heading without a number among numbered ones ends in. */
const telling =
  /(?:情况|回顾|问题|不足|差距|打算|安排|任务|要求|措施|目标|思路|保障|体会|成效|做法|建议|方向|事项)$|^附[件录表]?[：:一二三四五六七八九十0-9]/

/** The outermost sign at the head of lines: where its lists begin, and whether there are several. */
function outermost(
  text: string,
  signs: readonly Candidate[],
): { rank: number; restarts: boolean; firsts: readonly number[]; from: number; to: number } | null {
  const titled = ({ end }: Candidate) => /^[^。；：\n]{2,40}\n/.test(text.slice(end, end + 42))
  const lined = signs.filter((one) => one.lineStart && (one.rank < 5 || titled(one)))
  if (lined.length === 0) return null
  const rank = Math.min(...lined.map((one) => one.rank))
  const own = lined.filter((one) => one.rank === rank)
  const firsts = own.filter(({ number }) => number === 1).map(({ start }) => start)
  return { rank, restarts: firsts.length > 1, firsts, from: own[0]!.start, to: own.at(-1)!.start }
}

/** A single list that stands wholly below one of several headings. */
function within({ from, to }: { from: number; to: number }, heads: readonly Line[]): boolean {
  const below = heads.findLastIndex(({ start }) => start < from)
  return heads.length > 1 && below >= 0 && (heads[below + 1]?.start ?? Number.POSITIVE_INFINITY) > to
}

function candidate({ start }: { start: number }, family: string, rank: number): Candidate {
  return { start, end: start, family, rank, number: 0, lineStart: true }
}

/** A line of running text: the first one ends the title of a document. */
function isProse(words: string): boolean {
  return words.length >= 60 || (words.length >= 24 && /[。；：]$/.test(words))
}

/** A short line without a stop over text of its own, neither a name and a day nor a line of owners. */
function isHead(
  text: string,
  line: Line,
  next: Line | undefined,
  signed: ReadonlyMap<number, Candidate>,
  vocabulary: Vocabulary,
): boolean {
  const words = text.slice(line.start, line.end)
  if (next === undefined) return false
  if (month.test(words)) return next.end - next.start >= 8
  if (words.length < 4 || words.length > longest) return false
  const named = wrapped.test(words)
  if (
    (!named && /[。；：，！？、）\]］】]$/.test(words)) ||
    /[0-9]{4}[-年][0-9]{1,2}|略|签字|盖章|^(?:附件[：:]? *[0-9]|(?:联系人|电话|地点|时间|主持人?|出席|列席|记录人?|抄送|主送|发送)(?:人员|单位)?[： ])/.test(
      words,
    )
  )
    return false
  if ((/[： ]/.test(words) && vocabulary.owners.at(words, 0) !== null) || / {3,}/.test(words)) return false
  const below = text.slice(next.start, next.end)
  if (remit.test(words)) return false
  return remit.test(below) || /[。；：！？]$/.test(below) || below.length >= 60 || signed.has(next.start)
}

/** What the person named in the line above is in charge of. */
const remit = /^（?(?:(?:职责|工作)?分工|主持|分管|协管|协助|联系|负责)(?!人)[^。；]*$/

/** A title in brackets of its own. */
const wrapped =
  /^(?:【[^【】：；，]{2,20}】|［[^［］：；，]{2,20}］|〖[^〖〗：；，]{2,20}〗|「[^「」：；，]{2,20}」|“[^“”：；，]{2,20}”)$/

/** The month that a line of a plan or list by months is. */
const month = /^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?$/

function sectionsOf(lines: readonly Line[], heads: readonly Line[]): Line[][] {
  const sections: Line[][] = [[]]
  for (const line of lines) {
    if (heads.includes(line)) sections.push([])
    else sections.at(-1)!.push(line)
  }
  return sections
}
