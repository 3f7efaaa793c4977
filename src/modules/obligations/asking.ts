import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Around } from '../../core/rules/around.ts'
import type { Span } from '../../core/rules/obligation.ts'
import { calendarWindows } from '../../core/rules/slots.ts'
import { hangsOnEvent } from '../../core/rules/windows.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { PairsWanted } from '../talks/pair.facts.ts'
import { type Single, wantedBy } from './facts.ts'
import { isGathered, type Reading, readingOf, readsBelow } from './gathering.ts'

/*
 * What some rules ask of the records hangs on the rules, the span and the calendar alone. It is worked out once for those rules of a
 * bureau that speak of subjects of the same kinds: a question about a branch asks the same as one about any other.
 */

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

/** What is read for some rules. */
export interface Asking {
  /** Rules of which the records are grouped by the database, and what is read of them. */
  readonly gathered: readonly ActiveRule[]
  readonly reading: Reading
  /** Whether a unit counts what units below it held. */
  readonly below: boolean
  /** Rules of which they are read one by one, and what is read of activities; of rules that hang on events from the beginning. */
  readonly apart: readonly ActiveRule[]
  readonly single: readonly Single[]
  /** Kinds of talk that are read for both, from which day on. */
  readonly talks: PairsWanted['kinds']
  /** Kinds of activity that count whoever held them. */
  readonly anybodys: ReadonlySet<string>
}

const kept = new WeakMap<readonly ActiveRule[], WeakMap<Calendar, Map<string, Asking>>>()

/** How many spans and kinds of subject are kept of one list of rules. */
const KEPT_MAX = 50

/** What is asked for some rules: those of a whole bureau, or those of them that may speak of somebody there. */
export function askingOf(
  rules: readonly ActiveRule[],
  of: 'all' | Around,
  { span, calendar }: { readonly span: Span; readonly calendar: Calendar },
): Asking {
  const byCalendar = kept.get(rules) ?? new WeakMap<Calendar, Map<string, Asking>>()
  kept.set(rules, byCalendar)
  const byKey = byCalendar.get(calendar) ?? new Map<string, Asking>()
  byCalendar.set(calendar, byKey)
  const key = `${span.from}/${span.to} ${of === 'all' ? '' : kindsOf(of)}`
  const known = byKey.get(key)
  if (known !== undefined) return known
  const asking = workedOut(of === 'all' ? rules : rules.filter((rule) => concerns(rule, of)), span, calendar)
  if (byKey.size >= KEPT_MAX) byKey.delete(byKey.keys().next().value!)
  byKey.set(key, asking)
  return asking
}

const kindsOf = ({ unitKinds, postKinds, anyPerson }: Around): string =>
  `${[...unitKinds].sort()} ${[...postKinds].sort()} ${anyPerson}`

/** Claims that some version of a rule may speak of somebody there. */
function concerns(rule: ActiveRule, { unitKinds, postKinds, anyPerson }: Around): boolean {
  return rule.versions.some(({ who }) => {
    if ('unit' in who) return who.unit.some((kind) => unitKinds.has(kind))
    return 'post' in who ? who.post.some((kind) => postKinds.has(kind)) : anyPerson
  })
}

function workedOut(rules: readonly ActiveRule[], span: Span, calendar: Calendar): Asking {
  const gathered = rules.filter(isGathered)
  const apart = rules.filter((rule) => !isGathered(rule))
  const reading = readingOf(gathered, span, calendar)
  const single = singleOf(apart, span, calendar)
  const everywhere = [...(reading.get('everywhere')?.keys() ?? [])]
  const elsewhere = single.flatMap(({ wanted }) => (wanted.elsewhere ? wanted.activities : []))
  return {
    gathered,
    reading,
    below: readsBelow(gathered),
    apart,
    single,
    talks: singleOf(rules, span, calendar).flatMap(({ wanted, from }) =>
      wanted.talks.length === 0 ? [] : [{ kinds: wanted.talks, from }],
    ),
    anybodys: new Set([...everywhere, ...elsewhere]),
  }
}

/** Rules that hang on events look back to the beginning, so their records are read apart from all others'. */
export function singleOf(rules: readonly ActiveRule[], span: Span, calendar: Calendar): Single[] {
  const hangs = (rule: ActiveRule) => rule.versions.some(({ window }) => hangsOnEvent(window))
  const parts = [rules.filter(hangs), rules.filter((rule) => !hangs(rule))].filter((part) => part.length > 0)
  return parts.map((part) => ({ wanted: wantedBy(part), from: firstDayRead(part, span, calendar) }))
}
