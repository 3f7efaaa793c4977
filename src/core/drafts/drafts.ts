import type { OutlineNode } from '../outline/outline.ts'
import type { Slot } from '../slots/slots.ts'
import type { Cite } from '../text/cites.ts'
import type { Clause } from '../text/clauses.ts'
import { type CadenceRule, cadenceIn, deadlineIn } from './cadence.ts'
import { type Group, groupSentence } from './group.ts'
import { type Judged, judge, kindsTogether } from './judge.ts'
import { bestKinds, kindScores, namesKind } from './kinds.ts'
import { ownersIn } from './owners.ts'
import { type Settled, settle } from './settle.ts'
import { bearersIn, defaultOwner, headingOwner, recipientsIn, type SubjectSource } from './subject.ts'
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

/** Drafts the duties of a text and gives every clause its one state. */
export function draftsOf(page: Page, vocabulary: Vocabulary): { drafts: Draft[]; states: ClauseState[] } {
  const settled = settle(page.text, page.clauses, page.isHeading, vocabulary)
  const judged = page.clauses.map((clause) =>
    judge(page.text, page.mask, clause, marksOf(page, clause, vocabulary), vocabulary),
  )
  const nodes = nodeIndexes(page)
  const drafts: Draft[] = []
  const states: ClauseState[] = page.clauses.map((_, index) => stateOf(settled[index] ?? 'open', judged[index]))
  const inherited = new Inheritance(page, vocabulary)
  for (const [from, to] of sentencesOf(page.clauses)) {
    const rows = rowsOf(page, judged.slice(from, to), settled.slice(from, to), from, vocabulary)
    for (const row of rows) {
      const first = row.members[0]
      if (!first) continue
      const node = nodes[page.clauses.indexOf(first.clause, from)] ?? null
      drafts.push(build(page, row, node, inherited, vocabulary))
      for (const member of row.members) states[page.clauses.indexOf(member.clause, from)] = 'duty'
    }
    if (rows.length === 0) inherited.notice(judged.slice(from, to), nodes[from] ?? null)
  }
  return { drafts, states }
}

type Row = Omit<Group, 'mode'> & { mode: Draft['mode'] }

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
  return rows
}

/** Shortcomings with a promise to mend them are one thing to do; without one, each is a problem of its own. */
function problemRows(text: string, problems: readonly Judged[], vocabulary: Vocabulary): Row[] {
  const first = problems[0]
  const last = problems.at(-1)
  if (!first || !last) return []
  if (vocabulary.remedies.in(text, first.clause.start, last.clause.end))
    return [{ members: [...problems], core: first, mode: 'do' }]
  const rows: Row[] = []
  for (const problem of problems) {
    const row = rows.at(-1)
    if (
      row &&
      !/^(?:有的|有些|个别|少数|部分|一是|二是|三是)/.test(problem.words) &&
      text.charAt(problem.clause.start - 1) !== '；'
    )
      row.members.push(problem)
    else rows.push({ members: [problem], core: problem, mode: 'problem' })
  }
  return rows
}

function stateOf(settled: Settled, judged: Judged | undefined): ClauseState {
  if (settled === 'background' || settled === 'quotation' || settled === 'principle') return settled
  if (!judged) return 'undecided'
  if (judged.role === 'stance' || judged.role === 'opener' || judged.role === 'tail') return 'principle'
  return judged.force === null && !judged.need ? 'background' : 'undecided'
}

function marksOf(page: Page, clause: Clause, vocabulary: Vocabulary) {
  const words = page.text.slice(clause.start, clause.end)
  const slots = page.slots.filter(
    (slot) => slot.role !== 'duration' && slot.numStart >= clause.start && slot.numStart < clause.end,
  )
  return {
    slot: slots.length > 0,
    indicator: slots[0]?.params['indicator'] ?? null,
    cite: page.cites.some((cite) => cite.start >= clause.start && cite.start < clause.end),
    owners: ownersIn(words, vocabulary) !== null,
    term: deadlineIn(words, vocabulary) !== null && vocabulary.acts.in(words),
  }
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

/** The owner named last, valid until another is named or the node changes. */
class Inheritance {
  readonly #page: Page
  readonly #vocabulary: Vocabulary
  #names: string[] | null = null
  #node: number | null = null
  #paragraph = -1

  constructor(page: Page, vocabulary: Vocabulary) {
    this.#page = page
    this.#vocabulary = vocabulary
  }

  notice(members: readonly Judged[], node: number | null): string[] | null {
    const paragraph = members[0]?.clause.paragraph ?? -1
    if (node !== this.#node || paragraph !== this.#paragraph) this.#names = null
    this.#node = node
    this.#paragraph = paragraph
    const actor = members.find((member) => member.actor)?.actor
    if (actor) this.#names = actor.names
    return actor?.names ?? null
  }

  owner(members: readonly Judged[], node: number | null, passage: string): { names: string[]; source: SubjectSource } {
    const actor = this.notice(members, node)
    const bearers = bearersIn(passage, this.#vocabulary)
    if (bearers.length > 0) return { names: bearers, source: 'explicit' }
    if (actor) return { names: actor, source: 'explicit' }
    if (this.#names) return { names: this.#names, source: 'inherited' }
    for (let at = node; at !== null; at = this.#page.outline[at]?.parent ?? null) {
      const names = headingOwner(this.#page.outline[at]?.title ?? '', this.#vocabulary)
      if (names) return { names, source: 'heading' }
    }
    return { names: defaultOwner(passage, this.#vocabulary), source: 'default' }
  }
}

function build(page: Page, row: Row, node: number | null, inherited: Inheritance, vocabulary: Vocabulary): Draft {
  const start = row.members[0]?.clause.start ?? 0
  const end = row.members.at(-1)?.clause.end ?? start
  const passage = page.text.slice(start, end)
  const within = (at: number) => at >= start && at < end
  const cadence = cadenceIn(passage, vocabulary)
  const owners = ownersIn(passage, vocabulary)
  const owner = inherited.owner(row.members, node, passage)
  const slots = page.slots.filter((slot) => within(slot.numStart))
  const [kind, second] = kindOf(page, row, node, vocabulary)
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
  return [best?.kind ?? 'other', heading?.kind ?? null]
}
