import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stringify } from 'yaml'
import type { ReadingModel } from '../src/core/drafts/analyse.ts'
import type { Linear } from '../src/core/drafts/tagger.ts'
import { goldSlots } from '../src/core/reading/gold.ts'
import type { Lexicon } from '../src/core/reading/lexicon.ts'
import { read } from '../src/core/reading/reading.ts'
import { type Score, score, total } from '../src/core/reading/scoring.ts'
import type { KeptLinear, LearnedWeights } from '../src/core/reading/weights.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'
import { scoreFile, summary } from '../src/platform/cli/eval.ts'
import { type Lesson, learn, lessonsOf, sentencesOf } from './support/learning.ts'

/**
 * Trains the reader on catalogue/gold/tuning, the short documents of catalogue/gold/owners, rhythms and web and, for kinds, the sentences of
 * catalogue/gold/sentences. `--judge`: each document by a
 * model that has not seen it nor others of its writer; else writes the weights.
 */
const gold = join(import.meta.dirname, '../catalogue/gold')
const folder = join(gold, 'tuning')
const kept = join(import.meta.dirname, '../catalogue/lexicon/learned.yaml')

const shipped = loadLexicon()
const { learned: _, ...bare } = shipped
const lexicon = bare as Lexicon

const scoreOf = (document: Lesson, model: ReadingModel | null): Score =>
  score(read(document.text, lexicon, model), document.gold, goldSlots(document.gold, {}, document.name), lexicon)

/** Who wrote the documents: the last number of each writer's run. t30 to t34 are of the first, as t01 to t13. */
const writers = [
  13, 21, 29, 34, 42, 47, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104, 108, 112, 116, 120, 124, 128, 132,
  136, 140,
]

function writerOf(name: string): number {
  const run = writers.findIndex((last) => Number.parseInt(name.slice(1), 10) <= last)
  return run === 3 ? 0 : run
}

/** What teaches beside the tuning half: short documents whose duties are marked, and single sentences. */
function besides(): Lesson[] {
  const brief = ['owners', 'rhythms', 'web'].flatMap((half) => lessonsOf(join(gold, half), lexicon))
  return [...brief, ...sentencesOf(join(gold, 'sentences'), lexicon)]
}

function judge(documents: readonly Lesson[]): void {
  const rows: { name: string; rules: Score; learned: Score }[] = []
  const single = besides()
  const models = new Map<number, ReadingModel>()
  for (const document of documents) {
    const writer = writerOf(document.name)
    const others = documents.filter(({ name }) => writerOf(name) !== writer)
    const model = models.get(writer) ?? learn([...others, ...single], lexicon)
    models.set(writer, model)
    rows.push({ name: document.name, rules: scoreOf(document, null), learned: scoreOf(document, model) })
  }
  for (const row of rows) print(row.name, row.rules, row.learned, 1)
  print('total', total(rows.map((row) => row.rules)), total(rows.map((row) => row.learned)), rows.length)
  const all = learn([...documents, ...single], lexicon)
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
export function packedWeights({ tagger, modes, kinds }: ReadingModel): LearnedWeights {
  if (kinds === null || modes === null) throw new Error('a model without kinds or modes is not kept')
  const votes = kinds.votes.map(rounded)
  return { tagger: packed(tagger), modes: packed(modes), kinds: { ...packed(kinds), names: [...kinds.names], votes } }
}

/** The model that the tuning half gives, without the document of a name. */
export function trained(without?: string): ReadingModel {
  const documents = lessonsOf(folder, lexicon).filter(({ name }) => name !== without)
  return learn([...documents, ...besides()], lexicon)
}

function command(argv: readonly string[]): void {
  if (argv.includes('--judge')) {
    judge(lessonsOf(folder, lexicon))
    return
  }
  const at = argv.indexOf('--without')
  const [without, into = kept] = at < 0 ? [] : argv.slice(at + 1)
  const lines = [
    '# Learned from catalogue/gold/tuning, owners, rhythms, web and sentences by `node bin/run.mjs test/train-reading.ts`; not written by hand.',
  ]
  writeFileSync(into, `${lines.join('')}\n${stringify({ learned: packedWeights(trained(without)) }, { lineWidth: 0 })}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) command(process.argv.slice(2))
