import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { type Order, ownerOf } from '../../core/duties/owner.ts'
import { dayOfTerm } from '../../core/duties/term.ts'
import type { Gold } from '../../core/reading/gold.ts'
import { outside } from '../../core/reading/judged.ts'
import { Unwritable, writeMarked } from '../../core/reading/mark.ts'
import type { Reading } from '../../core/reading/reading.ts'
import { iou } from '../../core/reading/scoring.ts'
import type { goldHindrances } from './gold.contract.ts'
import { type DraftRow, type Review, statesOf } from './review.ts'

type Span = { start: number; end: number }
type Duty = Gold['duties'][number]
type Found = Reading['duties'][number]
type Hindrance = (typeof goldHindrances)[number]

/** What a review has become: a marked text, or why not; the numbers say what people decided. */
export interface OfficeGold {
  readonly marked: string | null
  readonly hindrance: Hindrance | null
  readonly duties: number
  readonly rejected: number
  readonly unjudged: number
}

const isYes = ({ state }: DraftRow) => state === 'confirmed' || state === 'assigned'

/** Why a review does not count yet; a text that was read from a table is not read by words and never counts. */
function hindranceOf(review: Review): Hindrance | null {
  if (review.document.layout !== null) return 'from-table'
  if (review.step === null) return 'not-opened'
  if (review.drafts.some(({ state, mode }) => state === 'open' && mode === 'do')) return 'unreviewed'
  if (statesOf(review).includes('undecided')) return 'undecided'
  return review.drafts.some(({ state }) => state !== 'open') ? null : 'nothing-decided'
}

/**
 * The gold of a review: drafts that a person confirmed are duties with the values he confirmed; what he rejected is
 * nothing. What tells of work done or of a problem and was left open, and clauses left undecided on purpose, nobody
 * judged; nor outline and figures, which a review does not ask about. `note` is the first line of the marked text.
 */
export function goldOf(review: Review, order: Order, catalogue: Catalogue, note: string): OfficeGold {
  const yes = review.drafts.filter(isYes)
  const open = review.drafts.filter(({ state }) => state === 'open')
  const counts = {
    duties: yes.length,
    rejected: review.drafts.filter(({ state }) => state === 'rejected').length,
    unjudged: open.length + [...review.decided.values()].filter((state) => state === 'left').length,
  }
  const hindrance = hindranceOf(review)
  if (hindrance !== null) return { marked: null, hindrance, ...counts }
  const { text } = review.document
  const duties = yes.map((draft) => dutyOf(draft, review, order, catalogue))
  const clauses = (state: string) => review.reading.clauses.filter(({ start }) => review.decided.get(start) === state)
  const left = outside([...open.map((draft) => trimmed(draft, text)), ...clauses('left')], duties)
  const gold: Gold = {
    doc: review.document.id,
    outline: [],
    duties,
    principles: outside(clauses('principle'), [...duties, ...left]),
    slots: [],
    judges: ['duties'],
    ...(left.length === 0 ? {} : { unjudged: left }),
  }
  try {
    return { marked: writeMarked({ text, gold }, note), hindrance: null, ...counts }
  } catch (error) {
    if (error instanceof Unwritable) return { marked: null, hindrance: error.why, ...counts }
    throw error
  }
}

/** The passage of a draft without the stops and blanks that a person selected with it. */
function trimmed({ start_at, end_at }: DraftRow, text: string): Span {
  const words = text.slice(start_at, end_at)
  const before = /^[\s。；，、：,;]*/.exec(words)![0].length
  const after = /[\s。；，、：,;]*$/.exec(words)![0].length
  return before + after >= words.length
    ? { start: start_at, end: end_at }
    : { start: start_at + before, end: end_at - after }
}

function dutyOf(draft: DraftRow, review: Review, order: Order, catalogue: Catalogue): Duty {
  const { fields } = draft
  const span = trimmed(draft, review.document.text)
  const found = foundUnder(span, review.reading)
  const deadline = deadlineOf(draft, review.year)
  const units = unitsOf(draft, found, (name) => ownerOf(name, order, catalogue).unitId)
  return {
    ...span,
    kind: fields.kind,
    mode: draft.mode,
    subject: fields.subject,
    ...(fields.subject.length === 0 ? {} : { subjectSource: sourceOf(fields.subject, span, review) }),
    cadence: fields.cadence,
    ...(deadline === undefined ? {} : { deadline }),
    ...(units ?? {}),
  }
}

/** What the reader found where the draft stands now. */
function foundUnder(span: Span, { duties }: Reading): Found | null {
  const best = Math.max(0, ...duties.map((one) => iou(one, span)))
  return best === 0 ? null : (duties.find((one) => iou(one, span) === best) ?? null)
}

function sourceOf(names: readonly string[], span: Span, { document, reading }: Review): string {
  const said = document.text.slice(span.start, span.end)
  if (names.every((name) => said.includes(name))) return 'explicit'
  const above = reading.outline.filter(({ start, bodyEnd }) => start <= span.start && span.start < bodyEnd)
  return names.every((name) => above.some(({ title }) => title.includes(name))) ? 'heading' : 'default'
}

/** The term in the words of the text; undefined where a person set another day, since no words of the text mean it. */
function deadlineOf({ fields }: DraftRow, year: number): string | null | undefined {
  if (fields.deadlineText === null) return fields.deadline === null ? null : undefined
  return dayOfTerm(fields.deadlineText, year) === fields.deadline ? fields.deadlineText : undefined
}

/**
 * The units in the words of the text, where the units that were confirmed are those that the words mean; null where a
 * person chose others, or none were named: a unit may follow from the owner and stand in no bracket.
 */
function unitsOf(
  { fields }: DraftRow,
  found: Found | null,
  unitOf: (name: string) => string | null,
): { leadUnit: string | null; supportUnits: string[] } | null {
  if (found === null || found.leadUnit === null || unitOf(found.leadUnit) !== fields.leadUnitId) return null
  const supports = found.supportUnits.map(unitOf)
  // Whoever acts beside the lead unit is listed as helping, though no bracket names him.
  const actors = fields.subject.map(unitOf)
  const meant = (id: string) => supports.includes(id) || actors.includes(id)
  const all = supports.every((id) => id !== null && fields.supportUnitIds.includes(id))
  return all && fields.supportUnitIds.every(meant)
    ? { leadUnit: found.leadUnit, supportUnits: found.supportUnits }
    : null
}
