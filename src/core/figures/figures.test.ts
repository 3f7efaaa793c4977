import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { printedSays } from '../ledger/wording.ts'
import { type Figure, makeFigure } from './figure.ts'
import { type Answer, compileFill, type FillSlot } from './fill.ts'
import { maySeeNumber } from './masking.ts'
import { isWholeMonths } from './query.ts'
import { unitFits, unitMeanings } from './units.ts'
import { printFigure, roundDown } from './wording.ts'

const year = { from: '2025-01-01', to: '2025-12-31' }

function counted(value: number, unit = '次'): Figure {
  return makeFigure({
    value,
    unit,
    asOf: { size: 1, organisationDay: '2025-12-31', ...year },
    trace: {
      metric: 'm.m',
      params: {},
      where: { type: 'activity' },
      aggregate: { op: 'sum', field: 'present' },
      catalogue: 'c',
      entries: [0],
    },
  })
}

test('余 prints only above the round number', () => {
  const say = (value: number, approx: string, unit = '人（次）') =>
    printFigure({ value, unit, approx, phrase: '' }).printed
  assert.equal(say(126, '余'), '120余人（次）')
  assert.equal(say(120, '余'), '120人（次）')
  assert.equal(say(9, '余'), '9人（次）')
  assert.equal(say(10, '余'), '10人（次）')
  assert.equal(say(11, '多'), '10多人（次）')
  assert.equal(say(999, '余'), '990余人（次）')
  assert.equal(say(1000, '余'), '1000人（次）')
  assert.equal(say(1299, '余'), '1200余人（次）')
  assert.equal(say(86, '以上', '%'), '80%以上')
  assert.equal(say(131, '超过', '人'), '超过130人')
})

test('突破 is not printed of a value that is exactly the round number', () => {
  const flat = printFigure({ value: 130, unit: '亿元', approx: '突破', phrase: '' })
  assert.equal(flat.ok, false)
  assert.match(flat.truth.zh, /不能印作“突破130亿元”/)
  assert.equal(printFigure({ value: 7, unit: '人', approx: '突破', phrase: '' }).ok, false)
  assert.equal(printFigure({ value: 131, unit: '人', approx: '近', phrase: '' }).ok, false)
})

test('whatever is printed is true of the value, and an offline reader finds it so', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.constantFrom(null, '余', '多', '以上', '突破'), (value, approx) => {
      const made = printFigure({ value, unit: '人', approx, phrase: '' })
      assert.equal(printedSays(made.printed, value, made.rounding), made.ok)
      if (made.rounding !== null) assert.equal(made.rounding.base, roundDown(value))
      if (approx !== '突破') assert.equal(made.ok, true)
    }),
  )
})

test('a unit with a bracket or a stroke means either', () => {
  assert.deepEqual(unitMeanings('人（次）'), ['人', '人次'])
  assert.deepEqual(unitMeanings('场(次)'), ['场', '场次'])
  assert.deepEqual(unitMeanings('次/场'), ['次', '场'])
  assert.ok(unitFits(['人次'], '人（次）'))
  assert.ok(!unitFits(['人次'], '篇'))
  assert.ok(unitFits(['人次'], null))
})

test('a figure cannot contradict its trace', () => {
  const base = counted(5)
  const make = (parts: object, trace: object = {}) =>
    makeFigure({ ...base, ...parts, trace: { ...base.trace, ...trace } })
  assert.throws(() => make({ value: 2 }, { aggregate: { op: 'count' } }), /2 counted, 1 traced/)
  assert.throws(() => make({}, { entries: [] }), /without a record/)
  assert.throws(() => make({}, { entries: [0, 0] }), /counts twice/)
  assert.throws(() => make({}, { entries: [1] }), /beyond journal size/)
  assert.throws(() => make({ value: Number.NaN }), /no number/)
  assert.throws(() => Object.assign(base, { value: 6 }), TypeError)
})

test('the sentence keeps its words, and only the number and a false 余 go', () => {
  const text = '全年培训干部*余人（次），宣讲**场，约谈*人。'
  const slots: FillSlot[] = [
    { start: 2, end: 12, numStart: 6, numEnd: 7, phrase: '培训干部*余人（次）', unit: '人（次）', approx: '余' },
    { start: 13, end: 18, numStart: 15, numEnd: 17, phrase: '宣讲**场', unit: '场', approx: null },
    { start: 19, end: 23, numStart: 21, numEnd: 22, phrase: '约谈*人', unit: '人', approx: null },
  ]
  const answers: Answer[] = [
    { figure: counted(230, '人次'), units: ['人次'] },
    { figure: counted(8), units: ['场', '次'] },
    { masked: 'figure/small-number', sentence: null },
  ]
  assert.equal(compileFill(text, slots, answers).text, '全年培训干部230人（次），宣讲8场，约谈*人。')
  answers[0] = { figure: counted(231, '人次'), units: ['人次'] }
  assert.equal(compileFill(text, slots, answers).text, '全年培训干部230余人（次），宣讲8场，约谈*人。')
  answers[1] = { figure: counted(8), units: ['篇'] }
  const masked = compileFill(text, slots, answers)
  assert.equal(masked.text, '全年培训干部230余人（次），宣讲**场，约谈*人。')
  assert.deepEqual(
    masked.pieces.flatMap((piece) => (piece.as === 'masked' ? piece.why : [])),
    ['figure/unit', 'figure/small-number'],
  )
})

test('the pieces tile the source and the filled text, and kept pieces are untouched', () => {
  const clause = fc.record({
    before: fc.constantFrom('开展宣讲', '组织', '', '。\r\n全年'),
    sign: fc.constantFrom('*', '***', '××'),
    approx: fc.constantFrom(null, '余', '多'),
    unit: fc.constantFrom('次', '人（次）', '场'),
    value: fc.option(fc.nat(5000), { nil: null }),
  })
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 8 }), (clauses) => {
      let text = '开头'
      const slots: FillSlot[] = []
      const answers: Answer[] = []
      for (const { before, sign, approx, unit, value } of clauses) {
        const numStart = text.length + before.length
        text += `${before}${sign}${approx ?? ''}${unit}，`
        slots.push({
          start: numStart,
          end: text.length,
          numStart,
          numEnd: numStart + sign.length,
          phrase: '',
          unit,
          approx,
        })
        answers.push(
          value === null
            ? { masked: 'x/y', sentence: null }
            : { figure: counted(value), units: [...unitMeanings(unit)] },
        )
      }
      const filled = compileFill(text, slots, answers)
      let source = 0
      let out = 0
      for (const piece of filled.pieces) {
        assert.deepEqual([piece.start, piece.outStart], [source, out])
        source = piece.end
        out = piece.outEnd
        assert.equal(filled.text.slice(piece.outStart, piece.outEnd), piece.text)
        if (piece.as !== 'filled') assert.equal(text.slice(piece.start, piece.end), piece.text)
      }
      assert.deepEqual([source, out], [text.length, filled.text.length])
      assert.equal(
        filled.pieces.filter((piece) => piece.as === 'filled').length,
        clauses.filter((one) => one.value !== null).length,
      )
    }),
  )
})

test('slots that overlap or leave the text are a defect', () => {
  const slot: FillSlot = { start: 0, end: 2, numStart: 0, numEnd: 1, phrase: '', unit: null, approx: null }
  const answer: Answer = { masked: 'x/y', sentence: null }
  assert.throws(() => compileFill('*次', [slot, slot], [answer, answer]), /overlaps/)
  assert.throws(() => compileFill('*次', [{ ...slot, numEnd: 9 }], [answer]), /leaves the text/)
  assert.throws(() => compileFill('*次', [slot], []), /1 slots, 0 answers/)
})

test('whole months end on the last day of a month', () => {
  assert.ok(isWholeMonths({ from: '2024-02-01', to: '2024-02-29' }))
  assert.ok(!isWholeMonths({ from: '2024-02-01', to: '2024-02-28' }))
})

test('small numbers of talks are for the secretary and the discipline body', () => {
  assert.equal(maySeeNumber(4, 5, ['office', 'member']), false)
  assert.equal(maySeeNumber(0, 5, []), false)
  assert.equal(maySeeNumber(5, 5, []), true)
  assert.equal(maySeeNumber(1, 5, ['discipline']), true)
  assert.equal(maySeeNumber(1, null, []), true)
})
