import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginnings } from './beginnings.ts'

const sorted = (pattern: string) => {
  const units = beginnings(pattern)
  return units === null ? null : [...new Set(units)].sort().join('')
}

test('the units that begin a match are those of the first part that must stand, and of all before it', () => {
  assert.equal(sorted('三年'), '三')
  assert.equal(sorted('三|[一二]年'), '一三二')
  assert.equal(sorted('(?:第)?(三|四)+年'), '三四第')
  assert.equal(sorted('(?<![0-9]月)(?=三)(?:三|四){0,2}年'), '三四年')
  assert.equal(sorted('[0-2]{1,2}|\\*+'), '*012')
  assert.equal(sorted('[—\\-~]年'), '-~—')
})

test('where any unit may begin a match, or it may be empty, none are told', () => {
  for (const pattern of ['.年', '[^年]', '\\d年', '年?', '三|四*', '[一-鿿]年']) assert.equal(beginnings(pattern), null)
})
