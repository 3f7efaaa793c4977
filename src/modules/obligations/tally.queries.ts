import { type RawBuilder, sql } from 'kysely'
import { type WindowSize, windowsIn } from '../../core/calendar/days.ts'
import type { Outcome } from '../../core/rules/obligation.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { type Ground, table } from './fitting.ts'
import type { Tallied } from './tally.facts.ts'
import {
  COLUMNS,
  type Irregular,
  metOf,
  numbersKept,
  type TallyAsk,
  type TallyLine,
  type TallyLines,
} from './tally-kept.ts'
import { excusedIn, ofYear, spokenOf, whosOf } from './tally-standing.ts'
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

/** Reads the numbers of a year from tallies. Where they say of whom each thing is asked it is one pass over them. */
export async function tallyNumbers(tx: Reads, ask: TallyAsk): Promise<TallyAnswer> {
  if (ask.rules.length === 0) return { numbers: [], irregular: [] }
  const orgIds = [...ask.goLive.keys()]
  const { stands, ...kept } = await numbersKept(tx, ask, { orgIds, size: null })
  const others = orgIds.filter((org) => !stands.has(org))
  const worked = others.length === 0 ? NOTHING : await numbersWorkedOut(tx, ask, { orgIds: others, size: null })
  const keptOnly = <T extends { readonly orgId: number }>(list: readonly T[]) =>
    list.filter(({ orgId }) => stands.has(orgId))
  const restsOf = restsUnder(ask)
  return {
    numbers: [...keptOnly(kept.lines), ...worked.lines]
      .filter(({ n }) => n > 0)
      .map((line) => numbersOf(ask, line, restsOf(line.i, ask.goLive.get(line.orgId)!))),
    irregular: [...keptOnly(kept.irregular), ...worked.irregular],
  }
}

const NOTHING: TallyLines = { lines: [], irregular: [] }

/** A row of what was worked out: numbers of a rule, or, where `i` is -1, the units of a bureau of which tallies cannot speak. */
interface WorkedLine extends Record<string, number | string | string[] | null> {
  org_id: number
  part: string | null
  i: number
  n: number
  odd: string[] | null
}

/** One pass over the tallies beside one over the units. */
async function numbersWorkedOut(tx: Reads, ask: TallyAsk, ground: Ground): Promise<TallyLines> {
  const names = sql.raw(COLUMNS.map((c) => `s.c${c}`).join(', '))
  const counts = COLUMNS.map((c) => sql`count(*) filter (where ${reached(c)})::int ${sql.ref(`c${c}`)}`)
  const rows = (await runWide(
    tx,
    sql<WorkedLine>`with ${standing(ask, ground)},
      held as (select p.org_id, p.part, q.i, ${sql.join(counts)} from activity_tallies t join ${questionsOf(ask)} on q.code = t.code
        join standing p on p.org_id = t.org_id and p.unit_id = t.unit_id and p.k = q.k
        where ${ofYear(ask.year, ground)} group by p.org_id, p.part, q.i)
      select r.org_id, r.part, q.i, r.n, ${names}, null::text[] odd
        from (select org_id, k, part, count(*)::int n from standing group by org_id, k, part) r
        join ${questionsOf(ask)} on q.k = r.k left join held s on s.org_id = r.org_id and s.i = q.i and s.part is not distinct from r.part
      union all select d.org_id, null, -1, 0, ${sql.raw(COLUMNS.map(() => 'null').join(', '))}, array_agg(d.unit_id::text)
        from irregular d group by d.org_id`,
    true,
  )) as WorkedLine[]
  const ruleIds = new Set(ask.rules.map(({ rule }) => rule.id))
  return {
    lines: rows.flatMap((row) => {
      const { org_id: orgId, part, i, n } = row
      return i < 0 ? [] : [{ orgId, part, i, n, met: metOf(row, 12 / ask.rules[i]!.tallied.months) }]
    }),
    irregular: rows.flatMap(({ org_id: orgId, odd }) =>
      (odd ?? []).map((unitId) => ({ orgId, unitId, rules: ruleIds })),
    ),
  }
}

/** What a unit that did not reach it is in each window of the year, by rule and by the day on which its bureau began. */
function restsUnder({ year, on, rules }: TallyAsk): (i: number, goLive: string) => readonly Outcome[] {
  const found = new Map<string, readonly Outcome[]>()
  return (i, goLive) => {
    const key = `${i} ${goLive}`
    const known = found.get(key)
    if (known !== undefined) return known
    const { version, tallied } = rules[i]!
    const rests = windowsIn(`${year}-01-01`, `${year}-12-31`, SIZES[tallied.months]).map(({ from, to }): Outcome => {
      if (from > on) return 'upcoming'
      if (to >= on) return 'open'
      return from < goLive || version.silence === 'undetermined' ? 'undetermined' : 'unmet'
    })
    found.set(key, rests)
    return rests
  }
}

function numbersOf(
  { rules }: TallyAsk,
  { orgId, part, i, n, met }: TallyLine,
  rests: readonly Outcome[],
): TallyNumbers {
  const numbers: Partial<Record<Outcome, number>> = {}
  for (const [c, rest] of rests.entries()) {
    const reached = rest === 'upcoming' ? 0 : met[c]!
    if (rest !== 'upcoming') numbers.met = (numbers.met ?? 0) + reached
    numbers[rest] = (numbers[rest] ?? 0) + n - reached
  }
  return { orgId, group: part, rule: rules[i]!.rule.id, numbers }
}
