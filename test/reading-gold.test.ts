import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ReadingModel } from '../src/core/drafts/analyse.ts'
import type { Lexicon } from '../src/core/reading/lexicon.ts'
import { type Score, total } from '../src/core/reading/scoring.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'
import { scoreFile, summary } from '../src/platform/cli/eval.ts'
import { packedWeights, trained } from './train-reading.ts'

/** The least that reading must reach, in percent; what was measured less a small margin (docs/reading.md). */
type Floor = Partial<Record<keyof ReturnType<typeof summary>, number>>

/** Rules alone on the tuning half: what stays when the weights are wrong for a text. */
const rulesFloor: Floor = {
  outline: 98.5,
  span: 74,
  covered: 93.5,
  kind: 70.5,
  subject: 94.4,
  cadence: 84,
  mode: 89.5,
  deadline: 84,
  units: 95.3,
  recipient: 86.5,
  slot: 99.2,
  binding: 95.2,
}
/** With the shipped weights on the half that they were trained on: a fit, no measure of unseen text. */
const fittedFloor: Floor = {
  ...rulesFloor,
  span: 98,
  covered: 99,
  kind: 98.5,
  subject: 95,
  cadence: 94.5,
  mode: 99,
  deadline: 96,
  units: 98.3,
  recipient: 86.7,
  binding: 95.6,
}
/** Our own held-out half: the sixty-four that nobody has looked at, as they were read last less a small margin (docs/reading.md). */
const heldOutFloor: Floor = {
  outline: 97.7,
  span: 89,
  covered: 98,
  kind: 89.3,
  subject: 89.4,
  cadence: 88.7,
  mode: 99.2,
  deadline: 93.5,
  units: 97,
  recipient: 79,
  slot: 98.8,
  binding: 92.5,
}

const gold = join(import.meta.dirname, '../catalogue/gold')
const lexicon = loadLexicon()

function scored(half: string, words: Lexicon, model?: ReadingModel | null): ReturnType<typeof summary> {
  const files = readdirSync(join(gold, half)).filter((file) => file.endsWith('.gold.txt'))
  const scores: Score[] = files.map((file) =>
    model === undefined ? scoreFile(join(gold, half, file), words) : scoreFile(join(gold, half, file), words, model),
  )
  return summary(total(scores), files.length)
}

function holds(found: ReturnType<typeof summary>, floor: Floor): void {
  for (const [measure, least] of Object.entries(floor) as [keyof Floor, number][]) {
    const value = found[measure]
    const share = typeof value === 'object' && value !== null ? value.f1 : value
    assert.ok((share ?? 0) >= least, `${measure}: ${share} < ${least}`)
  }
}

test('the rules alone read the tuning half as well as docs/reading.md says', () => {
  holds(scored('tuning', lexicon, null), rulesFloor)
})

test('with what was learned the tuning half is read as well as docs/reading.md says', () => {
  holds(scored('tuning', lexicon), fittedFloor)
})

test('the held-out half is read as well as docs/reading.md says', () => {
  holds(scored('held-out', lexicon), heldOutFloor)
})

test('the outlines of short documents in a hundred and fifty-six forms are found', () => {
  holds(scored('outlines', lexicon), { outline: 98.5 })
})

test('the figures of eighty-four short documents are found and bound', () => {
  holds(scored('figures', lexicon), { slot: 99.4, binding: 98.3 })
})

test('the shipped weights are those that training gives', () => {
  const { learned } = lexicon
  assert.deepEqual(learned, packedWeights(trained()))
})
