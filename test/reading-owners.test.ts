import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speakerOf } from '../src/core/drafts/inheritance.ts'
import { ownersIn } from '../src/core/drafts/owners.ts'
import { vocabularyOf } from '../src/core/drafts/vocabulary.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const vocabulary = vocabularyOf(loadLexicon())

test('labels on one line may be parted by a stroke', () => {
  assert.deepEqual(ownersIn('牵头：水政委员／配合：各小组', vocabulary), {
    leadUnit: '水政委员',
    supportUnits: ['各小组'],
    term: null,
  })
})

test('what was done already and what goes on for good has no term', () => {
  assert.equal(ownersIn('责任科室：水政科 完成时限：已完成，长期坚持', vocabulary)?.term, null)
  assert.equal(ownersIn('责任科室：水政科 完成时限：12月底', vocabulary)?.term, '12月底')
})

test('the title of a plan says which branch speaks', () => {
  assert.equal(speakerOf('水厂第一党支部2031年工作计划\n为做好工作'), '支部')
  assert.equal(speakerOf('水务局党组2031年工作要点'), null)
})
