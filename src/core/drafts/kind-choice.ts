import { slotFrom } from '../slots/slots.ts'
import { Chars } from '../text/chars.ts'
import type { Page } from './analyse.ts'
import { kindsTogether } from './judge.ts'
import { bestKind, bestKinds, KindScores, kindScores, namesKind, noKinds } from './kinds.ts'
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
  const scores = new Float64Array(model.classes)
  const context = contextOf(page, rows, rule, titles, model.names)
  const add = (kind: number, vote: number, weight: number) => {
    scores[kind]! += model.votes[vote]! * weight
  }
  for (let index = 0; index < rows.length; index++) {
    // A kind that an office added is known to its rows only; a shortcoming is always something to mend.
    if (rows[index]!.row.mode === 'problem' || !context.places.has(rule[index]![0])) continue
    fillWords(page, rows[index]!, bag, vocabulary)
    scores.fill(0)
    bag.score(model, scores, 0)
    castVotes(context, index, add, vocabulary)
    scores[context.places.get(rule[index]![0])!]! += page.beyond * ruleWeight
    chosen[index] = choiceOf(scores, model)
  }
  return chosen
}

function choiceOf(scores: Float64Array, { names }: KindModel): KindChoice {
  let best = 0
  let second = -1
  for (let kind = 1; kind < scores.length; kind++) {
    if (scores[kind]! > scores[best]!) {
      second = best
      best = kind
    } else if (second < 0 || scores[kind]! > scores[second]!) second = kind
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
  for (const [at, place] of seen.votes.entries())
    scores[Math.floor(place / votesPerKind)]! += model.votes[place % votesPerKind]! * seen.weights[at]!
  return scores
}

/** What the model sees of every row of a page. */
export function rowsSeen(
  page: Page,
  rows: readonly Placed[],
  rule: readonly KindChoice[],
  { names, bits }: Pick<KindModel, 'names' | 'bits'>,
  vocabulary: Vocabulary,
): Seen[] {
  const bag = new Features(bits)
  const context = contextOf(page, rows, rule, titlesOf(page, vocabulary), names)
  return rows.map((placed, index) => {
    const votes: number[] = []
    const weights: number[] = []
    const add = (kind: number, vote: number, weight: number) => {
      votes.push(kind * votesPerKind + vote)
      weights.push(weight)
    }
    castVotes(context, index, add, vocabulary)
    fillWords(page, placed, bag, vocabulary)
    return { votes, weights, features: bag.ids }
  })
}

function titlesOf({ outline }: Page, vocabulary: Vocabulary): KindScores[] {
  const found: KindScores[] = []
  for (const { title } of outline) found.push(kindScores(title, 0, title.length, vocabulary))
  return found
}

/** What the votes for the rows of a page are cast by. */
type Context = {
  readonly page: Page
  readonly rows: readonly Placed[]
  readonly rule: readonly KindChoice[]
  /** What each title speaks of. */
  readonly titles: readonly KindScores[]
  /** The class of each kind. */
  readonly places: ReadonlyMap<string, number>
  /** What each row speaks of, and the paragraph that it stands in. */
  readonly owns: readonly KindScores[]
  readonly around: readonly KindScores[]
}

function contextOf(
  page: Page,
  rows: readonly Placed[],
  rule: readonly KindChoice[],
  titles: readonly KindScores[],
  names: readonly string[],
): Context {
  const owns: KindScores[] = []
  for (const { row } of rows) owns.push(scoresTogether(row.members))
  const places = new Map(names.map((name, place) => [name, place]))
  return { page, rows, rule, titles, places, owns, around: contexts(rows, owns) }
}

/** Casts the votes for the kinds of one row; kinds that the model does not know get none. */
function castVotes(
  { page, rows, rule, titles, places, owns, around }: Context,
  index: number,
  add: (kind: number, vote: number, weight: number) => void,
  vocabulary: Vocabulary,
): void {
  const cast = (kind: string | null | undefined, vote: number, weight = 1) => {
    const place = kind === null || kind === undefined || weight === 0 ? undefined : places.get(kind)
    if (place !== undefined) add(place, vote, weight)
  }
  const castAll = ({ kinds, scores }: KindScores, vote: number, most: number) => {
    for (let at = 0; at < kinds.length; at++) cast(kinds[at], vote, Math.min(scores[at]!, most) / 3)
  }
  const { row, node } = rows[index]!
  const parent = node === null ? null : (page.outline[node]?.parent ?? null)
  const heading = node === null ? noKinds : titles[node]!
  const near = around[index]!
  const own = owns[index]!
  for (let at = 0; at < own.kinds.length; at++) {
    const kind = own.kinds[at]!
    const score = own.scores[at]!
    cast(kind, 0, Math.min(score, 9) / 3)
    if (score <= 0) continue
    cast(kind, 14)
    if (vocabulary.umbrellas.has(kind)) cast(kind, 12)
    cast(kind, 15, Math.min(heading.get(kind), 3) / 3)
  }
  castAll(row.core.scores, 3, 6)
  castAll(row.members[0]!.scores, 4, 6)
  castAll(heading, 7, 6)
  if (parent !== null) castAll(titles[parent]!, 8, 6)
  for (let at = 0; at < near.kinds.length; at++) cast(near.kinds[at], 9, near.scores[at])
  const top = bestKinds(own)
  for (let place = 0; place < top.length; place++) cast(top[place]!.kind, place + 1)
  cast(rule[index]![0], 5)
  cast(rule[index]![1], 6)
  if (index > 0 && rows[index - 1]!.node === node) cast(rule[index - 1]?.[0], 10)
  if (top.length > 0) return
  for (let at = 0; at < near.kinds.length; at++) cast(near.kinds[at], 11, near.scores[at])
  for (let at = 0; at < heading.kinds.length; at++) if (heading.scores[at]! > 0) cast(heading.kinds[at], 11)
  cast('business', 13)
}

function scoresTogether(members: DutyRow['members']): KindScores {
  if (members.length === 1 && members[0]!.role === 'core') return members[0]!.scores
  const sum = new KindScores()
  for (const { role, scores } of members) sum.addAll(scores, role === 'core' ? 1 : role === 'opener' ? 0.7 : 0.4)
  return sum
}

/** For every row the share of each kind in the paragraph that it stands in. */
function contexts(rows: readonly Placed[], owns: readonly KindScores[]): KindScores[] {
  const sums = new Map<number, KindScores>()
  for (let index = 0; index < rows.length; index++) {
    const place = rows[index]!.row.members[0]!.clause.paragraph
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
  const end = row.members[row.members.length - 1]!.clause.end
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
  bag.pairs(20, text, start, end, marks)
  const stop = core.clause.start + core.words.length
  bag.words(22, text, Math.max(core.clause.start, stop - 2), stop)
  bag.words(23, text, Math.max(core.clause.start, stop - 4), stop)
  const title = node === null ? '' : (page.outline[node]?.title ?? '')
  bag.pairs(25, title, 0, title.length)
}

/** The kind by the row's own words, else by its sentence's head or heading, else business; and the second choice. */
function kindByRule(page: Page, row: DutyRow, title: KindScores | null, vocabulary: Vocabulary): KindChoice {
  const last = row.members[row.members.length - 1]!
  if (row.mode === 'problem' || vocabulary.remedies.in(page.text, row.members[0]!.clause.start, last.clause.end)) {
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
