import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { readMarked } from '../../core/reading/marked.ts'
import { modules } from '../index.ts'

const TEXT = '一年来，局党组召开中心组学习会议*次，培训党员干部*人次，走访用水大户*次。'

let app: TestApp
let bureau: Bureau
let office: Caller
before(async () => {
  app = await openTestApp('gold-figures', { modules, now: '2026-01-16T02:00:00Z' })
  bureau = await makeBureau(app)
  office = app.as(actorOf(app, 'office'))
  const unitId = bureau.unit('党组')
  const numbers = { expected: 7, present: 6 }
  await office.must('activity.record', { kind: 'central-group-study', happenedOn: '2025-02-12', unitId, numbers })
})
after(() => app?.close())

const reason = async (draftId: string) => (await office.query('gold.report', { draftId })).body.details?.reason

describe('the figures that people bound', () => {
  it('are gold once the report is frozen: what was bound by a person is judged, the rest is left open', async () => {
    const draftId = (await office.must('report.open', { title: '年度报告', text: TEXT, year: 2025 })).id as string
    await office.must('report.bind', { draftId, no: 3, metric: 'research.visits' })
    assert.equal(await reason(draftId), 'not-frozen')
    await office.must('report.freeze', { draftId, leaveUnbound: true })
    const { items, total } = (await office.query('gold.reports', { year: 2025 })).body
    assert.deepEqual([total, items[0].draftId, items[0].bound, items[0].unjudged], [1, draftId, 1, 2])
    const { text, gold } = readMarked((await office.query('gold.report', { draftId })).raw.toString('utf8'), 'x')
    assert.equal(text, TEXT)
    assert.deepEqual(gold.judges, ['slots'])
    assert.deepEqual(
      gold.slots.map(({ phrase, metric }) => [/走访用水大户\*次/.test(phrase), metric]),
      [[true, 'research.visits']],
    )
    assert.deepEqual(
      gold.unjudged?.map(({ start, end }) => text.slice(start, end)),
      ['*', '*'],
    )
  })

  it('are none where the words alone bound them', async () => {
    const draftId = (await office.must('report.open', { title: '另一份', text: TEXT, year: 2024 })).id as string
    await office.must('report.freeze', { draftId, leaveUnbound: true })
    assert.equal(await reason(draftId), 'nothing-decided')
    assert.equal((await office.query('gold.reports', { year: 2024 })).body.total, 0)
    for (const role of roles.filter((one) => one !== 'office')) {
      const other = app.as(actorOf(app, role))
      assert.equal((await other.query('gold.reports')).status, 404, role)
      assert.equal((await other.query('gold.report', { draftId })).status, 404, role)
    }
  })
})
