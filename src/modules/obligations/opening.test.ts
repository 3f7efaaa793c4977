import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('openings', { modules })
  bureau = await makeBureau(app)
})
after(() => app.close())

const brought = (name: string, amount: number, on = '2024-12-31') => ({
  personId: bureau.person(name),
  rule: 'cadre-training-div',
  amount,
  on,
})

test('the office enters, corrects and takes back hours from before the records begin', async () => {
  const office = await bureau.as('周予安')
  const { openingId } = await office.must('opening.record', brought('陆知远', 120.5))
  await office.must('opening.record', brought('沈望舒', 96))
  const list = async () =>
    (await office.query('opening.list')).body.items.map((one: { name: string; amount: number; on: string }) => [
      one.name,
      one.amount,
      one.on,
    ])
  assert.deepEqual(await list(), [
    ['沈望舒', 96, '2024-12-31'],
    ['陆知远', 120.5, '2024-12-31'],
  ])
  const amend = (input: object) => office.verb('opening.amend', { openingId, reason: '证书复核', ...input })
  assert.equal((await amend({ amount: 120.5 })).body.code, 'opening/nothing-changed')
  assert.equal((await amend({ on: '2025-01-01' })).body.code, 'opening/not-before-records')
  assert.equal((await amend({ amount: 128, on: '2024-06-30' })).status, 200)
  assert.deepEqual((await list())[1], ['陆知远', 128, '2024-06-30'])
  await office.must('opening.withdraw', { openingId, reason: '另有登记' })
  assert.equal((await office.verb('opening.withdraw', { openingId, reason: '重复' })).body.code, 'opening/withdrawn')
  assert.equal((await amend({ amount: 1 })).body.code, 'opening/withdrawn')
  assert.equal((await list()).length, 1)
})

test('hours since the go-live day are never typed: they come from the records', async () => {
  const office = app.as(actorOf(app, 'office'))
  const code = async (input: object) => (await office.verb('opening.record', input)).body.code
  assert.equal(await code(brought('程以宁', 20, '2025-01-01')), 'opening/not-before-records')
  assert.equal(await code(brought('沈望舒', 20)), 'opening/already')
  assert.equal(await code(brought('程以宁', 0)), 'request/invalid')
  const yearly = { ...brought('程以宁', 20), rule: 'member-study-hours' }
  assert.equal(await code(yearly), 'opening/unknown-rule', 'hours of one year are never brought along')
  assert.equal(await code({ ...yearly, rule: 'no-such-rule' }), 'opening/unknown-rule')
  const nobody = { ...brought('程以宁', 20), personId: '01890000-0000-7000-8000-000000000000' }
  assert.equal((await office.verb('opening.record', nobody)).status, 404)
})

test('nobody but the training handler enters or lists them', async () => {
  for (const name of ['沈望舒', '程以宁', '裴思远', '郁青禾']) {
    const other = await bureau.as(name)
    assert.equal((await other.verb('opening.record', brought('程以宁', 20))).status, 404, name)
    assert.equal((await other.query('opening.list')).status, 404, name)
  }
})

test('with the person his opening hours are erased', async () => {
  const { personId } = await bureau.keeper.must('person.record', { name: '外调干部' })
  const { openingId } = await bureau.keeper.must('opening.record', { ...brought('沈望舒', 30), personId })
  await bureau.keeper.must('person.erase', { personId, basis: 'own-wish' })
  const { rows } = await app.owner.query('select pid, amount, rule from opening_hours where id = $1', [openingId])
  assert.deepEqual(rows, [{ pid: null, amount: null, rule: 'cadre-training-div' }])
  assert.equal((await bureau.keeper.verb('opening.withdraw', { openingId, reason: '删除' })).status, 404)
})
