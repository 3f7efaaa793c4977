import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Caller, openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { paperOf, refusalOf } from '../../../test/support/papers.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

let app: TestApp
let bureau: Bureau
let clerk: Caller
let listId: string
let post: string
before(async () => {
  app = await openTestApp('papers', { modules: [organisation, documents, duties], now: '2026-02-10T02:00:00Z' })
  bureau = await makeBureau(app)
  clerk = await bureau.as('周予安')
  const posts = (await clerk.query('post.list')).body.items as { postId: string; kind: string }[]
  post = posts.find(({ kind }) => kind === 'group-member')!.postId
  listId = (await clerk.must('list.open', { year: 2026, title: '2026年责任清单' })).id
})
after(() => app?.close())

const opened = async (title: string, unit: string, more: object = {}) =>
  (
    await clerk.must('duty.open', {
      title,
      year: 2026,
      listId,
      leadUnitId: bureau.unit(unit),
      dueOn: '2026-06-30',
      ...more,
    })
  ).id as string
const refused = (caller: Caller, name: string, input: object) => refusalOf(caller, name, { year: 2026, ...input })

describe('the responsibility list as a paper', () => {
  test('is a draft, for those who keep it, until it is issued', async () => {
    await opened('工程廉政风险排查', '建设管理科', { cadence: '每季度', layer: 'department' })
    await opened('管网普查', '供排水科', {
      measures: ['普查图册一份', '问题清单一份'],
      leaderPostId: post,
      supportUnitIds: [bureau.unit('建设管理科')],
      layer: 'department',
    })
    await opened('听取一次汇报', '建设管理科', { layer: 'leading-group', dueOn: '2027-01-15' })
    const { lines } = await paperOf(clerk, 'list.paper', { year: 2026 })
    assert.equal(lines[0], '2026年责任清单')
    assert.equal(await refused(await bureau.as('罗清和'), 'list.paper', {}), 'record/not-found')
    assert.equal(await refused(clerk, 'list.brief', {}), 'list/not-issued')
    await clerk.must('list.issue', { id: listId })
  })

  test('stands across the sheet in the columns of offices, by layer and number', async () => {
    const { lines, xml } = await paperOf(clerk, 'list.paper', { year: 2026 })
    assert.deepEqual(lines.slice(0, 3), [
      '2026年责任清单',
      '（2026年2月10日印发，第1版）',
      '编号\t责任主体\t责任事项\t工作措施\t责任领导\t牵头单位\t配合单位\t完成时限',
    ])
    const rows = lines.slice(3).map((line) => line.split('\t'))
    assert.deepEqual(
      rows.map((row) => [row[0], row[1], row[2]]),
      [
        ['3', '党组', '听取一次汇报'],
        ['1', '科室（单位）', '工程廉政风险排查'],
        ['2', '科室（单位）', '管网普查'],
      ],
    )
    assert.deepEqual(
      rows.map((row) => row[7]),
      ['2027年1月15日前', '每季度 6月30日前', '6月30日前'],
    )
    assert.deepEqual([rows[2]![3], rows[2]![6]], ['1. 普查图册一份 2. 问题清单一份', '建设管理科'])
    assert.match(rows[2]![4]!, /\S/)
    assert.match(xml, /w:orient="landscape"/)
    assert.equal((xml.match(/<w:tblHeader\/>/g) ?? []).length, 1)
  })

  test('shows a version as it was issued, although the list has changed since', async () => {
    const before = await paperOf(clerk, 'list.paper', { year: 2026, version: 1 })
    const { items } = (await clerk.query('duty.list', { year: 2026, q: '管网普查' })).body
    await clerk.must('duty.amend', { id: items[0].id, title: '老旧管网普查', reason: '范围改变' })
    const now = await paperOf(clerk, 'list.paper', { year: 2026 })
    assert.ok(now.lines.some((line) => line.includes('老旧管网普查')))
    assert.deepEqual((await paperOf(clerk, 'list.paper', { year: 2026, version: 1 })).lines, before.lines)
    assert.equal(await refused(clerk, 'list.paper', { version: 7 }), 'record/not-found')
  })

  test('is the attachment of work points, whose text stays as it was written', async () => {
    const text = '2026年工作要点\n一、抓好供水\n（一）做实普查。供排水科6月底前完成管网普查。\n'
    const content = Buffer.from(text).toString('base64')
    const paper = { fileName: '要点.txt', title: '2026年工作要点', content, year: 2026 }
    const { id: documentId } = await clerk.must('document.import', paper)
    const { lines, xml } = await paperOf(clerk, 'list.paper', { year: 2026, documentId })
    assert.deepEqual(lines.slice(0, 6), [
      '2026年工作要点',
      '一、抓好供水',
      '（一）做实普查。供排水科6月底前完成管网普查。',
      '附件：2026年责任清单',
      '附件',
      '2026年责任清单',
    ])
    assert.match(xml, /<w:pStyle w:val="Heading1"\/>/)
    const secretary = app.as(actorOf(app, 'secretary'))
    assert.equal(await refused(secretary, 'list.paper', { documentId }), 'record/not-found')
  })

  test('bears a head above the text with what a person enters, and none on a sheet that lies across', async () => {
    const { items } = (await clerk.query('document.list')).body
    const documentId = items.find((one: { title: string }) => one.title === '2026年工作要点').id
    const head = { mark: '某某市水务局文件', number: '某水发[2026]第05号' }
    const { lines } = await paperOf(clerk, 'list.paper', { year: 2026, documentId, ...head })
    assert.deepEqual(lines.slice(0, 3), ['某某市水务局文件', '某水发〔2026〕5号', '2026年工作要点'])
    assert.equal(await refused(clerk, 'list.paper', head), 'paper/head-across')
    assert.equal(await refused(clerk, 'list.paper', { documentId, ...head, number: '五号' }), 'paper/number-unfit')
    assert.equal(await refused(clerk, 'list.brief', { number: '某水发〔2026〕5号' }), 'paper/mark-missing')
    const brief = await paperOf(clerk, 'list.brief', { year: 2026, ...head })
    assert.deepEqual(brief.lines.slice(0, 2), ['某某市水务局文件', '某水发〔2026〕5号'])
  })

  test('gives whoever sees a part that part, and says so', async () => {
    const head = await bureau.as('罗清和')
    const { lines } = await paperOf(head, 'list.paper', { year: 2026 })
    assert.equal(lines[2], '（按查阅范围列出）')
    assert.ok(lines.some((line) => line.includes('管网普查')))
    assert.ok(!lines.some((line) => line.includes('听取一次汇报')))
    assert.equal(await refused(app.as(actorOf(app, 'system-admin')), 'list.paper', {}), 'record/not-found')
  })
})

describe('the brief on a list', () => {
  test('counts the whole and lists who is late, what was closed and what runs, in the order of the units', async () => {
    app.clock.set('2026-07-03T02:00:00Z')
    const { items } = (await clerk.query('duty.list', { year: 2026 })).body as {
      items: { id: string; title: string }[]
    }
    const [risk, survey] = ['工程廉政风险排查', '老旧管网普查'].map(
      (title) => items.find((one) => one.title === title)!.id,
    )
    const head = await bureau.as('罗清和')
    await head.must('duty.take-on', { ids: [survey] })
    await head.must('duty.submit', { id: survey, text: '完成', shownBy: ['图册', '清单'] })
    await clerk.must('duty.verify', { id: survey })
    const { lines, xml } = await paperOf(clerk, 'list.brief', { year: 2026 })
    assert.deepEqual(lines.slice(0, 4), [
      '关于2026年责任清单',
      '落实情况的通报',
      '一、总体情况',
      '截至2026年7月3日，2026年责任清单印发事项3项，其中已办结1项（含逾期后办结1项），办理中1项，逾期未办结1项，中止0项。各表按单位设置次序列出。',
    ])
    assert.deepEqual(lines.slice(4, 7), [
      '二、逾期未办结事项',
      '编号\t责任事项\t牵头单位\t责任领导\t完成时限\t办理情况',
      lines[6],
    ])
    assert.match(lines[6]!, /^1\t工程廉政风险排查\t建设管理科\t.*\t逾期3天$/)
    assert.equal(lines[7], '三、2026年7月1日至2026年7月3日办结事项')
    assert.match(lines[9]!, /^2\t老旧管网普查\t供排水科\t.*\t2026年7月3日$/)
    assert.deepEqual(lines.slice(-2), [app.org.name, '2026年7月3日'])
    assert.match(xml, /<w:keepNext\/>/)
    const earlier = await paperOf(clerk, 'list.brief', { year: 2026, to: '2026-06-30' })
    assert.ok(earlier.lines.some((line) => line.includes('办结0项') || line.includes('已办结0项')))
    assert.ok(risk)
  })

  test('is made for whom the whole list concerns, of days that have been', async () => {
    const secretary = app.as(actorOf(app, 'secretary'))
    await paperOf(secretary, 'list.brief', { year: 2026, from: '2026-01-01' })
    for (const who of [await bureau.as('罗清和'), app.as(actorOf(app, 'team-member')), app.as(actorOf(app, 'member'))])
      assert.equal(await refused(who, 'list.brief', {}), 'record/not-found')
    assert.equal(await refused(clerk, 'list.brief', { to: '2026-12-31' }), 'list/brief-period')
    assert.equal(await refused(clerk, 'list.brief', { from: '2026-07-02', to: '2026-07-01' }), 'list/brief-period')
    assert.equal(await refused(clerk, 'list.brief', { year: 2031 }), 'record/not-found')
  })
})

describe('the quarterly sheet of a leader', () => {
  test('lists what his post owes and what he has instructed', async () => {
    const given = { leaderPostId: post, givenOn: '2026-07-02', wording: '请抓紧办理。', source: '来文' }
    const task = { title: '核查一处渗漏', leadUnitId: bureau.unit('供排水科'), dueOn: '2026-07-20' }
    await clerk.must('instruction.record', { ...given, tasks: [task] })
    const { lines } = await paperOf(clerk, 'duty.sheet-paper', { postId: post, year: 2026, quarter: 3 })
    assert.deepEqual([lines[0], lines[2]], ['领导责任事项季度清单', '2026年第3季度'])
    assert.match(lines[4]!, /^本季度应办\d+项，已办结\d+项，逾期\d+项，逾期补办\d+项。$/)
    assert.ok(lines.some((line) => /老旧管网普查.*逾期补办$/.test(line)))
    assert.ok(
      lines.some((line) => line.startsWith('2026年7月2日\t请抓紧办理。\t来文\t第') && line.includes('核查一处渗漏')),
    )
  })

  test('is his own, the office’s and the secretary’s; another leader finds none', async () => {
    const own = {
      ...actorOf(app, 'team-member'),
      holdings: [{ role: 'team-member' as const, postId: post, units: 'all' as const }],
    }
    await paperOf(app.as(own), 'duty.sheet-paper', { postId: post, year: 2026 })
    const other = app.as(actorOf(app, 'team-member'))
    assert.equal(await refused(other, 'duty.sheet-paper', { postId: post }), 'record/not-found')
    assert.equal(await refused(await bureau.as('罗清和'), 'duty.sheet-paper', { postId: post }), 'record/not-found')
  })
})
