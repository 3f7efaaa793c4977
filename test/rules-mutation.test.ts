import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleProblems } from '../src/core/catalogue/check-rules.ts'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { readCases } from '../src/platform/catalogue/rule-cases.ts'
import { breaks, trialsOf } from '../src/platform/catalogue/try-cases.ts'
import { mutantsOf } from './support/rule-mutants.ts'

const catalogue = loadCatalogue()
const { bureau, files } = readCases()

test('no number, day, list or condition of a rule can change without a case that fails', () => {
  const survivors: string[] = []
  let tried = 0
  for (const file of files) {
    const trials = trialsOf(file, bureau, catalogue)
    for (const { says, rule } of mutantsOf(catalogue.rules.get(file.rule), catalogue)) {
      tried++
      if (!breaks(trials, rule) && ruleProblems(rule, catalogue).length === 0) survivors.push(`${file.rule}: ${says}`)
    }
  }
  assert.deepEqual(survivors, [])
  assert.ok(tried > 3000, `${tried} mutants`)
})

test('a mutant that no case kills would be found', () => {
  const file = files.find(({ rule }) => rule === 'theme-party-day')!
  const blind = { ...file, cases: file.cases.filter(({ asked }) => asked === undefined) }
  const rule = catalogue.rules.get('theme-party-day')
  const [version] = rule.versions
  const changed = { ...rule, versions: [{ ...version!, silence: 'undetermined' as const }] }
  const kills = (trials: ReturnType<typeof trialsOf>) => breaks(trials, changed)
  assert.ok(kills(trialsOf(file, bureau, catalogue)))
  assert.ok(!kills(trialsOf({ ...blind, cases: blind.cases.slice(0, 1) }, bureau, catalogue)))
})
