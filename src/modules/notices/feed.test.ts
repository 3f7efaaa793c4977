import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { openDoorkeeper } from '../accounts/accounts.ts'
import { organisation } from '../organisation/organisation.ts'
import { feedActions, feedQueries, feedSettingRecord } from './feed.ts'

const TODAY = '2026-06-16'
const SECRETARY = '孟怀瑾'

let app: TestApp
let bureau: Bureau
let administrator: Caller
let secretary: Caller
let member: Caller

before(async () => {
  const feeds = { name: 'feeds', actions: feedActions, queries: feedQueries, records: [feedSettingRecord] }
  const doorkeeper = openDoorkeeper
  app = await openTestApp('feed', { modules: [organisation, feeds], doorkeeper, now: `${TODAY}T02:00:00Z` })
  bureau = await makeBureau(app)
  administrator = app.as(actorOf(app, 'system-admin'))
  secretary = await bureau.as(SECRETARY)
  member = await bureau.as('陆星野')
  for (const name of [SECRETARY, '陆星野']) await openAccount(name)
})
after(() => app.close())

function openAccount(name: string) {
  return app.owner.query(
    `insert into accounts (org_id, id, version, status, pid, user_name, user_key, recorded_idx) values (1, $1, 1, 'open', $2, $3, $3, 0)`,
    [randomUUID(), bureau.person(name), name],
  )
}

const get = (url: string, headers: Record<string, string> = {}) => app.http.inject({ method: 'GET', url, headers })

async function refused(answer: Promise<{ body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/)
}

describe('before an administrator allows feeds', () => {
  it('nobody can open one, and only the system administrator can allow them', async () => {
    assert.deepEqual((await secretary.query('feed.get')).body, { allowed: false, openedAt: null, language: null })
    await refused(secretary.verb('feed.open'), 'feed/not-allowed')
    await refused(secretary.verb('feed.close'), 'feed/none')
    await refused(administrator.verb('feed.revoke'), 'feed/not-allowed')
    for (const caller of [secretary, member, app.as(actorOf(app, 'office')), app.as(actorOf(app, 'audit-admin'))])
      await refused(caller.verb('feed.grant'), 'record/not-found')
    await administrator.must('feed.grant')
    await refused(administrator.verb('feed.grant'), 'feed/allowed-already')
    await refused(administrator.verb('feed.open'), 'record/not-found')
  })
})

describe('an open feed', () => {
  it('gives its address once and keeps a hash of it only', async () => {
    const { path, replaced } = await secretary.must('feed.open')
    assert.match(path, /^\/ical\/1\.[\w-]{43}\.ics$/)
    assert.equal(replaced, false)
    const { rows } = await app.owner.query('select feeds::text as text, token_hash from feeds')
    assert.equal(rows.length, 1)
    assert.equal(rows[0].token_hash.length, 32)
    assert.ok(!rows[0].text.includes(path.slice(8, 20)))
    const own = (await secretary.query('feed.get')).body
    assert.deepEqual([own.allowed, own.language, own.openedAt.slice(0, 10)], [true, 'zh', TODAY])
    assert.ok(!JSON.stringify(own).includes(path.slice(8, 20)))
  })

  it('tells what its person owes by title and day, and names no person, unit or record', async () => {
    const { path, replaced } = await secretary.must('feed.open')
    assert.equal(replaced, true)
    const answer = await get(path)
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8')
    const text = answer.payload.replaceAll('\r\n ', '')
    const general = app.stage.catalogues.catalogue.rules.get('branch-general-meeting').words
    assert.match(text, new RegExp(`DTSTART;VALUE=DATE:20260630[^]*?SUMMARY:${general.zh}\r\n`))
    assert.match(text, /DTSTART;VALUE=DATE:20261231/)
    const { rows } = await app.owner.query(`select name from persons union select name from unit_periods
      union select pid::text from person_ids union select id::text from units`)
    for (const { name } of rows as { name: string }[]) assert.ok(!text.includes(name), name)
    assert.doesNotMatch(text, /DESCRIPTION|ATTENDEE|LOCATION|URL/)
  })

  it('of a member tells only his own, and nothing that only a handler may know of', async () => {
    const { path } = await member.must('feed.open', { language: 'en' })
    const text = (await get(path)).payload.replaceAll('\r\n ', '')
    const rules = app.stage.catalogues.catalogue.rules
    assert.ok(!text.includes(rules.get('branch-general-meeting').words.en))
    for (const rule of rules.rows.filter(({ visibility }) => visibility === 'personal'))
      assert.ok(!text.includes(rule.words.en), rule.id)
    assert.match(text, /X-WR-CALNAME:Luze: my due days/)
  })

  it('says itself whether it has changed, and is kept by nobody but the asker', async () => {
    const { path } = await secretary.must('feed.open')
    const first = await get(path)
    const { etag } = first.headers as { etag: string }
    assert.equal(first.headers['cache-control'], 'private, no-cache')
    const again = await get(path, { 'if-none-match': etag })
    assert.deepEqual([again.statusCode, again.payload], [304, ''])
    assert.equal((await get(path, { 'if-none-match': '"other"' })).statusCode, 200)
    const head = await app.http.inject({ method: 'HEAD', url: path })
    assert.deepEqual([head.statusCode, head.payload], [200, ''])
  })

  it('is the same file that its person can save while signed in', async () => {
    const { path } = await secretary.must('feed.open')
    const saved = await secretary.query('feed.read')
    assert.equal(saved.raw.toString('utf8'), (await get(path)).payload)
    assert.equal((await app.withToken(null).query('feed.read')).body.code, 'session/required')
  })
})

describe('an address that stands for nobody', () => {
  const absent = async (path: string) => {
    const answer = await get(path)
    assert.equal(answer.statusCode, 404, path)
    assert.equal(answer.json().code, 'record/not-found')
  }

  it('looks like one that does not exist', async () => {
    const { path } = await secretary.must('feed.open')
    const last = path.at(-5) === 'A' ? 'Q' : 'A'
    await absent(path.replace(/.\.ics$/, `${last}.ics`))
    await absent(path.replace('/1.', '/2.'))
    await absent(path.replace(/\.ics$/, ''))
    await absent(`${path}/more`)
    await absent('/ical/')
    await absent("/ical/1'--.ics")
    assert.equal((await get(path)).statusCode, 200)
  })

  it('is an older address, a closed feed, a closed account, an erased person, a bureau that allows none any more', async () => {
    const old = (await secretary.must('feed.open')).path
    const { path } = await secretary.must('feed.open')
    await absent(old)
    await secretary.must('feed.close')
    await absent(path)
    const his = (await member.must('feed.open')).path
    const account = (status: string) =>
      app.owner.query('update accounts set status = $1 where pid = $2', [status, bureau.person('陆星野')])
    await account('closed')
    await absent(his)
    await account('open')
    assert.equal((await get(his)).statusCode, 200)
    const again = (await secretary.must('feed.open')).path
    assert.deepEqual(await administrator.must('feed.revoke'), { allowed: false, closed: 2 })
    await absent(again)
    await absent(his)
    await administrator.must('feed.grant')
    await absent(his)
  })

  it('is told to the auditor of the bureau that it names, with where it came from and nothing of the address', async () => {
    await app.owner.query('delete from audit_events')
    const { path } = await secretary.must('feed.open')
    await app.owner.query('delete from audit_events')
    await absent(path.replace(/.{6}\.ics$/, 'AAAAAA.ics'))
    await absent('/ical/none.ics')
    await absent(path.replace('/1.', '/99.'))
    assert.equal((await get(path)).statusCode, 200)
    const { rows } = await app.owner.query('select * from audit_events order by outcome desc')
    const said = (rows as Record<string, unknown>[]).map(({ org_id, event, outcome, code, account_id }) => {
      return [org_id, event, outcome, code, account_id === null]
    })
    assert.deepEqual(said, [
      [1, 'feed.read', 'refused', 'record/not-found', true],
      [1, 'feed.read', 'done', null, false],
    ])
    assert.ok(rows.every(({ source }: { source: string | null }) => source !== null))
    assert.ok(!JSON.stringify(rows).includes(path.slice(8, 20)))
  })

  it('is asked for so often only', async () => {
    let status = 0
    for (let n = 0; n < 130 && status !== 429; n++) status = (await get('/ical/none.ics')).statusCode
    assert.equal(status, 429)
  })
})

it('allowing and ending feeds stand in the journal, addresses do not', async () => {
  const [report] = await fsck(app.owner, app.registry.records)
  assert.deepEqual(report?.faults, [])
  const { rows } = await app.owner.query(`select verb, entries from acts where verb like 'feed.%' order by first_idx`)
  const wrote = (rows as { verb: string; entries: number }[])
    .filter(({ entries }) => entries > 0)
    .map(({ verb }) => verb)
  assert.deepEqual(wrote, ['feed.grant', 'feed.revoke', 'feed.grant'])
})
