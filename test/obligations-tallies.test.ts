import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Outcome } from '../src/core/rules/obligation.ts'
import { byEngineOf, owedUnder, type Terms } from '../src/modules/obligations/owed.ts'
import { monthColumns } from '../src/modules/obligations/tally.facts.ts'
import { tallyNumbers } from '../src/modules/obligations/tally.queries.ts'
import { countWithStandings, standingMark, talliedIn } from '../src/modules/obligations/tally-standing.ts'
import type { Place } from '../src/modules/obligations/world.ts'
import { organisation } from '../src/modules/organisation/organisation.ts'
import { build, preambleOf, transact } from '../src/platform/db/pool.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { type Drawn, insertRows, rowsOf } from './support/obligation-rows.ts'
import { talliedBureaus } from './support/obligations.ts'

/*
 * What tallies say in numbers is what the pure engine says one by one, whatever happened to units, posts and records.
 * OBLIGATION_RUNS sets how many bureaus.
 */

const RUNS = Number(process.env['OBLIGATION_RUNS'] ?? 40)
const WIDE = { 'app.units': '*', 'app.units_talks': '*' }

let app: TestApp
let next = 100
before(async () => {
  app = await openTestApp('tallies', { modules: [organisation] })
  await app.owner.query('set session_replication_role = replica')
})
after(() => app.close())

/** Numbers by rule and outcome, those that are not nought. */
class Numbers {
  readonly found = new Map<string, number>()

  add(rule: string, outcome: Outcome, n: number): void {
    const key = `${rule} ${outcome}`
    if (n !== 0) this.found.set(key, (this.found.get(key) ?? 0) + n)
  }

  sorted(): [string, number][] {
    return [...this.found].sort()
  }
}

/** What is kept of a bureau, as rows; `standing` where tallies say of whom each thing is asked. */
async function keepRows(drawn: Drawn, org: number): Promise<void> {
  const kept = await transact(app.stage.pool, preambleOf('read only', org, WIDE), (tx) =>
    countWithStandings(tx, org, drawn.rules, [2026]),
  )
  const rows = kept.map(({ code, year, unitId, months, unsure, standing }) => ({
    org_id: org,
    code,
    year,
    unit_id: unitId,
    ...Object.fromEntries(monthColumns.map((name, month) => [name, months[month]])),
    unsure,
    standing: standing ?? 0,
  }))
  await insertRows(app.owner, { activity_tallies: rows })
}

async function compareTallies(drawn: Drawn, org: number): Promise<number> {
  await insertRows(app.owner, drawn.rows)
  await keepRows(drawn, org)
  const first = await compareNumbers(drawn, org)
  const mark = standingMark(org).compile(build)
  await app.owner.query(
    `insert into tally_states (org_id, code, counted_size, standing_years, ground)
      select $1, 'drawn', 0, array[2026], (select ${mark.sql.replace(/\$\d+/g, String(org))})`,
    [org],
  )
  const alone = await compareNumbers(drawn, org)
  assert.ok(alone >= first, 'the tallies alone speak of more units')
  return alone
}

function compareNumbers(drawn: Drawn, org: number): Promise<number> {
  const { catalogues } = app.stage
  return transact(app.stage.pool, preambleOf('read only', org, WIDE), async (tx) => {
    const place: Place = { org: { ...app.org, orgId: org, goLiveOn: drawn.goLiveOn }, catalogues, tx }
    const { on, rules } = drawn
    const tallied = talliedIn(rules, 2026)
    const ids = new Set(tallied.map(({ rule }) => rule.id))
    const terms: Terms = {
      rules: rules.filter(({ id }) => ids.has(id)),
      calendar: catalogues.calendar,
      span: { from: '2026-01-01', to: '2026-12-31' },
      on,
      size: null,
      units: null,
    }
    const engine = new Numbers()
    for (const { rule, outcome } of await byEngineOf(place, terms)) engine.add(rule, outcome, 1)
    const goLive = new Map([[org, drawn.goLiveOn]])
    const answer = await tallyNumbers(tx, { goLive, year: 2026, on, rules: tallied, groups: null })
    const found = new Numbers()
    let plain = 0
    for (const { rule, numbers } of answer.numbers) {
      for (const [outcome, n] of Object.entries(numbers)) found.add(rule, outcome as Outcome, n)
      plain += numbers.met ?? 0
    }
    const oneByOne = new Map(answer.irregular.map((one) => [one.unitId, one.rules]))
    const changed = oneByOne.size === 0 ? [] : await owedUnder(place, { ...terms, units: [...oneByOne.keys()] })
    for (const { rule, outcome, subject } of changed)
      if (oneByOne.get(subject.id)!.has(rule)) found.add(rule, outcome, 1)
    assert.deepEqual(found.sorted(), engine.sorted())
    return plain
  })
}

describe('obligations by tallies and by the engine', () => {
  test('are as many by tallies as one by one', async () => {
    let plain = 0
    await fc.assert(
      fc.asyncProperty(talliedBureaus, async (draw) => {
        const org = next++
        plain += await compareTallies(rowsOf(org, draw), org)
      }),
      { numRuns: RUNS, ...(process.env['OBLIGATION_SEED'] ? { seed: Number(process.env['OBLIGATION_SEED']) } : {}) },
    )
    assert.ok(plain > 0, `${plain} met by tallies alone`)
  })
})
