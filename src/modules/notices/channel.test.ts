import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { type Planted, plant, type Who } from '../../../test/support/planted.ts'
import { SealBroken } from '../../platform/jobs/sealed.ts'
import { exportAll } from '../../platform/journal/export.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { mayReach } from '../../platform/outward/reach.ts'
import { modules } from '../index.ts'
import { deliver } from './notice.jobs.ts'
import { addressOf } from './reach.ts'
import { signatureOf } from './webhook.ts'

let app: TestApp
let planted: Planted
let administrator: Caller
let office: Caller
let jobs: pg.Client
before(async () => {
  app = await openTestApp('channel', { modules, now: '2026-06-16T01:00:00Z' })
  planted = await plant(app, 1, 'jia')
  await app.owner.query('delete from notice_lines')
  administrator = app.as(actorOf(app, 'system-admin'))
  office = await as('党办')
  const { rows } = await app.owner.query('select current_database() db, inet_server_port() port')
  const { host, port } = app.owner as unknown as { host: string; port: number }
  jobs = new pg.Client({ host, port, user: 'luze_jobs', database: rows[0].db })
  await jobs.connect()
})
after(async () => {
  for (const server of servers) server.close()
  await jobs.end()
  await app.close()
})

const as = async (who: Who) => app.as(await planted.actor(who))
const address = 'https://luze.example.test'

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

async function secretOf(orgId: number, channelId: string): Promise<string | null> {
  const { rows } = await jobs.query('select secret from jobs.secrets where org_id = $1 and id = $2', [orgId, channelId])
  return rows[0]?.secret ?? null
}

/** Does what the queue would do with every job that was sent. */
async function work(last = true): Promise<void> {
  const { rows } = await app.owner.query(`select data from jobs.job where name = 'deliver' order by created_on`)
  for (const { data } of rows)
    await deliver(app.stage, app.org, { id: data.deliveryId, data, last }, { secretOf, ownMachine: true }).catch(
      () => undefined,
    )
}
const states = async () => (await app.owner.query('select state, reason from deliveries order by at, state')).rows

interface Posted {
  headers: IncomingMessage['headers']
  body: string
}

const servers: { close(): unknown }[] = []

async function receiver(answer: (url: string) => { status: number; to?: string } = () => ({ status: 204 })) {
  const got: Posted[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      const { status, to } = answer(request.url ?? '')
      response.writeHead(status, to === undefined ? {} : { location: to }).end('secret words of the receiver')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, got, close: () => new Promise((resolve) => server.close(resolve)) }
}

/** Opens a webhook on this machine, which the verb itself refuses. */
async function openWebhook(url: string): Promise<{ channelId: string; secret: string }> {
  const opened = await administrator.must('channel.open', {
    kind: 'webhook',
    url: 'http://hook.example.test/x',
    address,
  })
  await app.owner.query(
    `update channels set settings = jsonb_set(settings, '{url}', to_jsonb($1::text)) where id = $2`,
    [url, opened.channelId],
  )
  return opened
}

const clear = () => app.owner.query(`delete from jobs.job; delete from deliveries; delete from notice_lines`)

describe('out of the product', () => {
  it('goes nothing until an administrator opens a channel', async () => {
    const done = await office.must('digest.announce')
    assert.ok(done.lines > 0)
    assert.equal(done.messages, 0)
    assert.equal((await app.owner.query("select 1 from jobs.job where name = 'deliver'")).rowCount, 0)
    assert.deepEqual(await states(), [])
  })

  it('only the system administrator opens, tests and closes a channel', async () => {
    const input = { kind: 'webhook', url: 'https://hook.example.test/', address }
    for (const caller of [office, await as('书记'), app.as(actorOf(app, 'security-admin'))])
      await refused(caller.verb('channel.open', input), 'record/not-found')
    await refused(office.query('channel.list'), 'record/not-found')
    const { channelId } = await administrator.must('channel.open', input)
    await refused(office.verb('channel.send', { channelId }), 'record/not-found')
    await refused(office.verb('channel.close', { channelId }), 'record/not-found')
    await refused(administrator.verb('channel.open', input), 'channel/open-already')
    await administrator.must('channel.close', { channelId })
    await refused(administrator.verb('channel.close', { channelId }), 'channel/closed')
    await refused(administrator.verb('channel.send', { channelId }), 'channel/closed')
    assert.equal(await secretOf(1, channelId), null)
    await refused(administrator.verb('channel.open', { kind: 'mail', address }), 'channel/incomplete')
    for (const host of ['127.0.0.1', '169.254.169.254', '[::ffff:127.0.0.1]', '0.0.0.0'])
      await refused(
        administrator.verb('channel.open', { kind: 'webhook', url: `http://${host}/`, address }),
        'channel/forbidden-address',
      )
  })

  it('never reaches metadata, link-local or group addresses, whatever they are written like', async () => {
    for (const one of [
      '169.254.1.1',
      '0.1.2.3',
      '224.0.0.1',
      'fe80::1',
      '::',
      'ff02::1',
      '::ffff:169.254.169.254',
      'fd00:ec2::254',
      'x',
    ])
      assert.equal(mayReach(one, { ownMachine: true }), false, one)
    for (const one of ['10.1.2.3', '192.168.0.9', 'fd12::1'])
      assert.equal(mayReach(one, { ownMachine: false }), true, one)
    for (const one of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      assert.equal(mayReach(one, { ownMachine: false }), false, one)
    await assert.rejects(addressOf('localhost', { ownMachine: false }), /forbidden-address/)
  })
})

describe('a webhook', () => {
  it('gets a signed message without content, once for each person', async () => {
    await clear()
    const hook = await receiver()
    const { channelId, secret } = await openWebhook(hook.url)
    const done = await office.must('digest.announce')
    assert.equal(done.messages, done.persons)
    await office.must('digest.announce')
    await work()
    await work()
    assert.equal(hook.got.length, done.persons)
    for (const { headers, body } of hook.got) {
      const { t, v1 } = Object.fromEntries(
        String(headers['luze-signature'])
          .split(',')
          .map((part) => part.split('=')),
      )
      assert.equal(v1, signatureOf(secret, Number(t), String(headers['luze-id']), body))
      assert.deepEqual(Object.keys(JSON.parse(body)).sort(), ['address', 'bureau', 'event', 'id', 'items', 'recipient'])
      for (const mark of planted.marks.values()) assert.ok(!body.includes(mark))
    }
    assert.equal(new Set(hook.got.map(({ headers }) => headers['luze-id'])).size, done.persons)
    assert.ok((await states()).every(({ state }) => state === 'sent'))
    await administrator.must('channel.close', { channelId })
    await hook.close()
  })

  it('is followed nowhere else, and what it answers is not kept', async () => {
    await clear()
    const hook = await receiver((url) => (url === '/hook' ? { status: 302, to: '/elsewhere' } : { status: 200 }))
    const { channelId } = await openWebhook(hook.url)
    await administrator.must('channel.send', { channelId })
    await work(false)
    assert.deepEqual(await states(), [{ state: 'waiting', reason: 'redirect' }])
    await work()
    assert.deepEqual(await states(), [{ state: 'failed', reason: 'redirect' }])
    assert.equal(hook.got.length, 2)
    const { body } = await administrator.query('channel.list')
    assert.equal(
      body.items.find((one: { channelId: string }) => one.channelId === channelId).lastTest.reason,
      'redirect',
    )
    await administrator.must('channel.close', { channelId })
    await hook.close()
  })

  it('gets nothing that is over: the channel was closed, or the day is past', async () => {
    await clear()
    const hook = await receiver()
    const { channelId } = await openWebhook(hook.url)
    await administrator.must('channel.send', { channelId })
    app.clock.set('2026-06-17T01:00:00Z')
    await work()
    assert.deepEqual(
      (await states()).map(({ state }) => state),
      ['dropped'],
    )
    await administrator.must('channel.send', { channelId })
    await administrator.must('channel.close', { channelId })
    await work()
    assert.deepEqual(
      (await states()).map(({ state }) => state),
      ['dropped', 'dropped'],
    )
    assert.equal(hook.got.length, 0)
    await hook.close()
    app.clock.set('2026-06-16T01:00:00Z')
  })
})

/** The text of a mail, whichever of the two ways it was encoded. */
function textOf(mail: string): string {
  const [head, ...rest] = mail.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/transfer-encoding: base64/i.test(head!)) return Buffer.from(body, 'base64').toString('utf8')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** A mail server that takes everything down. */
async function mailServer(): Promise<{ port: number; got: string[]; close(): Promise<unknown> }> {
  const got: string[] = []
  const server: TcpServer = createTcpServer((socket) => {
    let text = ''
    let data = false
    socket.write('220 test\r\n')
    socket.on('error', () => undefined)
    socket.on('data', (part) => {
      text += part
      for (;;) {
        const end = data ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n')
        if (end < 0) return
        const piece = text.slice(0, end)
        text = text.slice(end + (data ? 5 : 2))
        if (data) got.push(piece)
        const command = data ? '' : piece.slice(0, 4).toUpperCase()
        data = command === 'DATA'
        socket.write(command === 'DATA' ? '354 go on\r\n' : command === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return {
    port: (server.address() as AddressInfo).port,
    got,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe('mail', () => {
  it('reaches those who gave an address, with a number and nothing else', async () => {
    await clear()
    const mail = await mailServer()
    const head = await as('甲科长')
    await head.must('address.record', { address: 'head@example.test' })
    await refused(head.verb('address.record', { address: 'head@example.test' }), 'address/nothing-changed')
    const { channelId, secret } = await administrator.must('channel.open', {
      kind: 'mail',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      sender: 'luze@example.test',
      address,
    })
    assert.equal(secret, null)
    await office.must('duty.open', { title: '机密的题目', dueOn: '2026-06-16', leadUnitId: planted.ids.get('a') })
    const done = await office.must('digest.announce')
    assert.ok(done.messages >= 1 && done.messages < done.persons)
    await work()
    const sent = mail.got.find((one) => /To: head@example\.test/.test(one))!
    assert.match(sent, /Message-ID: <[0-9a-f-]{36}@example\.test>/i)
    assert.match(sent, /From: luze@example\.test/)
    const body = textOf(sent)
    assert.match(body, /\d+ 项新的提醒/)
    assert.ok(body.includes(address))
    assert.ok(!mail.got.some((one) => textOf(one).includes('机密')))
    await administrator.must('channel.send', { channelId })
    await work()
    assert.match(mail.got.at(-1)!, /To: luze@example\.test/)
    await mail.close()
    await administrator.must('channel.close', { channelId })
  })

  it('goes to nobody who took his address back, and the address is emptied in every version', async () => {
    const head = await as('甲科长')
    assert.deepEqual((await head.query('address.get')).body, { address: 'head@example.test', used: false })
    await head.must('address.record', { address: 'other@example.test' })
    await head.must('address.close')
    await refused(head.verb('address.close'), 'address/none')
    const { rows } = await app.owner.query(
      `select count(*)::int n from mail_addresses where address like '%@example.test'`,
    )
    assert.equal(rows[0].n, 0)
    const { faults } = (await fsck(app.owner, app.registry.records, app.registry.refolds))[0]!
    // The tests above changed where a channel leads behind the journal's back, and it noticed.
    assert.deepEqual(
      faults.filter(({ says }) => says !== 'settings of channels was changed'),
      [],
    )
    await refused(administrator.verb('address.record', { address: 'a@example.test' }), 'record/not-found')
  })
})

it('a secret is shown once and found nowhere else: no read, no export, no journal, no idempotency key', async () => {
  const key = '019de8f0-0000-7000-8000-000000000001'
  const input = {
    kind: 'mail',
    host: 'mail.example.test',
    sender: 'a@example.test',
    user: 'luze',
    password: 'Geheim-Wort-1',
    address,
  }
  const opened = await administrator.verb('channel.open', input, { key })
  assert.equal(opened.status, 200)
  const hook = await administrator.must('channel.open', { kind: 'webhook', url: 'https://hook.example.test/', address })
  let exported = ''
  await app.owner.query('begin isolation level repeatable read read only')
  for await (const file of exportAll(app.owner)) for await (const piece of file.pieces) exported += piece
  await app.owner.query('rollback')
  const listed = JSON.stringify((await administrator.query('channel.list')).body)
  for (const secret of ['Geheim-Wort-1', hook.secret]) {
    assert.ok(!exported.includes(secret))
    assert.ok(!listed.includes(secret))
  }
  assert.ok(exported.includes('mail.example.test'), 'what is no secret is exported')
  const kept = await secretOf(1, opened.body.channelId)
  assert.doesNotMatch(kept!, /Geheim/)
  assert.equal(app.stage.secrets!.open(kept!, `1/${opened.body.channelId}`), 'Geheim-Wort-1')
  await administrator.must('channel.close', { channelId: opened.body.channelId })
  await administrator.must('channel.close', { channelId: hook.channelId })
})

describe('the key of the data folder', () => {
  const under = async (secrets: typeof app.stage.secrets, work: () => Promise<void>) => {
    const stage = app.stage as { secrets: typeof secrets }
    const before = stage.secrets
    stage.secrets = secrets
    await work().finally(() => {
      stage.secrets = before
    })
  }
  const broken = (reason: SealBroken['reason']) => {
    const fail = () => {
      throw new SealBroken(reason)
    }
    return { seal: fail, open: fail }
  }
  it('is needed to open a channel with a secret: without it none is opened', () =>
    under(broken('key-unreadable'), async () => {
      await refused(
        administrator.verb('channel.open', { kind: 'webhook', url: 'https://hook.example.test/', address }),
        'channel/no-key',
      )
    }))
  it('gone or exchanged: nothing goes out unsigned, and the administrator reads why', async () => {
    await clear()
    const hook = await receiver()
    const { channelId } = await openWebhook(hook.url)
    await under(broken('other-key'), async () => {
      await administrator.must('channel.send', { channelId })
      await work()
    })
    assert.deepEqual([await states(), hook.got.length], [[{ state: 'failed', reason: 'no-key' }], 0])
    const { body } = await administrator.query('channel.list')
    const listed = body.items.find((one: { channelId: string }) => one.channelId === channelId)
    assert.equal(listed.lastTest.reason, 'no-key')
    await hook.close()
  })
})
