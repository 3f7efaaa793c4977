import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
let office: Caller

before(async () => {
  app = await openTestApp('erasure', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeBureau(app)
  office = app.as(actorOf(app, 'office'))
})
after(() => app.close())

test('a person is erased everywhere at once: name, notes, host, talk pair, account; the numbers stay and fsck agrees', async () => {
  const pid: string = (await office.must('person.record', { name: '顾念章', staffNo: 'G-77' })).personId
  const branchId = bureau.unit('第二党支部')
  const { membershipId } = await office.must('membership.record', {
    personId: pid,
    branchId,
    standing: 'full',
    from: '2026-01-01',
  })
  await office.must('account.open', { persons: [{ personId: pid, name: 'gunz' }] })
  const attendance = [{ personId: pid, status: 'excused-leave', note: '家中有事' }]
  const { activityId } = await office.must('activity.record', {
    kind: 'theme-party-day',
    happenedOn: '2026-05-06',
    unitId: branchId,
    host: { personId: pid },
    attendance,
  })
  await office.must('activity.amend', { activityId, reason: '补登地点', proof: '会议室' })
  const secretary = await bureau.as('沈望舒')
  const talk = await secretary.must('talk.record', { kind: 'heart-to-heart', day: '2026-05-07', counterpartId: pid })
  await office.must('membership.close', { membershipId, on: '2026-06-01' })
  const { fields } = await office.must('person.erase', { personId: pid, basis: 'own-wish' })
  assert.ok(fields >= 10, `${fields} fields`)
  const left = async (text: string) => ((await app.owner.query(text, [])).rows[0] as { n: number }).n
  assert.equal(await left("select count(*)::int n from persons where name = '顾念章' or staff_no = 'G-77'"), 0)
  assert.equal(await left("select count(*)::int n from attendance where note = '家中有事'"), 0)
  assert.equal(await left(`select count(*)::int n from activities where host_pid = '${pid}'`), 0)
  assert.equal(
    await left(`select count(*)::int n from talk_pairs where counterpart_pid = '${pid}' or initiator_pid = '${pid}'`),
    0,
  )
  assert.equal(await left(`select count(*)::int n from talks where id = '${talk.talkId}' and number = 1`), 1)
  assert.equal(await left(`select count(*)::int n from attendance where pid = '${pid}'`), 1)
  const [report] = await fsck(app.owner, app.registry.records, app.registry.refolds)
  assert.deepEqual(report!.faults, [])
})
