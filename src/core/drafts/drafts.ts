import { analyse, type ClauseState, type Known, labelsBy, type Page, type ReadingModel, stateOf } from './analyse.ts'
import { type Cadence, type CadenceRule, cadenceIn, deadlineIn } from './cadence.ts'
import { Inheritance } from './inheritance.ts'
import { chooseKinds, type KindChoice, type Placed } from './kind-choice.ts'
import { leadersIn, ownersIn } from './owners.ts'
import { type DutyRow, rowsFrom } from './rows.ts'
import { recipientsIn, type SubjectSource } from './subject.ts'
import type { Label } from './tagger.ts'
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

/** The drafts of a text; the one state of each clause and the draft that it belongs to. */
export type Drafted = {
  drafts: Draft[]
  states: ClauseState[]
  homes: (number | null)[]
  nodes: readonly (number | null)[]
}

/** Drafts the duties of a text and gives every clause its one state. */
export function draftsOf(page: Page, vocabulary: Vocabulary, learned: ReadingModel | null): Drafted {
  const known = analyse(page, vocabulary)
  const model = page.usual ? learned : null
  const { nodes, settled, judged } = known
  const labels = model ? labelsBy(known, model, vocabulary) : known.rule
  const states = page.clauses.map((_, index) => stateOf(settled[index] ?? 'open', judged[index]))
  const drafted: Drafted = { drafts: [], states, homes: page.clauses.map(() => null), nodes }
  const placed = rowsOfPage(page, known, labels, vocabulary)
  const kinds = chooseKinds(page, placed, vocabulary, model?.kinds ?? null)
  const inherited = new Inheritance(page, vocabulary)
  let next = 0
  for (const [index, [from, to]] of known.sentences.entries()) {
    if (settled[from] === 'owners') {
      const first = firstOfOwners(known, index)
      const more = settled[known.sentences[index + 1]?.[0] ?? -1] === 'owners'
      if (!more) applyOwners(page, drafted, first, to, nodes[from] ?? null, vocabulary)
      continue
    }
    const first = next
    for (; (placed[next]?.row.from ?? to) < to; next++) {
      const { row, node } = placed[next]!
      drafted.drafts.push(build(page, row, node, kinds[next]!, inherited, vocabulary))
      shareOwners(drafted.drafts, placed, vocabulary)
      for (let member = row.from; member < row.to; member++) {
        states[member] = 'duty'
        drafted.homes[member] = drafted.drafts.length - 1
      }
    }
    if (next === first) inherited.notice(judged.slice(from, to), nodes[from] ?? null)
  }
  return drafted
}

/** A bracket of owners that ends a paragraph's sentence is for all rows of the paragraph since the bracket before it. */
function shareOwners(drafts: readonly Draft[], placed: readonly Placed[], vocabulary: Vocabulary): void {
  const last = drafts.length - 1
  const { text, leadUnit, supportUnits } = drafts[last]!
  if (leadUnit === null || !/）。?$/.test(text)) return
  const term = ownersIn(text, vocabulary)?.term ?? null
  const paragraph = placed[last]!.row.members[0]!.clause.paragraph
  for (let at = last - 1; at >= 0; at--) {
    const draft = drafts[at]!
    if (draft.leadUnit !== null || placed[at]!.row.members[0]!.clause.paragraph !== paragraph) return
    draft.leadUnit = leadUnit
    draft.supportUnits = [...supportUnits]
    draft.deadline ??= term
  }
}

/** Lines that name owners one below the other are read as one. */
function firstOfOwners(known: Known, index: number): number {
  let at = index
  while (at > 0 && known.settled[known.sentences[at - 1]![0]] === 'owners') at--
  return known.sentences[at]![0]
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
    // A shortcoming told in an item of its own is nobody's task: the line is for what was done about it.
    if (draft.mode === 'problem' && itemOf(page, draft.start) !== itemOf(page, start)) continue
    draft.leadUnit ??= owners.leadUnit
    if (draft.supportUnits.length === 0) draft.supportUnits = [...owners.supportUnits]
    if (draft.mode === 'do') draft.deadline ??= owners.term
  }
  for (let index = from; index < to; index++) {
    drafted.states[index] = 'duty'
    drafted.homes[index] = last
  }
}

/** The innermost numbered item, titled or not, around an offset. */
function itemOf(page: Page, at: number): number {
  return page.items.findLast((item) => item.start <= at && at < item.bodyEnd)?.start ?? -1
}

/** The rhythm of a row; a shortcoming has none, and 及时 beside a figure of what was done only praises. */
function rhythmOf(row: DutyRow, passage: string, vocabulary: Vocabulary): Cadence | null {
  if (row.mode === 'problem') return null
  const found = cadenceIn(passage, vocabulary)
  const vague = found !== null && found.rule.period === null && found.rule.anchor === null && found.rule.min === null
  return vague && row.mode === 'done' && row.members.some((member) => member.slot) ? null : found
}

/** The rows of all sentences, with the nodes that they stand under. */
export function rowsOfPage(page: Page, known: Known, labels: readonly Label[], vocabulary: Vocabulary): Placed[] {
  return known.sentences
    .filter(([from]) => known.settled[from] !== 'owners')
    .flatMap(([from, to]) => rowsFrom(page.text, known, labels, from, to, vocabulary))
    .map((row) => ({ row, node: known.nodes[row.from] ?? null }))
}

const period = /^(?:[0-9]{1,2}月(?:份|(?:至|到|—|－|-|~|、)[0-9]{1,2}月(?:份)?)?|[一二三四]季度|[上下]半年)$/

/** The part of the year that a plan's heading names. */
function periodAbove(page: Page, node: number | null): string | null {
  const title = node === null ? '' : (page.outline[node]?.title ?? '')
  return period.test(title) ? title : null
}

function build(
  page: Page,
  row: DutyRow,
  node: number | null,
  [kind, second]: KindChoice,
  inherited: Inheritance,
  vocabulary: Vocabulary,
): Draft {
  const start = row.members[0]?.clause.start ?? 0
  const end = row.members.at(-1)?.clause.end ?? start
  const passage = page.text.slice(start, end)
  const within = (at: number) => at >= start && at < end
  const cadence = rhythmOf(row, passage, vocabulary)
  const owners = ownersIn(passage, vocabulary) ?? leadersIn(passage)
  const slots = page.slots.filter((slot) => within(slot.numStart))
  const owner = inherited.owner(row.members, node, passage, kind !== 'target')
  const stated = deadlineIn(passage.replace(/（[^（）]*：[^（）]*）/g, ''), vocabulary, true) ?? owners?.term ?? null
  const deadline = row.mode !== 'do' ? null : (stated ?? (cadence === null ? periodAbove(page, node) : null))
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
