import type { Gold } from './gold.ts'
import type { Marked } from './marked.ts'

/** A document that the marks of docs/annotation.md cannot express; `why` is one of a closed list. */
export class Unwritable extends Error {
  readonly why: 'marks-in-text' | 'crossing' | 'value' | 'nothing'
  constructor(why: Unwritable['why']) {
    super(why)
    this.name = 'Unwritable'
    this.why = why
  }
}

type Duty = Gold['duties'][number]
type Slot = Gold['slots'][number]
type Mark = { readonly head: string; readonly start: number; readonly end: number }

/**
 * Writes a document with its marks as `readMarked` reads it: reading what was written gives the same again, with every
 * list in the order of the text. `note` is the first line, for people (one line without marks). Throws `Unwritable` where
 * spans cross, a value holds a sign of the marks, or the text itself does.
 */
export function writeMarked({ text, gold }: Marked, note?: string): string {
  if (/[⟦⟧]/.test(text)) throw new Unwritable('marks-in-text')
  const marks = inOrder(marksOf(gold))
  let written = firstLine(gold, note)
  let at = 0
  const open: Mark[] = []
  const closeUntil = (end: number) => {
    for (let top = open.at(-1); top !== undefined && top.end <= end; top = open.at(-1)) {
      written += `${text.slice(at, top.end)}⟧`
      at = top.end
      open.pop()
    }
  }
  for (const mark of marks) {
    if (mark.end <= mark.start || mark.end > text.length) throw new Unwritable('nothing')
    closeUntil(mark.start)
    const around = open.at(-1)
    if (around !== undefined && around.end < mark.end) throw new Unwritable('crossing')
    written += `${text.slice(at, mark.start)}⟦${mark.head}|`
    at = mark.start
    open.push(mark)
  }
  closeUntil(text.length)
  return written + text.slice(at)
}

function firstLine({ judges }: Gold, note: string | undefined): string {
  if (judges === undefined && note === undefined) return ''
  const words = [judges === undefined ? '' : `judges=${judges.join('+')}`, note ?? ''].filter((part) => part !== '')
  if (/[⟦⟧|\r\n]/.test(note ?? '')) throw new Unwritable('value')
  return `⟦# ${words.join(' ')}⟧\n`
}

/** Outer marks first; of two around the same words the later one goes outside, since it is closed last. */
function inOrder(marks: readonly Mark[]): Mark[] {
  return marks
    .map((mark, index) => ({ mark, index }))
    .sort((a, b) => a.mark.start - b.mark.start || b.mark.end - a.mark.end || b.index - a.index)
    .map(({ mark }) => mark)
}

function marksOf(gold: Gold): Mark[] {
  const as = (head: string, { start, end }: { start: number; end: number }): Mark => ({ head, start, end })
  return [
    ...gold.outline.map((node) => as(`h${node.level}`, node)),
    ...gold.duties.map((duty) => as(headOfDuty(duty), duty)),
    ...gold.slots.map((slot) => as(headOfSlot(slot), slot)),
    ...gold.principles.map((span) => as('p', span)),
    ...(gold.unjudged ?? []).map((span) => as('u', span)),
  ]
}

/** A value in a mark: blanks are `_`; signs that the reader takes for something else cannot stand in it. */
function value(words: string, signs = ''): string {
  const bare = words.replaceAll(' ', '_')
  if (words === '' || words.includes('_') || /[⟦⟧|\s]/.test(bare) || [...signs].some((sign) => bare.includes(sign)))
    throw new Unwritable('value')
  return bare
}

function headOfDuty(duty: Duty): string {
  if (!/^[a-z]+$/.test(duty.kind)) throw new Unwritable('value')
  const parts = ['d', duty.kind, duty.mode]
  if (duty.subjectSource !== undefined)
    parts.push(`@${duty.subject.map((name) => value(name, '+=')).join('+')}=${duty.subjectSource}`)
  if (duty.recipient !== undefined) parts.push(`>${value(duty.recipient)}`)
  if (duty.cadence !== null) parts.push(`~${value(duty.cadence)}`)
  if (duty.deadline === undefined) parts.push('!?')
  else if (duty.deadline !== null) parts.push(`!${value(duty.deadline, '?')}`)
  parts.push(...unitsOf(duty))
  for (const { indicator, role, op, value: number, unit } of duty.targets ?? [])
    parts.push(`%${value(indicator, ':')}:${role}:${op}:${plain(number)}:${unit === '' ? '' : value(unit, ':')}`)
  return parts.join(' ')
}

function unitsOf({ leadUnit, supportUnits = [] }: Duty): string[] {
  if (leadUnit === undefined) return ['^?']
  if (leadUnit === null && supportUnits.length === 0) return []
  const lead = leadUnit === null ? '' : value(leadUnit, '+/?')
  const support = supportUnits.map((name) => value(name, '+/?')).join('+')
  return [`^${lead}${support === '' ? '' : `/${support}`}`]
}

/** A number as a target writes it, without an exponent. */
function plain(number: number): string {
  const said = String(number)
  if (!/^-?\d+(\.\d+)?$/.test(said)) throw new Unwritable('value')
  return said
}

function headOfSlot(slot: Slot): string {
  const parts = ['s', typeof slot.metric === 'string' ? value(slot.metric) : '-']
  for (const [name, words] of Object.entries(slot.params ?? {}))
    parts.push(`${name === 'role' ? 'param-role' : value(name, '=')}=${value(words, '=')}`)
  if (slot.role !== undefined && slot.role !== 'result') parts.push(`role=${value(slot.role, '=')}`)
  return parts.join(' ')
}
