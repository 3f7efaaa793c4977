import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type Bureau, makeBureau } from '../../../test/support/make.ts'
import { modules } from '../index.ts'

let app: TestApp
let bureau: Bureau
before(async () => {
  app = await openTestApp('inbox', { modules })
  bureau = await makeBureau(app)
})
after(() => app.close())

// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
type Any = any

async function inbox(as: string, input: Record<string, unknown> = {}): Promise<Any> {
  const { status, body } = await (await bureau.as(as)).query('obligation.inbox', input)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const parts = ['soon', 'late', 'expected', 'unknown', 'own'] as const

test('each part says how many are owed, and its groups add up to that number', async () => {
  const answer = await inbox('周予安', { soonDays: 62, limit: 200 })
  for (const part of parts) {
    const { total, groups } = answer[part]
    assert.equal(
      groups.reduce((sum: number, { count }: Any) => sum + count, 0),
      total,
      part,
    )
    for (const { count, lines } of groups) assert.equal(lines.length, Math.min(count, 200))
  }
  assert.ok(parts.some((part) => answer[part].total > 0))
})

test('what stands in a part is what its name says', async () => {
  const answer = await inbox('周予安', { soonDays: 62, limit: 200 })
  const lines = (part: (typeof parts)[number]): Any[] => answer[part].groups.flatMap((group: Any) => group.lines)
  for (const line of lines('soon')) assert.ok(line.outcome === 'open' && line.dueOn >= answer.on)
  for (const line of lines('late')) assert.ok(line.outcome === 'unmet' && !line.expected)
  for (const line of lines('expected')) assert.ok(line.outcome === 'unmet' && line.expected)
  for (const line of lines('unknown')) assert.ok(line.outcome === 'undetermined' && line.dueOn < answer.on)
})

test('the team is told in its own order: all to the office and the secretary, to a leader himself, to others nothing', async () => {
  const team = async (as: string): Promise<Any[]> =>
    (await (await bureau.as(as)).query('obligation.leaders', {})).body.items
  const all = await team('周予安')
  assert.ok(all.length > 1)
  assert.deepEqual(
    (await team('沈望舒')).map(({ postId }) => postId),
    all.map(({ postId }) => postId),
  )
  const own = await team('程以宁')
  assert.ok(own.length === 1 && own[0]?.name === '程以宁')
  assert.deepEqual(await team('蒋若谷'), [])
})

test('of what a leader leads, whatever is due first is his next; who leads nothing open has none', async () => {
  const leader = '党组/group-member/党组成员、副局长（分管供排水）'
  const open = (title: string, dueOn: string) =>
    bureau.keeper.must('duty.open', {
      title,
      dueOn,
      leadUnitId: bureau.unit('供排水科'),
      leaderPostId: bureau.post(leader),
    })
  const year = Number(app.clock.now().toISOString().slice(0, 4))
  await open('年底的事', `${year}-12-31`)
  const first = await open('月底前的事', `${year}-12-30`)
  const { items } = (await (await bureau.as('周予安')).query('obligation.leaders', {})).body
  for (const { postId, business, party, nextDuty } of items) {
    if (postId !== bureau.post(leader)) assert.deepEqual([business.open + party.open, nextDuty], [0, null])
    else assert.deepEqual([nextDuty.id, nextDuty.dueOn, nextDuty.title], [first.id, `${year}-12-30`, '月底前的事'])
  }
})
