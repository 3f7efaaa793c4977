import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { Refusal } from '../errors/refusal.ts'
import { isLoopback, readConfig } from './config.ts'

let dir: string
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'luze-config-'))
  for (const name of ['cert.pem', 'key.pem']) writeFileSync(join(dir, name), 'x')
})
after(() => rmSync(dir, { recursive: true }))

const refused = (options: Record<string, unknown>, code: string) =>
  assert.throws(
    () => readConfig(options, {}),
    (error) => error instanceof Refusal && error.code === code,
  )

test('without a word the server is the embedded one in ./data, on loopback, port 8620', () => {
  assert.deepEqual(readConfig({}, {}), {
    dataDir: resolve('data'),
    host: '127.0.0.1',
    port: 8620,
    tls: null,
    behindProxy: false,
    databaseUrl: null,
    model: null,
    demo: false,
  })
})

test('an option goes before the environment, the environment before the default', () => {
  const env = { PORT: '9000', LUZE_DATA: '/srv/luze', LUZE_DATABASE_URL: 'postgres://boss@db/luze' }
  const { port, dataDir, databaseUrl } = readConfig({}, env)
  assert.deepEqual([port, dataDir, databaseUrl], [9000, '/srv/luze', 'postgres://boss@db/luze'])
  assert.equal(readConfig({ port: '0' }, env).port, 0)
  assert.equal(readConfig({}, { PORT: '' }).port, 8620)
})

test('beyond loopback the server speaks TLS or stands behind a proxy that does', () => {
  const tls = { tlsCert: join(dir, 'cert.pem'), tlsKey: join(dir, 'key.pem') }
  refused({ host: '0.0.0.0' }, 'config/open-host')
  refused({ host: '::' }, 'config/open-host')
  refused({ host: 'office.example' }, 'config/open-host')
  assert.equal(readConfig({ host: '0.0.0.0', behindProxy: true }, {}).behindProxy, true)
  assert.deepEqual(readConfig({ host: '0.0.0.0', ...tls }, {}).tls, { cert: tls.tlsCert, key: tls.tlsKey })
  refused({ tlsCert: tls.tlsCert }, 'config/half-tls')
  refused({ tlsCert: tls.tlsCert, tlsKey: join(dir, 'none.pem') }, 'config/unreadable')
})

test('names and addresses that only look like loopback are not taken for it', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) assert.equal(isLoopback(host), true, host)
  for (const host of ['127.example.com', '128.0.0.1', '::', '0.0.0.0', '']) assert.equal(isLoopback(host), false, host)
})

test('the office model is off unless an address and a name are given; its key comes from the environment alone', () => {
  const options = { modelUrl: 'http://10.0.0.8:8000/v1', modelName: 'qwen' }
  assert.deepEqual(readConfig(options, {}).model, {
    url: 'http://10.0.0.8:8000/v1',
    name: 'qwen',
    key: null,
    seconds: 60,
  })
  assert.equal(readConfig({ ...options, modelKey: 'x' }, { LUZE_MODEL_KEY: 'secret' }).model?.key, 'secret')
  assert.equal(readConfig({ ...options, modelKey: 'x' }, {}).model?.key, null)
  assert.equal(readConfig({}, { LUZE_MODEL_KEY: 'secret' }).model, null)
  const env = { LUZE_MODEL_URL: options.modelUrl, LUZE_MODEL_NAME: 'a' }
  assert.equal(readConfig({ modelName: 'b' }, env).model?.name, 'b')
  refused({ modelUrl: options.modelUrl }, 'config/half-model')
  refused({ modelName: 'qwen' }, 'config/half-model')
  for (const modelUrl of [
    'ftp://10.0.0.8/',
    'file:///etc/passwd',
    'http://user:pass@10.0.0.8/',
    'http://a.test/?key=1',
  ])
    refused({ ...options, modelUrl }, 'config/value')
})

test('a value that cannot be meant is refused with the name of its option', () => {
  refused({ port: 'many' }, 'config/value')
  refused({ port: 70_000 }, 'config/value')
  refused({ databaseUrl: 'mysql://x' }, 'config/value')
})
