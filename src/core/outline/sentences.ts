import { cadenceIn, deadlineIn } from '../drafts/cadence.ts'
import { nameEnd } from '../drafts/name.ts'
import { actorAt } from '../drafts/subject.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'
import { endsSentence } from '../text/clauses.ts'

/** A line of a text without the blanks around it. */
export type Line = { start: number; end: number }
type Found = { start: number; end: number; titleEnd: number; level: 1 | 2 }

const longestSentence = 32
const paragraph = 44

/** A run of headings made alike (在…上再用力), behind others that are made differently, stands under the one before it. */
export function seriesOf(text: string, found: readonly Found[]): Found[] {
  const ends = ({ start, titleEnd }: Found) => text.charAt(start) + text.slice(titleEnd - 2, titleEnd)
  const alike = (a: Found, b: Found) =>
    ends(a) === ends(b) || text.slice(a.start, a.start + 2) === text.slice(b.start, b.start + 2)
  const levels = found.map(() => 1 as 1 | 2)
  for (let from = 0; from < found.length; ) {
    let to = from + 1
    while (to < found.length && alike(found[to]!, found[from]!)) to++
    if (to - from >= 3 && from >= 2) levels.fill(2, from, to)
    from = to
  }
  return found.map((node, index) => ({ ...node, level: levels[index]! }))
}

/** The lines of a text that are not blank. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let from = 0; from < text.length; ) {
    const stop = text.indexOf('\n', from)
    const to = stop < 0 ? text.length : stop
    const line = text.slice(from, to)
    const start = to - line.trimStart().length
    const end = from + line.trimEnd().length
    if (start < end) lines.push({ start, end })
    from = to + 1
  }
  return lines
}

const narrates =
  /^(?:20[0-9]{2}年|我|这|那|一年来|今年|去年|过去|回顾|当前|同时|总的|各位|同志|上述|以上|此外|其中|虽然|但|面对|(?:再|还有)?一个是|肯定成绩|总之|目前|收到|现将|会议|下面|下一步)/

/** A sentence that judges instead of naming what its paragraph is about. */
const maxim = /不能|不是|也是|就是|正是|是最|关键(?:看|在|是)|要看|重任千钧|([\u4e00-\u9fff])不\1/u

/** First sentences that are headings: at least `several` of a section's paragraphs, and most of them, begin so. */
export function titleSentences(
  text: string,
  mask: Uint8Array,
  body: readonly Line[],
  vocabulary: Vocabulary,
  least = paragraph,
  several = 3,
): Found[] {
  const paragraphs = body.filter((line) => line.end - line.start >= least)
  let judging = 0
  const seen = paragraphs.map((line): (Found & { names: boolean }) | null => {
    let stop = line.start
    while (stop < line.end && !endsSentence(text, mask, stop)) stop++
    const dash = text.slice(line.start, line.start + 18).indexOf('——')
    const dashed = dash > 2
    if (dashed) stop = line.start + dash
    const title = text.slice(line.start, stop)
    const length = title.length
    if (length < 3 || length > longestSentence || (text.charAt(stop) !== '。' && !dashed) || stop + 4 > line.end)
      return null
    if (line === body.at(-1) && closing.test(text.slice(line.start, line.end))) return null
    if (maxim.test(title)) judging++
    if (/[：；]/.test(title) || narrates.test(title) || maxim.test(title) || saysMore(title, vocabulary)) return null
    return {
      start: line.start,
      end: dashed ? stop : stop + 1,
      titleEnd: stop,
      level: 2,
      names: actorAt(title, 0, length, vocabulary) !== null,
    }
  })
  // Where most paragraphs begin so, a few characters that name somebody are a title too, and so is what is made like the others.
  const found = seen.filter((one) => one !== null && !one.names) as Found[]
  const alike = (one: Found) =>
    found.filter(({ start }) => text.slice(start, start + 2) === text.slice(one.start, one.start + 2)).length > 1
  const titles = seen.filter(
    (one) => one !== null && (!one.names || one.titleEnd - one.start <= 10 || alike(one)),
  ) as Found[]
  const telling = several < 3 ? titles : found
  const dashes =
    titles.length > 1 &&
    titles.length === paragraphs.length &&
    titles.every(({ titleEnd }) => text.charAt(titleEnd) === '—')
  if (dashes) return titles
  if (telling.length < several || telling.length * 10 < (paragraphs.length - judging) * (several < 3 ? 10 : 6))
    return several < 3 ? [] : runOf(text, seen)
  return titles
}

/** Three paragraphs and more that each begin with another title before a colon (丰富党课形式：…。); labels and names are none. */
export function colonTitles(text: string, body: readonly Line[], vocabulary: Vocabulary): Found[] {
  const found: Found[] = []
  for (const { start, end } of body) {
    const title = /^[^。；：，！？、（）0-9 ]{4,14}(?=：[^\n]{30})/.exec(
      text.slice(start, Math.min(end, start + 60)),
    )?.[0]
    if (title === undefined || narrates.test(title) || labels.test(title)) return []
    const titleEnd = start + title.length
    if (nameEnd(text, start, titleEnd, 'acts', vocabulary) === titleEnd || saysMore(title, vocabulary)) return []
    found.push({ start, end: titleEnd + 1, titleEnd, level: 2 })
  }
  const titles = new Set(found.map((one) => text.slice(one.start, one.titleEnd)))
  return found.length >= 3 && titles.size === found.length ? found : []
}

/** What is said of an item in every item: 整改措施：…, 完成时限：…. */
const labels =
  /(?:情况|措施|时限|时间|地点|单位|领导|问题|目标|任务|内容|要求|责任人|对象|表现|状态|进展|结果|打算|人员|主题|方式|原因|建议|成效)$/

/** Titles made alike (要在“严”字上加压) at the head of three paragraphs in a row and more, however many stand around them. */
function runOf(text: string, seen: readonly (Found | null)[]): Found[] {
  const found: Found[] = []
  for (let from = 0; from < seen.length; ) {
    const one = seen[from]
    let to = from + 1
    while (one && to < seen.length && seen[to] && alikeEnds(text, one, seen[to]!)) to++
    if (one && to - from >= 3) found.push(...(seen.slice(from, to) as Found[]))
    from = to
  }
  return found
}

/** Whether two titles begin and end in the same words, or are built alike: 政治监督要“不走神”, 日常监督要“不缺位”. */
function alikeEnds(text: string, a: Found, b: Found): boolean {
  const [one, other] = [text.slice(a.start, a.titleEnd), text.slice(b.start, b.titleEnd)]
  const same = (words: (title: string) => string) => words(one) === words(other)
  const begins = same((title) => title.slice(0, 2))
  if (begins && (same((title) => title.slice(-2)) || same((title) => title.replace(/“[^”]+”.*/, '')))) return true
  return built(one).replaceAll('·', '').length >= 3 && same(built)
}

/** The small words and marks of a title, what stands between them left out. */
export function built(title: string): string {
  return title.replace(/[^“”，、：要在把以让做当更得]+/gu, '·')
}

const closing = /让我们|奋力|新篇章|新征程|新局面|贡献|谱写|而努力|更加紧密/

function saysMore(title: string, vocabulary: Vocabulary): boolean {
  if (/[0-9*×□○]+(?:次|人|个|项|场|件|%|份|名|期)/.test(title) || deadlineIn(title, vocabulary) !== null) return true
  const rule = cadenceIn(title, vocabulary)?.rule
  return rule !== undefined && rule.period !== null
}
