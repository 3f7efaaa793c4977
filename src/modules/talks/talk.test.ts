import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeSmallBureau, type SmallBureau } from '../../../test/support/small-bureau.ts'
import type { Actor } from '../../core/access/actor.ts'
import { NOTHING, policyText } from '../../core/access/scope.ts'
import { erasureRecord } from '../../platform/journal/erase.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { talkPairRecord, talkRecord } from './talk.facts.ts'
import { talks } from './talk.ts'

const TODAY = '2026-06-16'

let app: TestApp
let unit: SmallBureau['unit']
let pid: SmallBureau['pid']
let make: SmallBureau['actor']
let office: Caller
let secretary: Caller
let discipline: Caller
let branchSecretary: Caller
let otherSecretary: Caller
let leader: Caller
let member: Caller

/** An actor who sees talks as his own only. */
function ownOnly(actor: Actor): Actor {
  return { ...actor, scopes: { ...actor.scopes, talks: { units: [], pid: actor.pid } } }
}

before(async () => {
  app = await openTestApp('talk', { modules: [talks], now: `${TODAY}T02:00:00Z` })
  const made = await makeSmallBureau(app)
  ;({ unit, pid, actor: make } = made)
  office = app.as(make('冯乐山', 'office', 'all'))
  secretary = app.as(ownOnly(make('孟怀瑾', 'secretary', 'all')))
  discipline = app.as(ownOnly(make('陶静仪', 'discipline', 'all')))
  branchSecretary = app.as(make('罗清和', 'branch-secretary', ['branch']))
  otherSecretary = app.as(make('邵文渊', 'branch-secretary', ['other-branch']))
  leader = app.as(ownOnly(make('孟怀瑾', 'team-member', ['branch'])))
  member = app.as(ownOnly(make('宋安澜', 'member', ['branch'])))
})
after(() => app.close())

const heart = (more: Record<string, unknown> = {}) => ({
  kind: 'heart-to-heart',
  day: '2026-06-12',
  counterpartId: pid['宋安澜'],
  ...more,
})
const reminder = (more: Record<string, unknown> = {}) => ({ kind: 'reminder', month: '2026-05', number: 3, ...more })

async function refused(answer: Promise<{ status: number; body: { code: string; title: string } }>, code: string) {
  const { body } = await answer
  assert.equal(body.code, code)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
}

async function found(caller: Caller, talkId: string) {
  const { body } = await caller.query('talk.list', { limit: 500 })
  return body.items.find((one: { talkId: string }) => one.talkId === talkId)
}

describe('recording', () => {
  it('keeps day and pair of a heart-to-heart talk, led by whoever records it', async () => {
    const done = await leader.must('talk.record', heart())
    assert.deepEqual([done.month, done.number], ['2026-06', 1])
    const line = await found(leader, done.talkId)
    assert.deepEqual([line.day, line.initiator.name, line.counterpart.name], ['2026-06-12', '孟怀瑾', '宋安澜'])
    assert.equal(line.unitName, '第一党支部')
  })

  it('names the leader when the office records for him by mandate', async () => {
    const onBehalfOf = { pid: pid['孟怀瑾'], mandateId: randomUUID() }
    const clerk = app.as(make('冯乐山', 'office', 'all', { onBehalfOf }))
    const { talkId } = await clerk.must('talk.record', heart())
    assert.equal((await found(office, talkId)).initiator.name, '孟怀瑾')
  })

  it('keeps month, audience and number of a reminder talk, and no person', async () => {
    const { talkId } = await discipline.must('talk.record', reminder({ number: 12, audience: '中层干部' }))
    const line = await found(discipline, talkId)
    assert.deepEqual([line.month, line.number, line.audience], ['2026-05', 12, 'middle-managers'])
    assert.deepEqual([line.day, line.initiator, line.counterpart], [null, null, null])
    const pairs = await app.owner.query('select 1 from talk_pairs where talk_id = $1', [talkId])
    assert.equal(pairs.rowCount, 0)
  })

  it('keeps who called a group talk, its day and how many came', async () => {
    const { talkId } = await leader.must('talk.record', { kind: 'group-summons', day: '2026-04-30', number: 26 })
    const line = await found(leader, talkId)
    assert.deepEqual([line.day, line.number, line.initiator.name, line.counterpart], ['2026-04-30', 26, '孟怀瑾', null])
  })

  it('refuses every part that the kind does not keep, and what was said has no field', async () => {
    const tryIt = (input: unknown, code: string) => refused(office.verb('talk.record', input), code)
    await tryIt(heart({ kind: 'tea' }), 'talk/unknown-kind')
    await tryIt(heart({ number: 2 }), 'talk/parts-of-shape')
    await tryIt({ kind: 'heart-to-heart', day: '2026-06-12' }, 'talk/parts-of-shape')
    await tryIt(reminder({ counterpartId: pid['宋安澜'] }), 'talk/parts-of-shape')
    await tryIt(reminder({ day: '2026-05-03' }), 'talk/parts-of-shape')
    await tryIt(
      { kind: 'group-summons', day: '2026-04-30', number: 3, counterpartId: pid['宋安澜'] },
      'talk/parts-of-shape',
    )
    await tryIt(heart({ content: '谈了家庭情况' }), 'request/invalid')
    await tryIt(heart({ day: '2026-06-17' }), 'talk/future-day')
    await tryIt(reminder({ month: '2026-07' }), 'talk/future-day')
    await tryIt(heart({ counterpartId: randomUUID() }), 'talk/unknown-person')
    await tryIt(heart({ counterpartId: pid['冯乐山'] }), 'talk/with-oneself')
    await tryIt(reminder({ audience: '某科长' }), 'talk/unknown-audience')
  })

  it('takes numbers only from those who hold them, and group talks from the leading group and its bodies', async () => {
    await refused(member.verb('talk.record', reminder()), 'record/not-found')
    await refused(branchSecretary.verb('talk.record', reminder()), 'record/not-found')
    await refused(
      branchSecretary.verb('talk.record', { kind: 'group-summons', day: '2026-04-30', number: 3 }),
      'record/not-found',
    )
    const nobody = app.as({
      ...make('邵文渊', 'system-admin', []),
      pid: null,
      scopes: { general: NOTHING, talks: NOTHING },
    })
    await refused(nobody.verb('talk.record', heart()), 'record/not-found')
    assert.equal((await member.verb('talk.record', heart({ counterpartId: pid['陶静仪'] }))).status, 200)
  })

  it('is refused by the tables too where a number would hold a person', async () => {
    const { talkId } = await discipline.must('talk.record', reminder())
    const put = (shape: string) =>
      app.owner.query(
        'insert into talk_pairs (org_id, id, version, talk_id, shape, counterpart_pid, recorded_idx) values (1, $1, 1, $2, $3, $4, 0)',
        [randomUUID(), talkId, shape, pid['宋安澜']],
      )
    await assert.rejects(put('number'), /check constraint/)
    await assert.rejects(put('pair'), /foreign key/)
  })
})

describe('who sees a pair', () => {
  it('the two, the branch secretary and the Party office; nobody else', async () => {
    const { talkId } = await leader.must('talk.record', heart())
    for (const caller of [leader, member, branchSecretary, office]) assert.ok(await found(caller, talkId))
    for (const caller of [otherSecretary, discipline]) assert.equal(await found(caller, talkId), undefined)
    assert.equal((await found(leader, talkId)).mayChange, true)
    assert.equal((await found(member, talkId)).mayChange, false)
  })

  it('holds in the row policy alone, and the policy is the generated one', async () => {
    const text = (name: string) =>
      app.owner.query(
        `select pg_get_expr(polqual, polrelid) as text, polpermissive as loose from pg_policy where polname = 'in_scope' and polrelid = $1::regclass`,
        [name],
      )
    const columns = { label: 'talks', unit: 'unit_id', people: ['initiator_pid', 'counterpart_pid'] } as const
    await app.owner.query('create temp table written (unit_id uuid, initiator_pid uuid, counterpart_pid uuid)')
    await app.owner.query(
      `create policy in_scope on written as restrictive for select using (${policyText(columns, 'postgres')})`,
    )
    const [stored, written] = [await text('talk_pairs'), await text('written')]
    assert.equal(stored.rows[0].text, written.rows[0].text)
    assert.equal(stored.rows[0].loose, false)
  })

  it('pages through the list with an exact total, and filters by kind, month and person', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    let total = -1
    do {
      const { body } = await office.query('talk.list', { limit: 2, cursor })
      seen.push(...body.items.map((one: { talkId: string }) => one.talkId))
      total = body.total
      cursor = body.next ?? undefined
    } while (cursor)
    assert.deepEqual([seen.length, new Set(seen).size], [total, total])
    const of = async (input: Record<string, unknown>) =>
      (await office.query('talk.list', { limit: 500, ...input })).body.items
    assert.ok((await of({ kind: 'reminder' })).every((one: { kind: string }) => one.kind === 'reminder'))
    assert.ok((await of({ from: '2026-05', to: '2026-05' })).every((one: { month: string }) => one.month === '2026-05'))
    const own = await of({ personId: pid['陶静仪'] })
    assert.ok(
      own.length > 0 && own.every((one: { counterpart: { name: string } }) => one.counterpart.name === '陶静仪'),
    )
    assert.equal((await office.query('talk.list', { cursor: 'x' })).body.code, 'request/invalid')
  })
})

describe('correcting', () => {
  it('supersedes the part that was wrong, for a reason of the closed list', async () => {
    const { talkId } = await leader.must('talk.record', heart({ day: '2026-06-02' }))
    const done = await leader.must('talk.amend', { talkId, reason: 'wrong-day', day: '2026-05-28' })
    assert.equal(done.month, '2026-05')
    await leader.must('talk.amend', { talkId, reason: 'wrong-person', counterpartId: pid['邵文渊'] })
    const line = await found(leader, talkId)
    assert.deepEqual([line.day, line.counterpart.name, line.unitName], ['2026-05-28', '邵文渊', '第二党支部'])
    assert.equal(await found(member, talkId), undefined, 'who was named by mistake no longer sees it')
    assert.ok(await found(otherSecretary, talkId))
  })

  it('is for whoever led the talk and the office; numbers for those who hold them', async () => {
    const { talkId } = await leader.must('talk.record', heart())
    await refused(member.verb('talk.amend', { talkId, reason: 'wrong-day', day: '2026-06-11' }), 'record/not-found')
    await refused(otherSecretary.verb('talk.withdraw', { talkId, reason: 'not-held' }), 'record/not-found')
    await refused(leader.verb('talk.amend', { talkId, reason: '谈话内容有误', day: '2026-06-11' }), 'request/invalid')
    await refused(leader.verb('talk.amend', { talkId, reason: 'wrong-day', month: '2026-05' }), 'talk/parts-of-shape')
    await refused(leader.verb('talk.amend', { talkId, reason: 'wrong-day', day: '2026-06-12' }), 'talk/nothing-changed')
    const number = await discipline.must('talk.record', reminder())
    await refused(
      leader.verb('talk.amend', { talkId: number.talkId, reason: 'wrong-number', number: 4 }),
      'record/not-found',
    )
    assert.equal(
      (await secretary.must('talk.amend', { talkId: number.talkId, reason: 'wrong-number', number: 4 })).number,
      4,
    )
  })

  it('takes a talk out of the figures when it is withdrawn', async () => {
    const { talkId } = await leader.must('talk.record', heart())
    await leader.must('talk.withdraw', { talkId, reason: 'entered-twice' })
    assert.equal(await found(leader, talkId), undefined)
    const facts = await app.owner.query(
      'select 1 from talk_facts where talk_id = $1 and superseded_idx = 9223372036854775807',
      [talkId],
    )
    assert.equal(facts.rowCount, 0)
    const { body } = await leader.query('talk.list', { withdrawn: true })
    assert.deepEqual(
      body.items.map((one: { talkId: string }) => one.talkId),
      [talkId],
    )
    await refused(leader.verb('talk.withdraw', { talkId, reason: 'entered-twice' }), 'talk/withdrawn')
    await refused(leader.verb('talk.amend', { talkId, reason: 'wrong-day', day: '2026-06-01' }), 'talk/withdrawn')
  })
})

describe('numbers of the bureau', () => {
  const kindOf = async (caller: Caller, kind: string, year = 2025) => {
    const { body } = await caller.query('talk.counts', { year })
    return body.kinds.find((one: { kind: string }) => one.kind === kind)
  }
  const shown = (row: { months: { number: number | null }[] }) => row.months.map((one) => one.number)

  it('add up by kind and month, group talks with their sessions', async () => {
    await leader.must('talk.record', heart({ day: '2025-03-04' }))
    await leader.must('talk.record', { kind: 'group-integrity', day: '2025-03-05', number: 30 })
    await leader.must('talk.record', { kind: 'group-integrity', day: '2025-09-05', number: 20 })
    assert.equal((await kindOf(office, 'heart-to-heart')).total, 1)
    const group = await kindOf(office, 'group-integrity')
    assert.deepEqual([group.total, group.sessions, group.months[2].number, group.months[2].sessions], [50, 2, 30, 1])
  })

  it('under 5 are seen by the secretary and the discipline body alone, a sum that tells them as well', async () => {
    for (const [month, number] of [
      ['2025-01', 7],
      ['2025-02', 3],
      ['2025-02', 1],
    ] as const) {
      await discipline.must('talk.record', reminder({ month, number }))
    }
    for (const caller of [secretary, discipline]) {
      const row = await kindOf(caller, 'reminder')
      assert.deepEqual([row.total, ...shown(row).slice(0, 3)], [11, 7, 4, 0])
    }
    for (const caller of [office, leader]) {
      const row = await kindOf(caller, 'reminder')
      assert.deepEqual([row.total, ...shown(row).slice(0, 3)], [null, 7, null, null])
    }
    await discipline.must('talk.record', reminder({ month: '2025-03', number: 2 }))
    assert.equal((await kindOf(office, 'reminder')).total, 13, 'what is hidden adds up to five and more')
    const { body } = await office.query('talk.list', { kind: 'reminder', from: '2025-02', to: '2025-02' })
    assert.ok(body.items.every((one: { number: number | null; masked: boolean }) => one.number === null && one.masked))
  })

  it('are for those who answer for the bureau', async () => {
    for (const caller of [member, branchSecretary])
      await refused(caller.query('talk.counts', { year: 2025 }), 'record/not-found')
    const { body } = await member.query('talk.list', { kind: 'reminder' })
    assert.deepEqual([body.items, body.total], [[], 0])
  })
})

describe('after the cycle', () => {
  it('the pair is emptied and the number stays', async () => {
    const { talkId } = await leader.must('talk.record', heart({ day: '2024-06-15', counterpartId: pid['陶静仪'] }))
    const young = await leader.must('talk.record', heart({ day: '2024-06-16' }))
    await refused(leader.verb('talk.erase'), 'record/not-found')
    assert.equal((await office.must('talk.erase')).emptied, 1)
    assert.equal((await office.must('talk.erase')).emptied, 0)
    const line = await found(office, talkId)
    assert.deepEqual(
      [line.number, line.month, line.day, line.initiator, line.counterpart],
      [1, '2024-06', null, null, null],
    )
    assert.equal(await found(leader, talkId), undefined)
    assert.ok(await found(leader, young.talkId))
    await refused(office.verb('talk.amend', { talkId, reason: 'wrong-day', day: '2024-06-10' }), 'talk/emptied')
  })
})

describe('the journal', () => {
  it('commits to every talk and says of a pair nothing in the clear', async () => {
    const { rows } = await app.owner.query('select env from journal_entries')
    for (const { env } of rows as { env: Buffer }[]) {
      const text = env.toString('utf8')
      assert.ok(!Object.values({ ...pid, ...unit }).some((one) => text.includes(one)), 'no person and no unit')
      const said = JSON.parse(text)
      if (said.t === 'talk-pair') assert.deepEqual(said.d, {})
    }
    const records = [talkRecord, talkPairRecord, erasureRecord]
    const [report] = await fsck(app.owner, new Map(records.map((record) => [record.type, record])))
    assert.deepEqual(report?.faults, [])
    assert.ok(report!.erased > 0)
  })
})
