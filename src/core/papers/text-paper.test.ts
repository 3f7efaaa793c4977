import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block, Say } from './paper.ts'
import { blocksOf, textPaper } from './text-paper.ts'

const say: Say = (key, facts) => `${key}(${Object.values(facts ?? {}).join('-')})`
const said = (blocks: readonly Block[]) =>
  blocks.map((block) => ('runs' in block ? `${block.as}:${block.runs.map((run) => run.text).join('')}` : block.as))
const paper = (kind: Parameters<typeof textPaper>[1], text: string, given = {}) =>
  textPaper(say, kind, { text, outline: [] }, given)

test('a line is a paragraph, and a heading where the outline has no more than the line', () => {
  const text = '一、学习\n（一）读书。每月一次。\n\n正文\r\n'
  const outline = [
    { level: 1, start: 0, end: 4 },
    { level: 2, start: 5, end: 10 },
  ]
  const blocks = blocksOf(text, outline)
  assert.deepEqual(said(blocks), ['heading:一、学习', 'text:（一）读书。每月一次。', 'text:正文'])
  assert.deepEqual(blocks[0], { as: 'heading', level: 1, runs: [{ text: '一、学习' }] })
})

test('the head of a text is its title, the lines in brackets under it, and the addressee', () => {
  const text = '关于开展检查的通知\n（2026年3月1日）\n各科室：\n请自查。'
  const { title, under, addressee, blocks } = paper('notice', text)
  assert.deepEqual(
    { title, under, addressee },
    { title: '关于开展检查的通知', under: ['（2026年3月1日）'], addressee: '各科室' },
  )
  assert.deepEqual(said(blocks), ['text:请自查。'])
})

test('a speech keeps its greeting as text', () => {
  const { title, addressee, blocks } = paper('speech', '在大会上的讲话\n同志们：\n讲三点。')
  assert.equal(title, '在大会上的讲话')
  assert.equal(addressee, undefined)
  assert.deepEqual(said(blocks), ['text:同志们：', 'text:讲三点。'])
})

test('what somebody says goes before what the text says', () => {
  const given = { title: '另一题目', addressee: '某局', by: '某办', on: '2026-03-05', sealed: true }
  const { title, addressee, signature, blocks } = paper('letter', '第一段。\n第二段。', given)
  assert.deepEqual([title, addressee], ['另一题目', '某局'])
  assert.deepEqual(signature, { by: '某办', on: '2026-03-05', sealed: true })
  assert.deepEqual(said(blocks), ['text:第一段。', 'text:第二段。'])
  assert.deepEqual(said(paper('letter', '另一题目\n第一段。', given).blocks), ['text:第一段。'], 'a title stands once')
})

test('an imprint needs who printed it and the day; minutes bear their name above the line', () => {
  assert.equal(paper('notice', '题\n文', { printedBy: '办公室' }).imprint, undefined)
  const given = { printedBy: '办公室', copiesTo: '各支部', on: '2026-03-05', by: '党组' }
  assert.deepEqual(paper('notice', '题\n文', given).imprint, { copiesTo: '各支部', by: '办公室', on: '2026-03-05' })
  const minutes = paper('minutes', '党组会议纪要\n议定两件事。', given)
  assert.deepEqual(minutes.masthead, { name: '党组会议纪要', left: '党组', right: 'day(2026-3-5)' })
  assert.equal(minutes.title, null)
  assert.equal(minutes.signature, undefined)
})

test('an empty text has no title and no text', () => {
  assert.deepEqual(paper('letter', '\n').blocks, [])
})
