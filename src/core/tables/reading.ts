import { cadenceIn } from '../drafts/cadence.ts'
import { bestKinds, kindScores, namesKind } from '../drafts/kinds.ts'
import { vocabularyOf } from '../drafts/vocabulary.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import { type Reading, read } from '../reading/reading.ts'
import { citesIn } from '../text/cites.ts'
import { plainOf } from '../text/plain.ts'
import { titleOf } from './item.ts'
import { type LaidItem, type Layout, wordsOf } from './layout.ts'

type Duty = Reading['duties'][number]
type Clause = Reading['clauses'][number]

/**
 * Reads a text of which tables are known: every item of a table is one duty or problem with one clause, what stands in a
 * table beside its items is background, and the text around the tables is read as running text.
 */
export function readWithTables(text: string, layout: Layout, lexicon: Lexicon): Reading {
  const around = layout.tablesOnly ? null : textAround(text, layout)
  const prose = around === null || around.trim() === '' ? null : read(around, lexicon)
  const items = layout.tables.flatMap((table) => table.items)
  const rows = items.map((item) => dutyOf(text, item, lexicon))
  const order = [
    ...(prose?.duties ?? []).map((duty, at) => ({ duty, from: `prose/${at}` })),
    ...rows.map((duty, at) => ({ duty, from: `row/${at}` })),
  ].sort((a, b) => a.duty.start - b.duty.start || a.duty.end - b.duty.end)
  const places = new Map(order.map(({ from }, at) => [from, at]))
  const clauses = [
    ...(prose?.clauses ?? []).map(
      (one): Clause => ({
        ...one,
        duty: one.duty === null ? null : (places.get(`prose/${one.duty}`) ?? null),
      }),
    ),
    ...items.map(
      (item, at): Clause => ({
        start: item.span[0],
        end: item.span[1],
        state: 'duty',
        outline: null,
        duty: places.get(`row/${at}`) ?? null,
      }),
    ),
    ...backgroundLines(text, layout),
  ].sort((a, b) => a.start - b.start)
  const cites = citesIn(text)
  return {
    chars: text.length,
    outline: prose?.outline ?? [],
    duties: order.map(({ duty }) => duty),
    slots: prose?.slots ?? [],
    cites,
    dated: prose?.dated ?? [],
    clauses,
    coverage: coverageOf(clauses),
  }
}

/** The text with its tables blanked, every offset where it was. */
function textAround(text: string, layout: Layout): string {
  let around = text
  for (const { span } of layout.tables)
    around = around.slice(0, span[0]) + '\n'.repeat(span[1] - span[0]) + around.slice(span[1])
  return around
}

/** Lines of the tables that are no item: headings, notes, totals; where there is nothing but tables, all other lines. */
function backgroundLines(text: string, layout: Layout): Clause[] {
  const spans: [number, number][] = layout.tablesOnly
    ? [[0, text.length]]
    : layout.tables.map(({ span }) => [span[0], span[1]])
  const items = layout.tables.flatMap((table) => table.items).map((item) => item.span)
  const lines: Clause[] = []
  for (const [from, to] of spans) {
    for (let start = from; start < to; ) {
      const item = items.find((one) => one[0] === start)
      const stop = item?.[1] ?? text.indexOf('\n', start)
      const end = stop < 0 ? to : Math.min(stop, to)
      const words = text.slice(start, end)
      const lead = words.length - words.trimStart().length
      if (item === undefined && words.trim() !== '') {
        const span = { start: start + lead, end: start + lead + words.trim().length }
        lines.push({ ...span, state: 'background', outline: null, duty: null })
      }
      start = end + 1
    }
  }
  return lines
}

function dutyOf(text: string, item: LaidItem, lexicon: Lexicon): Duty {
  const vocabulary = vocabularyOf(lexicon)
  const words = wordsOf(text, item)
  const term = plainOf(words.get('cadence') ?? words.get('term') ?? '').text
  const cadence = cadenceIn(term, vocabulary)
  const said = plainOf(`${words.get('category') ?? ''}\n${words.get('duty') ?? words.get('problem') ?? ''}`).text
  const best = bestKinds(kindScores(said, 0, said.length, vocabulary)).filter((one) => one.score >= namesKind)
  const kinds = [...(item.mode === 'problem' ? ['rectify'] : []), ...best.map((one) => one.kind)]
  const lead = unitsIn(words.get('lead'))
  const subject = lead[0] ?? words.get('layer')?.trim()
  return {
    start: item.span[0],
    end: item.span[1],
    text: text.slice(item.span[0], item.span[1]),
    title: titleOf(words),
    mode: item.mode,
    kind: kinds[0] ?? 'other',
    kindSecond: kinds[1] ?? null,
    subject: subject === undefined || subject === '' ? [] : [subject],
    subjectSource: subject === undefined || subject === '' ? 'default' : 'explicit',
    recipient: [],
    cadence: cadence?.text ?? null,
    cadenceRule: cadence?.rule ?? null,
    deadline: words.get('term')?.replace(/\s+/g, '') || null,
    leadUnit: lead[0] ?? null,
    supportUnits: [...lead.slice(1), ...unitsIn(words.get('support'))],
    targets: [],
    cites: citesIn(text.slice(item.span[0], item.span[1])).map((cite) => cite.title),
    outline: null,
  }
}

function unitsIn(cell: string | undefined): string[] {
  return (cell ?? '')
    .replace(/[（(][^）)\n]*[）)]/g, ' ')
    .split(/[、，,；;\n/]|\s+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function coverageOf(clauses: readonly Clause[]): Reading['coverage'] {
  const count = (state: Clause['state']) => clauses.filter((clause) => clause.state === state).length
  return {
    clauses: clauses.length,
    duty: count('duty'),
    principle: count('principle'),
    quotation: count('quotation'),
    background: count('background'),
    undecided: count('undecided'),
  }
}
