import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { type Planted, plant, type Who } from '../../../test/support/planted.ts'
import { modules } from '../index.ts'

let app: TestApp
let planted: Planted
let discipline: Caller
before(async () => {
  app = await openTestApp('reminder', { modules, now: '2026-09-15T01:00:00Z' })
  app.clock.set('2026-06-16T01:00:00Z')
  planted = await plant(app, 1, 'jia')
  app.clock.set('2026-09-15T01:00:00Z')
  discipline = await as('纪委')
})
after(() => app.close())

const as = async (who: Who) => app.as(await planted.actor(who))
const id = (key: string) => planted.ids.get(key)!
const midAutumn = { festival: 'mid-autumn', year: 2026, text: '中秋将至，请守好纪律。' }

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

async function got(who: Who): Promise<string[]> {
  const { body } = await (await as(who)).query('notice.list')
  return body.items
    .filter((one: { noun: string }) => one.noun === 'reminder')
    .map((one: { recordId: string }) => one.recordId)
}

describe('the reminder before a festival', () => {
  it('is proposed with a wording before each festival, and nothing is sent by itself', async () => {
    const { body } = await discipline.query('reminder.drafts')
    assert.deepEqual(
      body.items.slice(0, 2).map((one: { festival: string; sendFrom: string }) => [one.festival, one.sendFrom]),
      [
        ['mid-autumn', '2026-09-10'],
        ['national-day', '2026-09-16'],
      ],
    )
    assert.match(body.items[0].text.zh, /^中秋节临近/)
    assert.doesNotMatch(body.items[0].text.zh, /\{/)
    assert.deepEqual(body.items[0].sent, [])
  })

  it('is sent once to a group, comes to its members as one line, and is one record of the year', async () => {
    const { reminderId, activityId, reached } = await discipline.must('reminder.send', {
      ...midAutumn,
      unitIds: [id('p1')],
    })
    assert.equal(reached, 2)
    assert.deepEqual([await got('一支党员'), await got('甲科长')], [[reminderId], [reminderId]])
    for (const who of ['二支党员', '一支书', '书记', '无职'] as const) assert.deepEqual(await got(who), [], who)
    const read = await (await as('一支党员')).query('reminder.get', { reminderId })
    assert.deepEqual([read.body.text, read.body.activityId], [midAutumn.text, null])
    await refused((await as('二支党员')).query('reminder.get', { reminderId }), 'record/not-found')
    const { body: activity } = await discipline.query('activity.get', { activityId })
    assert.deepEqual(
      [activity.kind, activity.fields.occasion, activity.unitId],
      ['integrity-reminder', 'mid-autumn', id('discipline')],
    )
  })

  it('stands as one record of its kind with its occasion, which figures and rules count', async () => {
    const owed =
      await app.owner.query(`select count(*)::int n from activities where kind = 'integrity-reminder' and not withdrawn
      and countable->>'occasion' = 'mid-autumn'`)
    assert.equal(owed.rows[0].n, 1)
  })

  it('meets what the rule asks before that festival, and before no other', async () => {
    const { body } = await (await as('党办')).query('obligation.list', { rule: 'holiday-reminder' })
    const stands = (body.items as { windowFrom: string; outcome: string; metOn: string | null }[])
      .filter(({ windowFrom }) => windowFrom > '2026-09-01')
      .map(({ windowFrom, outcome, metOn }) => [windowFrom, outcome, metOn])
    assert.deepEqual(stands, [
      ['2026-09-15', 'met', '2026-09-15'],
      ['2026-09-21', 'upcoming', null],
      ['2026-12-22', 'upcoming', null],
    ])
    const { obligationId } = body.items.find((one: { windowFrom: string }) => one.windowFrom === '2026-09-15')
    const { body: why } = await (await as('党办')).query('obligation.get', { obligationId })
    assert.equal(why.metBy.length, 1)
  })

  it('is not sent to the same group again, and to another one it is', async () => {
    await refused(discipline.verb('reminder.send', { ...midAutumn, unitIds: [id('p1')] }), 'reminder/sent-already')
    await refused(
      discipline.verb('reminder.send', { ...midAutumn, unitIds: [id('p1'), id('p2')] }),
      'reminder/sent-already',
    )
    const all = await Promise.all(
      [1, 2].map(() => discipline.verb('reminder.send', { ...midAutumn, audiences: ['leaders'] })),
    )
    assert.deepEqual(all.map(({ status }) => status).sort(), [200, 409], 'of two at once one is sent')
    assert.equal((await got('书记')).length, 1)
    const { body } = await discipline.query('reminder.list', { year: 2026 })
    assert.equal(body.items.filter((one: { festival: string }) => one.festival === 'mid-autumn').length, 2)
  })

  it('goes when the festival is over', async () => {
    app.clock.set('2026-09-27T01:00:00Z')
    assert.equal((await got('一支党员')).length, 1)
    app.clock.set('2026-09-28T01:00:00Z')
    assert.deepEqual(await got('一支党员'), [])
    await refused(discipline.verb('reminder.send', { ...midAutumn, unitIds: [id('p2')] }), 'reminder/festival-over')
    app.clock.set('2026-09-15T01:00:00Z')
  })

  it('needs a group that the roster makes out, and a festival of the calendar', async () => {
    await refused(discipline.verb('reminder.send', midAutumn), 'reminder/no-group')
    await refused(
      discipline.verb('reminder.send', { ...midAutumn, audiences: ['young-officials'] }),
      'reminder/unknown-group',
    )
    await refused(
      discipline.verb('reminder.send', { ...midAutumn, festival: 'halloween', unitIds: [id('p2')] }),
      'reminder/unknown-festival',
    )
  })

  it('meets what is owed before that festival', async () => {
    const office = app.as(actorOf(app, 'office'))
    const { body } = await office.query('obligation.list', { rule: ['holiday-reminder'], limit: 100 })
    const before = body.items.filter(({ dueOn }: { dueOn: string }) => '2026-09-15' < dueOn && dueOn < '2026-09-28')
    assert.deepEqual(
      before.map(({ outcome }: { outcome: string }) => outcome),
      ['met'],
    )
  })

  it('is sent by office, discipline body and secretary alone', async () => {
    for (const who of ['成员', '甲科长', '一支书', '一支党员'] as const) {
      await refused((await as(who)).verb('reminder.send', { ...midAutumn, unitIds: [id('p2')] }), 'record/not-found')
      await refused((await as(who)).query('reminder.drafts'), 'record/not-found')
    }
  })

  it('asks nobody whether he saw it: no table has a column for it', async () => {
    const { rows } = await app.owner.query(`select column_name from information_schema.columns
      where table_name in ('notice_lines', 'festival_reminders', 'deliveries', 'notice_mornings')`)
    assert.deepEqual(
      rows.filter(({ column_name: name }) => /read|seen|open|receipt|click|view/.test(name)),
      [],
    )
  })

  it('leaves nothing told of a person who was erased', async () => {
    const { pid } = await planted.actor('无职')
    await app.as(actorOf(app, 'office')).must('digest.announce')
    await app.owner.query(
      `insert into notice_lines (org_id, pid, line, on_day) values (1, $1, 'reminder/x', '2026-09-15') on conflict do nothing`,
      [pid],
    )
    const told = async () =>
      (await app.owner.query('select count(*)::int n from notice_lines where org_id = 1 and pid = $1', [pid])).rows[0].n
    assert.ok((await told()) > 0)
    await app.as(actorOf(app, 'office')).must('person.erase', { personId: pid, basis: 'own-wish' })
    assert.equal(await told(), 0)
  })
})
