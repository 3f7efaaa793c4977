import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Caller } from '../../../test/support/app.ts'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { type Planted, plant, type Who } from '../../../test/support/planted.ts'
import { modules } from '../index.ts'
import { announceMorning } from './notice.jobs.ts'

/** A Tuesday; 19 to 21 June are days off. */
const TODAY = '2026-06-16'
const at = (day: string, hour = 9) => `${day}T${String(hour - 8).padStart(2, '0')}:00:00Z`

let app: TestApp
let planted: Planted
let office: Caller
before(async () => {
  app = await openTestApp('notice', { modules, now: at(TODAY) })
  planted = await plant(app, 1, 'jia')
  office = await as('党办')
})
after(() => app.close())

const as = async (who: Who) => app.as(await planted.actor(who))
const id = (key: string) => planted.ids.get(key)!

/** Duties of the inbox of a person by title, with stage and part. */
async function inbox(who: Who): Promise<string[]> {
  const { body } = await (await as(who)).query('notice.list')
  const lines = body.items.filter((one: { noun: string }) => one.noun === 'duty')
  return lines.map((one: { title: string; stage: string; part: string }) => `${one.title} ${one.stage} ${one.part}`)
}

async function duty(title: string, dueOn: string, more: Record<string, unknown> = {}): Promise<string> {
  const owners = { leadUnitId: id('b'), leaderPostId: id('post-成员'), watcherPostId: id('post-纪委') }
  return (await office.must('duty.open', { title, dueOn, ...owners, ...more })).id
}

describe('who is told', () => {
  it('before the day and on it the head of the unit alone; after it leader and watcher too, and nobody else', async () => {
    await duty('按期', '2026-06-18')
    await duty('到期', TODAY)
    app.clock.set(at('2026-06-12'))
    await duty('过期', '2026-06-15')
    app.clock.set(at(TODAY))
    assert.deepEqual(await inbox('乙科长'), ['过期 overdue owner', '到期 due owner', '按期 before owner'])
    assert.deepEqual(await inbox('成员'), ['过期 overdue leader'])
    assert.deepEqual(await inbox('纪委'), ['过期 overdue watcher'])
    for (const who of ['书记', '党办', '甲科长', '一支书', '二支党员', '无职'] as const)
      assert.deepEqual(await inbox(who), [], who)
  })

  it('of the milestones of a duty its owner alone, on the same days; not of one that was reached or is the last day itself', async () => {
    const milestones = [
      { title: '方案', dueOn: '2026-06-15' },
      { title: '自查', dueOn: '2026-06-18' },
      { title: '整改', dueOn: '2026-08-31' },
      { title: '总结', dueOn: null },
    ]
    app.clock.set(at('2026-06-12'))
    const own = await duty('分段', '2026-08-31', { milestones })
    app.clock.set(at(TODAY))
    const lines = async (who: Who) => (await inbox(who)).filter((line) => line.startsWith('分段'))
    assert.deepEqual(await lines('乙科长'), ['分段：方案 overdue owner', '分段：自查 before owner'])
    for (const who of ['成员', '纪委', '书记', '甲科长'] as const) assert.deepEqual(await lines(who), [], who)
    const head = await as('乙科长')
    const [line] = (await head.query('notice.list')).body.items.filter(
      (one: { title: string }) => one.title === '分段：方案',
    )
    assert.deepEqual([line.noun, line.recordId, line.dueOn], ['duty', own, '2026-06-15'])
    await head.must('duty.take-on', { ids: [own] })
    await head.must('duty.report', { id: own, text: '方案已定', milestone: 0 })
    assert.deepEqual(await lines('乙科长'), ['分段：自查 before owner'])
    await office.must('duty.withdraw', { id: own, reason: '试验用的事项' })
    assert.deepEqual(await lines('乙科长'), [])
  })

  it('once, as owner, where one person is owner and watcher', async () => {
    app.clock.set(at('2026-06-12'))
    await duty('自盯', '2026-06-15', { watcherPostId: id('post-乙科长') })
    app.clock.set(at(TODAY))
    const lines = (await inbox('乙科长')).filter((line) => line.startsWith('自盯'))
    assert.deepEqual(lines, ['自盯 overdue owner'])
  })

  it('the leader while the unit has no head', async () => {
    const { unitId } = await office.must('unit.open', {
      name: '空科',
      kind: 'department',
      parentId: id('bureau'),
      from: '2026-01-01',
    })
    await duty('空缺', TODAY, { leadUnitId: unitId })
    assert.ok((await inbox('成员')).includes('空缺 due owner'))
  })

  it('nobody about what is submitted, and nobody any more once it is closed', async () => {
    const own = await duty('报结', TODAY)
    const head = await as('乙科长')
    await head.must('duty.take-on', { ids: [own] })
    assert.ok((await inbox('乙科长')).includes('报结 due owner'))
    await head.must('duty.submit', { id: own, text: '已办' })
    assert.ok(!(await inbox('乙科长')).some((line) => line.startsWith('报结')))
  })

  it('lines of rules reach whoever heads the unit', async () => {
    app.clock.set(at('2026-06-29'))
    const { body } = await (await as('二支书')).query('notice.list')
    const rules = body.items.filter((one: { noun: string }) => one.noun === 'obligation')
    assert.ok(
      rules.some((one: { recordId: string }) => one.recordId.startsWith('theme-party-day/')),
      JSON.stringify(body.items),
    )
    const { body: other } = await (await as('一支党员')).query('notice.list')
    assert.ok(!other.items.some((one: { recordId: string }) => one.recordId.startsWith('theme-party-day/')))
    app.clock.set(at(TODAY))
  })
})

describe('the digest', () => {
  const digest = async (who: Who, day?: string) => (await (await as(who)).query('notice.digest', { day })).body

  it('is made by the office, tells each person what is new, and nothing twice', async () => {
    const done = await office.must('digest.announce')
    assert.equal(done.day, TODAY)
    assert.ok(done.persons >= 3)
    assert.equal(done.messages, 0, 'no channel is open')
    const mine = await digest('乙科长')
    assert.ok(mine.items.some((one: { title: string; stage: string }) => one.title === '到期' && one.stage === 'due'))
    const again = await office.must('digest.announce')
    assert.deepEqual([again.persons, again.lines], [0, 0])
    assert.deepEqual((await digest('无职')).items, [])
  })

  it('comes again only with what is new: the next rung is', async () => {
    app.clock.set(at('2026-06-17'))
    await office.must('digest.announce')
    const mine = await digest('乙科长')
    const titles = mine.items.map((one: { title: string; stage: string }) => `${one.title} ${one.stage}`)
    assert.ok(titles.includes('到期 overdue'))
    assert.ok(!titles.includes('按期 before'), 'told the day before')
    assert.ok(mine.others >= 1)
    const yesterday = await digest('乙科长', TODAY)
    assert.ok(
      yesterday.items.some((one: { title: string; standing: boolean }) => one.title === '到期' && !one.standing),
    )
  })

  it('is printed', async () => {
    const answer = await (await as('乙科长')).query('notice.paper', {})
    assert.equal(answer.status, 200)
    assert.equal(answer.raw.subarray(0, 2).toString(), 'PK')
  })

  it('is quiet on days that are not worked', async () => {
    app.clock.set(at('2026-06-20'))
    const { body } = await office.verb('digest.announce')
    assert.equal(body.code, 'digest/quiet-day')
    assert.match(body.title, /2026-06-22/)
    assert.equal(await announceMorning(app.stage, app.org), false)
  })

  it('is made by the calendar at the hour that the office set, once a day', async () => {
    await refused(office.verb('digest.plan', { hour: 8 }), 'digest/nothing-changed')
    await office.must('digest.plan', { hour: 10 })
    await office.must('digest.plan', { hour: 9 })
    app.clock.set(at('2026-06-22', 8))
    assert.equal(await announceMorning(app.stage, app.org), false)
    app.clock.set(at('2026-06-22', 9))
    assert.equal(await announceMorning(app.stage, app.org), true)
    assert.equal(await announceMorning(app.stage, app.org), false)
    app.clock.set(at('2026-06-23', 19))
    assert.equal(await announceMorning(app.stage, app.org), false, 'not in the evening')
  })

  it('is made twice at once and tells nothing twice', async () => {
    app.clock.set(at('2026-06-24'))
    const both = await Promise.all([office.verb('digest.announce'), office.verb('digest.announce')])
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    )
    const { rows } = await app.owner.query(
      'select count(*)::int n, count(distinct (pid, line))::int d from notice_lines',
    )
    assert.equal(rows[0].n, rows[0].d)
  })

  it('is made and planned by the office alone, and everybody reads his own only', async () => {
    for (const who of ['书记', '乙科长', '无职'] as const) {
      const caller = await as(who)
      await refused(caller.verb('digest.announce'), 'record/not-found')
      await refused(caller.verb('digest.plan', { hour: 7 }), 'record/not-found')
    }
    await refused(office.query('notice.digest', { day: '2026-06-25' }), 'digest/day-ahead')
    app.clock.set(at(TODAY))
  })
})

it('what a person was told, and what was sent to him, goes with him and with nobody else', async () => {
  const lines = async () =>
    (await app.owner.query('select pid, count(*)::int n from notice_lines where org_id = 1 group by pid order by pid'))
      .rows
  const before = await lines()
  assert.ok(before.length > 0, 'others were told something')
  const { personId } = await office.must('person.record', { name: '临时参会人' })
  await app.owner.query(
    `insert into notice_lines (org_id, pid, line, on_day) values
      (1, $1, 'duty due owner ' || gen_random_uuid(), '2026-06-16'), (1, $1, 'reminder reminder group ' || gen_random_uuid(), '2026-06-15')`,
    [personId],
  )
  const { channelId } = await app.as(actorOf(app, 'system-admin')).must('channel.open', {
    kind: 'webhook',
    url: 'https://hook.example.test/',
    address: 'https://luze.example.test',
  })
  await app.owner.query(
    `insert into deliveries (org_id, id, channel_id, pid, on_day, items, state, at)
      select 1, gen_random_uuid(), $1, pid, '2026-06-16', 1, 'sent', now() from unnest($2::uuid[]) pid`,
    [channelId, [personId, before[0].pid]],
  )
  assert.equal((await lines()).length, before.length + 1)
  await office.must('person.erase', { personId, basis: 'own-wish' })
  assert.deepEqual(await lines(), before)
  const { rows } = await app.owner.query('select pid from deliveries where org_id = 1 and channel_id = $1', [channelId])
  assert.deepEqual(rows, [{ pid: before[0].pid }])
})

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}
