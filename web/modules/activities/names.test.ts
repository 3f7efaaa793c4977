// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchNames, namesIn } from './names.ts'

const roster = [
  { personId: '1', name: '孟怀瑾' },
  { personId: '2', name: '李文博' },
  { personId: '3', name: '李文博' },
  { personId: '4', name: '宋岚' },
]

test('names are read from lines, commas, tables and numbered lists', () => {
  assert.deepEqual(namesIn('1. 孟怀瑾、冯乐山，宋 岚\n罗清和\t男'), ['孟怀瑾', '冯乐山', '宋岚', '罗清和'])
})

test('a name stands once', () => {
  assert.deepEqual(namesIn('孟怀瑾 孟怀瑾'), ['孟怀瑾'])
})

test('names of the roster match; others and namesakes are told', () => {
  const { matched, unmatched, twice } = matchNames('孟怀瑾 李文博 宋岚 外请专家', roster)
  assert.deepEqual([...matched], ['1', '4'])
  assert.deepEqual(unmatched, ['外请专家'])
  assert.deepEqual(twice, ['李文博'])
})
