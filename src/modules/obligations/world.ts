import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Fact, Span } from '../../core/rules/obligation.ts'
import { hangsOnEvent, windowsOf } from '../../core/rules/windows.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import type { Context } from '../../platform/action/action.ts'
import { calendarFor } from '../calendars/calendar.facts.ts'
import { type DatedOrganisation, datedOrganisation, type HistoryOf } from '../organisation/history.facts.ts'
import { type KnownAt, memberKinds } from '../organisation/organisation.facts.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { excusesOf } from './excuse.facts.ts'
import { type FactsOf, loadFacts, wantedBy } from './facts.ts'

/** Where obligations are read: the bureau, the catalogues and a transaction that sees the whole bureau. */
export type Place = Pick<Context, 'org' | 'catalogues' | 'tx'>

/** Before this day no record of a bureau lies. */
const EARLIEST = '1900-01-01'

/** The rules that owe something in the bureau, and its calendar, as known at a journal size. */
export async function rulesAndCalendar(
  { org, catalogues, tx }: Place,
  size: KnownAt,
): Promise<{ rules: readonly ActiveRule[]; calendar: Calendar }> {
  const [rules, calendar] = await Promise.all([
    rulesFor(tx, org.orgId, catalogues.catalogue, size),
    calendarFor(tx, org.orgId, catalogues, size),
  ])
  return { rules, calendar }
}

/** The first day whose records any window of the rules reads; event windows look back without end. */
export function firstDayRead(rules: readonly ActiveRule[], span: Span, calendar: Calendar): string {
  let first = span.to
  for (const rule of rules) {
    if (rule.versions.some(({ window }) => hangsOnEvent(window))) return EARLIEST
    for (const { countsFrom } of windowsOf(rule, span, calendar)) if (countsFrom < first) first = countsFrom
  }
  return first
}

/** What of the bureau is loaded for the pure engine. */
export interface Slice {
  readonly rules: readonly ActiveRule[]
  readonly calendar: Calendar
  readonly span: Span
  /** The last day whose records count. */
  readonly on: string
  readonly size: KnownAt
  /** Subjects of these units alone, with everybody in them; `all` for the bureau. */
  readonly of: HistoryOf
}

/** Present statuses of the catalogue. */
export function presentStatuses({ catalogues }: Pick<Place, 'catalogues'>): string[] {
  const { rows } = catalogues.catalogue.attendanceStatuses
  return rows.filter((row) => row.counts_as === 'present').map((row) => row.id)
}

/** Loads the world of the pure engine: organisation, records, excuses and calendar, as known at a journal size. */
export async function loadWorld(place: Place, slice: Slice): Promise<World> {
  const { org, catalogues, tx } = place
  const { rules, calendar, size } = slice
  const [organisation, excuses] = await Promise.all([
    datedOrganisation(tx, org.orgId, size, slice.of),
    excusesOf(tx, org.orgId, size),
  ])
  const pids = new Set([...organisation.memberships, ...organisation.appointments].map(({ pid }) => pid))
  const ofUnits: FactsOf =
    slice.of === 'all' ? 'all' : { units: everyUnit(slice.of.units, organisation), pids: [...pids] }
  const history = {
    bureauId: String(org.orgId),
    goLiveOn: org.goLiveOn,
    memberKinds: [...memberKinds(catalogues.catalogue)],
    ...organisation,
  }
  return { rules, history, facts: await factsOf(place, slice, ofUnits), excuses, calendar }
}

/** The units asked about, and those in which their people ever stood: what began there goes on with them. */
function everyUnit(units: readonly string[], organisation: DatedOrganisation): string[] {
  const found = new Set([
    ...units,
    ...organisation.memberships.map(({ branchId }) => branchId),
    ...organisation.posts.map(({ unitId }) => unitId),
  ])
  for (const { unitId, parentId } of organisation.units) if (parentId !== null && found.has(unitId)) found.add(parentId)
  return [...found]
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
