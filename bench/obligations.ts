import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import pg from 'pg'
import type { Actor } from '../src/core/access/actor.ts'
import { EVERYTHING } from '../src/core/access/scope.ts'
import type { ActiveRule } from '../src/core/rules/world.ts'
import { registry } from '../src/modules/index.ts'
import { rulesAndCalendar } from '../src/modules/obligations/ground.ts'
import { owedBy, owedOn } from '../src/modules/obligations/owed.facts.ts'
import { codeOfAll, monthColumns, patternsOf } from '../src/modules/obligations/tally.facts.ts'
import { tallyNumbers } from '../src/modules/obligations/tally.queries.ts'
import { countWithStandings, standingMark, talliedIn } from '../src/modules/obligations/tally-standing.ts'
import type { Org } from '../src/platform/action/action.ts'
import { perform, type Stage } from '../src/platform/action/perform.ts'
import { openStage } from '../src/platform/action/stage.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { openPool, preambleOf, type Reads, statementOf, transact, transactReads } from '../src/platform/db/pool.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { loadProvince, type Province } from './obligations-data.ts'

/** One thing that was measured: how long it took, beside a floor where there is one, and what was aimed at. */
export interface ObligationTime {
  readonly what: string
  readonly ms: number
  readonly floorMs: number | null
  readonly aim: string
}

/** What one run measured over a province. */
export interface ObligationsBench {
  readonly province: Province
  readonly rules: number
  readonly obligations: number
  readonly times: readonly ObligationTime[]
  readonly notes: readonly string[]
}

/** The last day of the year: every record counts, as in the floor. */
const ON = '2026-12-31'
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const WIDE = { 'app.units': '*', 'app.units_talks': '*' }
const GO_LIVE = '2021-01-01'
const file = join(import.meta.dirname, '../docs/performance.md')

/** The middle of several runs, the first of which only warms up. */
async function median(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
}

/**
 * The bare floor: the year's records grouped by unit, kind and month, and attendance with its hours by person, kind and
 * month. Joins and groups go by hash, as in the product: nothing else is as fast here.
 */
const floor = (orgs: readonly number[]) => sql`select count(*) from (
    select f.org_id, f.unit_id, f.kind, date_trunc('month', f.happened_on) m, count(*), min(f.happened_on) d, 0 h from activities f
      where f.org_id = any(${orgs as number[]}::int[]) and f.superseded_idx = 9223372036854775807 and not f.withdrawn
      group by 1, 2, 3, 4
    union all select t.org_id, t.pid, f.kind, date_trunc('month', f.happened_on), count(*), min(f.happened_on), sum(f.hours) from attendance t
      join activities f on f.org_id = t.org_id and f.id = t.activity_id and f.superseded_idx = 9223372036854775807 and not f.withdrawn
        and f.org_id = any(${orgs as number[]}::int[])
      where t.org_id = any(${orgs as number[]}::int[]) and t.superseded_idx = 9223372036854775807 group by 1, 2, 3, 4) g`

/** The faster of both ways to scan and group some bureaus: all in one statement, or one after the other. */
async function floorOf({ owner, reads }: Place, orgs: readonly number[], rounds: number): Promise<number> {
  await owner.query('set enable_nestloop = off; set enable_mergejoin = off; set enable_sort = off')
  const whole = await median(rounds, () => reads.all(floor(orgs)))
  const each = await median(rounds, async () => {
    for (const org of orgs) await reads.all(floor([org]))
  })
  await owner.query('reset enable_nestloop; reset enable_mergejoin; reset enable_sort')
  return Math.min(whole, each)
}

/** Reads of the owner of the database on one plain connection, one after the other: for floors. */
function readsOf(client: pg.Client): Reads {
  const run = async (query: Parameters<Reads['all']>[0]) => {
    // Prepared once, as the product's own connections do.
    return (await client.query(statementOf(query))).rows as never
  }
  return { all: run, first: async (query) => ((await run(query)) as never[])[0] ?? null } as Reads
}

const orgOf = (orgId: number): Org => ({
  orgId,
  code: `bench-${orgId}`,
  name: 'bench',
  suite: 'sha256',
  goLiveOn: GO_LIVE,
  demo: false,
})

const clerk: Actor = {
  orgId: 1,
  accountId: '00000000-0000-7000-8000-000000000001',
  pid: null,
  name: 'office',
  holdings: [{ role: 'office', postId: null, units: 'all' }],
  scopes: { general: EVERYTHING, talks: EVERYTHING },
  onBehalfOf: null,
}

async function insertTallies({ owner, reads, wide }: Place, orgId: number, rules: readonly ActiveRule[]) {
  const year = Number(ON.slice(0, 4))
  const counted = await transact(wide, ['begin read only'], (tx) => countWithStandings(tx, orgId, rules, [year]))
  const rows = counted.map(({ code, year, unitId, months, unsure, standing = 0 }) => ({
    org_id: orgId,
    code,
    year,
    unit_id: unitId,
    ...Object.fromEntries(monthColumns.map((name, month) => [name, months[month]])),
    unsure,
    standing,
  }))
  await owner.query('delete from activity_tallies where org_id = $1', [orgId])
  const columns = Object.keys(rows[0]!).join(', ')
  await owner.query(
    `insert into activity_tallies (${columns}) select ${columns} from jsonb_populate_recordset(null::activity_tallies, $1)`,
    [JSON.stringify(rows)],
  )
  const mark = await reads.first(sql<{ mark: string }>`select ${standingMark(orgId)} mark`)
  await owner.query(
    `insert into tally_states (org_id, code, counted_size, standing_years, ground) values ($1, $2, 0, array[$3::int], $4)
      on conflict (org_id) do update set code = excluded.code, stale = false, standing_years = excluded.standing_years, ground = excluded.ground`,
    [orgId, codeOfAll(patternsOf(rules)), year, mark!.mark],
  )
}

/** Where a run measures: the program over the province, and the owner of the database. */
interface Place {
  readonly province: Province
  readonly stage: Stage
  readonly owner: pg.Client
  readonly reads: Reads
  /** Connections of the owner, as the program uses its own: the tallies of several bureaus at once are read by nobody else. */
  readonly wide: pg.Pool
  readonly orgs: readonly number[]
  put(what: string, ms: number, floorMs: number | null, aim: string): void
}

const inBureau = ({ stage }: Place, work: (tx: Reads) => Promise<unknown>) =>
  transactReads(stage.pool, preambleOf('read only', 1, WIDE), work)

/** Catalogues of which nothing is kept of any bureau: as after a start. */
const unasked = ({ stage }: Place) => ({ ...stage.catalogues })

/** One branch and one bureau, by the application's login under its row policies: for the first time, and again. */
async function benchOne(place: Place): Promise<void> {
  const { owner, province, stage } = place
  const { rows } = await owner.query<{ unit_id: string }>(
    "select unit_id from unit_facts where org_id = 1 and kind = 'branch' and valid_from < '2020-01-01' order by position",
  )
  const branches = rows.map(({ unit_id }) => unit_id)
  const units = [branches[20]!]
  const ask = (more: { units?: string[] }, catalogues?: typeof stage.catalogues) => () =>
    inBureau(place, (tx) =>
      owedBy({ org: orgOf(1), catalogues: catalogues ?? unasked(place), tx }, { on: ON, span: YEAR, ...more }),
    )
  place.put('one branch, all rules, asked for the first time', await median(20, ask({ units })), null, '')
  let turn = 21
  const inTurn = () => ask({ units: [branches[turn++ % branches.length]!] }, stage.catalogues)()
  // None of them was asked about before; of the bureau its rules, calendar and organisation are kept.
  const rounds = Math.min(60, branches.length - 22)
  place.put('one branch, all rules, another one each time', await median(rounds, inTurn), null, '≤ 5 ms')
  place.put('one branch, all rules, asked again', await median(60, ask({ units }, stage.catalogues)), null, '≤ 5 ms')
  const bureauFloor = await floorOf(place, [1], 5)
  const what = `one bureau of ${province.branches} branches, all rules`
  place.put(`${what}, asked for the first time`, await median(9, ask({})), bureauFloor, '')
  place.put(what, await median(21, ask({}, stage.catalogues)), bureauFloor, '≤ 40 ms')
  const act = registry.actions.get('activity.record')!
  const afterOneMore = async (question: () => Promise<unknown>, unitId = units[0]!) => {
    const times: number[] = []
    for (let round = 0; round < 12; round++) {
      const input = { kind: 'theme-party-day', happenedOn: '2026-10-10', unitId }
      await perform(stage, act, { org: orgOf(1), actor: clerk, input })
      const began = performance.now()
      await question()
      times.push(performance.now() - began)
    }
    return times.sort((a, b) => a - b)[6]!
  }
  place.put(`${what}, after one more record`, await afterOneMore(ask({}, stage.catalogues)), bureauFloor, '')
  const asked = branches[30 % branches.length]!
  const one = ask({ units: [asked] }, stage.catalogues)
  const said = 'one branch, all rules, after one more record'
  place.put(`${said} in the bureau`, await afterOneMore(one), null, '≤ 5 ms')
  place.put(`${said} of its own`, await afterOneMore(one, asked), null, '≤ 5 ms')
}

/** How many bureaus are asked at once: while one is judged, the database groups the records of another. */
const AT_ONCE = 2

/** Ten times, a hundred times as many branches, bureau by bureau, of none of which anything is kept. Returns how many obligations the last one counted. */
async function benchAll(place: Place): Promise<number> {
  const { orgs, province, stage, put } = place
  let obligations = 0
  const askAll = async (of: readonly number[], catalogues: Stage['catalogues']) => {
    const waiting = [...of]
    obligations = 0
    const ask = async () => {
      for (let org = waiting.shift(); org !== undefined; org = waiting.shift()) {
        const orgId = org
        const found = await transactReads(stage.pool, preambleOf('read only', orgId, WIDE), (tx) =>
          owedBy({ org: orgOf(orgId), catalogues, tx }, { on: ON, span: YEAR }),
        )
        obligations += found.length
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, ask))
  }
  for (const bureaus of [...new Set([1, 10, province.bureaus])].filter((n) => n <= province.bureaus)) {
    const of = orgs.slice(0, bureaus)
    const rounds = bureaus > 10 ? 3 : 5
    const ms = await median(rounds, () => askAll(of, unasked(place)))
    const floorMs = await floorOf(place, of, bureaus > 10 ? 2 : 3)
    const what = `${bureaus * province.branches} branches, ${obligations} obligations`
    put(what, ms, floorMs, '≤ 2 × floor')
    put(`${what}, asked again`, await median(rounds, () => askAll(of, stage.catalogues)), floorMs, '')
  }
  return obligations
}

const goLiveOf = (orgs: readonly number[]) => new Map(orgs.map((org) => [org, GO_LIVE]))

/** The province in numbers from tallies. */
async function benchTallies(place: Place, rules: readonly ActiveRule[]): Promise<void> {
  const { owner, reads, wide, orgs, put } = place
  for (const org of orgs) await insertTallies(place, org, rules)
  await owner.query('vacuum (analyze) activity_tallies')
  const tallied = talliedIn(rules, 2026)
  const ask = { year: 2026, on: ON, rules: tallied, groups: null }
  await owner.query('set plan_cache_mode = force_generic_plan')
  const sums = sql.raw(monthColumns.map((name) => `sum(t.${name})`).join(', '))
  const scan = (of: readonly number[]) => sql`select t.org_id, t.code, ${sums} from activity_tallies t
      where t.org_id = any(${of as number[]}::int[]) group by t.org_id, t.code`
  for (const bureaus of [...new Set([1, orgs.length])]) {
    const of = orgs.slice(0, bureaus)
    const goLive = goLiveOf(of)
    const ms = await median(9, () =>
      transactReads(wide, ['begin read only'], (tx) => tallyNumbers(tx, { ...ask, goLive })),
    )
    const what = bureaus === 1 ? 'one bureau' : 'province'
    put(`${what} from tallies, ${tallied.length} rules`, ms, await median(9, () => reads.all(scan(of))), '≤ 2 × scan')
  }
}

/** How much memory the obligations of many branches take while they are held, and what is kept of their bureaus. */
async function benchMemory(place: Place): Promise<readonly string[]> {
  const { orgs, province, stage } = place
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed / 1024 / 1024
  }
  const catalogues = unasked(place)
  const before = used()
  const held: unknown[] = []
  for (const orgId of orgs)
    held.push(
      await transact(stage.pool, preambleOf('read only', orgId, WIDE), (tx) =>
        owedBy({ org: orgOf(orgId), catalogues, tx }, { on: ON, span: YEAR }),
      ),
    )
  const both = used()
  const count = (held as unknown[][]).reduce((sum, list) => sum + list.length, 0)
  held.length = 0
  const kept = used()
  for (const orgId of orgs)
    held.push(
      await transact(stage.pool, preambleOf('read only', orgId, WIDE), (tx) =>
        owedOn({ org: orgOf(orgId), catalogues, tx }, ON, 'all'),
      ),
    )
  const asking = (held as unknown[][]).reduce((sum, list) => sum + list.length, 0)
  const inbox = used() - kept
  held.length = 0
  return [
    `The ${count.toLocaleString('en-US')} obligations of ${(orgs.length * province.branches).toLocaleString('en-US')} branches, held all at once, take ${(both - kept).toFixed(0)} MB of the server's memory, the ${asking.toLocaleString('en-US')} of them that are open or unmet, of which digests are made, ${inbox.toFixed(0)} MB;`,
    `what is kept between questions of the bureaus asked last takes ${(kept - before).toFixed(0)} MB.`,
  ]
}

/** The same acts with tallies and without, in turns. */
async function benchUpkeep({ owner, stage, put }: Place): Promise<void> {
  const unit = await owner.query(
    "select unit_id from unit_facts where org_id = 1 and kind = 'branch' and valid_from < '2020-01-01' and valid_to > '9999-01-01' limit 1",
  )
  const input = { kind: 'theme-party-day', happenedOn: '2026-10-10', unitId: unit.rows[0].unit_id as string }
  const act = registry.actions.get('activity.record')!
  const run = async (n: number) => {
    const began = performance.now()
    for (let i = 0; i < n; i++) await perform(stage, act, { org: orgOf(1), actor: clerk, input })
    return (performance.now() - began) / n
  }
  const state = await owner.query('select code from tally_states where org_id = 1')
  const kept: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 6; round++) {
    await owner.query('delete from tally_states where org_id = 1')
    bare.push(await run(100))
    await owner.query('insert into tally_states (org_id, code, counted_size) values (1, $1, 0)', [state.rows[0].code])
    kept.push(await run(100))
  }
  const middle = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!
  put('recording one activity, tallies kept (floor: none kept)', middle(kept), middle(bare), '≤ 0.5 ms more')
}

/** Measures obligations over a province: one branch, one bureau, all at once, tallies, and what they cost to keep. */
export async function benchObligations(province: Province, say: (text: string) => void): Promise<ObligationsBench> {
  const dir = await loadProvince(province, say)
  const database = await openDatabase({ dataDir: dir, log: silentLog, purpose: 'bench' })
  const stage = openStage(database.app as pg.PoolConfig, registry)
  const owner = new pg.Client(database.owner)
  await owner.connect()
  await owner.query("set statement_timeout = 0; set work_mem = '64MB'")
  const times: ObligationTime[] = []
  const put = (what: string, ms: number, floorMs: number | null, aim: string) => {
    times.push({ what, ms, floorMs, aim })
    say(`  ${what}: ${ms.toFixed(1)} ms${floorMs === null ? '' : `, floor ${floorMs.toFixed(1)}`} (${aim})`)
  }
  const orgs = Array.from({ length: province.bureaus }, (_, i) => i + 1)
  const wide = openPool(database.owner as pg.PoolConfig)
  const place: Place = { province, stage, owner, reads: readsOf(owner), wide, orgs, put }
  try {
    const { rules } = await transact(stage.pool, preambleOf('read only', 1, WIDE), (tx) =>
      rulesAndCalendar({ org: orgOf(1), catalogues: stage.catalogues, tx }, null),
    )
    await benchOne(place)
    const obligations = await benchAll(place)
    const notes = await benchMemory(place)
    await benchTallies(place, rules)
    await benchUpkeep(place)
    return { province, rules: rules.length, obligations, times, notes }
  } finally {
    await owner.end()
    await wide.end()
    await stage.pool.end()
    await database.stop()
  }
}

/** What one run measured, as Markdown. */
export function obligationsSection(
  { province, rules, obligations, times, notes }: ObligationsBench,
  on: string,
  machine: string,
): string {
  const whole = (value: number) => value.toLocaleString('en-US')
  const rows = times.map(({ what, ms, floorMs, aim }) =>
    [
      what,
      ms.toFixed(1),
      floorMs === null ? '' : floorMs.toFixed(1),
      floorMs === null ? '' : (ms / floorMs).toFixed(2),
      aim,
    ].join(' | '),
  )
  const lines = rows.map((row) => `| ${row} |`).join('\n')
  return `### Obligations of ${whole(province.bureaus * province.branches)} branches

${on}. ${machine}. ${province.bureaus} bureaus of ${province.branches} branches, ${whole(province.bureaus * province.branches * 100)} activities of a year; ${rules} rules; ${whole(obligations)} obligations.

| what | ms | floor ms | ratio | aim |
| --- | --- | --- | --- | --- |
${lines}${notes.length === 0 ? '' : `\n\n${notes.join('\n')}`}`
}

/** Puts the section between its markers in docs/performance.md. */
export function writeObligations(bench: ObligationsBench, machine: string): void {
  const text = readFileSync(file, 'utf8')
  const between = /(<!-- measured obligations -->\n)[\s\S]*?(<!-- end obligations -->)/
  if (!between.test(text)) throw new Error('docs/performance.md has no place for obligations')
  const section = obligationsSection(bench, new Date().toISOString().slice(0, 10), machine)
  writeFileSync(
    file,
    text.replace(between, (_, from: string, to: string) => `${from}${section}\n${to}`),
  )
}
