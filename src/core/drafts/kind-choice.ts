import { slotFrom } from '../slots/slots.ts'
import { Chars } from '../text/chars.ts'
import type { Page } from './analyse.ts'
import { kindsTogether } from './judge.ts'
import { bestKind, bestKinds, KindScores, kindScores, namesKind } from './kinds.ts'
import type { DutyRow } from './rows.ts'
import { usualName } from './subject.ts'
import { Features, type Linear } from './tagger.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A row with the outline node that it stands under. */
export type Placed = { readonly row: DutyRow; readonly node: number | null }

/** A model of kinds: `names` says which kind each class is; `votes` weighs what the words of the lexicon say of each kind. */
export type KindModel = Linear & { readonly names: readonly string[]; readonly votes: readonly number[] }

/** The kind of a row and the second choice. */
export type KindChoice = readonly [kind: string, second: string | null]

/** What the rules' answer weighs in a text far beyond those that were annotated. */
const ruleWeight = 3

/** Chooses the kinds of all rows of a page: by the rules alone, or by the model, which also sees headings and neighbours. */
export function chooseKinds(
  page: Page,
  rows: readonly Placed[],
  vocabulary: Vocabulary,
  model: KindModel | null,
): KindChoice[] {
  const titles = titlesOf(page, vocabulary)
  const rule: KindChoice[] = []
  for (const { row, node } of rows) rule.push(kindByRule(page, row, node === null ? null : titles[node]!, vocabulary))
  if (!model) return rule
  const chosen = [...rule]
  const bag = new Features(model.bits)
  eachRow(page, rows, rule, { names: model.names, bag, titles }, vocabulary, (index, votes) => {
    // A kind that an office added is known to its rows only; a shortcoming is always something to mend.
    if (rows[index]!.row.mode === 'problem' || !model.names.includes(rule[index]![0])) return
    const scores = new Float64Array(model.classes)
    bag.score(model, scores, 0)
    addVotes(votes, model, scores)
    scores[model.names.indexOf(rule[index]![0])]! += page.beyond * ruleWeight
    chosen[index] = choiceOf(scores, model)
  })
  return chosen
}

function choiceOf(scores: Float64Array, { names }: KindModel): KindChoice {
  let [best, second] = [0, -1]
  for (let kind = 1; kind < scores.length; kind++) {
    if (scores[kind]! > scores[best]!) [best, second] = [kind, best]
    else if (second < 0 || scores[kind]! > scores[second]!) second = kind
  }
  return [names[best]!, names[second] ?? null]
}

/**
 * What is seen of a row: what the lexicon's words say of its kinds, as places (kind × votesPerKind + vote) with their weights, and
 * hashed features.
 */
export type Seen = {
  readonly votes: readonly number[]
  readonly weights: readonly number[]
  readonly features: readonly number[]
}

/** How many votes each kind gets. */
export const votesPerKind = 16

/** The score of every kind for one row. */
export function scoresOf(seen: Seen, model: KindModel): Float64Array {
  const { classes, weights } = model
  const scores = new Float64Array(classes)
  for (const feature of seen.features)
    for (let kind = 0; kind < classes; kind++) scores[kind]! += weights[feature * classes + kind]!
  addVotes(seen, model, scores)
  return scores
}

function addVotes({ votes, weights }: Pick<Seen, 'votes' | 'weights'>, model: KindModel, scores: Float64Array): void {
  for (let at = 0; at < votes.length; at++) {
    const place = votes[at]!
    scores[(place / votesPerKind) | 0]! += model.votes[place % votesPerKind]! * weights[at]!
  }
}

/** The votes that the kinds of a row get. */
class Votes {
  readonly votes: number[] = []
  readonly weights: number[] = []
  readonly #places: ReadonlyMap<string, number>

  constructor(places: ReadonlyMap<string, number>) {
    this.#places = places
  }

  /** Casts one vote; kinds that the model does not know get none. */
  cast(kind: string | null | undefined, vote: number, weight = 1): void {
    const place = kind === null || kind === undefined || weight === 0 ? undefined : this.#places.get(kind)
    if (place === undefined) return
    this.votes.push(place * votesPerKind + vote)
    this.weights.push(weight)
  }

  /** Casts a vote for each of some kinds, weighted by their scores, of which no more than `most` counts. */
  castAll({ kinds, scores }: KindScores, vote: number, most: number): void {
    for (let at = 0; at < kinds.length; at++) this.cast(kinds[at], vote, Math.min(scores[at]!, most) / 3)
  }
}

/** What the model sees of every row of a page. */
export function rowsSeen(
  page: Page,
  rows: readonly Placed[],
  rule: readonly KindChoice[],
  { names, bits }: Pick<KindModel, 'names' | 'bits'>,
  vocabulary: Vocabulary,
): Seen[] {
  const seen: Seen[] = []
  const bag = new Features(bits)
  eachRow(page, rows, rule, { names, bag, titles: titlesOf(page, vocabulary) }, vocabulary, (_, { votes, weights }) => {
    seen.push({ votes, weights, features: bag.ids })
  })
  return seen
}

function titlesOf({ outline }: Page, vocabulary: Vocabulary): KindScores[] {
  const found: KindScores[] = []
  for (const { title } of outline) found.push(kindScores(title, 0, title.length, vocabulary))
  return found
}

type Means = { readonly names: readonly string[]; readonly bag: Features; readonly titles: readonly KindScores[] }

/** Fills the bag with the features of one row after the other, and casts its votes. */
function eachRow(
  page: Page,
  rows: readonly Placed[],
  rule: readonly KindChoice[],
  { names, bag, titles }: Means,
  vocabulary: Vocabulary,
  take: (index: number, votes: Votes) => void,
): void {
  const owns: KindScores[] = []
  for (const { row } of rows) owns.push(scoresTogether(row.members))
  const whole = contexts(rows, owns)
  const places = new Map(names.map((name, place) => [name, place]))
  for (const [index, placed] of rows.entries()) {
    const { row, node } = placed
    const votes = new Votes(places)
    const parent = node === null ? null : (page.outline[node]?.parent ?? null)
    const heading = node === null ? none : titles[node]!
    const around = whole[index]!
    const top = castOwn(votes, owns[index]!, heading, vocabulary)
    votes.castAll(row.core.scores, 3, 6)
    votes.castAll(row.members[0]!.scores, 4, 6)
    votes.castAll(heading, 7, 6)
    if (parent !== null) votes.castAll(titles[parent]!, 8, 6)
    for (let at = 0; at < around.kinds.length; at++) votes.cast(around.kinds[at], 9, around.scores[at])
    for (const [place, { kind }] of top.entries()) votes.cast(kind, place + 1)
    votes.cast(rule[index]![0], 5)
    votes.cast(rule[index]![1], 6)
    if (rows[index - 1]?.node === node) votes.cast(rule[index - 1]?.[0], 10)
    if (top.length === 0) {
      for (let at = 0; at < around.kinds.length; at++) votes.cast(around.kinds[at], 11, around.scores[at])
      for (let at = 0; at < heading.kinds.length; at++) if (heading.scores[at]! > 0) votes.cast(heading.kinds[at], 11)
      votes.cast('business', 13)
    }
    fillWords(page, placed, bag, vocabulary)
    take(index, votes)
  }
}

const none = new KindScores()

/** Casts the votes of a row's own words and gives its two best kinds. */
function castOwn(votes: Votes, own: KindScores, heading: KindScores, vocabulary: Vocabulary) {
  for (let at = 0; at < own.kinds.length; at++) {
    const [kind, score] = [own.kinds[at]!, own.scores[at]!]
    votes.cast(kind, 0, Math.min(score, 9) / 3)
    if (score <= 0) continue
    votes.cast(kind, 14)
    if (vocabulary.umbrellas.has(kind)) votes.cast(kind, 12)
    votes.cast(kind, 15, Math.min(heading.get(kind), 3) / 3)
  }
  return bestKinds(own)
}

function scoresTogether(members: DutyRow['members']): KindScores {
  const sum = new KindScores()
  for (const { role, scores } of members) sum.addAll(scores, role === 'core' ? 1 : role === 'opener' ? 0.7 : 0.4)
  return sum
}

/** For every row the share of each kind in the paragraph that it stands in. */
function contexts(rows: readonly Placed[], owns: readonly KindScores[]): KindScores[] {
  const sums = new Map<number, KindScores>()
  for (const [index, { row }] of rows.entries()) {
    const place = row.members[0]!.clause.paragraph
    const sum = sums.get(place) ?? new KindScores()
    sums.set(place, sum)
    const { kinds, scores } = owns[index]!
    for (let at = 0; at < kinds.length; at++) sum.add(kinds[at]!, Math.min(3, scores[at]!))
  }
  for (const { scores } of sums.values()) {
    const all = scores.reduce((a, b) => a + b, 0)
    for (let at = 0; at < scores.length; at++) scores[at]! /= Math.max(all, 1)
  }
  const found: KindScores[] = []
  for (const { row } of rows) found.push(sums.get(row.members[0]!.clause.paragraph)!)
  return found
}

const marks = new Chars('，。；：、\n')

/** Fills the bag with the words of a row: verb, metrics of its figures, pairs of characters. */
function fillWords(page: Page, { row, node }: Placed, bag: Features, vocabulary: Vocabulary): void {
  bag.clear()
  const { text } = page
  const start = row.members[0]!.clause.start
  const end = row.members.at(-1)!.clause.end
  const word = (template: number, words: string) => bag.words(template, words, 0, words.length)
  bag.add(0, 0)
  for (let at = slotFrom(page.slots, start); (page.slots[at]?.numStart ?? end) < end; at++) {
    const { metric, unit } = page.slots[at]!
    word(5, metric?.split('.').slice(0, 2).join('.') ?? '-')
    word(6, unit)
  }
  const { core } = row
  const act = vocabulary.acts.first(text, core.actor?.end ?? core.clause.start, core.clause.end)
  if (act) bag.words(8, text, act.start, act.end)
  bag.add(9, row.mode === 'done' ? 1 : 0)
  const actor = row.members.find((member) => member.actor)?.actor
  for (const name of actor?.names ?? []) word(10, usualName(name, vocabulary))
  for (let at = start; at + 1 < end; at++) if (!marks.at(text, at)) bag.words(20, text, at, at + 2)
  const stop = core.clause.start + core.words.length
  bag.words(22, text, Math.max(core.clause.start, stop - 2), stop)
  bag.words(23, text, Math.max(core.clause.start, stop - 4), stop)
  const title = node === null ? '' : (page.outline[node]?.title ?? '')
  bag.pairs(25, title, 0, title.length)
}

/** The kind by the row's own words, else by its sentence's head or heading, else business; and the second choice. */
function kindByRule(page: Page, row: DutyRow, title: KindScores | null, vocabulary: Vocabulary): KindChoice {
  if (
    row.mode === 'problem' ||
    vocabulary.remedies.in(page.text, row.members[0]?.clause.start, row.members.at(-1)?.clause.end)
  ) {
    return ['rectify', kindsTogether(row.members)[0]?.kind ?? null]
  }
  const own = kindsTogether(row.members)
  const { start, end } = row.core.clause
  const slot = page.slots[slotFrom(page.slots, start)]
  const topic = slot !== undefined && slot.numStart < end ? slot.params['topic'] : undefined
  if (topic !== undefined && vocabulary.kindIds.has(topic)) return [topic, own[0]?.kind ?? null]
  const specific = own.find(({ kind, score }) => !vocabulary.umbrellas.has(kind) && score >= 3)
  const best = own[0]
  if (best && best.score >= namesKind) {
    const chosen = vocabulary.umbrellas.has(best.kind) && specific && best.score < 4 ? specific : best
    return [chosen.kind, own.find((entry) => entry !== chosen)?.kind ?? null]
  }
  const heading = title === null ? null : bestKind(title)
  if (heading && heading.score >= 3 && (best?.score ?? 0) < 1.5) return [heading.kind, best?.kind ?? null]
  return [best?.kind ?? heading?.kind ?? 'other', best ? (heading?.kind ?? null) : null]
}
