import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Bureau, makeBureau } from '../../../test/support/make.ts'
import { erasureRecord } from '../../platform/journal/erase.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { organisation } from '../organisation/organisation.ts'
import { accounts, createBureau, openDoorkeeper, openFirstAdministrator } from './accounts.ts'
import { forgetAccount } from './doorkeeper.ts'
import { checkPassword, hashPassword, passwordFault } from './password.ts'
import { codeTyped } from './secrets.ts'

let app: TestApp
let bureau: Bureau
const journal = { name: 'journal', actions: [], queries: [], records: [erasureRecord] }
const nobody = () => app.withToken(null)
const PASSWORD = '春江水暖-2026-Ok'

before(async () => {
  app = await openTestApp('accounts', { modules: [organisation, accounts, journal], doorkeeper: openDoorkeeper })
  bureau = await makeBureau(app)
})
after(() => app.close())

/** Opens an account for a person and takes it into use. */
async function account(
  person: string,
  password = PASSWORD,
): Promise<{ name: string; token: string; accountId: string }> {
  const { slips } = await bureau.keeper.must('account.open', { persons: [{ personId: bureau.person(person) }] })
  const opened = await nobody().must('account.redeem', { token: slips[0].token, password })
  return { name: slips[0].name, token: opened.token, accountId: slips[0].accountId }
}

const minutesLater = (minutes: number) =>
  app.clock.set(new Date(app.clock.now().getTime() + minutes * 60_000).toISOString())

test('there is no default password: the first administrator gets a slip, once', async () => {
  const slip = await openFirstAdministrator(app.stage, app.org)
  assert.ok(slip)
  assert.equal(await openFirstAdministrator(app.stage, app.org), null)
  const session = await nobody().must('account.redeem', {
    token: slip.token.toLowerCase().replaceAll('-', ' '),
    password: PASSWORD,
  })
  assert.deepEqual(session.roles, ['system-admin'])
  const admin = app.withToken(session.token)
  assert.equal((await admin.query('unit.tree')).status, 200)
  assert.equal(
    (await admin.query('unit.roster', { unitId: bureau.unit('第三党支部') })).status,
    404,
    'reads no business',
  )
  assert.equal(
    (await admin.verb('account.close', { accountId: session.account.id })).body.code,
    'account/last-administrator',
  )
  const second = await admin.must('administrator.open', { role: 'audit-admin', name: 'audit' })
  const audit = await nobody().must('account.redeem', { token: second.token, password: PASSWORD })
  assert.equal(
    (await app.withToken(audit.token).verb('administrator.open', { role: 'audit-admin', name: 'x' })).status,
    404,
  )
  assert.equal(
    (await bureau.keeper.verb('account.reset', { accountId: session.account.id })).status,
    404,
    'the office resets no administrator',
  )
})

test('a slip opens an account once, and the person signs in and out', async () => {
  const { slips } = await bureau.keeper.must('account.open', { persons: [{ personId: bureau.person('孟怀瑾') }] })
  const token = slips[0].token as string
  assert.equal((await nobody().verb('account.redeem', { token, password: 'short' })).body.code, 'password/short')
  assert.equal(
    (await nobody().verb('account.redeem', { token, password: 'alllowercase' })).body.code,
    'password/classes',
  )
  assert.equal(
    (await nobody().verb('account.redeem', { token, password: '孟怀瑾-Abc-123' })).body.code,
    'password/guessable',
  )
  await nobody().must('account.redeem', { token, password: PASSWORD })
  assert.equal((await nobody().verb('account.redeem', { token, password: PASSWORD })).body.code, 'account/code-wrong')
  const session = await nobody().must('session.open', { name: ' 孟怀瑾 ', password: PASSWORD })
  assert.equal(session.post, '党支部书记')
  const me = app.withToken(session.token)
  const { body } = await me.query('session.current')
  assert.equal(body.person.name, '孟怀瑾')
  assert.ok(body.roles.includes('branch-secretary'))
  await me.must('session.close')
  assert.deepEqual(
    [(await me.query('session.current')).status, (await me.query('session.current')).body.code],
    [401, 'session/required'],
  )
})

test('namesakes get different user names, and case and width of a name do not matter', async () => {
  const persons = ['李文博#B031', '李文博#Z012'].map((key) => ({ personId: bureau.person(key) }))
  const { slips } = await bureau.keeper.must('account.open', { persons })
  assert.deepEqual(
    slips.map((slip: { name: string }) => slip.name),
    ['李文博', '李文博2'],
  )
  const taken = await nobody().must('account.redeem', { token: slips[0].token, name: 'LiWB', password: PASSWORD })
  assert.equal(taken.account.name, 'LiWB')
  const same = await nobody().verb('account.redeem', { token: slips[1].token, name: 'ｌｉｗｂ', password: PASSWORD })
  assert.equal(same.body.code, 'account/name-taken')
  await nobody().must('session.open', { name: 'ＬＩＷＢ', password: PASSWORD })
  const again = await bureau.keeper.verb('account.open', { persons: [persons[0]] })
  assert.equal(again.body.code, 'account/present')
})

test('five wrong passwords lock the account for 15 minutes; an unknown name answers the same', async () => {
  const { name } = await account('冯乐山')
  const codes: string[] = []
  for (let round = 0; round < 6; round++) {
    const { body } = await nobody().verb('session.open', { name, password: 'wrong' })
    codes.push(body.code)
    app.clock.set(new Date(app.clock.now().getTime() + 10_000).toISOString())
  }
  assert.deepEqual(codes, [...Array(5).fill('session/wrong'), 'session/locked'])
  assert.equal((await nobody().verb('session.open', { name, password: PASSWORD })).body.code, 'session/locked')
  minutesLater(15)
  await nobody().must('session.open', { name, password: PASSWORD })
  const first = await nobody().verb('session.open', { name: '没有这个人', password: 'wrong' })
  assert.deepEqual([first.status, first.body.code, first.body.details.left], [401, 'session/wrong', 4])
})

test('wrong passwords in quick succession have to wait', async () => {
  const wrong = () => nobody().verb('session.open', { name: '急性子', password: 'wrong' })
  const codes = [await wrong(), await wrong(), await wrong()].map((answer) => answer.body.code)
  assert.deepEqual(codes, ['session/wrong', 'session/wrong', 'request/too-many'])
})

test('a session ends after 30 minutes without use and after 12 hours in any case', async () => {
  const { name, token } = await account('陶静仪')
  const me = app.withToken(token)
  const status = async () => {
    forgetAccount((await nobody().must('session.open', { name, password: PASSWORD })).account.id)
    return (await me.query('session.current')).status
  }
  minutesLater(29)
  assert.equal(await status(), 200)
  minutesLater(29)
  assert.equal(await status(), 200, 'use keeps it')
  minutesLater(30)
  assert.equal(await status(), 401)
  const day = app.withToken((await nobody().must('session.open', { name, password: PASSWORD })).token)
  for (let half = 0; half < 24; half++) {
    minutesLater(29)
    assert.equal((await day.query('session.current')).status, 200)
    forgetAccount((await day.query('session.current')).body.account.id)
  }
  minutesLater(24)
  assert.equal((await day.query('session.current')).status, 401)
})

test('changing the password, a reset and closing end the other sessions at once', async () => {
  const { name, token, accountId } = await account('薛景行')
  const other = app.withToken((await nobody().must('session.open', { name, password: PASSWORD })).token)
  const me = app.withToken(token)
  assert.equal((await me.verb('account.amend', { oldPassword: 'wrong', password: 'Another-Pass-77' })).status, 401)
  assert.equal((await me.must('account.amend', { oldPassword: PASSWORD, password: 'Another-Pass-77' })).ended, 1)
  assert.equal((await other.query('session.current')).status, 401)
  assert.equal((await me.query('session.current')).status, 200)
  const slip = await bureau.keeper.must('account.reset', { accountId })
  assert.equal((await me.query('session.current')).status, 401)
  assert.equal((await nobody().verb('session.open', { name, password: 'Another-Pass-77' })).status, 401)
  const anew = app.withToken((await nobody().must('account.redeem', { token: slip.token, password: PASSWORD })).token)
  await bureau.keeper.must('account.close', { accountId })
  assert.equal((await anew.query('session.current')).status, 401)
  assert.equal((await bureau.keeper.verb('account.reset', { accountId })).body.code, 'account/closed')
})

test('a withdrawn right is felt within five seconds', async () => {
  const { token } = await account('江月白')
  const clerk = app.withToken(token)
  assert.equal((await clerk.query('account.list')).status, 200)
  const { body } = await bureau.keeper.query('post.list', { unitId: bureau.unit('党组办公室') })
  const clerkPost = body.items.find((post: { kind: string }) => post.kind === 'office-clerk')
  const { appointmentId } = clerkPost.holders.find((holder: { name: string }) => holder.name === '江月白')
  await bureau.keeper.must('appointment.close', { appointmentId, on: '2026-06-15' })
  await new Promise((resolve) => setTimeout(resolve, 4100))
  assert.equal((await clerk.query('account.list')).status, 404)
})

test('a clerk acts for a leader under a mandate in force, and not without', async () => {
  const { token } = await account('周予安')
  const on = async (name: string) =>
    app.http.inject({
      method: 'GET',
      url: '/api/v1/session.current',
      headers: { authorization: `Bearer ${token}`, 'luze-on-behalf-of': bureau.person(name) },
    })
  const acting = (await on('沈望舒')).json()
  assert.equal(acting.onBehalfOf.name, '沈望舒')
  assert.ok(acting.roles.includes('secretary') && acting.roles.includes('office'))
  assert.ok(acting.onBehalfOf.roles.includes('secretary') && !acting.onBehalfOf.roles.includes('office'))
  assert.deepEqual(
    acting.mandates.map((mandate: { principal: string }) => mandate.principal),
    ['沈望舒'],
  )
  const without = await on('顾明棠')
  assert.deepEqual([without.statusCode, without.json().code], [403, 'mandate/not-in-force'])
})

test('slips are printed for all accounts not taken into use; older ones end', async () => {
  const { slips } = await bureau.keeper.must('account.open', { persons: [{ personId: bureau.person('邵文渊') }] })
  const printed = await bureau.keeper.must('slip.print')
  const slip = printed.slips.find((one: { person: string }) => one.person === '邵文渊')
  assert.ok(printed.html.includes(slip.token) && printed.html.includes('邵文渊'))
  assert.equal((await nobody().verb('account.redeem', { token: slips[0].token, password: PASSWORD })).status, 422)
  minutesLater(14 * 24 * 60)
  assert.equal(
    (await nobody().verb('account.redeem', { token: slip.token, password: PASSWORD })).status,
    422,
    'after 14 days',
  )
  assert.equal((await (await bureau.as('陆星野')).verb('slip.print')).status, 404)
})

test('erasing a person closes the account and takes its name', async () => {
  const { personId } = await bureau.keeper.must('person.record', { name: '短期来人' })
  const { slips } = await bureau.keeper.must('account.open', { persons: [{ personId }] })
  const { token } = await nobody().must('account.redeem', { token: slips[0].token, password: PASSWORD })
  assert.equal((await bureau.keeper.must('person.erase', { personId, basis: 'own-wish' })).fields, 4)
  assert.equal((await app.withToken(token).query('session.current')).status, 401)
  const { rows } = await app.owner.query('select * from accounts where id = $1', [slips[0].accountId])
  assert.deepEqual([...new Set(rows.map((row) => row.user_name))], [null])
})

test('neither passwords nor tokens nor codes stand in the database', async () => {
  const { name, token } = await account('白若溪', 'Plain-Marker-4711')
  await nobody().must('session.open', { name, password: 'Plain-Marker-4711' })
  for (const table of ['account_secrets', 'account_codes', 'sessions', 'audit_events', 'accounts', 'acts']) {
    const { rows } = await app.owner.query(`select t::text as line from ${table} t`)
    const text = rows.map((row) => row.line).join('\n')
    assert.ok(!text.includes('Plain-Marker') && !text.includes(token.split('.')[1]!), table)
  }
  const { rows } = await app.owner.query(
    "select count(*)::int as n from audit_events where event = 'session.open' and outcome = 'done'",
  )
  assert.ok(rows[0].n > 0)
})

test('a second bureau has its own accounts', async () => {
  const other = await createBureau(app.owner, { code: 'other', name: '另一局', goLiveOn: '2026-01-01' })
  assert.equal(other.orgId, 2)
  const slip = await openFirstAdministrator(app.stage, other)
  assert.equal(
    (await nobody().verb('account.redeem', { token: slip!.token, password: PASSWORD })).status,
    404,
    'which bureau?',
  )
  assert.equal(
    (await nobody().verb('account.redeem', { token: slip!.token, password: PASSWORD, org: 'demo' })).status,
    422,
  )
  const session = await nobody().must('account.redeem', { token: slip!.token, password: PASSWORD, org: 'other' })
  const admin = app.withToken(session.token)
  assert.deepEqual((await admin.query('unit.tree')).body.items, [])
  assert.equal((await admin.query('account.list')).body.total, 1)
})

test('the journal of all this holds', async () => {
  const reports = await fsck(app.owner, app.registry.records)
  assert.deepEqual(
    reports.flatMap((report) => report.faults),
    [],
  )
})

test('a password is kept as argon2id with its parameters, and checked in the same form however it was typed', async () => {
  const stored = await hashPassword('Ünïcode-pass-1'.normalize('NFD'))
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.deepEqual(await checkPassword('Ünïcode-pass-1'.normalize('NFC'), stored), { right: true, outdated: false })
  assert.equal((await checkPassword('Ünïcode-pass-2', stored)).right, false)
  assert.equal((await checkPassword('', null)).right, false)
  assert.equal(passwordFault('Aa1-Aa1-Aa1', []), 'password/guessable')
  assert.equal(passwordFault('长口令也可以-Abc1', ['周予安']), null)
  assert.equal(codeTyped('0o1l-ABCD efgh'), '0011-ABCD-EFGH')
})
