import type { Lexicon, MarkerRow } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import { isBlank } from '../text/clauses.ts'
import { Patterns } from '../text/patterns.ts'
import { gluedOf } from './glued.ts'
import type { Candidate } from './ranks.ts'

/** All numbering signs of a folded text that may begin an item, in text order, with their usual ranks. */
export function signsOf(text: string, mask: Uint8Array, lexicon: Pick<Lexicon, 'markers'>): Candidate[] {
  const found = oneEach(inLists(candidatesOf(text, mask, lexicon)))
  const { line, inline } = patternsOf(lexicon)
  const whole = ({ rank, chained }: MarkerRow) => !chained && (rank < 1.7 || (rank > 4 && rank < 5))
  const signsAt = (at: number) => {
    // Behind a blank, where a line may have begun, what begins lines only.
    const lined = text.charAt(at - 1) === ' ' ? line.at(text, at).filter(({ row }) => whole(row)) : []
    return [...inline.at(text, at), ...lined].flatMap(({ row, match }) => candidateOf(text, row, match, false) ?? [])
  }
  return oneEach([...found, ...gluedOf(text, mask, found, signsAt)])
}

/** In text order, the most telling of those that begin at one place. */
function oneEach(signs: readonly Candidate[]): Candidate[] {
  const found = [...signs].sort((a, b) => a.start - b.start || Number(a.free) - Number(b.free) || a.rank - b.rank)
  return found.filter((one, index) => found[index - 1]?.start !== one.start)
}

const cache = new WeakMap<object, Record<'line' | 'inline', Patterns<MarkerRow>>>()

function patternsOf({ markers }: Pick<Lexicon, 'markers'>): Record<'line' | 'inline', Patterns<MarkerRow>> {
  const inline = () => new Patterns(markers.filter((row) => row.inline))
  const known = cache.get(markers) ?? { line: new Patterns(markers), inline: inline() }
  cache.set(markers, known)
  return known
}

function candidatesOf(text: string, mask: Uint8Array, lexicon: Pick<Lexicon, 'markers'>): Candidate[] {
  const found: Candidate[] = []
  const known = patternsOf(lexicon)
  // Where a line begins, or behind a mark; blanks between do not count.
  let [before, opens] = [-1, true]
  for (let start = 0; start < text.length; start++) {
    const unit = text.charCodeAt(start)
    if (unit === blank) continue
    const place = opens && unit !== newline ? placeOf(text, mask, before, start) : null
    opens = openers.has(unit)
    before = start
    if (place === null) continue
    for (const { row, match } of known[place].at(text, start)) {
      const candidate = candidateOf(text, row, match, place === 'line')
      if (candidate) found.push(candidate)
    }
  }
  return found
}

function candidateOf(text: string, row: MarkerRow, match: RegExpExecArray, lineStart: boolean): Candidate | null {
  const sign = match.slice(1).find((group) => group !== undefined) ?? ''
  const number = row.value === 'bullet' ? 0 : numberOf(sign, row.value)
  if (number === 0 && row.value !== 'bullet') return null
  const end = match.index + match[0].length
  if (isBlank(text.charAt(end)) && text.slice(end).trimStart() === '') return null
  return {
    start: match.index,
    end,
    family: familyOf(row, sign),
    shape: match[0].replace(sign, '').replaceAll(' ', ''),
    rank: row.rank,
    number,
    lineStart,
    free: row.chained === true,
  }
}

/** Which list a sign may be of: each bullet has its own, and so have A. and a. */
function familyOf({ id, value }: MarkerRow, sign: string): string {
  if (value === 'bullet') return `${id} ${sign}`
  return value === 'letter' && sign < 'a' ? `${id} capital` : id
}

/** A sign that is seldom used, or that other things look like, counts where a list of it goes on: 1 before 2, or a bullet before another. */
function inLists(found: readonly Candidate[]): Candidate[] {
  const last = new Map<string, Candidate>()
  const listed = new Set<Candidate>()
  for (const one of [...found].sort((a, b) => a.start - b.start)) {
    if (!one.free) continue
    const before = last.get(one.family)
    if (before && one.number === (before.number === 0 ? 0 : before.number + 1)) listed.add(before).add(one)
    last.set(one.family, one)
  }
  return found.filter((one) => !one.free || listed.has(one))
}

const blank = 0x20
const newline = 0x0a
/** What a sign may stand behind; ）only before another sign. */
const openers = new Chars('\n。；：！？”），')

/** 会议明确，一要…。二要…。 */
const spoken = new Chars('一首第')
const told = /(?:会议|强调|指出|要求|明确|提出|认为)，$/

/** A sign stands at the start of a line, or inline right after a mark that ends or announces; `before` is the last unit that is no blank. */
function placeOf(text: string, mask: Uint8Array, before: number, start: number): 'line' | 'inline' | null {
  const char = text.charAt(before)
  if (before < 0 || char === '\n') return 'line'
  if (char === '，')
    return spoken.at(text, start) && told.test(text.slice(Math.max(0, before - 6), before + 1)) ? 'inline' : null
  if (mask[start] && !(text.charAt(start) === '（' && (!mask[before] || char === '”'))) return null
  return char !== '）' || /[①-⑳]/.test(text.charAt(start)) ? 'inline' : null
}

const digits = '零一二三四五六七八九'
const words = ['首先', '其次', '再次', '最后']
const formal = '壹贰叁肆伍陆柒捌玖拾'
const stems = '甲乙丙丁戊己庚辛壬癸'
const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
/** Where the numbers of one character begin: ① ⑴ ⒈ ❶ ㈠ ㊀ Ⅰ ⅰ Ⓐ ⒜. */
const ones = [0x2460, 0x2474, 0x2488, 0x2776, 0x3220, 0x3280, 0x2160, 0x2170, 0x24b6, 0x249c]

const numerals = new Chars('一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛')

/** A sign without its number: how the signs of one list look. */
export function withoutNumber(sign: string): string {
  const start = numerals.next(sign, 0, sign.length)
  let end = start
  while (numerals.at(sign, end)) end++
  return sign.slice(0, start) + sign.slice(end)
}

/** The number that a sign stands for, 0 for a bullet. */
export function orderOf(sign: string): number {
  const start = numerals.next(sign, 0, sign.length)
  let end = start
  while (numerals.at(sign, end)) end++
  const number = sign.slice(start, end)
  return number === '' ? 0 : numberOf(number, 'number') || numberOf(number, 'one')
}

/** The value of a numbering sign such as 十二, 7, ⒊ or ④; 0 when it is none. */
export function numberOf(sign: string, value: MarkerRow['value']): number {
  if (value === 'word') return words.indexOf(sign) + 1
  if (value === 'formal') return formal.indexOf(sign) + 1
  if (value === 'stem') return stems.indexOf(sign) + 1
  if (value === 'roman') return romans.indexOf(sign) + 1
  if (value === 'letter') return sign.toUpperCase().charCodeAt(0) - 64
  if (value === 'one')
    return (
      sign.charCodeAt(0) -
      (ones.findLast((from) => from <= sign.charCodeAt(0) && sign.charCodeAt(0) < from + 26) ?? 0x10000) +
      1
    )
  if (/^[0-9]/.test(sign)) return Number.parseInt(sign, 10) || 0
  const ten = sign.indexOf('十')
  if (ten < 0) return sign.length === 1 ? Math.max(0, digits.indexOf(sign)) : 0
  const tens = ten === 0 ? 1 : digits.indexOf(sign.charAt(0))
  const rest = ten === sign.length - 1 ? 0 : digits.indexOf(sign.slice(ten + 1))
  return tens < 0 || rest < 0 ? 0 : tens * 10 + rest
}
