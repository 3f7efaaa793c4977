import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Obligation } from '../src/core/rules/obligation.ts'
import { isGathered } from '../src/modules/obligations/gathering.ts'
import { byEngineOf, owedUnder, type Terms } from '../src/modules/obligations/owed.ts'
import type { Place } from '../src/modules/obligations/world.ts'
import { organisation } from '../src/modules/organisation/organisation.ts'
import { preambleOf, transact } from '../src/platform/db/pool.ts'
import { openTestApp, type TestApp } from './support/app.ts'
import { type Drawn, idOf, insertRows, rowsOf } from './support/obligation-rows.ts'
import { bureaus } from './support/obligations.ts'

/*
 * Records that the database has grouped, and every record read one by one, give the same answer of every obligation, whatever happened to units,
 * posts, members and records, on any day and as known at any size of the journal. OBLIGATION_RUNS sets how many bureaus.
 */

const RUNS = Number(process.env['OBLIGATION_RUNS'] ?? 60)
const WIDE = { 'app.units': '*', 'app.units_talks': '*' }

let app: TestApp
let next = 100
before(async () => {
  app = await openTestApp('agree', { modules: [organisation] })
  await app.owner.query('set session_replication_role = replica')
})
after(() => app.close())

const plain = (list: readonly Obligation[]) =>
  list
    .map((one) => ({ ...one, by: undefined }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.window.to < b.window.to ? -1 : 1))

async function compare(drawn: Drawn, org: number): Promise<{ obligations: number; grouped: number }> {
  await insertRows(app.owner, drawn.rows)
  const { catalogues } = app.stage
  return transact(app.stage.pool, preambleOf('read only', org, WIDE), async (tx) => {
    const place: Place = { org: { ...app.org, orgId: org, goLiveOn: drawn.goLiveOn }, catalogues, tx }
    const { on, size, rules } = drawn
    const span = { from: '2026-01-01', to: '2026-12-31' }
    const terms: Terms = { rules, calendar: catalogues.calendar, span, on, size, units: null }
    const engine = await byEngineOf(place, terms)
    const rows = await owedUnder(place, terms)
    assert.deepEqual(plain(rows), plain(engine))
    const units = [idOf(1, org, 1), idOf(1, org, 2)]
    const some = await owedUnder(place, { ...terms, units })
    assert.deepEqual(
      plain(some),
      plain(engine.filter(({ subject }) => units.includes(subject.unitId))),
      'of two units alone',
    )
    const gathered = new Set(rules.filter(isGathered).map(({ id }) => id))
    return { obligations: rows.length, grouped: rows.filter(({ rule }) => gathered.has(rule)).length }
  })
}

describe('obligations by grouped records and by single ones', () => {
  test('are the same for every bureau, day and size of the journal', async () => {
    let [obligations, grouped] = [0, 0]
    await fc.assert(
      fc.asyncProperty(bureaus, async (draw) => {
        const org = next++
        const found = await compare(rowsOf(org, draw), org)
        obligations += found.obligations
        grouped += found.grouped
      }),
      { numRuns: RUNS, ...(process.env['OBLIGATION_SEED'] ? { seed: Number(process.env['OBLIGATION_SEED']) } : {}) },
    )
    // What is drawn differs from run to run; a run in which hardly any record was grouped would show nothing.
    assert.ok(grouped >= RUNS / 2, `${grouped} of ${obligations} grouped`)
  })
})
