import assert from 'node:assert/strict'
import { test } from 'node:test'
import { soundsLike, soundsOf } from './pinyin.ts'

test('a common character sounds as the order of the standard says, a rare one as its neighbours', () => {
  assert.deepEqual(soundsOf('周'), ['zhou'])
  assert.deepEqual(soundsOf('予'), ['yu'])
  for (const [char, sound] of [
    ['瑾', 'jin'],
    ['瀚', 'han'],
    ['砚', 'yan'],
    ['睿', 'rui'],
  ] as const)
    assert.ok(soundsOf(char).includes(sound), `${char}: ${soundsOf(char).join(' ')}`)
})

test('a name is found by whole syllables, by their first letters, by both, and by the given name alone', () => {
  for (const letters of ['zhouyuan', 'zyn', 'zya', 'zhouy', 'zhou', 'yuan', 'ya'])
    assert.ok(soundsLike('周予安', letters) || letters === 'zyn', letters)
  assert.ok(!soundsLike('周予安', 'zyn'))
  assert.ok(!soundsLike('周予安', 'wang'))
})

test('a surname that sounds otherwise than the character is found by its own sound', () => {
  assert.ok(soundsLike('曾明', 'zengming'))
  assert.ok(soundsLike('单小雨', 'shanxiaoyu'))
})
