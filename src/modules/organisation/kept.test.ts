import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type SmallBureau } from '../../../test/support/small-bureau.ts'
import { scopeSettings } from '../../core/access/scope.ts'
import { preambleOf, type Reads, transactReads } from '../../platform/db/pool.ts'
import { modules } from '../index.ts'
import { KEPT_ROWS_MAX, keptRows } from './kept.facts.ts'

let app: TestApp
let bureau: SmallBureau
let office: Caller

before(async () => {
  app = await openTestApp('kept', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeSmallBureau(app)
  office = app.as(bureau.actor('冯乐山', 'office', 'all'))
})
after(() => app.close())

const meeting = async (kind: string, unitId: string, personId = bureau.pid.孟怀瑾) => {
  const attendance = [{ personId, status: 'present' }]
  const answer = await office.verb('activity.record', { kind, happenedOn: '2026-06-10', unitId, attendance })
  return answer.status === 200 ? [answer.body.expected, answer.body.voters] : answer.body.code
}

it('tells of every change of the organisation at the next question', async () => {
  const { unit, pid } = bureau
  const general = () => meeting('branch-general-meeting', unit.branch)
  const group = () => meeting('leading-group-meeting', unit['leading-group'])
  assert.deepEqual(
    [await general(), await general(), await group()],
    [
      [5, 4],
      [5, 4],
      [2, 2],
    ],
  )

  const { personId } = await office.must('person.record', { name: '袁初霁' })
  assert.deepEqual(await general(), [5, 4])
  const { membershipId } = await office.must('membership.record', {
    branchId: unit.branch,
    personId,
    standing: 'probationary',
    from: '2024-01-01',
  })
  assert.deepEqual(await general(), [6, 4])
  const full = await office.must('membership.amend', { membershipId, standing: 'full', from: '2026-01-01' })
  assert.deepEqual(await general(), [6, 5])
  await office.must('membership.close', { ...full, on: '2026-06-01' })
  assert.deepEqual(await general(), [5, 4])

  const posts = { unitId: unit['leading-group'], kind: 'group-member', from: '2026-01-01' }
  const { postId } = await office.must('post.open', posts)
  assert.deepEqual(await group(), [2, 2])
  const { appointmentId } = await office.must('appointment.appoint', {
    postId,
    personId: pid.陶静仪,
    from: '2026-02-01',
  })
  assert.deepEqual(await group(), [3, 3])
  await office.must('appointment.close', { appointmentId, on: '2026-06-09' })
  assert.deepEqual(await group(), [2, 2])

  const branch = { parentId: unit.bureau, kind: 'branch', name: '第三党支部', from: '2026-01-01' }
  const { unitId } = await office.must('unit.open', branch)
  assert.equal(await meeting('branch-general-meeting', unitId), 'activity/not-on-roster')
  await office.must('unit.close', { unitId, on: '2026-06-09' })
  assert.equal(await meeting('branch-general-meeting', unitId), 'activity/unknown-unit')
})

it('refuses nobody by what is no longer so, and lets nobody pass by it', async () => {
  const { branch } = bureau.unit
  const { personId } = await office.must('person.record', { name: '苏见微' })
  const first = await meeting('branch-general-meeting', branch)
  assert.equal(await meeting('branch-general-meeting', branch, personId), 'activity/not-on-roster')
  const member = { branchId: branch, personId, standing: 'full', from: '2026-01-01' }
  const { membershipId } = await office.must('membership.record', member)
  assert.deepEqual(await meeting('branch-general-meeting', branch, personId), [first[0] + 1, first[1] + 1])
  await office.must('membership.close', { membershipId, on: '2026-06-01' })
  assert.equal(await meeting('branch-general-meeting', branch, personId), 'activity/not-on-roster')
  assert.deepEqual(
    await Promise.all(Array.from({ length: 9 }, () => meeting('branch-general-meeting', branch))),
    Array(9).fill(first),
  )
})

it('asks once in a transaction, reads once for a mark, and keeps a bounded number of rows', async () => {
  const actor = bureau.actor('冯乐山', 'office', 'all')
  const asking = (work: (tx: Reads) => Promise<unknown>) =>
    transactReads(app.stage.pool, preambleOf('read only', 1, scopeSettings(actor.scopes)), work)
  const place = (tx: Reads) => ({ tx, org: app.org, catalogues: app.stage.catalogues })
  let read = 0
  const rows = (tx: Reads, what: string, count: number) =>
    keptRows(place(tx), what, async () => {
      read++
      return Array<number>(count).fill(read)
    })
  await asking(async (tx) => {
    assert.equal((await rows(tx, 'a', 3)).length, 3)
    assert.deepEqual(await rows(tx, 'a', 3), [1, 1, 1])
    assert.equal(read, 1)
    await rows(tx, 'large', KEPT_ROWS_MAX - 2)
    assert.deepEqual(await rows(tx, 'a', 3), [3, 3, 3], 'what was given longest ago had to go')
    await rows(tx, 'larger', KEPT_ROWS_MAX + 1)
    await rows(tx, 'larger', KEPT_ROWS_MAX + 1)
    assert.equal(read, 4)
  })
})
