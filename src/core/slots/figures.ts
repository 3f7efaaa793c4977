import type { Lexicon } from '../reading/lexicon.ts'
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
}
const cache = new WeakMap<object, FigureWords>()
const ordinals = /[第○〇零一二三四五六七八九+]$/
const ambiguous = new Set(['部', '门', '面', '所', '支', '本', '类', '台'])

function wordsOf(lexicon: Lexicon): FigureWords {
  const known = cache.get(lexicon)
  if (known) return known
  const signs = lexicon.redactions.map((row) => row.pattern).join('|')
  const made = {
    token: new RegExp(`[0-9][0-9,]*(?:\\.[0-9]+)?(?:${signs})?|${signs}`, 'gu'),
    units: new WordFinder(
      lexicon.units.flatMap((row) =>
        row.words.map((word) => [word, { unit: row.unit ?? word, class: row.class }] as const),
      ),
    ),
    approx: new WordFinder(
      lexicon.approximations.flatMap((row) => row.words.map((word) => [word, row.value] as const)),
    ),
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
    if (figure && !inTitle(match.index)) figures.push(figure)
  }
  return figures
}

function figureAt(text: string, numStart: number, token: string, words: FigureWords): Figure | null {
  if (ordinals.test(text.slice(Math.max(0, numStart - 1), numStart))) return null
  const numEnd = numStart + token.length
  let at = numEnd
  let approx: string | null = null
  const rounding = /^[余多]/.exec(text.slice(at, at + 1))
  if (rounding) {
    approx = rounding[0]
    at++
  }
  while (text.charAt(at) === ' ') at++
  const unit = words.units.at(text, at)
  if (!unit || isNameOrDate(text, token, unit)) return null
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
  const masked = !/^[0-9]/.test(token)
  if (unit.word === '年') return masked || token.length >= 3
  if (/^[0-9]+[^0-9.,]/.test(token) && unit.word.length === 1 && !/[次人场个项名条]/.test(unit.word)) return true
  if (masked && ambiguous.has(unit.word)) return true
  if (token === '某' && /^[个项人名条件家位类]$/.test(unit.word)) return true
  if (unit.word === '人' && /^[大民才员事]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '天' && /^[气然津]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '分' && /^[工管别类享析管局]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '位' && masked && /^[于置同]/.test(text.slice(unit.end, unit.end + 1))) return true
  return unit.word === '个' && /^[人别体性]/.test(text.slice(unit.end, unit.end + 1))
}

/** The finder of any of the words of some rows. */
export function rowsFinder(rows: readonly { words: readonly string[] }[]): WordFinder<string> {
  return finderOf(rows.flatMap((row) => row.words))
}
