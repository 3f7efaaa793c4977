import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MarkFault, readMarked } from './marked.ts'

const sample = `⟦h1|一、抓学习⟧
⟦d study do @局党组+支部=explicit >各科室 ~每季度 !6月底前 ^党建科/办公室+财务科 %规上增加值增速:stretch:>=:8:%|局党组带头学⟧。
⟦h2|（一）讲课⟧
⟦d study done|全年⟦s study.topic.sessions topic=党章|专题学习*次⟧⟧，⟦s - role=threshold|不少于三人⟧。
⟦p|始终绷紧这根弦⟧。
`

test('marks leave the bare text, and their offsets are those of it', () => {
  const { text, gold } = readMarked(sample, 'sample')
  assert.ok(!/[⟦⟧|]/.test(text))
  const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  assert.deepEqual(gold.outline.map(cut), ['一、抓学习', '（一）讲课'])
  assert.deepEqual(
    gold.outline.map(({ level, title, parent }) => [level, title, parent]),
    [
      [1, '抓学习', null],
      [2, '讲课', 0],
    ],
  )
  assert.deepEqual(gold.duties.map(cut), ['局党组带头学', '全年专题学习*次'])
  assert.deepEqual(gold.slots.map(cut), ['专题学习*次', '不少于三人'])
  assert.deepEqual(gold.principles.map(cut), ['始终绷紧这根弦'])
})

test('the signs of a duty give its fields, and what is not stated stays empty', () => {
  const [first, second] = readMarked(sample, 'sample').gold.duties
  assert.deepEqual(first?.subject, ['局党组', '支部'])
  assert.equal(first?.subjectSource, 'explicit')
  assert.equal(first?.recipient, '各科室')
  assert.deepEqual([first?.cadence, first?.deadline], ['每季度', '6月底前'])
  assert.deepEqual([first?.leadUnit, first?.supportUnits], ['党建科', ['办公室', '财务科']])
  assert.deepEqual(first?.targets, [{ indicator: '规上增加值增速', role: 'stretch', op: '>=', value: 8, unit: '%' }])
  assert.deepEqual([second?.subject, second?.cadence, second?.deadline, second?.leadUnit], [[], null, null, null])
})

test('of several units that lead the first leads and the others stand beside those that support', () => {
  const { duties } = readMarked('⟦d study do ^党建科+办公室/财务科|学⟧，⟦d study do ^党建科+办公室|学⟧', 'sample').gold
  assert.deepEqual(
    duties.map(({ leadUnit, supportUnits }) => [leadUnit, supportUnits]),
    [
      ['党建科', ['办公室', '财务科']],
      ['党建科', ['办公室']],
    ],
  )
})

test('a slot says its metric, parameters and role; a dash means that nothing of the bureau counts it', () => {
  const { slots } = readMarked(sample, 'sample').gold
  assert.deepEqual(
    slots.map(({ metric, params, role }) => [metric, params, role]),
    [
      ['study.topic.sessions', { topic: '党章' }, 'result'],
      [null, {}, 'threshold'],
    ],
  )
})

test('a faulty mark is refused with its line', () => {
  const faults: [string, number][] = [
    ['一\n⟦d study do|二', 2],
    ['一⟧', 1],
    ['⟦d study|一⟧', 1],
    ['⟦d study later|一⟧', 1],
    ['\n⟦x|一⟧', 2],
    ['⟦s Study|一⟧', 1],
    ['⟦d study do @局|一⟧', 1],
    ['⟦d study do|⟧', 1],
    ['⟦d study do', 1],
  ]
  for (const [text, line] of faults)
    assert.throws(
      () => readMarked(text, 'x'),
      (error) => error instanceof MarkFault && error.line === line,
      text,
    )
})

test('whatever the text, marks around its pieces give the text back', () => {
  const piece = fc.stringMatching(/^[一-十，。a-z]{1,8}$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 12 }), (pieces) => {
      const marked = pieces.map(([words, duty]) => (duty ? `⟦d study do|${words}⟧` : words)).join('')
      const { text, gold } = readMarked(marked, 'x')
      assert.equal(text, pieces.map(([words]) => words).join(''))
      assert.equal(gold.duties.length, pieces.filter(([, duty]) => duty).length)
    }),
  )
})
