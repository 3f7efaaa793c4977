import { cadenceIn } from '../drafts/cadence.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'
import { dayOfTerm } from '../duties/term.ts'
import { plainOf } from '../text/plain.ts'

/** A term as a cell states it. */
export interface Term {
  /** The day on which it ends, or null. */
  readonly deadline: string | null
  /** The rhythm in its own words, or null. */
  readonly cadence: string | null
  /** Its words, null where they are nothing but the day. */
  readonly words: string | null
  /** The day was reckoned from words such as 6月底前. */
  readonly reckoned: boolean
}

const cadenceMax = 60

function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** A civil day in figures (2026-06-30, 2026/6/30, 2026.6.30, 2026年6月30日, 2026-06), or null. */
export function plainDay(text: string): string | null {
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月?)(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?前?$/.exec(
      text.normalize('NFKC').trim(),
    )
  if (parts === null) return null
  const [, year = '', month = '', day] = parts
  if (Number(month) < 1 || Number(month) > 12) return null
  const last = lastOfMonth(Number(year), Number(month))
  if (day === undefined) return last
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return Number(day) >= 1 && found <= last ? found : null
}

/** Reads the cell of a term as of the list's year: a day, words that end on a day, a rhythm, or several of these. */
export function termOf(cell: string, listYear: number, vocabulary: Vocabulary): Term {
  const words = cell.replace(/\s*\n\s*/g, '；').trim()
  if (words === '') return { deadline: null, cadence: null, words: null, reckoned: false }
  const day = plainDay(words)
  if (day !== null) return { deadline: day, cadence: null, words: null, reckoned: false }
  const plain = plainOf(words).text
  const rhythm = cadenceIn(plain, vocabulary)?.text ?? null
  const deadline = dayOfTerm(plain, listYear)
  const cadence = rhythm ?? (deadline === null && words.length <= cadenceMax ? words : null)
  return { deadline, cadence, words, reckoned: deadline !== null && !/\d{1,2}月\d{1,2}[日号]/.test(plain) }
}
