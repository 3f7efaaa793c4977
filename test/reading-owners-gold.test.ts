import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { total } from '../src/core/reading/scoring.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'
import { scoreFile, summary } from '../src/platform/cli/eval.ts'

/** The least share in percent of duties with the right field: what was measured less a small margin. */
type Floors = Partial<Record<'subject' | 'cadence' | 'deadline' | 'units' | 'covered', number>>

const lexicon = loadLexicon()

function holds(folder: string, floors: Floors): void {
  const half = join(import.meta.dirname, '../catalogue/gold', folder)
  const files = readdirSync(half).filter((file) => file.endsWith('.gold.txt'))
  const found = summary(total(files.map((file) => scoreFile(join(half, file), lexicon))), files.length)
  for (const [field, least] of Object.entries(floors) as [keyof Floors, number][])
    assert.ok((found[field] ?? 0) >= least, `${field}: ${found[field]} < ${least}`)
}

test('units and terms are read in every way in which the short documents name them', () => {
  holds('owners', { units: 97.2, deadline: 96.3, cadence: 97.5, subject: 95.5, covered: 97.5 })
})

test('rhythms, terms and owners are read in papers of many sorts', () => {
  holds('rhythms', { units: 97, deadline: 85.5, cadence: 91.5, subject: 95, covered: 91 })
})
