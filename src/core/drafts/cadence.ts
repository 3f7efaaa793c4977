import type { Vocabulary } from './vocabulary.ts'

/** A rhythm in figures: how often at least, within which period, tied to which occasion. */
export type CadenceRule = {
  period: 'year' | 'half-year' | 'quarter' | 'month' | 'week' | 'day' | null
  min: number | null
  anchor: string | null
}

/** The rhythm that a passage states, as its words and as a rule. */
export type Cadence = { text: string; rule: CadenceRule }

const numerals = '零一二三四五六七八九十'

/** The most telling rhythm of a passage, or null; among rows of one rank the longest match tells most. */
export function cadenceIn(passage: string, vocabulary: Vocabulary): Cadence | null {
  let best: (Cadence & { rank: number; length: number }) | null = null
  const worded = vocabulary.cadenceWords.in(passage)
  for (const { row, pattern, finder } of vocabulary.cadences) {
    if (best && row.rank > best.rank) break
    const match = row.pattern ? pattern.exec(passage) : null
    const word = match ? (match[row.group ?? 0] ?? match[0]) : worded ? finder.first(passage)?.word : undefined
    if (!word || (best && word.length <= best.length)) continue
    if (row.verbs && !row.verbs.some((verb) => passage.includes(verb))) continue
    const rule = ruleOf(word)
    const text = row.value ?? (rule.min === null ? word : withoutCount(word))
    best = {
      text,
      rule: { ...rule, period: row.period ?? rule.period, anchor: row.anchor ?? rule.anchor },
      rank: row.rank,
      length: word.length,
    }
  }
  return best && { text: best.text, rule: best.rule }
}

/** The words of the period without those of the number of times. */
function withoutCount(words: string): string {
  const period =
    /^(?:按|逐)?(?:每|全)?(?:(?:个|一)?(?:半年|年度?|季度?|月|周|旬|日|天|星期|学期)|两个?[年月周]|[二三四五六]个?[年月])(?:(?:的)?第[一二三四五]个?(?:星期|周)[一二三四五六日]|[0-9]{1,2}[日号](?:前|之前)?)?/
  return period.exec(words)?.[0] ?? words
}

function ruleOf(words: string): CadenceRule {
  const count = /([0-9]+|[一二三四五六七八九十两])(?:次|场|期|轮|篇|天|件|节|堂)/.exec(words)?.[1]
  const anchor =
    /第[一二三四五]个?(?:星期|周)[一二三四五六日]|(?:[0-9]{1,2}|[一二三]?十?[一二三四五六七八九]?)[日号](?:前|之前)/.exec(
      words,
    )?.[0]
  const period = periodOf(words)
  const min = count === undefined ? null : countOf(count)
  return { period, min: min ?? (period === null ? null : 1), anchor: anchor ?? null }
}

function periodOf(words: string): CadenceRule['period'] {
  if (/半年/.test(words)) return 'half-year'
  if (/季/.test(words)) return 'quarter'
  if (/年/.test(words)) return 'year'
  if (/月/.test(words)) return 'month'
  if (/周|星期/.test(words)) return 'week'
  if (/日|天/.test(words)) return 'day'
  return null
}

function countOf(count: string): number {
  if (/^[0-9]+$/.test(count)) return Number(count)
  return count === '两' ? 2 : Math.max(1, numerals.indexOf(count))
}

/** The end of the term that a passage states, in its own words, or null. */
export function deadlineIn(passage: string, vocabulary: Vocabulary): string | null {
  for (const pattern of vocabulary.deadlines) {
    const match = pattern.exec(passage)
    if (match) return match[0]
  }
  return null
}
