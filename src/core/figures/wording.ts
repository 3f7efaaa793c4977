import type { Words } from '../catalogue/words.ts'
import { type Rounding, roundingHolds } from '../ledger/wording.ts'

/** What a text asks a figure to be printed as. `unit` and `approx` stand as in the text; `phrase` is the words around the slot. */
export interface Wish {
  readonly value: number
  readonly unit: string
  readonly approx: string | null
  readonly phrase: string
}

/** A figure in words: the digits, what is printed with its unit, whether that is true, and the sentence that says so. */
export interface Printed {
  readonly number: string
  readonly printed: string
  readonly truth: Words
  /** False where the word of the text is not true of the value: the slot stays masked and a person rewrites it. */
  readonly ok: boolean
  /** Whether the rounding word of the text stays; 余 and 多 go where the value is exact. */
  readonly wordStays: boolean
  /** The rounding that an evidence packet states, null where the exact value is printed. */
  readonly rounding: Rounding | null
}

type RoundingWord = Rounding['word']
const meaning: Readonly<Record<string, RoundingWord>> = {
  余: '余',
  多: '多',
  以上: '以上',
  突破: '突破',
  超过: '突破',
  超: '突破',
}

/** N of a rounded figure: rounded down to tens from 10 to 999, to hundreds from 1,000; below 10 the value itself. */
export function roundDown(value: number): number {
  if (value < 10) return value
  const step = value >= 1000 ? 100 : 10
  return Math.floor(value / step) * step
}

/**
 * Prints a figure as the text words it. 余 and 多 stay only where the value is strictly above N; 以上 needs at least N, 突破 and 超过 more
 * than N. An unknown word of rounding (近, 左右) is not judged, and the slot stays masked.
 */
export function printFigure(wish: Wish): Printed {
  const { value, approx } = wish
  if (approx === null || approx === '') return exact(wish)
  const word = meaning[approx]
  if (word === undefined) return doubtful(wish, approx)
  const base = roundDown(value)
  const rounding: Rounding = { word, base }
  if (word === '余' || word === '多') return roundingHolds(rounding, value) ? rounded(wish, rounding) : exact(wish)
  return rounded(wish, rounding)
}

function exact({ value, unit }: Wish): Printed {
  const number = String(value)
  const printed = `${number}${unit}`
  const truth = { zh: `实数为 ${printed}，照实填写。`, en: `The value is ${number}, printed as it is.` }
  return { number, printed, truth, ok: true, wordStays: false, rounding: null }
}

function rounded(wish: Wish, rounding: Rounding): Printed {
  const { value, unit, approx } = wish
  const number = String(rounding.base)
  const printed = layOut(number, unit, approx ?? '')
  const ok = roundingHolds(rounding, value)
  const sign = rounding.word === '以上' ? ['不少于', 'at least'] : ['大于', 'more than']
  const truth = ok
    ? {
        zh: `实数为 ${value}，印作“${printed}”，${value} ${sign[0]} ${number}。`,
        en: `The value is ${value}, printed as ${printed}: it is ${sign[1]} ${number}.`,
      }
    : {
        zh: `实数为 ${value}，不能印作“${printed}”，请改写这句话。`,
        en: `The value is ${value} and cannot be printed as ${printed}; rewrite the sentence.`,
      }
  return { number, printed, truth, ok, wordStays: true, rounding }
}

function doubtful({ value, unit }: Wish, approx: string): Printed {
  const number = String(value)
  const truth = {
    zh: `实数为 ${value}${unit}，“${approx}”是否成立要由人判断，请改写这句话。`,
    en: `The value is ${value}; whether ${approx} holds is for a person to judge. Rewrite the sentence.`,
  }
  return { number, printed: `${number}${unit}`, truth, ok: false, wordStays: true, rounding: null }
}

function layOut(number: string, unit: string, approx: string): string {
  if (approx === '以上') return `${number}${unit}${approx}`
  return approx === '余' || approx === '多' ? `${number}${approx}${unit}` : `${approx}${number}${unit}`
}
