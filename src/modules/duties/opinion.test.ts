import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { type Asked, type Behaviour, startOfficeModel } from '../../../test/support/office-model.ts'
import { roles } from '../../core/access/actor.ts'
import type { OfficeModel } from '../../platform/outward/chat.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'
import { opine } from './opinion.jobs.ts'

const TEXT = `临澜市城乡水务局2026年供水安全工作要点
一、抓好学习
局党组每季度至少开展一次集体学习研讨。供排水科八月底前完成管网普查，九月底前编制节水手册。
二、抓实监督
机关纪委每季度开展一次回头看。建设管理科九月底前对在建管网项目开展一次廉政风险排查。
三、建强支部
各党支部每月开展一次主题党日。
`

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Any = any

let app: TestApp
let bureau: Bureau
let server: Awaited<ReturnType<typeof startOfficeModel>>
let model: OfficeModel
let documentId: string
before(async () => {
  app = await openTestApp('opinion', { modules: [organisation, documents, duties] })
  bureau = await makeBureau(app)
  server = await startOfficeModel()
  model = { url: server.url, name: 'our-own', key: 'the-key', seconds: 1 }
  const content = Buffer.from(TEXT).toString('base64')
  documentId = (await bureau.keeper.must('document.import', { fileName: '要点.txt', content, year: 2026 })).id
})
after(async () => {
  await server?.close()
  await app?.close()
})

const configure = (host: string | null) => {
  ;(app.stage as { officeModel: { host: string } | null }).officeModel = host === null ? null : { host }
}
const ask = () => bureau.keeper.verb('opinion.open', { documentId })
const opinion = async (): Promise<Any> => (await bureau.keeper.query('opinion.get', { documentId })).body
const review = async (): Promise<Any> => (await bureau.keeper.query('draft.list', { documentId })).body
const audits = async (): Promise<Any[]> =>
  (
    await app.owner.query(
      `select * from audit_events where event = 'opinion.open' and detail is not null order by at, id`,
    )
  ).rows

/** Asks anew with a model that behaves so, and gives what the page would show. */
async function opinionOf(
  behaviour: Behaviour | ((asked: Asked) => Behaviour),
  as: OfficeModel | null = model,
): Promise<Any> {
  server.behave(behaviour)
  await app.owner.query('delete from duty_opinions')
  assert.equal((await ask()).status, 200)
  await opine(app.stage, app.org, documentId, as)
  return opinion()
}

const ranges = (...list: object[]) => JSON.stringify({ ranges: list })
/** One duty a sentence, as it stands: the clauses up to each full stop. */
const bySentence =
  (more: object = {}) =>
  ({ clauses }: Asked): string => {
    const found: object[] = []
    let from = 1
    for (const [index, clause] of clauses.entries()) {
      if (!clause.endsWith('。')) continue
      found.push({ from, to: index + 1, kind: 'study', mode: 'do', subject: null, ...more })
      from = index + 2
    }
    return ranges(...found)
  }

describe('the second opinion', () => {
  it('is off until a model is configured, and the page says so in words', async () => {
    assert.equal((await bureau.keeper.query('opinion.get', { documentId })).status, 404, 'no review yet')
    assert.equal((await ask()).body.code, 'draft/not-opened')
    await bureau.keeper.must('draft.open', { documentId })
    assert.equal((await ask()).body.code, 'opinion/not-configured')
    const { state, said, host } = await opinion()
    assert.deepEqual([state, host], ['off', null])
    assert.match(said.zh, /没有配置办公模型，以规则识读为准/)
    assert.equal(server.got.length, 0)
  })

  it('is asked by the office alone, once at a time; supervision may read it', async () => {
    configure(server.host)
    const state = (await opinion()).state
    assert.equal(state, 'none')
    for (const role of roles.filter((one) => one !== 'office')) {
      const other = app.as(actorOf(app, role))
      assert.equal((await other.verb('opinion.open', { documentId })).status, 404, role)
      const read = await other.query('opinion.get', { documentId })
      assert.equal(read.status, role === 'supervision-reader' ? 200 : 404, role)
    }
    const { parts } = (await ask()).body
    assert.equal(parts, 3)
    assert.equal((await ask()).body.code, 'opinion/under-way')
    assert.equal((await opinion()).state, 'waiting')
    const { rows } = await app.owner.query(`select data from jobs.job where name = 'opine'`)
    assert.deepEqual(rows, [{ data: { orgId: 1, documentId } }])
  })

  it('asks heading by heading with numbered clauses, and changes no draft', async () => {
    const before = await review()
    server.got.length = 0
    const { state, answered, agreed, differences, said } = await opinionOf({ say: bySentence() })
    assert.deepEqual([state, answered, server.got.length], ['done', 3, 3])
    assert.match(said.zh, /看完了全部 3 段/)
    assert.ok(server.got[0]?.clauses.every((clause) => TEXT.includes(clause)))
    assert.ok(server.got[0]?.subjects.includes('局党组'))
    assert.ok(!server.got[0]?.subjects.includes('机关纪委'), 'only names of the section')
    assert.ok(agreed + differences.length > 0)
    assert.deepEqual(await review(), before)
  })

  it('shows each difference with what the verbs of the review can do about it', async () => {
    const whole = ({ clauses }: Asked) => ranges({ from: 1, to: clauses.length, kind: 'study', mode: 'do', subject: 1 })
    const { differences } = await opinionOf({ say: whole })
    const merge = differences.find((one: Any) => one.what === 'merge')
    assert.ok(merge.draftIds.length >= 2)
    assert.equal(merge.mayTake, true)
    assert.ok(TEXT.includes(merge.text))
    await bureau.keeper.must('draft.merge', { documentId, ids: merge.draftIds })
    const after = await opinion()
    assert.ok(!after.differences.some((one: Any) => one.what === 'merge' && one.start === merge.start))
    await bureau.keeper.must('draft.restore', { documentId })
    const none = await opinionOf({ say: () => ranges() })
    assert.ok(none.differences.every((one: Any) => one.what === 'extra'))
    assert.equal(none.agreed, 0)
  })

  it('uses no answer that is not in the form, and says which fault it had', async () => {
    const faults: [string, string | ((asked: Asked) => string)][] = [
      ['not-json', '本节共有两件事。'],
      ['shape', ranges({ from: 1, to: 1, kind: 'study', mode: 'do', subject: null, value: 12 })],
      ['outside', ranges({ from: 1, to: 99, kind: 'study', mode: 'do', subject: null })],
      ['unknown-kind', bySentence({ kind: 'loyalty' })],
      ['unknown-mode', bySentence({ mode: 'soon' })],
      ['unknown-subject', bySentence({ subject: 77 })],
    ]
    for (const [why, say] of faults) {
      const got = await opinionOf({ say: typeof say === 'string' ? () => say : say })
      assert.deepEqual([got.state, got.hindrances.map((one: Any) => [one.why, one.count])], ['failed', [[why, 3]]])
      assert.deepEqual([got.agreed, got.differences], [0, []])
      assert.ok(got.hindrances[0].zh && got.hindrances[0].en)
      assert.match(got.said.zh, /以规则识读为准/)
    }
  })

  it('stops asking a model that is silent or slow, and keeps what it did say', async () => {
    server.got.length = 0
    const slow = await opinionOf({ afterMs: Number.POSITIVE_INFINITY })
    assert.deepEqual(
      slow.hindrances.map((one: Any) => [one.why, one.count]),
      [
        ['timeout', 2],
        ['skipped', 1],
      ],
    )
    assert.equal(server.got.length, 2)
    let times = 0
    const once = await opinionOf(() => (times++ === 0 ? { say: bySentence() } : { status: 503 }))
    assert.deepEqual([once.state, once.answered], ['done', 1])
    assert.match(once.said.zh, /3 段里有 1 段的答复可用，其余以规则识读为准/)
    const away = await opinionOf({ status: 302, location: 'http://127.0.0.1:1/' })
    assert.equal(away.hindrances[0].why, 'redirect')
    const gone = await opinionOf({}, { ...model, url: 'http://127.0.0.1:1/v1' })
    assert.equal(gone.hindrances[0].why, 'no-connection')
    const off = await opinionOf({}, null)
    assert.deepEqual(
      off.hindrances.map((one: Any) => one.why),
      ['not-configured'],
    )
  })

  it('goes on where a process died, and asks nothing twice', async () => {
    let calls = 0
    server.behave(() => {
      calls++
      return { say: bySentence() }
    })
    await app.owner.query('delete from duty_opinions')
    await ask()
    await opine(app.stage, app.org, documentId, model)
    assert.equal(calls, 3)
    await app.owner.query(`update duty_opinions set state = 'waiting', answers = answers - 2`)
    await opine(app.stage, app.org, documentId, model)
    assert.equal(calls, 4, 'only the part without an answer')
    await opine(app.stage, app.org, documentId, model)
    assert.equal(calls, 4, 'a job that is given again finds it done')
    assert.equal((await opinion()).answered, 3)
  })

  it('leaves one audit line for each call, with host and bytes and no word of the text or the key', async () => {
    await app.owner.query('delete from audit_events')
    server.got.length = 0
    await opinionOf({ say: bySentence() })
    const lines = await audits()
    assert.equal(lines.length, server.got.length)
    const out = (line: Any) => Number(/out=(\d+) in=\d+$/.exec(line.detail)?.[1])
    assert.deepEqual(
      lines.map(out).sort((a, b) => a - b),
      server.got.map(({ bytes }) => bytes).sort((a, b) => a - b),
    )
    for (const line of lines) {
      assert.ok(line.detail.startsWith(`${server.host} out=`))
      assert.deepEqual([line.object, line.outcome, line.code], [documentId, 'done', null])
    }
    const said = JSON.stringify((await app.owner.query('select * from audit_events')).rows)
    assert.ok(!said.includes('the-key') && !said.includes('管网'))
    const journal = JSON.stringify((await app.owner.query('select * from journal_entries')).rows)
    assert.ok(!journal.includes('the-key') && !journal.includes(server.host))
  })
})
