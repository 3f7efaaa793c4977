import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLog } from './log.ts'

function lineOf(error: Error): Record<string, unknown> {
  const lines: string[] = []
  openLog((line) => lines.push(line)).error('act/failed', { error, ms: 5 })
  assert.equal(lines.length, 1)
  assert.match(lines[0] as string, /^\{.*\}\n$/)
  return JSON.parse(lines[0] as string)
}

test('a line tells when, how grave, what and the facts', () => {
  const line = lineOf(new Error('no more room'))
  assert.match(String(line.at), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.deepEqual([line.level, line.event, line.ms], ['error', 'act/failed', 5])
  const { message, stack } = line.error as { message: string; stack: string[] }
  assert.equal(message, 'no more room')
  assert.match(stack[0] as string, /^at .*log\.test\.ts/)
})

test('what a person typed does not reach the log through an error of the database', () => {
  const typed = Object.assign(new Error('invalid input syntax for type integer: "张三"'), {
    code: '22P02',
    detail: 'Key (name)=(张三) already exists.',
  })
  assert.doesNotMatch(JSON.stringify(lineOf(typed)), /张三/)
})
