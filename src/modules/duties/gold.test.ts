import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { actorOf, type Bureau, makeBureau } from '../../../test/support/make.ts'
import { roles } from '../../core/access/actor.ts'
import { readMarked } from '../../core/reading/marked.ts'
import { documents } from '../documents/documents.module.ts'
import { organisation } from '../organisation/organisation.ts'
import { duties } from './duties.module.ts'

const TEXT = `临澜市城乡水务局2026年供水安全工作要点
一、压实责任
（一）抓好学习。局党组每季度至少开展一次集体学习研讨。按照《供水管理办法》要求，供排水科八月底前完成管网普查。
（二）抓实监督。机关纪委每季度开展一次回头看。年底前对在建管网项目开展一次廉政风险排查（责任单位：建设管理科；配合单位：水资源科）。
二、一年来的工作
一年来，局党组召开党组会议12次，开展廉政谈话30人次，完成整改问题8个。
三、做好服务
（一）建强支部。各党支部每月开展一次主题党日。办公室年底前编制节水手册一册。
`

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('gold', { modules: [organisation, documents, duties] })
  bureau = await makeBureau(app)
})
after(() => app?.close())

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Any = any

async function taken(text: string, fileName = '要点.txt'): Promise<string> {
  const content = Buffer.from(text).toString('base64')
  return (await bureau.keeper.must('document.import', { fileName, content, year: 2026 })).id
}
const gold = async (documentId: string) => bureau.keeper.query('gold.get', { documentId })
const reasonOf = async (documentId: string) => (await gold(documentId)).body.details?.reason
const review = async (documentId: string): Promise<Any> =>
  (await bureau.keeper.query('draft.list', { documentId })).body

describe('the gold of the office', () => {
  let documentId: string
  const about = async (words: string): Promise<Any> =>
    (await review(documentId)).items.find((item: Any) => item.text.includes(words))

  it('is refused with the reason until the review is complete', async () => {
    documentId = await taken(TEXT)
    assert.equal(await reasonOf(documentId), 'not-opened')
    await bureau.keeper.must('draft.open', { documentId })
    assert.equal(await reasonOf(documentId), 'unreviewed')
    const answer = await gold(documentId)
    assert.equal(answer.body.code, 'gold/not-complete')
    assert.doesNotMatch(answer.body.title, /\{\w+\}/)
    const book = await about('节水手册')
    await bureau.keeper.must('draft.reject', { documentId, ids: [book.id] })
    const study = await about('集体学习研讨')
    await bureau.keeper.must('draft.amend', { documentId, id: study.id, changes: { kind: 'train' } })
    const pipes = await about('管网普查')
    await bureau.keeper.must('draft.amend', { documentId, id: pipes.id, changes: { deadline: '2026-08-20' } })
    await bureau.keeper.must('draft.confirm', { documentId, all: true })
    const { coverage } = await review(documentId)
    if (coverage.undecided > 0) {
      assert.equal(await reasonOf(documentId), 'undecided')
      await bureau.keeper.must('clause.amend', { documentId, allUndecided: true, state: 'left' })
    }
    assert.equal((await gold(documentId)).status, 200)
  })

  it('says what people decided, in the words of the text, and leaves open what nobody judged', async () => {
    const marked = (await gold(documentId)).raw.toString('utf8')
    assert.match(marked, /^⟦# judges=duties .*不出本单位.*⟧\n/)
    const { text, gold: said } = readMarked(marked, 'x')
    assert.equal(text, TEXT)
    const of = (words: string) => said.duties.find(({ start, end }) => text.slice(start, end).includes(words))
    assert.equal(of('集体学习研讨')?.kind, 'train')
    assert.deepEqual(of('集体学习研讨')?.subject, ['局党组'])
    assert.equal(of('集体学习研讨')?.subjectSource, 'explicit')
    assert.ok(of('管网普查'))
    assert.equal(of('管网普查')?.deadline, undefined, 'a day of a person is in no words of the text')
    assert.equal(of('风险排查')?.deadline, '年底前')
    assert.deepEqual([of('风险排查')?.leadUnit, of('风险排查')?.supportUnits], ['建设管理科', ['水资源科']])
    assert.equal(of('节水手册'), undefined, 'rejected')
    assert.deepEqual([said.outline, said.slots, said.judges], [[], [], ['duties']])
    const open = (await review(documentId)).items.filter((item: Any) => item.state === 'open')
    assert.ok(open.length > 0, 'what was done is not confirmed')
    for (const { start, end } of open) assert.ok(said.unjudged?.some((span) => span.start < end && start < span.end))
  })

  it('is listed beside what does not count, with the reason in words', async () => {
    const other = await taken(`${TEXT}办公室每月更新台账。\n`, '另一份.txt')
    const { items, total, counted } = (await bureau.keeper.query('gold.list')).body
    assert.deepEqual([total, counted], [2, 1])
    const row = items.find((item: Any) => item.documentId === documentId)
    assert.deepEqual([row.hindrance, row.why, row.rejected], [null, null, 1])
    const waiting = items.find((item: Any) => item.documentId === other)
    assert.equal(waiting.hindrance, 'not-opened')
    assert.ok(waiting.why.zh && waiting.why.en)
    assert.equal((await bureau.keeper.query('gold.list', { year: 2019 })).body.total, 0)
  })

  it('is refused where the text itself holds the marks, or where spans cross', async () => {
    const signs = await taken(TEXT.replace('管网普查', '⟦管网⟧普查'), '符号.txt')
    await bureau.keeper.must('draft.open', { documentId: signs })
    await bureau.keeper.must('draft.confirm', { documentId: signs, all: true })
    await bureau.keeper.must('clause.amend', { documentId: signs, allUndecided: true, state: 'left' })
    assert.equal(await reasonOf(signs), 'marks-in-text')
    const { start, end } = await about('管网普查')
    const made = await bureau.keeper.must('draft.span', { documentId, start: start + 3, end: end + 8 })
    await bureau.keeper.must('draft.confirm', { documentId, ids: made.drafts })
    assert.equal(await reasonOf(documentId), 'crossing')
  })

  it('stays in the office: to everybody else it looks absent', async () => {
    for (const role of roles.filter((one) => one !== 'office')) {
      const other = app.as(actorOf(app, role))
      assert.equal((await other.query('gold.list')).status, 404, role)
      assert.equal((await other.query('gold.get', { documentId })).status, 404, role)
    }
  })
})
