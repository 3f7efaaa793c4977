import type { Vocabulary } from '../drafts/vocabulary.ts'
import type { Candidate } from './ranks.ts'
import { type Line, linesOf, titleSentences } from './unmarked.ts'

const longest = 30
const sign =
  /^(?:第[一二三四五六七八九十]|[壹贰叁肆伍陆柒捌玖拾]、|[一二三四五六七八九十]{1,3}[、 ]|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、）．]|[①-⑳⒈-⒛]|[一二三四五六七八九十][是要]|首先|其次|再次|最后)/

/**
 * Headings without numbers in a text that has numbers too: lines of their own over text, where numbers stand only below them or begin
 * anew under them, and the short first sentences of the paragraphs between.
 */
export function lineHeadings(text: string, mask: Uint8Array, vocabulary: Vocabulary): Candidate[] {
  const lines = linesOf(text)
  const first = lines.findIndex(({ start, end }) => isProse(text.slice(start, end)))
  if (first < 0) return []
  const numbered = lines.filter(({ start, end }) => sign.test(text.slice(start, Math.min(end, start + 6))))
  const heads = lines.filter((line, index) => index > first && isHead(text, line, lines[index + 1], vocabulary))
  const outer = outermost(text, numbered)
  const several = outer === null || outer.restarts || heads.length > 1
  const kept = several ? heads : heads.filter((line) => telling.test(text.slice(line.start, line.end)))
  const over =
    outer === null ||
    outer.restarts ||
    kept.some((line) => outer.firsts.includes(lines[lines.indexOf(line) + 1]?.start ?? -1))
  if (outer === null && heads.length < 2) return []
  const sentences = sectionsOf(lines.slice(first), outer === null ? heads : [...numbered, ...kept]).flatMap((body) => {
    const plain = body.filter((line) => !numbered.includes(line))
    const found = titleSentences(text, mask, plain, vocabulary, 12)
    return outer === null || found.length * 10 >= plain.length * 8 ? found : []
  })
  return [
    ...kept.map((line) => candidate(line, 'line', over ? 1 : outer.rank)),
    ...sentences.map((found) => candidate(found, 'sentence', outer === null ? 1.5 : 6.5)),
  ].sort((a, b) => a.start - b.start)
}

/** What a heading without a number among numbered ones ends in. */
const telling =
  /(?:情况|回顾|问题|不足|差距|打算|安排|任务|要求|措施|目标|思路|保障|体会|成效|做法|建议|方向|事项)$|^附[件录表]?[：:一二三四五六七八九十0-9]/

const outerSigns = [
  [/^第[一二三四五六七八九十]{1,3}(?:部分|[篇单章节条项])/, 1],
  [/^(?:[一二三四五六七八九十]{1,3}[、 ]|[壹贰叁肆伍陆柒捌玖拾]、)/, 2],
  [/^（[一二三四五六七八九十]{1,3}）/, 3],
  [/^(?:[0-9]{1,2}[.、．]|[⒈-⒛])/, 4],
] as const

/** The outermost sign at the head of lines: where its lists begin, and whether there are several. */
function outermost(
  text: string,
  numbered: readonly Line[],
): { rank: number; restarts: boolean; firsts: readonly number[] } | null {
  for (const [pattern, rank] of outerSigns) {
    const own = numbered.filter(({ start }) => pattern.test(text.slice(start, start + 6)))
    if (own.length === 0) continue
    const firsts = own.map(({ start }) => start).filter((start) => begins.test(text.slice(start, start + 3)))
    return { rank, restarts: firsts.length > 1, firsts }
  }
  return null
}

const begins = /^(?:第一|[一壹][、 ]|（一|1[.、．]|⒈)/

function candidate({ start }: { start: number }, family: string, rank: number): Candidate {
  return { start, end: start, family, rank, number: 0, lineStart: true }
}

/** A line of running text: the first one ends the title of a document. */
function isProse(words: string): boolean {
  return words.length >= 60 || (words.length >= 24 && /[。；：]$/.test(words))
}

/** A short line without a stop over text of its own, neither a name and a day nor a line of owners. */
function isHead(text: string, line: Line, next: Line | undefined, vocabulary: Vocabulary): boolean {
  const words = text.slice(line.start, line.end)
  if (next === undefined) return false
  if (month.test(words)) return next.end - next.start >= 8
  if (words.length < 4 || words.length > longest) return false
  if (
    /[。；：，！？、）\]］】]$|[0-9]{4}[-年][0-9]{1,2}|略|签字|盖章|^(?:联系人|电话|地点|时间|主持|出席|列席|记录|抄送|主送|发送)/.test(
      words,
    )
  )
    return false
  if (sign.test(words) || vocabulary.owners.at(words, 0) !== null || / {3,}/.test(words)) return false
  const below = text.slice(next.start, next.end)
  return /[。；：！？]$/.test(below) || below.length >= 60 || sign.test(below)
}

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
