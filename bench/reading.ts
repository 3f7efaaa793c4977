import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readMarked } from '../src/core/reading/marked.ts'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

/** How fast documents are read: milliseconds per 10,000 characters, median of the runs. */
export type ReadingBench = {
  documents: number
  chars: number
  runs: number
  msPer10kChars: number
  /** The same of the very first reading in a process that has just started. */
  firstMsPer10kChars: number
  loadLexiconMs: number
}

/** So many rounds before the count: less, and much of the time is the compiler's, which comes once in the life of a server. */
const WARM_UP = 8

/** The documents that are read: those annotated for the reader, each another office's and form, and the lists of the demonstration. */
function documents(): string[] {
  const catalogue = join(import.meta.dirname, '../catalogue')
  const filesOf = (folder: string, end: string) =>
    readdirSync(join(catalogue, folder))
      .filter((file) => file.endsWith(end))
      .map((file) => ({ file, text: readFileSync(join(catalogue, folder, file), 'utf8') }))
  return [
    ...filesOf('gold/tuning', '.gold.txt').map(({ file, text }) => readMarked(text, file).text),
    ...filesOf('demo/documents', '.txt').map(({ text }) => text),
  ]
}

/** Reads all documents one after the other, several rounds after a warm-up, and takes the median round. */
export function benchReading(runs = 9): ReadingBench {
  const texts = documents()
  const before = performance.now()
  const lexicon = loadLexicon()
  const loaded = performance.now()
  const timed = (those: readonly string[]) => {
    const start = performance.now()
    for (const text of those) read(text, lexicon)
    return performance.now() - start
  }
  const [opening = ''] = texts
  const first = timed([opening])
  for (let run = 0; run < WARM_UP; run++) timed(texts)
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(timed(texts))
  // The median: what else the machine does disturbs single rounds.
  const perRun = times.sort((a, b) => a - b)[Math.floor(runs / 2)]!
  const chars = texts.reduce((sum, text) => sum + text.length, 0)
  return {
    documents: texts.length,
    chars,
    runs,
    msPer10kChars: (perRun / chars) * 10_000,
    firstMsPer10kChars: (first / opening.length) * 10_000,
    loadLexiconMs: loaded - before,
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(benchReading(), null, 2))
}
