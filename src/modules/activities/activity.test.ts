import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type Name, names, type SmallBureau } from '../../../test/support/small-bureau.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { activityRecord } from './activity.facts.ts'
import { activities } from './activity.ts'

const TODAY = '2026-06-16'

let app: TestApp
let unit: SmallBureau['unit']
let pid: SmallBureau['pid']
let office: Caller
let secretary: Caller
let member: Caller
let otherSecretary: Caller

before(async () => {
  app = await openTestApp('activity', { modules: [activities], now: `${TODAY}T02:00:00Z` })
  const made = await makeSmallBureau(app)
  ;({ unit, pid } = made)
  office = app.as(made.actor('冯乐山', 'office', 'all'))
  secretary = app.as(made.actor('孟怀瑾', 'branch-secretary', ['branch']))
  member = app.as(made.actor('陶静仪', 'member', ['branch']))
  otherSecretary = app.as(made.actor('邵文渊', 'branch-secretary', ['other-branch']))
})
after(() => app.close())

const themeDay = (more: Record<string, unknown> = {}) => ({
  kind: 'theme-party-day',
  happenedOn: '2026-06-15',
  unitId: unit.branch,
  ...more,
})
const everybody = (absent: readonly Name[] = []) =>
  names
    .filter((name) => name !== '邵文渊')
    .map((name) => ({ personId: pid[name], status: absent.includes(name) ? 'excused-leave' : 'present' }))

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

describe('recording', () => {
  it('freezes 应到 and 实到 from the roster of the day', async () => {
    const done = await secretary.must(
      'activity.record',
      themeDay({ title: '走管线', attendance: everybody(['罗清和']) }),
    )
    assert.deepEqual([done.expected, done.voters, done.present, done.mark], [5, null, 4, null])
  })

  it('counts the members entitled to vote where votes are taken, the probationary left out', async () => {
    const done = await secretary.must(
      'activity.record',
      themeDay({ kind: 'branch-general-meeting', attendance: everybody() }),
    )
    assert.deepEqual([done.expected, done.voters, done.present], [5, 4, 5])
  })

  it('expects the holders of the posts at a meeting of a body', async () => {
    const attendance = [{ personId: pid['孟怀瑾'], status: 'present' }]
    const done = await office.must('activity.record', {
      kind: 'leading-group-meeting',
      happenedOn: '2026-06-01',
      unitId: unit['leading-group'],
      topics: ['意识形态工作'],
      attendance,
    })
    assert.deepEqual([done.expected, done.voters, done.present], [2, 2, 1])
    const { body } = await office.query('activity.get', { activityId: done.activityId })
    assert.deepEqual(body.topics, ['ideology'])
  })

  it('takes numbers where nobody is named, and nothing at all where nobody counted', async () => {
    const lecture = { kind: 'warning-education', happenedOn: '2026-06-10', unitId: unit.bureau }
    const counted = await office.must('activity.record', { ...lecture, numbers: { expected: 300, present: 288 } })
    assert.deepEqual([counted.expected, counted.present], [300, 288])
    const bare = await office.must('activity.record', lecture)
    assert.deepEqual([bare.expected, bare.present], [null, null])
  })

  it('keeps the audience of a course in its column and the countable fields apart from the sealed ones', async () => {
    const course = { kind: 'training-course', happenedOn: '2026-05-20', unitId: unit.bureau, audience: '党员干部' }
    const { activityId } = await office.must('activity.record', {
      ...course,
      fields: { days: 1.5 },
      numbers: { present: 40 },
    })
    const { rows } = await app.owner.query('select audience, countable, counts_persons from activities where id = $1', [
      activityId,
    ])
    assert.deepEqual(rows[0], {
      audience: 'party-officials',
      countable: { audience: 'party-officials', days: 1.5 },
      counts_persons: true,
    })
  })

  it('marks a late entry and an opening import by the day alone', async () => {
    const on = async (happenedOn: string) => (await office.must('activity.record', themeDay({ happenedOn }))).mark
    assert.equal(await on('2026-06-11'), null)
    assert.equal(await on('2026-06-10'), 'late')
    assert.equal(await on('2025-01-01'), 'late')
    assert.equal(await on('2024-12-31'), 'opening')
  })

  it('refuses what cannot be, and says what to do', async () => {
    const tryIt = (more: Record<string, unknown>, code: string) =>
      refused(secretary.verb('activity.record', themeDay(more)), `activity/${code}`)
    await tryIt({ happenedOn: '2026-06-17' }, 'future-day')
    await tryIt({ happenedOn: '2019-01-01' }, 'unknown-unit')
    await tryIt({ kind: 'tea-party' }, 'unknown-kind')
    await tryIt({ kind: 'leading-group-meeting' }, 'wrong-body')
    await tryIt({ alsoKinds: ['theme-party-day'] }, 'also-same-kind')
    await tryIt({ numbers: { expected: 3, present: 4 } }, 'present-over-expected')
    await tryIt({ numbers: { expected: 3, voters: 4, present: 1 } }, 'voters-over-expected')
    await tryIt({ numbers: { present: 4 }, attendance: everybody() }, 'two-counts')
    await tryIt({ attendance: [{ personId: pid['孟怀瑾'], status: 'asleep' }] }, 'unknown-status')
    await tryIt({ attendance: [{ personId: randomUUID(), status: 'present' }] }, 'unknown-person')
    await tryIt({ attendance: [...everybody(), everybody()[0]] }, 'person-twice')
    await tryIt(
      { kind: 'branch-general-meeting', attendance: [{ personId: pid['邵文渊'], status: 'present' }] },
      'not-on-roster',
    )
    await tryIt({ fields: { score: 5 } }, 'fields-not-of-kind')
    await tryIt({ audience: '全体市民' }, 'unknown-audience')
    const reminder = {
      kind: 'integrity-reminder',
      happenedOn: '2026-06-15',
      unitId: unit.bureau,
      numbers: { present: 3 },
    }
    await refused(office.verb('activity.record', reminder), 'activity/takes-no-attendance')
    await refused(secretary.verb('activity.record', themeDay({ place: '会议室' })), 'request/invalid')
  })

  it('looks absent to whoever does not keep the unit', async () => {
    await refused(member.verb('activity.record', themeDay()), 'record/not-found')
    await refused(otherSecretary.verb('activity.record', themeDay()), 'record/not-found')
  })

  it('answers the same for the same submission key', async () => {
    const key = randomUUID()
    const first = await secretary.verb('activity.record', themeDay(), { key })
    const again = await secretary.verb('activity.record', themeDay(), { key })
    assert.deepEqual(again.body, first.body)
  })
})

describe('correcting', () => {
  it('supersedes with a reason, keeps the earlier version and tells what changed', async () => {
    const { activityId } = await secretary.must(
      'activity.record',
      themeDay({ title: '走管线', attendance: everybody() }),
    )
    const attendance = everybody(['罗清和'])
    const done = await secretary.must('activity.amend', {
      activityId,
      reason: '签到表有误',
      title: '看泵站',
      attendance,
    })
    assert.deepEqual([done.version, done.present], [2, 4])
    const { body } = await secretary.query('activity.get', { activityId })
    assert.equal(body.title, '看泵站')
    assert.equal(body.versions.length, 2)
    assert.equal(body.versions[1].reason, '签到表有误')
    assert.equal(body.versions[1].by.name, '孟怀瑾')
    const changes = Object.fromEntries(
      body.versions[1].changes.map((one: { field: string; before: unknown; after: unknown }) => [
        one.field,
        [one.before, one.after],
      ]),
    )
    assert.deepEqual(changes, {
      title: ['走管线', '看泵站'],
      present: [5, 4],
      'attendance: 罗清和': ['present', 'excused-leave'],
    })
  })

  it('leaves frozen numbers alone when only words change, and clears what is set to null', async () => {
    const host = { name: '外请教授' }
    const { activityId } = await secretary.must(
      'activity.record',
      themeDay({ host, numbers: { expected: 9, present: 8 }, hours: 2 }),
    )
    await secretary.must('activity.amend', { activityId, reason: '补题目', title: '节水', host: null, hours: null })
    const { body } = await secretary.query('activity.get', { activityId })
    assert.deepEqual([body.title, body.host, body.hours, body.expected, body.present], ['节水', null, null, 9, 8])
  })

  it('counts anew on the roster of the corrected day', async () => {
    const { activityId } = await secretary.must('activity.record', themeDay({ attendance: everybody() }))
    const done = await office.must('activity.amend', { activityId, reason: '单位填错', unitId: unit['other-branch'] })
    assert.deepEqual([done.expected, done.present], [6, 5])
    await refused(secretary.query('activity.get', { activityId }), 'record/not-found')
    assert.equal((await otherSecretary.query('activity.get', { activityId })).status, 200)
  })

  it('keeps the mark of the first entry', async () => {
    const { activityId } = await secretary.must('activity.record', themeDay({ happenedOn: '2026-06-14' }))
    app.clock.set('2026-09-01T02:00:00Z')
    const done = await secretary.must('activity.amend', { activityId, reason: '补题目', title: '节水' })
    const { body } = await secretary.query('activity.get', { activityId })
    app.clock.set(`${TODAY}T02:00:00Z`)
    assert.equal(done.version, 2)
    assert.equal(body.recordedAt, body.versions[0].at)
  })

  it('refuses a correction without change, of an older version, of a withdrawn record, or into a foreign unit', async () => {
    const { activityId } = await secretary.must('activity.record', themeDay({ title: '节水' }))
    const amended = (more: Record<string, unknown>) =>
      secretary.verb('activity.amend', { activityId, reason: '更正', ...more })
    await refused(amended({ title: '节水' }), 'activity/nothing-changed')
    await refused(amended({ title: '节约用水', version: 2 }), 'record/changed')
    await refused(amended({ unitId: unit['other-branch'] }), 'record/not-found')
    await refused(member.verb('activity.amend', { activityId, reason: '更正', title: '改' }), 'record/not-found')
    await secretary.must('activity.withdraw', { activityId, reason: '记重了' })
    await refused(amended({ title: '节约用水' }), 'activity/withdrawn')
    await refused(secretary.verb('activity.withdraw', { activityId, reason: '再撤' }), 'activity/withdrawn')
  })

  it('takes a record out of every figure when it is withdrawn, and keeps it readable', async () => {
    const { activityId } = await secretary.must('activity.record', themeDay({ attendance: everybody() }))
    const facts = async () =>
      (
        await app.owner.query(
          'select 1 from activity_facts where activity_id = $1 and superseded_idx = 9223372036854775807',
          [activityId],
        )
      ).rowCount
    assert.equal(await facts(), 1)
    await refused(member.verb('activity.withdraw', { activityId, reason: '记重了' }), 'record/not-found')
    await secretary.must('activity.withdraw', { activityId, reason: '记重了' })
    assert.equal(await facts(), 0)
    const { body } = await secretary.query('activity.get', { activityId })
    assert.deepEqual([body.withdrawn, body.mayChange, body.attendance.length], [true, false, 5])
    const withdrawn = await secretary.query('activity.list', { withdrawn: true })
    assert.ok(withdrawn.body.items.some((one: { activityId: string }) => one.activityId === activityId))
  })
})

describe('the journal', () => {
  it('commits to every record and every attendance, in the clear only where persons are counted', async () => {
    const [report] = await fsck(app.owner, new Map([['activity', activityRecord]]))
    assert.deepEqual(report?.faults, [])
    assert.ok(report!.entries > 20)
    const { rows } = await app.owner.query('select env from journal_entries')
    for (const { env } of rows as { env: Buffer }[]) {
      const said = JSON.parse(env.toString('utf8'))
      assert.ok(!env.toString('utf8').includes('走管线'), 'titles stay out of the entry')
      assert.equal(
        said.p !== undefined,
        said.d.counts_persons,
        'persons stand in the clear only where a figure counts them',
      )
      assert.ok(!Object.values(pid).some((one) => JSON.stringify(said.d).includes(one)))
    }
  })
})
