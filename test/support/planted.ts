import { randomUUID } from 'node:crypto'
import type { Actor, Holding, Role } from '../../src/core/access/actor.ts'
import { EVERYTHING, NOTHING } from '../../src/core/access/scope.ts'
import { actorHoldings } from '../../src/modules/organisation/organisation.ts'
import type { Org } from '../../src/platform/action/action.ts'
import { civilDay } from '../../src/platform/action/clock.ts'
import { ask, perform } from '../../src/platform/action/perform.ts'
import { preambleOf, transact } from '../../src/platform/db/pool.ts'
import type { TestApp } from './app.ts'

/** Who stands in a planted bureau; all hold what their posts and branches give them. */
export const people = [
  '书记',
  '成员',
  '党办',
  '纪委',
  '甲科长',
  '乙科长',
  '一支书',
  '二支书',
  '一支党员',
  '二支党员',
  '无职',
] as const
export type Who = (typeof people)[number]

/** A bureau with a record of every kind, each with a mark of its own in what is written there. */
export interface Planted {
  readonly org: Org
  /** What stands in the records, by what it is. */
  readonly marks: ReadonlyMap<string, string>
  readonly ids: ReadonlyMap<string, string>
  readonly pids: ReadonlyMap<Who, string>
  actor(who: Who): Promise<Actor>
}

/** An actor of a bureau who is no person: one role over everything, or nothing at all. */
export function outsider(org: Org, role: Role | null): Actor {
  const scope = role === null || role.endsWith('-admin') ? NOTHING : EVERYTHING
  const holdings: Holding[] = role === null ? [] : [{ role, postId: null, units: 'all' }]
  const scopes = { general: scope, talks: scope }
  return {
    orgId: org.orgId,
    accountId: randomUUID(),
    pid: null,
    name: role ?? 'nobody',
    holdings,
    scopes,
    onBehalfOf: null,
  }
}

/** Performs an act in any bureau of the database. */
// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
export async function act(app: TestApp, org: Org, actor: Actor, verb: string, input: unknown): Promise<any> {
  const action = app.registry.actions.get(verb)
  if (action === undefined) throw new Error(`no verb ${verb}`)
  return perform(app.stage, action, { org, actor, input })
}

/** Reads in any bureau of the database. */
export async function read(app: TestApp, org: Org, actor: Actor, query: string, input: unknown): Promise<unknown> {
  return ask(app.stage, app.registry.queries.get(query)!, { org, actor, input })
}

/** Opens a bureau and enters a record of every kind through the verbs; `sign` begins each of its marks. */
export async function plant(app: TestApp, orgId: number, sign: string): Promise<Planted> {
  const org: Org = { ...app.org, orgId, code: sign, name: `${sign}局` }
  if (orgId !== app.org.orgId) await openOrg(app, org)
  const marks = new Map<string, string>()
  const mark = (name: string) => {
    marks.set(name, `${sign}-${name}-mark`)
    return marks.get(name)!
  }
  const ids = new Map<string, string>()
  const office = outsider(org, 'office')
  const must = (verb: string, input: unknown, actor = office) => act(app, org, actor, verb, input)
  const pids = await plantOrder(must, ids, mark, sign)
  const actor = (who: Who) => actorIn(app, org, pids.get(who)!, who)
  await plantRecords(must, ids, mark, pids, actor)
  await plantRhythms(must, ids, mark, pids)
  await plantPapers(must, ids, mark, sign)
  await plantNotices(must, ids, mark, actor)
  return { org, marks, ids, pids, actor }
}

async function openOrg(app: TestApp, org: Org): Promise<void> {
  await app.owner.query(
    'insert into orgs (org_id, id, code, name, suite, go_live_on, demo) values ($1, $2, $3, $4, $5, $6, true)',
    [org.orgId, randomUUID(), org.code, org.name, org.suite, org.goLiveOn],
  )
  await app.owner.query('insert into journal_heads (org_id) values ($1)', [org.orgId])
}

async function actorIn(app: TestApp, org: Org, pid: string, name: string): Promise<Actor> {
  const today = civilDay(app.clock.now())
  const held = await transact(app.stage.pool, preambleOf('read only', org.orgId, {}), (tx) =>
    actorHoldings(tx, org.orgId, pid, today, app.stage.catalogues.catalogue),
  )
  return { orgId: org.orgId, accountId: randomUUID(), pid, name, ...held, onBehalfOf: null }
}

// biome-ignore lint/suspicious/noExplicitAny: answers are taken by name.
type Must = (verb: string, input: unknown, actor?: Actor) => Promise<any>
type Mark = (name: string) => string
const from = '2024-01-01'

const units = [
  ['bureau', null, 'bureau'],
  ['group', 'bureau', 'leading-group'],
  ['committee', 'bureau', 'organ-committee'],
  ['discipline', 'committee', 'organ-discipline'],
  ['a', 'bureau', 'department'],
  ['b', 'bureau', 'department'],
  ['p1', 'committee', 'branch'],
  ['p2', 'committee', 'branch'],
] as const

const posts: readonly (readonly [Who, string, string])[] = [
  ['书记', 'group', 'secretary'],
  ['成员', 'group', 'group-member'],
  ['党办', 'committee', 'office-clerk'],
  ['纪委', 'discipline', 'discipline-secretary'],
  ['甲科长', 'a', 'department-head'],
  ['乙科长', 'b', 'department-head'],
  ['一支书', 'p1', 'branch-secretary'],
  ['二支书', 'p2', 'branch-secretary'],
]

async function plantOrder(must: Must, ids: Map<string, string>, mark: Mark, sign: string): Promise<Map<Who, string>> {
  const pids = new Map<Who, string>()
  for (const [key, parent, kind] of units) {
    const parentId = parent === null ? null : ids.get(parent)!
    ids.set(key, (await must('unit.open', { name: `${sign}${key}`, kind, parentId, from })).unitId)
  }
  for (const who of people) {
    const staffNo = mark(`staff-${people.indexOf(who)}`)
    pids.set(who, (await must('person.record', { name: `${sign}${who}`, staffNo })).personId)
  }
  for (const [who, unit, kind] of posts) {
    const { postId } = await must('post.open', { unitId: ids.get(unit), kind, from })
    ids.set(`post-${who}`, postId)
    await must('appointment.appoint', { postId, personId: pids.get(who), from })
  }
  await must('charge.assign', { postId: ids.get('post-成员'), unitId: ids.get('a'), from })
  for (const [who, branch] of [
    ['一支党员', 'p1'],
    ['二支党员', 'p2'],
    ['甲科长', 'p1'],
    ['乙科长', 'p2'],
  ] as const) {
    await must('membership.record', { branchId: ids.get(branch), personId: pids.get(who), standing: 'full', from })
  }
  const parties = { principalId: pids.get('书记'), agentId: pids.get('党办') }
  await must('mandate.grant', { ...parties, from: '2026-06-01', to: '2026-06-30', purpose: mark('mandate') })
  await must('account.open', { persons: [{ personId: pids.get('一支党员'), name: mark('account') }] })
  return pids
}

async function plantRecords(
  must: Must,
  ids: Map<string, string>,
  mark: Mark,
  pids: ReadonlyMap<Who, string>,
  actor: (who: Who) => Promise<Actor>,
): Promise<void> {
  for (const [key, kind] of [
    ['a', 'topic-study'],
    ['b', 'topic-study'],
    ['p1', 'branch-general-meeting'],
    ['p2', 'branch-general-meeting'],
  ]) {
    const { activityId } = await must('activity.record', {
      kind,
      unitId: ids.get(key!),
      happenedOn: '2026-06-10',
      title: mark(`${key}-title`),
      content: mark(`${key}-content`),
      proof: mark(`${key}-proof`),
      host: { name: mark(`${key}-host`) },
      ...(key === 'p1'
        ? { attendance: [{ personId: pids.get('一支党员'), status: 'excused-leave', note: mark('p1-note') }] }
        : { numbers: { expected: 5, present: 4 } }),
    })
    ids.set(`activity-${key}`, activityId)
  }
  const talk = async (key: string, by: Who, withWhom: Who, day: string) => {
    const input = { kind: 'heart-to-heart', day, counterpartId: pids.get(withWhom) }
    ids.set(`talk-${key}`, (await must('talk.record', input, await actor(by))).talkId)
  }
  const pid = pids.get('成员')
  ids.set('class-member', (await must('class.assign', { personId: pid, class: 'division', from })).classId)
  const hours = { personId: pid, rule: 'cadre-training-div', amount: 88, on: '2024-12-31' }
  ids.set('opening-member', (await must('opening.record', hours)).openingId)
  const stated = { statement: 'personal-matters', year: 2026, on: '2026-01-20' }
  ids.set('statement-member', (await must('statement.record', stated, await actor('成员'))).statementId)
  await talk('leaders', '书记', '成员', '2026-03-17')
  await talk('a', '成员', '甲科长', '2026-03-18')
  await talk('p1', '一支书', '一支党员', '2026-03-19')
  await must('talk.record', { kind: 'reminder', month: '2026-04', audience: 'section-officials', number: 3 })
  for (const key of ['a', 'b']) {
    const title = mark(`${key}-duty`)
    const duty = { title, dueOn: '2026-12-01', leadUnitId: ids.get(key), leaderPostId: ids.get('post-成员') }
    ids.set(`duty-${key}`, (await must('duty.open', { ...duty, measures: [mark(`${key}-measure`)] })).id)
  }
  const head = await actor('甲科长')
  await must('duty.take-on', { ids: [ids.get('duty-a')] }, head)
  await must('duty.report', { id: ids.get('duty-a'), text: mark('a-progress') }, head)
  const given = {
    leaderPostId: ids.get('post-书记'),
    givenOn: '2026-06-12',
    wording: mark('instruction'),
    source: mark('source'),
  }
  const task = { title: mark('b-task'), dueOn: '2026-12-02', leadUnitId: ids.get('b') }
  await must('instruction.record', { ...given, tasks: [task] })
}

async function plantRhythms(must: Must, ids: Map<string, string>, mark: Mark, pids: ReadonlyMap<Who, string>) {
  for (const key of ['p1', 'p2']) {
    const obligationId = `branch-general-meeting/${ids.get(key)}/2026-04-01`
    await must('obligation.excuse', { obligationId, reason: mark(`${key}-excuse`) })
  }
  for (const [key, kind] of [
    ['a', 'topic-study'],
    ['p2', 'branch-general-meeting'],
  ]) {
    const plan = { item: 'activity', kind, unitId: ids.get(key!), month: '2026-09', title: mark(`${key}-plan`) }
    ids.set(`plan-${key}`, (await must('plan.open', plan)).planId)
  }
  const pair = { initiatorPostId: ids.get('post-成员'), counterpartPostId: ids.get('post-甲科长') }
  const talk = { item: 'talk', kind: 'duty-talk-down', month: '2026-09', ...pair }
  ids.set('plan-talk', (await must('plan.open', talk)).planId)
  const owed = `heart-to-heart-branch/${pids.get('一支党员')}/2026-01-01`
  await must('obligation.excuse', { obligationId: owed, reason: mark('talk-p1-excuse') })
  const pack =
    'id: own-planted\ntitle: 本局规则\nchanges: [{ rule: branch-general-meeting, from: 2026-07-01, source: 本局通知, count: 2 }]\n'
  ids.set('rule-pack', (await must('rule.import', { text: pack, from: '2026-07-01' })).settingId)
}

async function plantNotices(
  must: Must,
  ids: Map<string, string>,
  mark: Mark,
  actor: (who: Who) => Promise<Actor>,
): Promise<void> {
  const order = { dutyId: ids.get('duty-b'), approverPostId: ids.get('post-书记'), dueOn: '2026-06-25' }
  ids.set('order-b', (await must('order.open', { ...order, reason: mark('b-order') })).id)
  await must('order.confirm', { id: ids.get('order-b') }, await actor('书记'))
  await must('order.answer', { id: ids.get('order-b'), text: mark('b-answer') }, await actor('乙科长'))
  const reminder = { festival: 'dragon-boat', year: 2026, unitIds: [ids.get('p1')], text: mark('p1-reminder') }
  ids.set('reminder-p1', (await must('reminder.send', reminder)).reminderId)
  await must('address.record', { address: 'member@example.org' }, await actor('一支党员'))
  await must('digest.announce', {})
}

async function plantPapers(must: Must, ids: Map<string, string>, mark: Mark, sign: string): Promise<void> {
  const text = `${sign}党风廉政建设工作要点\n一、学习\n供水科每季度开展一次专题学习${mark('document-text')}，办公室年底前完成一次检查。\n`
  const content = Buffer.from(text).toString('base64')
  const paper = {
    fileName: `${mark('document-file')}.txt`,
    title: mark('document-title'),
    content,
    year: 2026,
    kind: 'plan',
  }
  ids.set('document', (await must('document.import', paper)).id)
  await must('draft.open', { documentId: ids.get('document') })
  ids.set('list', (await must('list.open', { year: 2026 })).id ?? '')
  ids.set('cite', (await must('cite.record', { title: `${sign}有关规定` })).id)
  const speech = `今年召开支部党员大会*次，${mark('report-text')}。`
  for (const key of ['draft', 'report']) {
    const { id } = await must('report.open', { title: mark(`${key}-title`), text: speech, year: 2026 })
    ids.set(key === 'draft' ? 'report-draft' : 'report-source', id)
  }
  const frozen = await must('report.freeze', { draftId: ids.get('report-source'), leaveUnbound: true })
  ids.set('report', frozen.reportId)
}
