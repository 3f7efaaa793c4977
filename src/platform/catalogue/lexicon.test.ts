import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginnings } from '../../core/text/beginnings.ts'
import { plainOf } from '../../core/text/plain.ts'
import { loadLexicon } from './lexicon.ts'

const shipped = loadLexicon()
const { learned: _, ...lexicon } = shipped
type Row = {
  id: string
  test: string
  pattern?: string
  words?: readonly string[]
  aliases?: readonly string[]
  strong?: readonly string[]
  weak?: readonly string[] | boolean
}

test('every row of the vocabulary has an id of its own in its section', () => {
  for (const [section, rows] of Object.entries(lexicon)) {
    const ids = (rows as readonly Row[]).map((row) => row.id)
    assert.equal(new Set(ids).size, ids.length, section)
  }
})

test('every row of the vocabulary finds itself in its own test sentence', () => {
  const byDefault = new Set(['default.body', 'other'])
  for (const [section, rows] of Object.entries(lexicon)) {
    for (const row of rows as readonly Row[]) {
      const words = [
        ...(row.words ?? []),
        ...(row.aliases ?? []),
        ...(row.strong ?? []),
        ...(Array.isArray(row.weak) ? row.weak : []),
      ]
      const sentence = plainOf(row.test).text
      const found =
        words.some((word) => sentence.includes(word)) ||
        (row.pattern !== undefined && new RegExp(row.pattern, 'u').test(sentence))
      const all =
        'all' in row ? (row.all as string[][]).every((group) => group.some((word) => sentence.includes(word))) : false
      assert.ok(found || all || byDefault.has(row.id), `${section}.${row.id}: ${row.test}`)
    }
  }
})

test('the vocabulary is frozen, rows and all', () => {
  assert.ok(Object.isFrozen(shipped) && Object.isFrozen(shipped.kinds[0]?.strong))
})

test('whatever the patterns of the vocabulary match in their test sentences begins with one of the units told of them', () => {
  for (const rows of Object.values(lexicon))
    for (const { pattern, test: said } of rows as readonly Row[]) {
      const units = pattern === undefined ? null : beginnings(pattern)
      for (const { index } of units === null ? [] : said.matchAll(new RegExp(pattern!, 'gu')))
        assert.ok(units!.includes(said.charAt(index)), pattern)
    }
})
