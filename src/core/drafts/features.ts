import { Chars } from '../text/chars.ts'
import type { Judged, Role } from './judge.ts'
import type { Segment } from './segments.ts'
import type { Settled } from './settle.ts'
import { actorKey } from './subject.ts'
import { Features, type Label, type Linear, labels } from './tagger.ts'
import type { Vocabulary } from './vocabulary.ts'

/** All that is known of the segments of a page before they are told apart. */
export type Known = {
  readonly text: string
  /** Whether the text names acts in general words: there a clause of stance may be a duty that in others is none. */
  readonly general: boolean
  readonly segments: readonly Segment[]
  /** The innermost heading of each segment. */
  readonly nodes: readonly (number | null)[]
  readonly judged: readonly Judged[]
  readonly settled: readonly Settled[]
  readonly tenses: readonly ('done' | 'do')[]
  /** For each segment whether it says who speaks: 1 what follows is told, 2 what follows is asked, 0 neither. */
  readonly speech: readonly number[]
  /** What the rules alone say. */
  readonly rule: readonly Label[]
}

const roles: readonly Role[] = ['core', 'opener', 'tail', 'stance', 'idle']
const states: readonly Settled[] = ['background', 'principle', 'quotation', 'problem', 'owners', 'open', 'heading']
const forces = [null, 'record', 'carry', 'soft'] as const
const marks = '，；：。、！？\n'
const stops = new Chars('，。；：！？ \n')

/** The hashed features of the segments of one sentence, `[from, to)`. */
export function featuresOf(known: Known, from: number, to: number, bits: number, vocabulary: Vocabulary): number[][] {
  const bag = new Features(bits)
  const found: number[][] = []
  eachSegment(known, from, to, bag, vocabulary, () => found.push(bag.ids))
  return found
}

/** Adds what the model says of every segment of one sentence to the scores of a text: one per label. The bag is only room to work in. */
export function score(
  known: Known,
  from: number,
  to: number,
  model: Linear,
  scores: Float64Array,
  bag: Features,
  vocabulary: Vocabulary,
): void {
  eachSegment(known, from, to, bag, vocabulary, (place) => bag.score(model, scores, (from + place) * model.classes))
}

/** Fills the bag with the features of one segment after the other. */
function eachSegment(
  known: Known,
  from: number,
  to: number,
  bag: Features,
  vocabulary: Vocabulary,
  take: (place: number) => void,
): void {
  const facts = [factOf(known, from)]
  for (let at = from + 1; at < to; at++) facts.push(factOf(known, at))
  const sentence = factOfSentence(known, from, to, vocabulary)
  for (let place = 0; place < facts.length; place++) {
    bag.clear()
    own(bag, known, from + place, facts[place]!, vocabulary)
    around(bag, known, from + place, facts, place, sentence)
    take(place)
  }
}

type Fact = { role: number; force: number; rule: number; state: number; mark: number; asks: number; length: number }

function factOf(known: Known, at: number): Fact {
  const judged = known.judged[at]!
  const segment = known.segments[at]!
  const length = segment.end - segment.start
  return {
    role: roles.indexOf(judged.role),
    force: forces.indexOf(judged.force),
    rule: labels.indexOf(known.rule[at]!),
    state: states.indexOf(known.settled[at]!),
    mark: marks.indexOf(known.text.charAt(segment.end - 1)),
    asks: known.speech[at]!,
    length: length < 5 ? 0 : length < 9 ? 1 : length < 14 ? 2 : length < 22 ? 3 : length < 34 ? 4 : 5,
  }
}

/** Whether a segment tells who speaks: 1 what follows is told, 2 what follows is asked. */
export function speechOf(text: string, segment: Segment, vocabulary: Vocabulary): number {
  const hit = vocabulary.speeches.first(text, segment.start, Math.min(segment.end, segment.start + 12))
  if (!hit || segment.end - hit.end > 3) return 0
  return hit.value ? 2 : 1
}

type Sentence = { speech: number; size: number; figures: boolean; remedy: boolean; problem: boolean }

function factOfSentence(known: Known, from: number, to: number, vocabulary: Vocabulary): Sentence {
  const { text, segments } = known
  const { start } = segments[from]!
  const { end } = segments[to - 1]!
  let figures = false
  let problem = false
  for (let at = from; at < to; at++) {
    figures ||= known.judged[at]!.slot
    problem ||= known.settled[at] === 'problem'
  }
  let speech = 0
  for (let at = from; at < to && speech === 0; at++) speech = known.speech[at]!
  for (let at = from - 1; at >= 0 && speech === 0 && segments[at]!.paragraph === segments[from]!.paragraph; at--)
    speech = known.speech[at]!
  return {
    speech,
    size: Math.min(8, to - from),
    figures,
    remedy: vocabulary.remedies.in(text, start, end),
    problem,
  }
}

/** Features of the segment by itself. */
function own(bag: Features, known: Known, at: number, fact: Fact, vocabulary: Vocabulary): void {
  const judged = known.judged[at]!
  const { text } = known
  const flags =
    (judged.need ? 1 : 0) |
    (judged.explains ? 2 : 0) |
    (judged.actor !== null ? 4 : 0) |
    (judged.atHead ? 8 : 0) |
    (judged.strictTail ? 0x10 : 0) |
    (judged.strongStance ? 0x20 : 0) |
    (judged.slot ? 0x40 : 0) |
    (judged.firm ? 0x80 : 0) |
    (judged.manner ? 0x100 : 0) |
    (judged.timed ? 0x200 : 0) |
    (judged.completes ? 0x400 : 0) |
    (judged.kind !== null ? 0x800 : 0) |
    (known.segments[at]!.inner ? 0x1000 : 0) |
    (known.tenses[at] === 'done' ? 0x2000 : 0)
  bag.add(0, 0)
  bag.add(1, fact.rule)
  bag.add(2, fact.role)
  bag.add(3, fact.force)
  bag.add(4, fact.state)
  bag.bits(10, flags)
  bag.bits(11, flags, 8, fact.role)
  bag.add(5, fact.length)
  bag.add(6, Math.min(6, Math.round(judged.kindScore)))
  bag.add(7, Math.min(5, Math.round(judged.stance * 2)))
  bag.add(8, fact.role * 64 + fact.rule * 16 + fact.force * 4 + (judged.slot ? 1 : 0))
  bag.add(9, (fact.state * 8 + fact.role) * 2 + (known.tenses[at] === 'done' ? 1 : 0))
  const start = judged.clause.end - trimmed(text, judged.clause.end) - judged.words.length
  const end = start + judged.words.length
  if (known.general) {
    bag.add(12, fact.role * 64 + fact.rule * 16 + fact.force * 4 + (judged.slot ? 1 : 0))
    bag.add(13, fact.state * 8 + fact.role)
    bag.add(14, fact.length)
  }
  bag.words(20, text, start, Math.min(end, start + 1))
  bag.words(21, text, start, Math.min(end, start + 2))
  const after = judged.actor ? Math.min(judged.actor.end, end) : start
  bag.words(22, text, after, Math.min(end, after + 2))
  const act = vocabulary.acts.first(text, after, end)
  if (act) bag.words(23, text, act.start, act.end)
  bag.words(24, text, Math.max(start, end - 2), end)
  bag.words(25, text, Math.max(start, end - 1), end)
  if (judged.kind) bag.words(26, judged.kind, 0, judged.kind.length)
  bag.pairs(30, text, start, end)
}

function trimmed(text: string, end: number): number {
  return end - stops.trimEnd(text, 0, end)
}

/** Features of what stands around the segment. */
function around(
  bag: Features,
  known: Known,
  at: number,
  facts: readonly Fact[],
  index: number,
  sentence: Sentence,
): void {
  const fact = facts[index]!
  const judged = known.judged[at]!
  const before = index === 0 ? undefined : facts[index - 1]
  const after = facts[index + 1]
  const previous = before ? known.judged[at - 1]! : null
  const next = after ? known.judged[at + 1]! : null
  bag.add(40, Math.min(index, 3))
  bag.add(41, sentence.size)
  bag.add(42, (sentence.speech * 8 + fact.role) * 4 + fact.force)
  bag.add(43, (sentence.remedy ? 2 : 0) + (sentence.problem ? 1 : 0))
  bag.add(44, (before ? before.mark : -1) + 1)
  bag.add(45, ((before ? before.mark : -1) + 1) * 8 + fact.role)
  bag.add(46, ((before ? before.role : 5) * 8 + fact.role) * 8 + (after ? after.role : 5))
  bag.add(47, (before ? before.rule : 3) * 16 + fact.rule * 4 + (after ? after.rule : 3))
  bag.add(48, (before ? before.force : 5) * 8 + fact.force)
  bag.add(49, (before?.asks ?? 0) * 8 + fact.role)
  bag.add(50, fact.mark + 1)
  bag.add(51, fact.asks)
  // Before the first heading a text greets and tells what is behind it.
  const opening = known.nodes[at] === null ? Math.min(5, known.segments[at]!.paragraph) : 6
  bag.add(54, opening)
  bag.add(55, opening * 8 + fact.role)
  if (next) opensWith(bag, 56, known, at + 1)
  if (previous) opensWith(bag, 57, known, at - 1)
  if (next) {
    bag.add(52, (after!.role * 4 + after!.force) * 8 + fact.role)
    bag.add(53, (next.need ? 1 : 0) + (next.actor ? 2 : 0) + (next.slot ? 4 : 0) + fact.role * 8)
  }
  if (!previous) return
  const sameKind = judged.kind !== null && previous.kind !== null ? (judged.kind === previous.kind ? 2 : 1) : 0
  const flags = (previous.slot ? 1 : 0) + (previous.firm ? 2 : 0) + (previous.actor ? 4 : 0) + (previous.timed ? 8 : 0)
  bag.add(60, sameKind)
  bag.add(61, (sameKind * 8 + before!.role) * 8 + fact.role)
  bag.add(62, (flags * 2 + (judged.slot ? 1 : 0)) * 4 + fact.force)
  bag.add(63, (flags * 4 + fact.force) * 4 + before!.force)
  if (judged.actor) bag.add(64, actorKey(judged.actor) === actorKey(previous.actor) ? 1 : 0)
  bag.add(65, before!.length * 8 + fact.length)
  bag.add(66, (judged.slot ? 4 : 0) + (previous.slot ? 2 : 0) + (known.tenses[at] === 'done' ? 1 : 0))
  bag.add(
    67,
    (known.segments[at]!.inner ? 16 : 0) + (judged.slot ? 4 : 0) + (previous.slot ? 2 : 0) + (judged.atHead ? 1 : 0),
  )
}

/** How a neighbouring segment begins. */
function opensWith(bag: Features, template: number, { text, segments }: Known, at: number): void {
  const { start, end } = segments[at]!
  bag.words(template, text, start, Math.min(end, start + 2))
}
