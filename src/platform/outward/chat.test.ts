import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startOfficeModel } from '../../../test/support/office-model.ts'
import { askModel, type OfficeModel } from './chat.ts'

let server: Awaited<ReturnType<typeof startOfficeModel>>
let elsewhere: Awaited<ReturnType<typeof startOfficeModel>>
let model: OfficeModel
before(async () => {
  server = await startOfficeModel()
  elsewhere = await startOfficeModel()
  model = { url: server.url, name: 'our-own', key: 'the-key', seconds: 1 }
})
after(async () => {
  await server.close()
  await elsewhere.close()
})

const messages = [
  { role: 'system', content: '问' },
  { role: 'user', content: '主体：\n1 局党组\n分句：\n1 开会' },
] as const

describe('a call to the office model', () => {
  it('goes to the configured address with the key, and counts what went out and came in', async () => {
    server.behave({ say: ({ clauses, subjects }) => `${clauses.join()} ${subjects.join()}` })
    const called = await askModel({ ...model, url: `${server.url}/` }, messages)
    const [asked] = server.got
    assert.deepEqual([called.words, called.silence], ['开会 局党组', null])
    assert.equal(asked?.path, '/v1/chat/completions')
    assert.equal(asked?.headers.authorization, 'Bearer the-key')
    assert.equal(asked?.model, 'our-own')
    assert.equal(called.bytesOut, asked?.bytes)
    assert.ok(called.bytesIn > 20)
    await askModel({ ...model, key: null }, messages)
    assert.equal(server.got.at(-1)?.headers.authorization, undefined)
  })

  it('says in one word why there is no answer', async () => {
    const silence = async (behaviour: Parameters<typeof server.behave>[0]) => {
      server.behave(behaviour)
      const called = await askModel(model, messages)
      assert.equal(called.words, null)
      return called.silence
    }
    assert.equal(await silence({ status: 500 }), 'answer')
    assert.equal(await silence({ status: 401 }), 'refused')
    assert.equal(await silence({ body: 'not json' }), 'no-words')
    assert.equal(await silence({ body: '{"choices":[]}' }), 'no-words')
    assert.equal(await silence({ body: `{"choices":"${'x'.repeat(400_000)}"}` }), 'too-large')
    assert.equal(await silence({ afterMs: Number.POSITIVE_INFINITY }), 'timeout')
    assert.equal(await silence({ afterMs: 1500 }), 'timeout')
    const long = [{ role: 'user', content: '开会'.repeat(40_000) }] as const
    assert.deepEqual(await askModel(model, long), { words: null, silence: 'too-long', bytesOut: 0, bytesIn: 0 })
  })

  it('follows no redirect, wherever it points', async () => {
    server.behave({ status: 307, location: `${elsewhere.url}/chat/completions` })
    assert.equal((await askModel(model, messages)).silence, 'redirect')
    assert.equal(elsewhere.got.length, 0)
  })

  it('reaches no metadata or link-local address, and no host that does not exist', async () => {
    const of = async (url: string) => (await askModel({ ...model, url }, messages)).silence
    assert.equal(await of('http://169.254.169.254/v1'), 'forbidden-address')
    assert.equal(await of('http://[::ffff:169.254.169.254]/v1'), 'forbidden-address')
    assert.equal(await of('http://model.invalid/v1'), 'no-host')
    const gone = await startOfficeModel()
    await gone.close()
    assert.equal(await of(gone.url), 'no-connection')
  })
})
