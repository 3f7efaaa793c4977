import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { jobId } from '../../platform/jobs/queues.ts'
import { modules } from '../index.ts'

const MESSAGES = 6
const KILLS = 2
const NOW = '2026-06-16T01:00:00Z'

let app: TestApp
let child: ChildProcess | null = null
before(async () => {
  app = await openTestApp('delivery', { modules, now: NOW })
})
after(async () => {
  child?.kill('SIGKILL')
  await app.close()
})

/** Starts a process that works on the queue. */
async function start(): Promise<ChildProcess> {
  const { host, port, database } = app.owner as unknown as { host: string; port: number; database: string }
  const place = { host, port, database }
  const given = JSON.stringify({
    app: { ...place, user: 'luze_app' },
    jobs: { ...place, user: 'luze_jobs' },
    now: NOW,
    keys: app.keys,
  })
  const script = join(import.meta.dirname, '../../../test/support/deliver-process.ts')
  const started = spawn(process.execPath, [script, given], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(started.stdout!, 'data')
  return started
}

/** What a process that died had in hand is given out again without the minute of silence that it takes in earnest. */
const hurry = () =>
  app.owner.query(`update jobs.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`)

async function send(channelId: string): Promise<Set<string>> {
  const ids = new Set(Array.from({ length: MESSAGES }, (_, n) => jobId(`message ${n}`)))
  for (const id of ids) {
    await app.owner.query(
      `insert into deliveries (org_id, id, channel_id, on_day, items, state, at) values (1, $1, $2, '2026-06-16', 1, 'waiting', now())`,
      [id, channelId],
    )
    await app.owner.query('select jobs.send($1, $2, $3)', ['deliver', id, JSON.stringify({ orgId: 1, deliveryId: id })])
  }
  return ids
}

test('messages under way are neither lost nor taken twice when the process is killed, before or after the yes of the other side', {
  timeout: 90_000,
}, async () => {
  await app.owner.query(`update jobs.queue set retry_delay = 1, retry_delay_max = 1 where name = 'deliver'`)
  const accepted = new Set<string>()
  const again: string[] = []
  let kills = 0
  // The receiver takes each id once, as the signature's documentation asks of it.
  const server = createServer((request, response) => {
    const id = String(request.headers['luze-id'])
    const dies = kills < KILLS
    const beforeYes = kills % 2 === 0
    if (dies) {
      kills++
      child!.kill('SIGKILL')
    }
    if (dies && beforeYes) return void response.destroy()
    if (accepted.has(id)) again.push(id)
    accepted.add(id)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const administrator = app.as(actorOf(app, 'system-admin'))
  const url = 'http://hook.example.test/'
  const { channelId } = await administrator.must('channel.open', {
    kind: 'webhook',
    url,
    address: 'http://luze.example.test',
  })
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await app.owner.query(`update channels set settings = jsonb_set(settings, '{url}', to_jsonb($1::text))`, [local])
  const sent = await send(channelId)
  const states = async () => (await app.owner.query('select state, count(*)::int n from deliveries group by 1')).rows
  for (let starts = 0; ; starts++) {
    assert.ok(starts <= KILLS, 'one start for each kill and one more')
    child = await start()
    await hurry()
    const done = async () => (await states()).every(({ state }) => state === 'sent')
    while (child.exitCode === null && child.signalCode === null && !(await done()))
      await new Promise((resolve) => setTimeout(resolve, 100))
    if (await done()) break
  }
  assert.equal(kills, KILLS)
  assert.deepEqual([...accepted].sort(), [...sent].sort(), 'nothing is lost')
  assert.ok(again.length <= KILLS, 'only what was under way comes a second time, under its own id')
  assert.deepEqual(await states(), [{ state: 'sent', n: MESSAGES }])
  // The jobs end a moment after their message is noted; whatever is given out again finds it sent.
  const tried = await app.owner.query('select max(tried)::int n from deliveries')
  assert.equal(tried.rows[0].n, 1, 'noted once')
  server.closeAllConnections()
  server.close()
})
