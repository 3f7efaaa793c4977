import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { analyse, type Known, type Page, type ReadingModel } from '../../src/core/drafts/analyse.ts'
import { rowsOfPage } from '../../src/core/drafts/drafts.ts'
import { extentOf } from '../../src/core/drafts/extent.ts'
import { featuresOf } from '../../src/core/drafts/features.ts'
import { chooseKinds, rowsSeen } from '../../src/core/drafts/kind-choice.ts'
import { joints, modes, modesSeen } from '../../src/core/drafts/modes.ts'
import type { Label } from '../../src/core/drafts/tagger.ts'
import { vocabularyOf } from '../../src/core/drafts/vocabulary.ts'
import type { Gold } from '../../src/core/reading/gold.ts'
import type { Lexicon } from '../../src/core/reading/lexicon.ts'
import { readMarked } from '../../src/core/reading/marked.ts'
import { prepare } from '../../src/core/reading/reading.ts'
import { type Choice, trainChoice } from './choice.ts'
import { type Sequence, trainChain } from './crf.ts'

const bits = 16
const modeBits = 16
const kindBits = 14

/** An annotated document with what is learned from it. */
export type Lesson = {
  name: string
  text: string
  gold: Gold
  /** Whether it names acts in general words, as most real speeches do. */
  general: boolean
  segments: Sequence[]
  modes: Sequence[]
  kinds: Choice[]
}

/** The annotated documents of a folder, in the order of their names. */
export function lessonsOf(folder: string, lexicon: Lexicon): Lesson[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.gold.txt'))
    .sort()
    .map((file) => {
      const { text, gold } = readMarked(readFileSync(join(folder, file), 'utf8'), file)
      return { name: basename(file, '.gold.txt'), text, gold, ...lessonOf(text, gold, lexicon) }
    })
}

/** The single sentences of a folder: they teach what duties are about, nothing else, for no text goes on from one to the next. */
export function sentencesOf(folder: string, lexicon: Lexicon): Lesson[] {
  return lessonsOf(folder, lexicon).map((lesson) => ({ ...lesson, segments: [], modes: [] }))
}

/** What the segments of a document look like and, from the annotation, what each of them is. */
function lessonOf(
  text: string,
  gold: Gold,
  lexicon: Lexicon,
): Pick<Lesson, 'general' | 'segments' | 'modes' | 'kinds'> {
  const vocabulary = vocabularyOf(lexicon)
  const { plain, page, figures } = prepare(text, lexicon, null)
  const known = analyse(page, vocabulary)
  const homes = page.clauses.map((segment) => {
    const extent = extentOf(page, segment.start, segment.end, vocabulary)
    const [start, end] = [plain.at(extent.start), plain.endAt(extent.end)]
    return gold.duties.findIndex((duty) => (Math.min(end, duty.end) - Math.max(start, duty.start)) * 2 > end - start)
  })
  const segments: Sequence[] = []
  for (const [from, to] of known.sentences) {
    if (known.settled[from] === 'owners' || known.settled[from] === 'heading') continue
    const classes: number[] = []
    for (let at = from; at < to; at++) {
      const home = homes[at]!
      classes.push(home < 0 ? 2 : at > from && homes[at - 1] === home ? 1 : 0)
    }
    segments.push({ features: featuresOf(known, from, to, bits, vocabulary), classes })
  }
  const told = homes.map((home) => (home < 0 ? -1 : modes.indexOf(gold.duties[home]!.mode)))
  const frame = { ...page, tenses: page.tenses, figures }
  const seen = modesSeen(frame, modeBits, vocabulary)
  // Once more without its headings: many a speech looks back or ahead under headings that say nothing of time.
  const untold = modesSeen({ ...frame, outline: [], nodes: page.nodes.map(() => null) }, modeBits, vocabulary)
  return {
    general: page.general,
    segments,
    modes: [
      { ...seen, classes: told },
      { ...untold, links: seen.links, classes: told },
    ],
    kinds: kindsOf(page, known, homes, gold, lexicon),
  }
}

/** The annotated duties of a document as rows, with the kind of each. */
function kindsOf(page: Page, known: Known, homes: readonly number[], gold: Gold, lexicon: Lexicon): Choice[] {
  const vocabulary = vocabularyOf(lexicon)
  const names = lexicon.kinds.map((kind) => kind.id)
  const labels = homes.map(
    (home, at): Label => (home < 0 ? 'outside' : at > 0 && homes[at - 1] === home ? 'inside' : 'begin'),
  )
  // A clause that only says when may stand before the annotated words.
  const dutyOf = (row: { from: number }) => gold.duties[homes[row.from]! < 0 ? homes[row.from + 1]! : homes[row.from]!]!
  const placed = rowsOfPage(page, known, labels, vocabulary)
    .filter(({ row }) => dutyOf(row).mode !== 'problem')
    .map(({ row, node }) => ({ row: { ...row, mode: dutyOf(row).mode }, node }))
  const rule = chooseKinds(page, placed, vocabulary, null)
  return rowsSeen(page, placed, rule, { names, bits: kindBits }, vocabulary).flatMap((seen, index) => {
    const right = names.indexOf(dutyOf(placed[index]!.row).kind)
    return right < 0 ? [] : [{ seen, right }]
  })
}

/** The model that some documents teach. The same documents give the same weights. */
export function learn(lessons: readonly Lesson[], lexicon: Lexicon): ReadingModel {
  const tagger = trainChain(
    // Few of the documents are in the register that most real ones are in: these count twice.
    lessons.flatMap((lesson) => (lesson.general ? [...lesson.segments, ...lesson.segments] : lesson.segments)),
    { bits, classes: 3, allowed: (before, label) => label !== 1 || before === 0 || before === 1 },
  )
  const told = trainChain(
    lessons.flatMap((lesson) => lesson.modes),
    { bits: modeBits, classes: modes.length, joints },
  )
  const kinds = trainChoice(
    lessons.flatMap((lesson) => lesson.kinds),
    lexicon.kinds.map((kind) => kind.id),
    kindBits,
  )
  return {
    tagger: { bits, classes: 3, weights: tagger.weights, steps: [...tagger.steps] },
    modes: { bits: modeBits, classes: modes.length, weights: told.weights, steps: [...told.steps] },
    kinds,
  }
}
