import { slotFrom } from '../slots/slots.ts'
import { Chars, Opening } from '../text/chars.ts'
import { analyse, type ClauseState, type Known, labelsBy, type Page, type ReadingModel, stateOf } from './analyse.ts'
import { type Cadence, type CadenceRule, cadenceIn, deadlineIn } from './cadence.ts'
import {
  applyOwners,
  carryOn,
  entrustBelow,
  entrustPasted,
  firstOfOwners,
  giveTerm,
  goOn,
  headedBy,
  ownedAbove,
  shareOwners,
} from './entrust.ts'
import { extentOf } from './extent.ts'
import { Inheritance } from './inheritance.ts'
import { chooseKinds, type KindChoice, type Placed } from './kind-choice.ts'
import { leadersIn } from './leaders.ts'
import { ownersOf } from './owners.ts'
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
  const above: [number, number, number][] = []
  let next = 0
  for (const [index, [from, to]] of known.sentences.entries()) {
    if (settled[from] === 'owners') {
      const first = firstOfOwners(known, index)
      const more = settled[known.sentences[index + 1]?.[0] ?? -1] === 'owners'
      const end = headedBy(page, known, first, to)
      if (end >= 0) above.push([page.clauses[first]!.start, page.clauses[to - 1]!.end, end])
      else if (!more) applyOwners(page, drafted, first, to, nodes[from] ?? null, vocabulary)
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
      if (told < row.from && judged.slice(told, row.from).some(({ actor }) => actor))
        inherited.notice(judged.slice(told, row.from), node)
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
  ownedAbove(page, drafted.drafts, vocabulary)
  for (const line of above) entrustBelow(page, drafted.drafts, line, vocabulary)
  entrustPasted(page, drafted.drafts, vocabulary)
  // A shortcoming is nobody's task: whoever has it stands behind what is done about it.
  for (const draft of drafted.drafts) if (draft.mode === 'problem') [draft.leadUnit, draft.supportUnits] = [null, []]
  for (const draft of drafted.drafts) {
    Object.assign(draft, extentOf(page, draft.start, draft.end, vocabulary))
    draft.text = page.text.slice(draft.start, draft.end)
  }
  return drafted
}

/** The rhythm of a row; a shortcoming has none. */
function rhythmOf(row: DutyRow, passage: string, vocabulary: Vocabulary): Cadence | null {
  return row.mode === 'problem' ? null : cadenceIn(passage, vocabulary)
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

const part =
  '(?:20[0-9]{2}年|[今明次翌]年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份|上旬|中旬|下旬|底|末|初|[0-9]{1,2}日)?'
const bounded = '(?:以前|之前|前后|前)?(?:完成)?'
const time = new Opening(
  new RegExp(`^ *(?:${part}${bounded}|年[底内]前?|[上下]半年|每(?:年|半年|季度|月|周|学期)) *[，、]?$`),
  ' 0123456789年上下每',
)
const period = new RegExp(
  `(?:^[◆◇●○■□★▲※]?|（)(${part}(?:(?:至|到|—+|－|-|~|、)(?:${part}|[0-9]{1,2}日))?${bounded}|(?:年|月|第?[一二三四]?季度)(?:底|末)?[内前]|第?[一二三四]季度|[上下]半年)(?:$|）$|：)`,
)

const calendar =
  /^ *((?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份|上旬|中旬|下旬|底)?|第?[一二三四]季度|[上下]半年) /u
const longestHead = 14

/** A numbering sign whose mark would look like one between days: 3、春耕前. */
const numbering = /^[0-9]{1,3}、/

/** 3月份　召开: the blank of a calendar. */
const afterMonth = /(?<=^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|上旬|中旬|下旬)?) +/u

/** Each part of the year is called by one of these. */
const periods = new Chars('年月季')

/** The part of the year that a plan names at the head of the line (第一季度：…) or in a heading. */
function periodAbove(page: Page, start: number, node: number | null): string | null {
  const line = page.text.slice(page.text.lastIndexOf('\n', start - 1) + 1, start)
  const head = line.slice(0, line.indexOf('：') + 1)
  if (head !== '' && head.length <= longestHead && periods.in(head, 0, head.length)) {
    const named = period.exec(head)?.[1]
    if (named !== undefined) return named
  }
  // 3月份　召开部署会: a calendar.
  const month = head === '' ? calendar.exec(line)?.[1] : undefined
  if (month !== undefined) return month
  for (let at = node; at !== null; at = page.outline[at]?.parent ?? null) {
    const title = page.outline[at]?.title ?? ''
    const named = periods.in(title, 0, title.length) ? period.exec(title)?.[1] : undefined
    if (named !== undefined) return named
  }
  return node === null ? periodOfLine(page.text, start) : null
}

/** The part of the year that the last short line above names, in a plan that goes by such lines: 第一季度：定盘子. */
function periodOfLine(text: string, start: number): string | null {
  const lines = text
    .slice(Math.max(0, start - charsLooked), start)
    .split('\n')
    .slice(-linesLooked)
  const head = lines.findLast((line) => line.trim() !== '' && line.length <= longestHead && !stopped.test(line))
  return head === undefined ? null : (quarter.exec(head)?.[1] ?? null)
}

const [linesLooked, charsLooked] = [6, 240]
const stopped = /[。；，]/
const quarter = /^ *(第?[一二三四]季度|[上下]半年|[0-9]{1,2}月(?:份)?)(?=：|—|$| )/u

/** The titles that are cited in `[start, end)`. */
function titlesBetween({ cites }: Page, start: number, end: number): string[] {
  const titles: string[] = []
  for (let at = 0; at < cites.length && cites[at]!.start < end; at++)
    if (cites[at]!.start >= start) titles.push(cites[at]!.title)
  return titles
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
  const owners = ownersOf(page.text, start, end, vocabulary) ?? leadersIn(passage, vocabulary)
  // What the bracket of owners says of time comes last; the end of a wrapped line may stand within a word.
  const whole = passage.replaceAll('\n', '')
  const said = owners === null ? whole : whole.replace(/[（［【〔〈][^（）［］【】〔〕〈〉]*[）］】〕〉][。；，]?$/, '')
  const cadence = rhythmOf(row, said, vocabulary)
  const slots = page.slots.slice(slotFrom(page.slots, start), slotFrom(page.slots, end))
  const owner = inherited.owner(row.members, node, passage, true, row.mode === 'problem')
  const unlabelled = said.includes('：')
    ? said.replace(/[（［【〔][^（）［］【】]*：[^（）［］【】]*[）］】〕]/g, '')
    : said
  const stated =
    row.mode === 'do' ? deadlineIn(unlabelled.replace(numbering, '').replace(afterMonth, ''), vocabulary, true) : null
  const deadline = row.mode !== 'do' ? null : (stated ?? periodAbove(page, start, node))
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
    cites: titlesBetween(page, start, end),
    outline: node,
  }
  if (row.mode === 'do') giveTerm(draft, owners?.term ?? null, vocabulary)
  return draft
}
