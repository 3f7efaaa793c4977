import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type Name, names, type SmallBureau } from '../../../test/support/small-bureau.ts'
import { policyText } from '../../core/access/scope.ts'
import { writeXlsx } from '../../platform/office/xlsx.ts'
import { activities } from './activity.ts'
import { dayMeant } from './import.ts'

const TODAY = '2026-06-16'

let app: TestApp
let unit: SmallBureau['unit']
let pid: SmallBureau['pid']
let office: Caller
let secretary: Caller
let member: Caller
let otherSecretary: Caller

before(async () => {
  app = await openTestApp('activity-reading', { modules: [activities], now: `${TODAY}T02:00:00Z` })
  const made = await makeSmallBureau(app)
  ;({ unit, pid } = made)
  office = app.as(made.actor('冯乐山', 'office', 'all'))
  secretary = app.as(made.actor('孟怀瑾', 'branch-secretary', ['branch']))
  member = app.as(made.actor('陶静仪', 'member', ['branch']))
  otherSecretary = app.as(made.actor('邵文渊', 'branch-secretary', ['other-branch']))
  for (const day of ['2026-06-15', '2026-06-11', '2026-06-10', '2026-06-09', '2024-12-31']) {
    await secretary.must('activity.record', themeDay({ happenedOn: day, title: `主题党日 ${day}` }))
  }
  const meeting = { kind: 'leading-group-meeting', unitId: unit['leading-group'], topics: ['意识形态工作'] }
  await office.must('activity.record', { ...meeting, happenedOn: '2026-06-01' })
  await office.must('activity.record', { kind: 'warning-education', unitId: unit.bureau, happenedOn: '2026-06-10' })
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

describe('reading', () => {
  it('lists what lies in the scope, by page, with an exact total', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    let total = 0
    do {
      const { body } = await secretary.query('activity.list', { limit: 3, cursor })
      seen.push(...body.items.map((one: { activityId: string }) => one.activityId))
      total = body.total
      cursor = body.next ?? undefined
    } while (cursor)
    assert.equal(seen.length, total)
    assert.equal(new Set(seen).size, total)
    const all = await office.query('activity.list', { limit: 500 })
    assert.ok(all.body.total > total)
    assert.ok(all.body.items.every((one: { recordedAt: string; unitName: string }) => one.recordedAt && one.unitName))
  })

  it('filters by unit, kind, period, late entry and own attendance', async () => {
    const kinds = async (input: Record<string, unknown>, by = office) => {
      const { body } = await by.query('activity.list', { limit: 500, ...input })
      return body.items
    }
    await secretary.must(
      'activity.record',
      themeDay({ alsoKinds: ['party-lecture'], attendance: everybody(['孟怀瑾']) }),
    )
    const lectures = await kinds({ kind: 'party-lecture' })
    assert.deepEqual(
      lectures.map((one: { kind: string }) => one.kind),
      ['theme-party-day'],
    )
    for (const one of await kinds({ unitId: unit.bureau })) assert.equal(one.unitId, unit.bureau)
    for (const one of await kinds({ from: '2026-06-01', to: '2026-06-10' }))
      assert.ok(one.happenedOn >= '2026-06-01' && one.happenedOn <= '2026-06-10')
    const late = await kinds({ late: true })
    assert.ok(late.length > 0 && late.every((one: { mark: string }) => one.mark === 'late'))
    assert.ok((await kinds({ late: false })).every((one: { mark: string | null }) => one.mark !== 'late'))
    await secretary.must('activity.record', themeDay({ attendance: everybody() }))
    const own = await kinds({ attendedByMe: true }, secretary)
    assert.ok(own.length > 0 && own.every((one: { alsoKinds: string[] }) => one.alsoKinds.length === 0))
    assert.equal((await office.query('activity.list', { cursor: "';drop" })).body.code, 'request/invalid')
  })

  it('shows the names of an attendance to those who keep the record, and to a member his own line', async () => {
    const attendance = everybody(['陶静仪']).map((one) => ({
      ...one,
      note: one.status === 'present' ? undefined : '年休假',
    }))
    const { activityId } = await secretary.must('activity.record', themeDay({ attendance }))
    const whole = await secretary.query('activity.get', { activityId })
    assert.deepEqual([whole.body.attendance.length, whole.body.attendanceWhole, whole.body.mayChange], [5, true, true])
    const [first] = whole.body.attendance
    assert.equal(first.name, '孟怀瑾', 'whoever holds the first post stands first, not the first by name')
    const own = await member.query('activity.get', { activityId })
    assert.deepEqual(own.body.attendance, [
      { personId: pid['陶静仪'], name: '陶静仪', status: 'excused-leave', note: '年休假' },
    ])
    assert.deepEqual([own.body.attendanceWhole, own.body.mayChange, own.body.present], [false, false, 4])
    await refused(otherSecretary.query('activity.get', { activityId }), 'record/not-found')
    await refused(secretary.query('activity.get', { activityId: randomUUID() }), 'record/not-found')
  })

  it('is walled by the row policy alone, without the condition of the query', async () => {
    const { rows } = await app.owner.query(
      "select pg_get_expr(polqual, polrelid) as text, polpermissive from pg_policy where polname = 'in_scope' and polrelid = 'activities'::regclass",
    )
    await app.owner.query('create temp table written (unit_id uuid, host_pid uuid)')
    await app.owner.query(
      `create policy in_scope on written as restrictive for select using (${policyText({ label: 'general', unit: 'unit_id', people: ['host_pid'] }, 'postgres')})`,
    )
    const again = await app.owner.query(
      "select pg_get_expr(polqual, polrelid) as text from pg_policy where polname = 'in_scope' and polrelid = 'written'::regclass",
    )
    assert.equal(rows[0].text, again.rows[0].text)
    assert.equal(rows[0].polpermissive, false)
  })
})

describe('the preview', () => {
  const figure = (
    body: { figures: { metric: string; over: string; topic: string | null; before: number; after: number }[] },
    metric: string,
    over: string,
  ) => body.figures.filter((one) => one.metric === metric && one.over === over).map((one) => [one.before, one.after])

  it('tells roster, numbers, mark and the figures that saving would change', async () => {
    const count = async () =>
      (await office.query('activity.list', { kind: 'theme-party-day', from: '2026-01-01', unitId: unit.branch })).body
        .total
    const before = await count()
    const presentIds = [pid['孟怀瑾'], pid['罗清和']]
    const { body, status } = await secretary.query('activity.preview', {
      ...themeDay({ happenedOn: '2026-06-02' }),
      alsoKinds: ['party-lecture'],
      presentIds,
    })
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([body.expected, body.present, body.mark, body.roster.length], [5, 2, 'late', 5])
    const [first, second] = body.roster.map((one: { name: string }) => one.name)
    assert.deepEqual([first, second], ['孟怀瑾', '冯乐山'], 'in the order of the organisation, not of the names')
    assert.deepEqual(figure(body, 'branch.theme-days', 'unit'), [[before, before + 1]])
    assert.equal(figure(body, 'branch.lectures', 'unit').length, 1)
    assert.deepEqual(figure(body, 'branch.theme-days', 'bureau'), [], 'who sees one branch is not told the bureau')
    assert.equal(await count(), before, 'nothing was saved')
  })

  it('adds persons who are new to a figure over distinct persons, and topics by their row', async () => {
    const course = { kind: 'training-course', happenedOn: '2026-06-12', unitId: unit.branch }
    await office.must('activity.record', { ...course, attendance: everybody() })
    const presentIds = [pid['孟怀瑾'], pid['邵文渊']]
    const { body } = await office.query('activity.preview', { ...course, presentIds })
    assert.deepEqual(figure(body, 'training.persons', 'unit'), [[5, 6]])
    const study = {
      kind: 'leading-group-meeting',
      happenedOn: '2026-06-12',
      unitId: unit['leading-group'],
      topics: ['意识形态'],
    }
    const topical = await office.query('activity.preview', study)
    assert.deepEqual(figure(topical.body, 'leading-group.topic-studies', 'bureau'), [[1, 2]])
  })

  it('is for whoever may record there', async () => {
    await refused(member.query('activity.preview', themeDay()), 'record/not-found')
    await refused(secretary.query('activity.preview', themeDay({ happenedOn: '2026-07-01' })), 'activity/future-day')
  })
})

describe('importing', () => {
  const sheet = async (rows: (string | number)[][]) =>
    Buffer.from(await writeXlsx([{ name: '活动', rows }])).toString('base64')
  const head = ['种类', '日期', '党组织', '主题', '主持人', '出席人员', '应到', '实到']

  it('takes a sheet whole', async () => {
    const file = await sheet([
      ['第一党支部活动'],
      head,
      ['主题党日活动', '2026年6月12日', '第一党支部', '节水', '孟怀瑾', '孟怀瑾、陶静仪', '', ''],
      ['党课', '2026-06-13', '第一党支部', '讲党课', '外请教授', '', 12, 10],
      ['党课', '2024.3.5', '第一党支部', '', '', '', '', ''],
    ])
    assert.deepEqual(await secretary.must('activity.import', { file, check: true }), {
      recorded: 0,
      late: 0,
      opening: 1,
    })
    assert.deepEqual(await secretary.must('activity.import', { file }), { recorded: 3, late: 0, opening: 1 })
    const { body } = await secretary.query('activity.list', {
      from: '2026-06-12',
      to: '2026-06-13',
      unitId: unit.branch,
    })
    const lines = body.items.map((one: { title: string; expected: number; present: number }) => [
      one.title,
      one.expected,
      one.present,
    ])
    assert.deepEqual(lines.filter(([title]: [string]) => title !== null).reverse(), [
      ['节水', 5, 2],
      ['讲党课', 12, 10],
    ])
  })

  it('refuses the whole sheet for one row, and names every row at fault', async () => {
    const before = (await office.query('activity.list', {})).body.total
    const file = await sheet([
      head,
      ['党课', '2026-06-13', '第一党支部', '好的一行', '', '', '', ''],
      ['茶话会', '2026-06-13', '第一党支部', '', '', '', '', ''],
      ['党课', '六月十三', '第一党支部', '', '', '', '', ''],
      ['党课', '2026-06-13', '第二党支部', '', '', '', '', ''],
      ['党课', '2026-06-13', '第一党支部', '', '', '邵文渊', '', ''],
      ['党课', '2026-06-13', '第一党支部', '', '', '', 3, 4],
    ])
    const { body } = await secretary.verb('activity.import', { file })
    assert.equal(body.code, 'activity/import-rows')
    assert.deepEqual(
      body.details.faults.map((fault: { row: number; code: string }) => [fault.row, fault.code]),
      [
        [3, 'activity/unknown-kind'],
        [4, 'activity/cell-unread'],
        [5, 'record/not-found'],
        [6, 'activity/name-not-on-roster'],
        [7, 'activity/present-over-expected'],
      ],
    )
    assert.equal((await office.query('activity.list', {})).body.total, before)
  })

  it('refuses what is no such sheet, and whoever keeps no unit', async () => {
    await refused(
      secretary.verb('activity.import', { file: Buffer.from('no sheet').toString('base64') }),
      'activity/import-unreadable',
    )
    await refused(
      secretary.verb('activity.import', {
        file: await sheet([
          ['甲', '乙'],
          ['1', '2'],
        ]),
      }),
      'activity/import-columns',
    )
    await refused(secretary.verb('activity.import', { file: await sheet([head]) }), 'activity/import-size')
    await refused(member.verb('activity.import', { file: await sheet([head]) }), 'record/not-found')
  })

  it('offers an empty sheet that it reads', async () => {
    const answer = await secretary.query('activity.template')
    assert.equal(answer.status, 200)
    await refused(secretary.verb('activity.import', { file: answer.raw.toString('base64') }), 'activity/import-size')
    assert.equal((await member.query('activity.template')).status, 404)
  })

  it('reads a day as people write it, and nothing else as a day', () => {
    assert.equal(dayMeant('2026年6月3日'), '2026-06-03')
    assert.equal(dayMeant('2026/6/3 14:30'), '2026-06-03')
    assert.equal(dayMeant('2026-02-30'), null)
    assert.equal(dayMeant('6月3日'), null)
  })
})
