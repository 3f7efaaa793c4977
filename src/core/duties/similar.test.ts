import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { likeness, matchYears } from './similar.ts'

test('a title is like itself whatever year and marks it bears', () => {
  assert.equal(likeness('印发2025年度水质公示办法', '印发 2026 年水质公示办法。'), 1)
})

test('likeness is symmetric and lies between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const alike = likeness(a, b)
      assert.ok(alike >= 0 && alike <= 1)
      assert.equal(alike, likeness(b, a))
    }),
  )
})

test('a task goes on with the most alike task of its kind, and each is taken once', () => {
  const before = [
    { id: 'a', kind: 'risk', title: '在建管网项目廉政风险排查', leadUnitId: 'u1' },
    { id: 'b', kind: 'study', title: '每季度集体学习研讨', leadUnitId: 'u2' },
  ]
  const now = [
    { id: 'c', kind: 'risk', title: '在建管网改造项目廉政风险排查', leadUnitId: 'u1' },
    { id: 'd', kind: 'risk', title: '在建管网项目风险排查', leadUnitId: 'u3' },
    { id: 'e', kind: 'train', title: '供水调度员培训', leadUnitId: 'u2' },
  ]
  const matched = matchYears(before, now)
  assert.equal(matched.get('c')?.id, 'a')
  assert.equal(matched.has('d'), false)
  assert.equal(matched.has('e'), false)
})
