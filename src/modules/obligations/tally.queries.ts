import { type RawBuilder, sql } from 'kysely'
import { type WindowSize, windowsIn } from '../../core/calendar/days.ts'
import type { Outcome } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type Ground, table } from './fitting.ts'
import type { Tallied } from './tally.facts.ts'
import { COLUMNS, type Irregular, irregularOf, numbersKept, type TallyAsk, type TallyLine } from './tally-kept.ts'
import { excusedIn, ofYear, spokenOf, standingMark, whosOf } from './tally-standing.ts'
import { runWide } from './wide.ts'

type Sql = RawBuilder<unknown>

/** Numbers of a rule in a group. */
export interface TallyNumbers {
  readonly orgId: number
  readonly group: string | null
  readonly rule: string
  readonly numbers: Readonly<Partial<Record<Outcome, number>>>
}

/** What tallies answer, and the units of which they cannot speak. */
export interface TallyAnswer {
  readonly numbers: readonly TallyNumbers[]
  readonly irregular: readonly Irregular[]
}

const SIZES: Readonly<Record<Tallied['months'], WindowSize>> = { 1: 'month', 3: 'quarter', 6: 'half-year', 12: 'year' }

/**
 * Units that some rule speaks of in the year, as `standing(org_id, k, unit_id, part)`, and those of which tallies cannot
 * speak, as `irregular(org_id, unit_id)`, worked out from the organisation.
 */
function standing(ask: TallyAsk, ground: Ground): Sql {
  return sql`${spokenOf(ask, ground)},
    irregular as materialized (select s.org_id, s.unit_id from spoken_of s where not s.plain
      union select e.org_id, e.unit_id from (${excusedIn(ask.year, ground)}) e
        join spoken_of s on s.org_id = e.org_id and s.unit_id = e.unit_id
      union select t.org_id, t.unit_id from activity_tallies t join spoken_of s on s.org_id = t.org_id and s.unit_id = t.unit_id
        where ${ofYear(ask.year, ground)} and t.unsure > 0),
    standing as materialized (select s.org_id, s.k, s.unit_id, s.part from spoken_of s
      where not exists (select from irregular i where i.org_id = s.org_id and i.unit_id = s.unit_id))`
}

/** The claim that a unit reached what the window of a column asks for, by the number of months that a window holds. */
function reached(column: number): Sql {
  const months = (size: number) =>
    sql.raw(`(${Array.from({ length: size }, (_, i) => `t.m${(column - 1) * size + i + 1}`).join(' + ')} >= q.need)`)
  const sizes = [1, 3, 6, 12].filter((size) => column * size <= 12)
  const cases = sizes.map((size) => sql`when ${sql.lit(size)} then ${months(size)}`)
  return sql`case q.g ${sql.join(cases, sql` `)} end`
}

/** What each rule asks, as a table: its number, the number of its sort of subject, the pattern, how many, and the months of a window. */
function questionsOf({ rules }: TallyAsk): Sql {
  const whos = whosOf(rules)
  const rows = rules.map(({ tallied }, i) => {
    const { code, need, months, who } = tallied
    return { i, k: whos.indexOf(JSON.stringify(who)), code, need, g: months }
  })
  return table(rows, 'q', 'i int, k int, code text, need int, g int')
}

/** The bureaus whose tallies say of whom something is asked in the year, as it stands now. */
async function standingOrgs(tx: Reads, { year, goLive }: TallyAsk): Promise<number[]> {
  const rows = await tx.all(sql<{ org_id: number }>`select s.org_id from tally_states s
    where s.org_id = any(${[...goLive.keys()]}::int[]) and ${year}::int = any(s.standing_years)
      and s.ground = ${standingMark(sql`s.org_id`)}`)
  return rows.map(({ org_id }) => org_id)
}

/** Reads the numbers of a year from tallies. Where they say of whom each thing is asked it is one pass over them. */
export async function tallyNumbers(tx: Reads, ask: TallyAsk): Promise<TallyAnswer> {
  if (ask.rules.length === 0) return { numbers: [], irregular: [] }
  const orgIds = [...ask.goLive.keys()]
  const [standing, kept] = await Promise.all([standingOrgs(tx, ask), numbersKept(tx, ask, { orgIds, size: null })])
  const stands = new Set(standing)
  const others = orgIds.filter((org) => !stands.has(org))
  const worked = others.length === 0 ? [] : await numbersWorkedOut(tx, ask, { orgIds: others, size: null })
  const lines = [...kept.filter(({ org_id }) => stands.has(org_id)), ...worked]
  return {
    numbers: lines.filter(({ i, n }) => i >= 0 && n > 0).map((row) => numbersOf(ask, row)),
    irregular: irregularOf(ask, lines),
  }
}

/** One pass over the tallies beside one over the units. */
async function numbersWorkedOut(tx: Reads, ask: TallyAsk, ground: Ground): Promise<TallyLine[]> {
  const names = sql.raw(COLUMNS.map((c) => `s.c${c}`).join(', '))
  const counts = COLUMNS.map((c) => sql`count(*) filter (where ${reached(c)})::int ${sql.ref(`c${c}`)}`)
  return (await runWide(
    tx,
    sql<TallyLine>`with ${standing(ask, ground)},
      held as (select p.org_id, p.part, q.i, ${sql.join(counts)} from activity_tallies t join ${questionsOf(ask)} on q.code = t.code
        join standing p on p.org_id = t.org_id and p.unit_id = t.unit_id and p.k = q.k
        where ${ofYear(ask.year, ground)} group by p.org_id, p.part, q.i)
      select r.org_id, r.part, q.i, r.n, ${names}, null::text[] odd
        from (select org_id, k, part, count(*)::int n from standing group by org_id, k, part) r
        join ${questionsOf(ask)} on q.k = r.k left join held s on s.org_id = r.org_id and s.i = q.i and s.part is not distinct from r.part
      union all select d.org_id, null, -1, 0, ${sql.raw(COLUMNS.map(() => 'null').join(', '))}, array_agg(d.unit_id::text)
        from irregular d group by d.org_id`,
    true,
  )) as TallyLine[]
}

function numbersOf(ask: TallyAsk, row: TallyLine): TallyNumbers {
  const { rule, version, tallied } = ask.rules[row.i]!
  const goLive = ask.goLive.get(row.org_id)!
  const numbers: Partial<Record<Outcome, number>> = {}
  const add = (outcome: Outcome, n: number) => {
    numbers[outcome] = (numbers[outcome] ?? 0) + n
  }
  const windows = windowsIn(`${ask.year}-01-01`, `${ask.year}-12-31`, SIZES[tallied.months])
  for (const [c, window] of windows.entries()) {
    const met = Number(row[`c${c + 1}`] ?? 0)
    if (window.from > ask.on) {
      add('upcoming', row.n)
      continue
    }
    add('met', met)
    const unknown = window.from < goLive || version.silence === 'undetermined'
    add(window.to >= ask.on ? 'open' : unknown ? 'undetermined' : 'unmet', row.n - met)
  }
  return { orgId: row.org_id, group: row.part, rule: rule.id, numbers }
}
