import { sameCadence, sameTerm } from '../drafts/cadence.ts'
import { sameName, sameNames } from '../drafts/subject.ts'
import { type Vocabulary, vocabularyOf } from '../drafts/vocabulary.ts'
import { assign } from './assignment.ts'
import type { Gold, GoldSlot } from './gold.ts'
import type { Lexicon } from './lexicon.ts'
import type { Reading } from './reading.ts'

/** A share of hits: how many were right of how many judged. */
export type Share = { right: number; of: number }
/** Found and expected things, from which precision, recall and F1 (all 0–100) follow. */
export type Match = { matched: number; proposed: number; gold: number }

/** How well one document was read; the counts add up over documents. */
export type Score = {
  outline: Match
  outlineStart: Match
  span: Match
  covered: Share
  kind: Share
  kindEither: Share
  subject: Share
  subjectExplicit: Share
  cadence: Share
  mode: Share
  deadline: Share
  units: Share
  recipient: Share
  slot: Match
  binding: Match
  principleRows: Share
  edits: { merges: number; splits: number; respans: number; adds: number; drops: number }
}

type Span = { start: number; end: number }

/**
 * Scores one reading against its gold annotation by the rules of `luze eval`. Names, rhythms and topics count as the same when the
 * lexicon gives them one meaning: gold writes the words of the text, the reader an id or the usual name.
 */
export function score(reading: Reading, gold: Gold, slots: readonly GoldSlot[], lexicon: Lexicon): Score {
  const vocabulary = vocabularyOf(lexicon)
  const pairs = pairsOf(reading, gold)
  const goldHasProblems = gold.duties.some((duty) => duty.mode === 'problem')
  const paired = new Set(pairs.map((pair) => pair.draft))
  const counted = reading.duties.filter(
    (duty, index) => paired.has(index) || duty.mode !== 'problem' || goldHasProblems,
  )
  return {
    ...outlineScore(reading, gold),
    span: { matched: pairs.length, proposed: counted.length, gold: gold.duties.length },
    covered: {
      right: gold.duties.filter((duty) => coveredBy(duty, reading.duties) * 2 >= duty.end - duty.start).length,
      of: gold.duties.length,
    },
    ...fieldScores(reading, gold, pairs, vocabulary),
    ...slotScore(reading, slots, lexicon),
    principleRows: {
      right: counted.filter((duty) => coveredBy(duty, gold.principles) >= (duty.end - duty.start) * 0.9).length,
      of: counted.length,
    },
    edits: editsOf(counted, gold.duties, pairs.length),
  }
}

/** A draft of a reading and the gold duty that it stands for, by their places. */
export type Pair = { draft: number; gold: number }

/** The best one-to-one pairs of drafts and gold duties that share at least half of their words (IoU ≥ 0.5). */
export function pairsOf(reading: Reading, gold: Gold): Pair[] {
  const weights = reading.duties.map((draft) =>
    gold.duties.map((duty) => {
      const share = iou(draft, duty)
      return share >= 0.5 ? 1 + share / 1000 : 0
    }),
  )
  return assign(weights).flatMap((column, row) => (column < 0 ? [] : [{ draft: row, gold: column }]))
}

/** Intersection over union of two spans, 0–1. */
export function iou(a: Span, b: Span): number {
  const shared = overlap(a, b)
  return shared === 0 ? 0 : shared / (a.end - a.start + b.end - b.start - shared)
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

function coveredBy(span: Span, others: readonly Span[]): number {
  return others.reduce((sum, other) => sum + overlap(span, other), 0)
}

function outlineScore(reading: Reading, gold: Gold): Pick<Score, 'outline' | 'outlineStart'> {
  const parentStart = (nodes: readonly { start: number; parent: number | null }[], parent: number | null) =>
    parent === null ? null : nodes[parent]?.start
  const starts = reading.outline.filter((node) => gold.outline.some((other) => other.start === node.start))
  const full = starts.filter((node) => {
    const other = gold.outline.find((entry) => entry.start === node.start)
    return (
      other?.level === node.level &&
      other.title === node.title &&
      parentStart(gold.outline, other.parent) === parentStart(reading.outline, node.parent)
    )
  })
  const size = { proposed: reading.outline.length, gold: gold.outline.length }
  return { outline: { matched: full.length, ...size }, outlineStart: { matched: starts.length, ...size } }
}

function fieldScores(
  reading: Reading,
  gold: Gold,
  pairs: readonly Pair[],
  vocabulary: Vocabulary,
): Pick<
  Score,
  'kind' | 'kindEither' | 'subject' | 'subjectExplicit' | 'cadence' | 'mode' | 'deadline' | 'units' | 'recipient'
> {
  const both = pairs.flatMap(({ draft, gold: at }) => {
    const mine = reading.duties[draft]
    const duty = gold.duties[at]
    return mine && duty ? [{ mine, duty }] : []
  })
  const share = (list: typeof both, right: (pair: (typeof both)[number]) => boolean): Share => ({
    right: list.filter(right).length,
    of: list.length,
  })
  const sameSubject = ({ mine, duty }: (typeof both)[number]) => sameNames(mine.subject, duty.subject, vocabulary)
  const rhythm = (cadence: string | null) => (cadence === '年内' ? null : cadence)
  const stated = both.filter(({ mine, duty }) => rhythm(duty.cadence) !== null || mine.cadence !== null)
  const explicit = both.filter(({ duty }) => duty.subjectExplicit === true || duty.subjectSource === 'explicit')
  return {
    kind: share(both, ({ mine, duty }) => mine.kind === duty.kind),
    kindEither: share(both, ({ mine, duty }) => mine.kind === duty.kind || mine.kindSecond === duty.kind),
    subject: share(
      both.filter(({ duty }) => duty.subject.length > 0),
      sameSubject,
    ),
    subjectExplicit: share(explicit, sameSubject),
    cadence: share(stated, ({ mine, duty }) => sameCadence(rhythm(duty.cadence), mine.cadence, vocabulary)),
    mode: share(both, ({ mine, duty }) => mine.mode === duty.mode),
    ...ownerScores(both, vocabulary),
  }
}

type Both = { mine: Reading['duties'][number]; duty: Gold['duties'][number] }

/** Deadline, units in brackets and recipient, where the gold or the reading states one; older gold states none of them. */
function ownerScores(both: readonly Both[], vocabulary: Vocabulary): Pick<Score, 'deadline' | 'units' | 'recipient'> {
  const share = (list: readonly Both[], right: (pair: Both) => boolean): Share => ({
    right: list.filter(right).length,
    of: list.length,
  })
  const units = (duty: { leadUnit?: string | null | undefined; supportUnits?: readonly string[] | undefined }) =>
    [duty.leadUnit ?? '', ...[...(duty.supportUnits ?? [])].sort()].join('、')
  const dated = both.filter(
    ({ mine, duty }) => duty.deadline !== undefined && (duty.deadline ?? mine.deadline) !== null,
  )
  const owned = both.filter(
    ({ mine, duty }) => duty.leadUnit !== undefined && (duty.leadUnit ?? mine.leadUnit) !== null,
  )
  const received = both.filter(({ duty }) => duty.recipient !== undefined)
  return {
    deadline: share(dated, ({ mine, duty }) => sameTerm(mine.deadline, duty.deadline ?? null)),
    units: share(owned, ({ mine, duty }) => units(mine) === units(duty)),
    recipient: share(received, ({ mine, duty }) =>
      mine.recipient.some((name) => sameName(name, duty.recipient ?? '', vocabulary)),
    ),
  }
}

function slotScore(reading: Reading, slots: readonly GoldSlot[], lexicon: Lexicon): Pick<Score, 'slot' | 'binding'> {
  const found = slots.map(
    (slot) => reading.slots.find((mine) => mine.numStart >= slot.start && mine.numEnd <= slot.end) ?? null,
  )
  const hit = new Set(found.filter((mine) => mine !== null))
  const counted = reading.slots.filter(
    (slot) => hit.has(slot) || (slot.role !== 'threshold' && slot.role !== 'duration'),
  )
  const wanted = slots.filter((slot) => slot.metric !== null)
  const bound = slots.filter((slot, index) => {
    const mine = found[index]
    return (
      mine &&
      slot.metric !== null &&
      mine.metric === slot.metric &&
      Object.entries(slot.params).every(([name, value]) => sameParam(name, mine.params[name], value, lexicon))
    )
  })
  return {
    slot: { matched: hit.size, proposed: counted.length, gold: slots.length },
    binding: {
      matched: bound.length,
      proposed: counted.filter((slot) => slot.metric !== null).length,
      gold: wanted.length,
    },
  }
}

/** A parameter as id or in words: a topic by its row, anything else by its words without filler at either end. */
function sameParam(name: string, mine: string | undefined, value: string, lexicon: Lexicon): boolean {
  if (mine === undefined || mine === value) return mine === value
  const topic = (words: string) => lexicon.topics.find((row) => row.id === words || row.words.includes(words))?.id
  const bare = (words: string) =>
    words.replace(/[\s“”]/g, '').replace(/(?:工作|情况|问题|精神|活动|指标|增速|增幅|增长率)$/, '')
  const [left, right] = [bare(mine), bare(value)]
  // An indicator may be named with or without what it is of.
  if (
    name === 'indicator' &&
    Math.min(left.length, right.length) >= 3 &&
    (left.endsWith(right) || right.endsWith(left))
  )
    return true
  return (topic(mine) !== undefined && topic(mine) === topic(value)) || left === right
}

/** What a person would still do: merge rows cut too fine, split rows too coarse, move borders, add and drop. */
function editsOf(drafts: readonly Span[], duties: readonly Span[], matched: number): Score['edits'] {
  const owner = (span: Span, others: readonly Span[]) => {
    const shares = others.map(
      (other) => overlap(span, other) / Math.min(span.end - span.start, other.end - other.start),
    )
    const best = Math.max(0, ...shares)
    return best < 0.5 ? -1 : shares.indexOf(best)
  }
  const draftHomes = drafts.map((draft) => owner(draft, duties))
  const dutyHomes = duties.map((duty) => owner(duty, drafts))
  const extra = (homes: readonly number[]) => {
    const used = homes.filter((home) => home >= 0)
    return used.length - new Set(used).size
  }
  const exact = drafts.filter((draft) =>
    duties.some((duty) => duty.start === draft.start && duty.end === draft.end),
  ).length
  return {
    merges: extra(draftHomes),
    splits: extra(dutyHomes),
    respans: Math.max(0, matched - exact),
    adds: dutyHomes.filter((home) => home < 0).length,
    drops: draftHomes.filter((home) => home < 0).length,
  }
}

/** Adds the counts of several documents. */
export function total(scores: readonly Score[]): Score {
  const sum = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'number' && typeof b === 'number') return a + b
    const left = a as Record<string, unknown>
    return Object.fromEntries(
      Object.keys(left).map((key) => [key, sum(left[key], (b as Record<string, unknown>)[key])]),
    )
  }
  return scores.reduce((a, b) => sum(a, b) as Score)
}

/** Precision, recall and F1 in percent; an empty side counts as 100 when both are empty. */
export function rates(match: Match): { precision: number; recall: number; f1: number } {
  if (match.gold === 0 && match.proposed === 0) return { precision: 100, recall: 100, f1: 100 }
  const precision = match.proposed === 0 ? 0 : (match.matched / match.proposed) * 100
  const recall = match.gold === 0 ? 0 : (match.matched / match.gold) * 100
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** A share in percent, or null where nothing was judged. */
export function percent(share: Share): number | null {
  return share.of === 0 ? null : (share.right / share.of) * 100
}
