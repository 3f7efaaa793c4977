import type { Vocabulary } from '../drafts/vocabulary.ts'
import { isGathered } from './apart.ts'
import type { Candidate } from './ranks.ts'
import { built, type Line } from './sentences.ts'

const longest = 30

/** The lines that are headings: below the first sentence, and above it where those further down are made alike. */
export function headsOf(
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
  const places = new Map(lines.map((line, place) => [line, place]))
  const placeOf = (line: Line) => places.get(line)!
  const below = plain.filter((line) => placeOf(line) > first)
  const opens = (line: Line) => signed.has(lines[placeOf(line) + 1]?.start ?? -1)
  const named = ({ start, end }: Line) => wrapped.test(text.slice(start, end))
  const tells = ({ start, end }: Line) => telling.test(text.slice(start, end))
  const alike = (line: Line) =>
    [opens, named, tells].some((is) => is(line) && below.filter(is).length > (is === opens ? 1 : 0))
  const over = (line: Line, index: number) => index > 0 && placeOf(plain[index - 1]!) === placeOf(line) - 1
  const above = plain.filter(
    (line, index) => placeOf(line) <= first && (alike(line) || (over(line, index) && alike(plain[index - 1]!))),
  )
  const found = [...above, ...below]
  const brief = found.filter(({ start, end }) => end - start < 4)
  return brief.length > 1
    ? found
    : found.filter((line) => line !== brief[0] || next.test(text.slice(line.start, line.end)))
}

/** A heading of three characters. */
const next = /^下一?步$/

/** What a heading without a number among numbered ones ends in. */
export const telling =
  /(?:情况|回顾|问题|不足|差距|打算|安排|任务|要求|措施|目标|思路|保障|体会|成效|做法|建议|方向|事项)$|^附[件录表]?[：:一二三四五六七八九十0-9]/

/**
 * How far in each of some headings without numbers stands, 0 outermost: titles in brackets of their own (【支部动态】) over lines, and lines
 * right over another line over those between.
 */
export function tiersOf(text: string, heads: readonly Line[]): number[] {
  const words = heads.map(({ start, end }) => text.slice(start, end))
  const named = words.map((said) => wrapped.test(said))
  const over = heads.map(({ end }, index) => {
    const next = heads[index + 1]
    return next !== undefined && text.slice(end, next.start).trim() === ''
  })
  const apart = over.some((is, index) => is && named[index] && !named[index + 1])
  // No line stands right over another: those made like the first are the outer ones where others stand between them.
  const row = new Set(words.filter((said) => /[，：]/.test(said) && built(said) === built(words[0]!)))
  const doubled = (of: boolean) =>
    words.filter((_, index) => over[index] && named[index] === of && named[index + 1] === of)
  const [lines, brackets] = [doubled(false), doubled(true)]
  const [likeLine, likeBracket] = [likeSome(lines), likeSome(brackets)]
  const upper = words.map((said, index) => {
    if ((named[index] ? brackets : lines).length === 0) return row.size > 2 && (row.has(said) || telling.test(said))
    return named[index] ? likeBracket(said) : telling.test(said) || likeLine(said)
  })
  return words.map((_, index) => (apart && !named[index] ? 2 : 0) + (upper[index] ? 0 : 1))
}

/** Whether three characters in a row of a title stand in one of some others (“短尺子”量作风, “硬尺子”量纪律), or it has two parts as they have. */
function likeSome(others: readonly string[]): (title: string) => boolean {
  const whole = new Set(others)
  const parts = new Set(others.flatMap((title) => threes(title)))
  const forms = new Set(others.map((title) => built(title)))
  return (title) =>
    whole.has(title) ||
    (/[，：]/.test(title) && forms.has(built(title))) ||
    threes(title).some((part) => parts.has(part))
}

function threes(title: string): string[] {
  const found: string[] = []
  for (let at = 0; at + 3 <= title.length; at++) found.push(title.slice(at, at + 3))
  return found
}

/** A line of running text: the first one ends the title of a document. */
export function isProse(words: string): boolean {
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
  over = true,
): boolean {
  const line = lines[index]!
  const next = lines[index + 1]
  const words = text.slice(line.start, line.end)
  if (next === undefined || /，\s*$/.test(text.slice(Math.max(0, line.start - 8), line.start))) return false
  if (month.test(words)) return next.end - next.start >= 8
  if (words.length < 2 || words.length > longest) return false
  // A field (【责任领导】甲), a row of dots.
  if (/^【[^】]+】.|^[^一-鿿]*$/u.test(words)) return false
  const named = wrapped.test(words)
  if ((!named && /[。；：，！？、）)\]］】]$|[。！？]”$/.test(words)) || aside.test(words)) return false
  if ((!named && /[： ]/.test(words) && vocabulary.owners.at(words, 0) !== null) || / {3,}/.test(words)) return false
  const below = text.slice(next.start, next.end)
  if (remit.test(words) || isGathered(words)) return false
  if (named && !signed.has(next.start) && !wrapped.test(below) && below.length < 60 && !/[。；：！？]$/.test(below))
    return isHead(text, index + 1, lines, signed, vocabulary)
  if (
    remit.test(below) ||
    label.test(words) ||
    /[。；：！？]$/.test(below) ||
    below.length >= 60 ||
    (signed.has(next.start) && !(/ /.test(words) && signed.get(next.start)!.number > 1))
  )
    return true
  // A heading right over another; three short lines in a row are a verse or a table.
  const before = index > 1 ? lines[index - 1] : undefined
  const short =
    before !== undefined &&
    before.end - before.start < 20 &&
    !aside.test(text.slice(before.start, before.end)) &&
    !/[。；：！？]$/.test(text.slice(before.start, before.end))
  return (
    over &&
    !(short && !signed.has(before.start)) &&
    (named || !/ |^附/.test(words)) &&
    isHead(text, index + 1, lines, signed, vocabulary, false)
  )
}

/** What stands over a motto, a day or a place too. */
const label = /^(?:活动|工作|会议|行动|教育)(?:主题|时间|安排|目标|原则|对象|内容|范围|步骤|要求)$/

/** Days, signatures, attachments and the head of minutes. */
const aside =
  /[0-9]{4}[-年][0-9]{1,2}|略|签字|盖章|^(?:附[件表录]?[：:]? *[0-9]|附件$|(?:联系人|电话|地点|时间|主持人?|出席|列席|记录人?|抄送|主送|发送)(?:人员|单位)?[： ])/

/** What the person named in the line above is in charge of. */
const remit = /^（?(?:(?:职责|工作)?分工|主持|分管|协管|协助|联系|负责)(?!人)[^。；]*(?<![院局处科校站所]长|主任|书记)$/

/** A title in brackets of its own. */
const wrapped =
  /^(?:【[^【】：；，]{2,20}】|［[^［］：；，]{2,20}］|〖[^〖〗：；，]{2,20}〗|「[^「」：；，]{2,20}」|“[^“”：；，]{2,20}”)$/

/** The month that a line of a plan or list by months is. */
const month =
  /^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:月?[—－~至到、-](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}))?月(?:份)?$/
