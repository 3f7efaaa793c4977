import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { type MetricQuery, metricQuery } from '../src/core/figures/query.ts'
import { read } from '../src/core/reading/reading.ts'
import { registry } from '../src/modules/index.ts'
import { subtreeOf } from '../src/modules/organisation/organisation.facts.ts'
import { loadCatalogues } from '../src/platform/action/stage.ts'
import { openPool, preambleOf, type Reads, transact } from '../src/platform/db/pool.ts'
import { appRole } from '../src/platform/db/roles.ts'
import { countFacts } from '../src/platform/facts/facts.ts'
import { ownerOf } from './processes.ts'

/** One figure: how long it took to count, with the records behind it named and without. */
export interface FigureTime {
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  readonly value: number | null
  readonly records: number
  readonly ms: number
}

/** Figures counted one after the other, as the application's login under its row policies; medians of several rounds. */
export interface FiguresBench {
  readonly slots: readonly FigureTime[] | null
  readonly slotsMs: number | null
  readonly subtree: readonly FigureTime[]
  readonly subtreeMs: number
}

const ROUNDS = 7
const seeds = join(import.meta.dirname, '../../shared/seeds')
const period = { from: '2025-01-01', to: '2025-12-31' }

/** Figures of a year that a subordinate unit's page would show. */
const wanted: readonly [string, Record<string, string>][] = [
  ['branch.general-meetings', {}],
  ['branch.theme-days', {}],
  ['branch.lectures', {}],
  ['training.sessions', {}],
  ['training.persons', {}],
  ['publicity.talks', {}],
  ['warning.sessions', {}],
  ['research.visits', {}],
]

/** The text that the first issue measures by, where it is at hand; it is no part of the program. */
function seedText(): string | null {
  const name = existsSync(seeds) ? readdirSync(seeds).find((file) => file.startsWith('000_')) : undefined
  return name === undefined ? null : readFileSync(join(seeds, name), 'utf8')
}

/** Counts the figure slots of the seed and the year of a subtree. */
export async function benchFigures(dataDir: string, owner: pg.Client): Promise<FiguresBench> {
  const { catalogue, lexicon } = loadCatalogues()
  const pool = openPool({ ...ownerOf(dataDir), user: appRole } as pg.PoolConfig)
  const preamble = preambleOf('read only', 1, { 'app.units': '*' })
  const inside = <T>(work: (tx: Reads) => Promise<T>) => transact(pool, preamble, work)
  try {
    const text = seedText()
    const bound = text === null ? [] : read(text, lexicon).slots.flatMap((slot) => (slot.metric ? [slot] : []))
    const queries = bound.map((slot) => metricQuery(catalogue, slot.metric!, slot.params, period))
    const countable = queries.filter((query): query is MetricQuery => !('unfilled' in query))
    const slots = text === null ? null : await inside((tx) => timesOf(tx, countable, true))
    const unit = await owner.query("select unit_id from bench.posts where kind = 'subordinate-head' order by n limit 1")
    const units = await inside((tx) => subtreeOf(tx, 1, unit.rows[0].unit_id, '2025-12-31'))
    const within = wanted.flatMap(([metric, params]) => {
      const query = metricQuery(catalogue, metric, params, period)
      return 'unfilled' in query ? [] : [{ ...query, where: { ...query.where, unit: units } }]
    })
    const subtree = await inside((tx) => timesOf(tx, within, false))
    const sum = (times: readonly FigureTime[]) => times.reduce((total, time) => total + time.ms, 0)
    return { slots, slotsMs: slots && sum(slots), subtree, subtreeMs: sum(subtree) }
  } finally {
    await pool.end()
  }
}

async function timesOf(tx: Reads, queries: readonly MetricQuery[], trace: boolean): Promise<FigureTime[]> {
  const times: FigureTime[] = []
  for (const query of queries) {
    const rounds: number[] = []
    let counted = await countFacts(tx, registry.facts, 1, query, null, { trace })
    for (let n = 0; n < ROUNDS; n++) {
      const began = performance.now()
      counted = await countFacts(tx, registry.facts, 1, query, null, { trace })
      rounds.push(performance.now() - began)
    }
    const ms = rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
    times.push({
      metric: query.metric,
      params: query.params,
      value: counted.value,
      records: counted.entries.length,
      ms,
    })
  }
  return times
}
