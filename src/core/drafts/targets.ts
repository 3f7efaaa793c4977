import type { Slot } from '../slots/slots.ts'

/** A figure that a duty aims at, with its comparison; value is null where the text masks it. */
export type Target = {
  indicator: string
  role: 'baseline' | 'stretch' | 'rank'
  op: '>=' | '>' | '<=' | '<' | '='
  value: number | null
  unit: string
}

/** The targets that the figure slots of a draft state. */
export function targetsOf(text: string, slots: readonly Slot[]): Target[] {
  return slots
    .filter((slot) => slot.role === 'target' || slot.role === 'threshold')
    .map((slot) => {
      const role = slot.params['role']
      return {
        indicator: slot.params['indicator'] ?? wordsBefore(text, slot),
        role: role === 'stretch' || role === 'rank' ? role : 'baseline',
        op: opOf(text.slice(slot.start, Math.min(text.length, slot.end + 2)), slot),
        value: slot.value,
        unit: slot.unit,
      }
    })
}

/** What a figure without a named indicator is a figure of: the words of its phrase that stand before the number. */
function wordsBefore(text: string, slot: Slot): string {
  const before = text
    .slice(slot.start, slot.numStart)
    .replace(/(不少于|不低于|不超过|不多于|至少|最多|达到|超过|[，、：\s])+$/, '')
  return before === '' ? slot.phrase : before
}

function opOf(words: string, slot: Slot): Target['op'] {
  if (slot.params['role'] === 'rank' || /不超过|不高于|控制在|以内|以下|不多于|最多|降至/.test(words)) return '<='
  if (/突破|超过|高于|大于/.test(words)) return '>'
  if (/低于|小于/.test(words) && !/不低于/.test(words)) return '<'
  return '>='
}
