import { type Block, dayWords, type Head, type Level, type Paper, type Say } from './paper.ts'

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

/** Kinds of paper that are a text of a person's own, laid out. */
export const textKinds = ['speech', 'points', 'summary', 'minutes', 'notice', 'letter'] as const
export type TextKind = (typeof textKinds)[number]

/** What somebody says of a text beside its words; what is absent is taken from the text or left out. */
export interface Given {
  readonly head?: Head
  /** The number of minutes, as it is printed. */
  readonly number?: string
  readonly title?: string
  /** Lines under the title, as the day and the name of who speaks. */
  readonly under?: readonly string[]
  readonly addressee?: string
  readonly by?: string
  /** A civil day. */
  readonly on?: string
  readonly sealed?: boolean
  readonly copiesTo?: string
  readonly printedBy?: string
  readonly attachments?: readonly { readonly title: string; readonly blocks: readonly Block[] }[]
}

/** How many first lines of a text may be its title, lines under it and addressee. */
const OPENING_LINES = 4

/**
 * A text as a paper of a kind. Unless somebody says them, the first line is the title, short lines in brackets after it
 * stand under it, and a line that ends with a colon before the text is the addressee; a speech keeps its greeting as text.
 */
export function textPaper(
  say: Say,
  kind: TextKind,
  source: { text: string; outline: readonly Node[] },
  given: Given,
): Paper {
  const blocks = blocksOf(source.text, source.outline)
  const opening = openingOf(blocks, kind, given)
  const { by, on, sealed = false } = given
  const title = given.title ?? opening.title ?? ''
  const closing = {
    ...(given.head === undefined ? {} : { head: given.head }),
    ...(kind !== 'minutes' && by !== undefined && on !== undefined ? { signature: { by, on, sealed } } : {}),
    ...(given.printedBy === undefined || on === undefined
      ? {}
      : { imprint: { copiesTo: given.copiesTo ?? null, by: given.printedBy, on } }),
    ...(given.attachments === undefined ? {} : { attachments: given.attachments }),
  }
  const body = { blocks: blocks.slice(opening.lines), pageNumbers: true, ...closing }
  if (kind === 'minutes') {
    const masthead = {
      name: title,
      left: by ?? '',
      right: on === undefined ? '' : dayWords(say, on),
      ...(given.number === undefined ? {} : { number: given.number }),
    }
    return { title: null, masthead, ...body }
  }
  const addressee = given.addressee ?? opening.addressee
  return { title, under: given.under ?? opening.under, ...(addressee === undefined ? {} : { addressee }), ...body }
}

/** What stands at the head of a text: how many lines of it, and what they are. */
interface Opening {
  readonly lines: number
  readonly title?: string
  readonly under: readonly string[]
  readonly addressee?: string
}

function openingOf(blocks: readonly Block[], kind: TextKind, given: Given): Opening {
  const lineAt = (index: number): string | null => {
    const block = blocks[index]
    return block?.as === 'text' && index < OPENING_LINES ? block.runs[0]!.text : null
  }
  const first = lineAt(0)
  if (given.title !== undefined && first !== given.title) return { lines: 0, under: [] }
  if (first === null) return { lines: 0, under: [] }
  const under: string[] = []
  let at = 1
  for (let line = lineAt(at); line !== null && /^（[^）]{1,30}）$/.test(line); line = lineAt(at)) {
    under.push(line)
    at++
  }
  const next = lineAt(at)
  const greets = kind === 'speech' || next === null || next.length > 60 || !/[：:]$/.test(next)
  if (greets) return { lines: at, title: first, under }
  return { lines: at + 1, title: first, under, addressee: next.slice(0, -1) }
}
