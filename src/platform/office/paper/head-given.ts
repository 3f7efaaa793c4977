import { type HeadGiven, headOf } from '../../../core/papers/head.ts'
import type { Head } from '../../../core/papers/paper.ts'
import { Refusal } from '../../errors/refusal.ts'

/** Refusals of a head that somebody entered. */
export const headRefusals = ['paper/number-unfit', 'paper/mark-missing'] as const

/** The head that somebody entered, as a part of a paper; nothing where he entered none. Refuses what is no head. */
export function headGiven(given: HeadGiven, form: Head['form'] = 'document'): { head?: Head } {
  const head = headOf(given, form)
  if (head === null) return {}
  if (typeof head === 'string') throw new Refusal(`paper/${head}`, { number: given.number ?? '' })
  return { head }
}
