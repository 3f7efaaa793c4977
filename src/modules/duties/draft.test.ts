import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

const TEXT = `临澜市城乡水务局2026年供水安全工作要点
一、压实责任
（一）抓好学习。局党组每季度至少开展一次集体学习研讨。按照《供水管理办法》要求，供排水科八月底前完成管网普查。
（二）抓实监督。机关纪委每季度开展一次回头看。建设管理科牵头，水资源科配合，九月底前对在建管网项目开展一次廉政风险排查。
（三）人心齐，水才清。
二、做好服务
（一）建强支部。各党支部每月开展一次主题党日。办公室年底前编制节水手册一册。
`

let app: TestApp
let bureau: Bureau
let documentId: string

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
const review = async (): Promise<any> => (await bureau.keeper.query('draft.list', { documentId })).body
const draftAbout = async (words: string) =>
  (await review()).items.find((item: { text: string }) => item.text.includes(words))

before(async () => {
  app = await openTestApp('draft', { modules: [organisation, documents, duties] })
  bureau = await makeBureau(app)
  const content = Buffer.from(TEXT).toString('base64')
  const taken = await bureau.keeper.must('document.import', { fileName: '要点.txt', content, year: 2026 })
  documentId = taken.id
})
after(() => app?.close())

test('a review does not stand before its drafts are made, and is made once', async () => {
  assert.equal((await bureau.keeper.query('draft.list', { documentId })).status, 404)
  assert.equal((await bureau.keeper.verb('draft.confirm', { documentId, all: true })).body.code, 'draft/not-opened')
  const opened = await bureau.keeper.must('draft.open', { documentId })
  assert.ok(opened.drafts >= 5)
  assert.equal((await bureau.keeper.verb('draft.open', { documentId })).body.code, 'draft/already-opened')
})

test('names of the text become units of the bureau, terms become days, and what is inferred says on which ground', async () => {
  const study = await draftAbout('集体学习研讨')
  assert.equal(study.fields.leadUnitId, bureau.unit('党组'))
  assert.equal(study.fields.layer, 'leading-group')
  assert.equal(study.inferred.kind, 'words')
  const pipes = await draftAbout('管网普查')
  assert.equal(pipes.fields.leadUnitId, bureau.unit('供排水科'))
  assert.equal(pipes.fields.deadline, '2026-08-31')
  assert.equal(pipes.inferred.deadline, 'phrase')
  assert.equal(pipes.fields.leaderPostId, bureau.post('党组/group-member/党组成员、副局长（分管供排水）'))
  assert.equal(pipes.inferred.leaderPostId, 'charge')
  assert.deepEqual(pipes.fields.cites, ['供水管理办法'])
  const risks = await draftAbout('风险排查')
  assert.equal(risks.fields.leadUnitId, bureau.unit('建设管理科'))
  assert.deepEqual(risks.fields.supportUnitIds, [bureau.unit('水资源科')])
  assert.equal(risks.inferred.leadUnitId, undefined)
  const branches = await draftAbout('主题党日')
  assert.equal(branches.fields.common, true)
  assert.equal(branches.fields.layer, 'branch')
})

test('every clause is counted once', async () => {
  const { coverage } = await review()
  const { clauses, ...parts } = coverage
  assert.equal(
    Object.values(parts as Record<string, number>).reduce((sum, count) => sum + count, 0),
    clauses,
  )
})

test('a value that a person sets loses its mark, and a unit that does not stand is refused', async () => {
  const pipes = await draftAbout('管网普查')
  await bureau.keeper.must('draft.amend', {
    documentId,
    id: pipes.id,
    changes: {
      kind: 'business',
      deadline: '2026-08-20',
      supportUnitIds: [bureau.unit('执法支队')],
      measures: ['普查报告印发'],
    },
  })
  const amended = await draftAbout('管网普查')
  assert.equal(amended.fields.deadline, '2026-08-20')
  assert.equal(amended.inferred.deadline, undefined)
  assert.equal(amended.inferred.leaderPostId, 'charge')
  const code = async (changes: unknown) =>
    (await bureau.keeper.verb('draft.amend', { documentId, id: pipes.id, changes })).body.code
  assert.equal(await code({ leadUnitId: documentId }), 'duty/unknown-unit')
  assert.equal(await code({ leaderPostId: documentId }), 'duty/unknown-post')
  assert.equal(await code({ kind: 'nothing' }), 'duty/unknown-kind')
  assert.equal(await code({ layer: 'nothing' }), 'duty/unknown-layer')
})

test('drafts are merged, split, given a span and rejected, and each step is taken back', async () => {
  const before = await review()
  const [a, b] = [await draftAbout('集体学习研讨'), await draftAbout('管网普查')]
  await bureau.keeper.must('draft.merge', { documentId, ids: [b.id, a.id] })
  const one = await draftAbout('集体学习研讨')
  assert.equal(one.id, a.id)
  assert.equal(one.end, b.end)
  assert.equal(one.fields.deadline, '2026-08-20')
  const middle = one.start + 10
  await bureau.keeper.must('draft.split', { documentId, id: one.id, at: [middle] })
  assert.equal((await review()).items.filter((item: { start: number }) => item.start === middle).length, 1)
  await bureau.keeper.must('draft.span', { documentId, id: one.id, start: one.start, end: middle - 2 })
  await bureau.keeper.must('draft.span', { documentId, start: middle - 2, end: middle })
  await bureau.keeper.must('draft.reject', { documentId, ids: [one.id, one.id] })
  assert.equal((await review()).step, before.step + 5)
  for (let step = 0; step < 5; step++) await bureau.keeper.must('draft.restore', { documentId })
  const after = await review()
  assert.deepEqual(after.items, before.items)
  assert.deepEqual(after.coverage, before.coverage)
  assert.equal(after.step, before.step)
})

test('what lies outside the text or is no longer there is refused', async () => {
  const code = async (verb: string, input: object) =>
    (await bureau.keeper.verb(verb, { documentId, ...input })).body.code
  const draft = await draftAbout('管网普查')
  assert.equal(await code('draft.span', { start: 5, end: 5 }), 'draft/span-outside')
  assert.equal(await code('draft.span', { start: 5, end: 500_000 }), 'draft/span-outside')
  assert.equal(await code('draft.split', { id: draft.id, at: [draft.start] }), 'draft/span-outside')
  assert.equal(await code('draft.reject', { ids: [documentId] }), 'draft/unknown')
  assert.equal(await code('clause.amend', { starts: [1], state: 'left' }), 'draft/clause-unknown')
})

test('the list takes confirmed drafts in once nothing is undecided, unless on purpose', async () => {
  const code = async () => (await bureau.keeper.verb('draft.assign', { documentId })).body.code
  const { clauses, items } = await review()
  const moved = items.find((item: { state: string }) => item.state === 'open')
  await bureau.keeper.must('draft.span', { documentId, id: moved.id, start: moved.start, end: moved.start + 2 })
  assert.ok((await review()).coverage.undecided > 0)
  assert.equal(await code(), 'draft/clauses-undecided')
  const left = await bureau.keeper.must('clause.amend', { documentId, allUndecided: true, state: 'left' })
  assert.equal(left.coverage.undecided, 0)
  assert.ok(left.coverage.left > 0)
  assert.equal(await code(), 'draft/unreviewed')
  assert.ok(clauses.length > 5)
  const rejected = await draftAbout('节水手册')
  await bureau.keeper.must('draft.reject', { documentId, ids: [rejected.id] })
  await bureau.keeper.must('draft.confirm', { documentId, all: true })
  assert.equal((await review()).maySetDown, true)
  assert.equal((await review()).counts.inferred, 0)
  const { listId, duties: made } = await bureau.keeper.must('draft.assign', { documentId })
  assert.deepEqual(
    made.map((duty: { no: number }) => duty.no),
    made.map((_: unknown, index: number) => index + 1),
  )
  assert.equal(await code(), 'draft/nothing-confirmed')
  assert.equal((await bureau.keeper.verb('draft.restore', { documentId })).body.code, 'draft/nothing-to-restore')
  const assigned = await draftAbout('管网普查')
  assert.equal(assigned.state, 'assigned')
  assert.equal(
    (await bureau.keeper.verb('draft.reject', { documentId, ids: [assigned.id] })).body.code,
    'draft/assigned',
  )
  const duty = (await bureau.keeper.query('duty.get', { id: assigned.dutyId })).body
  assert.equal(duty.status, 'draft')
  assert.equal(duty.listId, listId)
  assert.ok(TEXT.includes(duty.quote))
  assert.equal(duty.origin.noun, 'document')
  const cite = (await bureau.keeper.query('cite.list', { q: '供水管理办法' })).body.items[0]
  assert.equal(cite.duties, 1)
  assert.equal((await bureau.keeper.query('duty.list', { citeId: cite.id })).body.total, 1)
})

test('whoever is not of the office cannot touch a review; to him it looks absent', async () => {
  for (const role of roles.filter((one) => one !== 'office')) {
    const other = app.as(actorOf(app, role))
    for (const [verb, input] of [
      ['draft.open', {}],
      ['draft.confirm', { all: true }],
      ['draft.restore', {}],
      ['draft.assign', {}],
      ['clause.amend', { allUndecided: true, state: null }],
    ] as const) {
      assert.equal((await other.verb(verb, { documentId, ...input })).status, 404, `${role} ${verb}`)
    }
    assert.equal((await other.query('draft.list', { documentId })).status, role === 'supervision-reader' ? 200 : 404)
  }
})
