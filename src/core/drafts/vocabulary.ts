import type { CadenceRow, Lexicon } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import { Hints } from '../text/hints.ts'
import { Finders, finderOf, WordFinder } from '../text/words.ts'

type KindWord = { kind: string; weight: number }
type KindPattern = { kind: string; weight: number; pattern: RegExp; when: string | undefined }
type Force = 'record' | 'carry' | 'soft'

/** The lexicon made ready for matching: one finder or compiled pattern per section. */
export type Vocabulary = ReturnType<typeof compile>

const cache = new WeakMap<Lexicon, Vocabulary>()

/** The compiled vocabulary of a lexicon, built once for each lexicon object. */
export function vocabularyOf(lexicon: Lexicon): Vocabulary {
  const known = cache.get(lexicon)
  if (known) return known
  const made = compile(lexicon)
  cache.set(lexicon, made)
  return made
}

type Rows = readonly { words: readonly string[] }[]

function compile(lexicon: Lexicon) {
  const finders = new Finders()
  const words = (rows: Rows) =>
    finderOf(
      rows.flatMap((row) => row.words),
      finders,
    )
  const valued = <T>(entries: readonly (readonly [word: string, value: T])[]) => new WordFinder(entries, finders)
  const backgrounds = lexicon.backgrounds.map((row) => ({ ...row, pattern: new RegExp(row.pattern, 'u') }))
  const [ofSentences, ofClauses] = [
    backgrounds.filter((row) => row.sentence),
    backgrounds.filter((row) => !row.sentence),
  ]
  const patterns = kindPatterns(lexicon)
  return {
    finders,
    acts: valued<Force>(lexicon.acts.flatMap((row) => row.words.map((word) => [word, row.force] as const))),
    kinds: valued([...kindWords(lexicon)]),
    kindPatterns: patterns,
    kindHints: hintsOf(patterns),
    kindIds: new Set(lexicon.kinds.map((kind) => kind.id)),
    umbrellas: new Set(lexicon.kinds.filter((kind) => kind.umbrella).map((kind) => kind.id)),
    needs: words(lexicon.needs),
    openers: words(lexicon.openers),
    bases: words(lexicon.openers.filter((row) => row.id === 'open.basis')),
    tails: valued<string>(lexicon.tails.flatMap((row) => row.words.map((word) => [word, row.id] as const))),
    manners: words(lexicon.manners),
    stances: words(lexicon.principles.filter((row) => !row.weak)),
    hints: words(lexicon.principles.filter((row) => row.weak)),
    sentenceBackgrounds: ofSentences,
    sentenceHints: hintsOf(ofSentences),
    clauseBackgrounds: ofClauses,
    clauseHints: hintsOf(ofClauses),
    abstractEnds: endsOf(lexicon.abstract_ends.flatMap((row) => row.words)),
    authorities: words(lexicon.authorities),
    quotations: words(lexicon.quotations),
    speeches: valued<boolean>(lexicon.speeches.flatMap((row) => row.words.map((word) => [word, row.asks] as const))),
    shortcomings: words(lexicon.problems.filter((row) => row.id !== 'problem.some')),
    somes: words(lexicon.problems.filter((row) => row.id === 'problem.some')),
    problemHeadings: words(lexicon.problem_headings),
    remedies: words(lexicon.remedies),
    ...tenses(lexicon, words),
    subjects: valued<string>(
      lexicon.subjects.flatMap((row) => [row.name, ...row.aliases].map((alias) => [alias, row.name] as const)),
    ),
    subjectNames: new Map(
      lexicon.subjects.flatMap((row) => [row.name, ...row.aliases].map((alias) => [alias, row.name] as const)),
    ),
    recipients: words(lexicon.recipient_verbs),
    nameEnds: valued<'long' | 'short'>(
      lexicon.name_ends.flatMap((row) => row.words.map((word) => [word, word.length > 1 ? 'long' : 'short'] as const)),
    ),
    nameStops: words(lexicon.name_stops),
    nameVerbs: words(lexicon.name_verbs),
    headingDuties: words(lexicon.heading_duties),
    defaults: lexicon.subject_defaults.map((row) => ({
      name: row.name,
      finder: finderOf(row.words),
      any: row.words.length === 0,
    })),
    ...times(lexicon),
    owners: valued<'lead' | 'person' | 'support' | 'term'>(
      lexicon.owners.flatMap((row) => row.words.map((word) => [word, row.role] as const)),
    ),
    citeVerbs: words(lexicon.cite_verbs),
  }
}

function tenses(lexicon: Lexicon, words: (rows: Rows) => WordFinder<string>) {
  return {
    backCues: words(lexicon.tenses.filter((row) => row.mode === 'done')),
    aheadCues: words(lexicon.tenses.filter((row) => row.mode === 'do')),
    backHeadings: words(lexicon.tenses.filter((row) => row.mode === 'done-heading')),
    aheadHeadings: words(lexicon.tenses.filter((row) => row.mode === 'do-heading')),
    titleCues: words(lexicon.tenses.filter((row) => row.mode === 'done-title')),
    planTitles: words(lexicon.tenses.filter((row) => row.mode === 'do-title')),
    doneCues: words(lexicon.tenses.filter((row) => row.mode === 'done-clause')),
  }
}

function times(lexicon: Lexicon) {
  // A copy: the lists of a catalogue are frozen, and those are slow to look through.
  const cadences = structuredClone(lexicon.cadences)
    .map(alike)
    .map(cadenceOf)
    .sort((a, b) => a.row.rank - b.row.rank)
  const deadlines = lexicon.deadlines.map(({ pattern, ahead, when }) => ({
    pattern: new RegExp(pattern, 'u'),
    ahead: ahead === true,
    when,
  }))
  return {
    cadences,
    cadenceHints: new Hints(
      cadences.map(({ row }) => row.when ?? wordBeginnings(row)),
      cadences.map(({ row }) => row.pattern),
    ),
    deadlines,
    deadlineHints: hintsOf(deadlines),
  }
}

function hintsOf(rows: readonly { pattern: RegExp; when?: string | undefined }[]): Hints {
  return new Hints(
    rows.map((row) => row.when),
    rows.map((row) => row.pattern.source),
  )
}

/** A row with a place for everything that one may say: code that looks at rows of many makes is slow. */
function alike({ id, test, rank, when, pattern, group, words, value, period, anchor, verbs }: CadenceRow): CadenceRow {
  return { id, test, rank, when, pattern, group, words, value, period, anchor, verbs }
}

/** Words that are looked for where a passage ends. */
function endsOf(words: readonly string[]): { at(text: string, end: number): boolean } {
  const last = new Chars(words.map((word) => word.charAt(word.length - 1)).join(''))
  return { at: (text, end) => last.at(text, end - 1) && words.some((word) => text.endsWith(word, end)) }
}

type CadenceFinder = { row: CadenceRow; pattern: RegExp | null; finder: WordFinder<string> | null }

function cadenceOf(row: CadenceRow): CadenceFinder {
  return {
    row,
    pattern: row.pattern === undefined ? null : new RegExp(row.pattern, 'u'),
    finder: row.words === undefined ? null : finderOf(row.words),
  }
}

/** The characters that the words of a row begin with; a row with a pattern may stand anywhere. */
function wordBeginnings({ pattern, words: rowWords }: CadenceRow): string | undefined {
  return pattern === undefined ? (rowWords ?? []).map((word) => word.charAt(0)).join('') : undefined
}

function kindWords(lexicon: Lexicon): Map<string, KindWord[]> {
  const byWord = new Map<string, KindWord[]>()
  for (const kind of lexicon.kinds) {
    const strong = kind.umbrella ? 2 : 3
    for (const word of kind.strong) byWord.set(word, [...(byWord.get(word) ?? []), { kind: kind.id, weight: strong }])
    for (const word of kind.weak) byWord.set(word, [...(byWord.get(word) ?? []), { kind: kind.id, weight: strong / 3 }])
  }
  return byWord
}

function kindPatterns(lexicon: Lexicon): KindPattern[] {
  return lexicon.kinds.flatMap((kind) =>
    kind.pattern
      ? [{ kind: kind.id, weight: kind.decisive ? 7 : 3, pattern: new RegExp(kind.pattern, 'u'), when: kind.when }]
      : [],
  )
}
