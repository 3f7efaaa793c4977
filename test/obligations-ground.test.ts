import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { modules } from '../src/modules/index.ts'
import { groundOf, KEPT_ROWS_MAX } from '../src/modules/obligations/ground.ts'
import { type Owed, owedBy } from '../src/modules/obligations/owed.ts'
import type { Place } from '../src/modules/obligations/world.ts'
import { preambleOf, transact } from '../src/platform/db/pool.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { agrees, inBureau, plain, WIDE } from './support/asked.ts'
import { type Bureau, makeBureau } from './support/make.ts'

/*
 * What obligations rest on is kept in memory between questions. Whatever is done to rules, calendar or organisation, the next
 * question is answered as if nothing had been kept.
 */

const ON = '2026-06-16'

let app: TestApp
let bureau: Bureau
let branch: string
before(async () => {
  app = await openTestApp('ground', { modules, now: `${ON}T02:00:00Z` })
  bureau = await makeBureau(app)
  branch = [...bureau.units].find(([name]) => name.endsWith('党支部'))![1]
})
after(() => app.close())

const ask = <T>(work: (place: Place) => Promise<T>, catalogues = app.stage.catalogues) =>
  inBureau(app, work, catalogues)

/** What is kept says the same as what is read anew, of the bureau, of a branch and of somebody alone. */
function agreed(after: string): Promise<void> {
  const alone = { on: ON, units: [branch] }
  const questions = [
    alone,
    { on: ON },
    { ...alone, rules: ['theme-party-day'] },
    { on: ON, subjects: [bureau.person('孟怀瑾'), bureau.post([...bureau.posts.keys()][0]!)] },
    { ...alone, outcomes: ['open', 'unmet'] as const },
    alone,
  ]
  return agrees(app, questions, after)
}

test('what was kept is never answered from after it has changed', async () => {
  await agreed('nothing')
  const { keeper } = bureau
  const { body: tree } = await keeper.query('unit.tree')
  const root = JSON.stringify(tree).match(/"unitId":"([0-9a-f-]{36})"/)![1]!
  const opened = await keeper.must('unit.open', {
    name: '试点党支部',
    kind: 'branch',
    parentId: root,
    from: '2026-02-01',
  })
  await agreed('a unit was opened')
  const { personId } = await keeper.must('person.record', { name: '秦望舒' })
  const { membershipId } = await keeper.must('membership.record', {
    branchId: opened.unitId,
    personId,
    standing: 'probationary',
    from: '2026-02-01',
  })
  await agreed('a member was recorded')
  const confirmed = await keeper.must('membership.amend', { membershipId, standing: 'full', from: '2026-05-01' })
  await agreed('a member was confirmed')
  const { postId } = await keeper.must('post.open', {
    unitId: opened.unitId,
    kind: 'branch-secretary',
    from: '2026-02-01',
  })
  const { appointmentId } = await keeper.must('appointment.appoint', { postId, personId, from: '2026-03-01' })
  await agreed('a post was held')
  await keeper.must('class.assign', { personId, class: 'section', from: '2026-01-01' })
  await agreed('a class was stated')
  await keeper.must('unit.move', {
    unitId: opened.unitId,
    parentId: bureau.units.get('机关党委') ?? root,
    from: '2026-06-01',
  })
  await agreed('a unit was moved')
  await keeper.must('rule.assign', { rule: 'member-study-hours', param: 'hours', value: 40, from: '2026-01-01' })
  await agreed('a parameter was set')
  await keeper.must('appointment.close', { appointmentId, on: '2026-06-10' })
  await keeper.must('membership.close', { membershipId: confirmed.membershipId, on: '2026-06-10' })
  await agreed('an appointment and a membership ended')
  await keeper.must('person.erase', { personId, basis: 'own-wish' })
  await agreed('a person was erased')
})

test('records that are kept follow every act on activities, and are read anew after an erasure', async () => {
  const { keeper } = bureau
  const [lead, other] = ['程以宁', '裴思远'].map((name) => bureau.person(name)) as [string, string]
  const present = (...pids: string[]) => pids.map((personId) => ({ personId, status: 'present' }))
  await agreed('nothing')
  const meeting = { kind: 'theme-party-day', unitId: branch, happenedOn: '2026-04-10', hours: 2 }
  const one = await keeper.must('activity.record', { ...meeting, attendance: present(lead, other) })
  await agreed('a record')
  const lecture = {
    kind: 'party-lecture',
    unitId: branch,
    happenedOn: '2026-05-12',
    hours: 1.5,
    host: { personId: lead },
  }
  const two = await keeper.must('activity.record', {
    ...lecture,
    alsoKinds: ['theme-party-day'],
    attendance: present(other),
  })
  await agreed('a record of two kinds with who led it')
  await keeper.must('activity.amend', {
    activityId: one.activityId,
    happenedOn: '2026-03-10',
    hours: 3,
    reason: '日期更正',
  })
  await agreed('another day and other hours')
  await keeper.must('activity.amend', { activityId: two.activityId, attendance: present(lead), reason: '签到更正' })
  await agreed('others were present')
  await keeper.must('activity.amend', { activityId: two.activityId, alsoKinds: [], reason: '不作主题党日' })
  await agreed('of one kind only')
  await keeper.must('activity.withdraw', { activityId: one.activityId, reason: '重复登记' })
  await agreed('a record was taken back')
  const { personId } = await keeper.must('person.record', { name: '林外讲' })
  await keeper.must('activity.record', { ...lecture, happenedOn: '2026-05-20', host: { personId } })
  await agreed('somebody else led')
  await keeper.must('person.erase', { personId, basis: 'own-wish' })
  await agreed('he was erased')
  const { packets } = await ask((place) => owedBy(place, { on: ON }))
  assert.equal(packets, 1, 'nothing is read twice while nothing is written')
  const { answer: earlier } = await ask((place) => owedBy(place, { on: '2026-04-01' }))
  const { answer: fresh } = await ask((place) => owedBy(place, { on: '2026-04-01' }), { ...app.stage.catalogues })
  assert.deepEqual(plain(earlier), plain(fresh), 'as it stood on an earlier day')
})

test('of part of the bureau nothing is kept, and what is kept is not read by who sees but a part', async () => {
  const catalogues = { ...app.stage.catalogues }
  const asSeen = (settings: Record<string, string>) =>
    transact(app.stage.pool, preambleOf('read only', 1, settings), async (tx) => {
      const place = { org: app.org, catalogues, tx }
      const own = await owedBy(place, { on: ON, rules: ['theme-party-day'], units: [branch] })
      const all = await owedBy(place, { on: ON })
      const again = await owedBy(place, { on: ON, rules: ['theme-party-day'], units: [branch] })
      assert.deepEqual(plain(again), plain(own))
      return all.filter(({ rule }) => rule === 'theme-party-day')
    })
  const met = (owed: readonly Owed[]) => owed.filter(({ outcome }) => outcome === 'met').length
  await bureau.keeper.must('activity.record', {
    kind: 'theme-party-day',
    unitId: branch,
    happenedOn: '2026-06-10',
    hours: 1,
  })
  assert.equal(
    met(await asSeen({ 'app.units': bureau.unit('办公室') })),
    0,
    'a narrow transaction sees no record of the branch',
  )
  const all = met(await asSeen(WIDE))
  assert.ok(all > 0)
  assert.equal(met(await asSeen({ 'app.units': bureau.unit('办公室') })), 0)
  assert.equal(met(await asSeen(WIDE)), all)
})

test('a question about one branch goes in one packet while nothing has changed', async () => {
  const own = { on: ON, units: [branch] }
  await ask((place) => owedBy(place, own))
  const again = await ask((place) => owedBy(place, own))
  assert.ok(again.answer.length > 10)
  assert.deepEqual([again.packets, again.sent.length], [1, 1], 'it asks how far the journal is, and nothing else')
  const other = await ask((place) => owedBy(place, { on: ON, units: [bureau.unit('办公室')] }))
  assert.equal(other.packets, 1)
  await ask((place) => owedBy(place, { on: ON }))
  const part = await ask((place) => owedBy(place, { ...own, rules: ['theme-party-day'] }))
  assert.equal(part.sent.length, 1, 'what was read for the bureau answers for its parts')
  assert.ok(part.answer.length > 0)
})

test('who changes an answer that he was given changes nobody else’s', async () => {
  const own = async () => (await ask((place) => owedBy(place, { on: ON, units: [branch] }))).answer
  const first = await own()
  const { length } = first
  first.length = 0
  assert.equal((await own()).length, length)
})

test('an earlier size of the journal is read anew, and what is kept stays what it is', async () => {
  const { answer: kept } = await ask((place) => groundOf(place, null))
  const { answer: then } = await ask((place) => groundOf(place, 1))
  assert.equal(then.history.units.length, 0)
  const { answer: again } = await ask((place) => groundOf(place, null))
  assert.equal(again.history, kept.history, 'the same object')
})

test('of many bureaus those asked last are kept, and the last one however large it is', async () => {
  const { answer: first } = await ask((place) => groundOf(place, null))
  await app.owner.query('set session_replication_role = replica')
  await app.owner.query(
    `insert into memberships (org_id, id, version, branch_id, valid_from, standing, pid, recorded_idx)
      select 2, gen_random_uuid(), 1, gen_random_uuid(), '2020-01-01', 'full', gen_random_uuid(), n from generate_series(1, $1) n`,
    [KEPT_ROWS_MAX + 1],
  )
  const large = () =>
    transact(app.stage.pool, preambleOf('read only', 2, WIDE), (tx) =>
      groundOf({ org: { ...app.org, orgId: 2 }, catalogues: app.stage.catalogues, tx }, null),
    )
  const kept = await large()
  assert.equal(kept.history.memberships.length, KEPT_ROWS_MAX + 1)
  assert.equal((await large()).history, kept.history)
  const { answer: again } = await ask((place) => groundOf(place, null))
  assert.notEqual(again.history, first.history)
  assert.deepEqual(again.history, first.history)
})
