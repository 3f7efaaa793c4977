import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('coverage', { modules })
  bureau = await makeBureau(app)
  await talk('沈望舒', 'political', '陆知远', '2026-03-02')
  await talk('沈望舒', 'heart-to-heart', '陆知远', '2026-04-09')
  await talk('程以宁', 'heart-to-heart', '沈望舒', '2026-05-11')
  await talk('陆知远', 'duty-talk-down', '梁叙文', '2026-05-12')
  await talk('陆知远', 'appointment', '纪云舟', '2026-05-12')
  await talk('沈望舒', 'political', '白若溪', '2026-05-13')
  await talk('纪云舟', 'heart-to-heart', '傅竹溪', '2026-02-05')
  await talk('管思远', 'heart-to-heart', '梁叙文', '2026-02-06')
  await talk('陆知远', 'heart-to-heart', '梁叙文', '2025-11-02')
})
after(() => app.close())

async function talk(by: string, kind: string, withWhom: string, day: string): Promise<void> {
  await (await bureau.as(by)).must('talk.record', { kind, day, counterpartId: bureau.person(withWhom) })
}

// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
type Any = any

async function covered(as: string, input: object = { year: 2026 }): Promise<Any> {
  const { status, body } = await (await bureau.as(as)).query('talk.coverage', { ...input })
  assert.equal(status, 200)
  return body
}

const pairsIn = (answer: Any, type: string): Record<string, [string, string | null]> =>
  Object.fromEntries(
    answer.groups
      .filter((group: Any) => group.type === type)
      .flatMap((group: Any) => group.pairs)
      .map((one: Any) => [`${one.one?.name ?? '支委'}-${one.other.name}`, [one.state, one.lastOn]]),
  )

test('the office sees each pair as done or owed, with the day of the last talk whoever called it', async () => {
  const answer = await covered('周予安')
  const leading = pairsIn(answer, 'secretary-members')
  assert.deepEqual(leading['沈望舒-陆知远'], ['done', '2026-04-09'])
  assert.deepEqual(leading['沈望舒-程以宁'], ['done', '2026-05-11'], 'called by the member, it counts as well')
  assert.deepEqual(leading['沈望舒-许静川'], ['owed', null])
  assert.equal(Object.keys(leading).length, 6)
  const [group] = answer.groups
  assert.deepEqual([group.done, group.owed, group.unknown], [2, 4, 0])
  assert.deepEqual(
    group.pairs[0].kinds.map((one: Any) => [one.kind, one.lastOn]),
    [
      ['political', '2026-03-02'],
      ['heart-to-heart', '2026-04-09'],
    ],
  )
})

test('a leader is looked at with the heads of his own line; a talk that hangs on an event fills no tick', async () => {
  const line = pairsIn(await covered('周予安'), 'leader-heads')
  assert.deepEqual(line['陆知远-梁叙文'], ['done', '2026-05-12'])
  assert.deepEqual(line['陆知远-纪云舟'], ['owed', null])
  assert.equal(line['程以宁-梁叙文'], undefined)
  const lower = pairsIn(await covered('周予安'), 'secretary-heads')
  assert.deepEqual(
    [lower['沈望舒-白若溪'], lower['沈望舒-丁允中']],
    [
      ['done', '2026-05-13'],
      ['owed', null],
    ],
  )
})

test('of a branch each member needs one talk with anybody of the committee', async () => {
  const answer = await covered('梁叙文', { year: 2026, unitId: bureau.unit('第一党支部') })
  const branch = pairsIn(answer, 'committee-members')
  assert.deepEqual(branch['纪云舟-傅竹溪'], ['done', '2026-02-05'])
  assert.deepEqual(branch['梁叙文-管思远'], ['done', '2026-02-06'])
  assert.deepEqual(branch['支委-周予安'], ['owed', null])
  assert.equal(
    Object.keys(branch).some((key) => /-(纪云舟|段清如|梁叙文)$/.test(key)),
    false,
    'nobody of the committee',
  )
})

test('a pair is told to the two, the branch secretary and the office, and to no other', async () => {
  const all = (answer: Any) => answer.groups.flatMap((group: Any) => group.pairs)
  const names = (answer: Any) => all(answer).map((one: Any) => [one.one?.name, one.other.name])
  assert.ok((await covered('陆知远').then(names)).every((two: string[]) => two.includes('陆知远')))
  assert.ok((await covered('沈望舒').then(names)).every((two: string[]) => two.includes('沈望舒')))
  const discipline = await covered('郁青禾')
  assert.ok(all(discipline).every((one: Any) => one.one?.name === '郁青禾' || one.other.name === '郁青禾'))
  const second = await covered('裴思远')
  assert.deepEqual(
    second.groups.filter((group: Any) => group.type === 'committee-members').map((group: Any) => group.unitName),
    ['第二党支部'],
  )
  assert.deepEqual(all(await covered('单可为')), [], 'who is in no pair is told nothing')
})

test('dual duty is shown to each leader of himself, with the reports heard in his line', async () => {
  const clerk = await bureau.as('周予安')
  const session = { kind: 'duty-report-session', happenedOn: '2026-06-02', numbers: { present: 9 } }
  await clerk.must('activity.record', { ...session, unitId: bureau.unit('水质监测中心') })
  const mine = (await covered('韩既白')).leaders
  assert.deepEqual(
    mine.map((one: Any) => one.leader.name),
    ['韩既白'],
  )
  assert.deepEqual(
    mine[0].heads.map((one: Any) => [one.head.name, one.unitName, one.lastOn]),
    [['白若溪', '水质监测中心', null]],
  )
  assert.deepEqual(
    mine[0].reports.map((one: Any) => [one.unitName, one.on]),
    [['水质监测中心', '2026-06-02']],
  )
  assert.equal((await covered('周予安')).leaders.length, 7)
  assert.deepEqual((await covered('梁叙文')).leaders, [])
})

test('of a year whose records are not whole a missing talk proves nothing', async () => {
  const before = await covered('周予安', { year: 2024 })
  assert.ok(before.groups.every((group: Any) => group.owed === 0))
  assert.equal(before.knownFrom, '2025-01-01')
  const past = pairsIn(await covered('周予安', { year: 2025 }), 'leader-heads')
  assert.deepEqual(
    [past['陆知远-梁叙文'], past['陆知远-纪云舟']],
    [
      ['done', '2025-11-02'],
      ['owed', null],
    ],
  )
})

test('nothing that was said, no number and no export comes with it', async () => {
  const { descriptors } = app.registry
  assert.deepEqual(
    descriptors.filter(({ kind, name }) => kind === 'file' && name.startsWith('talk.')),
    [],
  )
  const whole = JSON.stringify(await covered('周予安'))
  for (const kind of ['reminder', 'summons', 'admonition', 'group-']) assert.ok(!whole.includes(kind), kind)
})
