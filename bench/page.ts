import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FiguresBench, FigureTime } from './figures.ts'
import type { JournalBench } from './journal.ts'
import type { Sizes } from './load-data.ts'
import type { ReadingBench } from './reading.ts'
import { cost, type Pair } from './rounds.ts'
import type { StartBench } from './start.ts'

/** Memory after the load, in bytes. */
export interface Memory {
  readonly node: number
  readonly database: number
  readonly idleNode: number
}

/** Everything that one run measured; a part that was left out or skipped is null. */
export interface Measured {
  readonly on: string
  readonly machine: string
  readonly sizes: Sizes
  readonly loadSeconds: number | null
  readonly pairs: readonly Pair[]
  readonly memory: Memory | null
  readonly figures: FiguresBench | null
  readonly journal: JournalBench | null
  readonly reading: ReadingBench | null
  readonly start: StartBench | null
}

const file = join(import.meta.dirname, '../docs/performance.md')
const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const tenth = (value: number) => value.toFixed(1)
const megabytes = (bytes: number) => `${whole(bytes / 2 ** 20)} MB`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** 10,000,000 as `10M`: how the size of a run is named on the command line and in the markers. */
export function shortNumber(value: number): string {
  if (value % 1_000_000 === 0) return `${value / 1_000_000}M`
  return value % 1000 === 0 ? `${value / 1000}k` : String(value)
}

function pairsTable(pairs: readonly Pair[]): string {
  const rows = pairs.map(({ of, product, floor }) => [
    of.name,
    String(product.clients),
    whole(product.perSecond) +
      (product.answer.failed > 0 ? `, ${product.answer.failed} of ${product.answer.requests} refused` : ''),
    `${tenth(product.answer.medianMs)} (${tenth(product.answer.p95Ms)})`,
    `${whole(product.nodeMicros)} + ${whole(product.databaseMicros)}`,
    whole(floor.perSecond),
    `${whole(floor.nodeMicros)} + ${whole(floor.databaseMicros)}`,
    `**${(cost(product) / cost(floor)).toFixed(2)}**`,
    `≤ ${of.aim}`,
  ])
  const head = [
    'case',
    'clients',
    'per s',
    'median ms (p95)',
    'CPU µs, Node + DB',
    'floor per s',
    'floor CPU µs',
    'ratio of CPU',
    'aim',
  ]
  const cases = [...new Map(pairs.map(({ of }) => [of.name, `- **${of.name}**: ${of.what}`])).values()]
  return `${table(head, rows)}\n\n${cases.join('\n')}`
}

function figureRows(times: readonly FigureTime[]): string[][] {
  return times.map(({ metric, params, value, records, ms }) => [
    [metric, ...Object.entries(params).map(([name, text]) => `${name} ${text}`)].join(', '),
    value === null ? '' : whole(value),
    records === 0 ? '' : whole(records),
    tenth(ms),
  ])
}

function figuresText({ slots, slotsMs, subtree, subtreeMs }: FiguresBench): string {
  const head = ['figure', 'value', 'records named', 'ms']
  const first =
    slots === null
      ? 'The text that the slots are taken from is not at hand; this part was skipped.'
      : `${table(head, figureRows(slots))}\n\nThe ${slots.length} slots of the text together: **${tenth(slotsMs!)} ms** (aim ≤ 300), one after the other, each with the journal indexes of all records behind it.`
  return `${first}\n\nThe year of one subordinate unit with all below it, values only: ${subtree.length} figures in **${tenth(subtreeMs)} ms**.\n\n${table(head, figureRows(subtree))}`
}

function smallParts(measured: Measured): string[] {
  const { memory, journal, reading, start } = measured
  const rows: string[][] = []
  const add = (what: string, value: string, aim = '') => rows.push([what, value, aim])
  if (memory) {
    add('memory of the server (RSS) after the load', megabytes(memory.node))
    add('memory of the database (PSS of all its processes) after the load', megabytes(memory.database))
    add('both together', `**${megabytes(memory.node + memory.database)}**`, '≤ 400 MB')
    add('memory of the server before the load', megabytes(memory.idleNode))
  }
  if (start) {
    add('first start, demonstration bureau entered', `${tenth(start.firstSeconds)} s`, '≤ 30 s')
    add('second start', `${tenth(start.secondSeconds)} s`, '≤ 3 s')
  }
  if (reading) {
    add('reading 10,000 characters', `${tenth(reading.msPer10kChars)} ms`, '≤ 25 ms')
    add('the same, the first that a process reads', `${tenth(reading.firstMsPer10kChars)} ms`, '')
  }
  if (journal) {
    for (const { clients, perSecond } of journal.small)
      add(`appends of one small record, ${clients} at once, whole pipeline`, `${whole(perSecond)} per s`)
    add('entries per s, 300 in one act', whole(journal.batchedEntries))
    add('activities with 12 attendance rows, 10 at once, without HTTP', `${whole(journal.activities)} per s`)
    add(`building the tree over ${whole(journal.entries)} entries`, `${whole(journal.tree)} entries per s`)
    add('fsck of the same bureau', `${whole(journal.fsck)} entries per s`)
  }
  return rows.length === 0 ? [] : [table(['what', 'measured', 'aim'], rows)]
}

/** What one run measured, as Markdown. */
export function sectionOf(measured: Measured): string {
  const { sizes, pairs, figures } = measured
  const parts = [
    `### ${whole(sizes.attendance)} rows of attendance`,
    `${measured.on}. ${measured.machine}. ${whole(sizes.duties)} duties, ${whole(sizes.activities)} activities, ${whole(sizes.units)} units, ${whole(sizes.people)} people in one bureau${measured.loadSeconds === null ? '' : `; made in ${whole(measured.loadSeconds)} s`}.`,
    ...(pairs.length > 0 ? [pairsTable(pairs)] : []),
    ...(figures ? [figuresText(figures)] : []),
    ...smallParts(measured),
  ]
  return parts.join('\n\n')
}

/** Puts a run's section between its markers in docs/performance.md. */
export function writePage(measured: Measured): void {
  const size = shortNumber(measured.sizes.attendance)
  const text = readFileSync(file, 'utf8')
  const between = new RegExp(`(<!-- measured ${size} -->\\n)[^]*?(<!-- end ${size} -->)`)
  if (!between.test(text)) throw new Error(`docs/performance.md has no place for a run with ${size} rows of attendance`)
  writeFileSync(
    file,
    text.replace(between, (_, from: string, to: string) => `${from}${sectionOf(measured)}\n${to}`),
  )
}
