import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Around } from '../../core/rules/around.ts'
import type { Gathered } from '../../core/rules/groups.ts'
import type { Fact, History, Span } from '../../core/rules/obligation.ts'
import { recordsFrom } from '../../core/rules/records.ts'
import { calendarWindows } from '../../core/rules/slots.ts'
import { hangsOnEvent } from '../../core/rules/windows.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import type { Context } from '../../platform/action/action.ts'
import type { KnownAt } from '../organisation/organisation.facts.ts'
import { excusesOf } from './excuse.facts.ts'
import { type FactsOf, loadFacts, wantedBy } from './facts.ts'
import { isGathered, readingOf, readsBelow } from './gathering.ts'
import type { Head } from './ground.ts'
import { activitiesOf } from './kept-records.ts'

/** Where obligations are read: the bureau, the catalogues and a transaction that sees the whole bureau. */
export type Place = Pick<Context, 'org' | 'catalogues' | 'tx'>

/** Before this day no record of a bureau lies. */
const EARLIEST = '1900-01-01'

/** The first day whose records any window of the rules reads; event windows look back without end. */
export function firstDayRead(rules: readonly ActiveRule[], span: Span, calendar: Calendar): string {
  let first = span.to
  for (const rule of rules) {
    if (rule.versions.some(({ window }) => hangsOnEvent(window))) return EARLIEST
    for (const { countsFrom } of calendarWindows(rule, span, calendar)) if (countsFrom < first) first = countsFrom
  }
  return first
}

/** What of the bureau is loaded for the pure engine. */
export interface Slice {
  readonly rules: readonly ActiveRule[]
  readonly calendar: Calendar
  readonly history: History
  readonly span: Span
  /** The last day whose records count. */
  readonly on: string
  readonly size: KnownAt
  /** The records around some subjects alone; `all` for those of the bureau. */
  readonly of: 'all' | Around
}

/** Present statuses of the catalogue. */
export function presentStatuses({ catalogues }: Pick<Place, 'catalogues'>): string[] {
  const { rows } = catalogues.catalogue.attendanceStatuses
  return rows.filter((row) => row.counts_as === 'present').map((row) => row.id)
}

/** Loads the world of the pure engine: records and excuses, as known at a journal size, to the organisation that is given. */
export async function loadWorld(place: Place, slice: Slice): Promise<World> {
  const { rules, calendar, history } = slice
  const [excuses, facts] = await Promise.all([
    excusesOf(place.tx, place.org.orgId, slice.size),
    factsOf(place, slice, partiesOf(slice.of)),
  ])
  return { rules, history, facts, excuses, calendar }
}

/**
 * Loads what obligations are counted from, as few worlds as possible over one organisation: the records of rules whose
 * windows follow the calendar gathered by the database, those of all other rules one by one. Nothing is explained from it. `head` is
 * how far the journal is, where that is known.
 */
export async function loadCounted(place: Place, slice: Slice, head: Head | null = null): Promise<World[]> {
  const { orgId } = place.org
  const { calendar, history, size, on, of } = slice
  const gathered = slice.rules.filter(isGathered)
  const apart = slice.rules.filter((rule) => !isGathered(rule))
  const wanted = wantedBy(gathered)
  const reading = readingOf(gathered, slice.span, calendar)
  const parties = partiesOf(of)
  const units = of === 'all' ? 'all' : { units: readsBelow(gathered) ? of.below : of.units, pids: of.pids }
  const days = { from: firstDayRead(gathered, slice.span, calendar), to: on }
  const present = presentStatuses(place)
  const [excuses, activities, others, facts] = await Promise.all([
    excusesOf(place.tx, orgId, size),
    activitiesOf(place, reading, { orgId, on, size, present, of: units }, head),
    loadFacts(place.tx, orgId, { ...wanted, activities: [] }, days, present, parties, size),
    apart.length === 0 ? [] : factsOf(place, { ...slice, rules: apart }, parties),
  ])
  const records = recordsFrom({ ...activities, others: others as Gathered['others'] })
  const worlds: World[] = []
  if (gathered.length > 0) worlds.push({ rules: gathered, history, facts: [], records, excuses, calendar })
  if (apart.length > 0) worlds.push({ rules: apart, history, facts, excuses, calendar })
  return worlds
}

/** Whose records are read: what was held in the units asked about and in those where their people ever stood. */
function partiesOf(of: Slice['of']): FactsOf {
  return of === 'all' ? 'all' : { units: [...new Set([...of.below, ...of.stood])], pids: of.pids }
}

/** Rules that hang on events look back to the beginning, so their records are read apart from all others'. */
async function factsOf(place: Place, slice: Slice, of: FactsOf): Promise<Fact[]> {
  const hangs = (rule: ActiveRule) => rule.versions.some(({ window }) => hangsOnEvent(window))
  const parts = [slice.rules.filter(hangs), slice.rules.filter((rule) => !hangs(rule))].filter(
    (part) => part.length > 0,
  )
  const present = presentStatuses(place)
  const lists = await Promise.all(
    parts.map((rules) => {
      const wanted = wantedBy(rules)
      const days = { from: firstDayRead(rules, slice.span, slice.calendar), to: slice.on }
      return loadFacts(place.tx, place.org.orgId, wanted, days, present, wanted.elsewhere ? 'all' : of, slice.size)
    }),
  )
  if (lists.length < 2) return lists[0] ?? []
  const attended = (fact: Fact) => (fact.type === 'activity' ? fact.attended.length : 0)
  const found = new Map<string, Fact>()
  for (const fact of lists.flat()) {
    const key = `${fact.type} ${fact.id}`
    const other = found.get(key)
    if (other === undefined || attended(fact) > attended(other)) found.set(key, fact)
  }
  return [...found.values()]
}
