import { sql } from 'kysely'
import type { Calendar } from '../../core/calendar/calendar.ts'
import { addDays } from '../../core/calendar/days.ts'
import { obligationId, obligationsOf } from '../../core/rules/engine.ts'
import type { Obligation, Span, Subject } from '../../core/rules/obligation.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { standingIn, withParts } from '../organisation/history.facts.ts'
import { type KnownAt, memberKinds } from '../organisation/organisation.facts.ts'
import type { Ground } from './bearers.ts'
import { PARTS } from './hits.ts'
import { concerns, type Plan, planOf } from './plan.ts'
import { isEmpty, obligationRows, type Question, type SetRow } from './setwise.ts'
import { runWide } from './wide.ts'
import { loadWorld, type Place, presentStatuses, rulesAndCalendar } from './world.ts'

/** What is asked: windows that share a day with the span, as they stand on a day; everything where a filter is absent. */
export interface Asked {
  readonly on: string
  /** By default the calendar year of the day. */
  readonly span?: Span | undefined
  /** The journal size up to which things are known; now where null or absent. */
  readonly size?: KnownAt | undefined
  readonly rules?: readonly string[] | undefined
  /** Subjects listed under these units (themselves, not below). */
  readonly units?: readonly string[] | undefined
}

/** An obligation with the rule that it follows from. */
export type Owed = Obligation & { readonly by: ActiveRule }

/** The calendar year of a day. */
export const yearOfDay = (day: string): Span => ({ from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` })

/** Everything that one answer is computed from. */
export interface Terms {
  readonly rules: readonly ActiveRule[]
  readonly calendar: Calendar
  readonly span: Span
  readonly on: string
  readonly size: KnownAt
  /** Subjects listed under these units; null: everybody. */
  readonly units: readonly string[] | null
}

/**
 * Everything owed, in the order of rules, windows and subjects. The transaction must see the whole bureau, since an
 * obligation is judged on all its records; whoever shows the answer limits it by `seesObligation`.
 */
export async function owedBy(place: Place, asked: Asked): Promise<Owed[]> {
  const { on, span = yearOfDay(on), size = null, units = null } = asked
  const { rules: all, calendar } = await rulesAndCalendar(place, size)
  const rules = all.filter(({ id }) => asked.rules?.includes(id) ?? true)
  return owedUnder(place, { rules, calendar, span, on, size, units })
}

/** As `owedBy` under given rules: what rows can say by one statement, the rest by the pure engine. */
export async function owedUnder(place: Place, terms: Terms): Promise<Owed[]> {
  const { units, size } = terms
  const atHand = units === null ? null : await standingIn(place.tx, place.org.orgId, units, size)
  const rules = atHand === null ? terms.rules : terms.rules.filter((rule) => concerns(rule, atHand))
  const plan = planOf(rules, terms.span, terms.calendar)
  const only = units === null || atHand === null ? null : { units, pids: atHand.pids }
  const [bySet, byEngine] = await Promise.all([
    bySetOf(place, plan, terms, only),
    plan.engineOnly.length === 0 ? [] : byEngineOf(place, { ...terms, rules: plan.engineOnly }),
  ])
  const rank = new Map(terms.rules.map(({ id }, index) => [id, index]))
  return [...bySet, ...byEngine].sort(
    (a, b) =>
      rank.get(a.rule)! - rank.get(b.rule)! ||
      (a.window.from < b.window.from ? -1 : a.window.from > b.window.from ? 1 : a.subject.id < b.subject.id ? -1 : 1),
  )
}

/** The answer of the pure engine over loaded records: the same, one obligation after the other. */
export async function byEngineOf(place: Place, terms: Terms): Promise<Owed[]> {
  const { rules, calendar, span, on, size, units } = terms
  const of = units === null ? 'all' : { units: await withParts(place.tx, place.org.orgId, units, size) }
  const world = await loadWorld(place, { rules, calendar, span, on, size, of })
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const found = obligationsOf(world, span, on, units === null ? {} : { units })
  return found.map((one) => ({ ...one, by: byId.get(one.rule)! }))
}

/** The answer of one statement over the records, for the rules of the plan; `only` narrows it to some units. */
export async function bySetOf(place: Place, plan: Plan, terms: Terms, only: Ground['only']): Promise<Owed[]> {
  if (isEmpty(plan)) return []
  const { org, catalogues, tx } = place
  const { on, size } = terms
  const ground: Ground = { orgIds: [org.orgId], size, only, memberKinds: [...memberKinds(catalogues.catalogue)] }
  const goLive = new Map([[org.orgId, org.goLiveOn]])
  const question: Question = { plan, ground, on, present: presentStatuses(place), goLive }
  const listed = only === null ? sql`true` : sql`q.unit_id = any(${only.units as string[]}::uuid[])`
  const rows = await runWide(tx, obligationRows(question, listed), only === null)
  return rows.map((row) => owedOf(plan, row))
}

function owedOf(plan: Plan, row: SetRow): Owed {
  const { rule, window } = plan.windows[row.w - 1]!
  const { who, need } = window.version
  const type: Subject['type'] = 'unit' in who ? 'unit' : 'post' in who ? 'post' : 'person'
  const measure = need[row.a]!
  return {
    id: obligationId(rule.id, row.id, window.from),
    rule: rule.id,
    version: window.version.from,
    subject: { type, id: row.id, unitId: row.unit_id ?? row.id },
    window: { from: window.from, to: window.to },
    dueOn: window.dueOn,
    outcome: row.outcome,
    expected: rule.expected,
    needed: row.needed / PARTS,
    counted: row.counted / PARTS,
    of: 'count' in measure ? 'count' : measure.sum,
    metOn: row.met_on,
    by: rule,
  }
}

/** Whose obligations: everybody's, or those of some units, posts and persons. */
export type OwedOf =
  | 'all'
  | { readonly units: readonly string[]; readonly posts: readonly string[]; readonly pids: readonly string[] }

/** Open and unmet obligations whose window shares a day with the year up to `day`. */
export async function owedOn(place: Place, day: string, of: OwedOf): Promise<Owed[]> {
  const all = await owedBy(place, { on: day, span: { from: addDays(day, -365), to: day } })
  const wanted = all.filter(({ outcome }) => outcome === 'open' || outcome === 'unmet')
  if (of === 'all') return wanted
  const ids = { unit: new Set(of.units), post: new Set(of.posts), person: new Set(of.pids) }
  return wanted.filter(({ subject }) => ids[subject.type].has(subject.id))
}

/**
 * How much of the journal was written at the end of a day in Asia/Shanghai: the size at which things are judged as they
 * were known then (decision 3). Entries stand in order of time, so the place is found by halving.
 */
export async function sizeKnownOn(tx: Reads, orgId: number, day: string): Promise<number> {
  const end = `${addDays(day, 1)}T00:00:00+08:00`
  const head = await tx.first(sql<{ size: number }>`select size from journal_heads where org_id = ${orgId}`)
  let [low, high] = [0, head?.size ?? 0]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = await tx.first(
      sql<{
        before: boolean
      }>`select at < ${end}::timestamptz as before from journal_entries where org_id = ${orgId} and idx = ${middle}`,
    )
    if (row?.before) low = middle + 1
    else high = middle
  }
  return low
}
