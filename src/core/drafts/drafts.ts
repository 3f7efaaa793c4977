import { slotFrom } from '../slots/slots.ts'
import { Chars, Opening } from '../text/chars.ts'
import { analyse, type ClauseState, type Known, labelsBy, type Page, type ReadingModel, stateOf } from './analyse.ts'
import { type Cadence, type CadenceRule, cadenceIn, deadlineIn, ruleOf } from './cadence.ts'
import { Inheritance } from './inheritance.ts'
import { chooseKinds, type KindChoice, type Placed } from './kind-choice.ts'
import { lasting, leadersIn, ownersIn, ownersOf } from './owners.ts'
import { recipientsIn } from './receivers.ts'
import { type DutyRow, rowsFrom } from './rows.ts'
import type { SubjectSource } from './subject.ts'
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
export function draftsOf(page: Page, vocabulary: Vocabulary, model: ReadingModel | null): Drafted {
  const known = analyse(page, vocabulary)
  const { nodes, settled, judged } = known
  const labels = model ? labelsBy(known, model, vocabulary) : known.rule
  const drafted: Drafted = { drafts: [], states: [], homes: [], nodes }
  const { states } = drafted
  for (let index = 0; index < page.clauses.length; index++) {
    states.push(stateOf(settled[index] ?? 'open', judged[index]))
    drafted.homes.push(null)
  }
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
    let told = from
    const head = judged[from]!
    // 水政科：… says whose the acts behind it are.
    if (head.actor && head.clause.end - head.actor.end <= 1 && page.text.charAt(head.clause.end - 1) === '：')
      inherited.notice([head], nodes[from] ?? null)
    for (; (placed[next]?.row.from ?? to) < to; next++) {
      const { row, node } = placed[next]!
      // 党办要当好总调度，每月对账: who is named before the row.
      if (judged.slice(told, row.from).some(({ actor }) => actor)) inherited.notice(judged.slice(told, row.from), node)
      told = row.to
      drafted.drafts.push(build(page, row, node, kinds[next]!, inherited, vocabulary))
      shareOwners(drafted.drafts, placed, vocabulary)
      for (let member = row.from; member < row.to; member++) {
        states[member] = 'duty'
        drafted.homes[member] = drafted.drafts.length - 1
      }
    }
    if (next === first) inherited.notice(judged.slice(from, to), nodes[from] ?? null)
  }
  goOn(page, drafted.drafts)
  carryOn(drafted.drafts, placed)
  return drafted
}

/** What an item will do next (下一步：…) belongs to the units that its bracket before named, unless it names its own. */
function goOn(page: Page, drafts: readonly Draft[]): void {
  for (const [at, draft] of drafts.entries()) {
    const before = drafts[at - 1]
    if (draft.leadUnit !== null || draft.mode !== 'do' || draft.outline === null) continue
    if (before?.outline !== draft.outline || before.leadUnit === null) continue
    const line = page.text.lastIndexOf('\n', draft.start) + 1
    if (!/^ *(?:下一步|下步|今后|接下来|下一阶段)/.test(page.text.slice(line, line + 12))) continue
    draft.leadUnit = before.leadUnit
    draft.supportUnits = [...before.supportUnits]
  }
}

/** What a paragraph under a heading of its own asks behind its only bracket of owners belongs to the same units. */
function carryOn(drafts: readonly Draft[], placed: readonly Placed[]): void {
  const paragraphOf = (at: number) => placed[at]!.row.members[0]!.clause.paragraph
  for (const [at, draft] of drafts.entries()) {
    const before = drafts[at - 1]
    if (!before || before.leadUnit === null || draft.leadUnit !== null || draft.mode !== 'do') continue
    if (draft.subjectSource !== 'default' || !/[）】］〕]。?$/.test(before.text)) continue
    if (draft.outline === null || draft.outline !== before.outline || paragraphOf(at) !== paragraphOf(at - 1)) continue
    const same = drafts.filter((other) => other.outline === draft.outline)
    if (same.some((other) => other.leadUnit !== null && other.leadUnit !== before.leadUnit)) continue
    draft.leadUnit = before.leadUnit
    draft.supportUnits = [...before.supportUnits]
  }
}

/** A bracket of owners that ends a paragraph's sentence is for all rows of the paragraph since the bracket before it. */
function shareOwners(drafts: readonly Draft[], placed: readonly Placed[], vocabulary: Vocabulary): void {
  const last = drafts.length - 1
  const { text, leadUnit, supportUnits } = drafts[last]!
  if (leadUnit === null || !/[）］】〕]。?$/.test(text)) return
  const term = ownersIn(text, vocabulary)?.term ?? null
  const paragraph = placed[last]!.row.members[0]!.clause.paragraph
  for (let at = last - 1; at >= 0; at--) {
    const draft = drafts[at]!
    if (draft.leadUnit !== null || placed[at]!.row.members[0]!.clause.paragraph !== paragraph) return
    draft.leadUnit = leadUnit
    draft.supportUnits = [...supportUnits]
    if (draft.mode === 'do') giveTerm(draft, term, vocabulary)
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
  const owners = ownersOf(page.text, start, page.clauses[to - 1]?.end ?? start, vocabulary)
  const last = drafted.drafts.length - 1
  if (!owners || last < 0) return
  const homes = new Set([node, ...(startsLine(page.text, start) ? siblingsEnded(page, drafted, node) : [])])
  let next: Draft['mode'] = 'problem'
  for (let at = last; at >= 0; at--) {
    const draft = drafted.drafts[at]
    if (!draft || (at < last && (!homes.has(draft.outline) || draft.leadUnit !== null))) break
    // A shortcoming told in an item of its own, or before what mends it, is nobody's task: the line is for what is done about it.
    if (draft.mode !== 'problem') next = draft.mode
    else if (next === 'do' || itemOf(page, draft.start) !== itemOf(page, start)) continue
    draft.leadUnit ??= owners.leadUnit
    if (draft.supportUnits.length === 0) draft.supportUnits = [...owners.supportUnits]
    if (draft.mode === 'do') giveTerm(draft, owners.term, vocabulary)
  }
  for (let index = from; index < to; index++) {
    drafted.states[index] = 'duty'
    drafted.homes[index] = last
  }
}

/** A term that comes again is a rhythm. */
function giveTerm(draft: Draft, term: string | null, vocabulary: Vocabulary): void {
  if (term === null) return
  const rhythm = lasting.test(term)
    ? { text: term, rule: ruleOf(term) }
    : recurs.test(term)
      ? cadenceIn(term, vocabulary)
      : null
  if (rhythm === null) draft.deadline ??= term
  else if (draft.cadence === null && draft.deadline === null) {
    draft.cadence = rhythm.text
    draft.cadenceRule = rhythm.rule
  }
}

const recurs = /^每|^按|^定期|^经常/

function startsLine(text: string, at: number): boolean {
  return /(?:^|\n)[ ]*$/.test(text.slice(Math.max(0, at - 12), at))
}

/** The items of the list whose last one ends with a line of owners, where none of them has owners of its own. */
function siblingsEnded(page: Page, { drafts }: Drafted, node: number | null): readonly number[] {
  if (node === null || page.outline[node]!.parent === null) return []
  const siblings = page.outline.flatMap((other, index) => (other.parent === page.outline[node]!.parent ? [index] : []))
  const owned = drafts.some((draft) => draft.leadUnit !== null && siblings.includes(draft.outline ?? -1))
  return siblings.at(-1) === node && !owned ? siblings : []
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
  const placed: Placed[] = []
  const told = labels.map((label, at): Label => (label === 'begin' && onlyTime(known, labels, at) ? 'inside' : label))
  for (const [from, to] of known.sentences) {
    if (known.settled[from] === 'owners') continue
    for (const row of rowsFrom(page.text, known, told, from, to, vocabulary))
      placed.push({ row, node: known.nodes[row.from] ?? null })
  }
  return placed
}

/** Whether the segment before one is a duty that says no more than when (3月20日前，): that is when this one is due. */
function onlyTime({ text, segments }: Known, labels: readonly Label[], at: number): boolean {
  if (at === 0 || labels[at - 1] !== 'begin') return false
  const before = segments[at - 1]!
  if (before.sentence !== segments[at]!.sentence) return false
  return time.at(text, before.start, before.end)
}

const part = '(?:20[0-9]{2}年)?[0-9]{1,2}月(?:份|上旬|中旬|下旬|底|末|初|[0-9]{1,2}日)?'
const bounded = '(?:以前|之前|前后|前)?(?:完成)?'
const time = new Opening(
  new RegExp(`^ *(?:${part}${bounded}|年[底内]前?|[上下]半年|每(?:年|半年|季度|月|周|学期)) *[，、]?$`),
  ' 0123456789年上下每',
)
const period = new RegExp(
  `(?:^[◆◇●○■□★▲※]?|（)(${part}(?:(?:至|到|—|－|-|~|、)${part})?${bounded}|(?:年|月|第?[一二三四]?季度)(?:底|末)?[内前]|第?[一二三四]季度|[上下]半年)(?:$|）$|：)`,
)

/** Each part of the year is called by one of these. */
const periods = new Chars('年月季')

/** The part of the year that a plan's heading names. */
function periodAbove(page: Page, node: number | null): string | null {
  for (let at = node; at !== null; at = page.outline[at]?.parent ?? null) {
    const title = page.outline[at]?.title ?? ''
    const named = periods.in(title, 0, title.length) ? period.exec(title)?.[1] : undefined
    if (named !== undefined) return named
  }
  return null
}

function build(
  page: Page,
  row: DutyRow,
  node: number | null,
  [kind, second]: KindChoice,
  inherited: Inheritance,
  vocabulary: Vocabulary,
): Draft {
  const start = row.members[0]!.clause.start
  const end = row.members[row.members.length - 1]!.clause.end
  const passage = page.text.slice(start, end)
  const owners = ownersOf(page.text, start, end, vocabulary) ?? leadersIn(passage)
  // What the bracket of owners says of time comes last.
  const said = owners === null ? passage : passage.replace(/[（［【〔][^（）［］【】〔〕]*[）］】〕]。?$/, '')
  const cadence = rhythmOf(row, said, vocabulary)
  const slots = page.slots.slice(slotFrom(page.slots, start), slotFrom(page.slots, end))
  const owner = inherited.owner(row.members, node, passage, true, row.mode === 'problem')
  const unlabelled = said.includes('：')
    ? said.replace(/[（［【〔][^（）［］【】]*：[^（）［］【】]*[）］】〕]/g, '')
    : said
  const stated = row.mode === 'do' ? deadlineIn(unlabelled, vocabulary, true) : null
  const deadline = row.mode !== 'do' ? null : (stated ?? periodAbove(page, node))
  const draft: Draft = {
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
    cites: page.cites.filter((cite) => cite.start >= start && cite.start < end).map((cite) => cite.title),
    outline: node,
  }
  if (row.mode === 'do') giveTerm(draft, owners?.term ?? null, vocabulary)
  return draft
}
