import type { Calendar } from '../calendar/calendar.ts'
import type { Organisation } from './history.ts'
import { neededBy } from './judge.ts'
import type { Span, Subject } from './obligation.ts'
import { type Covered, listedUnder, subjectsIn } from './subjects.ts'
import { type DueWindow, windowsOf } from './windows.ts'
import type { ActiveRule } from './world.ts'

/** A subject that owes by a rule in a window: what hangs on the rule and the organisation alone, and on no record. */
export interface Slot {
  /** The id of its obligation. */
  readonly id: string
  readonly window: DueWindow
  readonly covered: Covered
  /** What each measure of the rule asks of it. */
  readonly needed: readonly number[]
  /** The subject as it was listed when it was last asked, and the day of that. */
  seen: Subject | null
  seenOn: string
}

/** The id of an obligation: rule, subject and first day of the window, without the version (decision 10). */
export function obligationId(rule: string, subject: string, windowFrom: string): string {
  return `${rule}/${subject}/${windowFrom}`
}

/** The slot of a subject in a window; null where it owes nothing there. */
export function slotOf(organisation: Organisation, rule: ActiveRule, window: DueWindow, covered: Covered): Slot | null {
  const needed = neededBy({ organisation, window, covered })
  if (needed === null) return null
  return { id: obligationId(rule.id, covered.id, window.from), window, covered, needed, seen: null, seenOn: '' }
}

/** The subject of a slot with the unit under which it is listed as seen on a day. */
export function subjectSeen(organisation: Organisation, slot: Slot, on: string): Subject {
  if (slot.seen !== null && slot.seenOn === on) return slot.seen
  slot.seen = listedSubject(organisation, slot.covered, listedUnder(organisation, slot.covered, on))
  slot.seenOn = on
  return slot.seen
}

const listed = new WeakMap<Organisation, Map<string, Subject>>()

/** One object stands for a subject in all its windows, as long as it is listed under the same unit. */
function listedSubject(organisation: Organisation, { type, id }: Covered, unitId: string): Subject {
  const subjects = listed.get(organisation) ?? new Map<string, Subject>()
  if (subjects.size === 0) listed.set(organisation, subjects)
  const known = subjects.get(id)
  if (known !== undefined && known.unitId === unitId && known.type === type) return known
  const subject: Subject = { type, id, unitId }
  subjects.set(id, subject)
  return subject
}

type Kept<T> = WeakMap<ActiveRule, Map<string, T>>

/** How many spans of days are kept of each rule: the year, and the days up to today. */
const SPANS_MAX = 3

function kept<T>(store: Kept<T>, rule: ActiveRule, span: Span, make: () => T): T {
  const key = `${span.from}/${span.to}`
  const bySpan = store.get(rule) ?? new Map<string, T>()
  store.set(rule, bySpan)
  const known = bySpan.get(key)
  if (known !== undefined) return known
  const made = make()
  if (bySpan.size >= SPANS_MAX) bySpan.delete(bySpan.keys().next().value!)
  bySpan.set(key, made)
  return made
}

const windowsKept = new WeakMap<Calendar, Kept<readonly DueWindow[]>>()

/** The windows of a rule that hangs on no event, worked out once for a span and a calendar. */
export function calendarWindows(rule: ActiveRule, span: Span, calendar: Calendar): readonly DueWindow[] {
  const store = windowsKept.get(calendar) ?? new WeakMap()
  windowsKept.set(calendar, store)
  return kept(store, rule, span, () => windowsOf(rule, span, calendar))
}

/** Of an organisation with more rows than this its slots are not kept: they are many, and work out faster than they are read. */
const ROWS_MAX = 5000

const slotsKept = new WeakMap<Organisation, WeakMap<Calendar, Kept<readonly Slot[]>>>()
const askedOnce = new WeakMap<Organisation, Set<string>>()

/** Claims that a rule was asked of an organisation before: what is asked once is not worth keeping. */
function askedBefore(organisation: Organisation, rule: ActiveRule, span: Span): boolean {
  const asked = askedOnce.get(organisation) ?? new Set<string>()
  askedOnce.set(organisation, asked)
  const key = `${rule.id} ${span.from}/${span.to}`
  return asked.size === asked.add(key).size
}

/**
 * The slots of a rule that hangs on no event, by window and subject; of the subjects `only` where given. Those of a whole
 * bureau are kept as long as its organisation, once they were asked for again.
 */
export function calendarSlots(
  organisation: Organisation,
  rule: ActiveRule,
  span: Span,
  calendar: Calendar,
  only?: ReadonlySet<string>,
): readonly Slot[] {
  const { units, posts, memberships } = organisation.history
  const few = units.length + posts.length + memberships.length <= ROWS_MAX
  if (only !== undefined || !few || !askedBefore(organisation, rule, span))
    return slotsIn(organisation, rule, span, calendar, only)
  const byCalendar = slotsKept.get(organisation) ?? new WeakMap()
  slotsKept.set(organisation, byCalendar)
  const store: Kept<readonly Slot[]> = byCalendar.get(calendar) ?? new WeakMap()
  byCalendar.set(calendar, store)
  return kept(store, rule, span, () => slotsIn(organisation, rule, span, calendar))
}

function slotsIn(
  organisation: Organisation,
  rule: ActiveRule,
  span: Span,
  calendar: Calendar,
  only?: ReadonlySet<string>,
): Slot[] {
  const slots: Slot[] = []
  for (const window of calendarWindows(rule, span, calendar)) {
    for (const covered of subjectsIn(organisation, window.version.who, window, only)) {
      const slot = slotOf(organisation, rule, window, covered)
      if (slot !== null) slots.push(slot)
    }
  }
  return slots
}
