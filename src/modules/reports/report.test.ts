import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { paperOf, refusalOf } from '../../../test/support/papers.ts'
import { verifyPacket } from '../../core/ledger/packet-check.ts'
import { packetTextIn } from '../../platform/evidence/evidence-html.ts'
import { fsck } from '../../platform/journal/fsck.ts'
import { modules } from '../index.ts'

const TEXT = `一年来，局党组召开中心组学习会议*次，组织开展党章专题学习*次，培训党员干部*余人次，走访用水大户*家。
2025年是打基础的一年。`

let app: TestApp
let bureau: Bureau
let office: Caller
let central: string[]

before(async () => {
  app = await openTestApp('report', { modules, now: '2026-06-16T02:00:00Z' })
  bureau = await makeBureau(app)
  office = app.as(actorOf(app, 'office'))
  central = []
  for (let month = 1; month <= 8; month++) {
    const happenedOn = `2025-0${month}-12`
    const answer = await office.must('activity.record', {
      kind: 'central-group-study',
      happenedOn,
      unitId: bureau.unit('党组'),
      title: `第${month}次集体学习`,
      topics: month % 2 ? ['党章'] : [],
      numbers: { expected: 7, present: 6 },
    })
    central.push(answer.activityId)
  }
  for (const [happenedOn, present] of [
    ['2025-03-03', 61],
    ['2025-09-09', 78],
  ] as const) {
    await office.must('activity.record', {
      kind: 'training-course',
      happenedOn,
      unitId: bureau.unit('党组办公室'),
      audience: '党员干部',
      numbers: { expected: present + 2, present },
    })
  }
})
after(() => app.close())

async function open(text = TEXT, title = '年度工作报告'): Promise<string> {
  return (await office.must('report.open', { title, text, year: 2025 })).id
}

async function frozen(): Promise<string> {
  return (await office.must('report.freeze', { draftId: await open(), leaveUnbound: true })).reportId
}

describe('report.open and report.bind', () => {
  it('fills what the words mean, leaves the rest masked and says why', async () => {
    const draft = (await office.query('report.draft', { draftId: await open() })).body
    const [study, topic, trained, visits] = draft.slots
    assert.deepEqual([study.metric, study.value, study.printed], ['study.central-group.sessions', 8, '8次'])
    assert.deepEqual([topic.metric, topic.value], ['study.topic.sessions', 4])
    assert.deepEqual([trained.metric, trained.value, trained.printed], ['training.attendances', 139, '130余人次'])
    assert.equal(visits.state, 'unbound')
    assert.match(draft.text, /召开中心组学习会议8次.*培训党员干部130余人次，走访用水大户\*家/)
    assert.ok(draft.dated.some((phrase: { text: string }) => phrase.text.includes('2025年')))
  })

  it('binds a slot by hand, or leaves it masked with a reason', async () => {
    const draftId = await open()
    await office.must('report.bind', { draftId, no: 4, metric: 'research.visits' })
    await office.must('report.bind', { draftId, no: 2, leave: '口径待定' })
    const { slots } = (await office.query('report.draft', { draftId })).body
    assert.deepEqual([slots[3].state, slots[3].value], ['filled', 0])
    assert.deepEqual([slots[1].state, slots[1].why], ['left', '口径待定'])
  })

  it('refuses an unknown definition, a slot that is not there, both or neither, and a period of another year', async () => {
    const draftId = await open()
    const code = async (input: object) => (await office.verb('report.bind', { draftId, no: 1, ...input })).body.code
    assert.equal(await code({ metric: 'study.nothing' }), 'report/no-metric')
    assert.equal(await code({ no: 9, leave: '无' }), 'report/no-slot')
    assert.equal(await code({}), 'report/bind-or-leave')
    const wrong = await office.verb('report.open', { title: '报告', text: TEXT, year: 2025, from: '2024-12-01' })
    assert.equal(wrong.body.code, 'report/period')
  })

  it('is for those who answer for the whole bureau', async () => {
    const head = app.as(actorOf(app, 'department-head', []))
    assert.equal((await head.verb('report.open', { title: '报告', text: TEXT, year: 2025 })).status, 404)
    assert.equal((await head.query('report.list')).status, 404)
  })
})

describe('a number of the old text', () => {
  it('is never printed again where it could not be counted; a target stays', async () => {
    const text =
      '一年来，局党组召开中心组学习会议*次，走访用水大户35家，收到群众来信120余封。\n下一步，要把管网漏损率控制在9%以内。'
    const draft = (await office.query('report.draft', { draftId: await open(text) })).body
    assert.match(draft.text, /用水大户\*家，收到群众来信\*余封/)
    assert.match(draft.text, /9%以内/)
  })
})

describe('report.freeze', () => {
  it('refuses while a figure is neither bound nor left on purpose', async () => {
    const answer = await office.verb('report.freeze', { draftId: await open() })
    assert.equal(answer.body.code, 'report/unbound')
    assert.match(answer.body.title, /还有 1 处/)
  })

  it('locks the draft', async () => {
    const draftId = await open()
    await office.must('report.freeze', { draftId, leaveUnbound: true })
    assert.equal(
      (await office.verb('report.bind', { draftId, no: 1, leave: '晚了' })).body.code,
      'report/already-frozen',
    )
    assert.equal((await office.verb('report.freeze', { draftId })).body.code, 'report/already-frozen')
  })

  it('gives evidence that verifies with no database, and a document', async () => {
    const reportId = await frozen()
    const html = (await office.query('report.evidence', { reportId })).raw.toString('utf8')
    const packet = JSON.parse(packetTextIn(html)!)
    const verdict = verifyPacket(packet)
    assert.deepEqual(verdict.findings, [])
    assert.equal(verdict.checked.figures, 3)
    packet.figures[0].value = 9
    assert.equal(verifyPacket(packet).ok, false)
    const speech = await paperOf(office, 'report.docx', { reportId })
    const summary = await paperOf(office, 'report.docx', { reportId, kind: 'summary' })
    assert.ok(!speech.lines.includes(app.org.name))
    assert.deepEqual(summary.lines.slice(0, -2), speech.lines)
    assert.equal(summary.lines.at(-2), app.org.name)
    assert.match(summary.lines.at(-1)!, /^\d{4}年\d+月\d+日$/)
  })

  it('prints the head that somebody enters, and refuses a number without a body', async () => {
    const reportId = await frozen()
    const head = { mark: '某某市水务局文件', number: '某水报[2026]第05号', signer: '某某' }
    const { lines } = await paperOf(office, 'report.docx', { reportId, kind: 'summary', ...head })
    const top = lines.slice(0, 3).join(' ')
    for (const said of [head.mark, '某水报〔2026〕5号', head.signer]) assert.ok(top.includes(said), top)
    assert.equal(await refusalOf(office, 'report.docx', { reportId, number: head.number }), 'paper/mark-missing')
    assert.equal(await refusalOf(office, 'report.docx', { reportId, ...head, number: '五号' }), 'paper/number-unfit')
  })

  it('opens titles and who led only in the restricted file, which names its exporter and verifies too', async () => {
    const reportId = await frozen()
    const plain = (await office.query('report.evidence', { reportId })).raw.toString('utf8')
    assert.ok(!plain.includes('第8次集体学习'))
    const html = (await office.query('report.evidence', { reportId, restricted: 'yes' })).raw.toString('utf8')
    assert.ok(html.includes('第8次集体学习'))
    const packet = JSON.parse(packetTextIn(html)!)
    assert.deepEqual(verifyPacket(packet).findings, [])
    assert.equal(packet.restricted.by, 'office')
    packet.figures[0].stubs[0].opened.title.value = '另一次'
    assert.deepEqual(
      verifyPacket(packet).findings.map(({ code }) => code),
      ['stub/opened'],
    )
    const reader = app.as(actorOf(app, 'supervision-reader'))
    assert.equal((await reader.query('report.evidence', { reportId })).status, 200)
    assert.equal((await reader.query('report.evidence', { reportId, restricted: 'yes' })).status, 404)
  })

  it('opens the records behind each figure, as many as it says', async () => {
    const reportId = await frozen()
    const answer = (await office.query('report.records', { reportId, no: 1 })).body
    assert.deepEqual([answer.value, answer.total, answer.items.length], [8, 8, 8])
    assert.equal(answer.items[0].title, '第8次集体学习')
    const people = (await office.query('report.records', { reportId, no: 3 })).body
    assert.equal(
      people.items.reduce((sum: number, item: { number: number }) => sum + item.number, 0),
      139,
    )
  })
})

describe('a frozen report recounts to the same values', () => {
  it('after records were added, corrected, entered late, units moved and a person erased', async () => {
    const guest = (await office.must('person.record', { name: '顾念章' })).personId
    await office.must('activity.amend', { activityId: central[7], reason: '补登主讲人', host: { personId: guest } })
    const reportId = await frozen()
    const check = async (differs: boolean, step: string) => {
      const answer = (await office.query('report.recount', { reportId })).body
      assert.equal(answer.equal, true, `${step}: recounts to the frozen values`)
      const now = answer.figures.map((figure: { now: number | null }) => figure.now)
      const then = answer.figures.map((figure: { frozen: number | null }) => figure.frozen)
      // Each step must touch the figures, or the test would prove nothing.
      assert.equal(
        JSON.stringify(now) !== JSON.stringify(then),
        differs,
        `${step}: the current values ${differs ? 'differ' : 'are the same'}`,
      )
    }
    await check(false, 'at once')
    await office.must('activity.amend', { activityId: central[0], reason: '专题漏登', topics: [] })
    await check(true, 'corrected')
    await office.must('activity.record', {
      kind: 'central-group-study',
      happenedOn: '2025-11-11',
      unitId: bureau.unit('党组'),
      numbers: { expected: 7, present: 7 },
    })
    await check(true, 'entered late')
    await office.must('activity.withdraw', { activityId: central[1], reason: '重复登记' })
    await check(true, 'withdrawn')
    await office.must('unit.rename', {
      unitId: bureau.unit('党组'),
      name: '中共临澜市城乡水务局党组',
      from: '2025-02-01',
    })
    await check(true, 'a unit renamed from a day before')
    await office.must('person.erase', { personId: guest, basis: 'own-wish' })
    await check(true, 'a person erased')
    const [report] = await fsck(app.owner, app.registry.records, app.registry.refolds)
    assert.deepEqual(report!.faults, [])
    assert.ok(report!.erased > 0)
  })
})
