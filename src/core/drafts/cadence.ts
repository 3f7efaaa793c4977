import type { CadenceRow } from '../reading/lexicon.ts'
import { numberOf } from '../slots/numerals.ts'
import { Chars } from '../text/chars.ts'
import { mayStand } from '../text/hints.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A rhythm in figures: how often at least, within which period, tied to which occasion. */
export type CadenceRule = {
  period: 'year' | 'half-year' | 'quarter' | 'month' | 'week' | 'day' | null
  min: number | null
  anchor: string | null
}

/** The rhythm that a passage states, as its words and as a rule. */
export type Cadence = { text: string; rule: CadenceRule }

type Found = { word: string; end: number; row: CadenceRow }

const number = '(?:[0-9]+|[一二三四五六七八九十两]+)'
const numbers = new Chars('0123456789一二三四五六七八九十两')
const bars = '至少|不少于|不得少于|不低于|最少|不得低于|不超过|不多于|最多'
/** A count after a bar may wear any unit; without one it must be a count of acts. */
const barred = new RegExp(
  `^[^，。；]{0,20}?(${bars})[^，。；、]{0,12}?(${number}|[*×]+)(次|场次?|期|轮|篇|天|节|堂|回|遍|学时|课时|小时|个月|个工作日|件|个|条|份|项|日|名|户|个月|个工作日)(以上)?`,
)
const plain = new RegExp(`^[^，。；、]{0,24}?(${number})(次(?!数)|场次?|期|轮(?!岗)|天|节|堂|遍|学时|课时)(以上)?`)
const own = new RegExp(`(${bars})?[^，。；、]{0,8}?(${number})(次|场次?|期|轮|堂|节|遍|调度|通报)`)

/** Units of acts; in any other unit a count is an amount. */
const acts = new Set(['次', '场', '场次', '期', '轮', '篇', '节', '堂', '回', '遍'])

/** The most telling rhythm of a passage, or null; among rows of one rank the first match tells most, then the longest. */
export function cadenceIn(passage: string, vocabulary: Vocabulary): Cadence | null {
  let best: Found | null = null
  const may = vocabulary.cadenceHints.in(passage)
  if (may === 0) return null
  const { cadences } = vocabulary
  for (let index = 0; index < cadences.length; index++) {
    if (!mayStand(may, index)) continue
    const { row, pattern, finder } = cadences[index]!
    if (best && row.rank > best.row.rank) break
    if (row.verbs && !row.verbs.some((verb) => passage.includes(verb))) continue
    const match = pattern === null ? null : pattern.exec(passage)
    const hit = match === null && finder !== null ? finder.first(passage) : null
    const word = match ? (match[row.group ?? 0] ?? match[0]) : hit?.word
    if (!word || (best && word.length <= best.word.length)) continue
    const end = match ? match.index + match[0].length : (hit?.end ?? 0)
    best = { word, end, row }
  }
  return best && counted(passage, best)
}

/** Adds the number of times that the passage asks within the period: 每季度…至少…2次 is 每季度至少2次. */
function counted(passage: string, { word, end, row }: Found): Cadence {
  const said = ruleOf(word)
  const rule = { ...said, period: row.period ?? said.period, anchor: row.anchor ?? said.anchor }
  // 支部大会3个月召开1次: what it means is every three months.
  const text = row.value ?? (/^[0-9一二两三四五六]个/.test(word) ? `每${word}` : word)
  if (rule.period === null) return { text: row.value ?? (rule.min === null ? text : countWords(word)), rule }
  if (row.value !== undefined) return { text, rule }
  const rest = passage.slice(end)
  const bar = barred.exec(rest)
  const count = bar ?? plain.exec(rest)
  if (count === null) return { text, rule }
  const [times, unit, above] = bar ? [bar[2], bar[3], bar[4]] : [count[1], count[2], count[3]]
  // Hours, days and papers are an amount of the period and say nothing of how often (docs/annotation.md 49).
  if (!acts.has(unit ?? '')) return { text: bar ? `${text}${bar[1]}${times}${unit}${above ?? ''}` : text, rule }
  // A count that is the most says nothing of the least.
  const min = /^[*×]/.test(times ?? '') || /超|多/.test(bar?.[1] ?? '') ? null : countOf(times ?? '')
  const asked = bar || above || min === null || min > 1
  return { text: asked ? `${text}${bar?.[1] ?? ''}${times}${unit}${above ?? ''}` : text, rule: { ...rule, min } }
}

/** The words of a number of times, without the verb between bar and number. */
function countWords(word: string): string {
  const match = own.exec(word)
  return match ? `${match[1] ?? ''}${match[2]}${match[3]}` : word
}

/** The rule that rhythm words state by themselves. */
export function ruleOf(words: string): CadenceRule {
  const count = numbers.in(words, 0, words.length) ? own.exec(words)?.[2] : undefined
  const period = periodOf(words)
  const min = count === undefined || /^每/.test(words) ? null : countOf(count)
  return { period, min: min ?? (period === null ? null : 1), anchor: anchorOf(words) }
}

const dayOfMonth = /(?:[0-9]{1,2}|[一二三]?十?[一二三四五六七八九]?)[日号](?:前|之前|以前)?$/

/** What the words of an occasion within a period hold: 每月5日, 每季度末, 双月. */
const anchors = new Chars('0123456789一二三四五六七八九十两第首固旬底末初双单隔学日号')

function anchorOf(words: string): string | null {
  if (!anchors.in(words, 0, words.length)) return null
  const weekday = /(?:第[一二三四五]个?|最后一个)(?:星期|周|工作日)[一二三四五六日天]?/.exec(words)?.[0]
  if (weekday) return weekday
  // 每两年, 每双月, 每学期 have no period of their own: the words stand beside the nearest one.
  if (/双月|单月|隔|学[期年]|[两二三四五六七八九十0-9]个?(?:年|月|周|天|季度)|两年|三年/.test(words)) {
    return /^每?(?:个|一)?(?:隔?[^至不]{0,3}个?(?:年|月|周|天|季度)|双月|单月|学期|学年)/.exec(words)?.[0] ?? null
  }
  const part = /(?:首月|首周|中旬|上旬|下旬|(?<=[年度月周期])[底末初])/.exec(words)?.[0]
  const day = /^每?(?:个|一)?工?作?[日天]$/.test(words) ? undefined : dayOfMonth.exec(words)?.[0]
  const anchor = `${part ?? ''}${day && day.length > 1 ? day : ''}`
  return anchor === '' ? null : anchor
}

function periodOf(words: string): CadenceRule['period'] {
  if (words.includes('半年') || words.includes('学期')) return 'half-year'
  if (/季(?!节)/.test(words)) return 'quarter'
  if (words.includes('年')) return 'year'
  if (words.includes('月')) return 'month'
  if (words.includes('周') || words.includes('星期')) return 'week'
  if (/(?<![集圩逢])日(?!前|期间)|天/.test(words)) return 'day'
  return null
}

function countOf(count: string): number {
  return /^[0-9]+$/.test(count) ? Number(count) : Math.max(1, numberOf(count) ?? 1)
}

/** The end of the term that a passage states, in its own words, or null; `ahead` says that it speaks of what is to be done. */
export function deadlineIn(passage: string, vocabulary: Vocabulary, ahead = false): string | null {
  const may = vocabulary.deadlineHints.in(passage)
  if (may === 0) return null
  const { deadlines } = vocabulary
  for (let index = 0; index < deadlines.length; index++) {
    if (!mayStand(may, index)) continue
    const row = deadlines[index]!
    const match = row.ahead && !ahead ? null : row.pattern.exec(passage)
    if (match) return match[0]
  }
  return ahead ? dayOfAct(passage, vocabulary) : null
}

const dated = new Chars('月季半')
const dayBefore =
  /(?<![每至到和、上去0-9—－-]|每年)(?:20[0-9]{2}年|今年|明年|次年)?(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9]{1,2}[日号]|底|初|上旬|中旬|下旬)?|第?[一二三四]季度|[上下]半年)/gu

/** 9月12日约谈, 一季度主持制定: a day or part of the year right before an act. */
function dayOfAct(passage: string, vocabulary: Vocabulary): string | null {
  if (!dated.in(passage, 0, passage.length)) return null
  for (const match of passage.matchAll(dayBefore)) {
    const end = match.index + match[0].length
    if (vocabulary.acts.stands(passage, end) && !vocabulary.nameEnds.stands(passage, end)) return match[0]
  }
  return null
}

/** Whether two wordings of a rhythm ask the same: one rule, or the same words where no rule follows from them. */
export function sameCadence(a: string | null, b: string | null, vocabulary: Vocabulary): boolean {
  if (a === b || a === null || b === null) return a === b
  // 遇有重大险情随时 says besides on what occasion.
  // 任前必谈 and 任前 are one occasion.
  const [bare, other] = [a, b].map((words) =>
    words.replace(
      /^遇?有[^，]{2,8}(?=随时|立即|即时|及时|第一时间)|必[谈讲查提学]$|各[一1]次$|(?<=^(?:发[现生]|查实)一[起个宗]).*$/,
      '',
    ),
  )
  if (bare === other) return true
  const [left, right] = [cadenceIn(a, vocabulary), cadenceIn(b, vocabulary)]
  if (!left || !right || (left.rule.period === null && left.rule.min === null && left.rule.anchor === null))
    return false
  const { rule } = left
  return (
    rule.period === right.rule.period &&
    rule.min === right.rule.min &&
    rule.anchor?.replace(/^每/, '') === right.rule.anchor?.replace(/^每/, '') &&
    /前/.test(a) === /前/.test(b)
  )
}

/** Whether two wordings of a term end on the same day: what stands around the day itself does not count. */
export function sameTerm(a: string | null, b: string | null): boolean {
  if (a === b || a === null || b === null) return a === b
  const key = (words: string) =>
    words
      .normalize('NFKC')
      .replace(/\s/g, '')
      .replace(/^(?:于|在|到|至|最迟|确保|自)?/, '')
      .replace(/(?:以前|之前|前|以内|之内|内)?(?:完成)?$/, '')
  const [left, right] = [key(a), key(b)]
  return (
    left === right ||
    (/^.*(?:[后起]).*[0-9一二三四五六七八九十两半]/.test(a + b) && (left.endsWith(right) || right.endsWith(left)))
  )
}
