import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { modules } from '../src/modules/index.ts'
import { fsck } from '../src/platform/journal/fsck.ts'
import { advanceTree } from '../src/platform/journal/tree.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { actorOf, type Bureau, makeBureau } from './support/make.ts'

// A database administrator alters what was recorded, each time in a transaction that is taken back afterwards.
let app: TestApp
let bureau: Bureau

before(async () => {
  app = await openTestApp('tampering', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeBureau(app)
  const office = app.as(actorOf(app, 'office'))
  const roster = (await office.query('unit.roster', { unitId: bureau.unit('第一党支部') })).body
  const people = (roster.items ?? roster.people ?? roster.members) as { personId: string }[]
  const attendance = people.map((person, index) =>
    index === 0
      ? { personId: person.personId, status: 'excused-leave', note: '休假' }
      : { personId: person.personId, status: 'present' },
  )
  for (const day of ['2026-05-06', '2026-06-10']) {
    await office.must('activity.record', {
      kind: 'theme-party-day',
      happenedOn: day,
      unitId: bureau.unit('第一党支部'),
      title: '走管线',
      attendance,
    })
  }
  const training = await office.must('activity.record', {
    kind: 'training-course',
    happenedOn: '2026-06-11',
    unitId: bureau.unit('机关党委'),
    attendance: attendance.slice(1),
  })
  await office.must('activity.amend', {
    activityId: training.activityId,
    reason: '补登',
    attendance: attendance.slice(2),
  })
  const guest = (await office.must('person.record', { name: '顾念章' })).personId
  await office.must('activity.record', {
    kind: 'publicity-talk',
    happenedOn: '2026-06-12',
    unitId: bureau.unit('机关党委'),
    host: { personId: guest },
    numbers: { present: 30 },
  })
  await office.must('person.erase', { personId: guest, basis: 'own-wish' })
  await advanceTree(app.stage.pool, app.org)
})
after(() => app.close())

const faults = async () => (await fsckHere()).flatMap((report) => report.faults)

/** As fsck, inside the attacker's transaction. */
async function fsckHere() {
  const client = Object.create(app.owner) as typeof app.owner
  client.query = ((text: string, values?: unknown[]) =>
    typeof text === 'string' && /^(begin|rollback)/.test(text)
      ? Promise.resolve({ rows: [] })
      : app.owner.query(text, values)) as typeof app.owner.query
  return fsck(client, app.registry.records, app.registry.refolds)
}

const attacks: Record<string, string> = {
  'a title edited': "update activities set title = '另一题目' where title = '走管线'",
  'a number edited': 'update activities set present = present - 1 where present > 1 and version = 1',
  'a day edited': "update activities set happened_on = happened_on - 1 where kind = 'theme-party-day'",
  'a field emptied without an erasure': "update activities set title = null where title = '走管线'",
  'an attendance added':
    "insert into attendance (org_id, activity_id, pid, version, status, recorded_idx) select org_id, id, (select pid from person_ids limit 1 offset 40), 1, 'present', recorded_idx from activities where kind = 'theme-party-day' limit 1",
  'an attendance deleted': "delete from attendance where status = 'excused-leave'",
  'an attendance turned to present': "update attendance set status = 'present' where status = 'excused-leave'",
  'a note edited': "update attendance set note = '出差' where note = '休假'",
  'a row without an entry':
    "insert into persons (org_id, id, version, name, recorded_idx) values (1, gen_random_uuid(), 1, '无中生有', 3)",
  'a version ended': "update activities set superseded_idx = recorded_idx + 1 where kind = 'theme-party-day'",
  'a superseded version taken up again':
    'drop index activities_one_current; update activities set superseded_idx = 9223372036854775807 where version = 1 and superseded_idx < 9223372036854775807',
  'an erased field filled again': "update persons set name = '顾念章' where name is null",
  'an erasure that names more': "update erasures set fields = fields || '[[0, 1]]'::jsonb",
  'an entry dropped from the end':
    'delete from journal_salts where idx = (select max(idx) from journal_entries); delete from journal_entries where idx = (select max(idx) from journal_entries)',
  'an entry dropped in the middle':
    'delete from journal_salts where idx = 5; delete from journal_entries where idx = 5',
  'an envelope edited':
    "update journal_entries set env = convert_to(replace(convert_from(env, 'utf8'), '2026-05-06', '2026-05-05'), 'utf8') where convert_from(env, 'utf8') like '%2026-05-06%'",
  'a time edited':
    "update journal_entries set at = at - interval '40 days' where idx = (select max(idx) from journal_entries)",
  'who acted edited':
    'update acts set by_account_id = gen_random_uuid() where first_idx = (select max(first_idx) from acts)',
  'a salt destroyed':
    'update journal_salts set salts[2] = null where idx = (select recorded_idx from activities limit 1)',
  'the head turned back': 'update journal_heads set size = size - 1',
}

test('what nobody touched has no fault', async () => {
  assert.deepEqual(await faults(), [])
})

for (const [name, statement] of Object.entries(attacks)) {
  test(`${name} is found`, async () => {
    await app.owner.query('begin; set local session_replication_role = replica')
    try {
      for (const part of statement.split('; ')) {
        const done = await app.owner.query(part)
        if (!part.startsWith('drop')) assert.ok((done.rowCount ?? 0) > 0, `the attack touches something: ${part}`)
      }
      assert.ok((await faults()).length > 0, name)
    } finally {
      await app.owner.query('rollback')
    }
  })
}
