import type { getDraft, ReportSlot } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import type { FigureState } from '../../ui/figure-chip.tsx'
import type { Language } from '../../ui/states.ts'

/** What the pages of a report know of a figure; a frozen one also says how it was counted, a draft's whether a person chose. */
export type Slot = ReportSlot & { counted?: { zh: string; en: string } | null; chosen?: boolean }

/** A piece of the filled text, and words that belong to an earlier year. */
export type Piece = OutputOf<typeof getDraft>['pieces'][number]
export type Phrase = OutputOf<typeof getDraft>['dated'][number]

/** The chip of a figure by its state. */
export function chipOf(
  slot: Pick<Slot, 'state' | 'no'>,
  open: number | undefined,
  changed?: ReadonlySet<number>,
): FigureState {
  if (slot.no === open) return 'open'
  if (changed?.has(slot.no)) return 'changed'
  return slot.state === 'filled' ? 'bound' : slot.state === 'unbound' ? 'unbound' : 'masked'
}

/** The figure in a few words: its definition's name, else the words of the text around it. */
export function nameOf(slot: Slot, language: Language): string {
  return slot.name ? slot.name[language] : slot.phrase.replace(/[*\d,.]+/g, '').slice(0, 14)
}

/** The number that the source text has in the place of a figure, where it is a number and not a sign. */
export function oldNumber(slot: Pick<Slot, 'phrase' | 'start' | 'numStart' | 'numEnd'>): string | undefined {
  const sign = slot.phrase.slice(slot.numStart - slot.start, slot.numEnd - slot.start)
  return /\d/.test(sign) ? sign : undefined
}

/** The figure as it stands in the list; one without a value keeps the sign of the source text. */
export function printedOf(slot: Slot): string {
  return slot.printed ?? `${oldNumber(slot) ?? '*'}${slot.unit}`
}

/** Slots whose wording is not true of their value: a person rewrites the sentence. */
export const wordingFails = (slot: Slot) => slot.state === 'masked' && slot.why === 'figure/wording'

/** The other places of the text that print the same figure. */
export function sameFigure(slots: readonly Slot[], slot: Slot): Slot[] {
  if (slot.metric === null || slot.state !== 'filled') return []
  const key = keyOf(slot)
  return slots.filter((other) => other.state === 'filled' && keyOf(other) === key)
}

const keyOf = (slot: Slot) => JSON.stringify([slot.metric, Object.entries(slot.params).sort()])
