import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stringify } from 'yaml'
import { analyse, type Known, type Page, type ReadingModel } from '../src/core/drafts/analyse.ts'
import { rowsOfPage } from '../src/core/drafts/drafts.ts'
import { featuresOf } from '../src/core/drafts/features.ts'
import { chooseKinds, rowsSeen } from '../src/core/drafts/kind-choice.ts'
import type { Label, Linear } from '../src/core/drafts/tagger.ts'
import { vocabularyOf } from '../src/core/drafts/vocabulary.ts'
import { type Gold, goldSlots } from '../src/core/reading/gold.ts'
import type { Lexicon } from '../src/core/reading/lexicon.ts'
import { readMarked } from '../src/core/reading/marked.ts'
import { prepare, read } from '../src/core/reading/reading.ts'
import { type Score, score, total } from '../src/core/reading/scoring.ts'
import type { KeptLinear, LearnedWeights } from '../src/core/reading/weights.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'
import { scoreFile, summary } from '../src/platform/cli/eval.ts'
import { type Choice, trainChoice } from './support/choice.ts'
import { type Sequence, trainChain } from './support/crf.ts'

/** Trains the reader on catalogue/gold/tuning. `--judge`: each document by a model that has not seen it; else writes the weights. */
const folder = join(import.meta.dirname, '../catalogue/gold/tuning')
const kept = join(import.meta.dirname, '../catalogue/lexicon/learned.yaml')
const bits = 13

const kindBits = 11

type Document = { name: string; text: string; gold: Gold; sequences: Sequence[]; kinds: Choice[] }

const shipped = loadLexicon()
const { learned: _, ...bare } = shipped
const lexicon = bare as Lexicon
const names = lexicon.kinds.map((kind) => kind.id)

function documentOf(file: string): Document {
  const { text, gold } = readMarked(readFileSync(join(folder, file), 'utf8'), file)
  return { name: basename(file, '.gold.txt'), text, gold, ...trainingOf(text, gold) }
}

/** The sentences of a document with their features and, from the annotation, what each segment is. */
function trainingOf(text: string, gold: Gold): { sequences: Sequence[]; kinds: Choice[] } {
  const vocabulary = vocabularyOf(lexicon)
  const { plain, page } = prepare(text, lexicon)
  const known = analyse(page, vocabulary)
  const homes = page.clauses.map((segment) => {
    const [start, end] = [plain.at(segment.start), plain.endAt(segment.end)]
    const body = end - start - (/[，。；：、]$/.test(page.text.slice(segment.start, segment.end)) ? 1 : 0)
    return gold.duties.findIndex((duty) => (Math.min(end, duty.end) - Math.max(start, duty.start)) * 2 > body)
  })
  const sequences: Sequence[] = []
  for (const [from, to] of known.sentences) {
    if (known.settled[from] === 'owners' || known.settled[from] === 'heading') continue
    const classes: number[] = []
    for (let at = from; at < to; at++) {
      const home = homes[at]!
      classes.push(home < 0 ? 2 : at > from && homes[at - 1] === home ? 1 : 0)
    }
    sequences.push({ features: featuresOf(known, from, to, bits, vocabulary), classes })
  }
  return { sequences, kinds: kindsOf(page, known, homes, gold) }
}

/** The annotated duties of a document as rows, with the kind of each. */
function kindsOf(page: Page, known: Known, homes: readonly number[], gold: Gold): Choice[] {
  const vocabulary = vocabularyOf(lexicon)
  const labels = homes.map(
    (home, at): Label => (home < 0 ? 'outside' : at > 0 && homes[at - 1] === home ? 'inside' : 'begin'),
  )
  const placed = rowsOfPage(page, known, labels, vocabulary).filter(
    ({ row }) => gold.duties[homes[row.from]!]?.mode !== 'problem',
  )
  const rule = chooseKinds(page, placed, vocabulary, null)
  return rowsSeen(page, placed, rule, names, kindBits, vocabulary).flatMap((seen, index) => {
    const right = names.indexOf(gold.duties[homes[placed[index]!.row.from]!]!.kind)
    return right < 0 || placed[index]!.row.mode === 'problem' ? [] : [{ seen, right }]
  })
}

function train(documents: readonly Document[]): ReadingModel {
  const { weights, steps } = trainChain(
    documents.flatMap((document) => document.sequences),
    bits,
    3,
    (before, label) => label !== 1 || before === 0 || before === 1,
  )
  const kinds = trainChoice(
    documents.flatMap((document) => document.kinds),
    names,
    kindBits,
  )
  return { tagger: { bits, classes: 3, weights, steps: [...steps] }, kinds }
}

const scoreOf = (document: Document, model: ReadingModel | null): Score =>
  score(read(document.text, lexicon, model), document.gold, goldSlots(document.gold, {}, document.name), lexicon)

function judge(documents: readonly Document[]): void {
  const rows: { name: string; rules: Score; learned: Score }[] = []
  for (const document of documents) {
    const model = train(documents.filter((other) => other !== document))
    rows.push({ name: document.name, rules: scoreOf(document, null), learned: scoreOf(document, model) })
  }
  for (const row of rows) print(row.name, row.rules, row.learned, 1)
  print('total', total(rows.map((row) => row.rules)), total(rows.map((row) => row.learned)), rows.length)
  const all = train(documents)
  const seeds = ['000', '004'].map((name) => join(folder, `../../../../shared/gold/${name}.json`))
  const rules = total(seeds.map((file) => scoreFile(file, lexicon)))
  print('seeds', rules, total(seeds.map((file) => scoreFile(file, lexicon, all))), 2)
}

function print(name: string, rules: Score, learned: Score, size: number): void {
  const one = (value: number | null | { f1: number }) =>
    value === null ? '  -  ' : (typeof value === 'number' ? value : value.f1).toFixed(1).padStart(5)
  const [a, b] = [summary(rules, size), summary(learned, size)]
  const fields = [
    'span',
    'covered',
    'kind',
    'subject',
    'cadence',
    'mode',
    'deadline',
    'units',
    'recipient',
    'outline',
    'slot',
    'binding',
    'editsPerDocument',
  ] as const
  console.log(`${name.padEnd(6)} ${fields.map((field) => `${field} ${one(a[field])} → ${one(b[field])}`).join('   ')}`)
}

/** Weights as signed bytes in base64; the largest becomes 127. */
function packed({ bits: width, classes, weights, steps }: Linear): KeptLinear {
  let most = 0
  for (let at = 0; at < weights.length; at++) most = Math.max(most, Math.abs(weights[at]!))
  const scale = most / 127
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
  return {
    bits: width,
    classes,
    scale,
    steps: steps.map(rounded),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  }
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000

/** A model as it is kept in catalogue/lexicon/learned.yaml. */
export function packedWeights({ tagger, kinds }: ReadingModel): LearnedWeights {
  if (kinds === null) throw new Error('a model without kinds is not kept')
  const votes = kinds.votes.map(rounded)
  return { tagger: packed(tagger), kinds: { ...packed(kinds), names: [...kinds.names], votes } }
}

function documentsOf(): Document[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.gold.txt'))
    .sort()
    .map(documentOf)
}

/** The model that the tuning half gives, without the document of a name. */
export function trained(without?: string): ReadingModel {
  return train(documentsOf().filter(({ name }) => name !== without))
}

function command(argv: readonly string[]): void {
  if (argv.includes('--judge')) {
    judge(documentsOf())
    return
  }
  const at = argv.indexOf('--without')
  const [without, into = kept] = at < 0 ? [] : argv.slice(at + 1)
  const lines = ['# Learned from catalogue/gold/tuning by `node test/train-reading.ts`; not written by hand.']
  writeFileSync(into, `${lines.join('')}\n${stringify({ learned: packedWeights(trained(without)) }, { lineWidth: 0 })}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) command(process.argv.slice(2))
