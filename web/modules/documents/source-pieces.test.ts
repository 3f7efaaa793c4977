// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lookOf, paragraphsOf, type SpannedDraft, trimmed } from './source-pieces.ts'

const draft = (id: string, start: number, end: number, state: SpannedDraft['state'] = 'open'): SpannedDraft => ({
  id,
  start,
  end,
  state,
  mode: 'do',
})

test('a draft is cut out of its line and carries its number at its beginning only', () => {
  const text = '一、抓学习\n　　甲乙丙丁。\n戊己'
  const [heading, line, last] = paragraphsOf({
    text,
    outline: [{ start: 0, end: 5 }],
    drafts: [draft('a', 9, 11), draft('b', 11, 17)],
    clauses: [],
  })
  assert.equal(heading?.heading, true)
  assert.deepEqual(
    line?.pieces.map((piece) => [text.slice(piece.start, piece.end), piece.draft, piece.numbers]),
    [
      ['甲', null, []],
      ['乙丙', 'a', [1]],
      ['丁。', 'b', [2]],
    ],
  )
  assert.deepEqual(
    last?.pieces.map((piece) => [piece.draft, piece.numbers]),
    [['b', []]],
  )
})

test('a draft goes before an undecided clause, and the shorter draft before the longer', () => {
  const pieces = paragraphsOf({
    text: '甲乙丙丁',
    outline: [],
    drafts: [draft('whole', 0, 3), draft('part', 1, 2, 'confirmed')],
    clauses: [{ start: 0, end: 4, state: 'undecided' }],
  }).flatMap((paragraph) => paragraph.pieces)
  assert.deepEqual(
    pieces.map((piece) => piece.look),
    ['open', 'confirmed', 'open', 'undecided'],
  )
})

test('work that was done stays quiet until it is made a duty', () => {
  assert.equal(lookOf({ state: 'open', mode: 'done' }), 'told')
  assert.equal(lookOf({ state: 'confirmed', mode: 'done' }), 'confirmed')
})

test('pieces lie side by side, cover every line and never overlap', () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(12)), { maxLength: 8 })
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40, unit: fc.constantFrom('甲', '乙', '。', '\n', ' ') }),
      spans,
      (text, given) => {
        const drafts = given.map(([start, length], at) => draft(String(at), start, start + length + 1))
        for (const { start, end, pieces } of paragraphsOf({ text, outline: [], drafts, clauses: [] })) {
          assert.equal(pieces[0]?.start, start)
          assert.equal(pieces.at(-1)?.end, end)
          for (const [at, piece] of pieces.slice(1).entries()) assert.equal(piece.start, pieces[at]?.end)
        }
      },
    ),
  )
})

test('a selection loses the blanks at its ends', () => {
  assert.deepEqual(trimmed('甲 乙丙 丁', { start: 1, end: 5 }), { start: 2, end: 4 })
})
