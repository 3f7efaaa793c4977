import type { OutlineNode } from '../outline/outline.ts'
import type { Slot } from '../slots/slots.ts'
import type { Cite } from '../text/cites.ts'
import type { Clause } from '../text/clauses.ts'
import { type CadenceRule, cadenceIn, deadlineIn } from './cadence.ts'
import { groupSentence } from './group.ts'
import { Inheritance } from './inheritance.ts'
import { type Judged, judge, kindsTogether, type Marks } from './judge.ts'
import { bestKinds, kindScores, namesKind } from './kinds.ts'
import { ownersIn } from './owners.ts'
import { problemRows, type Row } from './problems.ts'
import { type Place, type Settled, settle } from './settle.ts'
import { recipientsIn, type SubjectSource } from './subject.ts'
import { type Target, targetsOf } from './targets.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A proposed duty in a folded text; offsets are of the folded text. */
export type Draft = {
  start: number
  end: number
  text: string
  title: string
  mode: 'do' | 'done' | 'problem'
  kind: string
  kindSecond: string | null
  subject: string[]
  subjectSource: SubjectSource
  recipient: string[]
  cadence: string | null
  cadenceRule: CadenceRule | null
  deadline: string | null
  leadUnit: string | null
  supportUnits: string[]
  targets: Target[]
  cites: string[]
  outline: number | null
}

/** The one state of each clause. */
export type ClauseState = 'duty' | 'principle' | 'quotation' | 'background' | 'undecided'

/** All that is known of a text before duties are drafted. */
export type Page = {
  text: string
  mask: Uint8Array
  clauses: readonly Clause[]
  tenses: readonly ('done' | 'do')[]
  outline: readonly OutlineNode[]
  slots: readonly Slot[]
  cites: readonly Cite[]
  isHeading: (clause: Clause) => boolean
}

/** The drafts of a text; the one state of each clause and the draft that it belongs to. */
export type Drafted = { drafts: Draft[]; states: ClauseState[]; homes: (number | null)[]; nodes: (number | null)[] }

/** Drafts the duties of a text and gives every clause its one state. */
export function draftsOf(page: Page, vocabulary: Vocabulary): Drafted {
  const nodes = nodeIndexes(page)
  const settled = settle(page.text, page.clauses, placeOf(page, nodes, vocabulary), vocabulary)
  const marks = marksOf(page, vocabulary)
  const judged = page.clauses.map((clause, index) =>
    judge(page.text, page.mask, clause, marks[index] as Marks, vocabulary),
  )
  const states = page.clauses.map((_, index) => stateOf(settled[index] ?? 'open', judged[index]))
  const drafted: Drafted = { drafts: [], states, homes: page.clauses.map(() => null), nodes }
  const inherited = new Inheritance(page, vocabulary)
  for (const [from, to] of sentencesOf(page.clauses)) {
    if (settled[from] === 'owners') {
      applyOwners(page, drafted, from, to, nodes[from] ?? null, vocabulary)
      continue
    }
    const rows = rowsOf(page, judged.slice(from, to), settled.slice(from, to), from, vocabulary)
    for (const row of rows) {
      const members = row.members.map((member) => page.clauses.indexOf(member.clause, from))
      drafted.drafts.push(build(page, row, nodes[members[0] ?? from] ?? null, inherited, vocabulary))
      for (const member of members) {
        states[member] = 'duty'
        drafted.homes[member] = drafted.drafts.length - 1
      }
    }
    if (rows.length === 0) inherited.notice(judged.slice(from, to), nodes[from] ?? null)
  }
  return drafted
}

/** A bracket or line that only names owners belongs to every row of its item that has none yet. */
function applyOwners(
  page: Page,
  drafted: Drafted,
  from: number,
  to: number,
  node: number | null,
  vocabulary: Vocabulary,
): void {
  const start = page.clauses[from]?.start ?? 0
  const owners = ownersIn(page.text.slice(start, page.clauses[to - 1]?.end ?? start), vocabulary)
  const last = drafted.drafts.length - 1
  if (!owners || last < 0) return
  for (let at = last; at >= 0; at--) {
    const draft = drafted.drafts[at]
    if (!draft || (at < last && (draft.outline !== node || draft.leadUnit !== null))) break
    draft.leadUnit ??= owners.leadUnit
    if (draft.supportUnits.length === 0) draft.supportUnits = [...owners.supportUnits]
    draft.deadline ??= owners.term
  }
  for (let index = from; index < to; index++) {
    drafted.states[index] = 'duty'
    drafted.homes[index] = last
  }
}

function placeOf(page: Page, nodes: readonly (number | null)[], vocabulary: Vocabulary): Place {
  const problems = page.outline.map((node) => vocabulary.problemHeadings.in(node.title))
  const under = (node: number | null): boolean =>
    node !== null && (problems[node] === true || under(page.outline[node]?.parent ?? null))
  const starts = new Set(page.outline.map((node) => node.start))
  const byStart = new Map(page.clauses.map((clause, index) => [clause.start, nodes[index] ?? null]))
  return {
    isHeading: page.isHeading,
    inProblems: (clause) => under(byStart.get(clause.start) ?? null),
    marked: (clause) => starts.has(clause.start),
  }
}

function rowsOf(
  page: Page,
  sentence: readonly Judged[],
  settled: readonly Settled[],
  from: number,
  vocabulary: Vocabulary,
): Row[] {
  const problems = sentence.filter((_, index) => settled[index] === 'problem')
  const rows: Row[] = problemRows(page.text, problems, vocabulary)
  const open = sentence.filter((_, index) => settled[index] === 'open')
  const modeOf = (judged: Judged) => page.tenses[from + sentence.indexOf(judged)] ?? 'do'
  rows.push(...groupSentence(open, { modeOf, closes: (judged) => page.text.charAt(judged.clause.end - 1) === '；' }))
  return rows.sort((a, b) => (a.members[0]?.clause.start ?? 0) - (b.members[0]?.clause.start ?? 0))
}

function stateOf(settled: Settled, judged: Judged | undefined): ClauseState {
  if (settled === 'background' || settled === 'quotation' || settled === 'principle') return settled
  if (!judged) return 'undecided'
  if (judged.role === 'stance' || judged.role === 'opener' || judged.role === 'tail') return 'principle'
  return judged.force === null && !judged.manner ? 'background' : 'undecided'
}

/** Marks of every clause: the figures and titles in it, owners, terms, and where its words start after a numbering sign. */
function marksOf(page: Page, vocabulary: Vocabulary): Marks[] {
  const markers = new Map(page.outline.map((node) => [node.start, node.marker.length]))
  const counted = page.slots.filter((slot) => slot.role !== 'duration')
  const slotsOf = spread(page.clauses, counted, (slot) => slot.numStart)
  const citesOf = spread(page.clauses, page.cites, (cite) => cite.start)
  return page.clauses.map((clause, index) => {
    const words = page.text.slice(clause.start, clause.end)
    const slots = slotsOf.get(index) ?? []
    const deadline = timely.test(words) ? deadlineIn(words, vocabulary) : null
    const rule = timely.test(words) ? cadenceIn(words, vocabulary)?.rule : undefined
    return {
      slot: slots.length > 0,
      indicator: slots[0]?.params['indicator'] ?? null,
      cite: citesOf.has(index),
      owners: words.includes('：') && ownersIn(words, vocabulary) !== null,
      term: deadline !== null && vocabulary.acts.in(words),
      timed: deadline !== null || (rule?.period ?? null) !== null || (rule?.anchor ?? null) !== null,
      rate: slots.some((slot) => slot.unit === '%' && slot.role === 'result' && slot.phrase.includes('率')),
      from: clause.start + (markers.get(clause.start) ?? 0),
    }
  })
}

const timely = /[每按逐年月日季周天时前内底末节]/

/** Things in text order by the clause that they start in. */
function spread<T>(clauses: readonly Clause[], things: readonly T[], startOf: (thing: T) => number): Map<number, T[]> {
  const map = new Map<number, T[]>()
  let at = 0
  for (const thing of things) {
    while (at < clauses.length && (clauses[at]?.end ?? 0) <= startOf(thing)) at++
    map.set(at, [...(map.get(at) ?? []), thing])
  }
  return map
}

function sentencesOf(clauses: readonly Clause[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const [index, clause] of clauses.entries()) {
    const last = ranges.at(-1)
    if (last && clauses[last[0]]?.sentence === clause.sentence) last[1] = index + 1
    else ranges.push([index, index + 1])
  }
  return ranges
}

/** The innermost outline node of each clause. */
function nodeIndexes(page: Page): (number | null)[] {
  let at = -1
  return page.clauses.map((clause) => {
    while ((page.outline[at + 1]?.start ?? Number.POSITIVE_INFINITY) <= clause.start) at++
    let node: number | null = at < 0 ? null : at
    while (node !== null && (page.outline[node]?.bodyEnd ?? 0) <= clause.start)
      node = page.outline[node]?.parent ?? null
    return node
  })
}

function build(page: Page, row: Row, node: number | null, inherited: Inheritance, vocabulary: Vocabulary): Draft {
  const start = row.members[0]?.clause.start ?? 0
  const end = row.members.at(-1)?.clause.end ?? start
  const passage = page.text.slice(start, end)
  const within = (at: number) => at >= start && at < end
  const cadence = cadenceIn(passage, vocabulary)
  const owners = ownersIn(passage, vocabulary)
  const slots = page.slots.filter((slot) => within(slot.numStart))
  const [kind, second] = kindOf(page, row, node, vocabulary)
  const owner = inherited.owner(row.members, node, passage, kind !== 'target')
  const deadline =
    owners?.term ?? deadlineIn(passage, vocabulary) ?? (kind === 'target' && row.mode === 'do' ? '年内' : null)
  return {
    start,
    end,
    text: passage,
    title: row.core.words.slice(0, 40),
    mode: row.mode,
    kind,
    kindSecond: second,
    subject: owner.names,
    subjectSource: owner.source,
    recipient: recipientsIn(passage, vocabulary),
    cadence: cadence?.text ?? null,
    cadenceRule: cadence?.rule ?? null,
    deadline,
    leadUnit: owners?.leadUnit ?? null,
    supportUnits: owners?.supportUnits ?? [],
    targets: row.mode === 'do' ? targetsOf(page.text, slots) : [],
    cites: page.cites.filter((cite) => within(cite.start)).map((cite) => cite.title),
    outline: node,
  }
}

/** The kind by the row's own words, else by its sentence's head or heading, else business; and the second choice. */
function kindOf(page: Page, row: Row, node: number | null, vocabulary: Vocabulary): [string, string | null] {
  if (
    row.mode === 'problem' ||
    vocabulary.remedies.in(page.text, row.members[0]?.clause.start, row.members.at(-1)?.clause.end)
  ) {
    return ['rectify', kindsTogether(row.members)[0]?.kind ?? null]
  }
  const own = kindsTogether(row.members)
  const topic = page.slots.find((slot) => slot.numStart >= row.core.clause.start && slot.numStart < row.core.clause.end)
    ?.params['topic']
  if (topic !== undefined && vocabulary.kindIds.has(topic)) return [topic, own[0]?.kind ?? null]
  const specific = own.find(({ kind, score }) => !vocabulary.umbrellas.has(kind) && score >= 3)
  const best = own[0]
  if (best && best.score >= namesKind) {
    const chosen = vocabulary.umbrellas.has(best.kind) && specific && best.score < 4 ? specific : best
    return [chosen.kind, own.find((entry) => entry !== chosen)?.kind ?? null]
  }
  const title = node === null ? '' : (page.outline[node]?.title ?? '')
  const heading = bestKinds(kindScores(title, 0, title.length, vocabulary))[0]
  if (heading && heading.score >= 3 && (best?.score ?? 0) < 1.5) return [heading.kind, best?.kind ?? null]
  return [best?.kind ?? heading?.kind ?? 'other', best ? (heading?.kind ?? null) : null]
}
