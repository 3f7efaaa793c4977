import { type Compared, type DutyPart, differing, dutyParts } from '../duties/differing.ts'
import { likeness, matchYears } from '../duties/similar.ts'
import type { ColumnField } from './header.ts'
import type { ListItem } from './item.ts'
import type { ItemWords, Layout } from './layout.ts'

/** What a list that was given out says of itself: bureau, year, journal size, civil day, and whether it held the whole list. */
export interface GivenOut {
  readonly org: string
  readonly year: number
  readonly size: number
  readonly day: string
  readonly whole: boolean
}

/** The mark by which a list that was given out is known again; it stands in a line above the heading. */
export function givenOutMark({ org, year, size, day, whole }: GivenOut): string {
  return `〔${org}/${year}/${size}/${day}/${whole ? 'all' : 'part'}〕`
}

const mark = /[〔[【（(]([a-z][a-z0-9-]{1,40})\/(\d{4})\/(\d{1,15})\/(\d{4}-\d{2}-\d{2})\/(all|part)[〕\]】）)]/g

/**
 * What a file says of the list that it is, with the place of the line that says so: read above the items of its tables.
 * Null where nothing says it, or where two lists that were given out at different times were put together.
 */
export function givenOutIn(text: string, layout: Layout | null): (GivenOut & { start: number; end: number }) | null {
  const found: (GivenOut & { start: number; end: number })[] = []
  for (const table of layout?.tables ?? []) {
    const end = table.items[0]?.span[0] ?? table.span[1]
    for (const one of text.slice(table.span[0], end).matchAll(mark)) {
      const [, org, year, size, day, extent] = one as unknown as [string, string, string, string, string, string]
      const at = table.span[0] + one.index
      const line = { start: text.lastIndexOf('\n', at) + 1, end: at + one[0].length }
      found.push({ org, year: Number(year), size: Number(size), day, whole: extent === 'all', ...line })
    }
  }
  const [first, ...others] = found
  if (first === undefined || others.some((one) => givenOutMark(one) !== givenOutMark(first))) return null
  return first
}

/** A duty as it stood in a list that was given out. */
export interface Given extends Compared {
  readonly id: string
  readonly no: number
  readonly cites: readonly string[]
}

/** The parts that a row may change; what it is based on stands beside the parts of a duty. */
export const rowParts = [...dutyParts, 'cites'] as const
/** One part of a row. */
export type RowPart = (typeof rowParts)[number]

/** The column in which a part of a duty stands. */
export const columnOfPart: Readonly<Record<RowPart, ColumnField>> = {
  title: 'duty',
  leader: 'leader',
  lead: 'lead',
  support: 'support',
  watcher: 'watcher',
  deadline: 'term',
  cadence: 'cadence',
  measures: 'standard',
  milestones: 'milestones',
  kind: 'category',
  layer: 'layer',
  common: 'shared',
  cites: 'basis',
}

/** In which parts a duty differs from what it was. */
export function rowDiffers(before: Compared & { cites: readonly string[] }, now: typeof before): RowPart[] {
  const parts: DutyPart[] = differing(before, now)
  const cites = (one: typeof before) => JSON.stringify([...one.cites].sort())
  return cites(before) === cites(now) ? parts : [...parts, 'cites']
}

/** A row that came back: what it says, in which words, under which columns. */
export interface RowBack {
  readonly item: ListItem
  /** Values of the row that do not stand in it. */
  readonly inferred: Readonly<Record<string, unknown>>
  readonly words: ItemWords
  readonly fields: readonly ColumnField[]
}

/**
 * A row that came back as the duty that it was given out as: what a column says is as it says it, what has no column (or,
 * for kind and layer, no word) is as it was. Words that mean nothing here are added to `unresolved`.
 */
export function returnedAs(was: Given, { item, inferred, words, fields }: RowBack): ListItem & { layer: string } {
  const has = (part: RowPart) => fields.includes(columnOfPart[part])
  const said = (part: RowPart) => (words.get(columnOfPart[part]) ?? '').trim()
  const unread = [
    ...(has('layer') && item.layer === null && said('layer') !== '' ? [said('layer')] : []),
    ...(has('deadline') && said('deadline') !== '' && item.deadline === null && item.cadence === null
      ? [said('deadline')]
      : []),
  ]
  const keepsKind = !has('kind') || (inferred['kind'] !== undefined && said('kind') === '')
  const rhythm = has('cadence') || item.cadence !== null
  return {
    ...item,
    kind: keepsKind ? was.kind : item.kind,
    layer: has('layer') ? (item.layer ?? was.layer) : was.layer,
    leadUnitId: has('lead') ? item.leadUnitId : was.leadUnitId,
    supportUnitIds: has('support') ? item.supportUnitIds : [...was.supportIds],
    leaderPostId: has('leader') ? item.leaderPostId : was.leaderPostId,
    watcherPostId: has('watcher') ? item.watcherPostId : was.watcherPostId,
    deadline: has('deadline') ? item.deadline : was.deadline,
    cadence: rhythm ? item.cadence : was.cadence,
    measures: has('measures') || fields.includes('measures') ? item.measures : [...was.measures],
    milestones: has('milestones')
      ? item.milestones
      : was.milestones.map(({ title, dueOn }) => ({ title, dueOn: dueOn ?? null })),
    common: has('common') ? item.common : was.common,
    cites: has('cites') ? item.cites : [...was.cites],
    unresolved: [...new Set([...item.unresolved, ...unread])],
  }
}

/** An item of a list as it is compared with a duty. */
export function comparedItem(item: ListItem & { layer: string }): Compared & { cites: readonly string[] } {
  return { ...item, supportIds: item.supportUnitIds }
}

const alike = 0.55
// Below this a row with the number of a duty is another task under an old number.
const resembles = 0.2

/**
 * Which row is which duty of the list that was given out, by the place of the row: first the rows that say a duty word for
 * word, then by number and title, by likeness of titles, at last by the number where the words resemble. Whoever sorted the
 * rows or numbered them anew is followed. A duty stands for one row.
 */
export function matchRows(
  was: readonly Given[],
  rows: readonly (RowBack & { readonly no: number | null })[],
): Map<number, { readonly duty: Given; readonly same: boolean }> {
  const found = new Map<number, { duty: Given; same: boolean }>()
  const left = new Map(was.map((duty) => [duty.id, duty]))
  const byTitle = Map.groupBy(was, ({ title }) => title)
  const byNo = new Map(was.map((duty) => [duty.no, duty]))
  const same = (duty: Given, row: RowBack) => {
    const back = returnedAs(duty, row)
    return back.unresolved.length === 0 && rowDiffers(duty, comparedItem(back)).length === 0
  }
  const take = (choose: (row: (typeof rows)[number]) => Given | undefined) => {
    for (const [at, row] of rows.entries()) {
      if (found.has(at)) continue
      const duty = choose(row)
      if (duty === undefined || !left.delete(duty.id)) continue
      found.set(at, { duty, same: same(duty, row) })
    }
  }
  const titled = (row: RowBack) => (byTitle.get(row.item.title) ?? []).filter(({ id }) => left.has(id))
  const numbered = (row: (typeof rows)[number], least: number) => {
    const duty = row.no === null ? undefined : byNo.get(row.no)
    return duty !== undefined && left.has(duty.id) && likeness(duty.title, row.item.title) >= least ? duty : undefined
  }
  take((row) => titled(row).find((duty) => duty.no === row.no && same(duty, row)))
  take((row) => titled(row).find((duty) => same(duty, row)))
  take((row) => titled(row).find((duty) => duty.no === row.no))
  take((row) => titled(row)[0])
  take((row) => numbered(row, alike))
  const others = rows.flatMap(({ item }, at) => (found.has(at) ? [] : [{ ...item, id: String(at) }]))
  const matched = matchYears([...left.values()], others)
  for (const [at, { id }] of matched) {
    const duty = left.get(id)
    if (duty !== undefined && left.delete(id)) found.set(Number(at), { duty, same: false })
  }
  take((row) => numbered(row, resembles))
  return found
}
