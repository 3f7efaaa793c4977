import { Opening } from '../text/chars.ts'
import type { Clause } from '../text/clauses.ts'
import { mayStand } from '../text/hints.ts'
import { divisionOpening, sharesIn } from './division.ts'
import { blankLabel, bracketAlone, ownerBracket, ownersOf } from './owners.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What is settled about a clause before duties are looked for. */
export type Settled = 'background' | 'principle' | 'quotation' | 'problem' | 'owners' | 'open' | 'heading'

/** What the outline says of a clause. */
export type Place = {
  isHeading(clause: Clause): boolean
  inProblems(clause: Clause): boolean
  marked(clause: Clause): boolean
  /** Where the passage under a heading without further headings ends, -1 for all other clauses. */
  leafEnd(clause: Clause): number
}

/** Settles headings, greetings, quotations, accounts of others' acts, named shortcomings and lines that only name owners; the rest stays open. */
export function settle(text: string, clauses: readonly Clause[], place: Place, vocabulary: Vocabulary): Settled[] {
  const settled: Settled[] = []
  let from = 0
  while (from < clauses.length) {
    let to = from + 1
    while (to < clauses.length && clauses[to]?.sentence === clauses[from]?.sentence) to++
    const told = settleSentence(text, clauses.slice(from, to), place, vocabulary)
    if (typeof told === 'string') for (; from < to; from++) settled.push(told)
    else settled.push(...told)
    from = to
  }
  openTasks(text, clauses, settled, place)
  return settled
}

/** A numbered line under which nothing stands but who has it is no heading: it is the task. */
function openTasks(text: string, clauses: readonly Clause[], settled: Settled[], place: Place): void {
  // Where text stood below such a line before, the last one has its text below it too.
  let above = false
  for (let at = 0; at < clauses.length; at++) {
    if (settled[at] !== 'heading') continue
    const end = place.leafEnd(clauses[at]!)
    let to = at
    while (settled[to] === 'heading' && clauses[to]?.sentence === clauses[at]!.sentence) to++
    if (end < 0 || settled[to] !== 'owners') continue
    let next = to
    while (settled[next] === 'owners') next++
    const after = clauses[next]
    // Below the last of several tasks stands what belongs to none of them.
    const last = place.leafEnd(clauses[at]!) >= clauses.at(-1)!.end && settled.lastIndexOf('owners', at) >= 0
    const beside = clauses[to]!.paragraph === clauses[at]!.paragraph
    const apart = after && after.paragraph > clauses[to]!.paragraph && (beside || !place.marked(after))
    const note = after && appended.at(text, after.start, after.end) && !place.marked(after)
    if (after && after.start < end && !(last && apart && !above) && !note) {
      above = true
      continue
    }
    settled.fill('open', at, to)
  }
}

/** What stands below the last task and is not part of it. */
const appended = new Opening(/^(?:附件|附[：1-9]|注：|说明：|备注|（)/, '附注说备（')

/** What is settled about each clause of a sentence, or about them all. */
function settleSentence(
  text: string,
  sentence: readonly Clause[],
  place: Place,
  vocabulary: Vocabulary,
): Settled | Settled[] {
  const first = sentence[0]!
  const last = sentence[sentence.length - 1]!
  if (place.isHeading(first)) return 'heading'
  if (namesOwners(text, first, last, vocabulary)) return 'owners'
  if (isTitleLine(text, first, last, place)) return 'heading'
  const quotation = sentence.findIndex((clause) => isQuotation(text, clause, vocabulary))
  if (quotation >= 0) return spreadQuotation(text, sentence, quotation, vocabulary)
  if (
    place.inProblems(first) &&
    (namesProblem(text, sentence, vocabulary) || !asks.test(text.slice(first.start, last.end)))
  )
    return 'problem'
  if (sentence.some((clause) => isShortcoming(text, clause, vocabulary)))
    return settleProblems(text, sentence, vocabulary)
  const told = vocabulary.sentenceHints.in(text, first.start, last.end)
  const words = text.slice(first.start, last.end)
  const whole =
    told === 0
      ? undefined
      : vocabulary.sentenceBackgrounds.find((row, index) => mayStand(told, index) && row.pattern.test(words))
  if (whole) return whole.state ?? 'background'
  if (isAccount(text, first, last, vocabulary)) return 'background'
  return sentence.map((clause) => {
    const may = vocabulary.clauseHints.in(text, clause.start, clause.end)
    if (may === 0) return 'open'
    const own = bare(text, clause)
    return vocabulary.clauseBackgrounds.some((row, index) => mayStand(may, index) && row.pattern.test(own))
      ? 'background'
      : 'open'
  })
}

/** A line or bracket that only says whose the task before it is. */
function namesOwners(text: string, first: Clause, last: Clause, vocabulary: Vocabulary): boolean {
  if (
    divisionOpening.length(text, first.start, last.end) > 0 &&
    sharesIn(text.slice(first.start, last.end), vocabulary) !== null
  )
    return true
  const inner = ownerBracket.length(text, first.start, last.end)
  if (inner === 0 && !vocabulary.owners.stands(text, first.start)) return false
  if (blankLabel(text, first.start + inner, last.end, vocabulary) > 0) return true
  const words = text.slice(first.start, last.end)
  if (vocabulary.owners.at(text, first.start + inner) && /[：为】］]|——/.test(words.slice(inner, inner + 9)))
    return true
  return inner > 0 && bracketAlone.test(words) && ownersOf(text, first.start, last.end, vocabulary) !== null
}

/** A short line of its own near the head, without a mark at its end: the title, the date, the name under it. */
function isTitleLine(text: string, first: Clause, last: Clause, place: Place): boolean {
  if (place.marked(first) || last.end - first.start > 60 || linesBefore(text, first) > 5) return false
  if (numberedTask.at(text, first.start, first.end)) return false
  const alone =
    /^\s*$/.test(text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start)) &&
    /^[ ]*(?:\n|$)/.test(text.slice(last.end, last.end + 2))
  return alone && !/[。；！？：，]$/.test(text.slice(first.start, last.end))
}

/** How many lines that are not empty stand before a clause near the head; what a web page printed there is blank. */
function linesBefore(text: string, { start, paragraph }: Clause): number {
  if (paragraph <= 5 || start > headLength) return paragraph
  return (text.slice(0, start).match(/[^\s][^\n]*\n/g) ?? []).length
}

const headLength = 800

/** 【任务一】, 【第3项】: the number of a task. */
export const numberedTask = new Opening(/^【(?:任务|事项|项目|工作|第)?[一二三四五六七八九十0-9]{1,3}项?】/u, '【')

/** What a sentence that asks for something begins with. */
const asks = /^(?:要|必须|务必|下一步|下步|今后|针对|对此|对这些|对上述|对以上)/

/** In a section of shortcomings: some member falls short, or a word of shortcoming stands, and nothing is asked. */
function namesProblem(text: string, sentence: readonly Clause[], vocabulary: Vocabulary): boolean {
  return sentence.some(
    (clause) =>
      vocabulary.shortcomings.in(text, clause.start, clause.end) ||
      vocabulary.somes.in(text, clause.start, clause.start + 6),
  )
}

function bare(text: string, clause: Clause): string {
  return text.slice(clause.start, clause.end)
}

/** A clause with a long quoted passage that a speaking verb opens. */
function isQuotation(text: string, clause: Clause, vocabulary: Vocabulary): boolean {
  const words = bare(text, clause)
  const open = words.indexOf('“')
  if (open < 0) return false
  const close = words.indexOf('”', open)
  if (close - open < 14) return false
  const before = text.slice(Math.max(0, clause.start + open - 4), clause.start + open)
  return vocabulary.quotations.in(before) || (open === 0 && close - open > 24)
}

/** What leads to a quotation belongs to it. */
function spreadQuotation(text: string, sentence: readonly Clause[], first: number, vocabulary: Vocabulary): Settled[] {
  return sentence.map((clause, index) =>
    index <= first || isQuotation(text, clause, vocabulary) ? 'quotation' : 'open',
  )
}

function isShortcoming(text: string, clause: Clause, vocabulary: Vocabulary): boolean {
  const less = vocabulary.shortcomings.first(text, clause.start, clause.end)
  if (!less || /^(?:要|坚决|着力|切实|防止|解决|杜绝|确保|使|让)/.test(bare(text, clause))) return false
  const some = vocabulary.somes.stands(text, clause.start)
  const ends = clause.end - less.end <= 4 && !/^[的性]/.test(text.slice(less.end, less.end + 1))
  return some || (ends && /(?:还|仍|存在|较|比较|尚|有|够)/.test(bare(text, clause)))
}

/** A sentence of shortcomings: those that some person or unit shows, with the promise to mend them, are problems; the rest is background. */
function settleProblems(text: string, sentence: readonly Clause[], vocabulary: Vocabulary): Settled[] {
  const shortcomings = sentence.map((clause) => isShortcoming(text, clause, vocabulary))
  const concrete = sentence.some(
    (clause, index) => shortcomings[index] && !/差距$/.test(bare(text, clause).replace(/[。，；]$/, '')),
  )
  const first = shortcomings.indexOf(true)
  return sentence.map((_, index): Settled => {
    if (!concrete) return 'background'
    return index >= first || vocabulary.somes.in(text, sentence[index]?.start, sentence[index]?.end)
      ? 'problem'
      : 'open'
  })
}

/** A sentence whose subject is an authority above and which asks nothing here. */
function isAccount(text: string, first: Clause, last: Clause, vocabulary: Vocabulary): boolean {
  const speaker = vocabulary.authorities.first(text, first.start, Math.min(first.end, first.start + 9))
  if (!speaker) return false
  const words = text.slice(first.start, last.end)
  if (speaker.start > first.start + 4 || /要|必须|务必/.test(words.slice(0, 6))) return false
  if (/^(?:深入|认真|全面|坚持|及时|学习|贯彻|落实)/.test(words)) return false
  return /深刻|指引|描绘|阐释|指明|提供了|充分体现|强调|指出|发表|宣告|擘画|取得|是/.test(words)
}
