import type { Lexicon } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import { Patterns } from '../text/patterns.ts'
import { finderOf, WordFinder } from '../text/words.ts'

type UnitClass = Lexicon['units'][number]['class']

/** A figure in a folded text: digits or a redaction sign, with its unit and words of rounding. */
export type Figure = {
  /** The number token alone. */
  numStart: number
  numEnd: number
  /** The token with rounding words and unit. */
  start: number
  end: number
  value: number | null
  unit: string
  unitClass: UnitClass
  approx: string | null
}

type FigureWords = {
  token: RegExp
  units: WordFinder<{ unit: string; class: UnitClass }>
  approx: WordFinder<string>
  worded: Patterns<Lexicon['worded'][number]>
}
const cache = new WeakMap<object, FigureWords>()
const ordinals = new Chars('第○〇零一二三四五六七八九+')
const [digits, more] = [new Chars('0123456789'), new Chars('余多')]
const ambiguous = new Set('部门面所支本类台村站级点组单头升度对片床届例间'.split(''))

function wordsOf(lexicon: Lexicon): FigureWords {
  const known = cache.get(lexicon)
  if (known) return known
  const signs = lexicon.redactions.map((row) => row.pattern).join('|')
  const made = {
    token: new RegExp(`[0-9][0-9,]*(?:\\.[0-9]+)?(?:${signs})?|(?:${signs})(?:\\.(?:${signs}))?`, 'gu'),
    units: new WordFinder(
      lexicon.units.flatMap((row) =>
        row.words.map((word) => [word, { unit: row.unit ?? word, class: row.class }] as const),
      ),
    ),
    approx: new WordFinder(
      lexicon.approximations.flatMap((row) => row.words.map((word) => [word, row.value] as const)),
    ),
    worded: new Patterns(lexicon.worded),
  }
  cache.set(lexicon, made)
  return made
}

/** The figures of a folded text in order: a number or redaction counts only when a unit follows; titles, ordinals and dates do not. */
export function figuresIn(text: string, lexicon: Lexicon, inTitle: (index: number) => boolean): Figure[] {
  const words = wordsOf(lexicon)
  const figures: Figure[] = []
  for (const match of text.matchAll(words.token)) {
    const figure = figureAt(text, match.index, match[0], words)
    if (figure && !inTitle(match.index) && !isFurniture(text, match.index)) figures.push(figure)
  }
  const said = wordedIn(text, words, figures).filter((figure) => !inTitle(figure.start))
  return said.length === 0 ? figures : [...figures, ...said].sort((a, b) => a.start - b.start)
}

/** Figures in words (百分之九十, 三分之二) that no figure in digits overlaps. */
function wordedIn(text: string, words: FigureWords, figures: readonly Figure[]): Figure[] {
  return words.worded.all(text).flatMap(({ row, start, end }): Figure[] => {
    if (figures.some((figure) => figure.start < end && start < figure.end)) return []
    const after = words.approx.at(text, end)
    const above = after && (after.value === '以上' || after.value === '左右') ? after : null
    return [
      {
        numStart: start,
        numEnd: end,
        start,
        end: above?.end ?? end,
        value: null,
        unit: row.unit,
        unitClass: row.class,
        approx: above?.value ?? null,
      },
    ]
  })
}

/** A counter of the web page that the text was taken from. */
function isFurniture(text: string, start: number): boolean {
  return /(?:阅读|浏览|点击|访问|点赞)(?:次数|量|数)?[：: ]*$/.test(text.slice(Math.max(0, start - 8), start))
}

function figureAt(text: string, numStart: number, token: string, words: FigureWords): Figure | null {
  const rank = text.charAt(numStart - 1) === '第'
  if (!rank && ordinals.at(text, numStart - 1)) return null
  const numEnd = numStart + token.length
  let at = numEnd
  let approx: string | null = null
  if (more.at(text, at)) approx = text.charAt(at++)
  while (text.charAt(at) === ' ') at++
  let unit = words.units.at(text, at)
  if (!unit && /[万亿千百]/.test(text.charAt(at))) {
    unit = words.units.at(text, at + (more.at(text, at + 1) ? 2 : 1))
  }
  if (!unit || isNameOrDate(text, token, unit) || isVague(text, numStart, token, unit)) return null
  if (rank && !/^[位名]$/.test(unit.word)) return null
  const after = words.approx.at(text, unit.end)
  const [end, above] =
    after && (after.value === '以上' || after.value === '左右') ? [after.end, after.value] : [unit.end, null]
  return {
    numStart,
    numEnd,
    start: numStart,
    end,
    value: /^[0-9][0-9,.]*$/.test(token) ? Number(token.replaceAll(',', '')) : null,
    unit: unit.value.unit,
    unitClass: unit.value.class,
    approx: approx ?? above ?? approxBefore(text, numStart, words),
  }
}

function approxBefore(text: string, numStart: number, words: FigureWords): string | null {
  for (let length = 3; length >= 1; length--) {
    const hit = words.approx.at(text, numStart - length)
    if (hit?.end === numStart && hit.value !== '余' && hit.value !== '多' && hit.value !== '以上') return hit.value
  }
  return null
}

function isNameOrDate(text: string, token: string, unit: { word: string; end: number }): boolean {
  const masked = !digits.at(token, 0)
  if (unit.word === '年')
    return (
      token.length >= 3 ||
      (masked && !/(?:满|超过|不足|连续|任职|近)$/.test(text.slice(0, unit.end - token.length - 1).slice(-2)))
    )
  if (unit.word.length === 1 && /^[0-9]+[^0-9.,]/.test(token) && !/[次人场个项名条]/.test(unit.word)) return true
  if (masked && ambiguous.has(unit.word))
    return !(unit.word === '支' && /[队伍]/.test(text.charAt(unit.end - token.length - 2)))
  if (token === '某' && /^[个项人名条件家位类]$/.test(unit.word)) return true
  if (unit.word === '人' && /^[大民才员事]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '天' && /^[气然津]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '分' && /^[工管别类享析管局]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '位' && masked && /^[于置同]/.test(text.slice(unit.end, unit.end + 1))) return true
  return unit.word === '个' && /^[人别体性]/.test(text.slice(unit.end, unit.end + 1))
}

const vague = new Chars('几若数')

/** 几个问题, 这几项, 若干措施: words of vague number that count nothing. */
function isVague(text: string, numStart: number, token: string, unit: { word: string; end: number }): boolean {
  if (!vague.at(token, 0)) return false
  if (/[这那哪好]/.test(text.charAt(numStart - 1))) return true
  return token === '几' && !/^(?:期|场|次|场次|篇|对|学时|课时|小时|个月|个工作日|天|周|轮|批|年)$/.test(unit.word)
}

/** The finder of any of the words of some rows. */
export function rowsFinder(rows: readonly { words: readonly string[] }[]): WordFinder<string> {
  return finderOf(rows.flatMap((row) => row.words))
}
