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
  const heads = headsOf(text, lines, first, signed, vocabulary)
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
  const bodies = sectionsOf(lines.slice(first), outer === null ? heads : [...numbered, ...kept])
  const parts = bodies.map((body) => {
    const plain = body.filter((line) => !numbered.includes(line))
    const found = titleSentences(text, mask, plain, vocabulary, 12)
    const run = outer === null || found.length * 10 >= plain.length * 8 || isRun(plain, found)
    return { plain, found: run ? found : [] }
  })
  const some = parts.some(({ found }) => found.length > 0)
  const sentences = parts.flatMap(({ plain, found }) =>
    found.length > 0 || !some ? found : pairOf(text, mask, plain, vocabulary),
  )
  const rank = over ? 1 : outer.rank
  const parted = wrappedOver(text, kept)
  return [
    ...kept.map((line) =>
      parted && wrapped.test(text.slice(line.start, line.end))
        ? candidate(line, 'line wrapped', rank - 0.2)
        : candidate(line, 'line', rank),
    ),
    ...bracketedOf(text, lines).map((line) => candidate(line, 'bracketed', 6.4)),
    ...sentences.map((found) => candidate(found, 'sentence', outer === null ? 1.5 : Math.max(6.5, outer.rank + 0.2))),
  ].sort((a, b) => a.start - b.start)
}

/** Two first sentences, where other parts of the text have three and more; words of closing may stand behind them. */
function pairOf(text: string, mask: Uint8Array, plain: readonly Line[], vocabulary: Vocabulary) {
  const all = titleSentences(text, mask, plain, vocabulary, 12, 2)
  const found = all.length > 0 ? all : titleSentences(text, mask, plain.slice(0, -1), vocabulary, 12, 2)
  return found.every(({ start, titleEnd }) => titleEnd - start <= 16) ? found : []
}

/** Whether titles in brackets of their own (【支部动态】) stand over other lines that are headings. */
function wrappedOver(text: string, heads: readonly Line[]): boolean {
  return heads.some(({ start, end }, index) => {
    const next = heads[index + 1]
    return (
      next !== undefined &&
      wrapped.test(text.slice(start, end)) &&
      !wrapped.test(text.slice(next.start, next.end)) &&
      text.slice(end, next.start).trim() === ''
    )
  })
}

/** Paragraphs in a row that begin with a title of their own in 【】; names of fields (【整改措施】) come again and are none. */
function bracketedOf(text: string, lines: readonly Line[]): Line[] {
  const titled = lines.map(
    ({ start, end }) => /^【([^【】：；，。]{4,14})】(?=.{12})/.exec(text.slice(start, end))?.[1] ?? null,
  )
  const once = (title: string | null) => title !== null && titled.filter((other) => other === title).length === 1
  return lines.filter(
    (_, index) => once(titled[index]!) && (once(titled[index - 1] ?? null) || once(titled[index + 1] ?? null)),
  )
}

/** The lines that are headings: below the first sentence, and above it where those further down are made alike. */
function headsOf(
  text: string,
  lines: readonly Line[],
  first: number,
  signed: ReadonlyMap<number, Candidate>,
  vocabulary: Vocabulary,
): Line[] {
  // A number in a line of its own (01) has the next line as its title.
  const titles = new Set([...signed.values()].filter(({ family }) => family === 'alone').map(({ end }) => end))
  const plain = lines.filter(
    ({ start }, index) =>
      index > 0 && !signed.has(start) && !titles.has(start) && isHead(text, index, lines, signed, vocabulary),
  )
  const below = plain.filter((line) => lines.indexOf(line) > first)
  const opens = (line: Line) => signed.get(lines[lines.indexOf(line) + 1]?.start ?? -1)?.number === 1
  const named = ({ start, end }: Line) => wrapped.test(text.slice(start, end))
  const alike = (line: Line) => (opens(line) && below.some(opens)) || (named(line) && below.some(named))
  const over = (line: Line, index: number) => index > 0 && lines.indexOf(plain[index - 1]!) === lines.indexOf(line) - 1
  const above = plain.filter(
    (line, index) => lines.indexOf(line) <= first && (alike(line) || (over(line, index) && alike(plain[index - 1]!))),
  )
  const found = [...above, ...below]
  const brief = found.filter(({ start, end }) => end - start < 4)
  return brief.length > 1
    ? found
    : found.filter((line) => !brief.includes(line) || next.test(text.slice(line.start, line.end)))
}

/** A heading of three characters. */
const next = /^下一?步$/

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
  const titled = ({ end }: Candidate) => /^[^。；：\n]{2,40}(?:\n|。\n\s*[^\n]{60})/.test(text.slice(end, end + 120))
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
  return (
    words.length >= 60 || (words.length >= 16 && /。$/.test(words)) || (words.length >= 24 && /[；：]$/.test(words))
  )
}

/** A short line without a stop over text of its own, neither a name and a day nor a line of owners. */
function isHead(
  text: string,
  index: number,
  lines: readonly Line[],
  signed: ReadonlyMap<number, Candidate>,
  vocabulary: Vocabulary,
): boolean {
  const line = lines[index]!
  const next = lines[index + 1]
  const words = text.slice(line.start, line.end)
  if (next === undefined || /，\s*$/.test(text.slice(Math.max(0, line.start - 8), line.start))) return false
  if (month.test(words)) return next.end - next.start >= 8
  if (words.length < 2 || words.length > longest) return false
  const named = wrapped.test(words)
  if ((!named && /[。；：，！？、）)\]］】]$|[。！？]”$/.test(words)) || aside.test(words)) return false
  if ((/[： ]/.test(words) && vocabulary.owners.at(words, 0) !== null) || / {3,}/.test(words)) return false
  const below = text.slice(next.start, next.end)
  if (remit.test(words)) return false
  if (named && !signed.has(next.start) && !wrapped.test(below) && below.length < 60 && !/[。；：！？]$/.test(below))
    return isHead(text, index + 1, lines, signed, vocabulary)
  return remit.test(below) || /[。；：！？]$/.test(below) || below.length >= 60 || signed.has(next.start)
}

/** Days, signatures, attachments and the head of minutes. */
const aside =
  /[0-9]{4}[-年][0-9]{1,2}|略|签字|盖章|^(?:附[件表录]?[：:]? *[0-9]|附件$|(?:联系人|电话|地点|时间|主持人?|出席|列席|记录人?|抄送|主送|发送)(?:人员|单位)?[： ])/

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
