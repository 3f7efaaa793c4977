import { isTerm } from '../drafts/owners.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import { type ColumnField, fieldOfLabel, headerAt, headingHits } from './header.ts'
import { type Line, namedIn, type PastedTask } from './naming.ts'

/** A text in which the other cells of such lists are blank, so that no offset moves, with its tasks. */
export type Pasted = { readonly text: string; readonly tasks: readonly PastedTask[] }

type Cell = { readonly start: number; readonly end: number; readonly words: string }
/** How the cells of a line are told apart. */
type Cut = (line: Line) => Cell[]

const [cellsMin, hitsMin, headingMost] = [3, 3, 12]
const taskFields: ReadonlySet<ColumnField> = new Set(['duty', 'problem', 'measures', 'standard', 'category'])

/**
 * Takes apart the tables of a folded text that lost their lines when they were pasted (cells between bars, tabs or blanks, or each in a line
 * of its own), and the lists that name who has a task before it in brackets or behind it after a dash. `original` gives back what a blank was.
 */
export function pastedIn(
  text: string,
  original: (index: number) => string,
  lexicon: Pick<Lexicon, 'columns'>,
  vocabulary: Vocabulary,
): Pasted {
  const lines = linesOf(text)
  const tasks: PastedTask[] = []
  const gone: [number, number][] = []
  for (let at = 0; at < lines.length; at++) {
    const table = tableAt(text, original, lines, at, lexicon, vocabulary)
    if (table === null) continue
    const rows = table.rows.map((cells) => taskOf(cells, table.fields, vocabulary))
    const found = rows.flatMap((row) => row ?? [])
    if (found.length === 0) continue
    const [first, last] = [lines[at]!.start, lines[table.end - 1]!.end]
    let from = first
    for (const { spans, said } of found)
      for (const { cell, field } of spans) {
        gone.push([from, cell.start])
        from = cell.end
        tasks.push({
          start: cell.start,
          end: cell.end,
          ...(field === 'problem' ? { said: '', problem: true } : { said }),
        })
      }
    gone.push([from, last])
    at = table.end - 1
  }
  for (const { task, said, from, to } of /(?:事项|任务|工作)：/u.test(text) ? cardsIn(text, lines, lexicon) : []) {
    if (gone.some(([start, end]) => start < to && from < end)) continue
    gone.push([from, task.start], [task.end, to])
    tasks.push({ start: task.start, end: task.end, said })
  }
  const named = namedIn(text, lines, gone, vocabulary)
  const all = [...gone, ...named.gone].sort((a, b) => a[0] - b[0])
  return { text: blanked(text, all, named.colons), tasks: [...tasks, ...named.tasks].sort((a, b) => a.start - b.start) }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    if (text.slice(start, end).trim() !== '') lines.push({ start, end })
    start = end + 1
  }
  return lines
}

/** The text with line ends and blanks in place of what is gone, and a colon for each dash behind a name. */
function blanked(text: string, gone: readonly (readonly [number, number])[], colons: readonly number[]): string {
  if (gone.length === 0 && colons.length === 0) return text
  const units = text.split('')
  for (const [from, to] of gone) {
    if (to === from) continue
    for (let at = from; at < to; at++) if (units[at] !== '\n') units[at] = ' '
    units[to - 1] = '\n'
    // What stands in a cell of its own is a sentence.
    if (from > 0 && !/[\s。；：]/u.test(text.charAt(from - 1))) units[from] = '。'
  }
  for (const at of colons) [units[at], units[at + 1]] = ['：', ' ']
  return units.join('')
}

type Table = {
  readonly rows: readonly (readonly Cell[])[]
  readonly fields: readonly (ColumnField | null)[]
  readonly end: number
}

/** The table whose heading stands in a line, or in lines of a cell each, with the number of the line behind it. */
function tableAt(
  text: string,
  original: (index: number) => string,
  lines: readonly Line[],
  at: number,
  lexicon: Pick<Lexicon, 'columns'>,
  vocabulary: Vocabulary,
): Table | null {
  const line = lines[at]!
  const width = line.end - line.start
  if (width > headingMost && !(width < headLineMost && separators.in(text, line.start, line.end))) return null
  if (!heading.test(text.slice(line.start, line.end))) return null
  for (const cut of cutsOf(text, original)) {
    const cells = cut(line)
    const fields = cells.length < cellsMin ? null : fieldsOf(cells, lexicon)
    if (fields === null) continue
    const rows: Cell[][] = []
    let end = at + 1
    for (; end < lines.length; end++) {
      const row = cut(lines[end]!)
      if (row.every(({ words }) => /^[-—:： ]*$/.test(words))) continue
      if (row.length < 2 || row.length > fields.length) break
      rows.push(row)
    }
    return rows.length === 0 ? null : { rows, fields, end }
  }
  return stackedAt(text, lines, at, lexicon, vocabulary)
}

const separators = new Chars('|｜ ')
/** A line that is longer is no row of headings. */
const headLineMost = 160

/** What a line holds that may be the heading of a table of tasks. */
const heading = /序号|编号|责任|牵头|主办|主责|承办|单位|部门|科室|处室|股室|任务|事项|内容|措施/u

function cutsOf(text: string, original: (index: number) => string): Cut[] {
  const by =
    (isCut: (index: number) => boolean): Cut =>
    (line) =>
      cellsOf(text, line, isCut)
  return [
    (line) => {
      const cells = by((index) => text.charAt(index) === '|' || text.charAt(index) === '｜')(line)
      // A bar at either end frames the row.
      if (cells.length > 1 && cells[0]!.words === '') cells.shift()
      if (cells.length > 1 && cells.at(-1)!.words === '') cells.pop()
      return cells
    },
    by((index) => original(index) === '\t'),
    (line) => by((index) => text.charAt(index) === ' ')(line).filter(({ words }) => words !== ''),
  ]
}

function cellsOf(text: string, line: Line, isCut: (index: number) => boolean): Cell[] {
  const cells: Cell[] = []
  let start = line.start
  for (let at = line.start; at <= line.end; at++) {
    if (at < line.end && !isCut(at)) continue
    cells.push(cellAt(text, start, at))
    start = at + 1
  }
  return cells
}

function cellAt(text: string, start: number, end: number): Cell {
  let [from, to] = [start, end]
  while (from < to && text.charAt(from) === ' ') from++
  while (to > from && text.charAt(to - 1) === ' ') to--
  return { start: from, end: to, words: text.slice(from, to) }
}

/** What the columns under some headings say, or null where too few are known or none of them holds tasks or owners. */
function fieldsOf(cells: readonly Cell[], lexicon: Pick<Lexicon, 'columns'>): (ColumnField | null)[] | null {
  const words = cells.map((cell) => cell.words)
  if (words.some((word) => word.length > headingMost)) return null
  if (headingHits(words, lexicon).hits < hitsMin) return null
  const { columns } = headerAt({ name: '', rows: [words], merges: [], hiddenRows: [] }, 0, 1, lexicon)
  const fields = columns.map(({ field }) => field)
  // Of the columns the one whose heading nobody knows is what is to be done.
  const unknown = fields.filter((field) => field === null).length
  if (unknown === 1 && !fields.some((field) => field !== null && taskFields.has(field)))
    fields[fields.indexOf(null)] = 'duty'
  return fields.some((field) => field !== null && taskFields.has(field)) && fields.some(isOwning) ? fields : null
}

function isOwning(field: ColumnField | null): boolean {
  return field === 'lead' || field === 'support' || field === 'term' || field === 'person'
}

/** A table of which every cell stands in a line of its own: its headings, then rows that begin with the next number or are as long as these. */
function stackedAt(
  text: string,
  lines: readonly Line[],
  at: number,
  lexicon: Pick<Lexicon, 'columns'>,
  vocabulary: Vocabulary,
): Table | null {
  const cellOf = (index: number) => cellAt(text, lines[index]!.start, lines[index]!.end)
  // The headings begin with the first of them.
  if (at > 0 && fieldOfLabel(cellOf(at - 1).words, lexicon) !== null) return null
  const numbered = /^(?:序号|编号|序)$/.test(cellOf(at).words)
  let end = at
  const ends = numbered ? /^[0-9一]{1,2}[.、．]?$/ : /[，。；：、]|.{9}/u
  while (end < lines.length && !ends.test(cellOf(end).words) && end - at < headingMost) end++
  for (let stop = end; stop - at >= cellsMin; stop--) {
    const heads = Array.from({ length: stop - at }, (_, index) => cellOf(at + index))
    const fields = fieldsOf(heads, lexicon)
    if (fields === null || fields.includes(null)) continue
    const rows = numbered
      ? byNumber(cellOf, stop, lines.length, fields.length)
      : byLength(cellOf, stop, lines.length, fields, vocabulary)
    return rows.length === 0 ? null : { rows, fields, end: stop + rows.flat().length }
  }
  return null
}

/** Rows that each begin with the next number. */
function byNumber(cellOf: (index: number) => Cell, from: number, to: number, most: number): Cell[][] {
  const rows: Cell[][] = []
  for (let at = from; at < to; at++) {
    const [cell, row] = [cellOf(at), rows.at(-1)]
    if (row?.length !== 1 && new RegExp(`^${rows.length + 1}[.、．]?$`).test(cell.words)) rows.push([cell])
    else if (row === undefined || row.length === most) break
    else row.push(cell)
  }
  return rows.filter((row) => row.length > 1)
}

/** Rows of one length, most of which have a term where the heading says so. */
function byLength(
  cellOf: (index: number) => Cell,
  from: number,
  to: number,
  fields: readonly (ColumnField | null)[],
  vocabulary: Vocabulary,
): Cell[][] {
  const rows: Cell[][] = []
  const [term, length] = [fields.indexOf('term'), fields.length]
  if (term < 0) return rows
  for (let at = from; at + length <= to; at += length) {
    if (!isTerm(cellOf(at + term).words, vocabulary)) break
    rows.push(Array.from({ length }, (_, index) => cellOf(at + index)))
  }
  return rows.length < 2 ? [] : rows
}

/** The task of a row and what its other cells say of it, or null where the row has none. */
function taskOf(
  row: readonly Cell[],
  fields: readonly (ColumnField | null)[],
  vocabulary: Vocabulary,
): { spans: { cell: Cell; field: ColumnField | null }[]; said: string } | null {
  const placed =
    row.length === fields.length
      ? row.map((cell, at) => ({ cell, field: fields[at]! }))
      : fitted(row, fields, vocabulary)
  const spans = placed.filter(
    ({ cell, field }) => (field === 'duty' || field === 'problem' || field === 'measures') && cell.words.length > 3,
  )
  if (spans.length === 0) return null
  return { spans, said: saidBy(placed) }
}

/** What cells say of a task, as a bracket would: （责任单位：…；完成时限：…）; nothing where they say nothing. */
function saidBy(placed: readonly { readonly cell: Cell; readonly field: ColumnField | 'unit' | null }[]): string {
  const values = (wanted: ColumnField | 'unit') =>
    placed.flatMap(({ cell, field }) => (field === wanted && /[一-鿿0-9]/u.test(cell.words) ? [cell.words] : []))
  const unit = values('unit').map((words) => `${values('lead').length === 0 ? '责任' : '配合'}单位：${words}`)
  const parts = [
    ...unit,
    ...values('lead').map((words) => `责任单位：${words.replaceAll('，', '；')}`),
    ...(values('lead').length + unit.length === 0 ? values('person').map((words) => `责任人：${words}`) : []),
    ...values('support').map((words) => `配合单位：${words}`),
    ...values('term').map((words) => `完成时限：${words}`),
  ]
  return parts.length === 0 ? '' : `（${parts.join('；')}）`
}

/** A line that is longer holds no labels alone. */
const lineMost = 400
const labelled = /(?:^| +)([^ ：，。；]{2,8})：([^：]*?)(?= +[^ ：，。；]{2,8}：|$)/gu

/** Tasks of which each has lines with labels of its own: 事项：… below it 主责：…　时限：… */
function cardsIn(text: string, lines: readonly Line[], lexicon: Pick<Lexicon, 'columns'>) {
  const found: { task: Cell; said: string; from: number; to: number }[] = []
  let card: { cell: Cell; field: ColumnField | 'unit' | null }[] = []
  let last = -1
  const close = () => {
    const task = card.filter(({ field }) => field === 'duty')
    const owned = card.some(({ field }) => field === 'unit' || (field !== null && isOwning(field)))
    const other = card.some(({ field }) => field === 'problem' || field === 'measures' || field === 'progress')
    if (task.length === 1 && owned && !other) {
      const [from, to] = [card[0]!.cell.start, card.at(-1)!.cell.end]
      found.push({ task: task[0]!.cell, said: saidBy(card), from: text.lastIndexOf('\n', from) + 1, to })
    }
    card = []
  }
  for (const line of lines) {
    const cells = labelsOf(text, line, lexicon)
    const again = cells.some(({ field }) => card.some((one) => one.field === field))
    if (cells.length === 0 || again || line.start > last + 1) close()
    card.push(...cells)
    last = line.end
  }
  close()
  return found.length < 2 ? [] : found
}

/** The values of a line that is made of known labels and nothing else. */
function labelsOf(text: string, line: Line, lexicon: Pick<Lexicon, 'columns'>) {
  const words = text.slice(line.start, Math.min(line.end, line.start + lineMost)).trimEnd()
  if (!words.includes('：') || line.end - line.start > lineMost) return []
  const cells = [...words.matchAll(labelled)].map((match) => {
    const start = line.start + match.index + match[0].length - match[2]!.length
    return { cell: cellAt(text, start, start + match[2]!.length), field: fieldOfLabel(match[1]!, lexicon) }
  })
  const covered = [...words.matchAll(labelled)].reduce((sum, match) => sum + match[0].length, 0)
  return covered === words.length && cells.every(({ field }) => field !== null) ? cells : []
}

/** The cells of a row with empty ones lost: the first words are the task, days are the term, names lead and then support. */
function fitted(row: readonly Cell[], fields: readonly (ColumnField | null)[], vocabulary: Vocabulary) {
  const left = fields.filter((field) => field !== null && isOwning(field) && field !== 'term')
  let told = false
  return row.map((cell) => {
    if (/^[0-9一二三四五六七八九十]{1,3}[.、．]?$/u.test(cell.words)) return { cell, field: 'seq' as const }
    if (!told) {
      told = true
      return { cell, field: fields.find((field) => field !== null && taskFields.has(field)) ?? null }
    }
    if (isTerm(cell.words, vocabulary)) return { cell, field: 'term' as const }
    return { cell, field: left.shift() ?? null }
  })
}
