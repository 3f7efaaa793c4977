import type { Block, Head, Level, Run, Signature } from '../../core/papers/paper.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { FileAnswer } from '../../platform/action/action.ts'
import type { Words } from '../../platform/i18n/words.ts'
import { paperFile } from '../../platform/office/paper/paper-file.ts'

/** A report ready for paper: the filled pieces, and the outline of the source for its headings. */
export interface Paper {
  readonly title: string
  readonly text: string
  readonly source: string
  readonly pieces: readonly { text: string; as: 'kept' | 'filled' | 'masked'; start: number }[]
  readonly outline: Reading['outline']
  /** Stands in the header of every page, or null. */
  readonly stamp: string | null
  readonly head?: Head
  readonly signature?: Signature
}

interface Line {
  start: number
  runs: Run[]
}

/** The report as a document: one paragraph per line of the text, headings by the outline, masked places shaded. */
export function reportDocx(words: Words, paper: Paper, name: string): FileAnswer {
  const lines = linesOf(paper)
  const blocks = lines.filter((line) => line.runs.length > 0).map((line) => blockOf(line, paper))
  const { title, stamp, head, signature } = paper
  const around = { ...(stamp && { stamp }), ...(head && { head }), ...(signature && { signature }) }
  return paperFile(words, { title, blocks: withoutTitle(blocks, title), pageNumbers: true, ...around }, name)
}

/** The title stands once: a text that begins with it goes on behind it. */
function withoutTitle(blocks: readonly Block[], title: string): readonly Block[] {
  const [first] = blocks
  const words = first !== undefined && 'runs' in first ? first.runs.map((run) => run.text).join('') : ''
  return words.trim() === title ? blocks.slice(1) : blocks
}

function linesOf(paper: Paper): Line[] {
  const lines: Line[] = [{ start: 0, runs: [] }]
  for (const piece of paper.pieces) {
    let at = piece.start
    for (const [index, part] of piece.text.split(/\r?\n/).entries()) {
      if (index > 0) lines.push({ start: at, runs: [] })
      if (part !== '') lines.at(-1)!.runs.push(piece.as === 'kept' ? { text: part } : { text: part, mark: piece.as })
      at += part.length + 1
    }
  }
  return lines
}

function blockOf(line: Line, paper: Paper): Block {
  const text = line.runs.map((run) => run.text).join('')
  const heading = paper.outline.find((node) => {
    const near = node.start >= line.start - 2 && node.start <= line.start + 2
    return near && text.trim().length <= node.end - node.start + 1
  })
  if (heading === undefined) return { as: 'text', runs: line.runs }
  return { as: 'heading', level: Math.min(heading.level, 4) as Level, runs: line.runs }
}
