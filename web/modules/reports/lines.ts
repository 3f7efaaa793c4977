import type { ReportSlot } from '../../../src/modules/reports/report.contract.ts'
import type { Piece as Whole } from './figures.ts'

type Piece = Pick<Whole, 'text' | 'slot' | 'start'>
type Slot = Pick<ReportSlot, 'no' | 'unit' | 'approx'>
type Dated = { start: number; end: number }

/** A stretch of a line: words, words of the old year (by their place in the list), or a figure with the mark after it. */
export type Run =
  | { as: 'text'; at: number; text: string }
  | { as: 'dated'; at: number; text: string; phrase: number }
  | { as: 'figure'; at: number; text: string; no: number; tail: string }

/** A line of the text with what it is on paper. */
export type Line = { at: number; role: 'title' | 'under' | 'head' | 'call' | 'body' | 'blank'; runs: Run[] }

const closing = '，。；、：）”》！？'

/** How much of the words behind a number belongs to it: the rounding word and the unit. */
function unitLength(after: string, slot: Slot | undefined): number {
  if (!slot) return 0
  let length = slot.approx && after.startsWith(slot.approx) ? slot.approx.length : 0
  const rest = after.slice(length)
  if (slot.unit && rest.startsWith(slot.unit)) length += slot.unit.length
  else if (slot.unit === '人' && /^[名位]/.test(rest)) length += 1
  return length
}

/** Cuts kept words at line ends and at the phrases of the old year. */
function cut(text: string, at: number, dated: readonly Dated[]): (Run | 'end')[] {
  const runs: (Run | 'end')[] = []
  const edges = dated.flatMap(({ start, end }) => [start, end])
  const stops = [...text.matchAll(/\n/g)].flatMap(({ index }) => [at + index, at + index + 1])
  const points = [...new Set([...edges, ...stops, at + text.length])].sort((a, b) => a - b)
  let from = at
  for (const to of points) {
    if (to <= from || to > at + text.length) continue
    const part = text.slice(from - at, to - at)
    const phrase = dated.findIndex((one) => one.start <= from && to <= one.end)
    if (part === '\n') runs.push('end')
    else if (phrase === -1) runs.push({ as: 'text', at: from, text: part })
    else runs.push({ as: 'dated', at: from, text: part, phrase })
    from = to
  }
  return runs
}

/** Lays the pieces of a filled text out as lines; offsets are UTF-16 units of the source text. */
export function linesOf(pieces: readonly Piece[], slots: readonly Slot[], dated: readonly Dated[]): Line[] {
  const lines: Line[] = [{ at: 0, role: 'body', runs: [] }]
  const current = () => lines[lines.length - 1] as Line
  let skip = 0
  for (const [place, piece] of pieces.entries()) {
    if (piece.slot === null) {
      for (const run of cut(piece.text.slice(skip), piece.start + skip, dated)) {
        if (run === 'end') lines.push({ at: -lines.length, role: 'body', runs: [] })
        else current().runs.push(run)
      }
      skip = 0
      continue
    }
    const next = pieces[place + 1]
    const after = next?.slot === null ? next.text : ''
    const length = unitLength(after, slots[piece.slot - 1])
    const mark = after.charAt(length)
    const tail = mark !== '' && closing.includes(mark) ? mark : ''
    skip = length + tail.length
    const text = `${piece.text}${after.slice(0, length)}`
    current().runs.push({ as: 'figure', at: piece.start, text, no: piece.slot, tail })
  }
  return rolesOf(lines)
}

/** The head of a speech, chapter heads, the form of address; everything else is running text. */
function rolesOf(lines: Line[]): Line[] {
  const texts = lines.map(({ runs }) =>
    runs
      .map((run) => (run.as === 'figure' ? run.text + run.tail : run.text))
      .join('')
      .trim(),
  )
  const first = texts.findIndex((text) => text !== '')
  const named = first !== -1 && isHeading(texts[first] ?? '', 60)
  let heading = named
  return lines.map((line, at) => {
    const text = texts[at] ?? ''
    const role = roleOf(text, at === first, heading && at > first)
    if (at > first && (role === 'blank' || role === 'body' || role === 'head' || role === 'call')) heading = false
    return { ...line, role: at === first && named ? 'title' : role }
  })
}

const isHeading = (text: string, most: number) => text.length <= most && !/[。；：，]$/.test(text)

function roleOf(text: string, first: boolean, inHead: boolean): Line['role'] {
  if (text === '') return 'blank'
  if (/^[一二三四五六七八九十]+、/.test(text) && isHeading(text, 40)) return 'head'
  if (inHead && isHeading(text, 30)) return 'under'
  if (!first && text.length <= 20 && /[：:]$/.test(text)) return 'call'
  return 'body'
}
