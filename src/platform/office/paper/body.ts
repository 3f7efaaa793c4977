import type { Block, Paper, Table } from '../../../core/papers/paper.ts'
import { inChinese } from '../numbering.ts'
import { charactersOf } from './closing.ts'
import { faces } from './faces.ts'
import { CHARACTER } from './page.ts'
import { paragraph, run, runs } from './paragraph.ts'
import { table } from './table.ts'

/** The marker of a heading by its level and count: 一、（一）1.（1）. */
export function marker(level: 1 | 2 | 3 | 4, count: number): string {
  if (level === 1) return `${inChinese(count)}、`
  if (level === 2) return `（${inChinese(count)}）`
  return level === 3 ? `${count}. ` : `（${count}）`
}

/** Markers of the headings of a text in their order: a heading begins the count of all levels below it. */
function counting(): (level: 1 | 2 | 3 | 4) => string {
  const counts = [0, 0, 0, 0]
  return (level) => {
    counts[level - 1]!++
    counts.fill(0, level)
    return marker(level, counts[level - 1]!)
  }
}

/**
 * The blocks of a paper or an attachment, already XML. `keepLast` keeps the end of the last one on the page of what
 * follows: signature and date never stand alone.
 */
export function bodyOf(blocks: readonly Block[], width: number, keepLast: boolean): string[] {
  const next = counting()
  return blocks.map((block, index) => {
    const keepNext = keepLast && index === blocks.length - 1
    if (block.as === 'table') return afterTable(table(block, width, keepNext), keepNext)
    return paragraphOf(block, next, keepNext)
  })
}

// Two tables that touch would become one; a low paragraph parts them.
const afterTable = (xml: string, keepNext: boolean): string =>
  xml + paragraph({ style: 'TableText', line: 120, keepNext })

function paragraphOf(block: Exclude<Block, Table>, next: (level: 1 | 2 | 3 | 4) => string, keepNext: boolean): string {
  const keep = keepNext ? { keepNext, together: true } : {}
  switch (block.as) {
    case 'gap':
      return paragraph({ style: 'BodyText', ...keep })
    case 'heading': {
      const said = block.numbered ? [{ text: next(block.level) }, ...block.runs] : block.runs
      return paragraph({ style: `Heading${block.level}`, align: 'both', ...keep }, ...runs(said))
    }
    case 'line': {
      const align = { left: 'left', centre: 'center', right: 'right' } as const
      const look = { face: faces.subheading }
      return paragraph({ style: 'Normal', align: align[block.align], ...keep }, ...runs(block.runs, look))
    }
    case 'named': {
      const label = `${block.label}：`
      const hanging = Math.round(charactersOf(label) * CHARACTER)
      const place = { style: 'Normal', left: 2 * CHARACTER + hanging, hanging, ...keep }
      const shaded = block.mark === 'masked' ? { shaded: true } : {}
      return paragraph(place, run(label, { face: faces.heading }), run(block.text, shaded))
    }
    default:
      return paragraph({ style: 'BodyText', ...keep }, ...runs(block.runs))
  }
}

/** Characters of the title that a line holds. */
const TITLE_MAX = 20

/**
 * The lines of a title: as somebody broke it, else lines of about one length that end between words. Words are those of
 * the dictionary of the runtime.
 */
export function titleLines(title: string): string[] {
  const broken = title.split(/\r?\n/).filter((line) => line !== '')
  const [only, ...more] = broken
  if (only === undefined || more.length > 0 || charactersOf(only) <= TITLE_MAX) return broken
  const words = wordsOf(only)
  const lines: string[] = []
  const count = Math.ceil(charactersOf(only) / TITLE_MAX)
  let left = charactersOf(only)
  let line = ''
  for (const word of words) {
    const wanted = left / (count - lines.length)
    const over = charactersOf(line + word) - wanted
    if (line !== '' && lines.length < count - 1 && over > charactersOf(word) / 2) {
      lines.push(line)
      left -= charactersOf(line)
      line = ''
    }
    line += word
  }
  return [...lines, line]
}

/** Words by the dictionary of the runtime; a number keeps what it counts, a mark stays with the word before it. */
function wordsOf(title: string): string[] {
  const words: string[] = []
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)) {
    const before = words.at(-1)
    const joined = before !== undefined && (/[\d《（“]$/.test(before) || /^[》）”、，。；：]/.test(segment))
    if (joined) words[words.length - 1] = before + segment
    else words.push(segment)
  }
  return words
}

/** Title, lines under it, addressee. The title stands apart from the text by a line. */
export function openingOf(paper: Paper): string[] {
  const title = titleLines(paper.title ?? '').map((line) => paragraph({ style: 'Title' }, run(line)))
  const under = (paper.under ?? []).map((line) => paragraph({ style: 'Subtitle', keepNext: true }, run(line)))
  const gap = title.length > 0 ? [paragraph({ style: 'Normal', keepNext: true })] : []
  const to = paper.addressee === undefined ? [] : [paragraph({ style: 'Normal' }, run(`${paper.addressee}：`))]
  return [...title, ...under, ...gap, ...to]
}
