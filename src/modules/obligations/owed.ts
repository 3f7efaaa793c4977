import { sql } from 'kysely'
import type { Calendar } from '../../core/calendar/calendar.ts'
import { addDays } from '../../core/calendar/days.ts'
import { type Around, aroundUnits } from '../../core/rules/around.ts'
import { obligationsOf } from '../../core/rules/engine.ts'
import { organisationOf } from '../../core/rules/history.ts'
import type { Obligation, Outcome, Span } from '../../core/rules/obligation.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import type { Reads } from '../../platform/db/pool.ts'
import type { KnownAt } from '../organisation/organisation.facts.ts'
import { type Ground, groundOf, type Head, onGround } from './ground.ts'
import { answered } from './kept-answers.ts'
import { loadCounted, loadWorld, type Place, reachOf } from './world.ts'

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
  /** Subjects by id; with `units` both. */
  readonly subjects?: readonly string[] | undefined
  /** What stands so alone; the rest of a large bureau is not even held in memory. */
  readonly outcomes?: readonly Outcome[] | undefined
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
  /** Subjects beside these. */
  readonly subjects?: readonly string[] | undefined
  readonly outcomes?: readonly Outcome[] | undefined
}

/**
 * Everything owed, in the order of rules, windows and subjects. The transaction must see the whole bureau, since an
 * obligation is judged on all its records; whoever shows the answer limits it by `seesObligation`.
 */
export async function owedBy(place: Place, asked: Asked): Promise<Owed[]> {
  const { on, span = yearOfDay(on), size = null, subjects, outcomes } = asked
  const units = asked.units ?? (subjects === undefined ? null : [])
  const termsOf = ({ rules, calendar }: Ground): Terms => ({
    rules: asked.rules === undefined ? rules : rules.filter(({ id }) => asked.rules!.includes(id)),
    calendar,
    span,
    on,
    size,
    units,
    subjects,
    outcomes,
  })
  return answered(
    place,
    { ...asked, span },
    {
      judge: ({ ground, worlds }) => judged(worlds, termsOf(ground)),
      reachOf: (ground) => reachOf(termsOf(ground), aroundThese(ground, termsOf(ground))),
      read: (known, sizes) => readOver(place, size, termsOf, { known, sizes }),
    },
  )
}

/** As `owedBy` under given rules. */
export async function owedUnder(place: Place, terms: Terms): Promise<Owed[]> {
  const { worlds } = await readOver(place, terms.size, () => terms, {})
  return judged(worlds, terms)
}

async function readOver(
  place: Place,
  size: KnownAt,
  termsOf: (ground: Ground) => Terms,
  asked: Parameters<typeof onGround>[3],
) {
  const read = (ground: Ground, head: Promise<Head> | null) => worldsOf(place, ground, termsOf(ground), head)
  const { ground, found, head } = await onGround(place, size, read, asked)
  return { ground, worlds: found, head }
}

/** The worlds in which an answer is judged. */
function worldsOf(place: Place, ground: Ground, terms: Terms, head: Promise<Head> | null): Promise<World[]> {
  return loadCounted(place, { ...terms, history: ground.history, of: aroundThese(ground, terms) }, head)
}

function aroundThese({ history }: Ground, { units, subjects }: Terms): 'all' | Around {
  return units === null ? 'all' : aroundUnits(organisationOf(history), units, subjects)
}

function judged(worlds: readonly World[], { rules, span, on, units, subjects = [], outcomes }: Terms): Owed[] {
  const only = {
    rules: rules.map(({ id }) => id),
    ...(units === null ? {} : { units, subjects }),
    ...(outcomes === undefined ? {} : { outcomes }),
  }
  const found = new Map<string, Obligation[]>()
  for (const world of worlds) {
    for (const one of obligationsOf(world, span, on, only)) {
      const list = found.get(one.rule)
      if (list === undefined) found.set(one.rule, [one])
      else list.push(one)
    }
  }
  return rules.flatMap((by) => (found.get(by.id) ?? []).map((one) => Object.assign(one, { by })))
}

/** The answer of the pure engine over every record of the bureau, loaded one by one. */
export async function byEngineOf(place: Place, terms: Terms): Promise<Owed[]> {
  const { rules, calendar, span, on, size, units } = terms
  const { history } = await groundOf(place, size)
  const world = await loadWorld(place, { rules, calendar, history, span, on, size, of: 'all' })
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const found = obligationsOf(world, span, on, units === null ? {} : { units })
  return found.map((one) => ({ ...one, by: byId.get(one.rule)! }))
}

/** Whose obligations: everybody's, or what is listed under some units, and some posts and persons beside. */
export type OwedOf = 'all' | { readonly units: readonly string[]; readonly subjects: readonly string[] }

/** Open and unmet obligations whose window shares a day with the year up to `day`. */
export async function owedOn(place: Place, day: string, of: OwedOf): Promise<Owed[]> {
  const span = { from: addDays(day, -365), to: day }
  return owedBy(place, { on: day, span, outcomes: ['open', 'unmet'], ...(of === 'all' ? {} : of) })
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
