import type { Words } from '../catalogue/words.ts'
import type { Figure } from './figure.ts'
import { unitFits } from './units.ts'
import { type Printed, printFigure } from './wording.ts'

/** A place in a text where a figure belongs; offsets are UTF-16 units, end exclusive. `unit` and `approx` as they stand in the text. */
export interface FillSlot {
  readonly start: number
  readonly end: number
  readonly numStart: number
  readonly numEnd: number
  readonly phrase: string
  readonly unit: string | null
  readonly approx: string | null
}

/** What is known for a slot: a figure with the units that its metric may be printed in, or why there is none. */
export type Answer =
  | { readonly figure: Figure; readonly units: readonly string[] }
  | {
      readonly masked: string
      readonly sentence: Words | null /** What stands in place of an old number that must not be printed again. */
      readonly sign?: string
    }

interface Span {
  /** Where the piece stands in the source text. */
  readonly start: number
  readonly end: number
  /** Where it stands in the filled text. */
  readonly outStart: number
  readonly outEnd: number
  readonly text: string
}

/** A part of the filled text. `slot` is the slot's place in the list. */
export type Piece = Span &
  (
    | { readonly as: 'kept' }
    | { readonly as: 'filled'; readonly slot: number; readonly figure: Figure; readonly printed: Printed }
    | { readonly as: 'masked'; readonly slot: number; readonly why: string; readonly sentence: Words | null }
  )

/** A text with its slots filled: the pieces tile both texts without a gap. */
export interface Filled {
  readonly text: string
  readonly pieces: readonly Piece[]
}

interface Put {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Fills each slot whose answer is a figure that the text words truly; every other slot keeps the sign that the text has (or the one that the answer gives in place of an old number), with the reason.
 * Nothing else of the text changes. Throws where slots overlap, leave the text, or do not match the answers in number.
 */
export function compileFill(text: string, slots: readonly FillSlot[], values: readonly Answer[]): Filled {
  if (values.length !== slots.length) throw new Error(`${slots.length} slots, ${values.length} answers`)
  const order = slots.map((_, index) => index).sort((a, b) => slots[a]!.numStart - slots[b]!.numStart)
  const pieces: Piece[] = []
  let at = 0
  let out = 0
  const add = (end: number, printed: string, make: (span: Span) => Piece): void => {
    pieces.push(make({ start: at, end, outStart: out, outEnd: out + printed.length, text: printed }))
    at = end
    out += printed.length
  }
  for (const index of order) {
    const slot = slots[index]!
    if (slot.numStart < at || slot.numEnd <= slot.numStart || slot.numEnd > text.length) {
      throw new Error(`slot ${index} at ${slot.numStart} overlaps another or leaves the text`)
    }
    if (slot.numStart > at) add(slot.numStart, text.slice(at, slot.numStart), (span) => ({ ...span, as: 'kept' }))
    const decided = decide(text, slot, values[index]!)
    if ('why' in decided) {
      const { why, sentence, sign } = decided
      add(slot.numEnd, sign ?? text.slice(at, slot.numEnd), (span) => ({
        ...span,
        as: 'masked',
        slot: index,
        why,
        sentence,
      }))
    } else {
      const { figure, printed, put } = decided
      add(put.end, put.text, (span) => ({ ...span, as: 'filled', slot: index, figure, printed }))
    }
  }
  if (at < text.length) add(text.length, text.slice(at), (span) => ({ ...span, as: 'kept' }))
  return { text: pieces.map((piece) => piece.text).join(''), pieces }
}

type Decision =
  | { readonly figure: Figure; readonly printed: Printed; readonly put: Put }
  | { readonly why: string; readonly sentence: Words | null; readonly sign?: string | undefined }

function decide(text: string, slot: FillSlot, answer: Answer): Decision {
  if ('masked' in answer) return { why: answer.masked, sentence: answer.sentence, sign: answer.sign }
  const { figure, units } = answer
  if (!unitFits(units, slot.unit)) return { why: 'figure/unit', sentence: null }
  const printed = printFigure({ value: figure.value, unit: slot.unit ?? '', approx: slot.approx, phrase: slot.phrase })
  if (!printed.ok) return { why: 'figure/wording', sentence: printed.truth }
  const end = endOfNumber(text, slot, printed)
  if (end === null) return { why: 'figure/wording', sentence: printed.truth }
  return { figure, printed, put: { start: slot.numStart, end, text: printed.number } }
}

/** Where the replaced text ends: past the rounding word where it has to go; null where it does not stand right behind the number. */
function endOfNumber(text: string, slot: FillSlot, printed: Printed): number | null {
  if (slot.approx === null || slot.approx === '' || printed.wordStays) return slot.numEnd
  return text.startsWith(slot.approx, slot.numEnd) ? slot.numEnd + slot.approx.length : null
}
