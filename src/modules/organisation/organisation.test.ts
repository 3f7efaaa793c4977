import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { holderOf, organisation, rosterOn, subtreeOf, unitNames } from './organisation.ts'

let app: TestApp
let bureau: Bureau

before(async () => {
  app = await openTestApp('organisation', { modules: [organisation] })
  bureau = await makeBureau(app)
})
after(() => app.close())

const reading = <T>(work: Parameters<typeof transact<T>>[2]) =>
  transact(app.stage.pool, preambleOf('read only', 1, {}), work)

test('the tree is answered as of a day, parents before children', async () => {
  const { body } = await bureau.keeper.query('unit.tree')
  assert.equal(body.items.length, bureau.units.size)
  assert.equal(body.items[0].name, '临澜市城乡水务局')
  const before = await bureau.keeper.query('unit.tree', { on: '2023-12-31' })
  assert.deepEqual(before.body.items, [])
})

test('a moved unit stands below the old parent before the day and below the new one from it', async () => {
  const { unitId } = await bureau.keeper.must('unit.open', {
    name: '信息中心',
    kind: '下属单位',
    parentId: bureau.unit('临澜市城乡水务局'),
    from: '2024-01-01',
  })
  await bureau.keeper.must('unit.move', { unitId, parentId: bureau.unit('执法支队'), from: '2025-07-01' })
  const below = (day: string) => reading((tx) => subtreeOf(tx, 1, bureau.unit('执法支队'), day))
  assert.ok(!(await below('2025-06-30')).includes(unitId))
  assert.ok((await below('2025-07-01')).includes(unitId))
  await bureau.keeper.must('unit.rename', { unitId, name: '数据中心', from: '2026-01-01' })
  assert.equal((await reading((tx) => unitNames(tx, 1, '2025-12-31'))).get(unitId), '信息中心')
  assert.equal((await reading((tx) => unitNames(tx, 1, '2026-01-01'))).get(unitId), '数据中心')
  await bureau.keeper.must('unit.close', { unitId, on: '2026-05-31' })
  assert.equal(
    (await reading((tx) => unitNames(tx, 1, '2026-06-16'))).get(unitId),
    '数据中心',
    'a closed unit keeps its name',
  )
  assert.ok(!(await below('2026-06-01')).includes(unitId))
})

test('a back-dated rename carries on into later periods that said the same', async () => {
  const root = bureau.unit('临澜市城乡水务局')
  const { unitId } = await bureau.keeper.must('unit.open', {
    name: '窗口',
    kind: 'department',
    parentId: root,
    from: '2024-01-01',
  })
  await bureau.keeper.must('unit.move', { unitId, parentId: bureau.unit('执法支队'), from: '2025-06-01' })
  await bureau.keeper.must('unit.rename', { unitId, name: '政务窗口', from: '2025-01-01' })
  const names = await Promise.all(
    ['2024-12-31', '2025-01-01', '2025-06-01'].map((day) => reading((tx) => unitNames(tx, 1, day))),
  )
  assert.deepEqual(
    names.map((map) => map.get(unitId)),
    ['窗口', '政务窗口', '政务窗口'],
  )
})

test('a unit refuses a wrong parent, a ring, a second of its name, and to close while it is used', async () => {
  const code = async (verb: string, input: unknown) => (await bureau.keeper.verb(verb, input)).body.code
  const branch = bureau.unit('第三党支部')
  assert.equal(
    await code('unit.open', { name: '新科', kind: 'department', parentId: branch, from: '2026-01-01' }),
    'unit/parent-kind',
  )
  assert.equal(
    await code('unit.open', {
      name: '第一党支部',
      kind: 'branch',
      parentId: bureau.unit('机关党委'),
      from: '2026-01-01',
    }),
    'unit/same-name',
  )
  assert.equal(
    await code('unit.open', { name: '另一局', kind: 'bureau', parentId: null, from: '2026-01-01' }),
    'unit/root-exists',
  )
  const root = bureau.unit('临澜市城乡水务局')
  const outer = (
    await bureau.keeper.must('unit.open', { name: '外', kind: 'department', parentId: root, from: '2026-01-01' })
  ).unitId
  const inner = (
    await bureau.keeper.must('unit.open', { name: '内', kind: 'department', parentId: outer, from: '2026-01-01' })
  ).unitId
  assert.equal(await code('unit.move', { unitId: outer, parentId: inner, from: '2026-02-01' }), 'unit/inside-itself')
  assert.equal(await code('unit.close', { unitId: branch, on: '2026-06-16' }), 'unit/still-used')
  assert.equal(await code('unit.move', { unitId: root, parentId: outer, from: '2026-02-01' }), 'unit/root-stays')
})

test('the roster of a branch counts its subgroups, and says who may vote', async () => {
  const { body } = await bureau.keeper.query('unit.roster', { unitId: bureau.unit('第三党支部'), on: '2026-06-16' })
  assert.deepEqual([body.total, body.full, body.probationary], [13, 12, 1])
  const earlier = await bureau.keeper.query('unit.roster', { unitId: bureau.unit('第三党支部'), on: '2026-05-19' })
  assert.deepEqual([earlier.body.total, earlier.body.full], [12, 11], 'one member came on 20 May')
  const song = body.items.find((item: { name: string }) => item.name === '宋安澜')
  assert.equal(song.mayVote, false)
})

test('a roster stands in the order of the bureau: its leaders first, then as the tree has them', async () => {
  const { body } = await bureau.keeper.query('unit.roster', { unitId: bureau.unit('临澜市城乡水务局') })
  const names: string[] = body.items.map((item: { name: string }) => item.name)
  assert.deepEqual(names.slice(0, 3), ['沈望舒', '陆知远', '程以宁'])
  assert.ok(names.indexOf('周予安') < names.indexOf('罗清和'), 'the office before the section for water supply')
})

test('the roster of a section is its staff with their standing, that of the bureau leaves out branch posts', async () => {
  const { catalogue } = app.stage.catalogues
  const section = await reading((tx) => rosterOn(tx, 1, bureau.unit('供排水科'), '2026-06-16', catalogue))
  assert.equal(section.length, 7)
  const whole = await reading((tx) => rosterOn(tx, 1, bureau.unit('临澜市城乡水务局'), '2026-06-16', catalogue))
  assert.ok(!whole.some((person) => person.name === '汪瑞庭'), 'a retired branch officer is no staff')
  assert.equal(new Set(whole.map((person) => person.pid)).size, whole.length)
})

test('a post passes to its successor on the day', async () => {
  const post = bureau.post('水资源科/department-head')
  assert.equal((await reading((tx) => holderOf(tx, 1, post, '2025-06-30')))?.name, '魏承宇')
  assert.equal((await reading((tx) => holderOf(tx, 1, post, '2025-07-01')))?.name, '苏南乔')
})

test('a post for one person takes no second, unless the second succeeds the first', async () => {
  const postId = bureau.post('办公室/department-head')
  const personId = bureau.person('管思远')
  const crossing = await bureau.keeper.verb('appointment.appoint', { postId, personId, from: '2026-06-01' })
  assert.equal(crossing.body.code, 'appointment/overlaps')
  assert.match(crossing.body.title, /纪云舟/)
  await bureau.keeper.must('appointment.appoint', { postId, personId, from: '2026-06-01', succeed: true })
  assert.equal((await reading((tx) => holderOf(tx, 1, postId, '2026-05-31')))?.name, '纪云舟')
  assert.equal((await reading((tx) => holderOf(tx, 1, postId, '2026-06-01')))?.name, '管思远')
})

test('vacant posts and appointments that end are told for the handover', async () => {
  const { body } = await bureau.keeper.query('handover.list')
  const vacant = body.vacant.find((post: { unit: string }) => post.unit === '机关党委')
  assert.equal(vacant.since, '2026-03-01')
  const past = await bureau.keeper.query('handover.list', { on: '2025-06-16' })
  assert.deepEqual(past.body.ending.map((row: { name: string }) => row.name).sort(), ['何秉川', '苏南乔', '魏承宇'])
})

test('two of one name are told apart by unit, and a third is asked for', async () => {
  const { body } = await bureau.keeper.query('person.find', { name: '李文博' })
  const units = body.items.map((item: { units: { name: string }[] }) => item.units.map((unit) => unit.name))
  assert.deepEqual(
    units
      .flat()
      .filter((name: string) => /科|支队/.test(name))
      .sort(),
    ['建设管理科', '执法支队'],
  )
  const third = await bureau.keeper.verb('person.record', { name: '李文博' })
  assert.equal(third.body.code, 'person/namesake')
  assert.equal(
    (await bureau.keeper.verb('person.record', { name: '李文博', staffNo: 'B031' })).body.code,
    'person/staff-no-taken',
  )
  await bureau.keeper.must('person.record', { name: '李文博', namesake: true })
})

test('nobody belongs to two branches on one day; a transfer ends the first', async () => {
  const personId = bureau.person('骆千帆')
  const twice = await bureau.keeper.verb('membership.record', {
    branchId: bureau.unit('第一党支部'),
    personId,
    standing: 'full',
    from: '2026-06-01',
  })
  assert.equal(twice.body.code, 'membership/overlaps')
  const { body } = await bureau.keeper.query('unit.roster', { unitId: bureau.unit('第五党支部') })
  const row = body.items.find((item: { personId: string }) => item.personId === personId)
  await bureau.keeper.must('membership.transfer', {
    membershipId: row.membershipId,
    branchId: bureau.unit('第一党支部'),
    from: '2026-06-10',
  })
  const now = await bureau.keeper.query('unit.roster', { unitId: bureau.unit('第一党支部') })
  assert.ok(now.body.items.some((item: { personId: string }) => item.personId === personId))
  const section = await bureau.keeper.verb('membership.record', {
    branchId: bureau.unit('供排水科'),
    personId: bureau.person('尹佳禾'),
    standing: 'full',
    from: '2026-06-01',
  })
  assert.equal(section.body.code, 'membership/not-here')
})

test('who keeps no roster changes nothing and reads the tree', async () => {
  const member = await bureau.as('陆星野')
  const refused = await member.verb('person.record', { name: '某甲' })
  assert.deepEqual([refused.status, refused.body.code], [404, 'record/not-found'])
  assert.equal((await member.query('person.list')).status, 404)
  assert.equal((await member.query('unit.tree')).status, 200)
  assert.equal((await member.query('unit.roster', { unitId: bureau.unit('第三党支部') })).status, 200, 'his own branch')
  assert.equal((await member.query('unit.roster', { unitId: bureau.unit('第五党支部') })).status, 404, 'another branch')
})

test('what a post lets its holder see follows its role', async () => {
  const seen = async (name: string) => {
    const { scopes } = await bureau.actor(name)
    return [
      scopes.general.units === 'all' ? 'all' : scopes.general.units.length,
      scopes.talks.units === 'all' ? 'all' : scopes.talks.units.length,
    ]
  }
  assert.deepEqual(await seen('沈望舒'), ['all', 0], 'the secretary sees no talk pairs but his own')
  assert.deepEqual(await seen('周予安'), ['all', 'all'])
  const gu = await bureau.actor('顾明棠')
  assert.ok(gu.scopes.general.units.includes(bureau.unit('供排水科')))
  assert.ok(!gu.scopes.general.units.includes(bureau.unit('水质监测中心')), 'that line passed on with the year')
  const meng = await bureau.actor('孟怀瑾')
  assert.deepEqual(
    [...meng.scopes.talks.units].sort(),
    ['第三党支部', '第三党支部第一党小组', '第三党支部第二党小组'].map((name) => bureau.unit(name)).sort(),
  )
  const member = await bureau.actor('尹佳禾')
  assert.deepEqual(member.scopes.general, { units: [bureau.unit('执法支队')], pid: bureau.person('尹佳禾') })
})

test('a mandate is granted by the leader or for somebody else, never to the one who types, and ends at once', async () => {
  const clerk = await bureau.as('江月白')
  const mandate = (agent: string) => ({
    principalId: bureau.person('陆知远'),
    agentId: bureau.person(agent),
    from: '2026-06-01',
    to: '2026-12-31',
  })
  assert.equal((await clerk.verb('mandate.grant', mandate('江月白'))).status, 404)
  const { mandateId } = await clerk.must('mandate.grant', mandate('周予安'))
  const seen = await (await bureau.as('陆知远')).query('mandate.list')
  assert.deepEqual(
    seen.body.items.map((item: { agent: string }) => item.agent),
    ['周予安'],
  )
  assert.deepEqual((await (await bureau.as('尹佳禾')).query('mandate.list')).body.items, [])
  await (await bureau.as('陆知远')).must('mandate.revoke', { mandateId })
  const later = await clerk.query('mandate.list')
  assert.equal(later.body.items.find((item: { mandateId: string }) => item.mandateId === mandateId).inForce, false)
  const long = await clerk.verb('mandate.grant', { ...mandate('周予安'), to: '2028-01-01' })
  assert.equal(long.body.code, 'mandate/too-long')
})

test('an erased person keeps his place in what was counted and loses his name', async () => {
  const { personId } = await bureau.keeper.must('person.record', { name: '临时来人' })
  const before = await bureau.keeper.query('person.find', { name: '临时来人' })
  assert.equal(before.body.items.length, 1)
  const posted = await bureau.keeper.verb('person.erase', { personId: bureau.person('尹佳禾'), basis: 'own-wish' })
  assert.equal(posted.body.code, 'person/still-in-post')
  await bureau.keeper.must('mandate.grant', {
    principalId: personId,
    agentId: bureau.person('周予安'),
    from: '2026-06-01',
    to: '2026-06-10',
    purpose: '短期代办',
  })
  const { fields } = await bureau.keeper.must('person.erase', { personId, basis: 'recorded-by-mistake' })
  assert.equal(fields, 3, 'name, staff number, purpose of the mandate')
  assert.deepEqual((await bureau.keeper.query('person.find', { name: '临时来人' })).body.items, [])
  const again = await bureau.keeper.verb('person.erase', { personId, basis: 'own-wish' })
  assert.equal(again.body.code, 'person/erased')
  const appointed = await bureau.keeper.verb('appointment.appoint', {
    postId: bureau.post('办公室/staff'),
    personId,
    from: '2026-06-01',
  })
  assert.equal(appointed.body.code, 'person/unknown')
})

test('an unknown id and one that is not yours look alike', async () => {
  const nobody = app.as(actorOf(app, 'member', []))
  const unknown = await bureau.keeper.verb('unit.rename', {
    unitId: bureau.person('沈望舒'),
    name: '某',
    from: '2026-01-01',
  })
  const foreign = await nobody.verb('unit.rename', { unitId: bureau.unit('办公室'), name: '某', from: '2026-01-01' })
  assert.deepEqual(unknown.body, foreign.body)
})

test('a person shows the posts to everybody and the branch to those who see the branch', async () => {
  const personId = bureau.person('罗清和')
  const seen = (await bureau.keeper.query('person.get', { personId })).body
  assert.equal(seen.name, '罗清和')
  assert.ok(seen.posts.some((post: { title: string; to: null }) => post.title.includes('科长') && post.to === null))
  const { items } = (await bureau.keeper.query('person.find', { name: '罗清和' })).body
  const units = items[0].units.map(({ unitId }: { unitId: string }) => unitId)
  assert.ok(seen.memberships.every(({ unitId }: { unitId: string }) => units.includes(unitId)))
  const stranger = (await (await bureau.as('蒋若谷')).query('person.get', { personId })).body
  assert.deepEqual([stranger.posts.length, stranger.memberships], [seen.posts.length, []])
  assert.equal((await bureau.keeper.query('person.get', { personId: bureau.unit('办公室') })).status, 404)
})
