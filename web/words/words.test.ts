// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from './en.ts'
import { zh } from './zh.ts'

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${at}${key}`, value]] : leaves(value, `${at}${key}.`),
  )
}

const chinese = new Map(leaves(zh))
const english = new Map(leaves(en as Tree))
const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort()

test('both languages say the same things', () => {
  const stem = (key: string) => key.replace(/_(one|other)$/, '')
  assert.deepEqual(new Set([...english.keys()].map(stem)), new Set([...chinese.keys()].map(stem)))
})

test('English words hold no Chinese, but for the seal', () => {
  for (const [key, text] of english) if (key !== 'shell.seal') assert.doesNotMatch(text, /\p{Script=Han}/u, key)
})

test('a sentence takes the same values in both languages', () => {
  for (const [key, text] of chinese) {
    const other = english.get(key)
    if (other === undefined || key === 'format.monthOfYear' || key.endsWith('One')) continue
    assert.deepEqual(slots(other), slots(text), key)
  }
})

test('Chinese words use full-width marks and no exclamation', () => {
  for (const [key, text] of chinese) {
    assert.doesNotMatch(text, /\p{Script=Han}[,;:!?]/u, key)
    assert.doesNotMatch(text, /[！!]/, key)
  }
})
