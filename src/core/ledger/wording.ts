import { z } from 'zod'

/** Rounding words whose truth is checked against the exact value. */
export const roundingWords = ['余', '多', '以上', '突破'] as const

/** A rounding word beside the round number that it is printed with. */
export const roundingSchema = z.strictObject({ word: z.enum(roundingWords), base: z.number() })

/** See `roundingSchema`. */
export type Rounding = z.infer<typeof roundingSchema>

/**
 * Whether a rounding word is true of a value. N余 and N多 need a value strictly above N, where N is the value rounded down to tens from 10 to 999
 * and to hundreds from 1,000; N以上 needs at least N; 突破N needs more than N.
 */
export function roundingHolds(rounding: Rounding, value: number): boolean {
  const { word, base } = rounding
  if (word === '以上') return value >= base
  if (word === '突破') return value > base
  const step = value >= 1000 ? 100 : 10
  return value > base && base >= 10 && base === Math.floor(value / step) * step
}

const spellings: Readonly<Record<string, Rounding['word']>> = {
  余: '余',
  多: '多',
  以上: '以上',
  突破: '突破',
  超: '突破',
}

/**
 * Whether a printed text says exactly this value, or this value under this rounding word: one number in it, the word in it and no other. 超 and 超过 are
 * other spellings of 突破.
 */
export function printedSays(printed: string, value: number, rounding: Rounding | null): boolean {
  const numbers = printed.match(/-?\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []
  if (numbers.length !== 1 || Number(numbers[0]!.replaceAll(',', '')) !== (rounding ? rounding.base : value))
    return false
  const words = Object.entries(spellings).filter(([spelling]) => printed.includes(spelling))
  if (!rounding) return words.length === 0
  return words.length === 1 && words[0]![1] === rounding.word && roundingHolds(rounding, value)
}
