import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { modules } from '../src/modules/index.ts'
import { fsck } from '../src/platform/journal/fsck.ts'
import { advanceTree } from '../src/platform/journal/tree.ts'
import { type Caller, openTestApp, type TestApp } from './support/app.ts'
import { makeSmallBureau, type SmallBureau } from './support/small-bureau.ts'

let app: TestApp
let bureau: SmallBureau
let office: Caller

before(async () => {
  app = await openTestApp('pipeline', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeSmallBureau(app)
  office = app.as(bureau.actor('冯乐山', 'office', 'all'))
})
after(() => app.close())

const study = (day: string) => ({
  kind: 'central-group-study',
  happenedOn: day,
  unitId: bureau.unit['leading-group'],
  numbers: { expected: 7, present: 6 },
})
const entries = async () =>
  (await app.owner.query('select idx, at from journal_entries order by idx')).rows as { idx: number; at: string }[]

describe('what comes in', () => {
  it('is refused where it holds a field that nobody declared', async () => {
    const answer = await office.verb('activity.record', { ...study('2026-06-01'), org_id: 2 })
    assert.deepEqual([answer.status, answer.body.code], [400, 'request/invalid'])
    assert.match(answer.body.title, /org_id/)
  })

  it('is refused in the language of the caller', async () => {
    const ask = (language: string) =>
      app.http.inject({ method: 'GET', url: '/api/v1/unit.tree', headers: { 'accept-language': language } })
    assert.equal((await ask('zh-CN')).json().title, '请先登录。')
    assert.equal((await ask('en-GB')).json().title, 'Please sign in first.')
    assert.match(String((await ask('en')).headers['content-type']), /^application\/problem\+json/)
  })

  it('is refused from a foreign page, and as anything but JSON', async () => {
    const send = (headers: Record<string, string>) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/activity.record',
        payload: '{}',
        headers: { host: 'luze.local', ...headers },
      })
    const cookie = 'luze=1.abc'
    assert.equal(
      (await send({ 'content-type': 'application/json', cookie, origin: 'http://evil.local' })).statusCode,
      403,
    )
    assert.equal((await send({ 'content-type': 'application/json', cookie, origin: 'null' })).statusCode, 403)
    assert.equal((await send({ 'content-type': 'text/plain', cookie, origin: 'http://luze.local' })).statusCode, 415)
    assert.equal(
      (await send({ 'content-type': 'application/json', cookie, origin: 'http://luze.local' })).statusCode,
      401,
    )
  })

  it('of somebody without the right reads like something that does not exist', async () => {
    const member = app.as(bureau.actor('陶静仪', 'member', ['branch']))
    const forbidden = await member.verb('activity.amend', {
      activityId: (await office.must('activity.record', study('2026-06-02'))).activityId,
      reason: '试',
      topics: [],
    })
    const absent = await member.verb('activity.amend', { activityId: randomUUID(), reason: '试', topics: [] })
    assert.deepEqual(forbidden.body, absent.body)
    assert.equal(forbidden.status, absent.status)
  })
})

describe('an idempotency key', () => {
  it('answers again for the same content and refuses another', async () => {
    const key = randomUUID()
    const first = await office.verb('activity.record', study('2026-06-03'), { key })
    const again = await office.verb('activity.record', study('2026-06-03'), { key })
    assert.deepEqual(again.body, first.body)
    const other = await office.verb('activity.record', study('2026-06-04'), { key })
    assert.equal(other.body.code, 'request/key-reused')
  })

  it('makes one record of ten racers', async () => {
    const key = randomUUID()
    const before = (await entries()).length
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => office.verb('activity.record', study('2026-06-05'), { key })),
    )
    assert.equal(
      new Set(answers.map((answer) => answer.body.activityId)).size,
      1,
      JSON.stringify(answers.map((answer) => answer.body)),
    )
    assert.equal((await entries()).length, before + 1)
  })
})

describe('the journal', () => {
  it('is gapless and its time never goes back, however many write at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        office.must('activity.record', study(`2026-05-${String((index % 28) + 1).padStart(2, '0')}`)),
      ),
    )
    const all = await entries()
    all.forEach((entry, index) => {
      assert.equal(entry.idx, index)
      if (index > 0) assert.ok(entry.at >= all[index - 1]!.at)
    })
  })

  it('takes its time from the database, whatever the clock of the program says', async () => {
    const real = Date.now()
    app.clock.set('2025-01-02T00:00:00Z')
    try {
      await office.must('activity.record', study('2025-01-01'))
    } finally {
      app.clock.set('2026-06-16T02:00:00Z')
    }
    const last = (await app.owner.query('select at from journal_entries order by idx desc limit 1')).rows[0] as {
      at: string
    }
    assert.ok(Math.abs(Date.parse(last.at) - real) < 60_000)
  })

  it('grows a tree whose every checkpoint is the root of the entries below it', async () => {
    const first = await advanceTree(app.stage.pool, app.org)
    await office.must('activity.record', study('2026-06-08'))
    const [one, two] = await Promise.all([advanceTree(app.stage.pool, app.org), advanceTree(app.stage.pool, app.org)])
    assert.equal(one.size, first.size + 1)
    assert.deepEqual(one.root, two.root)
    const [report] = await fsck(app.owner, app.registry.records, app.registry.refolds)
    assert.deepEqual(
      report!.faults.filter((fault) => !fault.says.includes('rows for')),
      [],
    )
  })
})
