// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf } from './lines.ts'

const source = '2025年工作报告\n（2026年1月）\n\n同志们：\n一、主要做法\n召开会议**次，培训*余人次。\n提拔*名干部。'
const at = (text: string) => source.indexOf(text)
const slot = (no: number, unit: string, approx: string | null = null) => ({ no, unit, approx })
const slots = [slot(1, '次'), slot(2, '人次', '余'), slot(3, '人')]
const pieces = [
  { text: source.slice(0, at('**')), slot: null, start: 0 },
  { text: '11', slot: 1, start: at('**') },
  { text: '次，培训', slot: null, start: at('次，培训') },
  { text: '130', slot: 2, start: at('*余') },
  { text: '余人次。\n提拔', slot: null, start: at('余人次') },
  { text: '*', slot: 3, start: at('*名') },
  { text: '名干部。', slot: null, start: at('名干部') },
]
const dated = [{ start: 0, end: 5, text: '2025年', why: '' }]

test('a figure takes its rounding word, its unit and the mark that may not open a line', () => {
  const figures = linesOf(pieces, slots, dated).flatMap(({ runs }) => runs.filter((run) => run.as === 'figure'))
  assert.deepEqual(
    figures.map((run) => [run.text, 'tail' in run ? run.tail : '']),
    [
      ['11次', '，'],
      ['130余人次', '。'],
      ['*名', ''],
    ],
  )
})

test('nothing of the text is lost', () => {
  const whole = linesOf(pieces, slots, dated)
    .map(({ runs }) => runs.map((run) => run.text + ('tail' in run ? run.tail : '')).join(''))
    .join('\n')
  assert.equal(whole, pieces.map(({ text }) => text).join(''))
})

test('lines know what they are on paper, and phrases of the old year are marked', () => {
  const lines = linesOf(pieces, slots, dated)
  assert.deepEqual(
    lines.map(({ role }) => role),
    ['title', 'under', 'blank', 'call', 'head', 'body', 'body'],
  )
  assert.deepEqual(lines[0]?.runs[0], { as: 'dated', at: 0, text: '2025年', phrase: 0 })
})

test('a sentence that ends behind a figure is running text, also right below the title', () => {
  const text = '工作报告\n召开会议*次。'
  const [head, tail] = [text.indexOf('*'), text.indexOf('次')]
  const lines = linesOf(
    [
      { text: text.slice(0, head), slot: null, start: 0 },
      { text: '11', slot: 1, start: head },
      { text: '次。', slot: null, start: tail },
    ],
    [slot(1, '次')],
    [],
  )
  assert.deepEqual(
    lines.map(({ role }) => role),
    ['title', 'body'],
  )
})
