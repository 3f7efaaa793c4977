import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { modules } from '../src/modules/index.ts'
import { BESIDE_TYPES } from '../src/modules/obligations/beside.ts'
import { ACTIVITY_TYPES } from '../src/modules/obligations/changes.ts'
import { GROUND_TYPES } from '../src/modules/obligations/ground.ts'
import { ALL_TYPES } from '../src/modules/obligations/kept-answers.ts'
import { type Asked, owedBy } from '../src/modules/obligations/owed.ts'
import { statementOf } from '../src/platform/db/pool.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { agrees, inBureau, plain } from './support/asked.ts'
import { type Bureau, makeBureau } from './support/make.ts'

/*
 * An answer about some subjects is kept until something is written on which it rests. Whoever records something elsewhere does not
 * end it; whatever concerns its subjects does, in whatever way it concerns them.
 */

const ON = '2026-06-16'

let app: TestApp
let bureau: Bureau
let own: string
let other: string
let asked: Asked
before(async () => {
  app = await openTestApp('kept', { modules, now: `${ON}T02:00:00Z` })
  bureau = await makeBureau(app)
  const branches = [...bureau.units].filter(([name]) => name.endsWith('党支部')).map(([, id]) => id)
  ;[own, other] = branches as [string, string]
  asked = { on: ON, units: [own] }
})
after(() => app.close())

const ask = async () => {
  const { answer, sent } = await inBureau(app, (place) => owedBy(place, asked))
  return { said: JSON.stringify(plain(answer)), statements: sent.length }
}

/** Keeps an answer, acts, and asks again: whether the answer still stood, which must be what is read anew. */
async function stoodAfter(act: () => Promise<unknown>, what: string): Promise<boolean> {
  await ask()
  await act()
  const { statements } = await ask()
  await agrees(app, [asked, { on: ON, units: [other] }, { on: ON }], what)
  // How far the journal is, and of activities what has changed; whoever reads anew asks for more.
  return statements <= 2
}

/** A member of a branch on the day. */
async function memberOf(unitId: string): Promise<string> {
  const { rows } = await app.owner.query<{ pid: string }>(
    `select pid from membership_facts where org_id = 1 and branch_id = $1 and valid_to > $2 and superseded_idx > 1e18 order by pid limit 1`,
    [unitId, ON],
  )
  return rows[0]!.pid
}

test('an answer stands while others record, and ends with a record of its own', async () => {
  const { keeper } = bureau
  const meeting = { kind: 'theme-party-day', happenedOn: '2026-04-10', hours: 2 }
  const present = async (unitId: string) => [{ personId: await memberOf(unitId), status: 'present' }]
  const record = (input: object) => keeper.must('activity.record', { ...meeting, ...input })
  const away: { activityId?: string } = {}
  assert.ok(await stoodAfter(async () => Object.assign(away, await record({ unitId: other })), 'held elsewhere'))
  assert.ok(!(await stoodAfter(() => record({ unitId: own }), 'held by itself')))
  const { activityId } = away
  const came = { activityId, attendance: await present(own), reason: '补充签到' }
  assert.ok(!(await stoodAfter(() => keeper.must('activity.amend', came), 'one of its members was there')))
  const left = { activityId, attendance: await present(other), reason: '签到更正' }
  assert.ok(!(await stoodAfter(() => keeper.must('activity.amend', left), 'he was not there after all')))
  const again = { activityId, hours: 3, reason: '时长更正' }
  assert.ok(await stoodAfter(() => keeper.must('activity.amend', again), 'a correction that concerns nobody of it'))
  const host = { personId: await memberOf(own) }
  const led = () => record({ unitId: other, kind: 'party-lecture', host })
  assert.ok(!(await stoodAfter(led, 'one of its members led what another branch held')))
  const moved = { activityId, unitId: own, reason: '主办支部更正' }
  assert.ok(!(await stoodAfter(() => keeper.must('activity.amend', moved), 'it was held by the branch')))
  const back = { activityId, unitId: other, reason: '主办支部再更正' }
  assert.ok(!(await stoodAfter(() => keeper.must('activity.amend', back), 'it was held by another')))
  const gone = { activityId, reason: '重复登记' }
  assert.ok(await stoodAfter(() => keeper.must('activity.withdraw', gone), 'a record of another was taken back'))
})

test('an answer ends with whatever else it rests on, and with nothing on which it does not', async () => {
  const { keeper } = bureau
  const pid = await memberOf(own)
  const named = [...bureau.persons].find(([, id]) => id === pid)![0]
  const himself = await bureau.as(named)
  const obligationId = `theme-party-day/${own}/2026-03-01`
  const excuse = () => keeper.must('obligation.excuse', { obligationId, reason: '支部换届，与上级商定不单独安排' })
  assert.ok(!(await stoodAfter(excuse, 'something was excused')))
  const state = () => himself.must('statement.record', { statement: 'personal-matters', year: 2026, on: '2026-01-22' })
  assert.ok(!(await stoodAfter(state, 'a report was stated')))
  const brought = { personId: pid, rule: 'cadre-training-div', amount: 8, on: '2024-12-31' }
  assert.ok(!(await stoodAfter(() => keeper.must('opening.record', brought), 'hours were brought along')))
  const talk = { kind: 'heart-to-heart', day: '2026-03-12', counterpartId: await memberOf(other) }
  assert.ok(!(await stoodAfter(() => himself.must('talk.record', talk), 'a talk was held')))
  const hours = { rule: 'member-study-hours', param: 'hours', value: 40, from: '2026-01-01' }
  assert.ok(!(await stoodAfter(() => keeper.must('rule.assign', hours), 'a parameter was set')))
  const list = () => keeper.must('list.open', { year: 2027, title: '2027年责任清单' })
  assert.ok(!(await stoodAfter(list, 'a list was opened')))
  const person = () => keeper.must('person.record', { name: '秦望舒' })
  assert.ok(await stoodAfter(person, 'a person was entered who is nobody yet'))
})

test('a thousand entries later, what is kept is still not answered from', async () => {
  const { keeper } = bureau
  await ask()
  await keeper.must('activity.record', { kind: 'theme-party-day', happenedOn: '2026-05-12', unitId: own })
  await app.owner.query('begin; set local session_replication_role = replica')
  await app.owner.query(`insert into journal_entries (org_id, idx, at, act_id, env)
    select 1, h.size + n, now(), gen_random_uuid(), '{"t":"person","v":1}' from journal_heads h, generate_series(0, 1499) n where h.org_id = 1`)
  await app.owner.query('update journal_heads set size = size + 1500 where org_id = 1; commit')
  await agrees(app, [asked, { on: ON }, asked], 'too much was written to say what')
})

test('every table that a question reads is of a type that ends what is kept', async () => {
  const questions: Asked[] = [{ on: ON }, asked, { on: ON, subjects: [await memberOf(own)] }]
  const texts: string[] = []
  for (const one of questions) {
    const { sent } = await inBureau(app, (place) => owedBy(place, one), { ...app.stage.catalogues })
    texts.push(...sent.map((query) => statementOf(query).text))
  }
  const names = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b(?:from|join) "?([a-z_]+)"?/g)].map(([, name]) => name!)),
  )
  const { rows: views } = await app.owner.query<{ view: string; table: string }>(
    `select view_name "view", table_name "table" from information_schema.view_table_usage where view_schema = 'public'`,
  )
  const { rows: tables } = await app.owner.query<{ name: string }>(
    `select table_name "name" from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const known = new Set(tables.map(({ name }) => name))
  const read = [...names].flatMap((name) => {
    const behind = views.filter(({ view }) => view === name).map(({ table }) => table)
    return behind.length > 0 ? behind : known.has(name) ? [name] : []
  })
  const ending = new Set(['journal_heads', 'journal_entries'])
  for (const { type, table, part } of app.stage.records.values()) {
    if (!ALL_TYPES.has(type)) continue
    ending.add(table)
    if (part !== undefined) ending.add(part.table)
  }
  assert.deepEqual(
    [...new Set(read)].filter((table) => !ending.has(table)),
    [],
  )
  assert.ok(read.length > 12)
  const types = new Set([...app.stage.records.keys()])
  for (const type of [...GROUND_TYPES, ...BESIDE_TYPES, ...ACTIVITY_TYPES]) assert.ok(types.has(type), type)
})
