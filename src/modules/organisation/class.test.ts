import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { classesOf, organisation } from './organisation.ts'

let app: TestApp
let personId: string
before(async () => {
  app = await openTestApp('classes', { modules: [organisation] })
  personId = (await app.as(actorOf(app, 'office')).must('person.record', { name: '辛八' })).personId
})
after(() => app.close())

const spans = async () => {
  const rows = await transact(app.stage.pool, preambleOf('read only', 1, {}), (tx) => classesOf(tx, 1))
  return rows.map(({ class: of, from, to }) => [of, from, to])
}

test('the office states a class from a day on, and the class before it ends on the day before', async () => {
  const office = app.as(actorOf(app, 'office'))
  const state = (of: string, from: string) => office.verb('class.assign', { personId, class: of, from })
  await state('section', '2023-01-01')
  await state('division', '2025-07-01')
  assert.deepEqual(await spans(), [
    ['section', '2023-01-01', '2025-06-30'],
    ['division', '2025-07-01', '9999-12-31'],
  ])
  assert.equal((await state('division', '2025-09-01')).body.code, 'class/same')
  assert.equal((await state('division', '2024-01-01')).body.code, 'class/changes-later')
  const unknown = { personId: '01890000-0000-7000-8000-000000000000', class: 'section', from: '2025-01-01' }
  assert.equal((await office.verb('class.assign', unknown)).body.code, 'person/unknown')
  assert.equal((await state('bureau', '2026-01-01')).body.code, 'request/invalid')
  await state('section', '2025-07-01')
  assert.deepEqual(
    (await spans())[1],
    ['section', '2025-07-01', '9999-12-31'],
    'said again from its day, it is corrected',
  )
})

test('a class ends with a last day', async () => {
  const office = app.as(actorOf(app, 'office'))
  const { items } = (await office.query('class.list', { personId })).body
  assert.deepEqual([items.length, items[0].name, items[0].class, items[0].to], [1, '辛八', 'section', null])
  const { classId } = items[0]
  assert.equal((await office.verb('class.close', { classId, on: '2025-01-01' })).body.code, 'period/ends-before-start')
  await office.must('class.close', { classId, on: '2026-03-31' })
  assert.equal((await office.verb('class.close', { classId, on: '2026-04-30' })).body.code, 'period/ended')
  assert.deepEqual((await office.query('class.list', { on: '2026-04-01' })).body.items, [])
})

test('nobody but the office states or reads classes', async () => {
  for (const name of ['member', 'secretary', 'branch-secretary', 'system-admin'] as const) {
    const other = app.as(actorOf(app, name))
    const input = { personId, class: 'division', from: '2026-05-01' }
    assert.equal((await other.verb('class.assign', input)).status, 404, name)
    assert.equal((await other.query('class.list')).status, 404, name)
  }
})

test('with the person his class is erased', async () => {
  const office = app.as(actorOf(app, 'office'))
  await office.must('person.erase', { personId, basis: 'own-wish' })
  assert.deepEqual(await spans(), [])
  const { rows } = await app.owner.query('select pid, class, valid_from from person_classes')
  assert.ok(rows.length > 2 && rows.every((row) => row.pid === null && row.class === null && row.valid_from !== null))
})
