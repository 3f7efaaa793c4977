import { type Organisation, organisationOf } from './history.ts'
import { type Because, decisive, neededBy, outcomeOf, plainOutcome, type Scene, type Tally, tallyOf } from './judge.ts'
import type { Excuse, Obligation, Span } from './obligation.ts'
import { eventsOf, type Records, recordsOf } from './records.ts'
import { type Bearer, bearersOf, bearerType, type Covered, listedUnder, subjectsIn } from './subjects.ts'
import { type DueWindow, type EventsFor, hangsOnEvent, windowsOf } from './windows.ts'
import type { ActiveRule, World } from './world.ts'

/** What is asked about: some rules, subjects or units under which they are listed; everything where absent. */
export interface Only {
  readonly rules?: readonly string[]
  readonly subjects?: readonly string[]
  readonly units?: readonly string[]
}

/** An obligation with what it follows from, for the explanation. */
export interface Judged {
  readonly obligation: Obligation
  readonly rule: ActiveRule
  readonly window: DueWindow
  readonly covered: Covered
  readonly tallies: readonly Tally[]
  readonly because: Because
  readonly excuse: Excuse | null
}

/**
 * Everything owed in windows that share a day with the span, as it stands on a day, in the order of rules, first days and
 * subjects. Records after that day do not count. The same world always gives the same answer.
 */
export function obligationsOf(world: World, span: Span, on: string, only: Only = {}): Obligation[] {
  // What they follow from is let go at once: of a bureau it would be ten times as much.
  return judged(world, span, on, only, false, ({ obligation }) => obligation).flatMap((ofRule) => ofRule.sort(inOrder))
}

/** As `obligationsOf`, with what each follows from. */
export function judgedIn(world: World, span: Span, on: string, only: Only = {}): Judged[] {
  const rules = judged(world, span, on, only, true, (one) => one)
  return rules.flatMap((ofRule) => ofRule.sort((a, b) => inOrder(a.obligation, b.obligation)))
}

/** What is kept of each obligation, by rule. */
function judged<Kept>(
  world: World,
  span: Span,
  on: string,
  only: Only,
  reasons: boolean,
  keep: (one: Judged) => Kept,
): Kept[][] {
  const organisation = organisationOf(world.history)
  const place: Place = {
    world,
    organisation,
    records: world.records ?? recordsOf(world.facts),
    excuses: excusesByKey(world.excuses),
    on,
    reasons,
  }
  const subjects = only.subjects && new Set(only.subjects)
  const units = only.units && new Set(only.units)
  const found: Kept[][] = []
  for (const rule of world.rules) {
    if (only.rules !== undefined && !only.rules.includes(rule.id)) continue
    const ofRule: Kept[] = []
    for (const [window, covered] of windowsAndSubjects(place, rule, span, subjects)) {
      const unitId = listedUnder(organisation, covered, on)
      if (units !== undefined && !units.has(unitId)) continue
      const one = judge(place, rule, window, covered, unitId)
      if (one !== null) ofRule.push(keep(one))
    }
    found.push(ofRule)
  }
  return found
}

/** Where obligations are judged: the bureau and the day. */
interface Place {
  readonly world: World
  readonly organisation: Organisation
  readonly records: Records
  readonly excuses: ReadonlyMap<string, Excuse>
  readonly on: string
  /** Whether the records behind each are named. */
  readonly reasons: boolean
}

function inOrder(a: Obligation, b: Obligation): number {
  if (a.window.from !== b.window.from) return a.window.from < b.window.from ? -1 : 1
  return a.subject.id < b.subject.id ? -1 : a.subject.id > b.subject.id ? 1 : 0
}

/** Each window of a rule with each subject that covers some of it. */
function* windowsAndSubjects(
  { organisation, records, world, on }: Place,
  rule: ActiveRule,
  span: Span,
  only: ReadonlySet<string> | undefined,
): Generator<readonly [DueWindow, Covered]> {
  if (!rule.versions.some(({ window }) => hangsOnEvent(window))) {
    for (const window of windowsOf(rule, span, world.calendar)) {
      for (const covered of subjectsIn(organisation, window.version.who, window, only)) yield [window, covered]
    }
    return
  }
  for (const bearer of bearersOfRule(organisation, rule, only)) {
    const eventsFor: EventsFor = (event) => eventsOf(organisation, records, event, bearer, on)
    for (const window of windowsOf(rule, span, world.calendar, eventsFor)) {
      const { who } = window.version
      if (bearerType(who) !== bearer.type) continue
      for (const covered of subjectsIn(organisation, who, window, new Set([bearer.id]))) yield [window, covered]
    }
  }
}

function bearersOfRule(organisation: Organisation, rule: ActiveRule, only?: ReadonlySet<string>): readonly Bearer[] {
  const found = new Map<string, Bearer>()
  for (const { who } of rule.versions) {
    const type = bearerType(who)
    for (const id of bearersOf(organisation, who).keys()) {
      if (only === undefined || only.has(id)) found.set(`${type} ${id}`, { type, id })
    }
  }
  return [...found.values()]
}

/** The id of an obligation: rule, subject and first day of the window, without the version (decision 10). */
export function obligationId(rule: string, subject: string, windowFrom: string): string {
  return `${rule}/${subject}/${windowFrom}`
}

function judge(place: Place, rule: ActiveRule, window: DueWindow, covered: Covered, unitId: string): Judged | null {
  const { organisation, records, world, on } = place
  const scene: Scene = { organisation, records, rule: rule.id, window, covered, on }
  const needed = neededBy(scene)
  if (needed === null) return null
  const tallies = window.version.need.map((measure, i) => tallyOf(scene, measure, needed[i]!, place.reasons))
  const id = obligationId(rule.id, covered.id, window.from)
  const excuse = standingExcuse(place, id)
  const { goLiveOn } = world.history
  const because = outcomeOf({ window, covered, tallies, on, goLiveOn, excused: excuse !== null })
  const shown = decisive(tallies)
  const obligation: Obligation = {
    id,
    rule: rule.id,
    version: window.version.from,
    subject: { type: covered.type, id: covered.id, unitId },
    window: { from: window.from, to: window.to },
    dueOn: window.dueOn,
    outcome: plainOutcome(because),
    expected: rule.expected,
    needed: shown.needed,
    counted: shown.counted,
    of: shown.of,
    metOn: shown.metOn,
  }
  return { obligation, rule, window, covered, tallies, because, excuse }
}

/** Excuses by the id of their obligation; of two for one the one that stands longer. */
function excusesByKey(excuses: readonly Excuse[]): ReadonlyMap<string, Excuse> {
  const found = new Map<string, Excuse>()
  for (const excuse of excuses) {
    const key = obligationId(excuse.rule, excuse.subject, excuse.windowFrom)
    const other = found.get(key)
    if (other === undefined || (other.until !== null && (excuse.until === null || excuse.until > other.until))) {
      found.set(key, excuse)
    }
  }
  return found
}

function standingExcuse({ excuses, on }: Place, id: string): Excuse | null {
  if (excuses.size === 0) return null
  const excuse = excuses.get(id)
  return excuse !== undefined && (excuse.until === null || on <= excuse.until) ? excuse : null
}
