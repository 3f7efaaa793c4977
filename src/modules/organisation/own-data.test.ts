import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf } from '../../../test/support/make.ts'
import { organisation } from './organisation.ts'

let app: TestApp
let personId: string
before(async () => {
  app = await openTestApp('own-data', { modules: [organisation] })
  const office = app.as(actorOf(app, 'office'))
  personId = (await office.must('person.record', { name: '辛八', staffNo: 'S-8008' })).personId
  await office.must('person.record', { name: '壬九', staffNo: 'S-9009' })
  await office.must('class.assign', { personId, class: 'section', from: '2023-01-01' })
})
after(() => app.close())

const himself = () => app.as({ ...actorOf(app, 'member'), pid: personId })

test('a person is told of every table that can hold something of him, with purpose and time, and how many rows do', async () => {
  const { items } = (await himself().query('person.kept')).body
  const rows = new Map(items.map((one: { table: string; rows: number }) => [one.table, one.rows]))
  assert.equal(rows.get('persons'), 1)
  assert.equal(rows.get('person_classes'), 1)
  assert.equal(rows.get('attendance'), 0)
  for (const { table, words, columns } of items) {
    assert.notEqual(words.zh, table, `${table} has a name`)
    assert.ok(columns.every((one: { purpose: { zh: string } }) => one.purpose.zh !== ''))
  }
})

test('the copy holds what is his and nothing of others, to read or to take along', async () => {
  const json = await himself().query('person.copy')
  assert.equal(json.status, 200)
  const { person, tables } = JSON.parse(json.raw.toString('utf8'))
  assert.deepEqual(person, { personId, name: '辛八' })
  assert.deepEqual(
    tables.map(({ table }: { table: string }) => table),
    ['persons', 'person_ids', 'person_classes'],
  )
  const [row] = tables[0].rows
  assert.deepEqual([row.name, row.staff_no, 'org_id' in row], ['辛八', 'S-8008', false])
  const html = (await himself().query('person.copy', { format: 'html', language: 'en' })).raw.toString('utf8')
  assert.ok(html.includes('Copy of my data') && html.includes('S-8008'))
  for (const text of [json.raw.toString('utf8'), html]) assert.ok(!text.includes('S-9009') && !text.includes('壬九'))
})

test('nobody has a copy of another, also not who acts for him, nor an administrator, who is no person', async () => {
  const agent = { ...actorOf(app, 'office'), pid: personId, onBehalfOf: { pid: personId, mandateId: personId } }
  for (const actor of [agent, actorOf(app, 'system-admin'), actorOf(app, 'office')]) {
    assert.equal((await app.as(actor as never).query('person.copy')).status, 404)
    assert.equal((await app.as(actor as never).query('person.kept')).status, 404)
  }
})
