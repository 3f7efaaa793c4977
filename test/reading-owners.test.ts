import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speakerOf } from '../src/core/drafts/inheritance.ts'
import { leadersIn, ownersIn } from '../src/core/drafts/owners.ts'
import { headingOwner } from '../src/core/drafts/subject.ts'
import { vocabularyOf } from '../src/core/drafts/vocabulary.ts'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const vocabulary = vocabularyOf(lexicon)
const owners = (text: string) => read(text, lexicon, null).duties.map(({ subject }) => subject.join())

test('labels on one line may be parted by a stroke', () => {
  assert.deepEqual(ownersIn('牵头：水政委员／配合：各小组', vocabulary), {
    leadUnit: '水政委员',
    supportUnits: ['各小组'],
    term: null,
  })
})

test('what was done already has no term, what goes on for good stands as it is', () => {
  assert.equal(ownersIn('责任科室：水政科 完成时限：已完成', vocabulary)?.term, null)
  assert.equal(ownersIn('责任科室：水政科 完成时限：已完成，长期坚持', vocabulary)?.term, '长期坚持')
  assert.equal(ownersIn('责任科室：水政科 完成时限：12月底', vocabulary)?.term, '12月底')
})

test('a bracket may say without labels who leads, who helps and until when', () => {
  assert.deepEqual(ownersIn('【水政科负责；各站所落实；6月底前完成】', vocabulary), {
    leadUnit: '水政科',
    supportUnits: ['各站所'],
    term: '6月底前',
  })
  assert.deepEqual(ownersIn('［牵头：水政科｜协同：财务科｜时限：7月15日］', vocabulary), {
    leadUnit: '水政科',
    supportUnits: ['财务科'],
    term: '7月15日',
  })
})

test('owners are named in brackets without labels, behind a dash, and with 为 for a colon', () => {
  const lead = (words: string) => ownersIn(words, vocabulary)?.leadUnit
  assert.equal(lead('（由水政科牵头，各站所配合，6月底前完成）'), '水政科')
  assert.equal(lead('——责任单位：水政科；时限：7月底'), '水政科')
  assert.equal(lead('（责任单位为水政科）'), '水政科')
  assert.equal(leadersIn('①水政科牵头、财务科配合，汛前检修闸门')?.leadUnit, '水政科')
})

test('the title of a plan says which branch speaks', () => {
  assert.equal(speakerOf('水厂第一党支部2031年工作计划\n为做好工作'), '支部')
  assert.equal(speakerOf('水务局党组2031年工作要点'), null)
  assert.equal(speakerOf('水厂第一党支部\n2031年度工作总结\n一年来'), '支部')
})

test('a bracket that names one unit alone is read behind its task', () => {
  assert.equal(ownersIn('每月核对一次水表（水政科负责）', vocabulary)?.leadUnit, '水政科')
  assert.equal(ownersIn('（水政科负责）', vocabulary)?.leadUnit, '水政科')
})

test('numbered headings in figures name owners, conditions and posts do not', () => {
  assert.deepEqual(headingOwner('2 乙方责任', vocabulary), ['乙方'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n乙方连续发生事故的，6月底前约谈水厂负责人。\n'), ['局党组'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n印发检修方案，党委书记任组长。\n'), ['局党组'])
})

test('what an item will do next belongs to the units that it named before', () => {
  const text =
    '整改报告\n一、整改情况\n1.关于台账不全的问题\n整改情况：修订台账制度2项。（责任科室：水政科）\n下一步：12月底前抽查一遍台账。\n'
  const units = read(text, lexicon, null).duties.map(({ leadUnit }) => leadUnit)
  assert.deepEqual(units, ['水政科', '水政科'])
})
