import type { Block, Level } from './paper.ts'

/** A heading of an outline, as the reader of texts finds it; offsets are UTF-16 units of the text. */
export interface Node {
  readonly level: number
  readonly start: number
  readonly end: number
}

/**
 * A text as blocks of a paper: a line is a paragraph, and a heading where the outline has one that is no more than its
 * line; where a heading runs on into its text, the line is text. Markers stay as they are written.
 */
export function blocksOf(text: string, outline: readonly Node[]): Block[] {
  const blocks: Block[] = []
  let start = 0
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line !== '') blocks.push(blockOf(line, start + raw.indexOf(line[0]!), outline))
    start += raw.length + 1
  }
  return blocks
}

function blockOf(line: string, start: number, outline: readonly Node[]): Block {
  const runs = [{ text: line }]
  const found = outline.find((node) => Math.abs(node.start - start) <= 2 && line.length <= node.end - node.start + 1)
  return found === undefined ? { as: 'text', runs } : { as: 'heading', level: Math.min(found.level, 4) as Level, runs }
}
