import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskOf } from '../text/clauses.ts'
import { outlineOf } from './outline.ts'
import { numberOf, signsOf } from './signs.ts'

const row = { test: 't', inline: true }
const cn = '[一二三四五六七八九十]{1,3}'
const lexicon = {
  markers: [
    { ...row, id: 'cn', rank: 2, value: 'number' as const, pattern: `(${cn})、` },
    { ...row, id: 'cn-bracket', rank: 3, value: 'number' as const, pattern: `（(${cn})）` },
    { ...row, id: 'digit', rank: 4, value: 'number' as const, pattern: '([0-9]{1,2})[.、](?![0-9])' },
    { ...row, id: 'shi', rank: 7, value: 'number' as const, pattern: `(${cn})是` },
    { ...row, id: 'ordinal', rank: 7, value: 'number' as const, pattern: `第(${cn})，` },
    { ...row, id: 'word', rank: 8, value: 'word' as const, pattern: '(首先|其次|再次|最后)，' },
  ],
}
const outline = (text: string) => outlineOf(text, maskOf(text), signsOf(text, maskOf(text), lexicon))
const shape = (text: string) => outline(text).map((node) => [node.level, node.marker, node.title, node.parent])

test('headings nest by their signs and a new chapter closes the lists below it', () => {
  assert.deepEqual(
    shape(
      '一、护水\n（一）清淤。先清主渠。\n1.排期。下月排。\n（二）补坝。再补坝。\n二、节水\n一是换表。全换。二是查漏。全查。',
    ),
    [
      [1, '一、', '护水', null],
      [2, '（一）', '清淤', 0],
      [3, '1.', '排期', 1],
      [2, '（二）', '补坝', 0],
      [1, '二、', '节水', null],
      [2, '一是', '换表', 4],
      [2, '二是', '查漏', 4],
    ],
  )
})

test('an inline sign counts only when its list goes on', () => {
  assert.deepEqual(shape('一、护水\n水渠清了。一是一，不许凑数。'), [[1, '一、', '护水', null]])
})

test('figures with a decimal point and signs inside quotes are no headings', () => {
  assert.deepEqual(shape('漏损率。3.5%以内。他说“一、二是数字”。'), [])
})

test('a list that lost its beginning is still a list', () => {
  assert.deepEqual(shape('二是换表。全换。三是查漏。全查。'), [
    [1, '二是', '换表', null],
    [1, '三是', '查漏', null],
  ])
})

test('a list stands inside an item whose own list goes on behind it, whatever their signs', () => {
  assert.deepEqual(shape('首先，护水。\n第一，清淤。\n第二，补坝。\n其次，节水。一是换表。全换。二是查漏。全查。'), [
    [1, '首先，', '护水', null],
    [2, '第一，', '清淤', 0],
    [2, '第二，', '补坝', 0],
    [1, '其次，', '节水', null],
    [2, '一是', '换表', 3],
    [2, '二是', '查漏', 3],
  ])
})

test('a body ends where the next heading of its level starts', () => {
  const text = '一、护水\n清渠。\n二、节水\n换表。\n'
  assert.deepEqual(
    outline(text).map((node) => text.slice(node.start, node.bodyEnd)),
    ['一、护水\n清渠。\n', '二、节水\n换表。'],
  )
})

test('numbering signs have values', () => {
  assert.deepEqual(
    [
      numberOf('十', 'number'),
      numberOf('十二', 'number'),
      numberOf('二十一', 'number'),
      numberOf('7', 'number'),
      numberOf('⒊', 'one'),
      numberOf('④', 'one'),
      numberOf('甲', 'number'),
    ],
    [10, 12, 21, 7, 3, 4, 0],
  )
})
