import type { BindingRow, Lexicon } from '../reading/lexicon.ts'
import { WordFinder } from '../text/words.ts'
import { rowsFinder } from './figures.ts'

const cache = new WeakMap<Lexicon, SlotWords>()

/** The words of a lexicon that say what figures count, ready to be looked for. */
export type SlotWords = ReturnType<typeof compile>

/** The words of a lexicon for figures, compiled once. */
export function slotWordsOf(lexicon: Lexicon): SlotWords {
  const words = cache.get(lexicon) ?? compile(lexicon)
  cache.set(lexicon, words)
  return words
}

function compile(lexicon: Lexicon) {
  // Copies: the lists of a catalogue are frozen, and those are slow to look through.
  const { indicators, ...copied } = structuredClone({ bindings: lexicon.bindings, indicators: lexicon.indicators })
  const bindings = copied.bindings.map(alike)
  const byWord = new Map<string, BindingRow[]>()
  for (const row of bindings) for (const word of row.words) byWord.set(word, [...(byWord.get(word) ?? []), row])
  // 参加培训 hides 培训, and another row may count what that says: a word stands for those that it begins with too.
  const prefixes = (word: string) => [...word].map((_, at) => word.slice(0, word.length - at))
  return {
    lexicon,
    bindings: new WordFinder(
      [...byWord.keys()].map((word) => [
        word,
        prefixes(word).flatMap((part) => (byWord.get(part) ?? []).map((row) => ({ row, word: part }))),
      ]),
    ),
    bars: rowsFinder(lexicon.thresholds),
    takes: rowsFinder(lexicon.name_verbs),
    aims: new WordFinder(lexicon.aims.flatMap((row) => row.words.map((word) => [word, row.role] as const))),
    topics: new WordFinder(lexicon.topics.flatMap((row) => row.words.map((word) => [word, row.id] as const))),
    acts: rowsFinder(lexicon.acts),
    indicators,
    ends: lexicon.indicator_ends.filter((row) => !row.none && !row.moved && !row.office).flatMap((row) => row.words),
    none: rowsFinder(lexicon.indicator_ends.filter((row) => row.none)),
    moved: rowsFinder(lexicon.indicator_ends.filter((row) => row.moved)),
    office: rowsFinder(lexicon.indicator_ends.filter((row) => row.office)),
  }
}

/** A row with a place for everything that one may say: code that looks at rows of many makes is slow. */
function alike({ id, test, metric, units, words, params, context, apart, near, unless }: BindingRow): BindingRow {
  return { id, test, metric, units, words, params, context, apart, near, unless }
}

/** A word of a row in a text. */
export type RowHit = { readonly row: BindingRow; readonly word: string; readonly start: number; readonly end: number }

/** Every row word in `[start, end)` that a figure of a unit may wear, those inside and across one another too. */
export function rowHits(words: SlotWords, text: string, start: number, end: number, unit: string): RowHit[] {
  const hits: RowHit[] = []
  const { bindings } = words
  for (let hit = bindings.beginning(text, start, end); hit; hit = bindings.beginning(text, hit.start + 1, end)) {
    const at = hit.start
    for (const { row, word } of hit.value)
      if (at + word.length <= end && wears(row, unit) && !goesOn(text, word, at))
        hits.push({ row, word, start: at, end: at + word.length })
  }
  return hits
}

/** 培训班主任: a word whose last sign begins a name of people. */
function goesOn(text: string, word: string, at: number): boolean {
  return word.endsWith('班') && /^(?:主任|子成员|组长|组成员)/.test(text.slice(at + word.length, at + word.length + 3))
}

/** 场次 counts what 场 or 次 counts. */
function wears(row: BindingRow, unit: string): boolean {
  return (
    row.units.includes(unit) ||
    (unit === '场次' && (row.units.includes('场') || (row.units.includes('次') && !row.units.includes('人次'))))
  )
}
