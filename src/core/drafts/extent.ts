import { Chars } from '../text/chars.ts'
import { type Page, sign } from './analyse.ts'
import { inBracket, ownersIn } from './owners.ts'
import { numberedTask } from './settle.ts'
import type { Vocabulary } from './vocabulary.ts'

const closers = new Chars('）］】〕〉')
const marks = new Chars('。；，、：！？ \n')

/**
 * The words of a duty without the numbering sign before them, the bracket of owners behind them and the mark at their end
 * (docs/annotation.md 6 and 26); all of `[start, end)` where nothing would be left.
 */
export function extentOf(
  page: Page,
  start: number,
  end: number,
  vocabulary: Vocabulary,
): { start: number; end: number } {
  const { text } = page
  const marker = markersOf(page.items).get(start) ?? sign.length(text, start, end)
  let from = start + marker
  from += numberedTask.length(text, from, end)
  while (from < end && marks.at(text, from)) from++
  let to = marks.trimEnd(text, from, end)
  const bracket = closers.at(text, to - 1) ? inBracket.exec(text.slice(from, to)) : null
  if (bracket && bracket.index > 0 && ownersIn(bracket[0], vocabulary) !== null)
    to = marks.trimEnd(text, from, from + bracket.index)
  return to - from < shortest ? { start, end } : { start: from, end: to }
}

const shortest = 2

const markers = new WeakMap<Page['items'], ReadonlyMap<number, number>>()

/** How long the sign of each item is, by where it begins. */
function markersOf(items: Page['items']): ReadonlyMap<number, number> {
  const known = markers.get(items)
  if (known) return known
  const made = new Map(items.map(({ start, marker }) => [start, marker.length]))
  markers.set(items, made)
  return made
}
