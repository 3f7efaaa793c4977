import type { Vocabulary } from './vocabulary.ts'

/** Who leads, who supports and until when, as stated in a bracket or line behind a task. */
export type Owners = { leadUnit: string | null; supportUnits: string[]; term: string | null }

/** Reads labelled owners (责任单位：… 配合单位：… 完成时限：…) from a folded passage; null when it holds no such label. */
export function ownersIn(passage: string, vocabulary: Vocabulary): Owners | null {
  const labels = vocabulary.owners.all(passage).filter((hit) => passage.charAt(hit.end) === '：')
  if (labels.length === 0) return null
  const owners: Owners = { leadUnit: null, supportUnits: [], term: null }
  for (const [index, label] of labels.entries()) {
    const stop = labels[index + 1]?.start ?? passage.length
    const value = passage.slice(label.end + 1, stop).split(/[）。】\n]/)[0] ?? ''
    const names = unitsOf(value)
    if (label.value === 'term') owners.term ??= value.replace(/[；，\s]+$/, '') || null
    else if (label.value === 'support') owners.supportUnits.push(...names)
    else {
      owners.leadUnit ??= names[0] ?? null
      owners.supportUnits.push(...names.slice(owners.leadUnit === names[0] ? 1 : 0))
    }
  }
  owners.supportUnits = [...new Set(owners.supportUnits)].filter((name) => name !== owners.leadUnit)
  return owners
}

/** Splits a cell or bracket of units at the marks that separate names. */
export function unitsOf(value: string): string[] {
  return value
    .split(/[、，；\n/]| +/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
