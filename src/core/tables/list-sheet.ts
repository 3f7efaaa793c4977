import type { ColumnField } from './header.ts'
import { type ListItem, undatedStep } from './item.ts'
import { joinedUnits, type Roll } from './names.ts'

/** A duty as a row of the printed list; what stands in no column of its own follows from the rest. */
export type SheetItem = Omit<ListItem, 'subject' | 'deadlineText' | 'unresolved'> & {
  readonly no: number
  /** How it stands, in words. */
  readonly progress: string
}

/** A column of the printed list: what it says and how wide it is, in characters. */
export interface SheetColumn {
  readonly field: ColumnField
  readonly width: number
}

/** The columns of a responsibility list, in the order in which offices print them. */
export const listColumns: readonly SheetColumn[] = [
  { field: 'seq', width: 5 },
  { field: 'layer', width: 8 },
  { field: 'category', width: 9 },
  { field: 'duty', width: 30 },
  { field: 'standard', width: 20 },
  { field: 'leader', width: 12 },
  { field: 'lead', width: 11 },
  { field: 'support', width: 12 },
  { field: 'watcher', width: 10 },
  { field: 'term', width: 11 },
  { field: 'cadence', width: 8 },
  { field: 'milestones', width: 14 },
  { field: 'shared', width: 5 },
  { field: 'basis', width: 12 },
  { field: 'progress', width: 8 },
]

/** The words that the cells need. */
export interface SheetWords {
  kind(id: string): string
  layer(id: string): string
  /** Everybody's part, and one's own. */
  readonly common: string
  readonly own: string
}

/** The cells of a row; reading them again gives the same values (core/tables/item). */
export function listCells(item: SheetItem, roll: Roll, words: SheetWords): (string | number | null)[] {
  const post = (id: string | null) => (id === null ? null : (roll.posts.get(id) ?? null))
  const lines = (all: readonly string[]) => (all.length === 0 ? null : all.join('\n'))
  const cells: Record<string, string | number | null> = {
    seq: item.no,
    layer: item.layer === null ? null : words.layer(item.layer),
    category: words.kind(item.kind),
    duty: item.title,
    standard: lines(item.measures),
    leader: post(item.leaderPostId),
    lead: item.leadUnitId === null ? null : (roll.units.get(item.leadUnitId) ?? null),
    support: item.supportUnitIds.length === 0 ? null : joinedUnits(item.supportUnitIds, roll),
    watcher: post(item.watcherPostId),
    term: item.deadline,
    cadence: item.cadence,
    milestones: lines(item.milestones.map(stepLine)),
    shared: item.common ? words.common : words.own,
    basis: lines(item.cites.map((title) => `《${title}》`)),
    progress: item.progress === '' ? null : item.progress,
  }
  return listColumns.map(({ field }) => cells[field] ?? null)
}

function stepLine({ title, dueOn }: ListItem['milestones'][number]): string {
  if (dueOn !== null) return `${dueOn} ${title}`
  return /^\d{4}-\d{2}-\d{2} /.test(title) || title.startsWith(undatedStep) ? `${undatedStep}${title}` : title
}
