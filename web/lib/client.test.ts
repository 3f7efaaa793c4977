// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import * as z from 'zod'
import { query, verb } from '../../src/core/contract.ts'
import { ApiError, call, queryString } from './client.ts'
import { resumeSession } from './connection.ts'

const addDuty = verb('duty.add', { input: z.object({ text: z.string() }), output: z.object({ id: z.string() }) })
const listDuties = query('duty.list', {
  input: z.object({ unit: z.string() }),
  output: z.object({ total: z.number() }),
})
const original = globalThis.fetch

type Sent = { address: string; headers: Record<string, string>; body: string | undefined }

/** Answers the calls in turn and keeps what was sent. */
function answer(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = []
  globalThis.fetch = (address, init = {}) => {
    if (address === '/healthz') return Promise.resolve(new Response('{}'))
    sent.push({ address: String(address), headers: init.headers as Record<string, string>, body: init.body as string })
    const next = answers.shift() ?? new Error('no answer left')
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  }
  return sent
}

const json = (status: number, value: unknown) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })

afterEach(() => {
  globalThis.fetch = original
})

test('a read puts its input into the address', async () => {
  const sent = answer(json(200, { total: 3 }))
  assert.deepEqual(await call(listDuties, { unit: '党组办公室' }), { total: 3 })
  assert.equal(sent[0]?.address, `/api/v1/duty.list?unit=${encodeURIComponent('党组办公室')}`)
})

test('lists repeat their key, objects travel as JSON, what is absent is left out', () => {
  assert.equal(queryString({ a: [1, 2], b: undefined, c: true }), '?a=1&a=2&c=true')
  assert.equal(queryString({ range: { from: '2026-01-01' } }), `?range=${encodeURIComponent('{"from":"2026-01-01"}')}`)
  assert.equal(queryString({}), '')
})

test('a refusal carries its code and its sentence', async () => {
  answer(json(409, { code: 'duty/already-closed', title: '没有保存：已销号。', details: { no: 3 } }))
  await assert.rejects(call(addDuty, { text: 'x' }), (error: unknown) => {
    assert.ok(error instanceof ApiError)
    assert.equal(error.code, 'duty/already-closed')
    assert.equal(error.message, '没有保存：已销号。')
    assert.deepEqual(error.details, { no: 3 })
    return true
  })
})

test('an act that meets a broken line is sent again under the same key', async () => {
  const sent = answer(new TypeError('line'), json(200, { id: '7' }))
  assert.deepEqual(await call(addDuty, { text: 'x' }), { id: '7' })
  assert.equal(sent.length, 2)
  assert.ok(sent[0]?.headers['idempotency-key'])
  assert.equal(sent[0]?.headers['idempotency-key'], sent[1]?.headers['idempotency-key'])
})

test('an act whose session lapsed goes on after signing in', async () => {
  const sent = answer(json(401, { code: 'session/none' }), json(200, { id: '8' }))
  const done = call(addDuty, { text: 'x' })
  await new Promise((next) => setTimeout(next, 20))
  assert.equal(sent.length, 1)
  resumeSession()
  assert.deepEqual(await done, { id: '8' })
})

test('a gateway without a server behind it counts as a broken line', async () => {
  const sent = answer(new Response('bad gateway', { status: 502 }), json(200, { total: 0 }))
  assert.deepEqual(await call(listDuties, { unit: 'a' }), { total: 0 })
  assert.equal(sent.length, 2)
})
