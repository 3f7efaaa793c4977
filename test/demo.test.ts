import assert from 'node:assert/strict'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import type { Assembled } from '../src/assemble.ts'
import { EVERYTHING, scopeSettings } from '../src/core/access/scope.ts'
import { isWorkday } from '../src/core/calendar/calendar.ts'
import { metricQuery } from '../src/core/figures/query.ts'
import { readTalkPlan, talksUpTo } from '../src/demo/talks.ts'
import { demoFolder, plannedUpTo, readActivityPlan } from '../src/demo/year.ts'
import { prepareFirstStart } from '../src/first-start.ts'
import { authenticate, bureauOf, guestOf } from '../src/modules/accounts/accounts.ts'
import { registry } from '../src/modules/index.ts'
import { owedBy } from '../src/modules/obligations/owed.ts'
import type { Org } from '../src/platform/action/action.ts'
import { civilDay } from '../src/platform/action/clock.ts'
import { ask, perform, type Stage } from '../src/platform/action/perform.ts'
import { loadCatalogues, openStage } from '../src/platform/action/stage.ts'
import { type DemoNote, demoNote } from '../src/platform/cli/connect.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { preambleOf, transact } from '../src/platform/db/pool.ts'
import { countFacts } from '../src/platform/facts/facts.ts'
import { fsck } from '../src/platform/journal/fsck.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'

const seeds = join(import.meta.dirname, '../../shared/seeds')
const everything = scopeSettings({ general: EVERYTHING, talks: EVERYTHING })
const noSeeds = existsSync(seeds) ? false : 'the speeches of ../shared/seeds are not here'

/** A program over an empty database, on a given day, with a data folder of its own. */
interface Place {
  database: TestDatabase
  owner: pg.Client
  stage: Stage
  dataDir: string
  /** Starts as `luze serve` does, with or without `--demo`. */
  start(demo: boolean): Promise<string[]>
  close(): Promise<void>
}

async function openPlace(name: string, now: string): Promise<Place> {
  const database = await testDatabase(name)
  const owner = new pg.Client(database.owner)
  await owner.connect()
  const stage = openStage(database.app as pg.PoolConfig, registry, loadCatalogues(), { now: () => new Date(now) })
  const dataDir = mkdtempSync(join(tmpdir(), 'luze-demo-'))
  const program = { database, stage } as unknown as Assembled
  return {
    database,
    owner,
    stage,
    dataDir,
    start: (demo) => prepareFirstStart(program, readConfig({ data: dataDir, demo }, {})),
    close: async () => {
      await stage.pool.end()
      await owner.end()
      await database.drop()
      rmSync(dataDir, { recursive: true })
    },
  }
}

async function signIn(stage: Stage, name: string, password: string) {
  const org = (await bureauOf(stage, null))!
  const open = registry.actions.get('session.open')!
  const session = (await perform(stage, open, { org, actor: guestOf(org), input: { name, password } })) as {
    token: string
  }
  const known = (await authenticate(stage, session.token))!
  return {
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name.
    act: (verb: string, input: unknown): Promise<any> =>
      perform(stage, registry.actions.get(verb)!, { ...known, input }),
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name.
    ask: (query: string, input: unknown): Promise<any> =>
      ask(stage, registry.queries.get(query)!, { ...known, input }) as never,
  }
}

async function journalSize(place: Place): Promise<number> {
  return (await place.owner.query('select size from journal_heads')).rows[0].size
}

describe('the demonstration bureau on a day in November 2026', () => {
  const today = '2026-11-21'
  let place: Place
  let lines: string[]
  let note: DemoNote
  let org: Org

  before(async () => {
    place = await openPlace('demo', `${today}T02:00:00Z`)
    lines = await place.start(true)
    note = demoNote(place.dataDir)!
    org = (await bureauOf(place.stage, null))!
  })
  after(() => place.close())

  const count = async (metric: string, params: Record<string, string> = {}) => {
    const query = metricQuery(place.stage.catalogues.catalogue, metric, params, {
      from: '2025-01-01',
      to: '2025-12-31',
    })
    assert.ok(!('unfilled' in query), `${metric} can be counted`)
    const counted = await transact(place.stage.pool, preambleOf('read only', org.orgId, everything), (tx) =>
      countFacts(tx, place.stage.facts, org.orgId, query, null),
    )
    return counted.value
  }

  test('holds together under fsck', async () => {
    const reports = await fsck(place.owner, registry.records, registry.refolds)
    assert.deepEqual(
      reports.flatMap((report) => report.faults),
      [],
    )
  })

  test('counts for 2025 what was entered for 2025', async () => {
    const plan = readActivityPlan()
    const taken = new Set(plan.withdrawals.map(({ kind, on }) => `${kind} ${on}`))
    const held = plannedUpTo(plan, today, () => '').filter(
      (one) => one.on.startsWith('2025') && !taken.has(`${one.kind} ${one.on}`),
    )
    const metrics = place.stage.catalogues.catalogue.metrics.rows.filter((metric) => metric.facts === 'activity')
    for (const { id, where, aggregate, params } of metrics) {
      if (aggregate.op !== 'count' || Object.values(params ?? {}).includes('required')) continue
      const kinds = where?.kinds ?? []
      const expected = held.filter((one) => [one.kind, ...one.alsoKinds].some((kind) => kinds.includes(kind))).length
      assert.equal(await count(id), expected, id)
    }
    const topical = (kinds: string[], topic: string) =>
      held.filter((one) => kinds.includes(one.kind) && one.topics.includes(topic)).length
    const studies = ['topic-study', 'central-group-study', 'conveying-session']
    assert.equal(await count('study.topic.sessions', { topic: '党的二十大精神' }), topical(studies, '党的二十大精神'))
    for (const topic of ['意识形态', '全面从严治党']) {
      const expected = topical(['leading-group-meeting'], topic)
      assert.equal(await count('leading-group.topic-studies', { topic }), expected, topic)
      assert.ok(expected > 0)
    }
    const warned = held.filter((one) => one.kind === 'warning-education').map((one) => one.numbers!.present)
    assert.equal(
      await count('warning.attendances'),
      warned.reduce((sum, present) => sum + present, 0),
    )
  })

  test('counts talks of 2025 as they were entered and corrected', async () => {
    const plan = readTalkPlan()
    const held = talksUpTo(plan, readActivityPlan().quiet, today).filter((one) => one.on.startsWith('2025'))
    const sum = (kinds: string[]) =>
      held.filter((one) => kinds.includes(one.kind)).reduce((total, one) => total + (one.number ?? 1), 0)
    assert.equal(await count('talks.group.sessions'), held.filter((one) => one.kind === 'group-summons').length)
    assert.equal(await count('talks.summons.attendances'), sum(['summons']))
    assert.equal(await count('talks.integrity.attendances'), sum(['pre-office', 'group-integrity']))
    const corrected = plan.corrections.reduce((total, one) => {
      const before = plan.numbers.find((row) => row.kind === one.kind && row.month === one.month)!
      return total + one.number - before.number
    }, 0)
    assert.equal(await count('talks.reminder.attendances'), sum(['reminder']) + corrected)
    assert.equal(await count('talks.heart.attendances'), sum(['heart-to-heart']) - plan.withdrawals.length)
  })

  test('follows up what is late: one order is answered, one waits', async () => {
    const clerk = await signIn(place.stage, note.clerk, note.password)
    const { items } = await clerk.ask('order.list', {})
    assert.deepEqual(items.map(({ status }: { status: string }) => status).sort(), ['answered', 'issued'])
  })

  test('shows the reminder before the next festival, sent once to its groups, and the digests of a morning that is worked', async () => {
    const clerk = await signIn(place.stage, note.clerk, note.password)
    const { items } = await clerk.ask('reminder.list', {})
    assert.equal(items.length, 1)
    const { workday } = isWorkday(place.stage.catalogues.calendar, civilDay(place.stage.clock.now()))
    const told = await place.owner.query('select count(distinct pid)::int persons from notice_lines')
    assert.ok(workday ? told.rows[0].persons > 5 : told.rows[0].persons === 0, String(told.rows[0].persons))
  })

  test('fills every slot of the speech that reviews a year', { skip: noSeeds }, async () => {
    const clerk = await signIn(place.stage, note.clerk, note.password)
    const file = globSync('000_*.txt', { cwd: seeds })[0]!
    const text = readFileSync(join(seeds, file), 'utf8')
    const { id } = await clerk.act('report.open', { title: '讲话稿', text, year: 2025 })
    const draft = await clerk.ask('report.draft', { draftId: id })
    assert.deepEqual(
      draft.slots.filter((slot: { state: string }) => slot.state !== 'filled'),
      [],
    )
    assert.equal(draft.counts.filled, 8)
  })

  test('repeats no sentence of the speeches', { skip: noSeeds }, () => {
    const ours = globSync('**/*.{yaml,txt}', { cwd: demoFolder }).map((file) =>
      readFileSync(join(demoFolder, file), 'utf8'),
    )
    const bare = ours.join('\n').replace(/\s/g, '')
    const said = globSync('*.txt', { cwd: seeds }).flatMap((file) =>
      readFileSync(join(seeds, file), 'utf8').split(/[。！？；：，\n]/u),
    )
    const repeated = said
      .map((text) => text.replace(/\s/g, ''))
      .filter((text) => text.length >= 20 && bare.includes(text))
    assert.deepEqual(repeated, [])
  })

  test('shows duties in every state of their life', async () => {
    const secretary = await signIn(place.stage, 'shenws', note.password)
    const { counts, total } = await secretary.ask('duty.list', { year: 2026, counts: true, limit: 1 })
    for (const view of ['open', 'due-soon', 'late', 'awaiting', 'made-good-late', 'not-taken-on', 'closed']) {
      assert.ok(counts[view] > 0, `some duties are ${view}`)
    }
    assert.ok(total >= 25)
    const against = await secretary.ask('list.compare', { year: 2026 })
    assert.ok(against.counts.kept >= 3 && against.counts.dropped >= 1 && against.counts.new >= 5)
    assert.equal(await count('duties.closed-rate'), 100)
  })

  test('shows what is owed in every state', async () => {
    const { catalogues, pool } = place.stage
    const owed = await transact(pool, preambleOf('read only', org.orgId, everything), (tx) =>
      owedBy({ org, catalogues, tx }, { on: today }),
    )
    const states = new Set(owed.map(({ outcome, expected }) => `${outcome}${expected ? ' (expected)' : ''}`))
    const hard = ['met', 'late', 'open', 'unmet', 'undetermined', 'upcoming']
    const expected = ['unmet (expected)', 'excused (expected)', 'met (expected)', 'open (expected)']
    for (const state of [...hard, ...expected]) {
      assert.ok(states.has(state), `something is ${state}; there are ${[...states].join(', ')}`)
    }
    const rules = new Set(owed.map(({ rule }) => rule))
    for (const rule of [
      'branch-term',
      'term-reminder',
      'cadre-training-div',
      'member-study-hours',
      'personal-matters-annual',
    ]) {
      assert.ok(rules.has(rule), rule)
    }
  })

  test('shows hours with what was brought along, talks that are owed, and who stated a report as sent', async () => {
    const secretary = await signIn(place.stage, 'shenws', note.password)
    const hours = await secretary.ask('hours.get', { year: 2026 })
    const div = hours.rules.find((one: { rule: string }) => one.rule === 'cadre-training-div')
    assert.ok(div.opening.length === 1 && div.records.length > 0 && div.short > 0)
    const clerk = await signIn(place.stage, note.clerk, note.password)
    const { items } = await clerk.ask('statement.list', { year: 2026 })
    assert.equal(items.filter((one: { on: string | null }) => one.on === null).length, 1)
    const { groups } = await clerk.ask('talk.coverage', { year: 2026 })
    assert.ok(groups.some((one: { done: number; owed: number }) => one.done > 0 && one.owed > 0))
  })

  test('keeps the frozen report of 2025 as it was, though records were corrected later', async () => {
    const clerk = await signIn(place.stage, note.clerk, note.password)
    const { items } = await clerk.ask('report.list', {})
    assert.ok(items.some((one: { state: string; year: number }) => one.state === 'draft' && one.year === 2026))
    const { reportId } = items.find((one: { state: string }) => one.state === 'frozen')
    const recount = await clerk.ask('report.recount', { reportId })
    assert.equal(recount.equal, true)
    assert.ok(recount.figures.some((one: { frozen: number; now: number }) => one.frozen !== one.now))
  })

  test('is signed in to with the password of the folder alone', async () => {
    assert.equal(statSync(join(place.dataDir, 'demo.json')).mode & 0o777, 0o600)
    assert.ok(lines.some((line) => line.includes(note.password)))
    assert.ok(note.accounts.some((account) => account.name === note.clerk))
    await assert.rejects(signIn(place.stage, note.clerk, 'Nicht-das-1'), { code: 'session/wrong' })
    for (const file of globSync('*.yaml', { cwd: demoFolder })) {
      assert.doesNotMatch(readFileSync(join(demoFolder, file), 'utf8'), /password:|口令：/)
    }
  })

  test('stays as it is at the second start, which shows no password', async () => {
    const size = await journalSize(place)
    const again = await place.start(true)
    assert.equal(await journalSize(place), size)
    assert.ok(again.every((line) => !line.includes(note.password)))
  })
})

describe('the first start of an ordinary data folder', () => {
  let place: Place
  before(async () => {
    place = await openPlace('demo-none', '2026-03-05T02:00:00Z')
  })
  after(() => place.close())

  test('prints one link for the administrator, and nothing secret again', async () => {
    const lines = await place.start(false)
    const token = /\{address\}\/first-use#([0-9A-Z-]+)/.exec(lines.join('\n'))![1]!
    assert.deepEqual(await place.start(false), [])
    assert.deepEqual(await place.start(true), [], 'a folder that is in use is served as it is')
    assert.equal(demoNote(place.dataDir), null)
    const org = (await bureauOf(place.stage, null))!
    const redeem = registry.actions.get('account.redeem')!
    const input = { token, password: 'Clear-Water-2026' }
    await perform(place.stage, redeem, { org, actor: guestOf(org), input })
    await assert.rejects(perform(place.stage, redeem, { org, actor: guestOf(org), input }), {
      code: 'account/code-wrong',
    })
  })
})
