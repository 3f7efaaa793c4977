import type { Lexicon } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import type { Clause, Span } from '../text/clauses.ts'
import { bind } from './bind.ts'
import { type Figure, figuresIn } from './figures.ts'

/** A figure slot of a folded text: phrase, number token, role, and what it counts when a row says so. */
export type Slot = {
  start: number
  end: number
  phrase: string
  numStart: number
  numEnd: number
  value: number | null
  role: 'result' | 'target' | 'threshold' | 'duration'
  metric: string | null
  params: Record<string, string>
  unit: string
  approx: string | null
  why: string | null
}

/** The index of the first of some slots, in text order, whose number stands at an offset or behind it. */
export function slotFrom(slots: readonly { readonly numStart: number }[], at: number): number {
  let [from, to] = [0, slots.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (slots[middle]!.numStart < at) from = middle + 1
    else to = middle
  }
  return from
}

/** One clause with the figures in it. */
export type FigureClause = { clause: Clause; index: number; figures: Figure[] }

/** The figures of a folded text by clause; figures in titles are names. */
export function figuresByClause(
  text: string,
  clauses: readonly Clause[],
  titles: readonly Span[],
  lexicon: Lexicon,
): FigureClause[] {
  const inTitle = (index: number) => titles.some((title) => title.start <= index && index < title.end)
  const found: FigureClause[] = []
  let at = 0
  for (const figure of figuresIn(text, lexicon, inTitle)) {
    while (at < clauses.length && (clauses[at]?.end ?? 0) <= figure.numStart) at++
    const clause = clauses[at]
    if (!clause || clause.start > figure.numStart) continue
    const last = found.at(-1)
    if (last?.index === at) last.figures.push(figure)
    else found.push({ clause, index: at, figures: [figure] })
  }
  return found
}

/** Makes a slot of every figure: a chain of figures in one clause is cut so that each keeps the words nearest to it. */
export function slotsOf(
  text: string,
  clauses: readonly Clause[],
  groups: readonly FigureClause[],
  modeOf: (at: number) => 'done' | 'do',
  lexicon: Lexicon,
): Slot[] {
  const slots: Slot[] = []
  const plain = withoutNumbers(text, groups)
  for (const { clause: own, index, figures } of groups) {
    const [whole, from] = withLabel(text, clauses, own, index, figures)
    const before = clauses.slice(Math.max(0, from - 6), from).filter((other) => other.sentence === whole.sentence)
    for (const [place, figure] of figures.entries()) {
      const clause = around(whole, figure)
      const segment = segmentOf(text, clause, figures, place)
      const first = (before[0] ?? clause).start
      const earlier = slots.slice(-12).filter((slot) => slot.numStart >= first)
      const next = figures[place + 1]?.numStart ?? null
      const mode = modeOf(figure.numStart)
      const bound = bind(plain, figure, { segment, clause, before, earlier, next, mode }, lexicon)
      if (figure.loose && bound.metric === null) continue
      slots.push({
        start: segment.start,
        end: segment.end,
        phrase: text.slice(segment.start, segment.end),
        numStart: figure.numStart,
        numEnd: figure.numEnd,
        value: figure.value,
        role: bound.role,
        metric: bound.metric,
        params: bound.params,
        why: bound.why,
        unit: figure.unit,
        approx: figure.approx,
      })
    }
  }
  return slots
}

/** 提醒谈话：9人次: a clause that is a figure alone begins with the label before its colon. Its index comes with it. */
function withLabel(text: string, clauses: readonly Clause[], own: Clause, index: number, figures: readonly Figure[]) {
  const label = clauses[index - 1]
  const alone = figures[0]!.numStart === own.start && label?.sentence === own.sentence
  if (!alone || text.charAt(label.end - 1) !== '：' || label.end - label.start > 16) return [own, index] as const
  return [{ ...own, start: label.start }, index - 1] as const
}

/** How far the words reach that tell what a figure counts: a text without marks is one clause. */
const reach = 300

/** The part of a clause around a figure. */
function around(clause: Clause, figure: Figure): Clause {
  const start = Math.max(clause.start, figure.start - reach)
  const end = Math.min(clause.end, figure.end + reach)
  return start === clause.start && end === clause.end ? clause : { ...clause, start, end }
}

/** The text with a star for every unit of a number or of the sign that stands for it: what counts is the words around them. */
function withoutNumbers(text: string, groups: readonly FigureClause[]): string {
  const parts: string[] = []
  let at = 0
  for (const { figures } of groups)
    for (const { numStart, numEnd } of figures) {
      parts.push(text.slice(at, numStart), '*'.repeat(numEnd - numStart))
      at = numEnd
    }
  return parts.join('') + text.slice(at)
}

const [heads, tails] = [new Chars('、，； |\u3000'), new Chars('、，；。：！？ |')]

function segmentOf(text: string, clause: Clause, figures: readonly Figure[], place: number): Span {
  const figure = figures[place]
  if (!figure) return clause
  const previous = figures[place - 1]
  const next = figures[place + 1]
  let start = previous ? cutBetween(text, previous.end, figure.numStart) : clause.start
  let end = next ? cutBetween(text, figure.end, next.numStart) : clause.end
  // 谈话提醒 | 约谈5人次: a cell of a table stands for itself.
  start = Math.max(
    start,
    text.lastIndexOf('|', figure.numStart) + 1,
    text.lastIndexOf('\u3000', figure.numStart - 1) + 1,
  )
  while (start < figure.numStart && heads.at(text, start)) start++
  // 谈心谈话：36人次　　提醒谈话：5人次: blanks of a form divide like a mark.
  const gap = text.slice(figure.end, end).search(/ {2}|\u3000|\|/)
  if (gap >= 0) end = figure.end + gap
  if (end > figure.end) end = tails.trimEnd(text, figure.end, end)
  return { start, end }
}

/** Where a chain is cut between two figures: after the first mark of enumeration, else right after the first figure. */
function cutBetween(text: string, from: number, to: number): number {
  const mark = text.slice(from, to).search(/[、和及]/)
  // 反馈的12个问题整改完成10个: what was counted belongs to its figure.
  const counted = /^(?:突出|具体|共性|责任|重点|反馈|年度|廉政|廉洁)?(?:问题|事项|任务|线索|风险点)/.exec(
    text.slice(from, to),
  )
  return mark < 0 ? from + (counted?.[0].length ?? 0) : from + mark
}
