import { numberOf } from '../outline/signs.ts'
import type { Known, Page } from './analyse.ts'
import { cadenceIn, ruleOf } from './cadence.ts'
import { type Share, sharesIn } from './division.ts'
import type { Draft, Drafted } from './drafts.ts'
import type { Placed } from './kind-choice.ts'
import { forAll, forPaper, lasting, type Owners, ownersIn, ownersOf, recurs } from './owners.ts'
import type { Vocabulary } from './vocabulary.ts'

const goesOn = /^ *(?:下一步|下步|今后|接下来|下一阶段)/u
const resulted = /^ *【?(?:整改|完成|落实|办理|工作)?(?:结果|成效|进展|情况)(?:情况)?】?：?/u

/**
 * What an item will do next (下一步：…), and what has come of it (整改结果：…), belongs to the units that its bracket or line before named, unless it
 * names its own.
 */
export function goOn(page: Page, drafts: readonly Draft[]): void {
  for (const [at, draft] of drafts.entries()) {
    const before = drafts[at - 1]
    if (draft.leadUnit !== null || draft.mode === 'problem' || draft.outline === null) continue
    if (before?.outline !== draft.outline || before.leadUnit === null) continue
    const line = page.text.lastIndexOf('\n', draft.start) + 1
    if (!(draft.mode === 'do' ? goesOn : resulted).test(page.text.slice(line, line + 12))) continue
    draft.leadUnit = before.leadUnit
    draft.supportUnits = [...before.supportUnits]
  }
}

/** What a paragraph under a heading of its own asks behind its only bracket of owners belongs to the same units. */
export function carryOn(drafts: readonly Draft[], placed: readonly Placed[]): void {
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

/** What stands below a heading that names owners in a bracket (10.行政许可领域（运输科牵头，信息中心配合）) belongs to them. */
export function ownedAbove(page: Page, drafts: readonly Draft[], vocabulary: Vocabulary): void {
  for (const { title, start, bodyEnd } of page.outline) {
    const owners = /[）］】〕〉]$/.test(title) ? ownersIn(title, vocabulary) : null
    if (owners === null || owners.bare) continue
    for (const draft of drafts)
      if (draft.start >= start && draft.start < bodyEnd && draft.leadUnit === null) entrust(draft, owners, vocabulary)
  }
}

/** A bracket of owners that ends a paragraph's sentence is for all rows of the paragraph since the bracket before it. */
export function shareOwners(drafts: readonly Draft[], placed: readonly Placed[], vocabulary: Vocabulary): void {
  const last = drafts.length - 1
  const { text, leadUnit, supportUnits } = drafts[last]!
  if (leadUnit === null || !/[）］】〕〉][。；]?$/.test(text)) return
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
export function firstOfOwners(known: Known, index: number): number {
  let at = index
  while (at > 0 && known.settled[known.sentences[at - 1]![0]] === 'owners') at--
  return known.sentences[at]![0]
}

/** A bracket or line that only names owners belongs to every row of its item that has none yet. */
export function applyOwners(
  page: Page,
  drafted: Drafted,
  from: number,
  to: number,
  node: number | null,
  vocabulary: Vocabulary,
): void {
  const start = page.clauses[from]?.start ?? 0
  const end = page.clauses[to - 1]?.end ?? start
  const shares = sharesIn(page.text.slice(start, end), vocabulary)
  const owners = shares === null ? ownersOf(page.text, start, end, vocabulary) : (shares[0]?.owners ?? null)
  const last = drafted.drafts.length - 1
  if (!owners || last < 0) return
  if (shares?.some(({ number }) => number !== null)) divide(page, drafted, shares, start, vocabulary)
  else giveOwners(page, drafted, owners, start, node, vocabulary)
  for (let index = from; index < to; index++) {
    drafted.states[index] = 'duty'
    drafted.homes[index] = last
  }
}

function giveOwners(
  page: Page,
  drafted: Drafted,
  owners: Owners,
  start: number,
  node: number | null,
  vocabulary: Vocabulary,
): void {
  const last = drafted.drafts.length - 1
  const alone = startsLine(page.text, start)
  const homes = new Set([node, ...(alone ? siblingsEnded(page, drafted, node) : [])])
  const paper = forPaper.at(page.text, start, start + 4) || closesPaper(page, drafted, start)
  const section = paper ? 0 : forAll.at(page.text, start, start + 4) ? sectionOf(page, drafted, node) : -1
  const item = itemOf(page, start)
  // Behind the words of an item, in its own line, a bracket is for that item.
  const own = !alone && item >= 0 && !page.text.slice(item, start).includes('\n') ? firstOfList(page, item) : 0
  const mine = ({ outline, leadUnit, start: from }: Draft) => homes.has(outline) && leadUnit === null && from >= own
  let next: Draft['mode'] = 'problem'
  for (let at = last; at >= 0; at--) {
    const draft = drafted.drafts[at]!
    if (section >= 0 ? draft.start < section : at < last && !mine(draft)) break
    if (section >= 0 && draft.leadUnit !== null) {
      // What has owners of its own may still be without a term.
      if (draft.mode === 'do' && draft.cadence === null) giveTerm(draft, owners.term, vocabulary)
      continue
    }
    // A shortcoming told in an item of its own, or before what mends it, is nobody's task: the line is for what is done about it.
    if (draft.mode !== 'problem') next = draft.mode
    else if (next === 'do' || itemOf(page, draft.start) !== item) continue
    entrust(draft, owners, vocabulary)
  }
}

/** Whether a line that begins 以上 stands below the last section of a paper in which nobody was named before. */
function closesPaper(page: Page, { drafts }: Drafted, start: number): boolean {
  if (!forAll.at(page.text, start, start + 4) || page.outline.some((node) => node.start > start)) return false
  const first = drafts[0]?.outline ?? null
  return drafts.every(({ leadUnit }) => leadUnit === null) && first !== (drafts.at(-1)?.outline ?? null)
}

/** Where the section of a line begins; the last of its tasks may look like a heading. */
function sectionOf(page: Page, { drafts }: Drafted, node: number | null): number {
  if (node === null) return 0
  const { start, end, parent } = page.outline[node]!
  const task = drafts.some((draft) => draft.start >= start && draft.start < end)
  const above = parent === null ? 0 : page.outline[parent]!.start
  if (task) return above
  // Below the last of several sections in which nobody was named it is for them all.
  const siblings = page.outline.filter((one) => one.parent === parent)
  const before = drafts.filter((draft) => draft.start >= above && draft.start < start)
  const last = parent !== null && siblings.length > 1 && siblings.at(-1)!.start === start
  return last && before.length > 0 && before.every(({ leadUnit }) => leadUnit === null) ? above : start
}

/** Owners right behind or below a heading are for what stands under it: where that ends, or -1. */
export function headedBy(page: Page, known: Known, from: number, to: number): number {
  const node = known.nodes[from] ?? null
  if (node === null || known.settled[from - 1] !== 'heading') return -1
  const { bodyEnd } = page.outline[node]!
  return Math.max(bodyEnd, page.clauses[to - 1]!.end)
}

/** Gives what stands in `[from, to)` and has no owners yet those of the line above it. */
export function entrustBelow(
  page: Page,
  drafts: readonly Draft[],
  line: readonly [number, number, number],
  vocabulary: Vocabulary,
): void {
  const [from, to, end] = line
  const owners = ownersOf(page.text, from, to, vocabulary)
  for (const draft of drafts)
    if (owners && draft.start >= to && draft.start < end && draft.leadUnit === null) entrust(draft, owners, vocabulary)
}

/** Gives the tasks of tables and lists that were pasted in what their other cells say. */
export function entrustPasted(page: Page, drafts: readonly Draft[], vocabulary: Vocabulary): void {
  for (const { start, end, said, problem } of page.pasted) {
    if (problem) for (const draft of drafts) if (draft.start < end && draft.end > start) draft.mode = 'problem'
    const owners = said === '' ? null : ownersIn(said, vocabulary)
    if (owners === null) continue
    for (const draft of drafts)
      if (draft.start < end && draft.end > start)
        entrust(draft, draft.leadUnit === null ? owners : { ...owners, supportUnits: [] }, vocabulary)
  }
}

function entrust(draft: Draft, owners: Owners, vocabulary: Vocabulary): void {
  draft.leadUnit ??= owners.leadUnit
  if (draft.supportUnits.length === 0) draft.supportUnits = [...owners.supportUnits]
  if (draft.mode === 'do') giveTerm(draft, owners.term, vocabulary)
}

/** Gives the numbered items before a line that divides them (第5、6项由…，其余由…) their owners: of each number the nearest. */
function divide(
  page: Page,
  { drafts }: Drafted,
  shares: readonly Share[],
  before: number,
  vocabulary: Vocabulary,
): void {
  const named = new Set(shares.map(({ number }) => number))
  const last = page.items.findLast((one) => one.start < before)
  const list = page.items.filter(({ start, parent }) => start < before && parent === last?.parent)
  const whole = { start: 0, bodyEnd: before }
  // Those without a number come last: they are for what is left.
  for (const { number, owners } of [...shares].sort((a, b) => Number(a.number === null) - Number(b.number === null))) {
    const mine =
      number === null
        ? [whole]
        : typeof number === 'number'
          ? page.items.filter((one) => one.start < before && numberIn(one.marker) === number).slice(-1)
          : list.filter(({ marker }) => !named.has(numberIn(marker)))
    for (const item of mine) {
      const end = Math.min(item.bodyEnd, before)
      for (const draft of drafts) {
        if (draft.start < item.start || draft.start >= end) continue
        if (owners.leadUnit === null) giveTerm(draft, owners.term, vocabulary)
        else if (draft.leadUnit === null) entrust(draft, owners, vocabulary)
      }
    }
  }
}

/** The number that an item bears. */
function numberIn(marker: string): number {
  return numberOf(marker.replaceAll(/[^0-9一二三四五六七八九十]/gu, ''), 'number')
}

/** A term that comes again is a rhythm. */
export function giveTerm(draft: Draft, said: string | null, vocabulary: Vocabulary): void {
  if (said === null) return
  const term = said.replace(/^立行立改，(?=.)/, '')
  // 月度、9月: a rhythm and a day beside it; 6月底前完成整改，并长期坚持: a day and what lasts.
  const [first = '', ...rest] = term.split(/[、，]/)
  const last = rest.at(-1)?.replace(/^(?:并|今后|以后|此后|之后)+/, '') ?? ''
  if (rest.length > 0 && (rhythmWord.test(first) || lasting.test(last))) {
    giveTerm(draft, first.replace(finished, ''), vocabulary)
    if (rhythmWord.test(first)) giveTerm(draft, rest.join('、'), vocabulary)
    else if (draft.cadence === null) [draft.cadence, draft.cadenceRule] = [last, ruleOf(last)]
    return
  }
  const rhythm =
    rhythmWord.test(term) || lasting.test(term)
      ? { text: term, rule: ruleOf(term) }
      : recurs.test(term)
        ? cadenceIn(term, vocabulary)
        : null
  if (rhythm === null) draft.deadline ??= rest.length === 0 ? first.replace(finished, '') : term
  else if (draft.cadence === null && draft.deadline === null) {
    draft.cadence = rhythm.text
    draft.cadenceRule = rhythm.rule
  }
}

const finished = /(?:完成(?:整改)?|整改(?:到位|完成)|办结)$/

/** Words that a line of terms has for a rhythm. */
const rhythmWord = /^(?:月度|季度|半年度|每月|每季度|每半年)$/

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

/** The start of the first of the items that semicolons join to the one at `item`: ①…；②…。（落实部门：…） is for both. */
function firstOfList(page: Page, item: number): number {
  let first = item
  for (let at = page.items.findIndex(({ start }) => start === item) - 1; at >= 0; at--) {
    if (page.text.charAt(first - 1) !== '；' || page.text.slice(page.items[at]!.start, first).includes('\n')) break
    first = page.items[at]!.start
  }
  return first
}

/** The innermost numbered item, titled or not, around an offset. */
function itemOf(page: Page, at: number): number {
  return page.items.findLast((item) => item.start <= at && at < item.bodyEnd)?.start ?? -1
}
