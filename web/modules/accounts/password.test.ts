// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordLacks } from './password.ts'

test('a password has ten characters of three kinds', () => {
  assert.equal(passwordLacks('Ab3-efgh9'), 'short')
  assert.equal(passwordLacks('abcdefghij1'), 'classes')
  assert.equal(passwordLacks('abcdefghi-1'), undefined)
  assert.equal(passwordLacks('临澜水务1a临澜水务好'), undefined)
})
