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

test('counting along the index of pairs finds every pair that is alike, as likeness says it', () => {
  const word = fc.constantFrom('开展', '排查', '供水', '管网', '廉政', '风险', '学习', '会议', '2025年', '一')
  const title = fc.array(word, { maxLength: 6 }).map((words) => words.join(''))
  fc.assert(
    fc.property(fc.array(title, { maxLength: 8 }), title, (titles, sought) => {
      const before = titles.map((one, at) => ({ id: `b${at}`, kind: 'k', title: one, leadUnitId: null }))
      const best = Math.max(0, ...titles.map((one) => likeness(one, sought)))
      const found = matchYears(before, [{ id: 'n', kind: 'k', title: sought, leadUnitId: null }]).get('n')
      assert.equal(found?.likeness ?? 0, best >= 0.55 ? best : 0)
    }),
  )
})

test('lists of thousands are compared title by title', () => {
  const parts = ['供水', '排水', '管网', '廉政', '学习', '值班', '抢修', '水质', '收费', '采购', '巡查', '宣讲']
  const listOf = (year: number) =>
    Array.from({ length: 2000 }, (_, at) => ({
      id: `${year}/${at}`,
      kind: `k${at % 40}`,
      title: `${year}年${[1, 7, 13, 31].map((step) => parts[(at * step) % parts.length]).join('')}第${at}处检查`,
      leadUnitId: null,
    }))
  assert.equal(matchYears(listOf(2025), listOf(2026)).get('2026/1711')?.id, '2025/1711')
})
