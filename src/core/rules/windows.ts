import { addWorkingDays, type Calendar, festivalsOf, type Reckoned } from '../calendar/calendar.ts'
import {
  addDays,
  addMonths,
  lastDayOfMonth,
  OPEN_END,
  windowEnd,
  windowStart,
  windowsIn,
  yearOf,
} from '../calendar/days.ts'
import type { Span } from './obligation.ts'
import type { RuleEvent } from './rule.ts'
import { covers, touches } from './spans.ts'
import type { ActiveRule, RuleInForce, SetSpan, SetWindow } from './world.ts'

/** What began a window: a record or an appointment, and its day. */
export interface WindowEvent {
  readonly id: string
  readonly on: string
}

/** The events of one subject that a version's `after` asks for, in any order. */
export type EventsFor = (event: RuleEvent) => readonly WindowEvent[]

/**
 * A window in which something is owed, and the version that it belongs to. Records of the days `countsFrom` to `countsTo`
 * count; those after `dueOn` count as late. `certain` is false where a year that is not announced decides the due day.
 */
export interface DueWindow extends Span {
  readonly version: RuleInForce
  readonly dueOn: string
  readonly countsFrom: string
  readonly countsTo: string
  /** The festivals before which it lies; more than one where they share their days off. */
  readonly festivals: readonly string[]
  /** What began it; these records never count for it. */
  readonly events: readonly WindowEvent[]
  readonly certain: boolean
}

type After = Extract<SetWindow, { after: RuleEvent }>

/** Whether windows of this sort hang on events of the subject, so that each subject has its own. */
export function hangsOnEvent(window: SetWindow): window is After {
  return 'after' in window
}

/** Whether windows of this sort part the calendar: of these no two of one rule overlap, whatever versions follow each other. */
function partsTime(window: SetWindow): boolean {
  return !hangsOnEvent(window) && !('before' in window)
}

/**
 * The windows of a rule that share a day with the span, in order. Each belongs to the version in force on its first day. A
 * window that parts the calendar and would begin inside a window of an earlier version is left out, so that a change in
 * the middle of a quarter begins with the first whole window after that quarter. The due day of each is its last day,
 * except that records still count as late after a fixed day (`by`, until the end of the year) and after an event (without
 * end). `eventsFor` gives the events of the one subject asked about.
 */
export function windowsOf(
  rule: Pick<ActiveRule, 'versions'>,
  span: Span,
  calendar: Calendar,
  eventsFor: EventsFor = () => [],
): DueWindow[] {
  const found: DueWindow[] = []
  const begun = new Set<string>()
  let claimed = ''
  for (const version of rule.versions) {
    for (const window of windowsOfVersion(version, span, calendar, eventsFor)) {
      const taken = hangsOnEvent(version.window)
        ? window.events.some(({ id }) => begun.has(id))
        : partsTime(version.window) && window.from <= claimed
      if (taken) continue
      for (const { id } of window.events) begun.add(id)
      found.push(window)
    }
    claimed = lastClaimed(version, claimed)
  }
  return found.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/** The windows that begin in a version's days and share a day with the span, by first day; two that begin on one day are one. */
function windowsOfVersion(version: RuleInForce, span: Span, calendar: Calendar, eventsFor: EventsFor): DueWindow[] {
  const all = sortOf(version, span, calendar, eventsFor)
  return all.filter((window) => covers(version, window.from) && touches(window, span))
}

function sortOf(version: RuleInForce, span: Span, calendar: Calendar, eventsFor: EventsFor): DueWindow[] {
  const { window } = version
  if (hangsOnEvent(window)) return afterEvents(version, window, calendar, eventsFor(window.after))
  if ('before' in window) return beforeFestivals(version, window, span, calendar)
  return calendarSpans(window, span).map((one) => {
    const late = 'by' in window ? `${one.from.slice(0, 4)}-12-31` : one.to
    return { ...plain(version, one), countsTo: late }
  })
}

function plain(version: RuleInForce, { from, to }: Span): DueWindow {
  return { version, from, to, dueOn: to, countsFrom: from, countsTo: to, festivals: [], events: [], certain: true }
}

type CalendarWindow = Exclude<SetWindow, After | { before: 'festivals' }>

/** Windows that follow from the calendar alone and touch the span. */
function calendarSpans(window: CalendarWindow, span: Span): Span[] {
  if ('notice' in window)
    return window.notice[0] <= window.notice[1] ? [{ from: window.notice[0], to: window.notice[1] }] : []
  if ('every' in window) return windowsIn(span.from, span.to, window.every)
  const spans: Span[] = []
  const last = Math.min(yearOf(span.to), 9999)
  if ('by' in window) {
    for (let year = yearOf(span.from); year <= last; year++) spans.push(untilDay(year, window.by))
    return spans
  }
  const run = (year: number) => window.first + Math.floor((year - window.first) / window.years) * window.years
  for (let year = Math.max(run(yearOf(span.from)), window.first); year <= last; year += window.years) {
    spans.push({ from: `${year}-01-01`, to: `${year + window.years - 1}-12-31` })
  }
  return spans
}

/** From New Year to a day `MM-DD` of the year, or to the last day of that month where the year has no such day. */
function untilDay(year: number, day: string): Span {
  const written = String(year).padStart(4, '0')
  const last = lastDayOfMonth(`${written}-${day.slice(0, 2)}`)
  const to = `${written}-${day}`
  return { from: `${written}-01-01`, to: to < last ? to : last }
}

function beforeFestivals(
  version: RuleInForce,
  window: Extract<SetWindow, { before: 'festivals' }>,
  span: Span,
  calendar: Calendar,
): DueWindow[] {
  const found = new Map<string, DueWindow>()
  const last = Math.min(yearOf(addDays(span.to, window.days)) + 1, 9999)
  for (let year = yearOf(span.from); year <= last; year++) {
    for (const festival of festivalsOf(calendar, year)) {
      if (!window.festivals.includes(festival.id)) continue
      const from = addDays(festival.from, -window.days)
      const same = found.get(from)
      const one = same ?? plain(version, { from, to: addDays(festival.from, -1) })
      const festivals = [...one.festivals, festival.id]
      found.set(from, { ...one, festivals, certain: one.certain && festival.certain })
    }
  }
  return [...found.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

function step(calendar: Calendar, day: string, span: SetSpan, sign: 1 | -1): Reckoned {
  if ('days' in span) return { day: addDays(day, sign * span.days), certain: true }
  if ('months' in span) return { day: addMonths(day, sign * span.months), certain: true }
  return addWorkingDays(calendar, day, sign * span.working_days)
}

/**
 * One window for each event, by its first day. Where it opens only some time before its end, an event that comes before
 * it has opened takes the place of the one before: a branch that elected early is not reminded of the old term.
 */
function afterEvents(
  version: RuleInForce,
  window: After,
  calendar: Calendar,
  events: readonly WindowEvent[],
): DueWindow[] {
  const found = new Map<string, DueWindow>()
  const sorted = events.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1))
  for (const event of sorted) {
    const end = step(calendar, event.on, window.within, 1)
    const opens = window.opens_before_end && step(calendar, end.day, window.opens_before_end, -1)
    const from = opens !== undefined && opens.day > event.on ? opens.day : event.on
    if (opens !== undefined && sorted.some(({ on }) => on > event.on && on < from)) continue
    const same = found.get(from)
    found.set(from, {
      ...plain(version, { from, to: end.day }),
      countsFrom: addDays(from, -(window.lead_days ?? 0)),
      countsTo: OPEN_END,
      events: [...(same?.events ?? []), event],
      certain: end.certain && (opens?.certain ?? true),
    })
  }
  return [...found.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** The last day of the windows of this version and of those before, as far as they part the calendar. */
function lastClaimed(version: RuleInForce, claimed: string): string {
  const { window } = version
  if (!partsTime(window)) return claimed
  const last =
    'every' in window
      ? lastEvery(window.every, version.to)
      : calendarSpans(window as CalendarWindow, on(version.to)).at(-1)
  if (last === undefined || last.from < version.from || last.from > version.to || last.from <= claimed) return claimed
  return last.to > claimed ? last.to : claimed
}

const on = (day: string): Span => ({ from: day, to: day })

function lastEvery(size: Parameters<typeof windowStart>[1], day: string): Span {
  return { from: windowStart(day, size), to: windowEnd(day, size) }
}
