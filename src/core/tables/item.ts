import { type Catalogue, rowMeant } from '../catalogue/catalogue.ts'
import { bestKinds, kindScores, namesKind } from '../drafts/kinds.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'
import { layerOfUnit, ownerOf, postInCharge } from '../duties/owner.ts'
import { citesIn } from '../text/cites.ts'
import { plainOf } from '../text/plain.ts'
import type { ColumnField } from './header.ts'
import type { ItemWords } from './layout.ts'
import { namesInCell, postMeant, type Roll, unitMeant } from './names.ts'
import { termOf } from './terms.ts'

/** A step of a timetable. */
export interface Step {
  readonly title: string
  readonly dueOn: string | null
}

/** What one row of a list says of its duty; null where it does not say it. */
export interface ListItem {
  title: string
  kind: string
  layer: string | null
  subject: string[]
  leadUnitId: string | null
  supportUnitIds: string[]
  leaderPostId: string | null
  watcherPostId: string | null
  deadline: string | null
  deadlineText: string | null
  cadence: string | null
  measures: string[]
  milestones: Step[]
  cites: string[]
  common: boolean
  unresolved: string[]
}

/** A value that does not stand in the row, by its ground. */
export type ItemInferred = Record<string, 'words' | 'subject' | 'charge' | 'phrase'>

/** What reading a row needs beside its words. */
export interface ItemPlace {
  readonly roll: Roll
  readonly catalogue: Catalogue
  readonly vocabulary: Vocabulary
  readonly year: number
  /** The fields that have a column: an empty cell there means that nothing is stated. */
  readonly fields: readonly ColumnField[]
  readonly mode: 'do' | 'problem'
}

const titleMax = 300
const measuresMax = 20

/** Words of a cell as one line. */
export function oneLine(cell: string): string {
  return cell.replace(/[ \t]*\n[ \t]*/g, '').trim()
}

/** The words that name the item. */
export function titleOf(words: ItemWords): string {
  const said = oneLine(words.get('problem') ?? words.get('duty') ?? '')
  return said.length > titleMax ? `${said.slice(0, titleMax - 1).toWellFormed()}…` : said
}

/** Reads a row of a list against the bureau's order: names become units and posts, terms become days and rhythms. */
export function itemOf(words: ItemWords, place: ItemPlace): { item: ListItem; inferred: ItemInferred } {
  const inferred: ItemInferred = {}
  const owners = ownersOf(words, place)
  const term = termOf(words.get('term') ?? '', place.year, place.vocabulary)
  if (term.reckoned) inferred.deadline = 'phrase'
  const leader = leaderOf(words, owners, place)
  if (leader.by !== null) inferred.leaderPostId = leader.by
  const layer = layerOf(words, owners.leadUnitId, place)
  if (layer.id !== null && !layer.stated) inferred.layer = 'subject'
  const kind = kindOf(words, place)
  if (!kind.stated) inferred.kind = 'words'
  const watcher = namedPost(words.get('watcher'), place)
  const rhythm = words.get('cadence')?.trim()
  return {
    inferred,
    item: {
      title: titleOf(words),
      kind: kind.id,
      layer: layer.id,
      subject: owners.subject,
      leadUnitId: owners.leadUnitId,
      supportUnitIds: owners.supportUnitIds,
      leaderPostId: leader.postId,
      watcherPostId: watcher.postId,
      deadline: term.deadline,
      deadlineText: term.words,
      cadence: rhythm ? oneLine(rhythm).slice(0, 60) : term.cadence,
      measures: measuresOf(words),
      milestones: milestonesOf(words.get('milestones') ?? ''),
      cites: citesOf(words, place.fields),
      common: owners.common || /^(?:共性|共同|是|common)/.test(words.get('shared') ?? ''),
      unresolved: [...new Set([...owners.unresolved, ...leader.unresolved, ...watcher.unresolved])],
    },
  }
}

interface Owners {
  readonly subject: string[]
  readonly leadUnitId: string | null
  readonly supportUnitIds: string[]
  readonly common: boolean
  readonly unresolved: string[]
}

/** The first unit named leads, the others support. */
function ownersOf(words: ItemWords, { roll, catalogue }: ItemPlace): Owners {
  const cell = (field: ColumnField) =>
    namesInCell(words.get(field) ?? '', roll).map((name) => ({ name, owner: unitMeant(name, roll, catalogue) }))
  const lead = cell('lead')
  const all = [...lead, ...cell('support')]
  const ids = all.flatMap(({ owner }) => owner.unitId ?? [])
  const leadUnitId = lead.find(({ owner }) => owner.unitId !== null)?.owner.unitId ?? null
  const everybody = lead.some(({ owner }) => owner.unitId === null && owner.common)
  return {
    subject: lead.slice(0, 1).map(({ name }) => name.slice(0, 60)),
    leadUnitId,
    supportUnitIds: [...new Set(ids)].filter((id) => id !== leadUnitId),
    common: leadUnitId === null && everybody,
    unresolved: all
      .filter(({ owner }) => owner.unitId === null && owner.postId === null && owner.layer === null && !owner.common)
      .map(({ name }) => name),
  }
}

function namedPost(cell: string | undefined, place: ItemPlace): { postId: string | null; unresolved: string[] } {
  if (cell === undefined) return { postId: null, unresolved: [] }
  const lines = [cell, ...cell.split(/[、，,；;\n]/)].map((line) => line.trim()).filter((line) => line !== '')
  for (const line of lines) {
    const postId = postMeant(line, place.roll, place.catalogue)
    if (postId !== null) return { postId, unresolved: [] }
  }
  return { postId: null, unresolved: lines.slice(0, 1).map(oneLine) }
}

function leaderOf(
  words: ItemWords,
  owners: Owners,
  place: ItemPlace,
): { postId: string | null; by: 'subject' | 'charge' | null; unresolved: string[] } {
  if (place.fields.includes('leader')) return { ...namedPost(words.get('leader'), place), by: null }
  const person = namedPost(words.get('person'), place).postId
  if (person !== null) return { postId: person, by: 'subject', unresolved: [] }
  const charge = postInCharge(owners.leadUnitId, place.roll.order)
  return { postId: charge, by: charge === null ? null : 'charge', unresolved: [] }
}

function layerOf(
  words: ItemWords,
  leadUnitId: string | null,
  { roll, catalogue, fields }: ItemPlace,
): { id: string | null; stated: boolean } {
  const said = words.get('layer')?.trim()
  if (said !== undefined) {
    const id = rowMeant(catalogue.dutyLayers, said)?.id ?? ownerOf(said, roll.order, catalogue).layer
    return { id, stated: id !== null }
  }
  if (fields.includes('layer')) return { id: null, stated: false }
  const unit = roll.order.units.find((one) => one.unitId === leadUnitId)
  return { id: unit === undefined ? null : layerOfUnit(unit, catalogue), stated: false }
}

/** The kind that the category names, else the one that the words speak of most. */
function kindOf(words: ItemWords, { catalogue, vocabulary, mode }: ItemPlace): { id: string; stated: boolean } {
  const category = words.get('category') ?? ''
  for (const line of category.split('\n')) {
    const named = rowMeant(catalogue.dutyKinds, line)
    if (named !== undefined) return { id: named.id, stated: true }
  }
  return { id: kindOfWords(words, mode, vocabulary, catalogue), stated: false }
}

function kindOfWords(words: ItemWords, mode: 'do' | 'problem', vocabulary: Vocabulary, catalogue: Catalogue): string {
  const ways = mode === 'problem' ? (['category', 'problem'] as const) : (['duty', 'category', 'measures'] as const)
  const remedy = mode === 'problem' ? rowMeant(catalogue.dutyKinds, '整改') : undefined
  if (remedy !== undefined) return remedy.id
  for (const field of ways) {
    const text = plainOf(words.get(field) ?? '').text
    const best = bestKinds(kindScores(text, 0, text.length, vocabulary))[0]
    if (best !== undefined && best.score >= namesKind && catalogue.dutyKinds.find(best.kind)) return best.kind
  }
  return (rowMeant(catalogue.dutyKinds, '其他') ?? catalogue.dutyKinds.rows.at(-1))?.id ?? ''
}

/** What is to be done and what shows that it is, a line each, in the order of the columns. */
function measuresOf(words: ItemWords): string[] {
  const cells = [words.get('measures'), words.get('standard')].filter((cell) => cell !== undefined)
  const lines = cells.flatMap((cell) => cell.split('\n')).flatMap(shortLines)
  if (lines.length <= measuresMax) return lines
  return [...lines.slice(0, measuresMax - 1), ...shortLines(lines.slice(measuresMax - 1).join('；')).slice(0, 1)]
}

/** A line in pieces that a measure may hold, cut behind a stop where there is one. */
function shortLines(line: string): string[] {
  const rest = line.trim()
  if (rest === '') return []
  if (rest.length <= titleMax) return [rest]
  const stop = Math.max(...['。', '；', '，', ';'].map((sign) => rest.lastIndexOf(sign, titleMax - 1)))
  const cut = stop > titleMax / 3 ? stop + 1 : titleMax
  const odd = cut === titleMax && /[\ud800-\udbff]/.test(rest.charAt(cut - 1)) ? cut - 1 : cut
  return [rest.slice(0, odd).trim(), ...shortLines(rest.slice(odd))]
}

/** Sign before a step without a day whose own words begin like one. */
export const undatedStep = '— '

/** The steps of a timetable, a line each, with the day in front where there is one. */
export function milestonesOf(cell: string): Step[] {
  return cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 30)
    .map((line) => {
      const dated = /^(\d{4}-\d{2}-\d{2}) ([\s\S]+)$/.exec(line)
      if (dated) return { title: dated[2]!.trim().slice(0, 200), dueOn: dated[1]! }
      return {
        title: (line.startsWith(undatedStep) ? line.slice(undatedStep.length) : line).slice(0, 200),
        dueOn: null,
      }
    })
}

/** What the column of sources names, in 《》 or a line each; without such a column the titles in the row. */
function citesOf(words: ItemWords, fields: readonly ColumnField[]): string[] {
  const basis = (words.get('basis') ?? '').split('\n').flatMap((line) => {
    const titles = citesIn(line).map((cite) => cite.title)
    return titles.length > 0 || line.trim() === '' ? titles : [line.trim().slice(0, 200)]
  })
  const inText = (['duty', 'problem', 'measures', 'standard'] as const).flatMap((field) =>
    citesIn(words.get(field) ?? '').map((cite) => cite.title),
  )
  return [...new Set(fields.includes('basis') ? basis : inText)].slice(0, 30)
}
