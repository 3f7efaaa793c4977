import { aroundUnits } from './around.ts'
import { type Organisation, organisationOf } from './history.ts'
import { type Because, decisive, outcomeOf, plainOutcome, type Scene, type Tally, tallyOf } from './judge.ts'
import type { Excuse, Obligation, Outcome, Span, Subject } from './obligation.ts'
import { eventsOf, type Records, recordsOf } from './records.ts'
import { calendarSlots, obligationId, type Slot, slotOf, subjectSeen } from './slots.ts'
import { type Bearer, bearersOf, bearerType, type Covered, subjectsIn } from './subjects.ts'
import { type DueWindow, type EventsFor, hangsOnEvent, windowsOf } from './windows.ts'
import type { ActiveRule, World } from './world.ts'

/** What is asked about: some rules; some subjects and those listed under some units; some outcomes. Everything where absent. */
export interface Only {
  readonly rules?: readonly string[]
  readonly subjects?: readonly string[]
  readonly units?: readonly string[]
  readonly outcomes?: readonly Outcome[]
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
  const asked = askedOf(organisation, only)
  const found: Kept[][] = []
  for (const rule of world.rules) {
    if (only.rules !== undefined && !only.rules.includes(rule.id)) continue
    const ofRule: Kept[] = []
    const hangs = rule.versions.some(({ window }) => hangsOnEvent(window))
    const slots = hangs
      ? eventSlots(place, rule, span, asked?.subjects)
      : calendarSlots(organisation, rule, span, world.calendar, asked?.subjects)
    let shown: Span = span
    let last: DueWindow | null = null
    for (const slot of slots) {
      // All obligations of a window show the same days.
      if (slot.window !== last) {
        last = slot.window
        shown = { from: last.from, to: last.to }
      }
      const subject = subjectSeen(organisation, slot, on)
      if (asked !== null && !asked.isMeant(subject)) continue
      const one = judge(place, rule, slot, subject, shown)
      if (only.outcomes?.includes(one.obligation.outcome) ?? true) ofRule.push(keep(one))
    }
    found.push(ofRule)
  }
  return found
}

/** Who is asked about: whoever may be meant, and whether a subject is, as it is listed on the day; null: everybody. */
function askedOf(
  organisation: Organisation,
  { subjects, units }: Only,
): { readonly subjects: ReadonlySet<string>; isMeant(subject: Subject): boolean } | null {
  if (units === undefined) {
    const named = subjects && new Set(subjects)
    return named === undefined ? null : { subjects: named, isMeant: () => true }
  }
  const [named, under] = [new Set(subjects), new Set(units)]
  return {
    subjects: aroundUnits(organisation, units, subjects).subjects,
    isMeant: ({ id, unitId }) => named.has(id) || under.has(unitId),
  }
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

/** The slots of a rule of which each subject has windows of its own. */
function* eventSlots(
  { organisation, records, world, on }: Place,
  rule: ActiveRule,
  span: Span,
  only: ReadonlySet<string> | undefined,
): Generator<Slot> {
  for (const bearer of bearersOfRule(organisation, rule, only)) {
    const eventsFor: EventsFor = (event) => eventsOf(organisation, records, event, bearer, on)
    for (const window of windowsOf(rule, span, world.calendar, eventsFor)) {
      const { who } = window.version
      if (bearerType(who) !== bearer.type) continue
      for (const covered of subjectsIn(organisation, who, window, new Set([bearer.id]))) {
        const slot = slotOf(organisation, rule, window, covered)
        if (slot !== null) yield slot
      }
    }
  }
}

function bearersOfRule(organisation: Organisation, rule: ActiveRule, only?: ReadonlySet<string>): readonly Bearer[] {
  const found = new Map<string, Bearer>()
  for (const { who } of rule.versions) {
    const type = bearerType(who)
    const all = bearersOf(organisation, who)
    for (const id of only ?? all.keys()) {
      if (only === undefined || all.has(id)) found.set(`${type} ${id}`, { type, id })
    }
  }
  return [...found.values()]
}

function judge(place: Place, rule: ActiveRule, slot: Slot, subject: Subject, days: Span): Judged {
  const { organisation, records, world, on } = place
  const { id, window, covered } = slot
  const scene: Scene = { organisation, records, rule: rule.id, window, covered, on }
  const tallies = window.version.need.map((measure, i) => tallyOf(scene, measure, slot.needed[i]!, place.reasons))
  const excuse = standingExcuse(place, id)
  const { goLiveOn } = world.history
  const because = outcomeOf({ window, covered, tallies, on, goLiveOn, excused: excuse !== null })
  const shown = decisive(tallies)
  const obligation: Obligation = {
    id,
    rule: rule.id,
    version: window.version.from,
    subject,
    window: days,
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
