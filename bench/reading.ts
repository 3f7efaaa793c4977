import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
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

/** So many readings before the count: less, and half of the time is the compiler's, which comes once in the life of a server. */
const WARM_UP = 100

/** Reads the demonstration documents 50 times after a warm-up and takes the median. */
export function benchReading(runs = 50): ReadingBench {
  const folder = join(import.meta.dirname, '../catalogue/demo/documents')
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  const before = performance.now()
  const lexicon = loadLexicon()
  const loaded = performance.now()
  const chars = texts.reduce((sum, text) => sum + text.length, 0)
  const timed = () => {
    const start = performance.now()
    for (const text of texts) read(text, lexicon)
    return performance.now() - start
  }
  const first = timed()
  for (let run = 0; run < WARM_UP; run++) timed()
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(timed())
  // The median: what else the machine does disturbs single runs.
  const perRun = times.sort((a, b) => a - b)[Math.floor(runs / 2)]!
  return {
    documents: texts.length,
    chars,
    runs,
    msPer10kChars: (perRun / chars) * 10_000,
    firstMsPer10kChars: (first / chars) * 10_000,
    loadLexiconMs: loaded - before,
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(benchReading(), null, 2))
}
