// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { dutyKinds as en } from '../../words/en/duty-kinds.ts'
import { dutyKinds as zh } from '../../words/zh/duty-kinds.ts'

type Row = { id: string; words: { zh: string; en: string } }

const rowsOf = (file: string) =>
  parse(readFileSync(join(import.meta.dirname, '../../../catalogue/kinds', file), 'utf8')) as Row[]
const named = (rows: Row[], language: 'zh' | 'en') => rows.map((row) => [row.id, row.words[language]])

test('kinds of duty and layers are named as the catalogue names them, in its order', () => {
  const kinds = rowsOf('duties.yaml')
  const layers = rowsOf('layers.yaml')
  assert.deepEqual(Object.entries(zh.kind), named(kinds, 'zh'))
  assert.deepEqual(Object.entries(en.kind), named(kinds, 'en'))
  assert.deepEqual(Object.entries(zh.layer), named(layers, 'zh'))
  assert.deepEqual(Object.entries(en.layer), named(layers, 'en'))
})
