import type { OutlineNode } from '../outline/outline.ts'
import { Chars, Opening } from '../text/chars.ts'
import { Hints } from '../text/hints.ts'
import { looksBack } from './places.ts'
import type { Segment } from './segments.ts'
import type { Settled } from './settle.ts'
import { bestChain, Features, type Linear } from './tagger.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Whether a passage tells what was done, what is to be done, or what falls short. */
export type Mode = 'do' | 'done' | 'problem'
/** The modes in the order of the model's classes. */
export const modes: readonly Mode[] = ['do', 'done', 'problem']

/** What is known of the segments of a text before it is known what is done and what is to do. */
export type Frame = {
  readonly text: string
  readonly clauses: readonly Segment[]
  /** What the rules say. */
  readonly tenses: readonly ('done' | 'do')[]
  readonly settled: readonly Settled[]
  readonly outline: readonly OutlineNode[]
  /** The innermost heading of each segment. */
  readonly nodes: readonly (number | null)[]
  /** Where figures begin. */
  readonly figures: ReadonlySet<number>
  /** How far the text is beyond those that were annotated, 0 to 1. */
  readonly beyond: number
}

/** What the rules' answer weighs in a text far beyond those that were annotated. */
const ruleWeight = 4

/** What the model sees of every segment, and how each is joined to the one before it. */
export type SeenModes = { features: number[][]; links: number[] }

/** How many sorts of joints there are: in a sentence, a paragraph, a section, and between sections. */
export const joints = 4

/** The modes that the rules alone give. */
export function modesByRule(frame: Frame): Mode[] {
  return frame.tenses.map((_, index) => modes[ruleOf(frame, index)]!)
}

/** The mode that the rules give to a segment, as a place in the list. */
function ruleOf({ tenses, settled }: Frame, index: number): number {
  return settled[index] === 'problem' ? 2 : tenses[index] === 'done' ? 1 : 0
}

/** The modes that the model gives: the text is told apart as a whole. */
export function modesBy(frame: Frame, model: Linear, vocabulary: Vocabulary): Mode[] {
  const bag = new Features(model.bits)
  const scores = new Float64Array(frame.clauses.length * model.classes)
  eachSegment(frame, bag, vocabulary, (index) => bag.score(model, scores, index * model.classes))
  for (let index = 0; index < frame.clauses.length; index++)
    scores[index * model.classes + ruleOf(frame, index)]! += frame.beyond * ruleWeight
  const labels = labelsOf(frame)
  for (const [index, label] of labels.entries())
    if (label !== null && mends.test(frame.text.slice(label.start, label.end)))
      scores[index * model.classes + modes.indexOf('problem')]! -= mendingWeight
  const told = bestChain(scores, model, 0, frame.clauses.length, [], linksOf(frame)).map((mode) => modes[mode]!)
  for (const [index, label] of labels.entries())
    if (label !== null && showing.at(frame.text, label.start, label.end)) told[index] = 'problem'
  return told
}

/** A label behind which stands what is done about a shortcoming, and how much less likely one is there. */
const mends = /^【?(?:整改|改进|主要|具体|落实|工作)?(?:措施|举措|情况|进展|成效)|^【?下一?步/u
const mendingWeight = 3

/** A label behind which shortcomings stand and nothing else. */
const showing = new Opening(/^【?(?:具体|主要|问题|突出|存在的?)(?:表现|问题)(?:表现)?】?$/u, '【具主问突存')

/** The hashed features of all segments of a text. */
export function modesSeen(frame: Frame, bits: number, vocabulary: Vocabulary): SeenModes {
  const bag = new Features(bits)
  const features: number[][] = []
  eachSegment(frame, bag, vocabulary, () => features.push(bag.ids))
  return { features, links: linksOf(frame) }
}

/** Fills the bag with the features of one segment after the other. */
function eachSegment(frame: Frame, bag: Features, vocabulary: Vocabulary, take: (index: number) => void): void {
  const { text, clauses, nodes } = frame
  const sort = sortOf(text)
  const titles: number[] = []
  const tops: (readonly number[])[] = []
  const lows: (readonly number[])[] = []
  for (const { title } of frame.outline) {
    titles.push(cueOf(title, vocabulary))
    tops.push(pairsOf(bag, 8, title))
    lows.push(pairsOf(bag, 9, title))
  }
  const figures = new Uint8Array(text.length)
  for (const at of frame.figures) figures[at] = 1
  const cues: number[] = []
  for (const clause of clauses) cues.push(cuesOf(text, figures, clause, vocabulary))
  const labels = labelsOf(frame)
  const eras = erasOf(frame, cues)
  const lean = leanOf(cues)
  // Where results have a label of their own, measures are what is planned.
  const both =
    text.includes('措施：') && (text.includes('结果：') || text.includes('成效：') || text.includes('进展：'))
  const around = paragraphsOf(clauses, cues)
  for (let index = 0; index < clauses.length; index++) {
    const clause = clauses[index]!
    bag.clear()
    const node = nodes[index] ?? null
    const outmost = topOf(frame.outline, node)
    const inner = node === null ? 4 : titles[node]!
    const outer = outmost === null ? 4 : titles[outmost]!
    const era = eras[index]!
    const rule = ruleOf(frame, index)
    bag.add(0, 0)
    bag.add(1, rule)
    bag.add(2, sort)
    bag.add(3, inner)
    bag.add(4, outer)
    bag.add(5, (outer * 8 + inner) * 16 + sort)
    bag.add(6, rule * 16 + sort)
    bag.add(7, sort * 4 + Math.min(3, Math.floor((clause.start / text.length) * 4)))
    bag.add(11, era * 16 + sort)
    bag.add(12, era * 4 + rule)
    bag.add(13, (era * 8 + outer) * 8 + inner)
    bag.add(14, lean)
    bag.add(15, lean * 4 + rule)
    bag.add(16, (lean * 8 + outer) * 8 + inner)
    bag.add(17, lean * 16 + sort)
    if (outmost !== null) bag.putAll(tops[outmost]!)
    if (node !== null && node !== outmost) bag.putAll(lows[node]!)
    const label = labels[index]!
    if (label !== null) bag.pairs(10, text, label.start, label.end)
    const says = label === null ? 0 : sayingOf(text.slice(label.start, label.end))
    bag.add(18, says * 16 + sort)
    bag.add(19, says * 16 + lean)
    bag.add(25, says * 2 + Number(both))
    scopes(bag, cues, clauses, index)
    bag.bits(24, around[index]!)
    own(bag, text, clause, vocabulary)
    take(index)
  }
}

function linksOf(frame: Frame): number[] {
  const links: number[] = []
  for (let index = 0; index < frame.clauses.length; index++) links.push(linkOf(frame, frame.clauses[index]!, index))
  return links
}

function linkOf({ clauses, nodes }: Frame, clause: Segment, index: number): number {
  const before = index === 0 ? undefined : clauses[index - 1]
  if (before === undefined || nodes[index - 1] !== nodes[index]) return 3
  return before.sentence === clause.sentence ? 0 : before.paragraph === clause.paragraph ? 1 : 2
}

const sorts = [
  /纪要/,
  /述[责职廉]|对照检查|履职/,
  /整改[^，。\n]{0,12}(?:方案|清单|计划|台账|任务|安排|打算|措施)|(?:方案|清单|计划)[^，。\n]{0,6}整改/,
  /整改/,
  /讲话|发言/,
  /总结|汇报|情况报告|情况的报告|通报/,
  /要点|计划|方案|安排|打算/,
  /清单|分工|责任/,
  /通知|意见|函|办法/,
]

/** What is told at a meeting of what was done well is no speech that asks. */
const toldOf = /经验(?:交流|材料|介绍|发言)|交流(?:材料|发言)|典型(?:发言|材料)|汇报发言|做法(?:交流|汇报)/
const summary = 6

/** What sort of text it is, by the words of its head. */
function sortOf(text: string): number {
  const head = text.slice(0, 80)
  if (toldOf.test(head)) return summary
  return sorts.findIndex((sort) => sort.test(head)) + 1
}

/** What a title says of time: 1 looks back, 2 ahead, 3 names shortcomings, 6 back and shortcomings, 0 nothing. */
function cueOf(title: string, vocabulary: Vocabulary): number {
  if (vocabulary.problemHeadings.in(title)) return looksBack.test(title) ? 6 : 3
  if (vocabulary.aheadHeadings.in(title) || vocabulary.aheadCues.in(title)) return 2
  if (vocabulary.backHeadings.in(title) || vocabulary.backCues.in(title)) return 1
  return /问题|不足|差距|短板|薄弱/.test(title) ? 5 : 0
}

function topOf(outline: readonly OutlineNode[], node: number | null): number | null {
  let top = node
  while (top !== null && (outline[top]?.parent ?? null) !== null) top = outline[top]!.parent
  return top
}

const labelMost = 14
/** What a label says of time. */
const sayings = [
  /(?:表现|问题|不足)/u,
  /下一?步|今后|接下来|后续/u,
  /情况|进展|成效|结果|进度/u,
  /措施|举措|要求|任务|打算|目标|安排/u,
]

/** What a label says of time, as a place in the list counted from 2; 1 where it says nothing. */
function sayingOf(label: string): number {
  return sayings.findIndex((pattern) => pattern.test(label)) + 2
}

/** The label that a segment stands behind (整改情况：), until another follows or the section ends. */
function labelsOf({ text, clauses, nodes }: Frame): ({ start: number; end: number } | null)[] {
  let label: { start: number; end: number } | null = null
  return clauses.map((clause, index) => {
    const before = index === 0 ? undefined : clauses[index - 1]
    if (before && nodes[index - 1] !== nodes[index]) label = null
    const opens = before?.sentence !== clause.sentence
    if (opens && text.charAt(clause.end - 1) === '：' && clause.end - clause.start <= labelMost)
      label = { start: clause.start, end: clause.end - 1 }
    return label
  })
}

/** Signs of time with the characters of which each needs one. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/^(?:要|必须|务必|应当?|须|需|将|拟|请|不得|严禁|力争|确保)/, '要必务应须需将拟请不严力确'],
  [/要(?!求|素|点|闻|领|害|务|件|事|案)/, '要'],
  [/将(?!军|来)/, '将'],
  [/(?<![为除受免])了(?!解|望)/, '了'],
  [/已|均|得到|取得|荣获|获评/, '已均得取荣获'],
  [/先后|累计|共计|合计|全年共|共(?=[召开组举收排发])/, '先累共合全'],
  [/去年|上年|以来|截至|年初|一年来|近年来|近几年|过去/, '去上以截年一近过'],
  [/明年|来年|次年|下一步|今后|下阶段|接下来|下步/, '明来次下今接'],
  [/[底日月季]前|以前|之前|年内|时限/, '前年时'],
  [/至少|不少于|不低于|不超过|每(?:年|半年|季|月|周|学期|名|人|个)/, '至不每'],
  [/力争|争取|计划|拟|打算|确保/, '力争计拟打确'],
  [/仍|还(?![要须应])|尚|依然|偏|欠|不够|不足|不实|滞后|缺/, '仍还尚依偏欠不滞缺'],
  [/针对|问题/, '针问'],
  [/一律|凡|严禁|不得|必须/, '一凡严不必'],
  [/同比|增长|下降|较上年/, '同增下较'],
  [/要求|强调|明确|决定|议定/, '要强明决议'],
  [/指出|认为|听取|传达|汇报|反映/, '指认听传汇反'],
  [/没有|未(?!来)|不(?=[按愿敢会严深实清细紧高强])/, '没未不'],
  [/因|由于/, '因由'],
  [/反馈(?:的)?意见|问题(?:也有|是|：|依然|仍)|短板|差距|不足/, '反问短差不'],
]

const signHints = new Hints(
  signs.map(([, chars]) => chars),
  signs.map(([pattern]) => pattern.source),
)

/** The signs of time that stand in a segment, as bits. */
function cuesOf(text: string, figures: Uint8Array, clause: Segment, vocabulary: Vocabulary): number {
  const words = text.slice(clause.start, clause.end)
  let bits = 0
  const may = signHints.in(text, clause.start, clause.end)
  for (let rest = may; rest !== 0; rest &= rest - 1) {
    const index = 31 - Math.clz32(rest & -rest)
    if (signs[index]![0].test(words)) bits |= 1 << index
  }
  if (vocabulary.shortcomings.in(text, clause.start, clause.end)) bits |= 1 << 20
  if (vocabulary.somes.stands(text, clause.start)) bits |= 1 << 21
  if (vocabulary.doneCues.in(text, clause.start, clause.end)) bits |= 1 << 22
  for (let at = clause.start; at < clause.end; at++)
    if (figures[at] === 1) bits |= isDigit(text.charCodeAt(at)) ? 1 << 23 : 1 << 24
  if (vocabulary.remedies.in(text, clause.start, clause.end)) bits |= 1 << 25
  return bits
}

/** The signs of the segment, of those before and behind it in the sentence, and of the sentence before. */
function scopes(bag: Features, cues: readonly number[], clauses: readonly Segment[], index: number): void {
  const { sentence, paragraph } = clauses[index]!
  let before = 0
  let behind = 0
  let former = 0
  let at = index - 1
  for (; clauses[at]?.sentence === sentence; at--) before |= cues[at]!
  const last = clauses[at]
  for (; last?.paragraph === paragraph && clauses[at]?.sentence === last.sentence; at--) former |= cues[at]!
  for (let next = index + 1; clauses[next]?.sentence === sentence; next++) behind |= cues[next]!
  bag.bits(20, cues[index]!)
  bag.bits(21, before)
  bag.bits(22, behind)
  bag.bits(23, former)
}

/** Signs that something was done, and that something is asked, as bits of the list. */
const tells = (1 << 3) | (1 << 4) | (1 << 5) | (1 << 22)
const asks = 1 | (1 << 1) | (1 << 2) | (1 << 8) | (1 << 10)

/** How much of a text tells and how much asks, each in four steps: what no title says is told by the whole. */
function leanOf(cues: readonly number[]): number {
  const step = (bits: number): number => {
    let count = 0
    for (const cue of cues) if ((cue & bits) !== 0) count++
    const share = count / Math.max(1, cues.length)
    return share < 0.02 ? 0 : share < 0.08 ? 1 : share < 0.2 ? 2 : 3
  }
  return step(tells) * 4 + step(asks)
}

/** The signs of each segment's whole paragraph. */
function paragraphsOf(clauses: readonly Segment[], cues: readonly number[]): number[] {
  const around: number[] = []
  for (let from = 0; from < clauses.length; from = around.length) {
    let bits = 0
    let to = from
    for (; clauses[to]?.paragraph === clauses[from]!.paragraph; to++) bits |= cues[to]!
    for (let at = from; at < to; at++) around.push(bits)
  }
  return around
}

/** The signs of the year that was and of what comes, as places in the list. */
const [past, ahead] = [6, 7]

/** The time that the last paragraph which opens with one speaks of: 1 the year that was, 2 what comes, 0 none was named. */
function erasOf({ clauses }: Frame, cues: readonly number[]): number[] {
  let era = 0
  const eras: number[] = []
  for (let index = 0; index < clauses.length; index++) {
    const { paragraph } = clauses[index]!
    if (index === 0 || clauses[index - 1]!.paragraph !== paragraph) {
      const told = cues[index]! | (clauses[index + 1]?.paragraph === paragraph ? cues[index + 1]! : 0)
      era = (told >> past) & 1 ? 1 : (told >> ahead) & 1 ? 2 : era
    }
    eras.push(era)
  }
  return eras
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

const stops = new Chars('，。；：！？ \n')

function own(bag: Features, text: string, clause: Segment, vocabulary: Vocabulary): void {
  const { start } = clause
  const end = stops.trimEnd(text, start, clause.end)
  bag.words(30, text, start, Math.min(end, start + 1))
  bag.words(31, text, start, Math.min(end, start + 2))
  bag.words(32, text, Math.max(start, end - 2), end)
  const act = vocabulary.acts.first(text, start, end)
  if (act) bag.words(33, text, act.start, act.end)
  bag.pairs(34, text, start, end)
}

/** The pairs of characters of a title, hashed once for all segments below it. */
function pairsOf(bag: Features, template: number, title: string): readonly number[] {
  bag.clear()
  bag.pairs(template, title, 0, title.length)
  return bag.ids
}
