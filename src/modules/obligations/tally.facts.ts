import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { activityFault, FESTIVAL, isUnknown } from '../../core/rules/match.ts'
import type { ActivityFact } from '../../core/rules/obligation.ts'
import type { FactPattern, Who } from '../../core/rules/rule.ts'
import type { ActiveRule, RuleInForce } from '../../core/rules/world.ts'
import type { Reads } from '../../platform/db/pool.ts'
import type { Counted } from '../activities/tally.facts.ts'
import { askedOf, byKind, FIRST_KIND, fitting, type Ground, table } from './fitting.ts'

type Activity = Extract<FactPattern, { activity: unknown }>

/** A version whose windows are months of the calendar and that asks units for a number of their own activities. */
export interface Tallied {
  readonly who: Extract<Who, { unit: unknown }>
  readonly months: 1 | 3 | 6 | 12
  readonly need: number
  readonly code: string
}

/** Patterns by their code. */
export type Patterns = ReadonlyMap<string, Activity>

const MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const

/** The code of a pattern and of whom it is asked: the same for every rule that asks the same of the same. */
function codeOf(pattern: Activity, who: Tallied['who']): string {
  const sorted = { ...pattern, activity: pattern.activity.toSorted(), topics: pattern.topics?.toSorted() ?? null }
  return createHash('sha256')
    .update(JSON.stringify([sorted, who]))
    .digest('hex')
    .slice(0, 16)
}

/** How a version is answered from tallies, or null where it is not. */
export function talliedBy(version: RuleInForce): Tallied | null {
  const { who, window, need } = version
  const measure = need[0]
  if (!('unit' in who) || !('every' in window) || need.length !== 1 || measure === undefined || !('count' in measure))
    return null
  const pattern = measure.of
  if (!('activity' in pattern) || pattern.by !== 'own') return null
  if (Object.values(pattern.equals ?? {}).some((value) => value === FESTIVAL)) return null
  return { who, months: MONTHS[window.every], need: measure.count, code: codeOf(pattern, who) }
}

/** Rules are kept as long as nobody changes them, and every recorded activity asks: so are their patterns and their code. */
const keptPatterns = new WeakMap<readonly ActiveRule[], Patterns>()
const keptCodes = new WeakMap<Patterns, string>()

/** The patterns that the rules of a bureau count by month. */
export function patternsOf(rules: readonly ActiveRule[]): Patterns {
  const before = keptPatterns.get(rules)
  if (before !== undefined) return before
  const found = new Map<string, Activity>()
  for (const { versions } of rules) {
    for (const version of versions) {
      const tallied = talliedBy(version)
      if (tallied !== null) found.set(tallied.code, version.need[0]!.of as Activity)
    }
  }
  keptPatterns.set(rules, found)
  return found
}

/** All patterns as one code. */
export function codeOfAll(patterns: Patterns): string {
  const before = keptCodes.get(patterns)
  if (before !== undefined) return before
  const all = [...patterns.keys()].sort().join(' ')
  const code = createHash('sha256').update(all).digest('hex').slice(0, 16)
  keptCodes.set(patterns, code)
  return code
}

const factOf = (row: Counted): ActivityFact => ({
  type: 'activity',
  id: '',
  on: row.happened_on,
  kinds: [row.kind, ...row.also_kinds],
  unitId: row.unit_id,
  body: row.body,
  hours: row.hours,
  expected: row.expected,
  voters: row.voters,
  present: row.present,
  topics: row.topics,
  countable: row.countable,
  hostPid: null,
  attended: [],
})

/** For which patterns a version of an activity counts, and for which it is unsure. */
export function* countedFor(row: Counted, patterns: Patterns): Generator<{ code: string; sure: boolean }> {
  const fact = factOf(row)
  for (const [code, pattern] of patterns) {
    if (!pattern.activity.some((kind) => fact.kinds.includes(kind))) continue
    const why = activityFault(pattern, fact, { festivals: [] })
    if (why === null || isUnknown(why)) yield { code, sure: why === null }
  }
}

/** A row of tallies: months 1 to 12, the records of the year that are unsure, and whether the unit is asked (0022). */
export interface TallyRow {
  readonly code: string
  readonly year: number
  readonly unitId: string
  readonly months: readonly number[]
  readonly unsure: number
  readonly standing?: 0 | 1 | 2
}

/** Months of a row of tallies, as columns. */
export const monthColumns = Array.from({ length: 12 }, (_, month) => `m${month + 1}`)

const ALL_DAYS = { lo: '1900-01-01', hi: '9999-12-31' }

/** Counts the tallies of a bureau from its records, as they stand now. */
export async function countTallies(tx: Reads, orgId: number, patterns: Patterns): Promise<TallyRow[]> {
  if (patterns.size === 0) return []
  const ground: Ground = { orgIds: [orgId], size: null }
  const slots = [...patterns].flatMap(([code, pattern]) =>
    pattern.activity.map((kind) => ({ code, kind, kinds: pattern.activity, ...askedOf(pattern, []) })),
  )
  const slot = table(
    slots,
    's',
    'code text, kind text, kinds text[], bodies text[], topics text[], eq jsonb, pn int, pd int, quorum boolean',
  )
  const rows = await tx.all(
    sql<{ code: string; unit_id: string; year: number; month: number; n: number; unsure: number }>`
      select g.code, g.unit_id, g.year, g.month, (count(*) filter (where g.ok))::int n, (count(*) filter (where g.ok is null))::int unsure
      from (select s.code, f.unit_id, extract(year from f.happened_on)::int "year", extract(month from f.happened_on)::int "month", (${fitting(slots)}) ok
        from ${byKind(ground, slots, ALL_DAYS, sql`true`)} f join ${slot} on s.kind = f.k where ${FIRST_KIND}) g
      where g.ok is not false group by g.code, g.unit_id, g.year, g.month`,
    { named: false },
  )
  return gathered(rows.map(({ unit_id, ...row }) => ({ ...row, unitId: unit_id })))
}

/** Counts of single months as rows of whole years. */
export function gathered(
  counts: readonly { code: string; year: number; unitId: string; month: number; n: number; unsure: number }[],
): TallyRow[] {
  const found = new Map<string, { code: string; year: number; unitId: string; months: number[]; unsure: number }>()
  for (const { code, year, unitId, month, n, unsure } of counts) {
    const key = `${code} ${year} ${unitId}`
    const row = found.get(key) ?? { code, year, unitId, months: Array<number>(12).fill(0), unsure: 0 }
    found.set(key, row)
    row.months[month - 1]! += n
    row.unsure += unsure
  }
  return [...found.values()]
}
