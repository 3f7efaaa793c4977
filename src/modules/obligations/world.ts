import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Around } from '../../core/rules/around.ts'
import type { Gathered } from '../../core/rules/groups.ts'
import type { Fact, History, Span } from '../../core/rules/obligation.ts'
import { recordsFrom } from '../../core/rules/records.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import type { Context } from '../../platform/action/action.ts'
import type { KnownAt } from '../organisation/organisation.facts.ts'
import { pairsHeld } from '../talks/pair.facts.ts'
import { askingOf, singleOf } from './asking.ts'
import { besideOf, factsBeside } from './beside.ts'
import { excusesOf } from './excuse.facts.ts'
import { activityFacts, type FactsOf, loadFacts, presentStatuses } from './facts.ts'
import type { Head } from './ground.ts'
import { activitiesOf } from './kept-records.ts'

/** Where obligations are read: the bureau, the catalogues and a transaction that sees the whole bureau. */
export type Place = Pick<Context, 'org' | 'catalogues' | 'tx'>

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

/** Loads the world of the pure engine: records and excuses, as known at a journal size, to the organisation that is given. */
export async function loadWorld(place: Place, slice: Slice): Promise<World> {
  const { rules, calendar, history } = slice
  const [excuses, facts] = await Promise.all([
    excusesOf(place.tx, place.org.orgId, slice.size),
    factsOf(place, slice, partiesOf(slice.of)),
  ])
  return { rules, history, facts, excuses, calendar }
}

/** Whose records change an answer: those of some units and persons, and those of some kinds whoever held them. */
export interface Reach {
  readonly units: readonly string[]
  readonly pids: readonly string[]
  readonly anybodys: ReadonlySet<string>
}

/** Whose records change what is asked of some subjects by some rules. */
export function reachOf(asked: Pick<Slice, 'rules' | 'calendar' | 'span'>, of: Slice['of']): Reach | null {
  const parties = partiesOf(of)
  return parties === 'all' ? null : { ...parties, anybodys: askingOf(asked.rules, of, asked).anybodys }
}

/**
 * Loads what obligations are counted from, as few worlds as possible over one organisation: the records of rules whose
 * windows follow the calendar gathered by the database, those of all other rules one by one. Nothing is explained from it. `head` is
 * how far the journal is; null as known earlier.
 */
export async function loadCounted(place: Place, slice: Slice, head: Promise<Head> | null = null): Promise<World[]> {
  const { calendar, history, size, on, of } = slice
  const { orgId } = place.org
  const asking = askingOf(slice.rules, of, slice)
  const { gathered, apart, talks } = asking
  const parties = partiesOf(of)
  const units = of === 'all' ? 'all' : { units: asking.below ? of.below : of.units, pids: of.pids }
  const present = presentStatuses(place)
  const [beside, activities, held, single] = await Promise.all([
    besideOf(place, size, head),
    activitiesOf(place, asking.reading, { orgId, on, size, present, of: units }, head),
    pairsHeld(place.tx, orgId, { kinds: talks, to: on, pids: of === 'all' ? undefined : of.pids }, size),
    Promise.all(asking.single.map((one) => activityFacts(place.tx, one, { orgId, on, present, size }, parties))),
  ])
  const { excuses } = beside
  const others = [...held, ...factsBeside(beside, of)] as Gathered['others']
  const worlds: World[] = []
  if (gathered.length > 0) {
    const records = recordsFrom({ ...activities, others })
    worlds.push({ rules: gathered, history, facts: [], records, excuses, calendar })
  }
  if (apart.length > 0) {
    const facts = [...others, ...eachOnce(single)]
    worlds.push({ rules: apart, history, facts, excuses, calendar })
  }
  return worlds
}

/** Whose records are read: what was held in the units asked about and in those where their people ever stood. */
function partiesOf(of: Slice['of']): FactsOf {
  return of === 'all' ? 'all' : { units: [...new Set([...of.below, ...of.stood])], pids: of.pids }
}

async function factsOf(
  place: Place,
  { rules, span, calendar, on, size }: Slice,
  of: FactsOf,
): Promise<readonly Fact[]> {
  const present = presentStatuses(place)
  const parts = singleOf(rules, span, calendar)
  return eachOnce(
    await Promise.all(
      parts.map(({ wanted, from }) =>
        loadFacts(place.tx, place.org.orgId, wanted, { from, to: on }, present, wanted.elsewhere ? 'all' : of, size),
      ),
    ),
  )
}

/** The facts of some lists, each once: of an activity that was read with attendance and without, the one that has it. */
function eachOnce<F extends Fact>(lists: readonly (readonly F[])[]): readonly F[] {
  if (lists.length < 2) return lists[0] ?? []
  const attended = (fact: Fact) => (fact.type === 'activity' ? fact.attended.length : 0)
  const found = new Map<string, F>()
  for (const fact of lists.flat()) {
    const key = `${fact.type} ${fact.id}`
    const other = found.get(key)
    if (other === undefined || attended(fact) > attended(other)) found.set(key, fact)
  }
  return [...found.values()]
}
