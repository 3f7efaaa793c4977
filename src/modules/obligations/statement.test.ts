import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { scopeSettings } from '../../core/access/scope.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('statements', { modules })
  bureau = await makeBureau(app)
})
after(() => app.close())

const sent = { statement: 'personal-matters', year: 2026 }

test('a person states himself that his report is sent, and sees what he has stated', async () => {
  const leader = await bureau.as('程以宁')
  const stated = await leader.must('statement.record', { ...sent, on: '2026-01-22' })
  assert.deepEqual([stated.year, stated.on], [2026, '2026-01-22'])
  const { items } = (await leader.query('statement.mine')).body
  assert.deepEqual(items, [{ statementId: stated.statementId, ...sent, on: '2026-01-22' }])
  const today = await (await bureau.as('顾明棠')).must('statement.record', sent)
  assert.equal(today.on, '2026-06-16', 'today where no day is given')
})

test('it takes a year and a day and nothing of what the report says', async () => {
  const leader = await bureau.as('许静川')
  const code = async (input: object) => (await leader.verb('statement.record', { ...sent, ...input })).body.code
  assert.equal(await code({ content: '房产' }), 'request/invalid')
  assert.equal(await code({ file: 'AAAA' }), 'request/invalid')
  assert.equal(await code({ statement: 'family' }), 'request/invalid')
  assert.equal(await code({ on: '2026-06-17' }), 'statement/future-day')
  assert.equal(await code({ on: '2025-12-31' }), 'statement/other-year')
  assert.equal(await code({ on: '2026-02-03' }), undefined)
  assert.equal(await code({}), 'statement/already')
  const { rows } = await app.owner.query(
    `select column_name as name from information_schema.columns where table_name = 'statements' order by 1`,
  )
  const kept = ['id', 'org_id', 'pid', 'recorded_idx', 'stated_on', 'statement', 'superseded_idx', 'v1', 'version']
  assert.deepEqual(
    rows.map(({ name }) => name),
    [...kept, 'withdrawn', 'year'],
  )
})

test('he takes it back, and may state it anew', async () => {
  const leader = await bureau.as('许静川')
  const { statementId } = (await leader.query('statement.mine')).body.items[0]
  assert.equal((await (await bureau.as('程以宁')).verb('statement.withdraw', { statementId })).status, 404)
  await leader.must('statement.withdraw', { statementId })
  assert.equal((await leader.verb('statement.withdraw', { statementId })).body.code, 'statement/withdrawn')
  assert.deepEqual((await leader.query('statement.mine')).body.items, [])
  await leader.must('statement.record', sent)
})

test('nobody states it for another: no mandate and no office reaches that far', async () => {
  const secretary = await bureau.actor('沈望舒')
  const clerk = await bureau.actor('周予安')
  const mandate = { pid: secretary.pid!, mandateId: '01890000-0000-7000-8000-000000000000' }
  assert.equal((await app.as({ ...clerk, onBehalfOf: mandate }).verb('statement.record', sent)).status, 404)
  assert.equal((await app.as(actorOf(app, 'office')).verb('statement.record', sent)).status, 404)
})

const listed = async (who: Caller) => {
  const { status, body } = await who.query('statement.list', { year: 2026 })
  return status === 200 ? body.items.map((one: { name: string; on: string | null }) => [one.name, one.on]) : status
}

test('the office alone sees who has stated it and who has not yet, in the order of the bureau, and each reading is audited', async () => {
  for (const name of ['沈望舒', '陆知远', '顾明棠', '程以宁']) {
    await bureau.keeper.must('class.assign', { personId: bureau.person(name), class: 'division', from: '2024-01-01' })
  }
  await bureau.keeper.must('class.assign', { personId: bureau.person('梁叙文'), class: 'section', from: '2024-01-01' })
  assert.deepEqual(await listed(await bureau.as('周予安')), [
    ['沈望舒', null],
    ['陆知远', null],
    ['程以宁', '2026-01-22'],
    ['顾明棠', '2026-06-16'],
    ['许静川', '2026-06-16'],
  ])
  for (const name of ['沈望舒', '郁青禾', '裴思远', '程以宁', '蒋若谷']) {
    assert.equal(await listed(await bureau.as(name)), 404, name)
  }
})

test('the journal tells nobody but the office who stated it', async () => {
  const by = async (name: string) => {
    const { items } = (await (await bureau.as(name)).query('journal.acts', { verb: 'statement.record' })).body
    return items.map((one: { by: string | null }) => one.by)
  }
  assert.deepEqual(await by('沈望舒'), [null, null, null, null])
  assert.equal((await by('周予安')).at(-1), '程以宁')
})

test('the row policy shows a statement to the person and the office, to nobody else', async () => {
  const shown = async (name: string) => {
    const { scopes } = await bureau.actor(name)
    const rows = await transact(app.stage.pool, preambleOf('read only', 1, scopeSettings(scopes)), (tx) =>
      tx.send('select distinct pid from statements where pid is not null'),
    )
    return rows.rows.length
  }
  assert.deepEqual(await Promise.all(['周予安', '程以宁', '沈望舒', '郁青禾', '裴思远'].map(shown)), [3, 1, 0, 0, 0])
})

test('with the person his statements are erased', async () => {
  const { personId } = await bureau.keeper.must('person.record', { name: '外调干部' })
  const actor = { ...(await bureau.actor('程以宁')), pid: personId }
  await app.as(actor).must('statement.record', sent)
  await bureau.keeper.must('person.erase', { personId, basis: 'own-wish' })
  const { rows } = await app.owner.query('select pid, stated_on from statements where pid is null')
  assert.deepEqual(rows, [{ pid: null, stated_on: null }])
})
