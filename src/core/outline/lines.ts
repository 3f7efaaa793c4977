import type { Vocabulary } from '../drafts/vocabulary.ts'
import { Opening } from '../text/chars.ts'
import { headsOf, isProse, telling, tiersOf } from './heads.ts'
import { type Candidate, ranked } from './ranks.ts'
import { colonTitles, type Line, linesOf, seriesOf, titleSentences } from './sentences.ts'

/** A line that says whose the tasks above it are. */
const entrusts = new Opening(/^(?:以上|上述|[本该]部分)/u, '以上本该')

/**
 * Headings without numbers in a text that has numbers too: lines of their own over text, where numbers stand only below them or begin
 * anew under them, and the short first sentences of the paragraphs between.
 */
export function lineHeadings(
  text: string,
  mask: Uint8Array,
  signs: readonly Candidate[],
  vocabulary: Vocabulary,
): Candidate[] {
  const lines = linesOf(text).filter(({ start }) => !entrusts.at(text, start, start + 4))
  const first = lines.findIndex(({ start, end }) => isProse(text.slice(start, end)))
  if (first < 0) return []
  const signed = new Map(signs.map((one) => [one.start, one]))
  const numbered = lines.filter(({ start }) => signed.has(start))
  const all = headsOf(text, lines, first, signed, vocabulary)
  const outer = outermost(text, ranked(signs, text.length), all.length === 0)
  // A single line over all that has no numbers is a title of the whole.
  const heads = outer === null && all.length === 1 ? [] : all
  const several = outer === null || outer.restarts || heads.length > 1
  const kept = several ? heads : heads.filter((line) => telling.test(text.slice(line.start, line.end)))
  const places = new Map(lines.map((line, place) => [line, place]))
  const below = (line: Line) => lines[places.get(line)! + 1]?.start ?? -1
  const over =
    outer === null ||
    outer.restarts ||
    within(outer, kept) ||
    kept.some((line) => outer.firsts.has(below(line))) ||
    kept.filter((line) => outer.starts.has(below(line))).length > 1
  const bodies = sectionsOf(lines.slice(first), outer === null ? heads : [...numbered, ...kept])
  const parts = bodies.map((body) => {
    const plain = body.filter(({ start }) => !signed.has(start))
    const least = outer === null && heads.length === 0 ? undefined : 12
    const sentences = titleSentences(text, mask, plain, vocabulary, least)
    const found = sentences.length > 0 ? sentences : colonTitles(text, plain, vocabulary)
    const run = outer === null || found.length * 10 >= plain.length * 8 || isRun(plain, found)
    return { plain, found: run ? found : [] }
  })
  const some = parts.some(({ found }) => found.length > 0)
  const sentences = parts.flatMap(({ plain, found }) =>
    found.length > 0 || !some ? found : pairOf(text, mask, plain, vocabulary),
  )
  const rank = over ? 1 : outer.rank + (under(text, outer, kept, lines) ? 0.5 : 0)
  const tiers = tiersOf(text, kept)
  const lowest = Math.max(0, ...tiers)
  return [
    ...kept.map((line, index) => {
      const above = lowest - tiers[index]!
      return candidate(line, above === 0 ? 'line' : `line ${above}`, rank - above / 10)
    }),
    ...bracketedOf(text, lines).map((line) => candidate(line, 'bracketed', 6.4)),
    ...(outer === null && heads.length === 0
      ? seriesOf(text, sentences).map(({ level, ...found }) => candidate(found, `sentence ${level}`, 1 + level / 4))
      : sentences.map((found) =>
          candidate(found, 'sentence 2', outer === null ? 1.5 : Math.max(6.5, outer.rank + 0.2)),
        )),
  ].sort((a, b) => a.start - b.start)
}

/** Two first sentences, where other parts of the text have three and more; words of closing may stand behind them. */
function pairOf(text: string, mask: Uint8Array, plain: readonly Line[], vocabulary: Vocabulary) {
  const all = titleSentences(text, mask, plain, vocabulary, 12, 2)
  const found = all.length > 0 ? all : titleSentences(text, mask, plain.slice(0, -1), vocabulary, 12, 2)
  return found.every(({ start, titleEnd }) => titleEnd - start <= 16) ? found : []
}

/** Paragraphs in a row that begin with a title of their own in 【】; names of fields (【整改措施】) come again and are none. */
function bracketedOf(text: string, lines: readonly Line[]): Line[] {
  const titled = lines.map(
    ({ start, end }) => /^【([^【】：；，。]{4,14})】(?=.{12})/.exec(text.slice(start, end))?.[1] ?? null,
  )
  const once = (title: string | null) => title !== null && titled.filter((other) => other === title).length === 1
  return lines.filter(
    (_, index) => once(titled[index]!) && (once(titled[index - 1] ?? null) || once(titled[index + 1] ?? null)),
  )
}

/** Titles that stand in one row, with no more than words of introduction before and of closing behind them. */
function isRun(plain: readonly Line[], found: readonly { start: number }[]): boolean {
  const from = plain.findIndex(({ start }) => start === found[0]?.start)
  return found.length >= 3 && from <= 2 && plain[from + found.length - 1]?.start === found.at(-1)!.start
}

type Outermost = {
  rank: number
  restarts: boolean
  firsts: ReadonlySet<number>
  starts: ReadonlySet<number>
  from: number
  to: number
}

/** The outermost sign at the head of lines: where its lists begin, and whether there are several. In a `bare` text no line is a heading. */
function outermost(text: string, signs: readonly Candidate[], bare: boolean): Outermost | null {
  const titled = ({ end }: Candidate) => /^[^。；：\n]{2,40}(?:\n|。\n\s*[^\n]{60})/.test(text.slice(end, end + 120))
  const runIn = ({ end }: Candidate) => /^[^。；：\n]{2,24}。[^\n]{8}/.test(text.slice(end, end + 40))
  const usual = signs.filter((one) => one.lineStart && (one.rank < 5 || titled(one)))
  const lined = usual.length === 0 && bare ? signs.filter((one) => one.lineStart && runIn(one)) : usual
  if (lined.length === 0) return null
  const rank = Math.min(...lined.map((one) => one.rank))
  const own = lined.filter((one) => one.rank === rank)
  const firsts = own.filter(({ number }) => number === 1).map(({ start }) => start)
  const starts = own.map(({ start }) => start)
  return {
    rank,
    restarts: firsts.length > 1,
    firsts: new Set(firsts),
    starts: new Set(starts),
    from: starts[0]!,
    to: starts.at(-1)!,
  }
}

/** A single list that stands wholly below one of several headings. */
function within({ from, to }: { from: number; to: number }, heads: readonly Line[]): boolean {
  const below = heads.findLastIndex(({ start }) => start < from)
  return heads.length > 1 && below >= 0 && (heads[below + 1]?.start ?? Number.POSITIVE_INFINITY) > to
}

/** Lines that stand right below the title of the last numbered item (三、日程安排 over 第一季度) are inside it. */
function under(text: string, { starts, to }: Outermost, heads: readonly Line[], lines: readonly Line[]): boolean {
  const first = heads[0]
  const above = first && lines[lines.indexOf(first) - 1]
  if (above === undefined || heads.length < 2 || above.start !== to || !starts.has(above.start)) return false
  return !/[。；：，！？]$/.test(text.slice(above.start, above.end))
}

function candidate({ start }: { start: number }, family: string, rank: number): Candidate {
  return { start, end: start, family, rank, number: 0, lineStart: true }
}

function sectionsOf(lines: readonly Line[], heads: readonly Line[]): Line[][] {
  const starts = new Set(heads)
  const sections: Line[][] = [[]]
  for (const line of lines) {
    if (starts.has(line)) sections.push([])
    else sections.at(-1)!.push(line)
  }
  return sections
}
