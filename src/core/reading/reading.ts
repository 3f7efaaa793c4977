import { z } from 'zod'
import type { ClauseState, Page, ReadingModel } from '../drafts/analyse.ts'
import { draftsOf } from '../drafts/drafts.ts'
import { modesBy } from '../drafts/modes.ts'
import { nodeIndexes, placeOf } from '../drafts/places.ts'
import { segmentsOf } from '../drafts/segments.ts'
import { settle } from '../drafts/settle.ts'
import { tensesOf } from '../drafts/tense.ts'
import { type Vocabulary, vocabularyOf } from '../drafts/vocabulary.ts'
import { apartOf, attachedFrom, standsIn } from '../outline/apart.ts'
import { lineHeadings } from '../outline/lines.ts'
import { type OutlineNode, outlineOf } from '../outline/outline.ts'
import { signsOf } from '../outline/signs.ts'
import { titledOf } from '../outline/titles.ts'
import { datedIn } from '../slots/dated.ts'
import { figuresByClause, slotsOf } from '../slots/slots.ts'
import { pastedIn } from '../tables/pasted.ts'
import { admit } from '../text/admit.ts'
import { citesIn } from '../text/cites.ts'
import { type Clause, clausesOf, maskOf, type Span } from '../text/clauses.ts'
import { withoutFurniture } from '../text/furniture.ts'
import { type Plain, plainOf, withoutCells } from '../text/plain.ts'
import type { Lexicon } from './lexicon.ts'
import { modelOf } from './model.ts'

const span = { start: z.int().min(0), end: z.int().min(0) }
const clauseState = z.enum(['duty', 'principle', 'quotation', 'background', 'undecided'])

/** What the reader finds in one document; offsets are UTF-16 units of the text as given, end exclusive. */
export const Reading = z.strictObject({
  chars: z.int().min(0),
  outline: z.array(
    z.strictObject({
      level: z.int(),
      marker: z.string(),
      title: z.string(),
      ...span,
      bodyEnd: z.int(),
      parent: z.int().nullable(),
    }),
  ),
  duties: z.array(
    z.strictObject({
      ...span,
      text: z.string(),
      title: z.string(),
      mode: z.enum(['do', 'done', 'problem']),
      kind: z.string(),
      kindSecond: z.string().nullable(),
      subject: z.array(z.string()),
      subjectSource: z.enum(['explicit', 'heading', 'inherited', 'default']),
      recipient: z.array(z.string()),
      cadence: z.string().nullable(),
      cadenceRule: z
        .strictObject({
          period: z.enum(['year', 'half-year', 'quarter', 'month', 'week', 'day']).nullable(),
          min: z.number().nullable(),
          anchor: z.string().nullable(),
        })
        .nullable(),
      deadline: z.string().nullable(),
      leadUnit: z.string().nullable(),
      supportUnits: z.array(z.string()),
      targets: z.array(
        z.strictObject({
          indicator: z.string(),
          role: z.enum(['baseline', 'stretch', 'rank']),
          op: z.enum(['>=', '>', '<=', '<', '=']),
          value: z.number().nullable(),
          unit: z.string(),
        }),
      ),
      cites: z.array(z.string()),
      outline: z.int().nullable(),
    }),
  ),
  slots: z.array(
    z.strictObject({
      ...span,
      phrase: z.string(),
      numStart: z.int(),
      numEnd: z.int(),
      value: z.number().nullable(),
      role: z.enum(['result', 'target', 'threshold', 'duration']),
      metric: z.string().nullable(),
      params: z.record(z.string(), z.string()),
      unit: z.string(),
      approx: z.string().nullable(),
      why: z.string().nullable(),
    }),
  ),
  cites: z.array(z.strictObject({ title: z.string(), ...span })),
  dated: z.array(z.strictObject({ ...span, text: z.string(), why: z.string() })),
  clauses: z.array(
    z.strictObject({ ...span, state: clauseState, outline: z.int().nullable(), duty: z.int().nullable() }),
  ),
  coverage: z.strictObject({
    clauses: z.int(),
    duty: z.int(),
    principle: z.int(),
    quotation: z.int(),
    background: z.int(),
    undecided: z.int(),
  }),
})
export type Reading = z.infer<typeof Reading>

/** The share of slogans from which a text names acts in general words, as most speeches do. */
const slogansMany = 0.04
/** The shares of slogans between which texts become unlike all that was annotated. */
const [slogansUsual, slogansMost] = [0.1, 0.25]

/** The share of clauses with words of stance: those who write in slogans name acts in general words too. */
function slogansOf(text: string, clauses: readonly Clause[], vocabulary: Vocabulary): number {
  const slogans = clauses.filter((clause) => vocabulary.stances.in(text, clause.start, clause.end)).length
  return slogans / Math.max(clauses.length, 1)
}

/** A text as it is before duties are drafted, with the way back to its offsets. */
export type Prepared = { plain: Plain; page: Page; figures: ReadonlySet<number> }

/** Reads outline, segments, what is done and what is to do, and figures. Throws `ReadingRefusal`. */
export function prepare(original: string, lexicon: Lexicon, model: ReadingModel | null): Prepared {
  admit(original)
  const vocabulary = vocabularyOf(lexicon)
  const bare = plainOf(original, withoutFurniture)
  const pasted = pastedIn(bare.text, (index) => original.charAt(bare.at(index)), lexicon, vocabulary)
  const plain = withoutCells(bare, pasted.text)
  const { text } = plain
  vocabulary.finders.see(text)
  const mask = maskOf(text)
  const cites = citesIn(text)
  const { outline, items } = outlinesOf(text, mask, lexicon, vocabulary)
  const whole = clausesOf(text, mask, cutsOf(items, outline))
  const headings = new Set(outline.map((node) => node.start))
  const isHeading = (clause: Clause) => headings.has(clause.start)
  const tenses = tensesOf(text, whole, items, outline, vocabulary)
  const groups = figuresByClause(text, whole, cites, lexicon)
  const figures = new Set(groups.flatMap((group) => group.figures.map((figure) => figure.numStart)))
  const slogans = slogansOf(text, whole, vocabulary)
  const beyond = Math.min(1, Math.max(0, (slogans - slogansUsual) / (slogansMost - slogansUsual)))
  const clauses = segmentsOf(text, mask, whole, figures, isHeading, vocabulary)
  const outlined = { text, mask, clauses, outline, items, cites, isHeading, general: slogans >= slogansMany, beyond }
  const nodes = nodeIndexes(outlined)
  const settled = settle(text, clauses, placeOf(outlined, nodes, vocabulary), vocabulary)
  const known = { ...outlined, nodes, settled, tenses: clauses.map((segment) => tenses[segment.clause] ?? 'do') }
  const modes = model?.modes ? modesBy({ ...known, figures }, model.modes, vocabulary) : null
  const told = modes ?? known.tenses
  const slots = slotsOf(text, whole, groups, (at) => (told[segmentAt(clauses, at)] === 'do' ? 'do' : 'done'), lexicon)
  return { plain, page: { ...known, modes, slots, pasted: pasted.tasks }, figures }
}

/** The outline of titled headings and all numbered items; a text without numbers has the headings that its lines show. */
function outlinesOf(text: string, mask: Uint8Array, lexicon: Lexicon, vocabulary: Vocabulary) {
  const apart = apartOf(text)
  const signs = signsOf(text, mask, lexicon).filter(({ start }) => !standsIn(apart, start))
  const lines = lineHeadings(text, mask, signs, vocabulary).filter(({ start }) => !standsIn(apart, start))
  const marked = outlineOf(text, mask, signs, lines, attachedFrom(text))
  const titled = titledOf(text, marked, vocabulary)
  return { outline: titled, items: marked }
}

/** The index of the segment around an offset. */
function segmentAt(segments: readonly Clause[], at: number): number {
  let [from, to] = [0, segments.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (segments[middle]!.end <= at) from = middle + 1
    else to = middle
  }
  return from
}

/** Reads a document: outline, duty drafts, figure slots, dated phrases, cited titles, and one state for every clause. Throws `ReadingRefusal`. */
export function read(original: string, lexicon: Lexicon, model: ReadingModel | null = modelOf(lexicon)): Reading {
  const { plain, page } = prepare(original, lexicon, model)
  const { text, outline, clauses, slots, cites } = page
  const vocabulary = vocabularyOf(lexicon)
  const { drafts, states, homes, nodes } = draftsOf(page, vocabulary, model)
  // Nothing of a text stays behind when it is read.
  vocabulary.finders.see('')
  const place = placer(plain)
  return {
    chars: original.length,
    outline: outline.map((node) => printedNode(node, plain, original)),
    duties: drafts.map((draft) => {
      const { start, end } = place(draft)
      return { ...draft, start, end, text: original.slice(start, end) }
    }),
    slots: slots.map((slot) => {
      const { start, end } = place(slot)
      const [numStart, numEnd] = [plain.at(slot.numStart), plain.endAt(slot.numEnd)]
      return { ...slot, start, end, phrase: original.slice(start, end), numStart, numEnd }
    }),
    cites: cites.map((cite) => {
      const { start, end } = place(cite)
      return { title: original.slice(start + 1, end - 1), start, end }
    }),
    dated: datedIn(text, lexicon).map((phrase) => {
      const { start, end } = place(phrase)
      return { start, end, text: original.slice(start, end), why: phrase.why }
    }),
    clauses: withCleared(
      clauses.map((clause, index) => ({
        start: plain.at(clause.start),
        end: plain.endAt(clause.end),
        state: states[index] ?? 'undecided',
        outline: nodes[index] ?? null,
        duty: homes[index] ?? null,
      })),
      plain,
    ),
    coverage: coverageOf(states, plain.cleared.length),
  }
}

/** The clauses of a text with what its page printed around them, which is background: nothing is left out unseen. */
function withCleared(clauses: Reading['clauses'], { cleared }: Plain): Reading['clauses'] {
  if (cleared.length === 0) return clauses
  const around = cleared.map((span) => ({ ...span, state: 'background' as const, outline: null, duty: null }))
  return [...clauses, ...around].sort((a, b) => a.start - b.start)
}

/** How many clauses are in each state. */
function coverageOf(states: readonly ClauseState[], cleared: number): Reading['coverage'] {
  const found = {
    clauses: states.length + cleared,
    duty: 0,
    principle: 0,
    quotation: 0,
    background: cleared,
    undecided: 0,
  }
  for (let at = 0; at < states.length; at++) found[states[at]!]++
  return found
}

/** A node in offsets and words of the original. */
function printedNode(node: OutlineNode, plain: Plain, original: string): Reading['outline'][number] {
  const words = (start: number, end: number) => {
    const found = original.slice(plain.at(start), plain.endAt(end))
    return found.includes('\n') ? found.replace(/\s*\n\s*/g, '') : found
  }
  return {
    level: node.level,
    marker: words(node.start, node.start + node.marker.length),
    title: node.titleEnd > node.titleStart ? words(node.titleStart, node.titleEnd) : '',
    start: plain.at(node.start),
    end: plain.endAt(node.end),
    bodyEnd: plain.endAt(node.bodyEnd),
    parent: node.parent,
  }
}

/** Leads from offsets of the folded text back to those of the original. */
function placer(plain: Plain) {
  return ({ start, end }: Span): Span => ({ start: plain.at(start), end: plain.endAt(end) })
}

/** Clauses are cut where an item starts and where a title ends. */
function cutsOf(items: readonly OutlineNode[], outline: readonly OutlineNode[]): Set<number> {
  return new Set([...items.map((item) => item.start), ...outline.map((node) => node.end)])
}
