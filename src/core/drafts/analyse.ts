import type { OutlineNode } from '../outline/outline.ts'
import type { Slot } from '../slots/slots.ts'
import type { PastedTask } from '../tables/naming.ts'
import { Chars, Opening } from '../text/chars.ts'
import type { Cite } from '../text/cites.ts'
import type { Clause } from '../text/clauses.ts'
import { cadenceIn, deadlineIn } from './cadence.ts'
import { type Known as Segments, score, speechOf } from './features.ts'
import { groupSentence } from './group.ts'
import { type Judged, judge, type Marks } from './judge.ts'
import type { KindModel } from './kind-choice.ts'
import type { Mode } from './modes.ts'
import { forAll, ownersIn } from './owners.ts'
import { problemRows, type Row } from './problems.ts'
import type { Segment } from './segments.ts'
import type { Settled } from './settle.ts'
import { Features, type Label, type Linear, labelSteps, labels, tag } from './tagger.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The one state of each clause. */
export type ClauseState = 'duty' | 'principle' | 'quotation' | 'background' | 'undecided'

/** All that is known of a text before duties are drafted. */
export type Page = {
  text: string
  mask: Uint8Array
  clauses: readonly Segment[]
  tenses: readonly ('done' | 'do')[]
  /** Headings with a title of their own. */
  outline: readonly OutlineNode[]
  /** All numbered items, titled or not. */
  items: readonly OutlineNode[]
  /** The innermost heading of each segment. */
  nodes: readonly (number | null)[]
  settled: readonly Settled[]
  /** Whether each segment tells what was done, what is to do, or what falls short; null where the rules alone decide. */
  modes: readonly Mode[] | null
  slots: readonly Slot[]
  cites: readonly Cite[]
  /** Tasks of tables and lists that were pasted in, and what their other cells say of them. */
  pasted: readonly PastedTask[]
  isHeading: (clause: Clause) => boolean
  /** Whether the text names acts in general words, among much stance. */
  general: boolean
  /** How far the text is beyond those that the models were trained on, 0 to 1: so far the rules' own answers count beside theirs. */
  beyond: number
}

/** What was learned from annotated documents: where duties begin and end, and what they are about. */
export type ReadingModel = { readonly tagger: Linear; readonly kinds: KindModel | null; readonly modes: Linear | null }

/** What is known of the segments of a page before duties are drafted. */
export type Known = Segments & {
  readonly beyond: number
  readonly pasted: readonly PastedTask[]
  readonly nodes: readonly (number | null)[]
  readonly modes: readonly Mode[] | null
  readonly sentences: readonly (readonly [from: number, to: number])[]
}

/** Settles and judges every segment and says what the rules alone make of it. */
export function analyse(page: Page, vocabulary: Vocabulary): Known {
  const { nodes, settled, modes } = page
  const marks = marksOf(page, vocabulary)
  // Lists that all stages look at are pushed to: what map() gives is of another make before and after the compiler has been at it.
  const judged: Judged[] = []
  for (let index = 0; index < page.clauses.length; index++)
    judged.push(judge(page.text, page.mask, page.clauses[index]!, marks[index]!, vocabulary))
  const sentences = sentencesOf(page.clauses)
  const rule = outsideAll(page.clauses.length)
  for (const [from, to] of sentences) {
    if (settled[from] === 'owners' || settled[from] === 'heading') continue
    for (const { members } of rowsOf(page, judged, from, to, vocabulary))
      for (let place = 0; place < members.length; place++)
        rule[judged.indexOf(members[place]!, from)] = place === 0 ? 'begin' : 'inside'
  }
  const speech: number[] = []
  for (const segment of page.clauses) speech.push(speechOf(page.text, segment, vocabulary))
  return {
    text: page.text,
    general: page.general,
    beyond: page.beyond,
    pasted: page.pasted,
    segments: page.clauses,
    judged,
    settled,
    tenses: page.tenses,
    speech,
    rule,
    nodes,
    modes,
    sentences,
  }
}

function outsideAll(length: number): Label[] {
  const list: Label[] = []
  for (let at = 0; at < length; at++) list.push('outside')
  return list
}

/** What the rules' answer weighs in a text far beyond those that were annotated. */
const labelWeight = 4

/** The labels that the model gives: each sentence is told apart as a whole. */
export function labelsBy(known: Known, model: ReadingModel, vocabulary: Vocabulary): Label[] {
  const found = outsideAll(known.segments.length)
  const bag = new Features(model.tagger.bits)
  const steps = labelSteps(model.tagger)
  const scores = new Float64Array(found.length * labels.length)
  const weight = known.beyond * labelWeight
  for (const [from, to] of known.sentences) {
    if (known.settled[from] === 'owners' || known.settled[from] === 'heading') continue
    score(known, from, to, model.tagger, scores, bag, vocabulary)
    if (weight > 0)
      for (let at = from; at < to; at++) scores[at * labels.length + labels.indexOf(known.rule[at]!)]! += weight
    const told = tag(scores, steps, from, to)
    for (let place = 0; place < told.length; place++) found[from + place] = labels[told[place]!]!
    for (let at = from + 1; at < to; at++) {
      if (found[at] !== 'begin') continue
      if (found[at - 1] === 'outside' && isBasis(known, at - 1, vocabulary))
        [found[at - 1], found[at]] = ['begin', 'inside']
      else if (found[at - 1] !== 'inside' && aimsOnly(known, at - 1)) [found[at - 1], found[at]] = ['begin', 'inside']
      else if (namesWhoOnly(known, found, from, at)) found[at] = 'inside'
      else if (found[at - 1] !== 'outside' && assigns(known, at, to)) found.fill('inside', at, to)
    }
  }
  for (const [index, [from, to]] of known.sentences.entries()) {
    if (known.settled[from] === 'owners') markAround(known, found, index)
    else if (entrusts(known, from, to, vocabulary) || isPasted(known, from)) markOwned(known, found, index, from)
  }
  return found
}

/** Marks the task before a line of owners, those below one under a heading, and those above one that is for all. */
function markAround(known: Known, found: Label[], index: number): void {
  const { text, segments, settled, sentences } = known
  const from = sentences[index]![0]
  markOwned(known, found, index - 1, from)
  const headed = settled[from - 1] === 'heading'
  const step = headed ? 1 : forAll.at(text, segments[from]!.start, segments[from]!.end) ? -1 : 0
  for (let at = index + step; step !== 0 && sentences[at] !== undefined; at += step) {
    const [first] = sentences[at]!
    if (settled[first] !== 'open') return
    if (numbered.test(text.slice(segments[first]!.start, segments[first]!.start + 8)))
      markOwned(known, found, at, first)
  }
}

/** Whether a segment stands in a cell of a table that was pasted in as a task. */
function isPasted({ pasted, segments }: Known, at: number): boolean {
  const { start } = segments[at]!
  return pasted.some((task) => task.start <= start && start < task.end)
}

/** Whether a sentence ends with a bracket that says who has it and how: （责任科室：…）, （合规部，9月底）. */
function entrusts({ text, segments }: Known, from: number, to: number, vocabulary: Vocabulary): boolean {
  const [start, end] = [segments[from]!.start, segments[to - 1]!.end]
  if (!closing.at(text, end - 2, end)) return false
  const owners = ownersIn(text.slice(start, end), vocabulary)
  return owners !== null && owners.leadUnit !== null && !owners.bare
}

const closing = new Opening(/^[）］】〕〉]/, '）］】〕〉')

/** What stands right before a line of owners, in one paragraph or item, is somebody's task whatever the weights say. */
function markOwned(known: Known, found: Label[], index: number, owners: number): void {
  const { text, segments, judged, settled, rule, sentences } = known
  if (index < 0) return
  const [first, end] = sentences[index]!
  const { paragraph, start } = segments[first]!
  if (settled[first] === 'owners' || segments[owners]!.paragraph > paragraph + 1) return
  for (let at = end - 1; at >= 0 && segments[at]!.paragraph === paragraph; at--) if (found[at] === 'begin') return
  const acts = judged
    .slice(first, end)
    .some(({ role, force }) => role === 'core' || (role === 'idle' && force !== null))
  if (!acts && !numbered.test(text.slice(start, start + 8)) && !isPasted(known, first)) return
  let begun = false
  for (let at = first; at < end; at++) {
    if (settled[at] !== 'open') continue
    const anew = rule[at] === 'begin' || text.charAt((segments[at - 1]?.end ?? 1) - 1) === '；'
    found[at] = begun && !anew ? 'inside' : 'begin'
    begun = true
  }
}

const numbered =
  /^(?:[①-⑳⒈-⒛]|[●○■□◆◇▲△★☆►•·▪※√✓➢◎]|——|【[^】]{2,6}】|（?[0-9一二三四五六七八九十]{1,3}[）、.．]|[0-9]{1,3} |[A-Za-z][.、．]|第[一二三四五六七八九十]{1,2}项)/u

/** Whether a segment says by what an act is done (按照《…办法》要求，): what it rests on belongs to it, and its titles are the duty's. */
function isBasis({ text, judged }: Known, at: number, vocabulary: Vocabulary): boolean {
  const { role, clause } = judged[at]!
  return role === 'opener' && vocabulary.bases.at(text, clause.start) !== null
}

/** Whether a segment only says where or when the act behind it is done: 紧盯中秋、国庆等重要节点，. */
function aimsOnly({ text, segments }: Known, at: number): boolean {
  const { start, end } = segments[at]!
  return aiming.in(text, start, end) && aims.test(text.slice(start, end))
}

/** Each aim is led to by one of these. */
const aiming = new Chars('盯焦绕对准等')
const aims =
  /^(?:(?:要|重点|持续|继续|始终)?(?:紧盯|聚焦|盯住|围绕|针对|瞄准)[^，。；：]{2,40}(?:节点|环节|领域|问题|岗位|时段|时期|部位|人员|方面)|[^，。；：]{2,24}等(?:重要|关键)?(?:节点|时段|节日))，$/u

/** Whether the duty before a segment says no more than who has the one that begins there: 建管科牵头，水资源科配合，. */
function namesWhoOnly({ text, segments }: Known, found: readonly Label[], from: number, at: number): boolean {
  let first = at - 1
  while (first > from && found[first] === 'inside') first--
  const { start } = segments[first]!
  const { end } = segments[at - 1]!
  return found[first] === 'begin' && leading.in(text, start, end) && whoOnly.test(text.slice(start, end))
}

const leading = new Chars('牵')
const whoOnly = /^(?:由)?[^，。；：]{2,16}牵头(?:负责)?[，、]?(?:[^，。；：]{2,30}(?:配合|协助|参与|协办))?[，、]$/u

/** Whether the rest of a sentence only says who has what stands before it: …，由组织部牵头、工会配合，9月底前完成。 */
function assigns({ text, segments }: Known, at: number, to: number): boolean {
  const { start } = segments[at]!
  return text.charAt(start) === '由' && assigning.test(text.slice(start, segments[to - 1]!.end))
}

const assigning =
  /^由[^，。；：]{2,16}(?:牵头|负责)(?:组织|落实|实施|办理|负责)*(?:[，、][^，。；：]{2,30}(?:配合|协助|参与|协办))?(?:[，、][^，。；：]{2,10}(?:完成|办结))?[。；]?$/u

/** The state of a segment that belongs to no duty. */
export function stateOf(settled: Settled, judged: Judged | undefined): ClauseState {
  if (settled === 'heading') return 'background'
  if (settled === 'background' || settled === 'quotation' || settled === 'principle') return settled
  if (!judged) return 'undecided'
  if (judged.role === 'stance' || judged.role === 'opener' || judged.role === 'tail') return 'principle'
  return judged.force === null && !judged.manner ? 'background' : 'undecided'
}

/** The rows of the sentence `[from, to)`. */
function rowsOf(page: Page, judged: readonly Judged[], from: number, to: number, vocabulary: Vocabulary): Row[] {
  const problems: Judged[] = []
  const open: Judged[] = []
  for (let at = from; at < to; at++) {
    if (page.settled[at] === 'problem') problems.push(judged[at]!)
    else if (page.settled[at] === 'open') open.push(judged[at]!)
  }
  const modeOf = (one: Judged) => page.tenses[judged.indexOf(one, from)] ?? 'do'
  const closes = (one: Judged) => page.text.charAt(one.clause.end - 1) === '；'
  const groups = open.length === 0 ? [] : groupSentence(open, { modeOf, closes })
  if (problems.length === 0) return groups
  const rows = [...problemRows(page.text, problems, vocabulary), ...groups]
  return rows.sort((a, b) => (a.members[0]?.clause.start ?? 0) - (b.members[0]?.clause.start ?? 0))
}

/** Marks of every clause: the figures and titles in it, owners, terms, and where its words start after a numbering sign. */
function marksOf(page: Page, vocabulary: Vocabulary): Marks[] {
  const markers = new Map(page.items.map((node) => [node.start, node.marker.length]))
  const counted = page.slots.filter((slot) => slot.role !== 'duration')
  const slotsOf = spread(page.clauses, counted, (slot) => slot.numStart)
  const citesOf = spread(page.clauses, page.cites, (cite) => cite.start)
  const marks: Marks[] = []
  for (let index = 0; index < page.clauses.length; index++) {
    const { start, end } = page.clauses[index]!
    const slots = slotsOf.get(index)
    const mayTell = timely.in(page.text, start, end)
    const labelled = colon.in(page.text, start, end)
    const words = mayTell || labelled ? page.text.slice(start, end) : ''
    const deadline = mayTell ? deadlineIn(words, vocabulary) : null
    const rule = mayTell && deadline === null ? cadenceIn(words, vocabulary)?.rule : undefined
    marks.push({
      slot: slots !== undefined,
      indicator: slots?.[0]?.params['indicator'] ?? null,
      cite: citesOf.has(index),
      owners: labelled && ownersIn(words, vocabulary) !== null,
      term: deadline !== null && vocabulary.acts.in(words),
      timed: deadline !== null || (rule?.period ?? null) !== null || (rule?.anchor ?? null) !== null,
      rate: slots?.some((slot) => slot.unit === '%' && slot.role === 'result' && slot.phrase.includes('率')) ?? false,
      from: start + (markers.get(start) ?? sign.length(page.text, start, end)),
    })
  }
  return marks
}

const colon = new Chars('：')

/** A numbering sign that the outline does not know. */
export const sign = new Opening(
  /^(?:[①-⑳⒈-⒛]|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}(?:[、．）]|[.](?![0-9])))/,
  '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛（0123456789',
)

const timely = new Chars('每按逐年月日季周天时前内底末节')

/** Things in text order by the clause that they start in. */
function spread<T>(clauses: readonly Clause[], things: readonly T[], startOf: (thing: T) => number): Map<number, T[]> {
  const map = new Map<number, T[]>()
  let at = 0
  for (const thing of things) {
    while (at < clauses.length && (clauses[at]?.end ?? 0) <= startOf(thing)) at++
    const list = map.get(at)
    if (list) list.push(thing)
    else map.set(at, [thing])
  }
  return map
}

function sentencesOf(clauses: readonly Clause[]): [number, number][] {
  const ranges: [number, number][] = []
  for (let from = 0; from < clauses.length; ) {
    let to = from + 1
    while (to < clauses.length && clauses[to]!.sentence === clauses[from]!.sentence) to++
    ranges.push([from, to])
    from = to
  }
  return ranges
}
