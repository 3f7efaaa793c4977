import { isTerm, ownersIn } from '../drafts/owners.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'

/** A task of a list that was pasted into a text: where its words stand, and whose it is and until when, as a bracket would say it. */
export type PastedTask = {
  readonly start: number
  readonly end: number
  readonly said: string
  /** It stands in a column of shortcomings. */
  readonly problem?: true
}

/** A line of a text that is not empty. */
export type Line = { readonly start: number; readonly end: number }

/** Whether a line, asked for in the order of the text, touches nothing that is gone. */
function apartFrom(gone: readonly (readonly [number, number])[]): (line: Line) => boolean {
  const spans = [...gone].sort((a, b) => a[0] - b[0])
  let next = 0
  return ({ start, end }) => {
    while (next < spans.length && spans[next]![1] <= start) next++
    return next === spans.length || spans[next]![0] >= end
  }
}

const before =
  /^(?:[0-9一二三四五六七八九十]{1,3}[.、．] *|（[0-9一二三四五六七八九十]{1,3}） *|[①-⑳] *)?(?:【([^【】]{2,30})】|〔([^〔〕]{2,30})〕)(?=[^ 【〔\n：])/u
const dashed = /^(?:[0-9一二三四五六七八九十]{1,3}[.、．] *)?([^，。；：—]{2,20})——(?=[^—\n]{4,})/u
const behind = /——([^—。；：]{2,50})(?=[。；]?$)/u
const term = /[〔（【［]([^〔〕（）【】［］]{2,20})[〕）】］][。；]? *$/u
const habit = 2

/** Lists that name who has a task before it (【办公室】…, 办公室——…) or behind it (…——办公室，10月底；): what several lines do. */
export function namedIn(
  text: string,
  lines: readonly Line[],
  gone: readonly (readonly [number, number])[],
  vocabulary: Vocabulary,
) {
  const found = { tasks: [] as PastedTask[], gone: [] as [number, number][], colons: [] as number[] }
  if (!/——|【|〔/u.test(text)) return found
  const owners = (words: string) => {
    const read = ownersIn(`（${words}）`, vocabulary)
    return read !== null && read.leadUnit !== null
  }
  const free = lines.filter(apartFrom(gone))
  const heads: { start: number; end: number; words: string; line: Line }[] = []
  const tails: typeof heads = []
  const dashes: number[] = []
  for (const line of free) {
    const words = text.slice(line.start, line.end)
    const head = before.exec(words)
    const named = head?.[1] ?? head?.[2]
    if (head && named !== undefined && owners(named)) {
      const start = line.start + head[0].search(/[【〔]/u)
      heads.push({ start, end: line.start + head[0].length, words: named, line })
    }
    const tail = behind.exec(words.trimEnd())
    if (tail && tail.index > 3 && owners(tail[1]!))
      tails.push({
        start: line.start + tail.index,
        end: line.start + tail.index + tail[0].length,
        words: tail[1]!,
        line,
      })
    const dash = dashed.exec(words)
    if (dash && owners(dash[1]!.replace(/（[^（）]*）$/u, ''))) dashes.push(line.start + dash[0].length - 2)
  }
  if (heads.length > habit)
    for (const { start, end, words, line } of heads) {
      const last = term.exec(text.slice(end, line.end))
      const until = last && isTerm(last[1]!, vocabulary) ? last : null
      found.gone.push([start, end])
      if (until) found.gone.push([end + until.index, line.end])
      found.tasks.push({ start: end, end: line.end, said: `（${words}${until ? `；${until[1]}` : ''}）` })
    }
  if (tails.length >= habit)
    for (const { start, end, words, line } of tails) {
      found.gone.push([start, end])
      found.tasks.push({ start: line.start, end: start, said: `（${words}）` })
    }
  if (dashes.length >= habit) found.colons.push(...dashes)
  return found
}
