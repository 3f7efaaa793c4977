// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blocksOf, placeOf, plainOf, wordsOf } from './markdown.ts'

test('a page falls into headings, paragraphs, lists, tables, code', () => {
  const page = [
    '<!-- made -->',
    '# 手册',
    '',
    '一句话',
    '分两行。',
    '',
    '- 一',
    '  接着',
    '- **二**',
    '',
    '1. 先',
    '2. 后',
    '',
    '| 甲 | 乙 |',
    '|---|---|',
    '| `a` | |',
    '',
    '```sh',
    'luze fsck',
    '```',
  ].join('\n')
  const blocks = blocksOf(page)
  assert.deepEqual(
    blocks.map(({ sort }) => sort),
    ['heading', 'text', 'list', 'list', 'table', 'code'],
  )
  const [, text, list, numbered, table, code] = blocks
  assert.ok(text?.sort === 'text' && list?.sort === 'list' && table?.sort === 'table' && code?.sort === 'code')
  assert.equal(plainOf(text.words), '一句话分两行。')
  assert.deepEqual(list.items.map(plainOf), ['一接着', '二'])
  assert.ok(numbered?.sort === 'list' && numbered.ordered && !list.ordered)
  assert.deepEqual([table.head.length, table.rows.length, table.rows[0]?.length], [2, 1, 2])
  assert.equal(code.text, 'luze fsck')
})

test('English lines meet with a space, Chinese ones without', () => {
  const [english] = blocksOf('one\ntwo')
  assert.ok(english?.sort === 'text')
  assert.equal(plainOf(english.words), 'one two')
})

test('words are plain, code, strong, links and pictures', () => {
  const words = wordsOf('按 **N**、*Save*，见[清单](a.md#b)、`luze` ![图](p.webp)')
  assert.deepEqual(
    words.filter(({ sort }) => sort !== 'plain').map(({ sort, text }) => `${sort} ${text}`),
    ['strong N', 'button Save', 'link 清单', 'code luze', 'picture 图'],
  )
})

test('a heading has an anchor, and the route that it is about', () => {
  const [heading] = blocksOf('## 责任事项 `/duties/…`')
  assert.ok(heading?.sort === 'heading')
  assert.deepEqual([heading.id, heading.place], ['责任事项-duties', '/duties/…'])
  assert.equal(placeOf('/duties/$no'), '/duties/…')
  assert.equal(placeOf('/documents/$id/review'), '/documents/…/review')
  assert.equal(placeOf('/today/'), '/today')
})
