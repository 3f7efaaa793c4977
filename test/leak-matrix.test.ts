import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { unzipSync } from 'fflate'
import type { Actor } from '../src/core/access/actor.ts'
import { scopeSettings } from '../src/core/access/scope.ts'
import { modules } from '../src/modules/index.ts'
import { preambleOf, transact } from '../src/platform/db/pool.ts'
import { Refusal } from '../src/platform/errors/refusal.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { outsider, type Planted, plant, read } from './support/planted.ts'

let app: TestApp
let own: Planted
let other: Planted
before(async () => {
  app = await openTestApp('leak', { modules })
  own = await plant(app, 1, 'jia')
  other = await plant(app, 2, 'yi')
})
after(() => app.close())

/** How each read is asked about what was planted. A read that is not here fails the test: say how to ask it. */
function inputsFor({ ids, pids }: Planted): Readonly<Record<string, readonly object[]>> {
  const id = (key: string) => ids.get(key)!
  const units = ['bureau', 'a', 'b', 'p1', 'p2'].map(id)
  const each = (field: string, values: readonly (string | undefined)[]) => values.map((value) => ({ [field]: value }))
  const activities = ['a', 'b', 'p1', 'p2'].map((key) => id(`activity-${key}`))
  const preview = { kind: 'topic-study', happenedOn: '2026-06-11' }
  return {
    'account.list': [{}],
    'activity.get': each('activityId', activities),
    'activity.xlsx': [{}],
    'activity.list': [{}, { withdrawn: true }, { late: false }, { attendedByMe: true }, ...each('unitId', units)],
    'activity.attendance-sheet': each('activityId', activities),
    'activity.minutes': each('activityId', activities),
    'activity.page': each('activityId', activities),
    'activity.preview': units.map((unitId) => ({ ...preview, unitId })),
    'activity.template': [{}],
    'class.list': [{}],
    'address.get': [{}],
    'calendar.get': [{ year: 2026 }, { year: 2027 }],
    'calendar.list': [{}],
    'channel.list': [{}],
    'cite.get': [{ id: id('cite') }],
    'cite.list': [{}],
    'document.get': [{ id: id('document') }],
    'document.list': [{}],
    'draft.progress': [{}],
    'draft.list': [{ documentId: id('document') }],
    'draft.xlsx': [{ documentId: id('document') }],
    'duty.get': [...each('id', [id('duty-a'), id('duty-b')]), ...[1, 2, 3].map((no) => ({ no, year: 2026 }))],
    'duty.list': [{}, { sort: 'due' }, ...each('leadUnitId', units), ...each('unitId', units)],
    'duty.mine': [{}],
    'duty.sheet': [1, 2, 3, 4].flatMap((quarter) =>
      ['书记', '成员'].map((who) => ({ postId: id(`post-${who}`), year: 2026, quarter })),
    ),
    'duty.sheet-paper': ['书记', '成员'].map((who) => ({ postId: id(`post-${who}`), year: 2026, quarter: 2 })),
    'feed.get': [{}],
    'feed.read': [{}],
    'gold.get': [{ documentId: id('document') }],
    'gold.list': [{}],
    'gold.report': [{ draftId: id('report-draft') }],
    'gold.reports': [{}],
    'handover.list': [{}],
    'hours.get': [{}, ...each('personId', [pids.get('成员'), pids.get('一支党员')])],
    'hours.xlsx': [{ year: 2026 }],
    'hours.list': [{}, { unitId: id('p1') }],
    'instruction.list': [{}],
    'journal.acts': [{}, { limit: 500 }],
    'journal.show': [{}],
    'list.compare': [{ year: 2026 }, { year: 2026, againstYear: 2026, againstVersion: 1 }],
    'list.brief': [{ year: 2026 }],
    'list.get': [{ year: 2026 }],
    'list.list': [{}],
    'list.paper': [{ year: 2026 }, { year: 2026, documentId: id('document') }],
    'list.xlsx': [{ year: 2026 }],
    'mandate.list': [{}],
    'metric.list': [{}],
    'notice.digest': [{}, { day: '2026-06-15' }],
    'notice.list': [{}],
    'notice.paper': [{}],
    'kind.list': [{}],
    'obligation.excuses': [{}, { withdrawn: true }, ...each('unitId', units)],
    'obligation.get': [id('p1'), id('p2'), ...pids.values()].flatMap((subject) =>
      ['theme-party-day', 'member-study-hours', 'personal-matters-annual'].map((rule) => ({
        obligationId: `${rule}/${subject}/2026-${rule === 'theme-party-day' ? '06' : '01'}-01`,
      })),
    ),
    'obligation.inbox': [{}, { soonDays: 62, limit: 200 }, ...each('unitId', units)],
    'obligation.leaders': [{}, { year: 2026 }],
    'obligation.list': [{}, { mine: true }, { knownOn: '2026-06-16' }, ...each('unitId', units)],
    'obligation.xlsx': [{}],
    'obligation.matrix': [{ year: 2026 }, ...each('unitId', units)],
    'obligation.owed': [{}, { on: '2026-03-31' }, ...each('unitId', units)],
    'obligation.overview': [{}, ...each('unitId', units)],
    'obligation.preview': units.map((unitId) => ({ ...preview, kind: 'theme-party-day', unitId })),
    'opening.list': [{}],
    'opinion.get': [{ documentId: id('document') }],
    'plan.list': [{}, { year: 2026 }, ...each('unitId', units)],
    'plan.attendance-sheet': each('planId', [id('plan-a'), id('plan-p2'), id('plan-talk')]),
    'plan.notice': each('planId', [id('plan-a'), id('plan-p2'), id('plan-talk')]),
    'order.get': [{ id: id('order-b') }],
    'order.list': [{}, ...each('dutyId', [id('duty-a'), id('duty-b')]), ...each('unitId', units)],
    'person.copy': [{}, { format: 'html' }],
    'person.kept': [{}],
    'order.paper': [{ id: id('order-b') }],
    'person.find': [{ name: '党员' }],
    'person.get': each('personId', [pids.get('成员'), pids.get('一支党员')]),
    'person.list': [{}],
    'post.list': [{}],
    'reminder.drafts': [{}],
    'reminder.get': [{ reminderId: id('reminder-p1') }],
    'reminder.list': [{}],
    'report.check': [{ draftId: id('report-draft') }],
    'report.shortfalls': [{ draftId: id('report-draft') }],
    'report.docx': [{ draftId: id('report-draft') }, { reportId: id('report') }],
    'report.draft': [{ draftId: id('report-draft') }],
    'report.evidence': [{ reportId: id('report') }, { reportId: id('report'), restricted: 'yes' }],
    'report.get': [{ reportId: id('report') }],
    'report.list': [{}],
    'report.records': [
      { reportId: id('report'), no: 1 },
      { draftId: id('report-draft'), no: 1 },
    ],
    'report.recount': [{ reportId: id('report') }],
    'roster.xlsx': [{}],
    'roster.template': [{}],
    'rule.get': [{ rule: 'branch-general-meeting' }, { rule: 'theory-group-study' }],
    'rule.list': [{}],
    'rule.packs': [{}],
    'session.current': [{}],
    'search.find': [{ q: 'mark', limit: 200 }, { q: 'MARK title', limit: 200 }, { q: '一' }],
    'statement.list': [{ year: 2026 }],
    'statement.mine': [{}],
    'talk.counts': [{ year: 2026 }],
    'talk.coverage': [{ year: 2026 }, { year: 2026, unitId: id('p1') }],
    'talk.list': [{}, ...each('personId', [...pids.values()])],
    'unit.roster': each('unitId', units),
    'unit.tree': [{}],
  }
}

/** What a file says; an office file is unpacked, or nothing would ever be found in it. */
function saidBy(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return Buffer.from(bytes).toString('utf8')
  return Object.values(unzipSync(bytes))
    .map((part) => Buffer.from(part).toString('utf8'))
    .join('\n')
}

/** Everything that an actor is told when he asks everything, by read. */
async function allAnswers(planted: Planted, actor: Actor, asks: Planted): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const [query, inputs] of Object.entries(inputsFor(asks))) {
    for (const input of inputs) {
      try {
        const answer = await read(app, planted.org, actor, query, input)
        const { bytes } = answer as { bytes?: Uint8Array }
        const text = bytes ? saidBy(bytes) : JSON.stringify(answer)
        answers.set(query, (answers.get(query) ?? '') + text)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        answers.set(query, `${answers.get(query) ?? ''}${JSON.stringify(error.details)}`)
      }
    }
  }
  return answers
}

/** Marks of a bureau, and what stands for a record without words: its id. */
function secretsOf(planted: Planted): Map<string, string> {
  const talks = [...planted.ids].filter(([key]) => /^(talk|class|opening|statement)-/.test(key))
  return new Map([...planted.marks, ...talks])
}

const seen = (answers: ReadonlyMap<string, string>, secret: string) =>
  [...answers].filter(([, text]) => text.includes(secret)).map(([query]) => query)

/** What each may see of his own bureau; `a-` and the like stand for all marks that begin so. */
const may: Readonly<Record<string, readonly string[]>> = {
  书记: ['a-', 'b-', 'p1-', 'p2-', 'staff-', 'mandate', 'instruction', 'source', 'draft-', 'report-', 'talk-leaders'],
  成员: [
    'a-',
    'b-duty',
    'b-measure',
    'b-order',
    'b-answer',
    'instruction',
    'source',
    'talk-leaders',
    'talk-a',
    'statement-',
  ],
  纪委: ['a-', 'b-', 'p1-', 'p2-', 'draft-', 'report-', 'instruction', 'source', 'mandate'],
  甲科长: ['a-', 'p1-', 'talk-a'],
  // The duty that an instruction became shows its wording to whoever owes it.
  乙科长: ['b-', 'p2-', 'instruction', 'source'],
  // 甲科长 is enrolled in the first branch.
  一支书: ['p1-', 'talk-p1', 'talk-a'],
  二支书: ['p2-'],
  一支党员: ['p1-', 'talk-p1', 'account'],
  二支党员: ['p2-'],
  无职: [],
}
const nobodys = ['p1-note']

/** What only the copy of his own data tells each of himself, beyond what he sees of the bureau. */
const ofHimself: Readonly<Record<string, readonly string[]>> = {
  成员: ['staff-1', 'class-member', 'opening-member'],
  纪委: ['staff-3'],
  甲科长: ['staff-4'],
  乙科长: ['staff-5'],
  一支书: ['staff-6'],
  二支书: ['staff-7'],
  一支党员: ['staff-8'],
  二支党员: ['staff-9'],
  无职: ['staff-10'],
}

const allowed = (name: string, key: string) => (may[name] ?? []).some((start) => key.startsWith(start))

describe('what the reads tell', () => {
  test('every read is asked', () => {
    assert.deepEqual(Object.keys(inputsFor(own)).sort(), [...app.registry.queries.keys()].sort())
  })
  test('the office is told everything, so that what others are not told was there to be told', async () => {
    const answers = await allAnswers(own, await own.actor('党办'), own)
    const untold = [...secretsOf(own)].filter(([, secret]) => seen(answers, secret).length === 0).map(([key]) => key)
    // The handler is told that a report is stated as sent, never which record says so.
    assert.deepEqual(untold, ['statement-member'])
    assert.ok(answers.get('statement.list')?.includes('2026-01-20'))
    const asIfLeaked = [...secretsOf(own)].filter(
      ([key, secret]) => !allowed('无职', key) && seen(answers, secret).length > 0,
    )
    assert.ok(asIfLeaked.length > 20, 'were the same told to 无职, it would be found')
  })
  for (const name of Object.keys(may)) {
    test(`${name} is told of no record that is not his to see`, async () => {
      const answers = await allAnswers(own, await own.actor(name as never), own)
      const leaks = [...secretsOf(own)].flatMap(([key, secret]) =>
        allowed(name, key) ? [] : seen(answers, secret).map((query) => `${query} tells ${key}`),
      )
      const copied = (ofHimself[name] ?? []).map((key) => `person.copy tells ${key}`)
      assert.deepEqual(leaks, copied, 'his own data he is told by his copy, and nobody else is')
      const his = [...secretsOf(own)].filter(([key]) => allowed(name, key))
      const told = his.some(([, secret]) => seen(answers, secret).length > 0)
      assert.equal(told, his.length > 0, 'and of what is his he is told')
    })
  }
  test('a reason for an absence is told to those who keep the record and to the person alone', async () => {
    for (const name of ['甲科长', '乙科长', '二支书', '二支党员', '纪委', '无职']) {
      const answers = await allAnswers(own, await own.actor(name as never), own)
      for (const key of nobodys) assert.deepEqual(seen(answers, own.marks.get(key)!), [], `${name}: ${key}`)
    }
  })
  test('whoever holds nothing, and the administrators of system, security and audit, are told of no business', async () => {
    const business = [...secretsOf(own)].filter(([key]) => !/^(staff-|account)/.test(key))
    for (const role of [null, 'system-admin', 'security-admin', 'audit-admin'] as const) {
      const answers = await allAnswers(own, outsider(own.org, role), own)
      const leaks = business.flatMap(([key, secret]) =>
        seen(answers, secret).map((query) => `${role}: ${query} tells ${key}`),
      )
      assert.deepEqual(leaks, [])
    }
  })
  test('the office of another bureau is told nothing, whether it asks in general or by id', async () => {
    const office = outsider(other.org, 'office')
    for (const asks of [own, other]) {
      const answers = await allAnswers(other, office, asks)
      const leaks = [...secretsOf(own)].flatMap(([key, secret]) =>
        seen(answers, secret).map((query) => `${query} tells ${key}`),
      )
      assert.deepEqual(leaks, [])
    }
  })
  test('small numbers of reminder talks are told to nobody but secretary and discipline body', async () => {
    const told = async (actor: Actor) => {
      try {
        const { kinds } = (await read(app, own.org, actor, 'talk.counts', { year: 2026 })) as {
          kinds: { kind: string; total: number | null }[]
        }
        return kinds.find(({ kind }) => kind === 'reminder')?.total ?? null
      } catch {
        return null
      }
    }
    assert.equal(await told(await own.actor('书记')), 3)
    assert.equal(await told(await own.actor('纪委')), 3)
    for (const name of ['成员', '党办', '甲科长', '一支书', '一支党员', '无职'] as const) {
      assert.equal(await told(await own.actor(name)), null, name)
    }
  })
})

/** Every row of a table that the application's login is shown under the settings of an actor. */
async function rowsShown(actor: Actor, orgId: number, table: string): Promise<string> {
  const rows = await transact(app.stage.pool, preambleOf('read only', orgId, scopeSettings(actor.scopes)), (tx) =>
    tx.send(`select * from ${table}`),
  )
  return JSON.stringify(rows.rows)
}

describe('what the row policies show by themselves, without any condition in the query', () => {
  const tables = async (which: string) => {
    const { rows } = await app.owner.query(which)
    return (rows as { name: string }[]).map(({ name }) => name)
  }
  test('no row of another bureau, in any table', async () => {
    const all = await tables(`select relname as name from pg_class where relkind in ('r', 'v')
      and relnamespace = 'public'::regnamespace and relname not in ('orgs', 'schema_migrations')`)
    const secrets = [...secretsOf(own).values(), ...own.ids.values(), ...own.pids.values()]
    const office = outsider(other.org, 'office')
    for (const table of all) {
      const shown = await rowsShown(office, other.org.orgId, table)
      assert.deepEqual(
        secrets.filter((secret) => shown.includes(secret)),
        [],
        table,
      )
    }
    assert.match(await rowsShown(outsider(own.org, 'office'), own.org.orgId, 'activities'), /jia-a-title-mark/)
  })
  test('no row at all while no bureau is set', async () => {
    for (const table of ['persons', 'activities', 'duties', 'talk_pairs', 'journal_entries', 'accounts']) {
      const { rows } = await transact(app.stage.pool, ['begin read only'], (tx) => tx.send(`select * from ${table}`))
      assert.equal(rows.length, 0, table)
    }
  })
  test('of tables seen by unit or person, no row outside the scope of the actor', async () => {
    const scoped = await tables(`select polrelid::regclass::text as name from pg_policy where not polpermissive`)
    assert.ok(scoped.length >= 3)
    for (const name of [...Object.keys(may), null]) {
      const actor = name === null ? outsider(own.org, null) : await own.actor(name as never)
      for (const table of scoped) {
        const shown = await rowsShown(actor, own.org.orgId, table)
        const leaks = [...secretsOf(own)].filter(([key, secret]) => !allowed(name ?? '', key) && shown.includes(secret))
        assert.deepEqual(leaks, [], `${name ?? 'nobody'} in ${table}`)
      }
    }
  })
})
