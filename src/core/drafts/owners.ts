import type { Vocabulary } from './vocabulary.ts'

/** Who leads, who supports and until when, as stated in a bracket or line behind a task. */
export type Owners = { leadUnit: string | null; supportUnits: string[]; term: string | null }

/** Reads labelled owners (责任单位：… 配合单位：… 完成时限：…) from a folded passage; null when it holds no such label. */
export function ownersIn(passage: string, vocabulary: Vocabulary): Owners | null {
  const labels = vocabulary.owners.all(passage).filter((hit) => passage.charAt(hit.end) === '：')
  if (labels.length === 0) return null
  const owners: Owners = { leadUnit: null, supportUnits: [], term: null }
  const unitNamed = labels.some((label) => label.value === 'lead')
  for (const [index, label] of labels.entries()) {
    const stop = labels[index + 1]?.start ?? passage.length
    const value = (passage.slice(label.end + 1, stop).split(/[）。】\n]/)[0] ?? '').replace(/[／/|\s]+$/, '')
    const names = unitsOf(value)
    if (label.value === 'term') owners.term ??= termOf(value)
    else if (label.value === 'person' && unitNamed) continue
    else if (label.value === 'support') owners.supportUnits.push(...names)
    else {
      owners.leadUnit ??= names[0] ?? null
      owners.supportUnits.push(...names.slice(owners.leadUnit === names[0] ? 1 : 0))
    }
  }
  owners.supportUnits = [...new Set(owners.supportUnits)].filter((name) => name !== owners.leadUnit)
  return owners
}

/** The end of a term in a label's words: what was done already and what goes on for good have none. */
function termOf(value: string): string | null {
  const terms = value
    .split(/[，；、\s]+/)
    .filter((term) => term !== '' && !/^(?:已|均已|基本)/.test(term) && !lasting.test(term))
  return terms.join('，') || null
}

/** Words of a term that goes on for good. */
export const lasting = /^(?:并)?(?:长期坚持|持续推进|长期|持续坚持|常态化推进|常态化坚持|常态长效)$/

const leads = /(?:由|请)([^，。；：由对将把]{2,24}?)(?:负责)?牵头/
const leadsBare = /(?:^|[，；])([^，。；：由对将把]{2,24}?)牵头/
const supports =
  /(?:牵头(?:负责)?[，、；]?(?:会同)?)([^，。；：]{2,40}?)(?:等)?(?:积极|全力|密切|做好|协同)*(?:配合|协助|参与|协办)/

/** Reads who leads and who supports from a sentence: 由水政科牵头、财务科和办公室配合. Null unless it says 由…牵头 or names who supports. */
export function leadersIn(passage: string): Owners | null {
  if (!passage.includes('牵头')) return null
  const support = supports.exec(passage)?.[1]
  const lead = (leads.exec(passage) ?? (support === undefined ? null : leadsBare.exec(passage)))?.[1]
  if (lead === undefined) return null
  const split = (words: string) =>
    words
      .split(/[、，]|和(?=.{2})|及/)
      .map((name) => name.trim())
      .filter((name) => name !== '')
  const [leadUnit = null, ...others] = split(lead.replace(/^.*[，；]/, ''))
  return { leadUnit, supportUnits: [...others, ...split(support ?? '')], term: null }
}

/** Splits a cell or bracket of units at the marks that separate names. */
export function unitsOf(value: string): string[] {
  return value
    .split(/[、，；\n/／]| +/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
